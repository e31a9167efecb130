"""The Whoosh engine: an index on disk that lives inside the home folder.

Whoosh keeps schema, segments, locks and the table of contents; a codec of ours stores a segment as arrays. Queries are
answered by `executor` over those arrays, so that Whoosh's parser, scoring and facets are never asked. A commit carries the
archive's change it reaches to, so a killed run is repeated and never loses anything.
"""

import pickle
import struct
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from whoosh import index

from corpus.errors import ArchiveError
from indexer import stamp
from indexer.engines import whoosh_files
from indexer.engines.arrays import read_arrays
from indexer.engines.base import Answer, Plan, Rebuild, Writer
from indexer.engines.executor import execute
from indexer.engines.facets import FacetTables
from indexer.engines.filtering import reports_accepted
from indexer.engines.folders import IndexFolders
from indexer.engines.rows import LAYOUT
from indexer.engines.segments import SegmentData, SegmentView
from indexer.engines.whoosh_files import HINT, Newest, differences, generation, locked, new_index
from indexer.engines.whoosh_writer import WhooshWriter
from indexer.fields import Filters
from indexer.segment import Segmenter

_BROKEN = (
    OSError,
    EOFError,
    ValueError,
    KeyError,
    AttributeError,
    struct.error,
    pickle.UnpicklingError,
    index.IndexError,
)
"""What is raised when files of an index are missing, cut short or not its own."""
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """One commit, open for reading."""

    generation: str
    views: tuple[SegmentView, ...]
    synced: int
    segments: Mapping[str, SegmentData] = field(default_factory=dict)
    tables: FacetTables = field(default_factory=lambda: FacetTables(()))
    warnings: tuple[str, ...] = ()


