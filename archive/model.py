"""The archive's own values: stored reports, versions, sources, outcomes and problems. Frozen, without behaviour.

Times are UTC, ISO 8601. `None` means "not known".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from corpus.model import AgencyKind, Era, Finding, Region, Report, Scope


class OutcomeKind(StrEnum):
    """What became of one report, or of one document that holds none."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new_version"
    NOT_A_REPORT = "not_a_report"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of an ingest run."""

    path: str
    member: str | None
    sha256: str | None
    kind: OutcomeKind
    report_id: str | None = None
    version: int | None = None
    agency: str | None = None
    year: int | None = None
    error: str | None = None
    findings: int = 0

    def to_json(self) -> dict[str, object]:
        """The line as the contract prints it."""
        return {
            "path": self.path,
            "member": self.member,
            "sha256": self.sha256,
            "outcome": self.kind.value,
            "report_id": self.report_id,
            "version": self.version,
            "agency": self.agency,
            "year": self.year,
            "error": self.error,
            "findings": self.findings,
        }


@dataclass(frozen=True, slots=True)
class Site:
    """Where a document was published: the host of its address and the SiteIDCode that its page carries."""

    host: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One place that a version's bytes, or a copy of them, came from."""

    url: str | None
    path: str
    member: str | None
    media_type: str
    encoding: str | None
    sha256: str
    retrieved_at: str | None
    is_copy: bool = False
    """Whether it is a copy from another site, which never makes a version."""


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One version of a report. `sha256` is that of the original bytes."""

    version: int
    sha256: str
    archived_at: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person set right, and why. `changes` maps a field (`agency`, `year`, `region`) to its new value."""

    changes: Mapping[str, str | int]
    reason: str
    who: str
    made_at: str


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as the archive hands it out: the reading of one version with the corrections applied."""

    id: str
    version: int
    versions: tuple[VersionInfo, ...]
    """All versions, oldest first."""
    report: Report
    sources: tuple[Source, ...]
    """Where this version came from; the first one is the one it was read from."""
    findings: tuple[Finding, ...]
    """The report's own, then what follows from other reports (`s.agency_ambiguous`, `x.*`; newest version only)."""
    archived_at: str
    """When this version entered the archive."""
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """What a list needs of a report's newest version."""

    id: str
    version: int
    title: str
    agency: str
    agency_kind: AgencyKind | None
    year: int
    era: Era
    scope: Scope | None
    region: Region
    finding_count: int
    archived_at: str


@dataclass(frozen=True, slots=True)
class Original:
    """The stored bytes of a version."""

    data_path: Path
    filename: str
    """The name that the source had, without folders."""
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Change:
    """The latest change of one report. `seq` only ever grows."""

    seq: int
    report_id: str
    deleted: bool


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a withdrawn report."""

    report_id: str
    title: str
    agency: str
    year: int
    reason: str
    who: str
    withdrawn_at: str


@dataclass(frozen=True, slots=True)
class CitedName:
    """A law or document with how often live reports cite it, in their newest versions."""

    kind: str
    canonical: str
    reports: int
    places: int
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class CitedSums:
    """How one law or document is cited."""

    canonical: str
    kind: str
    reports_by_year: Mapping[int, int]
    """Year → reports that cite it, oldest first."""
    places: int
    places_by_article: Mapping[int, int]
    """Number of the article → places that name it, in the order of the law."""

    @property
    def reports(self) -> int:
        """All reports that cite it."""
        return sum(self.reports_by_year.values())


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """One place where a report cites something; `start` and `end` are offsets into the text of that version."""

    report_id: str
    version: int
    agency: str
    title: str
    year: int
    kind: str
    raw: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """One ingest run in the kept log. `finished_at` is `None` while it runs and when it was cut off."""

    id: int
    started_at: str
    finished_at: str | None
    parser: str
    arguments: Mapping[str, object]
    counts: Mapping[str, int] = field(default_factory=dict)
    """Outcome kind → number of outcomes."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that `verify` found wrong. `kind` is stable (`original.digest`), `subject` names the thing."""

    kind: str
    subject: str
    message: str
