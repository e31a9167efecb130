"""Archive → index: brings an engine up to the archive's last change, or builds its index anew beside the old one.

Each batch is read under the writer's lock, from the change that the index itself says it is at, and committed together with
the change it reaches: killed at any moment and run again it ends in the same index. The only module here that knows the
archive.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from archive import Archive
from corpus.errors import ArchiveError, NotFoundError
from indexer.documents import IndexDocument, index_documents
from indexer.engines.base import Engine, Target

BATCH: Final = 200
"""Reports per commit: a compromise between the memory of a batch and the merging that commits cause."""

Progress = Callable[[int], None]
"""Called with the number of reports done so far."""


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


def sync(archive: Archive, engine: Engine, *, progress: Progress | None = None, batch: int = BATCH) -> SyncResult:
    """Brings `engine` up to `archive`; safe to kill and repeat. Raises `ArchiveError` when it is ahead of the archive."""
    synced = engine.synced()
    if synced > archive.last_change():
        raise ArchiveError(
            "The search index is ahead of the archive: it was made from another one.",
            hint="Run `gongkai reindex` to build it anew.",
        )
    if synced == archive.last_change():
        return SyncResult(0, 0, synced)
    return _replay(archive, engine, engine, progress, batch)


def reindex(archive: Archive, engine: Engine, *, progress: Progress | None = None) -> SyncResult:
    """Builds the index anew beside the one in use and swaps it in; searches go on with the old one meanwhile."""
    beside = engine.rebuild()
    try:
        result = _replay(archive, engine, beside, progress, BATCH)
    except BaseException:
        beside.abandon()
        raise
    beside.publish()
    late = sync(archive, engine)
    return SyncResult(result.replaced + late.replaced, result.deleted + late.deleted, late.seq)


def compare(archive: Archive, engine: Engine) -> Iterator[IndexProblem]:
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


def _replay(archive: Archive, engine: Engine, target: Target, progress: Progress | None, batch: int) -> SyncResult:
    replaced = deleted = 0
    while True:
        writer = target.begin()
        try:
            seq = writer.synced
            changes = list(islice(archive.changes(seq), batch))
            for change in changes:
                documents = [] if change.deleted else _documents(archive, engine, change.report_id)
                if documents:
                    writer.replace(change.report_id, documents)
                    replaced += 1
                else:
                    writer.delete(change.report_id)
                    deleted += 1
                if progress is not None:
                    progress(replaced + deleted)
        except BaseException:
            writer.cancel()
            raise
        if not changes:
            writer.cancel()
            return SyncResult(replaced, deleted, seq)
        writer.commit(changes[-1].seq)


def _documents(archive: Archive, engine: Engine, report_id: str) -> list[IndexDocument]:
    """The documents of the report's newest version; none when it was taken out after the change was read."""
    try:
        return index_documents(archive.report(report_id), engine.segmenter)
    except NotFoundError:
        return []
