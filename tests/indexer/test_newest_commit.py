"""The newest commit is known without reading names again, and never passed over."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from index_samples import SEGMENTER, fill, make

from indexer.engines import whoosh_files
from indexer.engines.folders import IndexFolders
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.engines.whoosh_files import Newest

COARSE = 0.05
"""Seconds after which this machine's file system gives another time."""


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[WhooshEngine]:
    with WhooshEngine(tmp_path, SEGMENTER) as engine:
        fill(engine, make("a"), synced=1)
        yield engine


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets so many seconds pass."""
    passed = [0.0]
    monkeypatch.setattr(whoosh_files, "monotonic", lambda: passed[0])
    return lambda seconds: passed.__setitem__(0, passed[0] + seconds)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of commits that were read from a folder."""
    names: list[str] = []
    original = whoosh_files.generation

    def reading(folder: Path | None) -> str:
        names.append(original(folder))
        return names[-1]

    monkeypatch.setattr(whoosh_files, "generation", reading)
    return names


def settled(newest: Newest, later: Callable[[float], None]) -> str:
    """The newest commit, looked at so long that its times are believed."""
    newest.commit()
    later(3)
    return newest.commit().name


def test_names_are_read_again_only_after_a_change(
    tmp_path: Path, writer: WhooshEngine, later: Callable[[float], None], read: list[str]
) -> None:
    newest = Newest(IndexFolders(tmp_path))
    first = settled(newest, later)
    del read[:]
    assert [newest.commit().name for _ in range(5)] == [first] * 5
    assert read == []
    time.sleep(COARSE)
    fill(writer, make("b"), synced=2)
    second = newest.commit().name
    assert second == read[-1] != first


def test_a_swap_is_a_change(tmp_path: Path, writer: WhooshEngine, later: Callable[[float], None]) -> None:
    newest = Newest(IndexFolders(tmp_path))
    settled(newest, later)
    time.sleep(COARSE)
    beside = writer.rebuild()
    beside.begin().commit(5)
    beside.publish()
    folder, name = newest.commit()
    assert folder == tmp_path / "index-2"
    assert name.startswith("index-2.")
    assert settled(newest, later) == name


def test_a_commit_at_the_very_time_of_the_one_before_is_seen(
    tmp_path: Path, writer: WhooshEngine, later: Callable[[float], None]
) -> None:
    newest = Newest(IndexFolders(tmp_path))
    folder, first = newest.commit()
    assert folder is not None
    before = folder.stat()
    later(2)
    assert newest.commit().name == first
    fill(writer, make("b"), synced=2)
    os.utime(folder, ns=(before.st_atime_ns, before.st_mtime_ns))  # as a file system with coarse times has it
    assert newest.commit().name != first


def test_an_index_that_is_not_there_yet_is_looked_for_each_time(tmp_path: Path, later: Callable[[float], None]) -> None:
    newest = Newest(IndexFolders(tmp_path / "index"))
    assert settled(newest, later) == "empty"
    with WhooshEngine(tmp_path / "index", SEGMENTER) as writer:
        fill(writer, make("a"))
    assert newest.commit().folder == tmp_path / "index" / "index-1"
