"""Plants a named defect in a report: one identity, one sentence or one year-to-year relation that no longer holds.

Every planter changes as few cells as it can and hides side effects where a form allows it: a part printed as a word keeps
a sum from being evaluated, a blank total keeps its row from being added up.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from random import Random

from corpus.errors import UsageError
from corpus.model import CellState, Era
from corpus.synthetic.compose import compose
from corpus.synthetic.identities import STATISTICS_SUMS, broken, numbers_of, stated, table_figure
from corpus.synthetic.ledger import APPLICANTS, COLUMNS, REVIEW_BLOCKS
from corpus.synthetic.statements import FORMAT_FACTS, STATISTICS_FACTS
from corpus.synthetic.structure import STRUCTURE_DEFECTS
from corpus.synthetic.tabulate import BLANK, application_rows, number_cell
from corpus.synthetic.truth import CellTruth, Number, Place, SyntheticReport

_WORD = CellTruth(CellState.TEXT, raw="无")
_MAIN_ROWS = ("new_received", "carried_in", "outcome_total", "carried_out")


@dataclass(frozen=True, slots=True)
class Change:
    """What a planter does: cells that are printed otherwise, figures that the text misstates, findings across years."""

    cells: Mapping[Place, CellTruth]
    misstated: Mapping[str, Number] | None = None
    across_years: tuple[str, ...] = ()


Planter = Callable[[SyntheticReport, str, Random], Change]


def plant(report: SyntheticReport, check: str, rng: Random) -> SyntheticReport:
    """`report` with that check broken; its `defects` list every finding that must now be made, most often only one.

    `check` is one of `ALL_DEFECTS`, with or without a subject (`t3.row_sum:denied.third_party`); without one, `rng`
    chooses. `x.*` findings appear only where the year before is known too. Raises `UsageError` when the report's form or
    its blank cells do not allow the defect.
    """
    family, _, subject = check.partition(":")
    if family in STRUCTURE_DEFECTS:
        return STRUCTURE_DEFECTS[family](report, subject, rng)
    if family not in DEFECTS:
        raise UsageError(f"No defect is called {family!r}.", hint=f"Known are: {', '.join(ALL_DEFECTS)}.")
    planter, subjects = DEFECTS[family]
    choices = subjects(report)
    if not choices or (subject and subject not in choices):
        raise UsageError(
            f"{check} cannot be planted in {report.slug}.", hint="Choose a report whose form has that figure."
        )
    target = subject or rng.choice(choices)
    planted = _changed(report, planter(report, target, rng))
    wanted = family if family.startswith(("n.", "ls.")) else f"{family}:{target}"
    if wanted not in planted.defects:
        raise UsageError(
            f"{wanted} cannot be planted in {report.slug}.", hint="Its blank cells keep it from being evaluated."
        )
    return planted


def _changed(report: SyntheticReport, change: Change) -> SyntheticReport:
    tables = {
        name: {r: {c: change.cells.get(Place(name, r, c), cell) for c, cell in row.items()} for r, row in table.items()}
        for name, table in report.tables.items()
    }
    edited = replace(report, tables=tables)
    kept = {name: value for name, value in report.numbers.items() if name in ("website",)}
    edited = compose(replace(edited, numbers={**kept, **numbers_of(edited)}), change.misstated)
    return replace(edited, defects=(*report.defects, *broken(edited), *change.across_years))


def _number(report: SyntheticReport, place: Place) -> int:
    return int(stated(report.cell(place)) or 0)


def _added(report: SyntheticReport, place: Place, amount: int) -> dict[Place, CellTruth]:
    return {place: number_cell(_number(report, place) + amount)}


def _cell(row: str, column: str) -> Place:
    return Place("applications", row, column)


def _inner_rows(report: SyntheticReport) -> list[str]:
    return [row for row in application_rows(report.era) if row not in _MAIN_ROWS]


def _zero_row(report: SyntheticReport, rows: Iterable[str], rng: Random) -> str | None:
    """A row in which every figure is a printed zero."""
    zero = [row for row in rows if all(report.cell(_cell(row, c)).value == 0 for c in COLUMNS)]
    return rng.choice(zero) if zero else None


# Table 3 -------------------------------------------------------------------------------------------------------------


def _row_sum(report: SyntheticReport, row: str, rng: Random) -> Change:
    """The row's total is off; a zero total printed as a word keeps the column `total` from being added up."""
    cells = _added(report, _cell(row, "total"), rng.randint(1, 3))
    if row not in ("new_received", "carried_in", "carried_out"):
        hidden = _zero_row(report, (other for other in _inner_rows(report) if other != row), rng)
        cells |= {_cell(hidden, "total"): _WORD} if hidden else {}
    if row in _MAIN_ROWS:
        hidden = _zero_row(report, (other for other in ("carried_in", "carried_out") if other != row), rng)
        cells |= {_cell(hidden, "total"): _WORD} if hidden else {}
    return Change(cells, across_years=("x.carry:total",) if row == "carried_in" else ())


