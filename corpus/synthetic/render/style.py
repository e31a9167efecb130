"""What a rendering can vary: one value per choice. A layout is a named combination; any other can be put together."""

from dataclasses import dataclass, fields, replace
from random import Random
from typing import Literal, get_args, get_type_hints

Container = Literal["text", "markdown", "html", "docx"]
Tables = Literal[
    "tabs",
    "paragraphs",
    "pipes",
    "markdown",
    "markdown_shifted",
    "pipes_per_line",
    "inline",
    "wrapped",
    "spans",
    "word",
    "badspans",
    "wrongspans",
    "nested",
    "images",
]
Numerals = Literal[
    "han", "none", "one_lost", "spaced", "dot", "arabic_pause", "arabic_dot", "brackets", "part", "paren", "skipped"
]
Digits = Literal[
    "plain",
    "full_width",
    "thousands",
    "wide_thousands",
    "padded",
    "spaced",
    "no_break",
    "zero_width",
    "decimal",
    "unit",
]
Blanks = Literal["empty", "nbsp", "wide_space"]
Review = Literal["suits_below", "labels_below", "one_line", "three_tables"]
Fragments = Literal["none", "line", "blank_line"]
Traditional = Literal["no", "characters", "words"]
Headings = Literal["plain", "marked", "bold", "joined", "swallowed", "numbered"]
Encoding = Literal["utf-8", "utf-8-sig", "gb18030"]
Charset = Literal["utf-8", "gb2312", "gbk", "none"]

TEXT_TABLES: tuple[Tables, ...] = ("tabs", "paragraphs", "pipes", "pipes_per_line", "inline", "wrapped", "markdown")
HTML_TABLES: tuple[Tables, ...] = ("spans", "word", "badspans", "wrongspans", "nested")


@dataclass(frozen=True, slots=True)
class Style:
    """One way to print a report. The defaults are the plainest: paragraphs of text, cells on lines behind a tab."""

    container: Container = "text"
    tables: Tables = "tabs"
    headings: Headings = "plain"
    """`marked`: `##` or `<h2>`; `joined`: heading and first paragraph in one line; `swallowed`: heading at the end of
    the paragraph before it; `numbered`: numerals of headings are automatic ones of Word (V12)."""
    numerals: Numerals = "han"
    digits: Digits = "plain"
    blanks: Blanks = "empty"
    review: Review = "suits_below"
    """Header of table 4: 行政诉讼 split below filled 结果… labels, or all fifteen labels in the last row; V25."""
    fragments: Fragments = "none"
    """Header and group labels broken over lines (V2), in HTML by `<br>`."""
    other_marks: bool = False
    """Other strokes for slash and dash, 增加3 and 无变化 for signs (V10, V11)."""
    variants: bool = False
    """Labels drawn from all seen variants instead of the statutory print (V21)."""
    traditional: Traditional = "no"
    encoding: Encoding = "utf-8"
    charset: Charset = "utf-8"
    """What an HTML page declares."""
    chrome: bool = True
    """Whether an HTML page has menus, breadcrumb, metadata block and footer (V15, V16)."""
    caption: bool = False
    """Section heading repeated above the table (V12)."""
    split_blocks: bool = False
    """Each block of table 2 a table of its own (V9)."""
    hard_wrap: bool = False
    """Sentences broken every 38 characters, page numbers between (V8)."""
    subtotal: bool = False
    """Table 3 with a column 小计 for the organisations together."""
    missing_cell: bool = False
    """The last row of table 3 without its total: one cell fewer."""
    extra_rows: bool = False
    """The table of 2014 with rows that a province added."""
    row_tables: bool = False
    """Every row of table 3 a table of its own (V9); pages only."""
    split_number: bool = False
    """One number of table 3 spread over two cells, its first digit in the left one."""
    page_break: bool = False
    """Table 3 cut in two, its header repeated, the open groups blank after the cut (V8)."""
    text_chrome: bool = False
    """Breadcrumb, metadata and footer as lines of a text copy (V15, V16)."""
    dropped_digits: bool = False
    """Digits and brackets of dates and document numbers lost at run borders (V14)."""
    pinyin: bool = False
    """A mirror that adds `统(tǒng)` readings (V19); text and Markdown only."""
    entities: bool = False
    """Some characters of a page as `&#36130;` (V20)."""
    crlf: bool = False


