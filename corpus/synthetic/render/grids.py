"""Figures → statutory tables as printed: cells in rows with their spans, each figure knowing which one it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.model import CellState, Era
from corpus.synthetic.ledger import APPLICANTS, COLUMNS, REVIEW_BLOCKS, REVIEW_FIELDS
from corpus.synthetic.render.digits import Hand
from corpus.synthetic.render.style import Style
from corpus.synthetic.tabulate import PROACTIVE_ROWS, application_rows
from corpus.synthetic.truth import Place, SyntheticReport
from corpus.synthetic.wording import Print, statistics_rows

Role = Literal["caption", "header", "group", "label", "data", "extra"]


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of a printed table; `place` is set for figures, `blank` when the figure is left out."""

    text: str
    role: Role
    rowspan: int = 1
    colspan: int = 1
    place: Place | None = None
    blank: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Rows of cells; a cell that reaches down over several rows stands in the first of them only."""

    name: str
    rows: tuple[tuple[PrintedCell, ...], ...]
    width: int

    def slots(self) -> Iterator[list[tuple[PrintedCell, bool, int]]]:
        """Per row, per column: the covering cell, whether it starts in this row, and how many columns in it is."""
        reaching: dict[int, tuple[PrintedCell, int]] = {}
        for row in self.rows:
            waiting = list(row)
            slots: list[tuple[PrintedCell, bool, int]] = []
            while len(slots) < self.width:
                column = len(slots)
                if column in reaching:
                    cell, left = reaching[column]
                    slots += [(cell, False, i) for i in range(cell.colspan)]
                    reaching[column] = (cell, left - 1)
                elif waiting:
                    cell = waiting.pop(0)
                    slots += [(cell, True, i) for i in range(cell.colspan)]
                    if cell.rowspan > 1:
                        reaching[column] = (cell, cell.rowspan - 1)
                else:
                    break
            reaching = {column: entry for column, entry in reaching.items() if entry[1] > 0}
            yield slots

    def data(self, row: Sequence[PrintedCell]) -> list[PrintedCell]:
        """The figures of a row."""
        return [cell for cell in row if cell.place is not None]


class Grids:
    """Builds the tables of one report in one style; `labels` is what is printed for each key."""

    def __init__(self, report: SyntheticReport, style: Style, labels: Print, hand: Hand) -> None:
        self._report = report
        self._style = style
        self._labels = labels
        self._hand = hand
        self.split = ""
        """Key of the row of table 3 with a number spread over two cells, once the table is built."""

    def table(self, name: str) -> list[PrintedTable]:
        """The printed tables that together are the statutory table `name`, in order."""
        builders = {
            "proactive": self._proactive,
            "applications": self._applications,
            "review": self._review,
            "statistics": self._statistics,
        }
        return builders[name]()

    def _figure(self, place: Place, colspan: int = 1) -> PrintedCell:
        cell = self._report.cell(place)
        text = self._hand.padded(cell, place)
        return PrintedCell(text, "data", colspan=colspan, place=place, blank=cell.state is CellState.BLANK)

    # 主动公开政府信息情况

    def _proactive(self) -> list[PrintedTable]:
        blocks = [self._block(block, form) for block, form in self._report.proactive_forms.items()]
        if self._style.split_blocks:
            return [PrintedTable("proactive", tuple(rows), 4) for rows in blocks]
        return [PrintedTable("proactive", tuple(row for rows in blocks for row in rows), 4)]

    def _block(self, block: str, form: Era) -> list[tuple[PrintedCell, ...]]:
        rows = PROACTIVE_ROWS[block][form]
        columns = next(iter(rows.values()))
        spans = _widths(3, len(columns))
        header = [
            PrintedCell(self._labels.column("proactive", c, form), "header", colspan=span)
            for c, span in zip(columns, spans, strict=True)
        ]
        printed: list[tuple[PrintedCell, ...]] = [
            (PrintedCell(self._labels.caption(block), "caption", colspan=4),),
            (PrintedCell(self._labels.text("proactive", "content"), "header"), *header),
        ]
        for row in rows:
            figures = [self._figure(Place("proactive", row, c), span) for c, span in zip(columns, spans, strict=True)]
            printed.append((PrintedCell(self._labels.row("proactive", row, form), "label"), *figures))
        return printed

    # 收到和处理政府信息公开申请情况

    def _applications(self) -> list[PrintedTable]:
        header, body = self._applications_header(), list(self._applications_body())
        if self._style.missing_cell:
            body[-1] = body[-1][:-1]
        width = 11 if self._style.subtotal else 10
        if self._style.split_number:
            body, self.split = with_split_number(body)
            width += bool(self.split)
        if self._style.row_tables:
            return [PrintedTable("applications", tuple(rows), width) for rows in (header, *one_by_one(body))]
        if not self._style.page_break:
            return [PrintedTable("applications", (*header, *body), width)]
        upper, lower = cut(body, len(body) * 2 // 5)
        return [PrintedTable("applications", (*header, *part), width) for part in (upper, lower)]

    def _applications_header(self) -> list[tuple[PrintedCell, ...]]:
        names = {c: self._labels.column("applications", c) for c in COLUMNS}
        kinds = [names[c] for c in APPLICANTS[1:]] + (["小计"] if self._style.subtotal else [])
        text = self._labels.text
        return [
            (
                PrintedCell(text("applications", "corner"), "header", rowspan=3, colspan=3),
                PrintedCell(text("applications", "applicants"), "header", colspan=len(kinds) + 2),
            ),
            (
                PrintedCell(names["natural_person"], "header", rowspan=2),
                PrintedCell(text("applications", "organisations"), "header", colspan=len(kinds)),
                PrintedCell(names["total"], "header", rowspan=2),
            ),
            tuple(PrintedCell(name, "header") for name in kinds),
        ]

    def _applications_body(self) -> Iterator[tuple[PrintedCell, ...]]:
        keys = application_rows(self._report.era)
        inner = [key for key in keys if key not in ("new_received", "carried_in", "carried_out")]
        for key in keys:
            lead: list[PrintedCell] = []
            if key == inner[0]:
                lead.append(PrintedCell(self._labels.text("applications", "result"), "group", rowspan=len(inner)))
            lead += self._row_labels(key, inner)
            figures = [self._figure(Place("applications", key, column)) for column in COLUMNS]
            if self._style.subtotal:
                figures.insert(-1, self._subtotal(key))
            yield (*lead, *figures)

    def _subtotal(self, row: str) -> PrintedCell:
        """The organisations of a row together; left blank where one of them is no number."""
        cells = [self._report.cell(Place("applications", row, column)) for column in APPLICANTS[1:]]
        if any(cell.value is None for cell in cells):
            return PrintedCell("", "extra", blank=True)
        return PrintedCell(str(sum(cell.value or 0 for cell in cells)), "extra")

    def _row_labels(self, key: str, inner: list[str]) -> list[PrintedCell]:
        label = PrintedCell(self._labels.row("applications", key), "label")
        if key not in inner:
            return [replace(label, colspan=3)]
        group, dot, _ = key.partition(".")
        if not dot:
            return [replace(label, colspan=2)]
        members = [other for other in inner if other.startswith(f"{group}.")]
        if key == members[0]:
            return [PrintedCell(self._labels.group(group), "group", rowspan=len(members)), label]
        return [label]

    # 政府信息公开行政复议、行政诉讼情况

    def _review(self) -> list[PrintedTable]:
        fields = (*REVIEW_FIELDS, "total")
        figures = {block: [self._figure(Place("review", block, f)) for f in fields] for block in REVIEW_BLOCKS}
        if self._style.review == "three_tables":
            return [self._review_alone(block, cells) for block, cells in figures.items()]
        every = tuple(cell for cells in figures.values() for cell in cells)
        if self._style.review == "one_line":
            return [PrintedTable("review", (every,), 15)]
        return [PrintedTable("review", (*self._review_header(), every), 15)]

    def _review_header(self) -> list[tuple[PrintedCell, ...]]:
        below = self._style.review == "suits_below"
        labels = self._field_labels()
        review, direct, after = (self._labels.block(block) for block in REVIEW_BLOCKS)
        suits = PrintedCell(self._labels.text("review", "suits"), "header", colspan=10)
        second = (PrintedCell(direct, "header", colspan=5), PrintedCell(after, "header", colspan=5))
        if below:
            tall = tuple(replace(label, rowspan=2) for label in labels)
            return [(PrintedCell(review, "header", colspan=5), suits), (*tall, *second), (*labels, *labels)]
        return [(PrintedCell(review, "header", rowspan=2, colspan=5), suits), second, (*labels, *labels, *labels)]

    def _field_labels(self) -> tuple[PrintedCell, ...]:
        return tuple(PrintedCell(self._labels.column("review", f), "header") for f in (*REVIEW_FIELDS, "total"))

    def _review_alone(self, block: str, figures: list[PrintedCell]) -> PrintedTable:
        title = self._labels.block(block)
        if block != "review":
            title = f"{self._labels.text('review', 'suits')}（{title}）"
        return PrintedTable(
            "review", ((PrintedCell(title, "caption", colspan=5),), self._field_labels(), tuple(figures)), 5
        )

    # 政府信息公开情况统计表

    def _statistics(self) -> list[PrintedTable]:
        header = tuple(PrintedCell(text, "header") for text in ("统计指标", "单位", "统计数"))
        rows = [header]
        for key, label, unit in statistics_rows():
            if key:
                figure = self._figure(Place("statistics", key, "count"))
                rows.append((PrintedCell(label, "label"), PrintedCell(unit, "label"), figure))
            else:
                rows.append(tuple(PrintedCell(text, "label") for text in (label, "—", "—")))
        if self._style.extra_rows:
            rows[6:6] = [tuple(PrintedCell(text, "label") for text in row) for row in _PROVINCIAL_ROWS]
        return [PrintedTable("statistics", tuple(rows), 3)]


_PROVINCIAL_ROWS = (("6.政务短视频账号公开政府信息数", "条", "318"), ("7.公共图书馆查阅点接待人数", "人次", "45"))


def with_split_number(rows: Sequence[tuple[PrintedCell, ...]]) -> tuple[list[tuple[PrintedCell, ...]], str]:
    """The rows with the first number of several digits spread over two cells, and the key of its row."""
    rows = list(rows)
    for r, row in enumerate(rows):
        for i, cell in enumerate(row):
            if cell.place is not None and len(cell.text) > 1 and cell.text.isdigit():
                halves = replace(cell, text=cell.text[:1]), replace(cell, text=cell.text[1:])
                rows[r] = (*row[:i], *halves, *row[i + 1 :])
                return rows, cell.place.row
    return rows, ""


Rows = list[tuple[PrintedCell, ...]]


def cut(rows: Rows, at: int) -> tuple[Rows, Rows]:
    """The rows in two parts; a cell that reaches over the cut ends there and goes on as a blank one (V8)."""
    upper, carried = [], []
    for number, row in enumerate(rows[:at]):
        left = at - number
        carried += [replace(c, text="", rowspan=c.rowspan - left) for c in row if c.rowspan > left]
        upper.append(tuple(replace(c, rowspan=min(c.rowspan, left)) for c in row))
    return upper, [(*carried, *rows[at]), *rows[at + 1 :]]


def one_by_one(rows: Rows) -> Iterator[Rows]:
    """Every row alone, with a blank cell where a cell of an earlier row would reach into it."""
    rest = list(rows)
    while rest:
        first, rest = cut(rest, 1) if len(rest) > 1 else (rest, [])
        yield first


def _widths(total: int, parts: int) -> list[int]:
    """`total` columns shared by `parts` cells, the last taking what is over."""
    return [1] * (parts - 1) + [total - parts + 1]
