"""Builds a `Grid` from printed rows: row and column spans become columns as in the table algorithm of HTML.

Tolerant of every span that pages print (`3%`, `abc`, 0, 65535, overlaps, ragged rows); it never looks at the text.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from corpus.readers.blocks import Grid, GridCell

MAX_COLSPAN = 1000
MAX_ROWSPAN = 65534
# Columns beyond this are filled from left to right without regard to cells that hang down from above.
MAX_COLUMNS = 1000

_INTEGER = re.compile(r"[ \t\r\n\f]*\+?([0-9]{1,9})")


class RawCell(NamedTuple):
    """A cell as the source has it: its text and its span attributes, unread."""

    text: str
    rowspan: str | int | None = None
    colspan: str | int | None = None


def span(value: str | int | None, limit: int) -> int:
    """The span that `value` states, by the rules of HTML: leading digits count, anything else is 1, at most `limit`.

    0 is returned as 0 (to the end of the row group for rows; the caller makes it 1 for columns).
    """
    if value is None or value == "":
        return 1
    if isinstance(value, int):
        return min(value, limit) if value >= 0 else 1
    match = _INTEGER.match(value)
    return min(int(match.group(1)), limit) if match else 1


def build_grid(
    rows: Sequence[Sequence[RawCell]], *, breaks: Collection[int] = (), caption: str = "", source: str = "html"
) -> Grid:
    """The grid of `rows`. `breaks` are the numbers of rows that begin a row group: no row span crosses them."""
    ends = _group_ends(len(rows), breaks)
    # Per column the row at which it is free again, and the column after the cell that fills it.
    free: list[int] = []
    jump: list[int] = []
    placed = []
    for number, row in enumerate(rows):
        column = 0
        cells = []
        for raw in row:
            while column < len(free) and free[column] > number:
                column = jump[column]
            rowspan, colspan = _extent(raw, ends[number] - number)
            colspan = min(colspan, MAX_COLUMNS - column) if column < MAX_COLUMNS else 1
            cells.append(GridCell(raw.text, number, column, rowspan, colspan))
            if rowspan > 1 and column < MAX_COLUMNS:
                _hang(free, jump, column, column + colspan, number + rowspan)
            column += colspan
        placed.append(tuple(cells))
    return Grid(tuple(placed), caption=caption, source=source)


def _extent(raw: RawCell, rows_left: int) -> tuple[int, int]:
    if not raw.rowspan and not raw.colspan and raw.rowspan != 0:
        return 1, 1
    rowspan = span(raw.rowspan, MAX_ROWSPAN)
    return min(rowspan or rows_left, rows_left), span(raw.colspan, MAX_COLSPAN) or 1


def _hang(free: list[int], jump: list[int], start: int, stop: int, until: int) -> None:
    """Notes that the columns `start:stop` are taken up to row `until`; where cells overlap the longer one stays."""
    if len(free) < stop:
        jump.extend(range(len(free) + 1, stop + 1))
        free.extend([0] * (stop - len(free)))
    if max(free[start:stop]) < until:
        free[start:stop] = [until] * (stop - start)
        jump[start:stop] = [stop] * (stop - start)
        return
    for column in range(start, stop):
        if free[column] < until:
            free[column] = until
            jump[column] = stop


def _group_ends(count: int, breaks: Collection[int]) -> list[int]:
    """Per row the number of the row at which its group ends."""
    ends = [count] * count
    end = count
    for number in range(count - 1, -1, -1):
        ends[number] = end
        if number in breaks:
            end = number
    return ends
