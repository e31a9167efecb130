"""One rendering against its truth: every figure right, flagged, missed or silently wrong.

- *right*: state and value are those that the rendering holds.
- *flagged*: not read, or read otherwise, and a finding names the row or the table.
- *missed*: not read, and nothing says so.
- *wrong*: read otherwise than printed, and nothing says so. This is what must never happen.
"""

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from corpus.errors import GongkaiError
from corpus.model import Cell, CellState, Report
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.synthetic import CellTruth, Place, Rendering, SyntheticReport

RIGHT, FLAGGED, MISSED, WRONG = "right", "flagged", "missed", "wrong"


@dataclass(slots=True)
class Verdict:
    """What became of the figures of one rendering or, added up, of many."""

    documents: int = 0
    cells: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    """Places that are wrong or missed, and documents whose agency, year, form or sections are not the printed ones."""

    def add(self, other: "Verdict") -> None:
        """Take the figures of `other` in."""
        self.documents += other.documents
        self.cells.update(other.cells)
        self.facts.update(other.facts)
        self.faults += other.faults

    def share(self, outcome: str) -> float:
        """The part of all cells with that outcome, 0–1; 1.0 of nothing."""
        total = sum(self.cells.values())
        return self.cells[outcome] / total if total else 1.0


def judge(rendering: Rendering, truth: SyntheticReport) -> Verdict:
    """Read a rendering of `truth` and compare what comes out with what the rendering still holds.

    A figure that the rendering lost may be absent; where it is stated it must be that of `truth`.
    """
    verdict = Verdict(documents=1)
    try:
        reports = parse_document(read_document(rendering.data, rendering.filename))
    except GongkaiError as error:
        _all_lost(verdict, rendering.held, f"not read: {error}")
        return verdict
    if len(reports) != 1:
        _all_lost(verdict, rendering.held, f"read as {len(reports)} reports")
        return verdict
    compare(verdict, rendering.held, reports[0], truth)
    return verdict


def compare(verdict: Verdict, held: SyntheticReport, report: Report, truth: SyntheticReport) -> None:
    """Count every figure of `held` by what `report` says of it; note who, when, form and sections where they differ."""
    for what, read, expected in (
        ("agency", report.agency, held.agency),
        ("year", report.year, held.year),
        ("form", report.era, held.era if any(_has_figures(held, table) for table in held.tables) else report.era),
        ("sections", [s.key for s in report.sections], [s.key for s in held.sections]),
    ):
        if read != expected:
            verdict.faults.append(f"{what}: {read} for {expected}")
    named = {finding.where for finding in report.findings if finding.where}
    for place, printed in _cells(held):
        cell = report.cell(*place)
        if printed.state is CellState.ABSENT and cell.state is not CellState.ABSENT:
            printed = truth.cell(Place(*place))
        outcome = _outcome(place, printed, cell, named)
        verdict.cells[outcome] += 1
        if outcome in (MISSED, WRONG):
            verdict.faults.append(
                f"{outcome}: {'.'.join(place)} {cell.state} {cell.raw!r} for {printed.state} {printed.raw!r}"
            )
    _compare_facts(verdict, held, report)


def _all_lost(verdict: Verdict, held: SyntheticReport, why: str) -> None:
    """No report was read, which the outcome of the run says: every figure is flagged."""
    verdict.cells[FLAGGED] += sum(1 for _ in _cells(held))
    verdict.faults.append(why)


def _cells(held: SyntheticReport) -> Iterator[tuple[tuple[str, str, str], CellTruth]]:
    for table, rows in held.tables.items():
        for row, columns in rows.items():
            for column, truth in columns.items():
                yield (table, row, column), truth


def _outcome(place: tuple[str, str, str], truth: CellTruth, cell: Cell, named: Set[str]) -> str:
    if (cell.state, cell.value) == (truth.state, truth.value):
        return RIGHT
    table, row, column = place
    if named & {table, f"{table}.{row}", f"{table}.{row}.{column}"}:
        return FLAGGED
    return MISSED if cell.state is CellState.ABSENT else WRONG


def _compare_facts(verdict: Verdict, held: SyntheticReport, report: Report) -> None:
    """Facts that the text states: found, missed, and ones that say otherwise than the report does."""
    printed = {(fact.fact, fact.value, fact.approximate) for fact in held.facts}
    read = {(fact.fact, fact.value, fact.approximate) for fact in report.facts}
    known = _known_values(held)
    contrary = {fact for fact in read - printed if fact[0] in known and fact[1] not in known[fact[0]]}
    verdict.facts[RIGHT] += len(printed & read)
    verdict.facts[MISSED] += len(printed - read)
    verdict.facts[WRONG] += len(contrary)
    verdict.faults += [f"{WRONG}: fact {fact}" for fact in sorted(contrary)]


def _known_values(held: SyntheticReport) -> dict[str, set[float]]:
    """Per fact, the values that the report has for it, stated in words or only in a table."""
    known: dict[str, set[float]] = {}
    stated = ((fact.fact, fact.value) for fact in held.facts)
    tabled = ((row, cell["count"].value) for row, cell in held.tables.get("statistics", {}).items())
    for key, value in (*stated, *held.numbers.items(), *tabled):
        if value is not None:
            known.setdefault(key, set()).add(value)
    new, whole = known.get("new_received"), known.get("received_total", set())
    total = held.tables.get("applications", {}).get("new_received", {}).get("total")
    if new is not None and (total is None or total.state is CellState.ABSENT):
        new |= whole  # 受理 and 收到 mean either; without that cell nothing tells, and the domain takes the first
    return known


def _has_figures(held: SyntheticReport, table: str) -> bool:
    return any(c.state is not CellState.ABSENT for row in held.tables.get(table, {}).values() for c in row.values())
