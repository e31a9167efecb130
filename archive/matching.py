"""Finds the stored report that a newly read one belongs to. Asks the catalog, changes nothing.

Stages, the first that answers wins:
1. the same bytes were filed before: their report;
2. the same place (path and member, or address) gave a report of this agency and year before: that report;
3. a report of the same agency, year and scope whose evidence does not contradict: that report, or a copy of it;
4. none: a new report, and when evidence contradicted one of the same name, that one as its rival.
"""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from archive.catalog import ReportRow, read
from archive.identity import Evidence, SiteRelation, contradiction, is_elsewhere, is_same_text, relation
from archive.model import Site
from archive.series import evidence_of
from archive.stored import read_report
from corpus.model import Report


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report as it was read, and where from. Agency and year are known."""

    report: Report
    agency: str
    year: int
    sha256: str
    path: str
    member: str | None
    url: str | None
    site: Site
    alone: bool
    """Whether its document holds no other report."""

    @property
    def evidence(self) -> Evidence:
        """What tells where the body is."""
        return Evidence(self.report.region, self.report.agency_kind, self.site)


@dataclass(frozen=True, slots=True)
class Match:
    """The report it belongs to (`None`: a new one), or the one that it must be told apart from."""

    row: ReportRow | None
    is_copy: bool = False
    """It comes from another site than the report's own, and makes no version."""
    rival: str | None = None
    rival_evidence: str | None = None


def find_match(db: sqlite3.Connection, new: Candidate, taken: Collection[str]) -> Match:
    """Where `new` belongs. Reports in `taken` already got another report of the same document."""
    at_place = [row for row in read.reports_at(db, new.path, new.member, new.url) if row.id not in taken]
    row = _by_bytes(db, new, taken) or _by_place(new, at_place)
    if row is None:
        return _by_name(db, new, taken)
    own_place = any(row.id == other.id for other in at_place)
    return Match(row, is_copy=not own_place and _is_copy(row.site, new.site))


def _by_bytes(db: sqlite3.Connection, new: Candidate, taken: Collection[str]) -> ReportRow | None:
    rows = [row for row in read.reports_from(db, new.sha256) if row.id not in taken]
    same = [row for row in rows if _is_named(row, new) and row.scope == new.report.scope]
    if same:
        return same[0]
    # A better parser may name the only report of a document otherwise than an older one did: it keeps its id.
    return rows[0] if new.alone and len(rows) == 1 else None


def _by_place(new: Candidate, at_place: Collection[ReportRow]) -> ReportRow | None:
    rows = [
        row
        for row in at_place
        if _is_named(row, new) and contradiction(new.evidence, evidence_of(row), same_year=True) is None
    ]
    exact = [row for row in rows if row.scope == new.report.scope]
    if exact:
        return exact[0]
    return rows[0] if new.alone and len(rows) == 1 else None


def _is_named(row: ReportRow, new: Candidate) -> bool:
    """Whether the text or a person gives the stored report the agency and year of the new one."""
    return (new.agency, new.year) in {(row.agency, row.year), (row.read_agency, row.read_year)}


def _by_name(db: sqlite3.Connection, new: Candidate, taken: Collection[str]) -> Match:
    rival: tuple[str, str] | None = None
    elsewhere: list[ReportRow] = []
    for row in read.reports_named(db, new.agency):
        same_year = row.year == new.year
        proof = contradiction(new.evidence, evidence_of(row), same_year=same_year)
        if proof is not None:
            rival = rival or (row.id, proof)
        elif not same_year or row.scope != new.report.scope:
            continue
        elif row.id in taken:
            rival = rival or (row.id, "同一文件中的另一份报告")
        elif not is_elsewhere(new.evidence, evidence_of(row)):
            return Match(row, is_copy=_is_copy(row.site, new.site))
        else:
            elsewhere.append(row)
    for row in elsewhere:
        # Nothing but the site differs: the same text is a copy, another one another body's.
        if is_same_text(read_report(db, row.id, row.newest), new.report):
            return Match(row, is_copy=True)
        rival = rival or (row.id, f"网站 {_shown(row.site)} / {_shown(new.site)}，正文不同")
    return Match(None, False, *(rival or (None, None)))


def _is_copy(home: Site, site: Site) -> bool:
    """A report whose site is known changes only there; before that every source counts as its own."""
    if home == Site():
        return False
    return relation(home, site) is not SiteRelation.SAME


def _shown(site: Site) -> str:
    return site.host or site.code or "?"
