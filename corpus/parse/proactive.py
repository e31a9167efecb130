"""Table 2: the blocks of 第二十条, each with its own header row; every block follows the form that its header shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.model import ABSENT, Cell, Era
from corpus.parse.labels import Label, find_labels, label_form
from corpus.parse.numbers import is_data, trim
from corpus.parse.printed import PrintedCell, PrintedRow, Reading, nonblank, read
from corpus.text import to_simplified
from corpus.vocabulary import PROACTIVE_FORM, label, load

TABLE = "proactive"
_SIGNED = frozenset({"change"})
_ERA_COLUMNS: Mapping[str, Era] = {
    c["key"]: Era(c["eras"][0]) for c in load("proactive")["column"] if len(c["eras"]) == 1
}


@dataclass(slots=True)
class _Block:
    """The header in force: column keys in printed order with their wording and grid column."""

    columns: list[tuple[str, PrintedCell]] = field(default_factory=list)
    open: bool = False


def read_proactive(rows: Sequence[PrintedRow]) -> tuple[Reading, Era | None]:
    """The cells of table 2 found in `rows`, and the form its first header follows."""
    reading = Reading(TABLE)
    block = _Block()
    votes: list[Era] = []
    key: str | None = None
    label_cell: PrintedCell | None = None
    data: list[PrintedCell] = []
    trusted = True

    def flush() -> None:
        nonlocal key, data
        if key is not None and label_cell is not None:
            _assign(key, label_cell, data, _as_printed(block, key, trusted, reading), reading)
        key, data = None, []

    for row in rows:
        if row.trusted and data:
            flush()
        trusted = row.trusted
        for cell in row.cells:
            found = None if cell.blank or is_data(cell.text) else _role(cell)
            if found is None:
                if key is not None:
                    data.append(cell)
                continue
            if found.axis == "row":
                flush()
                key, label_cell, block.open = found.key, cell, False
            elif found.axis in {"column", "header", "item"}:
                flush()
                _extend_header(block, found, cell, votes)
    flush()
    return reading, votes[0] if votes else None


def _role(cell: PrintedCell) -> Label | None:
    found = find_labels(TABLE, _without_year(cell.text))
    if found:
        return found[0]
    form = label_form(cell.text)
    if form.startswith(("第二十条第", "第20条第")):
        return Label("item", form)
    return None


def _without_year(text: str) -> str:
    """A header without a year in brackets: 本年（2023）制发件数 (domain: V21)."""
    for opening, closing in (("（", "）"), ("(", ")")):
        before, found, rest = text.partition(opening)
        inside, closed, after = rest.partition(closing)
        if found and closed and inside.strip(" 年度").isdigit():
            return before + after
    return text


def _extend_header(block: _Block, found: Label, cell: PrintedCell, votes: list[Era]) -> None:
    if not block.open:
        block.columns, block.open = [], True
    if found.axis == "column":
        block.columns.append((found.key, cell))
        if (era := _ERA_COLUMNS.get(found.key)) is not None:
            votes.append(era)


def _as_printed(block: _Block, key: str, trusted: bool, reading: Reading) -> Sequence[tuple[str, PrintedCell]]:
    """The columns of a row. In a stream the words of a header come in any order, its figures from left to right."""
    if trusted:
        return block.columns
    heads = dict(block.columns)
    for form in PROACTIVE_FORM.values():
        columns = form.get(key, ())
        if len(heads) == len(block.columns) and set(columns) == set(heads) and columns != tuple(heads):
            reading.note(
                f"p.header_order:{key}",
                f"“{label(key, TABLE)}”上方表头各词在文中次序错乱；按规定次序读取各列",
                f"{TABLE}.{key}",
            )
            return [(column, heads[column]) for column in columns]
    return block.columns


def _assign(
    key: str,
    label_cell: PrintedCell,
    data: list[PrintedCell],
    columns: Sequence[tuple[str, PrintedCell]],
    reading: Reading,
) -> None:
    if not columns:
        reading.reject(data, "no_header")
        reading.note(f"p.header_incomplete:{key}", f"“{label(key, TABLE)}”上方没有表头，其数字未采用", f"{TABLE}.{key}")
        reading.cells.setdefault(key, {})
        return
    cells = _figures(data, len(columns))
    if cells is None:
        reading.reject(data, "columns_unclear")
        printed = "、".join(trim(c.text) for c in nonblank(data)) or "无数字"
        reading.note(
            f"p.columns_shifted:{key}",
            f"“{label(key, TABLE)}”一行应有{len(columns)}格，印有{len(data)}格（{printed}），无法确定各属哪一列",
            f"{TABLE}.{key}",
        )
        reading.cells.setdefault(key, {})
        return
    for (column, head), cell in zip(columns, cells, strict=True):
        value = read(cell, label=trim(label_cell.text), header=trim(head.text), rule="header", signed=column in _SIGNED)
        reading.place(key, column, _with_unit(value, column, head))


def _figures(data: list[PrintedCell], width: int) -> list[PrintedCell] | None:
    """The `width` cells behind a label; more cells than that must be blank ones, after the figures or before them."""
    if len(data) < width:
        return None
    if all(c.blank for c in data[width:]):
        return data[:width]
    filled = [c for c in data if not c.blank]
    return filled if len(filled) == width else None


def _with_unit(cell: Cell, column: str, head: PrintedCell) -> Cell:
    """An amount carries the unit printed in its cell, else in its header."""
    if column != "amount":
        return cell
    unit = cell.unit or next((u for u in ("万元", "元") if u in to_simplified(head.text)), None)
    return Cell(cell.state, cell.raw, cell.value, cell.start, cell.end, unit, cell.origin)


def finish(reading: Reading, era: Era) -> dict[str, dict[str, Cell]]:
    """The whole table: each row in the form its block showed, the form of `era` for rows that were not found."""
    other = Era.FORMAT_2019 if era is Era.FORMAT_2021 else Era.FORMAT_2021
    table: dict[str, dict[str, Cell]] = {}
    for key, columns in PROACTIVE_FORM[era].items():
        table[key] = _row(key, columns, PROACTIVE_FORM[other].get(key, ()), reading)
    for key, columns in PROACTIVE_FORM[other].items():
        if key not in table and reading.cells.get(key):
            table[key] = _row(key, columns, (), reading)
    if reading.cells:
        for key in PROACTIVE_FORM[era]:
            if key not in reading.cells:
                reading.note(f"p.row_missing:{key}", f"表中未找到“{label(key, TABLE)}”一行", f"{TABLE}.{key}")
    return table


def _row(key: str, columns: Sequence[str], others: Sequence[str], reading: Reading) -> dict[str, Cell]:
    found = reading.cells.get(key, {})
    if found and not set(found) <= set(columns) and set(found) <= set(others):
        columns = others
    extra = [c for c in found if c not in columns]
    return {c: found.get(c, ABSENT) for c in (*columns, *extra)}
