"""Figures that follow from the cells of a report by the rules of the contract: row figures, sums of groups, reasons."""

from collections.abc import Iterable
from functools import lru_cache

from corpus.model import Cell, CellState, Era, Report, Row
from corpus.vocabulary import APPLICANT_COLUMNS, REASON_KEYS

Number = int | float

DERIVED_GROUPS = ("denied", "unable", "rejected", "other")


def number(cell: Cell) -> Number | None:
    """The cell's value, `None` unless a number is printed."""
    return cell.value if cell.state is CellState.NUMBER else None


def row_is_positive(row: Row) -> bool:
    """Whether any of the row's cells is above zero."""
    return any(cell.value and (number(cell) or 0) > 0 for cell in row.values())  # most are zero


def row_figure(row: Row) -> Number | None:
    """The row's total; where it is no number, the sum of the applicant cells that are; `None` when none is."""
    if "count" in row:
        return number(row["count"])
    if "total" in row and (total := number(row["total"])) is not None:
        return total
    values = [value for key in APPLICANT_COLUMNS if key in row and (value := number(row[key])) is not None]
    return sum(values) if values else None


class _Paths(dict[str, str]):
    """Column → path of the figure, of one row; made once, for they are the same in all reports."""

    def __init__(self, row: str) -> None:
        super().__init__()
        self.row = row

    def __missing__(self, column: str) -> str:
        path = self[column] = f"{self.row}.{column}"
        return path


@lru_cache(maxsize=1024)
def _paths(table: str, key: str) -> _Paths:
    return _Paths(f"{table}.{key}")


def figures(report: Report) -> dict[str, Number]:
    """Every number of the report's tables and the derived sums by path, as `figure` names them; a row's own figure under
    the row's path."""
    stated = CellState.NUMBER
    found: dict[str, Number] = {}
    applications: list[tuple[str, Number]] = []
    for table, rows in report.tables.items():
        for key, row in rows.items():
            paths = _paths(table, key)
            for column, cell in row.items():
                if cell.state is stated and (value := cell.value) is not None:
                    found[paths[column]] = value
            if (value := row_figure(row)) is not None:
                found[paths.row] = value
                if table == "applications":
                    applications.append((key, value))
    sums = _derived_2014(report) if report.era is Era.STAT_TABLE_2014 else _group_sums(applications)
    found.update((f"derived.{name}", value) for name, value in sums.items() if value is not None)
    return found


def derived(report: Report) -> dict[str, Number | None]:
    """Sums of the groups that have no cells of their own; `None` where no row of the group states a figure.

    For the 2014 table `denied` is the printed 不同意公开答复数, or the sum of its reasons where that is not stated.
    """
    if report.era is Era.STAT_TABLE_2014:
        return _derived_2014(report)
    rows = report.tables.get("applications", {}).items()
    return _group_sums((key, value) for key, row in rows if (value := row_figure(row)) is not None)


def _group_sums(rows: Iterable[tuple[str, Number]]) -> dict[str, Number | None]:
    """The sums of the figures of rows by group."""
    sums: dict[str, Number | None] = dict.fromkeys(DERIVED_GROUPS)
    for key, value in rows:
        group = key.partition(".")[0]
        if group in sums:
            sums[group] = (sums[group] or 0) + value
    return sums


def _derived_2014(report: Report) -> dict[str, Number | None]:
    denied = number(report.cell("statistics", "stat.reply.denied"))
    if denied is None:
        rows = report.tables.get("statistics", {})
        figures = [
            f for key, row in rows.items() if key.startswith("stat.denied.") and (f := row_figure(row)) is not None
        ]
        denied = sum(figures) if figures else None
    return {"denied": denied, "unable": None, "rejected": None, "other": None}


def positive_reasons(report: Report) -> list[str]:
    """Keys of all reasons (`denied.*`, `unable.*`, `rejected.*`, `other.*`, `other`, `stat.denied.*`) above zero."""
    rows = {**report.tables.get("applications", {}), **report.tables.get("statistics", {})}
    return [key for key in REASON_KEYS if key in rows and row_is_positive(rows[key])]


def denial_reasons(report: Report) -> list[str]:
    """Keys of `denied.*` (before 2019 `stat.denied.*`) whose row is above zero, in the order of the form."""
    return [key for key in positive_reasons(report) if key.startswith(("denied.", "stat.denied."))]


def figure(report: Report, path: str) -> Number | None:
    """The figure at a dotted path (`applications.new_received.total`, `derived.denied`, `statistics.stat.received`).

    A row without a column means the row's figure. `None` when no number is printed there or no such place exists.
    """
    table, _, rest = path.partition(".")
    if table == "derived":
        return derived(report).get(rest)
    rows = report.tables.get(table, {})
    if rest in rows:
        return row_figure(rows[rest])
    row, _, column = rest.rpartition(".")
    return number(rows[row][column]) if row in rows and column in rows[row] else None
