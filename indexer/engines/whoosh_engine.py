"""The Whoosh engine: an index on disk that lives inside the home folder. The only module that imports Whoosh.

Whoosh keeps schema, segments, postings, columns, locks and the table of contents; its stock codec stores them. Queries are
answered by `executor` over `segments`, which read through the `_Source` below, so that Whoosh's parser, scoring and
facets are never asked. Three kinds of documents: a section (pairs of folded characters, words, texts), after the sections of
a report its own document (row and figures), and one document that says up to which change of the archive the index is: it is
replaced in the same commit as the rest, so a killed run is repeated and never loses anything.
"""

import pickle
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from whoosh import columns, fields, formats, index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.reading import SegmentReader
from whoosh.util.filelock import FileLock, try_for

from corpus.errors import ArchiveError, BusyError
from indexer import stamp
from indexer.documents import IndexDocument
from indexer.engines import bitmaps
from indexer.engines.base import Answer, Plan, Rebuild, Writer
from indexer.engines.executor import execute, reports_accepted
from indexer.engines.folders import IndexFolders
from indexer.engines.rows import (
    LAYOUT,
    figures_bytes,
    folded_bytes,
    grams,
    read_entry,
    report_entry,
    section_entry,
    source_bytes,
    synced_entry,
)
from indexer.engines.segments import SegmentData, SegmentView
from indexer.fields import Filters
from indexer.segment import Segmenter

_HINT = "Run `gongkai reindex` to build it anew from the archive."
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
"""What Whoosh raises when files of an index are missing, cut short or not its own."""
_ATTEMPTS = 5
_MAX_SEGMENTS = 8
_KEPT_SEGMENTS = 3
_SYNCED_KEY = "_synced"


class _Terms(fields.FieldType):  # type: ignore[misc]
    """A field that is given its terms with their counts; the count is the weight of the posting, nothing else is kept."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None)

    def index(self, value: Iterable[tuple[str, int]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, count in value:
            yield _term(term), count, float(count), b""


def _term(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _schema() -> Any:
    def column() -> Any:
        # Without stored offsets: those are written only above 32,768 documents, a path that is hardly travelled.
        return fields.COLUMN(columns.VarBytesColumn(allow_offsets=False))

    return fields.Schema(
        key=_Terms(), grams=_Terms(), words=_Terms(), row=column(), folded=column(), source=column(), figures=column()
    )


def _codec() -> Any:
    """The stock codec; without statistics of field lengths, which we keep ourselves and it would look up per posting."""
    codec = W3Codec()
    codec.length_stats = False
    return codec


class _Source:
    """A Whoosh segment as `SegmentSource`."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.size: int = reader.doc_count_all()
        self.row = self._column("row")
        self.folded = self._column("folded")
        self.source = self._column("source")
        self.figures = self._column("figures")

    def _column(self, name: str) -> Callable[[int], bytes]:
        read: Callable[[int], bytes] = self._reader.column_reader(name, translate=False).__getitem__
        return read

    def gram(self, gram: str) -> Iterable[int]:
        matcher = self._postings("grams", gram)
        return [] if matcher is None else list(matcher.all_ids())

    def gram_count(self, gram: str) -> int:
        count: int = self._reader.doc_frequency("grams", _term(gram))
        return count

    def grams_beginning(self, char: str) -> Iterable[str]:
        return [t.decode("utf-8", "surrogatepass") for t in self._reader.expand_prefix("grams", _term(char))]

    def word(self, word: str) -> Iterable[tuple[int, int]]:
        found = []
        matcher = self._postings("words", word)
        while matcher is not None and matcher.is_active():
            found.append((matcher.id(), int(matcher.weight())))
            matcher.next()
        return found

    def synced(self) -> list[int]:
        """What the document that says how far the index is says; nothing when it is not in this segment."""
        matcher = self._postings("key", _SYNCED_KEY)
        entries = [] if matcher is None else [read_entry(self.row(n)) for n in matcher.all_ids()]
        return [entry for entry in entries if isinstance(entry, int)]

    def _postings(self, field: str, term: str) -> Any:
        """Whoosh's matcher over the documents that hold the term and are alive; `None` when the term is not there."""
        held = (field, _term(term)) in self._reader
        return self._reader.postings(field, _term(term)) if held else None


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """One commit, open for reading."""

    generation: str
    views: tuple[SegmentView, ...]
    synced: int
    reader: Any = None
    segments: Mapping[str, SegmentData] = field(default_factory=dict)


