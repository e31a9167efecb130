"""Cells as they stand in the report's text, and the rows they are read from. No vocabulary, no meaning."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpus.model import ABSENT, Cell, CellState, Finding, Origin, Severity
from corpus.parse.numbers import read_cell, trim


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell in print: `start`/`end` delimit its trimmed text in the report's text, the rest its place in its grid."""

    text: str
    start: int
    end: int
    grid: int = 0
    row: int = 0
    column: int = 0
    colspan: int = 1

    @property
    def blank(self) -> bool:
        """Whether nothing is printed in it."""
        return not self.text


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of a grid. `trusted`: the print marks where rows end; else the cells of a whole stretch are one row."""

    cells: tuple[PrintedCell, ...]
    trusted: bool = True


def read(cell: PrintedCell, *, label: str, header: str, rule: str, signed: bool = False) -> Cell:
    """The model's cell for a printed one, with its way back."""
    printed = read_cell(cell.text, signed=signed)
    raw = "" if printed.state is CellState.BLANK else trim(cell.text)
    return Cell(
        state=printed.state,
        raw=raw,
        value=printed.value,
        start=cell.start,
        end=cell.end if raw else cell.start,
        unit=printed.unit,
        origin=Origin(cell.grid, cell.row, cell.column, label, header, rule),
    )


@dataclass(slots=True)
class Reading:
    """A table being read: cells placed so far and what was noticed. The only mutable value of the parser."""

    table: str
    cells: dict[str, dict[str, Cell]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    rejected: dict[int, str] = field(default_factory=dict)
    """Start of a printed figure → why no cell took it."""

    def place(self, row: str, column: str, cell: Cell) -> None:
        """Put a cell in its place; a second cell for the same place that differs is a finding and changes nothing."""
        known = self.cells.setdefault(row, {})
        old = known.get(column)
        if old is None or old.state is CellState.ABSENT:
            known[column] = cell
            return
        if cell.start is not None:
            self.rejected.setdefault(cell.start, "place_taken")
        if (old.state, old.value, old.raw) != (cell.state, cell.value, cell.raw):
            self.note(
                f"p.row_duplicate:{row}",
                f"同一行在文中出现两次且数字不同：先为“{old.raw}”，后为“{cell.raw}”，取先者",
                f"{self.table}.{row}.{column}",
            )

    def reject(self, cells: Iterable[PrintedCell], reason: str) -> None:
        """Say why these cells are not used; the first reason stands."""
        for cell in cells:
            self.rejected.setdefault(cell.start, reason)

    def note(self, id: str, message: str, where: str | None = None) -> None:
        """Record a problem of reading, once per id."""
        if all(f.id != id for f in self.findings):
            self.findings.append(Finding(id, Severity.PARSE, message, where=where))

    def complete(self, form: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, dict[str, Cell]]:
        """Every row and column of the form in its order; what was not read is absent."""
        return {row: {c: self.cells.get(row, {}).get(c, ABSENT) for c in columns} for row, columns in form}


def nonblank(cells: Iterable[PrintedCell]) -> Iterator[PrintedCell]:
    """The cells in which something is printed."""
    return (c for c in cells if not c.blank)
