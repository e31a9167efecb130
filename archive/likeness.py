"""Keeps the findings that two reports have the same figures or the same text up to date. Decides no identity."""

import sqlite3

from archive.catalog import across, write
from archive.codec import finding_to_json
from corpus.likeness import FIGURES, TEXT, digests, likeness_findings
from corpus.model import Report


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
    for twin_id, finding in likeness_findings(kind, across.twins(db, kind, digest)).items():
        body = None if finding is None else finding_to_json(finding)
        if across.put_likeness_finding(db, twin_id, kind, body) and twin_id != changed_id:
            write.note_change(db, twin_id)