class WhooshEngine:
    """The engine over the index below `root`. Opening it touches nothing; the first commit creates the index."""

    name = "whoosh"

    def __init__(self, root: Path, segmenter: Segmenter) -> None:
        self._folders = IndexFolders(root)
        self._segmenter = segmenter
        self._lock = threading.RLock()
        """Whoosh's readers move file positions, so one thread reads at a time."""
        self._snapshot = _Snapshot("", (), 0)

    @property
    def segmenter(self) -> Segmenter:
        return self._segmenter

    @property
    def warnings(self) -> tuple[str, ...]:
        folder = self._folders.current()
        differing = _differences(folder) if folder is not None else []
        if not differing:
            return ()
        return (f"索引由另一版规则建立（{'、'.join(differing)}），结果可能不全；请运行 gongkai reindex",)

    def synced(self) -> int:
        with self._lock:
            return self._refreshed().synced

    def generation(self) -> str:
        with self._lock:
            return _generation(self._folders.current())

    def search(self, plan: Plan) -> Answer:
        with self._lock:
            return execute(plan, self._refreshed().views)

    def report_ids(self, filters: Filters) -> list[str]:
        with self._lock:
            return sorted(i for view in self._refreshed().views for i in reports_accepted(filters, view))

    def contents(self) -> dict[str, int]:
        with self._lock:
            rows = [v.data.report(n).report for v in self._refreshed().views for n in bitmaps.numbers(v.reports)]
        return {row.id: row.version for row in rows}

    def begin(self, wait: float = 60.0) -> Writer:
        self._folders.root.mkdir(parents=True, exist_ok=True)
        lock = _locked(self._folders.root / "write.lock", wait, "Another process is writing to the search index.")
        folder = self._folders.current()
        try:
            if folder is None:
                folder = _new_index(self._folders)
                self._folders.use(folder)
            elif _differences(folder):
                raise ArchiveError("The search index was made by other rules than this program has.", hint=_HINT)
            return _Writer(folder, lock)
        except _BROKEN as error:
            lock.release()
            raise _unreadable(folder, error) from error
        except BaseException:
            lock.release()
            raise

    def rebuild(self) -> Rebuild:
        self._folders.root.mkdir(parents=True, exist_ok=True)
        lock = _locked(self._folders.root / "rebuild.lock", 0, "Another process is rebuilding the search index.")
        return _Rebuild(self._folders, lock)

    def close(self) -> None:
        with self._lock:
            _close(self._snapshot.reader)
            self._snapshot = _Snapshot("", (), 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _refreshed(self) -> _Snapshot:
        """The newest commit; looking for a newer one costs two directory reads."""
        for attempt in range(_ATTEMPTS):
            folder = self._folders.current()
            newest = _generation(folder)
            if newest == self._snapshot.generation:
                break
            try:
                opened = _open(folder, newest, self._snapshot.segments)
            except _BROKEN as error:
                # Files vanish under a reader when another commit or a swap came in between; otherwise they are broken.
                if attempt + 1 == _ATTEMPTS or _generation(self._folders.current()) == newest:
                    raise _unreadable(folder, error) from error
                continue
            _close(self._snapshot.reader)
            self._snapshot = opened
            break
        return self._snapshot


def _unreadable(folder: Path | None, error: BaseException) -> ArchiveError:
    return ArchiveError(f"The search index in {folder} cannot be read: {error}", hint=_HINT)


def _generation(folder: Path | None) -> str:
    if folder is None:
        return "empty"
    number = max((int(p.stem.rpartition("_")[2]) for p in folder.glob("_MAIN_*.toc")), default=-1)
    return f"{folder.name}.{number}"


def _differences(folder: Path) -> list[str]:
    """The rules that the index in `folder` was made by and that have changed."""
    made = stamp.read(folder)
    return ["stamp"] if made is None else made.differences(stamp.current())


def _open(folder: Path | None, generation: str, known: Mapping[str, SegmentData]) -> _Snapshot:
    """The newest commit in `folder`, named `generation`; segments that are `known` are not read again."""
    if folder is None:
        return _Snapshot(generation, (), 0)
    made = stamp.read(folder)
    if made is not None and made.layout != LAYOUT:
        raise ArchiveError("The search index was made by another version of this program.", hint=_HINT)
    reader = index.open_dir(str(folder)).reader()
    segments: dict[str, SegmentData] = {}
    views = []
    for leaf in _leaves(reader):
        name, source = leaf.segment().segment_id(), _Source(leaf)
        segments[name] = known[name].reopened(source) if name in known else SegmentData(source)
        deleted = bitmaps.from_numbers(source.size, leaf.segment().deleted_docs())
        views.append(SegmentView(segments[name], (1 << source.size) - 1 & ~deleted))
    return _Snapshot(generation, tuple(views), _synced(reader), reader if views else None, segments)


def _leaves(reader: Any) -> list[Any]:
    return [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]


def _synced(reader: Any) -> int:
    return max((said for leaf in _leaves(reader) for said in _Source(leaf).synced()), default=0)


def _close(reader: Any) -> None:
    if reader is not None:
        reader.close()


def _locked(path: Path, wait: float, busy: str) -> Any:
    lock = FileLock(str(path))
    if not try_for(lock.acquire, timeout=wait, delay=0.05):
        raise BusyError(busy, hint="Wait until it is done, then try again.")
    return lock


def _new_index(folders: IndexFolders) -> Path:
    folder = folders.create()
    stamp.write(folder, stamp.current())
    index.create_in(str(folder), _schema())
    return folder


class _Writer:
    """Keeps changes in memory until `commit` hands them to a Whoosh writer."""

    def __init__(self, folder: Path, lock: Any = None) -> None:
        self._index = index.open_dir(str(folder))
        self._lock = lock
        self._pending: dict[str, Sequence[IndexDocument]] = {}
        reader = self._index.reader()
        self.synced = _synced(reader)
        reader.close()

    def replace(self, report_id: str, documents: Sequence[IndexDocument]) -> None:
        self._pending[report_id] = documents

    def delete(self, report_id: str) -> None:
        self._pending[report_id] = ()

    def commit(self, synced: int) -> None:
        writer = self._index.writer(timeout=10.0, limitmb=64, codec=_codec())
        try:
            self._write(writer, synced)
            writer.commit(mergetype=_merge_tiers)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise
        finally:
            self.cancel()

    def cancel(self) -> None:
        self._pending = {}
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _write(self, writer: Any, synced: int) -> None:
        searcher = writer.searcher()
        for key in (*self._pending, _SYNCED_KEY):
            writer.delete_by_term("key", key, searcher=searcher)
        searcher.close()
        for documents in self._pending.values():
            if documents:
                _add(writer, documents)
        writer.add_document(key=[(_SYNCED_KEY, 1)], row=synced_entry(synced))


def _add(writer: Any, documents: Sequence[IndexDocument]) -> None:
    """The sections in order and behind them the report's own document: `segments` relies on it."""
    for document in documents:
        writer.add_document(
            key=[(document.report.id, 1)],
            grams=[(gram, 1) for gram in grams(document.text.text)],
            words=Counter(document.words.text).items(),
            row=section_entry(document),
            folded=folded_bytes(document.text),
            source=source_bytes(document.source),
        )
    first = documents[0]
    writer.add_document(key=[(first.report.id, 1)], row=report_entry(first), figures=figures_bytes(first.figures))


def _merge_tiers(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Few segments, each document rewritten seldom: when there are many, all but the largest become one.

    Segments that are mostly deleted are rewritten, those without anything alive are dropped.
    """
    alive = sorted((s for s in segments if s.doc_count()), key=lambda s: s.doc_count())
    sparse = [s for s in alive if s.doc_count() * 2 < s.doc_count_all()]
    kept = [s for s in alive if s not in sparse]
    if len(kept) >= _MAX_SEGMENTS:
        sparse += kept[:-_KEPT_SEGMENTS]
        kept = kept[-_KEPT_SEGMENTS:]
    for segment in sparse:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return kept


class _Rebuild:
    def __init__(self, folders: IndexFolders, lock: Any) -> None:
        self._folders = folders
        self._lock = lock
        self._folder = _new_index(folders)

    def begin(self, wait: float = 60.0) -> Writer:
        return _Writer(self._folder)

    def publish(self) -> None:
        writing = _locked(self._folders.root / "write.lock", 60.0, "Another process is writing to the search index.")
        try:
            self._folders.use(self._folder)
            self._folders.remove_unused()
        finally:
            writing.release()
            self._lock.release()

    def abandon(self) -> None:
        self._folders.remove(self._folder)
        self._lock.release()
