"""Table 3: which printed cell is which of the 25 (23) × 7 figures. Rows by label, columns by header; never by place alone.

1. Rows of cells become segments: a recognised row label and the cells behind it up to the next label or row end.
2. The header gives the order of the columns.
3. A segment with exactly as many cells as columns is assigned in order; with padding cells around the figures, the
   padding is found by what is printed, or by the header's own columns where every certain row agrees with them.
4. What cannot be assigned for certain stays absent and is a finding.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.model import Cell, Era
from corpus.parse.labels import Label, find_labels, label_form
from corpus.parse.numbers import is_data, trim
from corpus.parse.printed import PrintedCell, PrintedRow, Reading, nonblank, read
from corpus.vocabulary import APPLICATION_COLUMNS, APPLICATION_ROWS, label

TABLE = "applications"
_LEAST_USUAL = 2


@dataclass(slots=True)
class Segment:
    """A row label in print and the cells that stand behind it."""

    key: str
    label: PrintedCell
    data: list[PrintedCell] = field(default_factory=list)
    closed: bool = False


@dataclass(slots=True)
class Header:
    """The printed order of the columns and, where the grid knows, the grid column of each."""

    order: tuple[str, ...]
    columns: dict[str, int]
    printed: dict[str, str]
    complete: bool
    scattered: bool = False
    """Whether the words of the header stand in a stream in an order of their own."""


def read_applications(rows: Sequence[PrintedRow]) -> tuple[Reading, Era | None]:
    """The cells of table 3 found in `rows`, and the form (2019 or 2021) that its 其他处理 rows follow."""
    reading = Reading(TABLE)
    header = _read_header(rows)
    segments = list(_segments(rows, reading))
    if segments:
        _note_header(header, reading)
    offsets = _certain_offsets(segments, header)
    lengths = _usual_lengths(segments)
    for segment in segments:
        if len(segment.data) == lengths.get(segment.label.column, 0) + 1 and any(c.blank for c in segment.data):
            _note_shifted(segment, len(header.order), reading)  # a number in two cells beside a blank one
            reading.cells.setdefault(segment.key, {})
        else:
            _assign(segment, header, offsets, reading)
    return reading, _era(segments)


def finish(reading: Reading, era: Era) -> dict[str, dict[str, Cell]]:
    """The whole table of the era's form; rows that were not found are absent and named in a finding."""
    form = APPLICATION_ROWS[era]
    if reading.cells:
        for key in form:
            if key not in reading.cells:
                reading.note(f"p.row_missing:{key}", f"表中未找到“{label(key, TABLE)}”一行", f"{TABLE}.{key}")
    return reading.complete((key, APPLICATION_COLUMNS) for key in form)


def _era(segments: Iterable[Segment]) -> Era | None:
    keys = {s.key for s in segments}
    if keys & {"other.correction_overdue", "other.fee_overdue", "other.misc"}:
        return Era.FORMAT_2021
    return Era.FORMAT_2019 if "other" in keys else None


# --- rows ------------------------------------------------------------------------------------------------------------


def _segments(rows: Sequence[PrintedRow], reading: Reading) -> Iterable[Segment]:
    """Labels with the cells behind them, in printed order."""
    current: Segment | None = None
    previous = ""
    for row in rows:
        labels = _row_labels(row, previous)
        if row.trusted and not labels:
            if current is not None and not current.data and _all_data(row.cells):
                current.data.extend(row.cells)
            else:
                _note_orphan(row, reading)
            continue
        for i, cell in enumerate(row.cells):
            if i in labels:
                if current is not None and current.key:
                    yield current
                current = Segment(labels[i], cell)
                previous = labels[i] or previous
            elif current is not None:
                _extend(current, cell, row.trusted, reading)
        if current is not None and row.trusted and current.data:
            current.closed = True
    if current is not None and current.key:
        yield current


def _extend(segment: Segment, cell: PrintedCell, trusted: bool, reading: Reading) -> None:
    """One more cell behind a label. In a stream words end the row, full or not, and figures behind them are orphans."""
    figure = is_data(cell.text)
    if segment.closed or not segment.key:
        reading.reject([cell], "behind_the_row")
        if segment.key and figure and not cell.blank and not trusted:
            reading.note(f"p.orphan_figures:{cell.start}", "有数字没有行名，未采用", f"c{cell.start}-{cell.end}")
    elif not trusted and not figure:
        segment.closed = True
    else:
        segment.data.append(cell)


def _all_data(cells: Sequence[PrintedCell]) -> bool:
    return any(not c.blank for c in cells) and all(is_data(c.text) for c in cells)