class WhooshEngine:
    """The engine over the index below `root`. Opening it touches nothing; the first commit creates the index."""

    name = "whoosh"

    def __init__(self, root: Path, segmenter: Segmenter) -> None:
        self._folders = IndexFolders(root)
        self._newest = Newest(self._folders)
        self._segmenter = segmenter
        segmenter.learn(self._is_whole)
        self._lock = threading.Lock()
        """One thread opens a new commit; searches share what is open."""
        self._snapshot = _Snapshot("", (), 0)

    @property
    def segmenter(self) -> Segmenter:
        return self._segmenter

    @property
    def warnings(self) -> tuple[str, ...]:
        return _warnings(self._folders.current())

    @property
    def made_by(self) -> Mapping[str, str]:
        folder = self._folders.current()
        made = stamp.read(folder) if folder is not None else None
        return made.words() if made is not None else {}

    def synced(self) -> int:
        return self._refreshed().synced

    def generation(self) -> str:
        return self._newest.commit().name

    def search(self, plan: Plan) -> Answer:
        snapshot = self._refreshed()
        answer = execute(plan, snapshot.views, snapshot.tables)
        return Answer(answer.total, answer.found, answer.facets, snapshot.generation, snapshot.warnings)

    def terms_like(self, pattern: str) -> dict[str, int]:
        found: Counter[str] = Counter()
        for view in self._refreshed().views:
            found.update(view.data.words["text"].matching(pattern))
        return dict(found)

    def report_ids(self, filters: Filters) -> list[str]:
        return sorted(i for view in self._refreshed().views for i in reports_accepted(filters, view))

    def contents(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for view in self._refreshed().views:
            reports = np.arange(view.data.reports) if view.live is None else np.flatnonzero(view.live)
            versions = view.data.arrays["report.version"][reports].tolist()
            found.update(zip(view.data.names(reports), versions, strict=True))
        return found

    def begin(self, wait: float = 60.0) -> Writer:
        self._folders.root.mkdir(parents=True, exist_ok=True)
        lock = locked(self._folders.root / "write.lock", wait, "Another process is writing to the search index.")
        folder = self._folders.current()
        try:
            if folder is None:
                folder = new_index(self._folders)
                self._folders.use(folder)
            elif differences(folder):
                raise ArchiveError("The search index was made by other rules than this program has.", hint=HINT)
            return WhooshWriter(folder, self._segmenter, lock, self._snapshot.segments)
        except _BROKEN as error:
            lock.release()
            raise _unreadable(folder, error) from error
        except BaseException:
            lock.release()
            raise

    def rebuild(self) -> Rebuild:
        self._folders.root.mkdir(parents=True, exist_ok=True)
        lock = locked(self._folders.root / "rebuild.lock", 0, "Another process is rebuilding the search index.")
        return _Rebuild(self._folders, lock, self._segmenter)

    def close(self) -> None:
        self._snapshot = _Snapshot("", (), 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _is_whole(self, word: str) -> bool:
        """Whether the index knows that the word is not cut; an index made by other rules, or broken, knows nothing."""
        try:
            return not self.warnings and any(v.data.words["text"].is_whole(word) for v in self._refreshed().views)
        except ArchiveError:
            return False

    def _refreshed(self) -> _Snapshot:
        """The newest commit; looking whether there is a newer one costs next to nothing."""
        for attempt in range(_ATTEMPTS):
            folder, newest = self._newest.commit()
            snapshot = self._snapshot
            if newest == snapshot.generation:
                return snapshot
            with self._lock:
                try:
                    self._snapshot = _open(folder, newest, self._snapshot)
                except _BROKEN as error:
                    # Files vanish under a reader when another commit or a swap came in between; else they are broken.
                    if attempt + 1 == _ATTEMPTS or self._newest.commit().name == newest:
                        raise _unreadable(folder, error) from error
        return self._snapshot


def _unreadable(folder: Path | None, error: BaseException) -> ArchiveError:
    return ArchiveError(f"The search index in {folder} cannot be read: {error}", hint=HINT)


def _open(folder: Path | None, name: str, before: _Snapshot) -> _Snapshot:
    """The newest commit in `folder`, named `name`; what is known of segments from the one `before` is used again."""
    if folder is None:
        return _Snapshot(name, (), 0)
    made = stamp.read(folder)
    if made is not None and made.layout != LAYOUT:
        raise ArchiveError("The search index was made by another version of this program.", hint=HINT)
    found = whoosh_files.read_segments(folder)
    segments: dict[str, SegmentData] = {}
    views = []
    for segment in found:
        if segment.doc_count_all():
            key = segment.segment_id()
            data = segments[key] = before.segments.get(key) or SegmentData(read_arrays(segment.path(folder)))
            live = None if not segment.has_deletions() else ~segment.dead()[data.first[:-1]]
            views.append(SegmentView(data, live))
    tables = FacetTables(views, before.tables)
    return _Snapshot(name, tuple(views), whoosh_files.synced(found), segments, tables, _warnings(folder))


def _warnings(folder: Path | None) -> tuple[str, ...]:
    """What a reader of answers from the index in `folder` should know."""
    differing = differences(folder) if folder is not None else []
    if not differing:
        return ()
    return (f"索引由另一版规则建立（{'、'.join(differing)}），结果可能不全；请运行 gongkai reindex",)


class _Rebuild:
    """An index in a folder of its own, marked as unfinished until it is published."""

    def __init__(self, folders: IndexFolders, lock: Any, segmenter: Segmenter) -> None:
        self._folders = folders
        self._lock = lock
        self._segmenter = segmenter
        paused = folders.unfinished()
        if paused is not None and not differences(paused) and generation(paused) != f"{paused.name}.-1":
            self._folder = paused
        else:
            self._folder = new_index(folders)
            folders.mark_unfinished(self._folder)

    def begin(self, wait: float = 60.0) -> Writer:
        return WhooshWriter(self._folder, self._segmenter, unread=True)

    def publish(self) -> None:
        WhooshWriter(self._folder, self._segmenter).optimize()
        writing = locked(self._folders.root / "write.lock", 60.0, "Another process is writing to the search index.")
        try:
            self._folders.use(self._folder)
            self._folders.remove_unused()
        finally:
            writing.release()
            self._lock.release()

    def abandon(self) -> None:
        self._folders.remove(self._folder)
        self._lock.release()

    def pause(self) -> None:
        self._lock.release()
