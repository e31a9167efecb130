"""An empty archive, and a folder to put documents in, on a memory disk where there is one."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from archive_samples import TINY, Put, Run, now

from archive import Archive, Outcome, open_archive
from archive.ingest import ingest
from archive.reader import Reader

MEMORY_DISK = Path("/dev/shm")
"""Every original and every transaction is flushed to the disk; a busy disk would make these tests wait, not test more."""


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for the whole run."""
    if not os.access(MEMORY_DISK, os.W_OK):
        yield tmp_path_factory.mktemp("archive")
        return
    with tempfile.TemporaryDirectory(prefix="gongkai-tests-", dir=MEMORY_DISK) as folder:
        yield Path(folder)


@pytest.fixture
def tmp_path(scratch: Path) -> Path:
    """A folder for one test."""
    return Path(tempfile.mkdtemp(dir=scratch))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive."""
    with open_archive(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Writes a document below `in/` and gives its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def run(archive: Archive) -> Run:
    """Ingests paths with the reader of the tiny format, to the end."""

    def ingest_all(
        *paths: Path, reader: Reader = TINY, clock: Callable[[], str] = now, **options: object
    ) -> list[Outcome]:
        chosen: Sequence[Path] = paths
        return list(ingest(archive, chosen, now=clock, reader=reader, **options))

    return ingest_all
