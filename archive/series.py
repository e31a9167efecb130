"""Keeps what follows from the reports of one body in consecutive years (`x.*`) up to date. Decides no identity."""

import sqlite3
from collections.abc import Mapping
from types import MappingProxyType

from archive.catalog import ReportRow, read, write
from archive.codec import finding_to_json
from archive.identity import Evidence, contradiction, is_elsewhere
from archive.stored import corrected_report
from corpus.checks import check_series
from corpus.model import Finding, Report

NOTHING_KNOWN: Mapping[str, Report] = MappingProxyType({})


def evidence_of(row: ReportRow) -> Evidence:
    """What tells where the body of a stored report is."""
    return Evidence(row.region, row.agency_kind, row.site)


def refresh_series(db: sqlite3.Connection, agency: str, year: int, known: Mapping[str, Report] = NOTHING_KNOWN) -> None:
    """Makes again what follows for the bodies of that name from and for a report of that year.

    `known` holds corrected reports by id that are at hand, so that they need not be read again.
    """
    for row in read.reports_named(db, agency):
        if row.year in (year, year + 1):
            _refresh_one(db, row, known)


def _refresh_one(db: sqlite3.Connection, later: ReportRow, known: Mapping[str, Report]) -> None:
    earlier = None if read.tombstone(db, later.id) else _neighbour(db, later, later.year - 1)
    findings: tuple[Finding, ...] = ()
    if earlier is not None:
        first, second = (known.get(row.id) or corrected_report(db, row) for row in (earlier, later))
        findings = check_series(first, second)
    if write.put_series_findings(
        db, later.id, earlier.id if earlier else None, [finding_to_json(finding) for finding in findings]
    ):
        write.note_change(db, later.id, deleted=read.tombstone(db, later.id) is not None)


def _neighbour(db: sqlite3.Connection, row: ReportRow, year: int) -> ReportRow | None:
    """The same body's report of that year, if exactly one can be it."""
    own = evidence_of(row)
    found = [
        other
        for other in read.reports_named(db, row.agency)
        if other.year == year
        and other.scope == row.scope
        and contradiction(own, evidence_of(other), same_year=False) is None
        and not is_elsewhere(own, evidence_of(other))
        and read.tombstone(db, other.id) is None
    ]
    return found[0] if len(found) == 1 else None