def _note_orphan(row: PrintedRow, reading: Reading) -> None:
    """A row with figures under no label of the form: an unknown label, or figures whose label is lost."""
    figures = [c for c in nonblank(row.cells) if is_data(c.text)]
    words = [c for c in nonblank(row.cells) if not is_data(c.text)]
    if len(figures) < 3 or _is_header(row):
        return
    name = trim(words[-1].text)[:30] if words else ""
    reading.reject(figures, "unknown_label" if name else "no_row_label")
    place = f"c{figures[0].start}-{figures[-1].end}"
    if name:
        reading.note(f"p.unknown_label:{label_form(name)}", f"“{name}”不是规定格式中的行，其数字未采用", place)
    else:
        reading.note(f"p.orphan_figures:{figures[0].start}", "有一行数字没有行名，未采用", place)


def _is_header(row: PrintedRow) -> bool:
    """其他 and 总计 are columns and rows: two rows that a page break joined are told from a header by their figures."""
    if sum(is_data(c.text) for c in nonblank(row.cells)) >= len(APPLICATION_COLUMNS):
        return False
    found = sum(any(x.axis in {"column", "header"} for x in find_labels(TABLE, c.text)) for c in nonblank(row.cells))
    return found >= 2


def _row_labels(row: PrintedRow, previous: str) -> dict[int, str]:
    """Index of a label cell → row key; an empty key for a group label, which only ends what came before.

    In a header 其他 and 总计 are columns; elsewhere a label that could be several is told apart by its ordinal,
    by what follows it, and by the row before it.
    """
    if row.trusted and _is_header(row):
        return {}
    labels: dict[int, str] = {}
    in_header = not row.trusted and not previous
    for i, cell in enumerate(row.cells):
        if cell.blank or is_data(cell.text):
            continue
        found = find_labels(TABLE, cell.text)
        if not row.trusted:
            in_header = _in_header(found, in_header)
        candidates = [x for x in found if x.axis in {"row", "group"}]
        if candidates and not in_header:
            key = _choose(candidates, _figures_follow(row.cells, i, row.trusted), previous)
            if key is not None:
                labels[i] = key
                previous = key or previous
    return labels


def _in_header(found: Sequence[Label], before: bool) -> bool:
    """Whether a stream is within a header after this label: 自然人 opens one, 一、本年新收… and its like end it."""
    axes = {x.axis for x in found}
    if axes & {"column", "header"}:
        return before if axes & {"row", "group"} else True
    return False if "row" in axes or "group" in axes else before


def _figures_follow(cells: Sequence[PrintedCell], i: int, trusted: bool) -> bool:
    """Whether the next printed cell is a figure rather than another label; blank cells up to the row's end are figures."""
    for cell in cells[i + 1 :]:
        if not cell.blank:
            return is_data(cell.text)
    return trusted and len(cells) - i - 1 >= len(APPLICATION_COLUMNS)


def _choose(candidates: Sequence[Label], followed: bool, previous: str) -> str | None:
    rows = [x.key for x in candidates if x.axis == "row"]
    groups = [x.key for x in candidates if x.axis == "group"]
    if set(rows) == {"other.misc", "other"}:
        return _choose_other(candidates[0].ordinal, followed, previous)
    if rows and (followed or not groups):
        return rows[0]
    return "" if groups else None


def _choose_other(ordinal: str, followed: bool, previous: str) -> str | None:
    if any(c in "六" for c in ordinal):
        return "other" if followed else ""
    if not followed:
        return "" if not previous.startswith("other.") else None
    if (
        "3" in ordinal
        or "３" in ordinal
        or "③" in ordinal
        or previous in {"other.fee_overdue", "other.correction_overdue"}
    ):
        return "other.misc"
    return "other"


# --- columns ---------------------------------------------------------------------------------------------------------


def _read_header(rows: Sequence[PrintedRow]) -> Header:
    """The columns in printed order: the organisations' own row stands in the place of 法人或其他组织."""
    upper: list[str] = []
    lower: list[str] = []
    columns: dict[str, int] = {}
    printed: dict[str, str] = {}
    for row in rows:
        stop = False
        for cell in nonblank(row.cells):
            found = find_labels(TABLE, cell.text)
            if any(x.axis == "row" and x.key not in {"other", "other.misc", "outcome_total"} for x in found):
                stop = True
                break
            key = next((x.key for x in found if x.axis == "column" or x.key in {"organisations", "subtotal"}), None)
            if key is None or key in printed:
                continue
            printed[key] = trim(cell.text)
            columns[key] = cell.column
            (upper if key in {"natural_person", "organisations", "total"} else lower).append(key)
        if stop:
            break
    order = _splice(upper, lower)
    complete = set(APPLICATION_COLUMNS) <= set(order)
    if complete and not all(row.trusted for row in rows) and not _is_statutory(order):
        # The words of a header printed on several lines come in any order, the figures below them from left to right.
        return Header(APPLICATION_COLUMNS, columns, printed, complete, scattered=True)
    return Header(order if complete else APPLICATION_COLUMNS, columns, printed, complete)


def _is_statutory(order: Sequence[str]) -> bool:
    return tuple(k for k in order if k != "subtotal") == APPLICATION_COLUMNS


