"""Accounting identities of one report, and of a report and its predecessor: what does not add up becomes a finding.

Nothing is repaired and nothing unknown is taken for zero silently: a blank addend counts 0 and is named in the message.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.facts import fact_kinds, table_figure
from corpus.figures import number
from corpus.model import Cell, CellState, Finding, Report, Severity
from corpus.vocabulary import (
    APPLICANT_COLUMNS,
    APPLICATION_COLUMNS,
    APPLICATION_ROWS,
    REVIEW_BLOCKS,
    REVIEW_COLUMNS,
    label,
    load,
)

Number = int | float

_OUTCOME_GROUPS = ("denied.", "unable.", "rejected.", "other.")
_STOCKS = (("issued", "in_force"), ("newly_published", "published_total"))
_NAMED_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class CheckKind:
    """A check as the vocabulary describes it; `id` is what findings carry before the colon (`n` for every `n.<fact>`)."""

    id: str
    family: str
    subject: str | None
    label: str
    label_en: str
    formula: str
    strength: Severity
    explanation: str
    example: str


@cache
def check_kinds() -> Mapping[str, CheckKind]:
    """All checks by id, in the order of the vocabulary."""
    return {
        e["id"]: CheckKind(
            e["id"], e["family"], e.get("subject"), e["label"], e["label_en"], e["formula"], Severity(e["strength"]),
            e["explanation"], e["example"],
        )
        for e in load("checks")["check"]
    }  # fmt: skip


def check_kind(finding_id: str) -> CheckKind | None:
    """The check that a finding's id belongs to; `None` for problems of reading and structure."""
    name = finding_id.partition(":")[0]
    return check_kinds().get("n" if name.startswith("n.") else name)


def check_report(report: Report) -> tuple[Finding, ...]:
    """Every identity of the report's own form that does not hold, in the order of the tables, the narrative last."""
    findings = [
        *_proactive(report),
        *_applications(report),
        *_review(report),
        *_statistics(report),
        *_narrative(report),
    ]
    return tuple(findings)


def check_series(earlier: Report, later: Report) -> tuple[Finding, ...]:
    """What the later report says about the year before that the earlier report does not; findings for the later one.

    The caller pairs reports of one agency. Reports that do not follow each other by one year, or whose scope differs,
    are not compared.
    """
    if earlier.year is None or later.year != earlier.year + 1 or earlier.scope is not later.scope:
        return ()
    return (*_carry(earlier, later), *_in_force(earlier, later))


# Sums ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sum:
    """The sum of some cells; `unstated` are the labels of those that state no number and count 0."""

    value: Number
    unstated: tuple[str, ...]

    def remark(self) -> str:
        """A clause that names the addends without a number, empty when all have one."""
        if not self.unstated:
            return ""
        named = "、".join(f"“{name}”" for name in self.unstated[:_NAMED_AT_MOST])
        more = f"等 {len(self.unstated)} 项" if len(self.unstated) > _NAMED_AT_MOST else ""
        return f"（{named}{more}未填数字，按 0 计）"


def _sum(addends: Iterable[tuple[str, Cell]]) -> _Sum | None:
    """The sum of labelled cells; `None` when one holds words or is not printed, or none holds a number."""
    value: Number = 0
    unstated: list[str] = []
    stated = False
    for name, cell in addends:
        if cell.state in (CellState.TEXT, CellState.ABSENT):
            return None
        if (addend := number(cell)) is None:
            unstated.append(name)
        else:
            value, stated = value + addend, True
    return _Sum(_whole(value), tuple(unstated)) if stated else None


