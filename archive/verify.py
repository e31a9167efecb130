"""Audits the archive: every original against its digest, the catalog against itself. Reports problems, repairs nothing."""

import hashlib
import sqlite3
from collections.abc import Iterator

from archive.catalog import OriginalRow, is_locked, read
from archive.model import Problem
from archive.store import Archive
from archive.stored import read_report
from corpus.errors import ArchiveError


def verify(archive: Archive, *, full: bool) -> Iterator[Problem]:
    """What is wrong, in the order: catalog, originals, versions. `full` reads every original; else only sizes count."""
    writing = is_locked(archive.lock_path)
    with archive.catalog.snapshot() as db:
        yield from _catalog_problems(db)
        originals = read.originals(db)
        for row in originals:
            yield from _original_problems(archive, row, full)
        if not writing:  # a run keeps bytes before it files them
            yield from _strays(archive, {row.sha256 for row in originals})
        yield from _version_problems(db)


def _catalog_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    for message in read.integrity_problems(db):
        yield Problem("catalog", "catalog.sqlite3", f"The catalog is damaged: {message}.")
    for report_id, message in read.summary_problems(db):
        yield Problem("catalog.summary", report_id, message)


def _original_problems(archive: Archive, row: OriginalRow, full: bool) -> Iterator[Problem]:
    try:
        size = archive.originals.path(row.sha256).stat().st_size
        digest = archive.originals.actual_digest(row.sha256) if full else row.sha256
    except FileNotFoundError:
        yield Problem("original.missing", row.sha256, "The file is missing.")
        return
    except OSError as error:
        yield Problem("original.unreadable", row.sha256, f"The file cannot be read: {error.strerror}.")
        return
    if size != row.size:
        yield Problem("original.size", row.sha256, f"The file has {size} bytes, expected {row.size}.")
    if digest != row.sha256:
        yield Problem("original.digest", row.sha256, f"The bytes have changed: their digest is now {digest}.")


def _strays(archive: Archive, known: set[str]) -> Iterator[Problem]:
    for digest in archive.originals.digests():
        if digest not in known:
            message = "The file is not in the catalog; a run was cut off here. Run the same ingest again."
            yield Problem("original.stray", digest, message)


def _version_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    for row in read.all_versions(db):
        subject = f"{row.report_id}/v{row.version}"
        if hashlib.sha256(row.text.encode()).hexdigest() != row.text_sha256:
            yield Problem("text.digest", subject, "The stored text has changed: its digest differs.")
        try:
            read_report(db, row.report_id, row.version)
        except ArchiveError as error:
            yield Problem("reading.unusable", subject, error.message)
