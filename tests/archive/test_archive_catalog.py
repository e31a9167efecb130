"""The catalog file: migrations, transactions, threads, and the one-writer lock."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from archive_samples import ROOT, TINY, now, tiny

from archive import Archive, open_archive
from archive.catalog import Catalog, is_locked, read, write, writer_lock
from archive.ingest import ingest
from corpus.errors import ArchiveError, BusyError, NotFoundError


def test_new_catalog_keeps_a_write_ahead_log_and_its_migrations(tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "c")) as catalog, catalog.snapshot() as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert [row["name"] for row in db.execute("SELECT name FROM migrations")] == ["001_catalog", "002_across"]


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        with closing(Catalog(tmp_path / "c")) as catalog, catalog.snapshot() as db:
            assert read.last_change(db) == 0


def test_catalog_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "c")) as catalog, catalog.transaction() as db:
        db.execute("INSERT INTO migrations VALUES ('999_future')")
    with pytest.raises(ArchiveError, match="made by a newer version"):
        Catalog(tmp_path / "c")


def test_file_that_is_no_catalog_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c").write_bytes(b"not a database, and long enough to be looked at" * 50)
    with pytest.raises(ArchiveError, match="cannot be used"):
        Catalog(tmp_path / "c")


def test_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x")
    with pytest.raises(ArchiveError, match="cannot be used"):
        open_archive(tmp_path / "home")


def test_transaction_that_raises_leaves_nothing(tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "c")) as catalog:
        with pytest.raises(KeyError), catalog.transaction() as db:
            write.add_original(db, "a" * 64, 1, now())
            raise KeyError
        with catalog.snapshot() as db:
            assert read.originals(db) == []


def test_reference_to_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with (
        closing(Catalog(tmp_path / "c")) as catalog,
        pytest.raises(sqlite3.IntegrityError),
        catalog.transaction() as db,
    ):
        write.note_change(db, "no-such-report")


def test_snapshot_sees_one_state_while_another_thread_writes(tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "c")) as catalog:

        def add() -> None:
            with catalog.transaction() as db:
                write.add_original(db, "a" * 64, 1, now())

        with catalog.snapshot() as db:
            before = read.originals(db)
            thread = threading.Thread(target=add)
            thread.start()
            thread.join()
            assert read.originals(db) == before == []
        with catalog.snapshot() as db:
            assert len(read.originals(db)) == 1


def test_archive_answers_many_threads_while_a_run_writes(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for year in range(2010, 2026):
        (folder / f"{year}.txt").write_text(tiny("云棠县财政局", year))
    errors: list[BaseException] = []
    done = threading.Event()

    def look() -> None:
        try:
            while not done.is_set():
                for summary in archive.summaries():
                    assert archive.report(summary.id).report.agency == "云棠县财政局"
                assert archive.last_change() >= 0
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    outcomes = list(ingest(archive, [folder], now=now, reader=TINY))
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(outcomes) == len(list(archive.summaries())) == 16


def test_unknown_report_is_not_found(archive: Archive) -> None:
    with pytest.raises(NotFoundError, match="There is no report 'nothing'"):
        archive.report("nothing")


# --- the lock ---------------------------------------------------------------------------------------------------------


def test_lock_is_free_again_after_the_block(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with writer_lock(path):
        assert is_locked(path)
        with pytest.raises(BusyError), writer_lock(path, wait=False):
            pass
    assert not is_locked(path)


def test_waiting_says_so_once_and_goes_on_when_the_holder_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    script = f"""
import sys, time; sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from archive.catalog import writer_lock
with writer_lock(Path({str(path)!r})):
    print("held", flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        told: list[str] = []

        def notify(text: str) -> None:
            told.append(text)
            holder.kill()

        with writer_lock(path, notify=notify):
            assert told == ["Another process is writing to this archive; waiting for it to finish."]
