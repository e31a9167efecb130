"""Which identities between the figures of a generated report are broken. The generator's own arithmetic, not the reader's.

A blank, dash or slash counts as nothing; a sum with a word or nothing printed among its parts is not evaluated, nor one
whose total or whose every part states no number.
"""

from collections.abc import Iterator, Mapping

from corpus.model import CellState, Era
from corpus.synthetic.ledger import COLUMNS, REVIEW_BLOCKS, REVIEW_FIELDS
from corpus.synthetic.statements import format_numbers, statistics_numbers
from corpus.synthetic.tabulate import application_rows
from corpus.synthetic.truth import NOT_PRINTED, CellTruth, Number, RowTruth, SyntheticReport, TableTruth

STATISTICS_SUMS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "ls.received_sum": ("stat.received", tuple(f"stat.received.{k}" for k in ("in_person", "fax", "online", "letter"))),
    "ls.closed_sum": ("stat.closed", ("stat.closed.on_time", "stat.closed.extended")),
    "ls.replies_sum": (
        "stat.replies",
        tuple(
            f"stat.reply.{k}"
            for k in (
                "already_public",
                "granted",
                "partial",
                "denied",
                "not_ours",
                "not_exist",
                "correction",
                "other_channel",
            )
        ),
    ),
    "ls.denied_sum": (
        "stat.reply.denied",
        tuple(
            f"stat.denied.{k}"
            for k in ("state_secret", "trade_secret", "privacy", "safety", "not_gov_info", "law_other")
        ),
    ),
    "ls.review_sum": ("stat.review", tuple(f"stat.review.{k}" for k in ("upheld", "corrected", "other"))),
    "ls.suit_sum": ("stat.suit", tuple(f"stat.suit.{k}" for k in ("upheld", "corrected", "other"))),
    "ls.staff_sum": ("stat.org.staff", ("stat.org.staff_full_time", "stat.org.staff_part_time")),
}
_SUBSETS = (
    ("stat.response.press_leader", "stat.response.press"),
    ("stat.response.interview_leader", "stat.response.interview"),
)


def broken(report: SyntheticReport) -> tuple[str, ...]:
    """Ids of all identities within the report that do not hold, e.g. `t3.row_sum:granted`."""
    found: list[str] = []
    if applications := report.tables.get("applications"):
        found += _documents(report.tables["proactive"])
        found += _applications(applications, report.era)
        found += _review(report.tables["review"])
    if statistics := report.tables.get("statistics"):
        found += _statistics({row: cells["count"] for row, cells in statistics.items()})
    return (*found, *_narrative(report))


def stated(cell: CellTruth) -> Number | None:
    """The printed number, `None` when the cell states none."""
    return cell.value if cell.state is CellState.NUMBER else None


def _counted(cells: list[CellTruth]) -> Number | None:
    """The sum of the cells; `None` when one of them cannot be counted."""
    if any(cell.state in (CellState.TEXT, CellState.ABSENT) for cell in cells):
        return None
    return sum(stated(cell) or 0 for cell in cells)


def sum_differs(total: CellTruth, parts: list[CellTruth]) -> bool:
    """Whether the sum can be evaluated and is not the total."""
    if stated(total) is None or all(stated(part) is None for part in parts):
        return False
    counted = _counted(parts)
    return counted is not None and counted != stated(total)


def _applications(table: TableTruth, era: Era) -> Iterator[str]:
    rows = application_rows(era)
    inner = [row for row in rows if row not in ("new_received", "carried_in", "outcome_total", "carried_out")]
    for row in rows:
        if sum_differs(table[row]["total"], [table[row][c] for c in COLUMNS[:-1]]):
            yield f"t3.row_sum:{row}"
    for column in COLUMNS:
        if sum_differs(table["outcome_total"][column], [table[row][column] for row in inner]):
            yield f"t3.outcome_sum:{column}"
    for column in COLUMNS:
        if _unbalanced(table, column):
            yield f"t3.balance:{column}"


def _unbalanced(table: TableTruth, column: str) -> bool:
    cells = {row: table[row][column] for row in ("new_received", "carried_in", "outcome_total", "carried_out")}
    if stated(cells["new_received"]) is None or stated(cells["outcome_total"]) is None:
        return False
    before = _counted([cells["new_received"], cells["carried_in"]])
    after = _counted([cells["outcome_total"], cells["carried_out"]])
    return before is not None and after is not None and before != after


def _review(table: TableTruth) -> Iterator[str]:
    for block in REVIEW_BLOCKS:
        if sum_differs(table[block]["total"], [table[block][f] for f in REVIEW_FIELDS]):
            yield f"t4.block_sum:{block}"


def _documents(table: TableTruth) -> Iterator[str]:
    for row in ("rules", "normative_docs"):
        for part, whole in (("issued", "in_force"), ("newly_published", "published_total")):
            if _exceeds(table[row].get(part, NOT_PRINTED), table[row].get(whole, NOT_PRINTED)):
                yield f"t2.in_force_lt_issued:{row}"


def _exceeds(part: CellTruth, whole: CellTruth) -> bool:
    one, other = stated(part), stated(whole)
    return one is not None and other is not None and one > other


def _statistics(cells: RowTruth) -> Iterator[str]:
    for check, (total, parts) in STATISTICS_SUMS.items():
        if sum_differs(cells[total], [cells[part] for part in parts]):
            yield check
    if any(_exceeds(cells[part], cells[whole]) for part, whole in _SUBSETS):
        yield "ls.leader_subset"


def _narrative(report: SyntheticReport) -> Iterator[str]:
    for fact in sorted(
        {fact.fact for fact in report.facts if not fact.approximate and _contradicted(report, fact.fact)}
    ):
        yield f"n.{fact}"


def _contradicted(report: SyntheticReport, name: str) -> bool:
    value = table_figure(report, name)
    return value is not None and any(fact.fact == name and fact.value != value for fact in report.facts)


def table_figure(report: SyntheticReport, fact: str) -> Number | None:
    """What the tables state for a fact; `None` when they state nothing."""
    if fact.startswith("stat."):
        return stated(report.tables["statistics"][fact]["count"])
    if "applications" not in report.tables:
        return None
    return format_numbers(report.tables).get(fact)


def numbers_of(report: SyntheticReport) -> dict[str, Number]:
    """The figures that sentences may state, afresh from the tables."""
    if "statistics" in report.tables:
        return statistics_numbers(report.tables["statistics"])
    if "applications" in report.tables:
        return format_numbers(report.tables)
    return {}
