"""The audit finds what was damaged, names it, and finds nothing in a sound archive."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from archive_samples import Put, Run, tiny

from archive import Archive
from archive.catalog import writer_lock
from archive.verify import verify


@pytest.fixture
def original(archive: Archive, put: Put, run: Run) -> Path:
    """The stored bytes of the one report in the archive, made writable."""
    (outcome,) = run(put("a.txt", tiny()))
    run(put("b.txt", "no report"))
    path = archive.original(outcome.report_id or "").data_path
    path.chmod(0o644)
    return path


def found(archive: Archive, *, full: bool = True) -> list[str]:
    return [problem.kind for problem in verify(archive, full=full)]


def execute(archive: Archive, statement: str) -> None:
    with closing(sqlite3.connect(archive.home / "catalog.sqlite3")) as db, db:
        db.execute(statement)


def test_sound_archive_has_no_problems(archive: Archive, original: Path) -> None:
    assert found(archive) == found(archive, full=False) == []


def test_changed_bytes_are_found_by_the_full_audit(archive: Archive, original: Path) -> None:
    data = bytearray(original.read_bytes())
    data[-1] ^= 1
    original.write_bytes(data)
    assert found(archive, full=False) == []
    (problem,) = verify(archive, full=True)
    assert (problem.kind, problem.subject) == ("original.digest", original.parent.name + original.name)


def test_shortened_bytes_are_found_by_either_audit(archive: Archive, original: Path) -> None:
    original.write_bytes(original.read_bytes()[:-1])
    assert found(archive, full=False) == ["original.size"]
    assert found(archive) == ["original.size", "original.digest"]


def test_missing_bytes_are_found(archive: Archive, original: Path) -> None:
    original.unlink()
    assert found(archive, full=False) == ["original.missing"]


def test_stray_file_is_found_unless_a_run_may_be_about_to_file_it(archive: Archive, original: Path) -> None:
    archive.originals.store(b"stray", "b" * 64)
    assert found(archive, full=False) == ["original.stray"]
    with writer_lock(archive.lock_path):
        assert found(archive, full=False) == []


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("UPDATE versions SET text = text || '改'", ["text.digest"]),
        ("DELETE FROM readings", ["catalog", "reading.unusable"]),
        ("UPDATE readings SET body = x'00'", ["reading.unusable"]),
        ("UPDATE reports SET newest = 2", ["catalog.summary"]),
        ("DELETE FROM originals WHERE sha256 IN (SELECT sha256 FROM versions)", ["catalog"] * 3 + ["original.stray"]),
    ],
    ids=["text", "no reading", "broken reading", "summary", "reference"],
)
def test_damaged_catalog_is_found(archive: Archive, original: Path, statement: str, kinds: list[str]) -> None:
    execute(archive, statement)
    assert found(archive, full=False) == kinds
