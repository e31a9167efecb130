"""Rows of the catalog as frozen values, and nothing else."""

from dataclasses import dataclass

from archive.model import Site
from corpus.model import AgencyKind, Era, Region, Scope


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report: the summary of its newest version with the corrections applied, and what it is recognised by."""

    id: str
    newest: int
    title: str
    agency: str
    agency_kind: AgencyKind | None
    year: int
    scope: Scope | None
    era: Era
    region: Region
    read_agency: str
    """What the text itself says, without corrections."""
    read_year: int
    site: Site
    """The site whose changes make versions; empty until one is known."""
    rival: str | None
    """The report of another body of the same name that this one's evidence contradicts."""
    rival_evidence: str | None
    findings: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with its text."""

    report_id: str
    version: int
    sha256: str
    text: str
    text_sha256: str
    given_agency: str | None
    given_year: int | None
    archived_at: str


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """Stored bytes. `parser` is the stamp of the parser that filed every report in them, `None` when some were not."""

    sha256: str
    size: int
    parser: str | None
    reports: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source to record with a version."""

    report_id: str
    version: int
    sha256: str
    is_copy: bool
    url: str | None
    path: str
    member: str | None
    media_type: str
    encoding: str | None
    site: Site
    retrieved_at: str | None
    recorded_at: str
