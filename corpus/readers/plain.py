"""Plain text and Markdown → blocks. Tables are recognised by their marks (tabs, pipes) alone, never by their wording.

1. Lines are classed: blank, tabbed, piped, text.
2. Runs of tabbed lines become a grid: a cell per line and a blank line after each row, or a row per line.
3. Runs of piped lines become a grid, or a stream of cells where every cell stands on its own line.
4. The rest is text; where the whole document is hard-wrapped, the lines of a sentence are put together.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from corpus.readers.blocks import Block, Grid, GridCell, TextBlock
from corpus.text import is_wide, join_lines

_SPACE = " \t\u00a0\u3000\u200b\ufeff"
_TERMINAL = frozenset("。！？；：.!?;:”」』）)】")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_SEPARATOR = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?")
_RULE = re.compile(r"(?=.*[-=─━═┄┅┈]{6})[-=─━═┄┅┈+┼├┤┬┴┌┐└┘╋┣┫┳┻┏┓┗┛\s]+")
"""A line drawn between rows, as text tables of converters have: it prints nothing."""
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HEADING_LIKE = re.compile(
    r"\s*(第[一二三四五六七八九十]+(部分|章)|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．](?!\d))"
)


_INDENTS = ("\u3000", "  ")
_SLACK = 10
"""Full lines differ by this much in width: they are cut by characters, and figures are half as wide as Han."""


_AMOUNT = re.compile(
    r"[+＋－-]?[\d０-９][\d０-９,，.． \u00a0\u3000]*[^\d０-９]{1,2}|[无無]|不[适適]用|[无無]此[项項]|未[统統][计計]"
)
"""A figure with its unit, `74607元`, or a word for none: no label, so nothing goes on with it."""
_PAGE_NUMBER = re.compile(r"[-—–－·]+ ?\d{1,3} ?[-—–－·]+|\d{1,3} ?[/／] ?\d{1,3}|第 ?\d{1,3} ?[页頁]")


_DRAWN = str.maketrans(dict.fromkeys("│┃║", "|"))


class _Kind(Enum):
    BLANK = auto()
    TAB = auto()
    PIPE = auto()
    TEXT = auto()


def read_text(text: str) -> tuple[Block, ...]:
    """The blocks of a plain-text or Markdown document, in printed order."""
    lines = re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text.translate(_DRAWN))
    kinds = [_kind(line) for line in lines]
    wrap = _wrap([line for line, kind in zip(lines, kinds, strict=True) if kind is _Kind.TEXT])
    blocks: list[Block] = []
    i = 0
    while i < len(lines):
        if kinds[i] is _Kind.TAB:
            grid, i = _tab_run(lines, kinds, i)
            blocks.append(grid)
        elif kinds[i] is _Kind.PIPE:
            grid, i = _pipe_run(lines, kinds, i)
            blocks.append(grid)
        elif kinds[i] is _Kind.TEXT:
            j = _paragraph_end(lines, kinds, i, wrap)
            blocks.append(_text_block(lines[i:j]))
            i = j
        else:
            i += 1
    return tuple(b for b in blocks if isinstance(b, Grid) or b.text)


def _kind(line: str) -> _Kind:
    content = line.strip(_SPACE)
    if "\t" not in line and _RULE.fullmatch(content):
        return _Kind.BLANK
    if "|" in line.replace("\\|", "") and not _is_prose(content):
        return _Kind.PIPE
    if "\t" in line and not _is_prose(content):
        return _Kind.TAB
    return _Kind.TEXT if content else _Kind.BLANK


def _is_prose(content: str) -> bool:
    """A tab or pipe in front of, or lost inside, a sentence makes no table."""
    if "|" in content or "\t" in content:
        return False
    return len(content) > 60 and "。" in content


def _text_block(lines: Sequence[str]) -> TextBlock:
    text = join_lines(lines)
    if (match := _MARKDOWN_HEADING.fullmatch(text)) is not None:
        return TextBlock(_inline(match[2]), len(match[1]))
    return TextBlock(_inline(text))


def _inline(text: str) -> str:
    """Markdown emphasis and the escape of a pipe taken off; a lone asterisk stays."""
    text = text.replace("\\|", "|")
    if "**" in text:
        text = re.sub(r"\*\*(.+?)\*\*", r"\1", text)
    return text.strip(_SPACE)


# --- hard-wrapped prose ----------------------------------------------------------------------------------------------


def _width(line: str) -> int:
    return sum(2 if is_wide(c) else 1 for c in line.rstrip(_SPACE))


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How a document is wrapped: the width of its full lines, and whether its paragraphs begin with an indent."""

    width: int
    indented: bool


