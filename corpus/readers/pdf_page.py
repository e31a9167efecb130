"""One page of a PDF → words, ruled tables and lines of text with their places. Knows no other page and no wording.

Words are made in the order in which the page draws them, so that figures of two narrow cells never run into each other.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pdfplumber.page import Page

from corpus.readers.blocks import Grid, GridCell
from corpus.readers.pdf_glyphs import ideographs
from corpus.readers.pdf_rules import SAME_EDGE, Box, Ruled, distinct, ruled_tables
from corpus.text import is_wide, join_lines

_UNKNOWN_GLYPH = re.compile(r"\(cid:\d+\)")
# In parts of the type size:
_WORD_GAP = 0.25
_SPACE = 0.6
_IDEOGRAPHIC_SPACE = 1.25
_OVERLAP = 0.15
_LINE_DRIFT = 0.5
_COLUMN_GAP = 1.2
_SPILL = 1.5
_LEVEL = 0.1
# A picture that covers this part of a page is the page, scanned.
_SCAN = 0.6


@dataclass(slots=True)
class Word:
    """Glyphs drawn side by side without a gap; distances in points from the top left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    space: str = ""
    """White space that is drawn behind it."""

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Line:
    """Words on one line. `text` has two spaces where a wide gap parts columns."""

    words: list[Word]
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(slots=True)
class TableArea:
    """A ruled table on the page."""

    grid: Grid
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(slots=True)
class PageContent:
    """What is printed on a page, from top to bottom."""

    width: float
    height: float
    items: list[Line | TableArea] = field(default_factory=list)
    is_image: bool = False
    """No text, only a picture or drawn outlines."""
    is_recognised: bool = False
    """Text laid over a picture of the whole page: a scan with recognised text."""
    unknown: int = 0
    """Glyphs whose character the font does not tell."""


def read_page(page: Page) -> PageContent:
    """Everything printed on a page."""
    content = PageContent(float(page.width), float(page.height))
    words = _words(page.chars, content)
    scanned = _covered(page) >= _SCAN
    content.is_image = not words and (scanned or len(page.curves) > 200)
    content.is_recognised = bool(words) and scanned
    ruled = ruled_tables(page) if words else Ruled([], [])
    for cells in ruled.tables:
        inside = _inside(cells, words, ruled.cuts)
        if inside is None:
            continue
        area, taken = inside
        content.items.append(area)
        words = [word for i, word in enumerate(words) if i not in taken]
    content.items += lines_of(words)
    content.items.sort(key=lambda item: item.top)
    return content


def _covered(page: Page) -> float:
    """The part of the page that its largest picture covers."""
    area = float(page.width) * float(page.height)
    sizes = [abs(float(i["x1"]) - float(i["x0"])) * abs(float(i["bottom"]) - float(i["top"])) for i in page.images]
    return max(sizes, default=0.0) / area if area else 0.0


# --- words -----------------------------------------------------------------------------------------------------------


def _words(chars: Iterable[dict[str, Any]], content: PageContent) -> list[Word]:
    words: list[Word] = []
    seen: set[tuple[str, int, int]] = set()
    last: Word | None = None
    for char in chars:
        text = char["text"]
        if not text or char["size"] < 1 or _is_turned(char):
            last = None
            continue
        x0, x1, top, bottom = char["x0"], char["x1"], char["top"], char["bottom"]
        if x1 < 0 or x0 > content.width or bottom < 0 or top > content.height:
            continue
        if text.isspace():
            if last is not None:
                last.space += text
            continue
        if _printed_before(seen, text, x0, top):
            continue
        if _UNKNOWN_GLYPH.fullmatch(text):
            content.unknown += 1
            text = "\ufffd"
        if last is not None and _continues(last, text, x0, top, bottom):
            last.text += last.space + text
            last.space = ""
            last.x1 = max(last.x1, x1)
            last.top, last.bottom = min(last.top, top), max(last.bottom, bottom)
        else:
            last = Word(text, x0, x1, top, bottom, bottom - top)
            words.append(last)
    for word in words:
        word.text = ideographs(word.text)
    return words


def _continues(word: Word, text: str, x0: float, top: float, bottom: float) -> bool:
    """Whether a glyph goes on with a word. Figures and the words beside them are apart: a rule may stand between."""
    if is_wide(word.text[-1]) is not is_wide(text[0]):
        return False
    gap = x0 - word.x1
    size = word.size
    widest = _WORD_GAP if not word.space else _IDEOGRAPHIC_SPACE if word.space == "\u3000" else _SPACE
    return (
        -_OVERLAP * size < gap < widest * size
        and abs((top + bottom) / 2 - word.middle) < _LINE_DRIFT * max(size, bottom - top) * 0.8
    )


