"""The 2014 form 政府信息公开情况统计表: 统计指标 | 单位 | 统计数. Rows by label; a label that two rows share by its block."""

from collections.abc import Sequence

from corpus.model import Cell
from corpus.parse.labels import find_labels, label_form
from corpus.parse.numbers import is_data, trim
from corpus.parse.printed import PrintedCell, PrintedRow, Reading, nonblank, read
from corpus.text import squash
from corpus.vocabulary import STATISTICS_ROWS, label, load

TABLE = "statistics"
_UNITS = frozenset({"条", "件", "次", "篇", "万元", "元", "个", "人", "人次", "份"})
_BLOCK = {row["key"]: row["block"] for row in load("statistics")["row"]}
_OPENERS = {"stat.review": "review", "stat.suit": "suit"}


def read_statistics(rows: Sequence[PrintedRow]) -> Reading:
    """The cells of the 2014 table found in `rows`."""
    reading = Reading(TABLE)
    block = ""
    pending: tuple[str, PrintedCell, list[PrintedCell]] | None = None
    for row in rows:
        for i, cell in enumerate(row.cells):
            key = None if _is_figure_place(row.cells, i, pending is not None) else _row_key(cell, block)
            if key is not None:
                _finish_row(pending, reading)
                pending = (key, cell, [])
                block = _OPENERS.get(key, block)
            elif pending is not None and _belongs(cell):
                pending[2].append(cell)
            elif not cell.blank and not is_data(cell.text) and squash(cell.text) not in _UNITS:
                _finish_row(pending, reading)
                pending = None
                _note_unknown(row, i, reading)
        if row.trusted and pending is not None and pending[2]:
            _finish_row(pending, reading)
            pending = None
    _finish_row(pending, reading)
    return reading


def _is_figure_place(cells: Sequence[PrintedCell], i: int, pending: bool) -> bool:
    return pending and is_data(cells[i].text)


def _belongs(cell: PrintedCell) -> bool:
    return cell.blank or is_data(cell.text) or squash(cell.text) in _UNITS


def _row_key(cell: PrintedCell, block: str) -> str | None:
    """The row a label names. 被依法纠错数 and 其他情形数 belong to the review or the suit block they stand in."""
    keys = [x.key for x in find_labels(TABLE, cell.text) if x.axis == "row"]
    if len(keys) <= 1:
        return keys[0] if keys else None
    return next((k for k in keys if _BLOCK[k] == block), None)


def _finish_row(pending: tuple[str, PrintedCell, list[PrintedCell]] | None, reading: Reading) -> None:
    if pending is None:
        return
    key, label_cell, cells = pending
    unit = next((squash(c.text) for c in cells if squash(c.text) in _UNITS), None)
    figures = [c for c in cells if squash(c.text) not in _UNITS]
    filled = list(nonblank(figures))
    if len(filled) > 1 or not figures:
        reading.reject(filled, "columns_unclear")
        printed = "、".join(trim(c.text) for c in filled) or "无"
        reading.note(
            f"p.columns_shifted:{key}", f"“{label(key, TABLE)}”应有一个统计数，印有：{printed}", f"{TABLE}.{key}"
        )
        return
    cell = filled[0] if filled else figures[-1]
    value = read(cell, label=trim(label_cell.text), header="", rule="label")
    placed = Cell(value.state, value.raw, value.value, value.start, value.end, value.unit or unit, value.origin)
    reading.place(key, "count", placed)


def _note_unknown(row: PrintedRow, i: int, reading: Reading) -> None:
    """A label with a figure that the form does not have (provinces add rows): kept in the text, named, not used."""
    cell = row.cells[i]
    figures = [c for c in nonblank(row.cells[i + 1 :]) if is_data(c.text) and any(d.isdigit() for d in c.text)]
    if row.trusted and figures and not any(x.axis == "heading" for x in find_labels(TABLE, cell.text)):
        name = trim(cell.text)[:30]
        reading.reject(figures, "unknown_label")
        reading.note(
            f"p.unknown_label:{label_form(name)}",
            f"“{name}”不是规定格式中的行，其数字未采用",
            f"c{cell.start}-{cell.end}",
        )


def finish(reading: Reading) -> dict[str, dict[str, Cell]]:
    """The whole table, what was not read absent."""
    if reading.cells:
        for key in STATISTICS_ROWS:
            if key not in reading.cells:
                reading.note(f"p.row_missing:{key}", f"表中未找到“{label(key, TABLE)}”一行", f"{TABLE}.{key}")
    return reading.complete((key, ("count",)) for key in STATISTICS_ROWS)
