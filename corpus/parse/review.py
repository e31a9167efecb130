"""Table 4: three blocks of five figures. The header is printed in two orders; the figures always in one."""

from collections.abc import Sequence
from itertools import product

from corpus.model import Cell
from corpus.parse.labels import Label, find_labels
from corpus.parse.numbers import is_data, trim
from corpus.parse.printed import PrintedCell, PrintedRow, Reading, nonblank, read
from corpus.vocabulary import REVIEW_BLOCKS, REVIEW_COLUMNS, label

TABLE = "review"
_WIDTH = len(REVIEW_COLUMNS)
_ALL = len(REVIEW_BLOCKS) * _WIDTH


def read_review(rows: Sequence[PrintedRow]) -> Reading:
    """The cells of table 4 found in `rows`."""
    reading = Reading(TABLE)
    heads: list[tuple[Label, PrintedCell]] = []
    figures: list[PrintedCell] = []
    for row in rows:
        for labels, data in _pieces(row):
            if labels and figures:
                _place(heads, figures, reading)
                heads, figures = ([] if len(figures) >= _ALL or _is_block(heads) else heads), []
            heads.extend(labels)
            if not any(nonblank(figures)) and _has_figures(data):
                figures = list(data)
            elif _has_figures(data) or (not labels and not figures and _is_blank_run(heads, data)):
                figures.extend(data)
    if figures:
        _place(heads, figures, reading)
    if reading.cells and len(reading.cells) < len(REVIEW_BLOCKS) and not all(row.trusted for row in rows):
        _doubt(reading)
    return reading


def _doubt(reading: Reading) -> None:
    """Takes back what was read of a stream that does not hold all blocks: its figures may be those of another block."""
    starts = [c.start for block in reading.cells.values() for c in block.values() if c.start is not None]
    for start in starts:
        reading.rejected.setdefault(start, "columns_unclear")
    reading.cells.clear()
    reading.note(
        "p.columns_shifted:review", f"应有{_ALL}格，只认出{len(starts)}格，无法确定各属哪一类复议或诉讼", TABLE
    )


def _pieces(row: PrintedRow) -> list[tuple[list[tuple[Label, PrintedCell]], Sequence[PrintedCell]]]:
    """The row's labels with the figures behind them; a stream has several such pieces."""
    found = [(i, x[0]) for i, c in enumerate(row.cells) if not c.blank and (x := find_labels(TABLE, c.text))]
    if not found:
        return [([], row.cells)]
    if row.trusted:
        return [([(x, row.cells[i]) for i, x in found], _leading_figures(row.cells[found[-1][0] + 1 :]))]
    ends = [i for i, _ in found[1:]] + [len(row.cells)]
    return [
        ([(x, row.cells[i])], _leading_figures(row.cells[i + 1 : end])) for (i, x), end in zip(found, ends, strict=True)
    ]


def _is_block(heads: Sequence[tuple[Label, PrintedCell]]) -> bool:
    return sum(x.axis == "block" for x, _ in heads) == 1


def _is_blank_run(heads: Sequence[tuple[Label, PrintedCell]], cells: Sequence[PrintedCell]) -> bool:
    """Whether a row of blank cells stands below a whole header, one cell for each of its figures."""
    blocks = {x.key for x, _ in heads if x.axis == "block"}
    columns = {x.key for x, _ in heads if x.axis == "column"}
    whole = len(blocks) in (1, len(REVIEW_BLOCKS)) and columns == set(REVIEW_COLUMNS)
    return whole and len(cells) == len(blocks) * _WIDTH and not any(nonblank(cells))


def _leading_figures(cells: Sequence[PrintedCell]) -> Sequence[PrintedCell]:
    """The cells up to the first that can be no figure (a note printed under the table)."""
    end = next((i for i, c in enumerate(cells) if not is_data(c.text)), len(cells))
    return cells[:end]


def _has_figures(cells: Sequence[PrintedCell]) -> bool:
    filled = list(nonblank(cells))
    return bool(filled) and all(is_data(c.text) for c in filled)


def _place(heads: Sequence[tuple[Label, PrintedCell]], figures: list[PrintedCell], reading: Reading) -> None:
    blocks = [x.key for x, _ in heads if x.axis == "block"]
    columns = [x.key for x, _ in heads if x.axis == "column"]
    if len(figures) <= _WIDTH + 1 and len(set(blocks)) == 1:
        _place_run(blocks[:1], columns[-_WIDTH:], heads, figures, reading)
    else:
        _place_run(list(REVIEW_BLOCKS), columns, heads, figures, reading)


def _place_run(
    blocks: list[str],
    columns: Sequence[str],
    heads: Sequence[tuple[Label, PrintedCell]],
    figures: list[PrintedCell],
    reading: Reading,
) -> None:
    width = len(blocks) * _WIDTH
    cells = _trimmed(figures, width)
    if cells is None:
        reading.reject(figures, "columns_unclear")
        printed = "、".join(trim(c.text) or "空" for c in figures[:20])
        reading.note(
            "p.columns_shifted:review", f"应有{width}格，印有{len(figures)}格（{printed}），无法确定各属哪一列", TABLE
        )
        return
    order = _column_order(columns, len(blocks), reading)
    printed_heads = {x.key: trim(c.text) for x, c in heads}
    for (block, column), cell in zip(product(blocks, order), cells, strict=True):
        reading.place(
            block,
            column,
            read(
                cell, label=printed_heads.get(block, ""), header=printed_heads.get(column, ""), rule=f"run of {width}"
            ),
        )


def _trimmed(figures: list[PrintedCell], width: int) -> list[PrintedCell] | None:
    """The one run of `width` cells that holds everything printed, blank cells before or behind it dropped."""
    filled = [i for i, c in enumerate(figures) if not c.blank] or [0]
    low, high = max(0, filled[-1] - width + 1), min(filled[0], len(figures) - width)
    return figures[low : low + width] if low == high else None


def _column_order(columns: Sequence[str], blocks: int, reading: Reading) -> Sequence[str]:
    """The five columns in printed order; the statutory one, with a finding, where the header is incomplete or odd."""
    first = list(columns[:_WIDTH])
    if len(columns) >= _WIDTH and sorted(first) == sorted(REVIEW_COLUMNS):
        repeats = [list(columns[i : i + _WIDTH]) for i in range(0, len(columns), _WIDTH)]
        if len(columns) == blocks * _WIDTH and all(r == first for r in repeats):
            if first != list(REVIEW_COLUMNS):
                reading.note("p.header_order:review", "各列次序与规定格式不同，按表头读取", TABLE)
            return first
        if first == list(REVIEW_COLUMNS) and all(r == first[: len(r)] for r in repeats):
            return first
    missing = "、".join(label(c, "review.column") for c in REVIEW_COLUMNS if c not in columns)
    detail = f"缺少：{missing}" if missing else "次序不一"
    reading.note("p.header_incomplete:review", f"表头{detail}；按规定次序读取各列", TABLE)
    return REVIEW_COLUMNS


def finish(reading: Reading) -> dict[str, dict[str, Cell]]:
    """The whole table, what was not read absent."""
    if reading.cells:
        for key in REVIEW_BLOCKS:
            if key not in reading.cells:
                reading.note(f"p.row_missing:{key}", f"表中未找到“{label(key, TABLE)}”的数字", f"{TABLE}.{key}")
    return reading.complete((block, REVIEW_COLUMNS) for block in REVIEW_BLOCKS)
