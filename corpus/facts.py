"""What each narrative fact is called and which figure of the tables it must equal. Reading sentences is `parse.narrative`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from corpus.figures import row_figure
from corpus.model import ABSENT, Cell, CellState, Table
from corpus.vocabulary import APPLICANT_COLUMNS, STATISTICS_ROWS, label, load

Number = int | float
Tables = Mapping[str, Table]

ORGANISATION_COLUMNS: Final = tuple(c for c in APPLICANT_COLUMNS if c != "natural_person")
_UNUSABLE: Final = frozenset({CellState.TEXT, CellState.ABSENT})


@dataclass(frozen=True, slots=True)
class FactKind:
    """A figure that sentences state. `checked` facts have a counterpart in the tables; `stat` is the key that the fact
    carries in a report with the table of 2014, `None` when that table has no such figure."""

    key: str
    label: str
    label_en: str
    stat: str | None
    checked: bool


@cache
def fact_kinds() -> Mapping[str, FactKind]:
    """All kinds of facts by key, in the order of the vocabulary; `stat.*` keys too."""
    kinds = {
        e["key"]: FactKind(e["key"], e["label"], e["label_en"], e.get("stat"), e.get("checked", True))
        for e in load("facts")["fact"]
    }
    stated = [e["stat"] for e in load("facts")["fact"] if "stat" in e]
    for key in dict.fromkeys((*stated, *(e["key"] for e in load("facts")["statistic"]))):
        kinds[key] = FactKind(key, label(key, "statistics"), label(key, "statistics", "en"), key, True)
    return kinds


def table_figure(tables: Tables, fact: str) -> Number | None:
    """The figure of the tables that `fact` must equal; `None` when the fact has none or the tables do not state it."""
    if fact in STATISTICS_ROWS:
        return row_figure(tables.get("statistics", {}).get(fact, {}))
    applications = tables.get("applications", {})
    if fact in ("denied", "unable", "rejected", "other"):
        return _group_figure(applications, fact)
    if fact == "natural_person":
        return _sum([applications.get("new_received", {}).get("natural_person", ABSENT)])
    if fact == "organisations":
        return _sum(applications.get("new_received", {}).get(c, ABSENT) for c in ORGANISATION_COLUMNS)
    if fact in applications:
        return row_figure(applications[fact])
    return _other_figure(tables, fact)


def _other_figure(tables: Tables, fact: str) -> Number | None:
    review = tables.get("review", {})
    documents = tables.get("proactive", {}).get("normative_docs", {})
    if fact == "review_total":
        return _sum([review.get("review", {}).get("total", ABSENT)])
    if fact == "suit_total":
        return _sum(review.get(block, {}).get("total", ABSENT) for block in ("suit_direct", "suit_after_review"))
    if fact == "normative_issued":
        cells = [documents[c] for c in ("issued", "made") if c in documents and documents[c].state is CellState.NUMBER]
        return _sum(cells[:1])
    if fact == "normative_repealed":
        return _sum([documents.get("repealed", ABSENT)])
    return None


def _group_figure(applications: Table, group: str) -> Number | None:
    """The sum of a group's row figures, a row that states nothing counting 0; `None` when none does or one is unreadable."""
    rows = [row for key, row in applications.items() if key == group or key.startswith(f"{group}.")]
    figures = [row_figure(row) for row in rows]
    for row, figure in zip(rows, figures, strict=True):
        if figure is None and any(cell.state in _UNUSABLE for cell in row.values()):
            return None
    stated = [f for f in figures if f is not None]
    return sum(stated) if stated else None


def _sum(cells: Iterable[Cell]) -> Number | None:
    """The sum of the cells that are numbers, a blank counting 0; `None` when none is a number or one is unreadable."""
    known = list(cells)
    values = [c.value for c in known if c.state is CellState.NUMBER and c.value is not None]
    if not values or any(c.state in _UNUSABLE for c in known):
        return None
    return sum(values)
