"""Archive → index: brings an engine up to the archive's last change, or builds its index anew beside the old one.

Reports are read and segmented in several processes when there are many (`preparing`). Each batch is read under the writer's
lock, from the change that the index itself says it is at, and committed together with the change it reaches: killed at any
moment and run again it ends in the same index. Only this and `preparing` know the archive.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpus.errors import ArchiveError
from indexer.engines.base import Engine, Target
from indexer.preparing import Read, preparing

if TYPE_CHECKING:  # a search imports this room and needs no archive
    from archive import Archive

BATCH: Final = 5000
"""Reports per commit: what is lost when a run is killed, against the merging that commits cause."""

_WORTH: Final = 400
"""With fewer reports it takes longer to find out how to cut faster than to cut."""

Progress = Callable[[int, int], None]
"""Called with the number of reports done so far, and how many there are to do."""


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What was done: reports put in or replaced, reports taken out, and the change the index is at now."""

    replaced: int
    deleted: int
    seq: int


@dataclass(frozen=True, slots=True)
class IndexProblem:
    """A difference between archive and index."""

    kind: str
    """`missing`, `outdated` or `extra`."""
    report_id: str
    message: str


def sync(
    archive: "Archive", engine: Engine, *, progress: Progress | None = None, batch: int = BATCH, jobs: int = 1
) -> SyncResult:
    """Brings `engine` up to `archive` with `jobs` processes; safe to kill and repeat.

    Raises `ArchiveError` when the index is ahead of the archive.
    """
    synced = engine.synced()
    if synced > archive.last_change():
        raise ArchiveError(
            "The search index is ahead of the archive: it was made from another one.",
            hint="Run `gongkai reindex` to build it anew.",
        )
    if synced == archive.last_change():
        return SyncResult(0, 0, synced)
    return _replay(archive, engine, engine, progress, batch, jobs)


def reindex(
    archive: "Archive", engine: Engine, *, progress: Progress | None = None, batch: int = BATCH, jobs: int = 1
) -> SyncResult:
    """Builds the index anew beside the one in use and swaps it in; searches go on with the old one meanwhile.

    Interrupted, it leaves what it has committed beside, and goes on from there when it is run again.
    """
    beside = engine.rebuild()
    try:
        if _synced(beside) > archive.last_change():
            beside.abandon()  # left from another archive
            beside = engine.rebuild()
        result = _replay(archive, engine, beside, progress, batch, jobs)
    except KeyboardInterrupt:
        beside.pause()
        raise
    except BaseException:
        beside.abandon()
        raise
    beside.publish()
    late = sync(archive, engine, jobs=jobs)
    return SyncResult(result.replaced + late.replaced, result.deleted + late.deleted, late.seq)


def _synced(target: Target) -> int:
    writer = target.begin()
    writer.cancel()
    return writer.synced


def compare(archive: "Archive", engine: Engine) -> Iterator[IndexProblem]:
    """Every difference between the archive's live reports and what is indexed."""
    indexed = engine.contents()
    for summary in archive.summaries():
        version = indexed.pop(summary.id, None)
        if version is None:
            yield IndexProblem("missing", summary.id, "The report is in the archive and not in the search index.")
        elif version != summary.version:
            message = f"The search index has version {version}, the archive has version {summary.version}."
            yield IndexProblem("outdated", summary.id, message)
    for report_id in indexed:
        yield IndexProblem("extra", report_id, "The report is in the search index and not in the archive.")


def _replay(
    archive: "Archive", engine: Engine, target: Target, progress: Progress | None, batch: int, jobs: int
) -> SyncResult:
    replaced = deleted = 0
    waiting = sum(1 for _ in archive.changes(_synced(target)))
    if waiting > _WORTH:
        engine.segmenter.accelerate()
    with preparing(archive.report, partial(_reader, archive.home), engine.segmenter, waiting, jobs) as prepare:
        while True:
            writer = target.begin()
            try:
                seq = writer.synced
                changes = list(islice(archive.changes(seq), batch))
                gone = [change.report_id for change in changes if change.deleted]
                for prepared in prepare(writer.pack, [change.report_id for change in changes if not change.deleted]):
                    writer.replace_packed(prepared.packed)
                    gone += prepared.missing
                    replaced += len(prepared.packed.ids)
                    if progress is not None:
                        progress(replaced + deleted, waiting)
                for report_id in gone:
                    writer.delete(report_id)
                deleted += len(gone)
            except BaseException:
                writer.cancel()
                raise
            if not changes:
                writer.cancel()
                return SyncResult(replaced, deleted, seq)
            writer.commit(changes[-1].seq)


def _reader(home: Path) -> Read:
    """In a worker process: what reads reports from the archive in `home`."""
    from archive import live_with_parent, open_archive

    live_with_parent()
    return open_archive(home).report
