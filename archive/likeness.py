"""Keeps the findings that two reports have the same figures or the same text up to date. Decides no identity."""

import sqlite3

from archive.catalog import across, write
from archive.codec import finding_to_json
from corpus.likeness import FIGURES, TEXT, digests, likeness_findings
from corpus.model import Finding, Report


def refresh_likeness(db: sqlite3.Connection, report_id: str, report: Report | None) -> None:
    """Makes again which reports are the same as this one; `None`: the report was withdrawn.

    Reports whose finding changes by that get a change of their own.
    """
    before = across.likeness_of(db, report_id)
    now = {} if report is None else digests(report)
    for kind in (FIGURES, TEXT):
        if before.get(kind) != now.get(kind):
            across.put_likeness(db, report_id, kind, now.get(kind))
        for digest in {before.get(kind), now.get(kind)} - {None}:
            _regroup(db, kind, str(digest), report_id)


def _regroup(db: sqlite3.Connection, kind: str, digest: str, changed_id: str) -> None:
    """All reports but the earliest name the earliest: as long as that is the same, one more changes two findings.

    The probe is a report that was there before; when its finding still holds, so do those of all others.
    """
    size = across.twin_count(db, kind, digest)
    head = across.twins(db, kind, digest, limit=3)
    probe = next((twin for twin in head[1:] if twin.report_id != changed_id), None)
    found = likeness_findings(kind, head, size)
    if probe is not None and _put(db, kind, probe.report_id, found[probe.report_id], changed_id):
        found = likeness_findings(kind, across.twins(db, kind, digest))
    elif changed_id not in found and across.likeness_of(db, changed_id).get(kind) == digest:
        found[changed_id] = found[head[1].report_id]
    for twin_id, finding in found.items():
        _put(db, kind, twin_id, finding, changed_id)


def _put(db: sqlite3.Connection, kind: str, twin_id: str, finding: Finding | None, changed_id: str) -> bool:
    body = None if finding is None else finding_to_json(finding)
    is_new = across.put_likeness_finding(db, twin_id, kind, body)
    if is_new and twin_id != changed_id:
        write.note_change(db, twin_id)
    return is_new
