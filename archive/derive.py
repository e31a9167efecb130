"""Makes anew what the catalog derives from its readings: summaries, series, citations, likeness. Parses nothing.

Needed after an update of the program that derives more than the one that filed the reports; `gongkai reindex` sees to it.
"""

from collections.abc import Callable
from typing import Final

from archive.catalog import across, read, writer_lock
from archive.store import Archive
from archive.summary import refresh_report

_BATCH: Final = 200
"""Reports per transaction."""
DERIVATION: Final = 1
"""Raised whenever the program derives more or otherwise from the same readings."""


def derive(archive: Archive, *, progress: Callable[[int], None] = lambda done: None, force: bool = False) -> int:
    """Refreshes every live report from its reading in use, if an older program derived it, or `force`; how many it were.

    Every report gets a change, so the index must follow. `progress` is told how many are done. Waits for another writer.
    """
    with writer_lock(archive.lock_path, wait=True):
        with archive.catalog.snapshot() as db:
            if across.derivation(db) == DERIVATION and not force:
                return 0
            ids = [summary.id for summary in read.summaries(db)]
        for start in range(0, len(ids), _BATCH):
            with archive.catalog.transaction() as db:
                for report_id in ids[start : start + _BATCH]:
                    refresh_report(db, report_id)
            progress(min(start + _BATCH, len(ids)))
        with archive.catalog.transaction() as db:
            across.set_derivation(db, DERIVATION)
    return len(ids)