LAYOUTS: dict[str, Style] = {
    "text_tabs": Style(),
    "text_fragments": Style(fragments="line", review="labels_below"),
    "text_fragments_blank": Style(fragments="blank_line"),
    "text_paragraphs": Style(tables="paragraphs"),
    "pipes": Style(tables="pipes", numerals="arabic_pause"),
    "pipes_per_line": Style(tables="pipes_per_line"),
    "inline": Style(tables="inline", review="one_line"),
    "pdf_text": Style(tables="wrapped", hard_wrap=True),
    "markdown": Style(container="markdown", tables="markdown", headings="marked", review="labels_below"),
    "markdown_bold": Style(container="markdown", tables="markdown", headings="bold"),
    "markdown_shifted": Style(container="markdown", tables="markdown_shifted"),
    "html": Style(container="html", tables="spans", headings="bold", review="labels_below"),
    "html_bare": Style(container="html", tables="spans", headings="marked", chrome=False),
    "html_gbk": Style(container="html", tables="spans", encoding="gb18030", charset="gb2312", split_blocks=True),
    "html_word": Style(container="html", tables="word", blanks="nbsp", headings="bold", fragments="line"),
    "html_badspans": Style(container="html", tables="badspans", review="labels_below"),
    "html_wrongspans": Style(container="html", tables="wrongspans"),
    "html_nested": Style(container="html", tables="nested", blanks="nbsp", caption=True),
    "traditional": Style(traditional="characters", variants=True),
    "traditional_html": Style(container="html", tables="spans", traditional="words", review="labels_below"),
    "images": Style(tables="images"),
    "pinyin": Style(pinyin=True),
    "text_site": Style(text_chrome=True, dropped_digits=True),
    "docx": Style(container="docx", tables="spans", blanks="empty"),
    "docx_numbered": Style(container="docx", tables="spans", headings="numbered", review="labels_below", variants=True),
    "docx_fragments": Style(container="docx", tables="spans", headings="marked", fragments="line", split_blocks=True),
    "docx_pages": Style(container="docx", tables="spans", page_break=True, subtotal=True, digits="full_width"),
    "html_pages": Style(container="html", tables="spans", page_break=True, subtotal=True, entities=True),
}
"""The layouts that have a name. `text_*` and the like are plain text, `markdown*` Markdown, `html*` pages, `docx*` Word."""


_OF_WORD = frozenset({"docx", "numbered"})
"""Choices that only a Word file has."""


def random_style(rng: Random) -> Style:
    """Any combination of choices that can be printed as text, Markdown or a page."""
    hints = get_type_hints(Style)
    style = Style()
    for item in fields(Style):
        if rng.random() < 0.3:
            choices = (True, False) if hints[item.name] is bool else get_args(hints[item.name])
            choices = tuple(choice for choice in choices if choice not in _OF_WORD)
            style = replace(style, **{item.name: rng.choice(choices)})
    return possible(style, rng)


def possible(style: Style, rng: Random) -> Style:
    """`style` with the choices changed that cannot go together."""
    if style.container == "docx":
        return _in_word(style)
    if style.container == "html" and style.tables not in (*HTML_TABLES, "images"):
        style = replace(style, tables=rng.choice(HTML_TABLES))
    if style.container == "text" and style.tables not in (*TEXT_TABLES, "images"):
        style = replace(style, tables=rng.choice(TEXT_TABLES))
    if style.container == "markdown" and style.tables not in ("markdown", "markdown_shifted", "images"):
        style = replace(style, tables=rng.choice(("markdown", "markdown_shifted")))
    if style.tables in ("paragraphs", "inline", "wrapped", "markdown_shifted"):
        style = replace(style, subtotal=False, missing_cell=False, split_number=False)
    if style.digits in ("spaced", "no_break", "padded") and style.tables in ("inline", "wrapped"):
        style = replace(style, digits="plain")
    if style.container == "html":
        headings: Headings = "plain" if style.headings == "swallowed" else style.headings
        return replace(style, headings=headings, pinyin=False, text_chrome=False, hard_wrap=False)
    blanks: Blanks = "empty" if style.blanks == "nbsp" else style.blanks
    return replace(style, charset="utf-8", blanks=blanks, entities=False, split_blocks=False, row_tables=False)


def _in_word(style: Style) -> Style:
    return replace(
        style,
        tables="images" if style.tables == "images" else "spans",
        headings="plain" if style.headings == "swallowed" else style.headings,
        blanks="empty",
        charset="utf-8",
        encoding="utf-8",
        hard_wrap=False,
        text_chrome=False,
        pinyin=False,
        entities=False,
        crlf=False,
        row_tables=False,
    )
