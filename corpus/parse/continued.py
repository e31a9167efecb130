"""Tables that go on over a page break put together: repeated headers go, labels that the break cut are made whole.

1. Grids with nothing between them are one where the second begins with the header of the first, or where both are of a
   PDF and have the same number of columns.
2. Rows at the top of the second that repeat the header of the first are dropped.
3. A cell at the border of the break and the one below it are one where together, and only together, they are a label
   of the vocabulary; a row cut in two becomes one where no figure stands in both halves.
"""

from collections.abc import Sequence
from dataclasses import replace

from corpus.parse.numbers import is_data
from corpus.parse.tables import table_of
from corpus.parse.wrapped import is_label
from corpus.readers.blocks import Block, Grid, GridCell
from corpus.text import join_lines, squash

_LOOSE = frozenset({"stream", "line"})
_LONGEST_HEADER = 4

Row = tuple[GridCell, ...]


def join_tables(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` with every table that is printed in several pieces made one grid."""
    out: list[Block] = []
    for block in blocks:
        previous = out[-1] if out else None
        if isinstance(block, Grid) and isinstance(previous, Grid) and not {previous.source, block.source} & _LOOSE:
            joined = _joined(previous, block)
            if joined is not None:
                out[-1] = joined
                continue
        out.append(block)
    return out


def _joined(upper: Grid, lower: Grid) -> Grid | None:
    repeated = _repeated_rows(upper, lower)
    if not repeated and not (upper.source == lower.source == "pdf" and _width(upper) == _width(lower)):
        return None
    rows = list(upper.rows)
    below = list(lower.rows[repeated:])
    if below and rows:
        rows[-1:], below[:1] = _mended(rows, below[0])
    start = len(upper.rows)
    moved = [tuple(replace(c, row=start + n) for c in row) for n, row in enumerate(row for row in below if row)]
    return replace(upper, rows=(*(row for row in rows if row), *moved))


def _width(grid: Grid) -> int:
    return max((cell.column + cell.colspan for row in grid.rows for cell in row), default=0)


def _words(row: Row) -> tuple[str, ...]:
    return tuple(word for cell in row if (word := squash(cell.text)))


def _repeated_rows(upper: Grid, lower: Grid) -> int:
    """How many rows at the top of `lower` repeat the header of `upper`: rows of labels that tell which table it is."""
    count = 0
    for above, below in zip(upper.rows[:_LONGEST_HEADER], lower.rows, strict=False):
        words = _words(above)
        if not words or words != _words(below) or any(is_data(c.text) and c.text.strip() for c in above):
            break
        count += 1
    tables = {table_of(cell.text) for row in upper.rows[:count] for cell in row} - {None}
    # Three tables of reviews and lawsuits have one header between them, and are three tables.
    return count if tables and "review" not in tables else 0


def _mended(rows: Sequence[Row], first: Row) -> tuple[list[Row], list[Row]]:
    """The last row before the break and the first one behind it, with what the break cut put together."""
    last = rows[-1]
    reaching = {c.column: c for row in rows for c in row if c.row + c.rowspan - 1 >= last[0].row} if last else {}
    joined: dict[int, str] = {}
    for cell in first:
        above = reaching.get(cell.column)
        if above is not None and above.colspan == cell.colspan and _is_cut(above.text, cell.text):
            joined[cell.column] = join_lines([above.text, cell.text])
    if not joined:
        return [last], [first]
    if len(joined) == len([c for c in first if c.text.strip() and not is_data(c.text)]) and _fit(last, first):
        return [_one_row(last, first, joined)], []
    kept = tuple(replace(c, text="") if c.column in joined else c for c in first)
    return [tuple(replace(c, text=joined.get(c.column, c.text)) for c in last)], [kept]


def _is_cut(above: str, below: str) -> bool:
    """Whether two texts are one label only together."""
    if not above.strip() or not below.strip() or is_data(below):
        return False
    return is_label(join_lines([above, below])) and not is_label(above)


def _fit(last: Row, first: Row) -> bool:
    """Whether no figure stands in both rows."""
    figures = {c.column for c in last if c.text.strip() and is_data(c.text)}
    return not any(c.text.strip() and c.column in figures and is_data(c.text) for c in first)


def _one_row(last: Row, first: Row, joined: dict[int, str]) -> Row:
    below = {c.column: c.text for c in first}
    return tuple(replace(c, text=joined.get(c.column) or c.text or below.get(c.column, "")) for c in last)
