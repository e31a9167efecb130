"""An index as Whoosh keeps it in a folder: table of contents, lock, segments. Commits are made here.

`clean_files` removes what no table of contents names: files of a writer that was killed go with the next commit.
"""

import os
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any, Final, NamedTuple

from whoosh import index
from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import FileLock, try_for

from corpus.errors import ArchiveError, BusyError
from indexer import stamp
from indexer.engines.folders import IndexFolders
from indexer.engines.whoosh_codec import ArraySegment, schema

HINT = "Run `gongkai reindex` to build it anew from the archive."
_NAME = "MAIN"
_TOC = re.compile(rf"_{_NAME}_([0-9]+)\.toc")
_SETTLED: Final = 2.5
"""Seconds that make another time of a file: the coarsest file systems keep times in steps of two seconds."""


def locked(path: Path, wait: float, busy: str) -> Any:
    """The lock `path`, held. Raises `BusyError` with the message `busy` when another process keeps it too long."""
    lock = FileLock(str(path))
    if not try_for(lock.acquire, timeout=wait, delay=0.05):
        raise BusyError(busy, hint="Wait until it is done, then try again.")
    return lock


def new_index(folders: IndexFolders) -> Path:
    """An empty index in a new folder."""
    folder = folders.create()
    stamp.write(folder, stamp.current())
    index.create_in(str(folder), schema(), indexname=_NAME)
    return folder


def generation(folder: Path | None) -> str:
    """The name of the newest commit: folder and number."""
    if folder is None:
        return "empty"
    try:
        found = [match[1] for file in os.scandir(folder) if (match := _TOC.fullmatch(file.name))]
    except FileNotFoundError:
        found = []
    return f"{folder.name}.{max(map(int, found), default=-1)}"


class Commit(NamedTuple):
    """A commit and where it is; `folder` is `None` as long as there is no index."""

    folder: Path | None
    name: str


class _Seen(NamedTuple):
    """A commit that was the newest, the times by which one sees that it still is, and since when they stand."""

    commit: Commit
    times: tuple[int, ...]
    since: float
    settled: bool


class Newest:
    """The newest commit below a root. May be asked by several threads.

    A commit changes the time of its folder, a swap that of `current`, so names are read again only when a time is another one.
    File systems keep times in steps: a time is believed once names were read so long after it was first seen that every
    later change gives another one.
    """

    def __init__(self, folders: IndexFolders) -> None:
        self._folders = folders
        self._seen = _Seen(Commit(None, ""), (), 0.0, settled=False)

    def commit(self) -> Commit:
        """The newest commit, also one made by another process just now."""
        seen = self._seen
        if seen.settled and _times(self._folders.pointer, seen.commit.folder) == seen.times:
            return seen.commit
        now, before = monotonic(), _times(self._folders.pointer)
        folder = self._folders.current()
        times = before + _times(folder)  # all taken before the names are read that they speak for
        found = Commit(folder, generation(folder))
        since = seen.since if times == seen.times else now
        self._seen = _Seen(found, times, since, len(times) == 4 and now - since > _SETTLED)
        return found


def _times(*paths: Path | None) -> tuple[int, ...]:
    """When files and folders were changed, and which they are; nothing of those that are not there."""
    found: list[int] = []
    for path in paths:
        try:
            if path is not None:
                state = path.stat()
                found += (state.st_mtime_ns, state.st_ino)
        except FileNotFoundError:
            pass
    return tuple(found)


def differences(folder: Path) -> list[str]:
    """The rules that the index in `folder` was made by and that have changed."""
    return list(_differences(folder, stamp.changed_at(folder)))


@lru_cache(maxsize=16)
def _differences(folder: Path, changed_at: int | None) -> tuple[str, ...]:
    """The same, read once for every state of the stamp."""
    made = stamp.read(folder)
    return ("stamp",) if made is None else tuple(made.differences(stamp.current()))


def new_segment() -> ArraySegment:
    """A segment with a name of its own, not yet part of any commit."""
    return ArraySegment(_NAME)


def read_segments(folder: Path) -> list[ArraySegment]:
    """The segments of the newest commit. Raises `ArchiveError` when an older or newer program made them."""
    toc = index.TOC.read(FileStorage(str(folder)), _NAME)
    if not all(isinstance(segment, ArraySegment) for segment in toc.segments):
        raise ArchiveError("The search index was made by another version of this program.", hint=HINT)
    return list(toc.segments)


def synced(segments: Sequence[ArraySegment]) -> int:
    """The archive's change up to which a commit with these segments is."""
    return max((segment.synced for segment in segments), default=0)


def commit(folder: Path, segments: Sequence[ArraySegment], reached: int) -> None:
    """Makes `segments` the newest commit, which reaches to that change of the archive, and removes unused files."""
    storage = FileStorage(str(folder))
    kept = list(segments) or [new_segment()]
    for segment in kept:
        segment.synced = reached
    toc = index.TOC.read(storage, _NAME)
    made = index.TOC(toc.schema, kept, toc.generation + 1)
    made.write(storage, _NAME)
    index.clean_files(storage, _NAME, made.generation, kept)