def _whole(value: Number) -> Number:
    """The value without the noise of binary fractions, an integer where it is one."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _finding(id: str, message: str, expected: Number, found: Number, where: str) -> Finding:
    kind = check_kind(id)
    assert kind is not None, f"{id} is not in vocab/checks.toml"
    return Finding(id, kind.strength, message, expected, found, where)


# Table 3 --------------------------------------------------------------------------------------------------------------


@cache
def _row_names() -> Mapping[str, str]:
    """How a reader finds a row of table 3: group ordinal, ordinal and label, （三）4.保护第三方合法权益."""
    vocabulary = load("applications")
    groups = {g["key"]: g.get("ordinal", "") for g in vocabulary["group"]}
    names = {}
    for row in vocabulary["row"]:
        ordinal = row.get("ordinal", "")
        mark = f"{groups[row['parent']]}{ordinal}." if ordinal.isdigit() else ordinal
        separator = "、" if mark and mark[0] not in "（0123456789" else ""
        names[row["key"]] = f"{mark}{separator}{row.get('short', row.get('label', row['key']))}"
    return names


def _column_name(column: str) -> str:
    return label(column, "applications.column")


def _applications(report: Report) -> Iterator[Finding]:
    rows = APPLICATION_ROWS.get(report.era, ())
    if not report.tables.get("applications"):
        return
    for row in rows:
        yield from _row_sum(report, row)
    outcomes = [row for row in rows if row in ("granted", "partial", "other") or row.startswith(_OUTCOME_GROUPS)]
    for column in APPLICATION_COLUMNS:
        yield from _outcome_sum(report, column, outcomes)
    for column in APPLICATION_COLUMNS:
        yield from _balance(report, column)


def _row_sum(report: Report, row: str) -> Iterator[Finding]:
    total = number(report.cell("applications", row, "total"))
    parts = _sum((_column_name(c), report.cell("applications", row, c)) for c in APPLICANT_COLUMNS)
    if total is not None and parts is not None and _whole(total) != parts.value:
        message = f"“{_row_names()[row]}”各申请人之和为 {parts.value}{parts.remark()}，总计印作 {total}"
        yield _finding(f"t3.row_sum:{row}", message, parts.value, total, f"applications.{row}.total")


def _outcome_sum(report: Report, column: str, outcomes: Sequence[str]) -> Iterator[Finding]:
    total = number(report.cell("applications", "outcome_total", column))
    parts = _sum((_row_names()[row], report.cell("applications", row, column)) for row in outcomes)
    if total is not None and parts is not None and _whole(total) != parts.value:
        message = (
            f"“{_column_name(column)}”一列各项办理结果之和为 {parts.value}{parts.remark()}，（七）总计印作 {total}"
        )
        where = f"applications.outcome_total.{column}"
        yield _finding(f"t3.outcome_sum:{column}", message, parts.value, total, where)


def _balance(report: Report, column: str) -> Iterator[Finding]:
    cells = {
        row: report.cell("applications", row, column)
        for row in ("new_received", "carried_in", "outcome_total", "carried_out")
    }
    if number(cells["new_received"]) is None or number(cells["outcome_total"]) is None:
        return
    received = _sum((_row_names()[row], cells[row]) for row in ("new_received", "carried_in"))
    handled = _sum((_row_names()[row], cells[row]) for row in ("outcome_total", "carried_out"))
    if received is not None and handled is not None and received.value != handled.value:
        message = (
            f"“{_column_name(column)}”一列：新收与上年结转之和为 {received.value}{received.remark()}，"
            f"办理总计与结转下年度之和为 {handled.value}{handled.remark()}"
        )
        where = f"applications.outcome_total.{column}"
        yield _finding(f"t3.balance:{column}", message, received.value, handled.value, where)


# Tables 2 and 4 -------------------------------------------------------------------------------------------------------


def _proactive(report: Report) -> Iterator[Finding]:
    for row in ("rules", "normative_docs"):
        for flow, stock in _STOCKS:
            added = number(report.cell("proactive", row, flow))
            standing = number(report.cell("proactive", row, stock))
            if added is not None and standing is not None and standing < added:
                message = (
                    f"“{label(row, 'proactive')}”{label(stock, 'proactive.column')}印作 {standing}，"
                    f"少于{label(flow, 'proactive.column')} {added}"
                )
                yield _finding(f"t2.in_force_lt_issued:{row}", message, added, standing, f"proactive.{row}.{stock}")


def _review(report: Report) -> Iterator[Finding]:
    for block in REVIEW_BLOCKS:
        total = number(report.cell("review", block, "total"))
        parts = _sum((label(c, "review.column"), report.cell("review", block, c)) for c in REVIEW_COLUMNS[:-1])
        if total is not None and parts is not None and _whole(total) != parts.value:
            message = f"“{label(block, 'review')}”四种结果之和为 {parts.value}{parts.remark()}，总计印作 {total}"
            yield _finding(f"t4.block_sum:{block}", message, parts.value, total, f"review.{block}.total")


# The table of 2014 ----------------------------------------------------------------------------------------------------


def _statistics(report: Report) -> Iterator[Finding]:
    for entry in load("checks")["check"]:
        if "addends" in entry:
            yield from _statistics_sum(report, entry["id"], entry["total"], entry["addends"])
        for part, whole in entry.get("pairs", ()):
            yield from _statistics_subset(report, entry["id"], part, whole)


def _statistics_sum(report: Report, id: str, whole: str, rows: Sequence[str]) -> Iterator[Finding]:
    total = number(report.cell("statistics", whole))
    parts = _sum((label(row, "statistics"), report.cell("statistics", row)) for row in rows)
    if total is not None and parts is not None and _whole(total) != parts.value:
        message = f"“{label(whole, 'statistics')}”所列各项之和为 {parts.value}{parts.remark()}，该行印作 {total}"
        yield _finding(id, message, parts.value, total, f"statistics.{whole}")


def _statistics_subset(report: Report, id: str, part: str, whole: str) -> Iterator[Finding]:
    inner = number(report.cell("statistics", part))
    outer = number(report.cell("statistics", whole))
    if inner is not None and outer is not None and inner > outer:
        message = (
            f"“{label(whole, 'statistics')}”为 {outer}，其中“{label(part, 'statistics')}”印作 {inner}，部分多于全部"
        )
        yield _finding(id, message, outer, inner, f"statistics.{part}")


# Narrative and series -------------------------------------------------------------------------------------------------


def _narrative(report: Report) -> Iterator[Finding]:
    kinds = fact_kinds()
    for fact in report.facts:
        kind = kinds.get(fact.fact)
        if fact.approximate or kind is None or not kind.checked:
            continue
        printed = table_figure(report.tables, fact.fact)
        if printed is not None and _whole(printed) != _whole(fact.value):
            message = f"正文“{fact.quote}”所说的{kind.label}为 {fact.value}，表中为 {printed}"
            yield _finding(f"n.{fact.fact}", message, printed, fact.value, f"c{fact.start}-{fact.end}")


def _carry(earlier: Report, later: Report) -> Iterator[Finding]:
    for column in APPLICATION_COLUMNS:
        left = number(earlier.cell("applications", "carried_out", column))
        taken = number(later.cell("applications", "carried_in", column))
        if left is not None and taken is not None and _whole(left) != _whole(taken):
            message = (
                f"{earlier.year} 年报告“{_column_name(column)}”结转下年度 {left}，"
                f"{later.year} 年报告上年结转印作 {taken}"
            )
            yield _finding(f"x.carry:{column}", message, left, taken, f"applications.carried_in.{column}")


def _in_force(earlier: Report, later: Report) -> Iterator[Finding]:
    for row in ("rules", "normative_docs"):
        standing = number(later.cell("proactive", row, "in_force"))
        removed = later.cell("proactive", row, "repealed")
        added = _sum(
            (
                (f"{earlier.year} 年现行有效件数", earlier.cell("proactive", row, "in_force")),
                (label("issued", "proactive.column"), later.cell("proactive", row, "issued")),
                (label("repealed", "proactive.column"), _negative(removed)),
            )
        )
        if standing is not None and added is not None and _whole(standing) != added.value:
            message = (
                f"“{label(row, 'proactive')}”由 {earlier.year} 年现行有效件数加本年制发、减本年废止，"
                f"应为 {added.value}{added.remark()}，现行有效件数印作 {standing}"
            )
            yield _finding(f"x.in_force:{row}", message, added.value, standing, f"proactive.{row}.in_force")


def _negative(cell: Cell) -> Cell:
    value = number(cell)
    return cell if value is None else Cell(CellState.NUMBER, cell.raw, -value)
