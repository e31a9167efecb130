"""Archived reports → packs of documents ready to be indexed, in this process or in several.

Reading and segmenting cost far more than writing the index, and need nothing of each other: workers take a few reports at a
time, and hand back what the writer's own `pack` made of their documents. One writer takes the packs in.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.errors import NotFoundError
from indexer.documents import IndexDocument, Stored, index_documents
from indexer.engines.base import Pack, Packed
from indexer.segment import Segmenter

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_PIECE: Final = 400
_SMALL_PIECE: Final = 50
"""Reports that one process prepares at a time: many, but few at the end, so that all have something to do until it comes."""
_WORTH: Final = 400
"""With fewer reports it takes longer to start processes than to do without."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of some reports: their pack, and the ids of those that are not there any more."""

    packed: Packed
    missing: tuple[str, ...]


Prepare = Callable[[Pack, Sequence[str]], Iterator[Prepared]]
"""Packs reports by their ids, in order."""
Read = Callable[[str], Stored]
"""A report by its id. Raises `NotFoundError`."""


@contextmanager
def preparing(
    read: Read, reader: Callable[[], Read], segmenter: Segmenter, reports: int, jobs: int
) -> Iterator[Prepare]:
    """A function that prepares reports; `reports` says about how many there will be.

    `reader` makes a worker's own `read`.
    """
    if jobs < 2 or reports < _WORTH:
        yield lambda pack, ids: (_prepared(read, segmenter, pack, piece) for piece in _pieces(ids, 0))
        return
    from concurrent.futures import ProcessPoolExecutor  # here, for a search imports this room and starts no processes
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (reader, segmenter))
    try:
        yield lambda pack, ids: _spread(pool, pack, ids, jobs)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pieces(ids: Sequence[str], jobs: int) -> Iterator[Sequence[str]]:
    done = 0
    while done < len(ids):
        size = min(_PIECE, max(_SMALL_PIECE, (len(ids) - done) // (jobs + 1)))
        yield ids[done : done + size]
        done += size


def _prepared(read: Read, segmenter: Segmenter, pack: Pack, ids: Sequence[str]) -> Prepared:
    found: list[Sequence[IndexDocument]] = []
    missing = []
    for report_id in ids:
        try:
            found.append(index_documents(read(report_id), segmenter))
        except NotFoundError:  # taken out after the change was read
            missing.append(report_id)
    return Prepared(pack(found, segmenter), tuple(missing))


def _spread(pool: "ProcessPoolExecutor", pack: Pack, ids: Sequence[str], jobs: int) -> Iterator[Prepared]:
    """A few pieces are under way while one is waited for, so that memory does not grow with the number of reports."""
    waiting: list[Future[Prepared]] = []
    for piece in _pieces(ids, jobs):
        waiting.append(pool.submit(_work, pack, piece))
        if len(waiting) > 2 * jobs:
            yield waiting.pop(0).result()
    for future in waiting:
        yield future.result()


_worker: list[tuple[Read, Segmenter]] = []
"""In a worker: what it reads and cuts with."""


def _start(reader: Callable[[], Read], segmenter: Segmenter) -> None:
    _worker.append((reader(), segmenter))
    gc.freeze()  # what was loaded stays
    gc.set_threshold(100_000, 50, 100)  # documents make no cycles, and there are many of them


def _work(pack: Pack, ids: Sequence[str]) -> Prepared:
    read, segmenter = _worker[0]
    return _prepared(read, segmenter, pack, ids)
