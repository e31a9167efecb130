"""An index as Whoosh keeps it in a folder: table of contents, lock, segments. Commits are made here.

`clean_files` removes what no table of contents names: files of a writer that was killed go with the next commit.
"""

import os
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

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