def _outcome_sum(report: SyntheticReport, column: str, rng: Random) -> Change:
    """A row of zeros gets a figure in that column only, the rest of it left blank."""
    row = _zero_row(report, _inner_rows(report), rng)
    if row is None:
        row = min(_inner_rows(report), key=lambda key: _number(report, _cell(key, "total")))
    cells = _added(report, _cell(row, column), rng.randint(1, 3))
    blanked = APPLICANTS if column == "total" else ("total",)
    if all(report.cell(_cell(row, c)).value == 0 for c in COLUMNS):
        cells |= {_cell(row, c): BLANK for c in blanked}
    return Change(cells)


def _balance(report: SyntheticReport, column: str, rng: Random) -> Change:
    """More was received in that column than was handled; the cells that would add up are left blank."""
    cells = _added(report, _cell("new_received", column), rng.randint(1, 3))
    blanked = APPLICANTS if column == "total" else ("total",)
    return Change({_cell("new_received", c): BLANK for c in blanked} | cells)


# Tables 2 and 4 ------------------------------------------------------------------------------------------------------


def _block_sum(report: SyntheticReport, block: str, rng: Random) -> Change:
    total = Place("review", block, "total")
    cells = _added(report, Place("review", block, "other"), rng.randint(1, 3))
    return Change(cells | {total: number_cell(_number(report, total))})


def _in_force_lt_issued(report: SyntheticReport, row: str, rng: Random) -> Change:
    """More documents of the year than there are in all; as many more repealed, so that the years still agree."""
    row_cells = report.tables["proactive"][row]
    part, whole = ("issued", "in_force") if "issued" in row_cells else ("newly_published", "published_total")
    issued, in_force = (_number(report, Place("proactive", row, c)) for c in (part, whole))
    more = in_force - issued + rng.randint(1, 3)
    cells = _added(report, Place("proactive", row, part), more) | _added(report, Place("proactive", row, whole), 0)
    if "repealed" in row_cells:
        cells |= _added(report, Place("proactive", row, "repealed"), more)
    return Change(cells)


# Across years --------------------------------------------------------------------------------------------------------


def _carry(report: SyntheticReport, column: str, rng: Random) -> Change:
    """More was carried in than the year before carried out, and was granted: within the year everything agrees."""
    applicant = rng.choice(APPLICANTS) if column == "total" else column
    more = rng.randint(1, 3)
    cells: dict[Place, CellTruth] = {}
    for row in ("carried_in", "granted", "outcome_total"):
        cells |= _added(report, _cell(row, applicant), more) | _added(report, _cell(row, "total"), more)
    return Change(cells, across_years=(f"x.carry:{applicant}", "x.carry:total"))


