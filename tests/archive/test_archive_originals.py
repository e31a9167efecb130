"""Bytes under their digest: kept once, read-only, never half."""

import stat
from hashlib import sha256
from pathlib import Path

import pytest

from archive.originals import Originals
from corpus.errors import ArchiveError

DATA = "云棠县财政局".encode()
DIGEST = sha256(DATA).hexdigest()


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    (tmp_path / "originals").mkdir()
    return Originals(tmp_path / "originals")


def test_bytes_lie_read_only_under_their_digest(originals: Originals) -> None:
    assert originals.store(DATA, DIGEST)
    path = originals.root / DIGEST[:2] / DIGEST[2:]
    assert path == originals.path(DIGEST)
    assert path.read_bytes() == originals.read(DIGEST) == DATA
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert originals.actual_digest(DIGEST) == DIGEST
    assert list(originals.digests()) == [DIGEST]


def test_storing_again_changes_nothing(originals: Originals) -> None:
    originals.store(DATA, DIGEST)
    before = originals.path(DIGEST).stat()
    assert not originals.store(DATA, DIGEST)
    after = originals.path(DIGEST).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_file_of_another_length_is_replaced(originals: Originals) -> None:
    originals.store(DATA, DIGEST)
    originals.path(DIGEST).chmod(0o644)
    originals.path(DIGEST).write_bytes(DATA[:5])
    assert originals.store(DATA, DIGEST)
    assert originals.read(DIGEST) == DATA


def test_no_temporary_file_is_left(originals: Originals) -> None:
    originals.store(DATA, DIGEST)
    assert [p.name for p in originals.root.rglob("*") if p.is_file()] == [DIGEST[2:]]


def test_leftovers_are_removed_and_are_no_originals(originals: Originals) -> None:
    originals.store(DATA, DIGEST)
    leftover = originals.root / DIGEST[:2] / ".tmp-0123456789abcdef"
    leftover.write_bytes(b"half")
    assert list(originals.digests()) == [DIGEST]
    assert originals.remove_leftovers() == 1
    assert not leftover.exists()
    assert originals.read(DIGEST) == DATA


def test_missing_bytes_are_an_error_with_a_hint(originals: Originals) -> None:
    with pytest.raises(ArchiveError, match=r"cannot be read.*gongkai verify --full"):
        originals.read(DIGEST)


def test_unusable_folder_is_an_archive_error(tmp_path: Path) -> None:
    (tmp_path / "originals").write_text("a file where the folder should be")
    with pytest.raises(ArchiveError, match="could not be stored"):
        Originals(tmp_path / "originals").store(DATA, DIGEST)
