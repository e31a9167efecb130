"""The statutory tables as rows of views: every cell of the form with its anchor, state, text and findings.

Figures are shown as printed; a blank, a missing and an unreadable cell stay different things.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from corpus.figures import derived
from corpus.model import ABSENT, Cell, CellState, Report, Table
from corpus.vocabulary import APPLICATION_COLUMNS, REVIEW_BLOCKS, REVIEW_COLUMNS, STATISTICS, label, load
from webui.messages import message
from webui.presenters.values import cell_text, number_text

_RESULTS: Final = "results"
_SUITS: Final = ("suit_direct", "suit_after_review")
_SUMMED: Final = ("denied", "unable", "rejected", "other")


@dataclass(frozen=True, slots=True)
class CellView:
    """One figure. `state` is the cell's, or `zero` for a printed nought; `note` says in words what is not a number.

    `findings` are the numbers of the findings that concern it.
    """

    anchor: str
    text: str
    state: str
    note: str = ""
    findings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of figures, or (without cells) the heading of a group of rows with a sum computed here."""

    label: str
    cells: tuple[CellView, ...] = ()
    sum: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class HeadView:
    """A column heading and how much it covers."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class TableView:
    """A table ready to print: a caption, rows of headings, rows of figures."""

    key: str
    caption: str
    corner: str
    head: tuple[tuple[HeadView, ...], ...]
    rows: tuple[RowView, ...]

    @property
    def width(self) -> int:
        """Columns of figures."""
        return max((len(row.cells) for row in self.rows), default=0)


FindingNumbers = Mapping[str, Sequence[int]]
"""Anchor of a cell → numbers of the findings about it."""


def cell_anchor(table: str, row: str, column: str) -> str:
    """The id of a cell on the page: `t-applications-granted-total`; the statistics table has no columns."""
    return f"t-{table}-{row}" if table == "statistics" else f"t-{table}-{row}-{column}"


class _Maker:
    """Makes cell views for one report in one language."""

    def __init__(self, report: Report, numbers: FindingNumbers, language: str) -> None:
        self.report, self.numbers, self.language = report, numbers, language

    def cell(self, table: str, row: str, column: str) -> CellView:
        cell = self.report.tables.get(table, {}).get(row, {}).get(column, ABSENT)
        anchor = cell_anchor(table, row, column)
        return CellView(
            anchor=anchor,
            text=cell_text(cell),
            state="zero" if cell.value == 0 else cell.state.value,
            note=self._note(cell),
            findings=tuple(self.numbers.get(anchor, ())),
        )

    def _note(self, cell: Cell) -> str:
        return "" if cell.state is CellState.NUMBER else message(f"cell.{cell.state.value}", self.language)

    def name(self, key: str, scope: str) -> str:
        return label(key, scope, self.language)

    def say(self, key: str, **values: object) -> str:
        return message(key, self.language, **values)

    def heads(self, keys: Sequence[str], scope: str) -> tuple[HeadView, ...]:
        return tuple(HeadView(self.name(key, scope)) for key in keys)


def _ordinal(entry: Mapping[str, Any], language: str) -> str:
    printed = str(entry.get("ordinal", ""))
    if not printed or language != "zh":
        return ""
    return f"{printed}." if printed.isdigit() else printed if printed.startswith("（") else f"{printed}、"


def _applications(maker: _Maker) -> list[TableView]:
    groups = {g["key"]: g for g in load("applications")["group"]}
    printed = maker.report.tables["applications"]
    sums = derived(maker.report)
    rows: list[RowView] = []
    opened: set[str] = set()

    def heading(key: str) -> RowView:
        total = number_text(sums[key]) if key in _SUMMED else ""
        text = _ordinal(groups[key], maker.language) + maker.name(key, "group")
        return RowView(text, sum=total, depth=0 if key == _RESULTS else 1)

    for entry in load("applications")["row"]:
        if entry["key"] not in printed:
            continue
        parent = entry.get("parent")
        for key in (_RESULTS, parent) if parent else ():
            if key is not None and key not in opened:
                opened.add(key)
                rows.append(heading(key))
        cells = tuple(maker.cell("applications", entry["key"], column) for column in APPLICATION_COLUMNS)
        depth = 0 if parent is None else 1 if parent == _RESULTS else 2
        text = _ordinal(entry, maker.language) + maker.name(entry["key"], "applications")
        rows.append(RowView(text, cells, depth=depth))
    names = maker.heads(APPLICATION_COLUMNS, "applications.column")
    head = (
        (HeadView(names[0].text, rows=2), HeadView(maker.say("table.organisations"), columns=5), HeadView(names[-1].text, rows=2)),
        names[1:-1],
    )  # fmt: skip
    caption = maker.name("applications", "table")
    return [TableView("applications", caption, maker.say("table.items"), head, tuple(rows))]


def _proactive(maker: _Maker) -> list[TableView]:
    printed = maker.report.tables["proactive"]
    views: list[TableView] = []
    for block in load("proactive")["block"]:
        entries = [e for e in load("proactive")["row"] if e["item"] == block["item"] and e["key"] in printed]
        if not entries:
            continue
        columns = tuple(dict.fromkeys(c for e in entries for c in printed[e["key"]]))
        rows = tuple(
            RowView(maker.name(e["key"], "proactive"), tuple(maker.cell("proactive", e["key"], c) for c in columns))
            for e in entries
        )
        caption = maker.say("table.article20", item=block["item"])
        head = (maker.heads(columns, "proactive.column"),)
        views.append(TableView("proactive", caption, maker.say("table.content"), head, rows))
    return views


def _review(maker: _Maker) -> list[TableView]:
    rows = tuple(
        RowView(
            (maker.say("table.suit") if block in _SUITS else "") + maker.name(block, "review"),
            tuple(maker.cell("review", block, column) for column in REVIEW_COLUMNS),
        )
        for block in REVIEW_BLOCKS
    )
    head = (maker.heads(REVIEW_COLUMNS, "review.column"),)
    return [TableView("review", maker.name("review", "table"), maker.say("table.kind"), head, rows)]


def _statistics(maker: _Maker) -> list[TableView]:
    printed = maker.report.tables["statistics"]
    rows = tuple(
        RowView(_with_unit(maker, term.key, term.unit, printed), (maker.cell("statistics", term.key, "count"),))
        for term in STATISTICS
        if term.key in printed
    )
    head = ((HeadView(maker.name("count", "statistics.column")),),)
    return [TableView("statistics", maker.name("statistics", "table"), maker.say("table.indicator"), head, rows)]


def _with_unit(maker: _Maker, key: str, unit: str | None, printed: Table) -> str:
    shown = printed[key]["count"].unit if "count" in printed[key] else None
    name = maker.name(key, "statistics")
    return f"{name}（{shown or unit}）" if shown or unit else name


_TABLES: Final[Mapping[str, Callable[[_Maker], list[TableView]]]] = {
    "proactive": _proactive,
    "applications": _applications,
    "review": _review,
    "statistics": _statistics,
}


def table_views(report: Report, table: str, numbers: FindingNumbers, language: str) -> list[TableView]:
    """The views of one statutory table (the blocks of 主动公开 are tables of their own); empty for an unknown one."""
    make = _TABLES.get(table)
    return make(_Maker(report, numbers, language)) if make and table in report.tables else []