def _in_force(report: SyntheticReport, row: str, rng: Random) -> Change:
    cells = _added(report, Place("proactive", row, "repealed"), rng.randint(1, 3))
    return Change(cells, across_years=(f"x.in_force:{row}",))


# The text, and the table of 2014 --------------------------------------------------------------------------------------


def _misstated(report: SyntheticReport, fact: str, rng: Random) -> Change:
    value = int(table_figure(report, fact) or 0)
    wrong = value + rng.randint(1, 3)
    if fact == "new_received" and wrong == value + (table_figure(report, "carried_in") or 0):
        wrong += 3
    return Change({}, misstated={fact: wrong})


def _statistics_sum(report: SyntheticReport, check: str, rng: Random) -> Change:
    total, parts = STATISTICS_SUMS[check]
    place = Place("statistics", total, "count")
    cells = {place: number_cell(_number(report, place))}
    leaves = [part for part in parts if part != "stat.reply.denied"]
    return Change(cells | _added(report, Place("statistics", rng.choice(leaves), "count"), rng.randint(1, 3)))


def _leader_subset(report: SyntheticReport, check: str, rng: Random) -> Change:
    kind = rng.choice(("press", "interview"))
    whole, part = (Place("statistics", f"stat.response.{name}", "count") for name in (kind, f"{kind}_leader"))
    held = _number(report, whole)
    return Change({whole: number_cell(held), part: number_cell(held + rng.randint(1, 3))})


# The list ------------------------------------------------------------------------------------------------------------


def _rows(report: SyntheticReport) -> list[str]:
    return list(report.tables.get("applications", {}))


def _columns(report: SyntheticReport) -> list[str]:
    return list(COLUMNS) if "applications" in report.tables else []


def _blocks(report: SyntheticReport) -> list[str]:
    return list(REVIEW_BLOCKS) if "review" in report.tables else []


def _document_rows(report: SyntheticReport) -> list[str]:
    return ["rules", "normative_docs"] if "proactive" in report.tables else []


def _document_rows_2021(report: SyntheticReport) -> list[str]:
    return ["rules", "normative_docs"] if report.proactive_forms.get("1") is Era.FORMAT_2021 else []


def _fact(name: str) -> Callable[[SyntheticReport], list[str]]:
    def subjects(report: SyntheticReport) -> list[str]:
        legacy = name.startswith("stat.")
        if legacy is not ("statistics" in report.tables) or not report.tables:
            return []
        return [name] if table_figure(report, name) is not None else []

    return subjects


def _statistics(check: str) -> Callable[[SyntheticReport], list[str]]:
    return lambda report: [check] if "statistics" in report.tables else []


_STATED = [fact for fact in FORMAT_FACTS if fact != "received_total"]
_STATED += [
    fact
    for fact in STATISTICS_FACTS.values()
    if fact not in ("stat.channel.website", "stat.proactive.normative_issued")
]

DEFECTS: Mapping[str, tuple[Planter, Callable[[SyntheticReport], list[str]]]] = {
    "t2.in_force_lt_issued": (_in_force_lt_issued, _document_rows),
    "t3.row_sum": (_row_sum, _rows),
    "t3.outcome_sum": (_outcome_sum, _columns),
    "t3.balance": (_balance, _columns),
    "t4.block_sum": (_block_sum, _blocks),
    "x.carry": (_carry, _columns),
    "x.in_force": (_in_force, _document_rows_2021),
    **{f"n.{fact}": (_misstated, _fact(fact)) for fact in _STATED},
    **{check: (_statistics_sum, _statistics(check)) for check in STATISTICS_SUMS},
    "ls.leader_subset": (_leader_subset, _statistics("ls.leader_subset")),
}
"""Check id without subject → how it is broken, and which subjects a report offers for it."""

ALL_DEFECTS = (*DEFECTS, *STRUCTURE_DEFECTS)
"""Everything that can be planted: the accounting identities, and the build of the report."""
