"""Catalog rows → `StoredReport`: puts text, reading, corrections and findings together. Changes nothing."""

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, replace

from archive.catalog import ReportRow, across, read
from archive.codec import finding_from_json, report_from_reading
from archive.model import Correction, StoredReport
from corpus import divisions
from corpus.deadline import late_finding
from corpus.errors import ArchiveError, NotFoundError, WithdrawnError
from corpus.model import Finding, Region, Report, Severity
from corpus.parse.agency import kind_of
from corpus.parse.region import read_region

CORRECTED = "corrected"
"""Evidence of what a person set right."""


def report_row(db: sqlite3.Connection, report_id: str) -> ReportRow:
    """The live report of that id. Raises `NotFoundError` and `WithdrawnError`."""
    row = read.report(db, report_id)
    if row is None:
        raise NotFoundError(f"There is no report {report_id!r} in this archive.", hint="`gongkai list` names all.")
    if (stone := read.tombstone(db, report_id)) is not None:
        raise WithdrawnError(
            f"{stone.agency} {stone.year} ({report_id}) was withdrawn on {stone.withdrawn_at[:10]}: {stone.reason}",
            facts=asdict(stone),
        )
    return row


def stored_report(db: sqlite3.Connection, report_id: str, version: int | None) -> StoredReport:
    """One version (`None`: the newest). Raises `NotFoundError` and `WithdrawnError`."""
    row = report_row(db, report_id)
    number = row.newest if version is None else version
    versions = read.versions_of(db, report_id)
    info = next((v for v in versions if v.version == number), None)
    if info is None:
        raise NotFoundError(f"{report_id} has no version {number}.", hint=f"Its versions are 1 to {row.newest}.")
    report = corrected_report(db, row, number)
    return StoredReport(
        id=report_id,
        version=number,
        versions=versions,
        report=report,
        sources=read.sources_of(db, report_id, number),
        findings=report.findings + (_outside_findings(db, row) if number == row.newest else ()),
        archived_at=info.archived_at,
        corrections=read.corrections_of(db, report_id),
    )


def corrected_report(db: sqlite3.Connection, row: ReportRow, version: int | None = None) -> Report:
    """The reading in use of a version (`None`: the newest) with the corrections applied."""
    number = row.newest if version is None else version
    return apply_corrections(read_report(db, row.id, number), read.corrections_of(db, row.id))


def read_report(db: sqlite3.Connection, report_id: str, version: int) -> Report:
    """The reading in use of a version as the parser gave it. Raises `ArchiveError` when it is damaged."""
    try:
        stored = read.version(db, report_id, version)
        if stored is None:
            raise LookupError("there is no such version")
        return report_from_reading({**read.reading(db, report_id, version), "text": stored.text})
    except (LookupError, ValueError, TypeError) as error:  # no reading, or one that is no JSON of ours
        raise ArchiveError(
            f"The stored reading of {report_id} v{version} cannot be used: {error}.", hint="Run `gongkai verify`."
        ) from error


def apply_corrections(report: Report, corrections: Iterable[Correction]) -> Report:
    """The report with everything that people set right, later corrections over earlier ones.

    What follows from agency and year (kind, region, being late) follows from the corrected ones; findings about a
    contradiction that a person has settled go.
    """
    changes: dict[str, str | int] = {}
    for correction in corrections:
        changes.update(correction.changes)
    if not changes:
        return report
    evidence = {**report.evidence, **dict.fromkeys(changes, CORRECTED)}
    if "year" in changes:
        report = replace(report, year=int(changes["year"]))
    if "agency" in changes:
        agency = str(changes["agency"])
        report = replace(report, agency=agency, agency_kind=kind_of(agency), region=_region_of_name(agency, report))
    if "region" in changes:
        code = str(changes["region"])
        region = region_of_code(code, report.year, report.region.township)
        report = replace(report, region=region or Region(code=code, evidence={"code": CORRECTED}))
    settled = {finding for field in changes for finding in _SETTLED[field]}
    kept = tuple(f for f in report.findings if f.id not in settled)
    return replace(report, evidence=evidence, findings=(*late_finding(report), *kept))


_SETTLED = {
    "agency": ("s.region_conflict", "d.published_late"),
    "year": ("s.year_conflict", "d.published_late"),
    "region": ("s.region_conflict", "d.published_late"),
}
"""Corrected field → findings that rested on what was read; being late is judged anew."""


def _region_of_name(agency: str, report: Report) -> Region:
    """The region that the corrected name states, marked as corrected; the one that was read where it states none."""
    region = read_region(agency, report.year).region
    if not region.evidence:
        return report.region
    return replace(region, evidence=dict.fromkeys(region.evidence, CORRECTED))


def region_of_code(code: str, year: int | None, township: str | None = None) -> Region | None:
    """The region that had that code in that year, marked as corrected; `None` when none had."""
    division = divisions.by_code(code, year) if year is not None else None
    if division is None or year is None:
        return None
    levels = {d.level.value: d.name for d in (*divisions.parents(division, year), division)}
    if township is not None:
        levels["township"] = township
    return Region(**levels, code=code, evidence=dict.fromkeys(levels, CORRECTED))


def rival_finding(db: sqlite3.Connection, agency: str, rival: str | None, evidence: str | None) -> tuple[Finding, ...]:
    """That another body of the same name is in the archive, if so: a withdrawn one is not."""
    if rival is None or read.tombstone(db, rival) is not None:
        return ()
    message = f"档案中另有同名机关“{agency}”的报告（{rival}），证据不一致：{evidence}；因此分别建档"
    return (Finding("s.agency_ambiguous", Severity.PARSE, message),)


def _outside_findings(db: sqlite3.Connection, row: ReportRow) -> tuple[Finding, ...]:
    tied = (*read.series_findings(db, row.id), *across.likeness_findings(db, row.id))
    return rival_finding(db, row.agency, row.rival, row.rival_evidence) + tuple(map(finding_from_json, tied))
