"""The archive: what is kept, under which identity, in which versions. Later rooms import from here and from the modules
`codec`, `ingest`, `verify`, `cite`, `corrections`, `derive`, `related`, `resolve` and `export`, never from the catalog."""

from archive.lifeline import live_with_parent
from archive.model import (
    Change,
    CitedName,
    CitedPlace,
    CitedSums,
    Correction,
    Original,
    Outcome,
    OutcomeKind,
    Problem,
    ReportSummary,
    Run,
    Source,
    StoredReport,
    Tombstone,
    VersionInfo,
)
from archive.store import Archive, open_archive

__all__ = [
    "Archive",
    "Change",
    "CitedName",
    "CitedPlace",
    "CitedSums",
    "Correction",
    "Original",
    "Outcome",
    "OutcomeKind",
    "Problem",
    "ReportSummary",
    "Run",
    "Source",
    "StoredReport",
    "Tombstone",
    "VersionInfo",
    "live_with_parent",
    "open_archive",
]
