"""A report as plain text or Markdown: title, headings, paragraphs and tables in order. Knows no HTML."""

from collections.abc import Callable, Mapping
from random import Random

from corpus.synthetic.render.grids import Grids, PrintedTable
from corpus.synthetic.render.markdown_tables import markdown, markdown_shifted
from corpus.synthetic.render.ordinals import fitting, ordinal
from corpus.synthetic.render.pdf_text import hard_wrapped, with_page_numbers, wrapped
from corpus.synthetic.render.style import Style, Tables
from corpus.synthetic.render.text_chrome import lines_after, lines_before
from corpus.synthetic.render.text_tables import TEXT_TABLES, TextTable
from corpus.synthetic.truth import Place, SectionTruth, SyntheticReport

_TABLES: Mapping[Tables, Callable[[PrintedTable, Style, Random], TextTable]] = {
    **TEXT_TABLES,
    "markdown": markdown,
    "markdown_shifted": markdown_shifted,
    "wrapped": wrapped,
}


def plain_document(report: SyntheticReport, style: Style, grids: Grids, rng: Random) -> TextTable:
    """The whole document and the figures its tables lost."""
    lines = _title(report, style, rng)
    lost: set[Place] = set()
    numerals = fitting(report, style.numerals)
    for section in report.sections:
        head = ordinal(section, numerals) + section.heading
        if _swallowed(section, report, style):
            lines[-2] += head
            head = ""
        lines += _section(section, head, style, lost, grids, rng)
    if style.text_chrome:
        lines = [*lines_before(report, rng), *lines, *lines_after(report, rng)]
    if style.hard_wrap:
        lines = with_page_numbers(lines, rng)
    return TextTable("\n".join(lines).rstrip("\n") + "\n", frozenset(lost))


def _title(report: SyntheticReport, style: Style, rng: Random) -> list[str]:
    marked = style.container == "markdown" and style.headings == "marked"
    lines = [f"# {line}" if marked else line for line in report.title_lines]
    between = [""] if len(lines) > 1 and (marked or rng.random() < 0.5) else []
    return [lines[0], *between, *lines[1:], ""]


def _section(section: SectionTruth, head: str, style: Style, lost: set[Place], grids: Grids, rng: Random) -> list[str]:
    paragraphs = list(section.paragraphs)
    lines: list[str] = []
    if section.key != "front" and head:
        joined = style.headings == "joined" and section.table is None and paragraphs
        lines += [f"{head}。{paragraphs.pop(0)}" if joined else _heading(head, style), ""]
    for paragraph in paragraphs[: section.table_after]:
        lines += _paragraph(paragraph, style)
    if section.table:
        if style.caption:
            lines += [section.heading]
        for table in grids.table(section.table):
            printed = _TABLES[style.tables](table, style, rng)
            lost |= printed.lost
            lines += [*printed.text.split("\n"), ""]
    for paragraph in paragraphs[section.table_after :]:
        lines += _paragraph(paragraph, style)
    return lines


def _swallowed(section: SectionTruth, report: SyntheticReport, style: Style) -> bool:
    """Whether the heading stands at the end of the paragraph before it."""
    if section.key == "front":
        return False
    previous = report.sections[report.sections.index(section) - 1]
    return (
        bool(previous.paragraphs)
        and style.headings == "swallowed"
        and section.key in ("other", "fees")
        and not previous.table
    )


def _heading(head: str, style: Style) -> str:
    if style.container == "markdown" and style.headings == "marked":
        return f"## {head}"
    if style.container == "markdown" and style.headings == "bold":
        return f"**{head}**"
    return head


def _paragraph(paragraph: str, style: Style) -> list[str]:
    return [*(hard_wrapped(paragraph) if style.hard_wrap else [paragraph]), ""]