def _is_row_like(line: str) -> bool:
    """Whether blanks part a line into three pieces or more."""
    return sum(map(bool, line.split(" "))) > 2


def _wrap(lines: Sequence[str]) -> _Wrap | None:
    """How the document's prose is wrapped, `None` when its lines are whole paragraphs.

    Wrapped prose has many lines of nearly one width that end within a sentence; paragraphs end anywhere.
    """
    lines = [line for line in lines if not _is_row_like(line)]
    broken = [_width(line) for line in lines if line.rstrip(_SPACE)[-1] not in _TERMINAL]
    widths = Counter(w for w in broken if 40 <= w <= 120)
    if not widths:
        return None
    support = {w: sum(widths[v] for v in range(w - _SLACK, w + 1)) for w in widths}
    best = max(support, key=lambda w: (support[w], w))
    if support[best] < 6 or 2 * support[best] <= sum(widths.values()):
        return None
    starts = sum(line.startswith(_INDENTS) for line in lines if _width(line) > 30)
    return _Wrap(best, starts >= 3)


def _paragraph_end(lines: Sequence[str], kinds: Sequence[_Kind], i: int, wrap: _Wrap | None) -> int:
    j = i + 1
    if wrap is None:
        return j
    while j < len(lines) and kinds[j] is _Kind.TEXT and _continues(lines[j - 1], lines[j], wrap):
        j += 1
    return j


def _continues(line: str, following: str, wrap: _Wrap) -> bool:
    if not wrap.width - _SLACK - 4 <= _width(line) <= wrap.width + 2:
        return False
    if (
        following.startswith(_INDENTS)
        or _HEADING_LIKE.match(following)
        or _is_row_like(line)
        or _is_row_like(following)
    ):
        return False
    return wrap.indented or line.rstrip(_SPACE)[-1] not in "。！？；"


# --- tabs ------------------------------------------------------------------------------------------------------------


def _tab_run(lines: Sequence[str], kinds: Sequence[_Kind], i: int) -> tuple[Grid, int]:
    """The grid that starts at line `i` and the first line behind it."""
    rows: list[list[str]] = []
    row: list[str] = []
    rowwise = _is_rowwise(lines, kinds, i)
    j = i
    while j < len(lines):
        if kinds[j] is _Kind.TAB:
            if rowwise or "\t" in lines[j].strip(_SPACE):
                rows += [row] if row else []
                rows.append([c.strip(_SPACE) for c in lines[j].split("\t")])
                row = []
            else:
                row.append(lines[j].strip(_SPACE))
        elif kinds[j] is _Kind.BLANK:
            if _next_is_tab(kinds, j):
                rows += [row] if row else []
                row = []
        elif _PAGE_NUMBER.fullmatch(lines[j].strip(_SPACE)) and _next_is_tab(kinds, j + 1):
            if kinds[j - 2 : j] == [_Kind.BLANK, _Kind.BLANK]:  # one ends the row, the other the page
                rows += [row] if row else []
                row = []
        elif row and (fragment_end := _fragments(lines, kinds, j, row[-1])) is not None:
            row[-1] = join_lines([row[-1], *lines[j:fragment_end]])
            j = fragment_end
            continue
        else:
            break
        j += 1
    rows += [row] if row else []
    return _grid(rows, "tabs"), j


def _is_rowwise(lines: Sequence[str], kinds: Sequence[_Kind], i: int) -> bool:
    """Whether most lines of the run from `i` hold several cells: then a line of tabs is a row of blank cells, not one."""
    end = i
    while end < len(lines) and kinds[end] in (_Kind.TAB, _Kind.BLANK):
        end += 1
    filled = [line for line in lines[i:end] if line.strip(_SPACE)]
    several = [line for line in filled if "\t" in line.strip(_SPACE) or line.lstrip(_SPACE).endswith("\t\t")]
    return 2 * len(several) > len(filled)


def _next_is_tab(kinds: Sequence[_Kind], j: int) -> bool:
    while j < len(kinds) and kinds[j] is _Kind.BLANK:
        j += 1
    return j < len(kinds) and kinds[j] is _Kind.TAB


