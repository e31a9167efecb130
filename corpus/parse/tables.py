"""Which rows of which grids belong to which statutory table; then each table is read by its own module."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import CellState, Era, Finding, RejectedFigure, Table
from corpus.parse import applications, proactive, review, statistics
from corpus.parse.labels import find_labels, label_form
from corpus.parse.numbers import read_cell, trim
from corpus.parse.printed import PrintedCell, PrintedRow, Reading

_TABLES = ("applications", "proactive", "review", "statistics")
_AMBIGUOUS = frozenset(
    label_form(w) for w in ("其他", "总计", "合计", "小计", "企业", "总数", "维持", "纠正", "其中", "复议", "未审结")
)
_OF_SECTION = {"remedies": "review", "applications": "applications"}
"""Where a grid without a telling label belongs: fifteen figures (V25), a row 其他 or 总计 in a table of its own (V9)."""


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the grids of a report hold: cells read per table, the form they follow, problems of reading."""

    readings: Mapping[str, Reading]
    era: Era | None
    """The form the tables show; `None` when there is none that tells."""
    grids: Sequence[Sequence[PrintedRow]] = ()
    """All that was looked at."""

    def tables(self, era: Era) -> dict[str, Table]:
        """Every table of the form of `era`, complete; what was not read is absent."""
        if era is Era.STAT_TABLE_2014:
            return {"statistics": statistics.finish(self.readings["statistics"])}
        if era is Era.NARRATIVE_2008:
            return {}
        return {
            "applications": applications.finish(self.readings["applications"], era),
            "proactive": proactive.finish(self.readings["proactive"], era),
            "review": review.finish(self.readings["review"]),
        }

    def rejected(self, tables: Mapping[str, Table]) -> tuple[RejectedFigure, ...]:
        """Every figure of the grids that no cell of `tables` took, in order of place, and why."""
        used = {cell.start for rows in tables.values() for row in rows.values() for cell in row.values()}
        why = {start: reason for reading in self.readings.values() for start, reason in reading.rejected.items()}
        other = {
            c.start for n, r in self.readings.items() if n not in tables for x in r.cells.values() for c in x.values()
        }
        return tuple(
            RejectedFigure(
                trim(c.text), c.start, c.end, c.grid, c.row, c.column,
                why.get(c.start) or ("other_form" if c.start in other else "no_statutory_row"),
            )
            for grid in self.grids
            for row in grid
            for c in row.cells
            if c.start not in used and _is_figure(c)
        )  # fmt: skip

    def findings(self, tables: Mapping[str, Table]) -> list[Finding]:
        """Problems of reading in the tables of the report's form."""
        return [f for name in tables for f in self.readings[name].findings]


def read_tables(grids: Sequence[Sequence[PrintedRow]], sections: Sequence[str]) -> TableReading:
    """All statutory tables printed in `grids`, in any order, one or several to a grid.

    `sections` names the section each grid stands in; it decides only where no label of a grid tells.
    """
    rows = _sort_rows(grids, sections)
    table3, era3 = applications.read_applications(rows["applications"])
    table2, era2 = proactive.read_proactive(rows["proactive"])
    table4 = review.read_review(rows["review"])
    legacy = statistics.read_statistics(rows["statistics"])
    era = era3 or era2
    if era is None and len(legacy.cells) >= 5:
        era = Era.STAT_TABLE_2014
    readings = {"applications": table3, "proactive": table2, "review": table4, "statistics": legacy}
    return TableReading(readings, era, grids)


def _is_figure(cell: PrintedCell) -> bool:
    return read_cell(cell.text).state is CellState.NUMBER


def _sort_rows(grids: Iterable[Sequence[PrintedRow]], sections: Iterable[str]) -> dict[str, list[PrintedRow]]:
    """The rows of each table in printed order. A row without a telling label stays with the table before it."""
    sorted_rows: dict[str, list[PrintedRow]] = {name: [] for name in _TABLES}
    current: str | None = None
    for grid, section in zip(grids, sections, strict=True):
        telling = any(_telling(row.cells) for row in grid)
        current = None if telling else _OF_SECTION.get(section)
        waiting: list[PrintedRow] = []
        for row in grid:
            for part in [row] if row.trusted else _cut(row, current):
                current = _telling(part.cells) or current
                if current is None:
                    waiting.append(part)
                else:
                    sorted_rows[current] += [*waiting, part]
                    waiting = []
    return sorted_rows


def _cut(row: PrintedRow, current: str | None) -> list[PrintedRow]:
    """A stream of cells cut where its labels begin to belong to another table."""
    parts: list[list[PrintedCell]] = [[]]
    for cell in row.cells:
        table = table_of(cell.text)
        if table is not None and table != current and current is not None and parts[-1]:
            parts.append([])
        current = table or current
        parts[-1].append(cell)
    return [PrintedRow(tuple(part), trusted=False) for part in parts if part]


def _telling(cells: Iterable[PrintedCell]) -> str | None:
    """The table most labels of a row belong to, `None` when none tells."""
    votes: dict[str, int] = {}
    for cell in cells:
        table = table_of(cell.text)
        if table is not None:
            votes[table] = votes.get(table, 0) + 1
    return max(votes, key=lambda name: votes[name]) if votes else None


@lru_cache(maxsize=16384)
def table_of(text: str) -> str | None:
    """The one table whose vocabulary knows this label; `None` for figures, prose and labels of several tables."""
    if len(text) > 80 or not text:
        return None
    form = label_form(text)
    if form.startswith("第二十条第"):
        return "proactive"
    if form == "统计指标":
        return "statistics"
    found = [
        table
        for table in _TABLES
        if any(x.alias not in _AMBIGUOUS and x.axis != "heading" for x in find_labels(table, text))
    ]
    return found[0] if len(found) == 1 else None