def _splice(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    heads = [key for key in upper if key != "total"]
    order = [k for key in heads for k in (lower if key == "organisations" else (key,))]
    if "organisations" not in heads:
        order += lower
    return (*order, "total") if "total" in upper else tuple(order)


def _note_header(header: Header, reading: Reading) -> None:
    if not header.complete:
        missing = [label(k, "applications.column") for k in APPLICATION_COLUMNS if k not in header.printed]
        reading.note("p.header_incomplete:applications", f"表头缺少：{'、'.join(missing)}；按规定次序读取各列", TABLE)
    elif header.scattered:
        reading.note("p.header_order:applications", "表头各词在文中次序错乱；按规定次序读取各列", TABLE)
    elif not _is_statutory(header.order):
        reading.note("p.header_order:applications", "各列次序与规定格式不同，按表头读取", TABLE)


def _windows(data: Sequence[PrintedCell], width: int) -> list[int]:
    """Starts of all runs of `width` cells that hold everything printed in `data`."""
    filled = [i for i, c in enumerate(data) if not c.blank]
    if len(data) < width:
        return []
    if not filled:
        return list(range(len(data) - width + 1))
    low, high = max(0, filled[-1] - width + 1), min(filled[0], len(data) - width)
    return list(range(low, high + 1))


def _certain_offsets(segments: Sequence[Segment], header: Header) -> dict[int, int | None]:
    """Column of a label → number of padding cells before its first figure, from the rows that leave no choice.

    Rows with every cell filled decide; without any, rows with only one possible run. `None` where two such rows disagree.
    """
    runs = [(s, w) for s in segments if len(w := _windows(s.data, len(header.order))) == 1]
    full = [(s, w) for s, w in runs if not any(c.blank for c in s.data[w[0] : w[0] + len(header.order)])]
    offsets: dict[int, int | None] = {}
    for segment, windows in full or runs:
        column = segment.label.column
        offsets[column] = windows[0] if offsets.get(column, windows[0]) == windows[0] else None
    return offsets


def _usual_lengths(segments: Sequence[Segment]) -> dict[int, int]:
    """Column of a label → how many cells most rows have behind it."""
    found: dict[int, Counter[int]] = {}
    for segment in segments:
        found.setdefault(segment.label.column, Counter())[len(segment.data)] += 1
    usual = {column: counts.most_common(1)[0] for column, counts in found.items()}
    return {
        column: n for column, (n, count) in usual.items() if count >= _LEAST_USUAL and 2 * count > found[column].total()
    }


def _assign(segment: Segment, header: Header, offsets: Mapping[int, int | None], reading: Reading) -> None:
    width = len(header.order)
    windows: Sequence[int] = _windows(segment.data, width)
    rule = f"label+{width}"
    if len(windows) > 1:
        windows, rule = _aligned(segment, windows, header, offsets), "aligned"
    if len(windows) != 1 or _contradicts(segment, windows[0], header, offsets):
        _note_shifted(segment, width, reading)
        reading.cells.setdefault(segment.key, {})
        return
    reading.reject([c for i, c in enumerate(segment.data) if not 0 <= i - windows[0] < width], "padding")
    for key, cell in zip(header.order, segment.data[windows[0] :], strict=False):
        if key not in APPLICATION_COLUMNS:
            reading.reject([cell], "extra_column")
        else:
            printed = header.printed.get(key, "")
            reading.place(segment.key, key, read(cell, label=trim(segment.label.text), header=printed, rule=rule))


def _contradicts(segment: Segment, start: int, header: Header, offsets: Mapping[int, int | None]) -> bool:
    """Whether a run with a blank cell begins elsewhere than in the certain rows, or, where these disagree, than the header.

    The padding beside it may stand for a lost figure, or one of its figures for half a number.
    """
    run = segment.data[start : start + len(header.order)]
    if not any(c.blank for c in run) or all(c.blank for c in segment.data):
        return False
    expected = offsets.get(segment.label.column, start)
    if expected is None:
        return run[0].column != header.columns.get("natural_person", run[0].column)
    return expected != start


def _aligned(
    segment: Segment, windows: Sequence[int], header: Header, offsets: Mapping[int, int | None]
) -> Sequence[int]:
    """The window that the certain rows with a label in the same column use; without any, the one under the header."""
    data = segment.data
    start = offsets.get(segment.label.column)
    if all(c.blank for c in data) and start is None:
        return windows[:1]
    if offsets:
        return [w for w in windows if w == start]
    first, last = header.columns.get("natural_person"), header.columns.get("total")
    return [w for w in windows if data[w].column == first and data[w + len(header.order) - 1].column == last]


def _note_shifted(segment: Segment, width: int, reading: Reading) -> None:
    name = label(segment.key, TABLE)
    reading.reject(segment.data, "columns_unclear")
    printed = [trim(c.text) for c in nonblank(segment.data)]
    reading.note(
        f"p.columns_shifted:{segment.key}",
        f"“{name}”一行应有{width}格，印有{len(segment.data)}格（{'、'.join(printed[:12]) or '无数字'}），无法确定各属哪一列",
        f"{TABLE}.{segment.key}",
    )
