"""Keeps the summary of a report in step with its newest version and corrections. Decides no version and no identity."""

import sqlite3

from archive.catalog import ReportRow, across, read, write
from archive.likeness import refresh_likeness
from archive.model import Site
from archive.series import refresh_series
from archive.stored import apply_corrections, read_report, rival_finding
from corpus.model import Report


def refresh_report(
    db: sqlite3.Connection,
    report_id: str,
    *,
    newest: int | None = None,
    plain: Report | None = None,
    site: Site | None = None,
    rival: tuple[str | None, str | None] = (None, None),
) -> None:
    """Brings the summary of a report up to date with its newest version and corrections, then what ties it to others, and its change.

    `plain` is what the parser gave for it, if that is at hand; `site` and `rival` are for a new report only.
    """
    old = read.report(db, report_id)
    version = newest or (old.newest if old else 1)
    plain = plain or read_report(db, report_id, version)
    report = apply_corrections(plain, read.corrections_of(db, report_id))
    if old is not None:
        rival, site = (old.rival, old.rival_evidence), old.site
    assert plain.agency is not None and plain.year is not None  # nameless reports are never stored
    assert report.agency is not None and report.year is not None
    row = ReportRow(
        id=report_id,
        newest=version,
        title=report.title,
        agency=report.agency,
        agency_kind=report.agency_kind,
        year=report.year,
        scope=report.scope,
        era=report.era,
        region=report.region,
        read_agency=plain.agency,
        read_year=plain.year,
        site=site or Site(),
        rival=rival[0],
        rival_evidence=rival[1],
        findings=len(report.findings) + len(rival_finding(db, report.agency, *rival)),
    )
    write.put_report(db, row)
    if old is not None and (old.agency, old.year) != (row.agency, row.year):
        refresh_series(db, old.agency, old.year)
    refresh_series(db, row.agency, row.year, {report_id: report})
    across.put_citations(db, report_id, report.references)
    refresh_likeness(db, report_id, report)
    write.note_change(db, report_id)