def _is_turned(char: dict[str, Any]) -> bool:
    """Whether a glyph stands aslant or on its side: a watermark, a stamp."""
    a, b = char["matrix"][:2]
    return not char["upright"] or abs(b) > _LEVEL * abs(a)


def _printed_before(seen: set[tuple[str, int, int]], text: str, x0: float, top: float) -> bool:
    """Whether the same glyph was drawn at nearly the same place: bold type made by printing twice."""
    x, y = int(x0), int(top)
    found = any((text, x + i, y + j) in seen for i in (0, -1, 1) for j in (0, -1, 1))
    seen.add((text, x, y))
    return found


# --- lines -----------------------------------------------------------------------------------------------------------


def lines_of(words: Sequence[Word]) -> list[Line]:
    """The words in lines from top to bottom; words on one height are one line however far apart."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.middle):
        if lines and abs(word.middle - _middle(lines[-1])) < _LINE_DRIFT * min(word.size, lines[-1][0].size):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(sorted(line, key=lambda w: w.x0)) for line in lines]


def _middle(words: Sequence[Word]) -> float:
    return sum(word.middle for word in words) / len(words)


def _line(words: list[Word]) -> Line:
    return Line(
        words,
        _line_text(words),
        words[0].x0,
        max(word.x1 for word in words),
        min(word.top for word in words),
        max(word.bottom for word in words),
        max(word.size for word in words),
    )


def _line_text(words: Sequence[Word]) -> str:
    text = words[0].text
    for before, word in pairwise(words):
        text += _gap(before, word) + word.text
    return text


def _gap(before: Word, word: Word) -> str:
    """What stands between two neighbours: two spaces for a column's gap, else the space that is drawn, one between ASCII
    words, nothing beside Han."""
    gap = (word.x0 - before.x1) / max(before.size, word.size, 1)
    if gap > _COLUMN_GAP:
        return "  "
    if before.space:
        return before.space[0]
    beside_han = is_wide(before.text[-1]) or is_wide(word.text[0])
    return " " if gap > (_COLUMN_GAP / 2 if beside_han else _WORD_GAP) else ""


# --- ruled tables ----------------------------------------------------------------------------------------------------


def _inside(cells: Sequence[Box], words: Sequence[Word], ends: Sequence[float]) -> tuple[TableArea, set[int]] | None:
    """The table with the words in its cells and their numbers; `None` for a frame around text: a single column.

    Where the page cuts a row, the last line of its text may stand below the rules.
    """
    xs = distinct([x for cell in cells for x in (cell[0], cell[2])])
    ys = distinct([y for cell in cells for y in (cell[1], cell[3])])
    if len(xs) < 3 or len(cells) < 2:
        return None
    places = {_place(cell, xs, ys): cell for cell in cells}
    held: dict[tuple[int, int, int, int], list[Word]] = {place: [] for place in places}
    covering = {
        (row + i, column + j): place
        for place in places
        for row, column, rowspan, colspan in (place,)
        for i in range(rowspan)
        for j in range(colspan)
    }
    taken: set[int] = set()
    cut = any(abs(ys[-1] - end) < SAME_EDGE for end in ends)
    for number, word in enumerate(words):
        row = bisect_right(ys, word.middle) - 1
        if cut and row == len(ys) - 1 and word.top < ys[-1] + _SPILL * word.size:
            row -= 1
        column = bisect_right(xs, (word.x0 + word.x1) / 2) - 1
        place = covering.get((row, column))
        if place is not None:
            held[place].append(word)
            taken.add(number)
    rows: list[list[GridCell]] = [[] for _ in range(len(ys) - 1)]
    for (row, column, rowspan, colspan), inside in sorted(held.items()):
        rows[row].append(GridCell(cell_text(inside), row, column, rowspan, colspan))
    grid = Grid(tuple(tuple(row) for row in rows if row), source="pdf")
    return TableArea(grid, xs[0], xs[-1], ys[0], ys[-1]), taken


def cell_text(words: Sequence[Word]) -> str:
    """The words of one cell, its lines put together."""
    return join_lines([line.text.replace("  ", " ") for line in lines_of(words)])


def _place(cell: Box, xs: Sequence[float], ys: Sequence[float]) -> tuple[int, int, int, int]:
    row, column = _nearest(ys, cell[1]), _nearest(xs, cell[0])
    return row, column, max(1, _nearest(ys, cell[3]) - row), max(1, _nearest(xs, cell[2]) - column)


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