def _fragments(lines: Sequence[str], kinds: Sequence[_Kind], j: int, cell: str) -> int | None:
    """The line behind the fragments from `j` that continue a cell's label (V2), `None` when they continue nothing.

    Fragments are short, stand behind words rather than a figure, and are followed by another tabbed line.
    """
    if not cell or not any(is_wide(c) and c.isalpha() for c in cell) or _AMOUNT.fullmatch(cell):
        return None
    end = j
    for k in range(j, min(j + 12, len(lines))):
        if kinds[k] is _Kind.TAB:
            return end
        if kinds[k] is _Kind.PIPE:
            return None
        if kinds[k] is _Kind.TEXT:
            text = lines[k].strip(_SPACE)
            if end > j and _PAGE_NUMBER.fullmatch(text):
                return end
            if len(text) > 30 or _ends_table(text):
                return None
            end = k + 1
    return None


def _ends_table(text: str) -> bool:
    """Whether a short line is a heading or a page number; `（五）项` goes on with 第二十条第."""
    heading = _HEADING_LIKE.match(text)
    if heading is not None and text[heading.end() :].lstrip(_SPACE)[:1] not in ("", "项", "項"):
        return True
    return _PAGE_NUMBER.fullmatch(text) is not None


def _grid(rows: Sequence[Sequence[str]], source: str) -> Grid:
    return Grid(
        tuple(tuple(GridCell(text, r, c) for c, text in enumerate(row)) for r, row in enumerate(rows)), source=source
    )


# --- pipes -----------------------------------------------------------------------------------------------------------


def _pipe_run(lines: Sequence[str], kinds: Sequence[_Kind], i: int) -> tuple[Grid, int]:
    j = _pipe_run_end(lines, kinds, i)
    piped = [line for line, kind in zip(lines[i:j], kinds[i:j], strict=True) if kind is _Kind.PIPE]
    single = sum(sum(1 for c in line.split("|") if c.strip(_SPACE)) <= 1 for line in piped)
    if len(piped) > 4 and single > 0.8 * len(piped):
        return _opened_rows(lines[i:j]) or _stream(lines[i:j]), j
    leading = 2 * sum(line.strip(_SPACE).startswith("|") for line in piped) > len(piped)
    rows = [_pipe_cells(line, leading) for line in piped if not _SEPARATOR.fullmatch(line.strip(_SPACE))]
    return _grid(rows, "pipes"), j


def _pipe_run_end(lines: Sequence[str], kinds: Sequence[_Kind], i: int) -> int:
    """Piped lines, blank lines between them, and short lines of a cell whose pipe stands on a later line."""
    end = j = i
    while j < len(lines):
        if kinds[j] is _Kind.PIPE:
            end = j + 1
        elif kinds[j] is _Kind.TEXT and not _inside_cell(lines, kinds, j):
            break
        j += 1
    return end


def _inside_cell(lines: Sequence[str], kinds: Sequence[_Kind], j: int) -> bool:
    text = lines[j].strip(_SPACE)
    follows = j + 1 < len(lines) and kinds[j + 1] is _Kind.PIPE and lines[j + 1].strip(_SPACE) == "|"
    return follows and len(text) <= 40


def _pipe_cells(line: str, leading: bool) -> list[str]:
    """The cells of a row; where the rows of a table have no leading pipe, one in front closes an empty first cell."""
    content = line.strip(_SPACE).replace("\\|", "\0")
    if leading and content.startswith("|"):
        content = content[1:]
    if content.endswith("|"):
        content = content[:-1]
    return [_cell(c.replace("\0", "|")) for c in content.split("|")]


def _cell(text: str) -> str:
    return _inline(join_lines(_BREAK.split(text)))


def _opened_rows(lines: Sequence[str]) -> Grid | None:
    """Cells on lines of their own with a lone pipe, not indented, in front of each row; `None` where rows are not opened."""
    filled = [line for line in lines if line.strip(_SPACE)]
    openers = sum(line.rstrip(_SPACE) == "|" for line in filled)
    if filled[0].rstrip(_SPACE) != "|" or openers < 2 or not any(line[0] in _SPACE for line in filled):
        return None
    rows: list[list[str]] = []
    for line in filled:
        if line.rstrip(_SPACE) == "|":
            rows.append([])
        rows[-1].append(line)
    cells = [[join_lines(c.split("\n")) for c in "\n".join(row[1:]).split("|")[:-1]] for row in rows]
    return _grid([row for row in cells if row], "pipes")


def _stream(lines: Sequence[str]) -> Grid:
    """Cells on lines of their own, `规章 |` or `| 规章 |`: the rows are not marked."""
    content = "\n".join(line for line in lines if not _SEPARATOR.fullmatch(line.strip(_SPACE))).strip(_SPACE + "\n")
    cells = [join_lines(c.split("\n")) for c in content.removeprefix("|").removesuffix("|").split("|")]
    return Grid(tuple((GridCell(text, r, 0),) for r, text in enumerate(cells)), source="stream")
