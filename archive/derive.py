"""Makes anew what the catalog derives from its readings: summaries, series, citations, likeness. Parses nothing.

Needed after an update of the program that derives more than the one that filed the reports; `gongkai reindex` does it.
"""

from collections.abc import Callable
from typing import Final

from archive.catalog import read, writer_lock
from archive.store import Archive
from archive.summary import refresh_report

_BATCH: Final = 200
"""Reports per transaction."""


def derive(archive: Archive, *, progress: Callable[[int], None] = lambda done: None) -> int:
    """Refreshes every live report from its reading in use; the number of reports. `progress` is told how many are done.

    Every report gets a change, so the index must follow. Waits for another writer.
    """
    with writer_lock(archive.lock_path, wait=True, notify=lambda text: None):
        with archive.catalog.snapshot() as db:
            ids = [summary.id for summary in read.summaries(db)]
        for start in range(0, len(ids), _BATCH):
            with archive.catalog.transaction() as db:
                for report_id in ids[start : start + _BATCH]:
                    refresh_report(db, report_id)
            progress(min(start + _BATCH, len(ids)))
    return len(ids)
