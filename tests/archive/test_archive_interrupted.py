"""Killed at any moment and started again, a run ends in the archive of an undisturbed one; two runs at once take turns.

Every run is a process of its own, forked so that it need not import everything again, and really killed.
"""

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from archive_samples import TINY, now, tiny

from archive import filing, open_archive
from archive.catalog import write
from archive.ingest import ingest
from archive.verify import verify

DOCUMENTS = 30
OUTCOMES = 33

# Steps of a run before which it can be made to kill itself.
STEPS: dict[str, tuple[Any, str]] = {
    "flush": (os, "fsync"),  # the bytes are in a temporary file
    "rename": (Path, "replace"),
    "original row": (write, "add_original"),
    "version row": (write, "add_version"),
    "reading row": (write, "use_reading"),
    "source row": (write, "add_source"),
    "summary": (filing, "refresh_report"),
    "change": (write, "note_change"),
    "log": (write, "log_outcome"),
    "end": (write, "finish_run"),
}

# what is compared: everything but the log of the runs
TABLES = (
    "originals", "reports", "versions", "readings", "sources", "corrections", "tombstones", "series_findings", "changes",
)  # fmt: skip
CONTENT = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def documents(scratch: Path) -> Path:
    """Thirty documents: years of several bodies, versions, copies, several reports on a page, and bad ones."""
    folder = scratch / "documents"
    folder.mkdir()
    for i in range(DOCUMENTS):
        year = 2010 + i // 3
        text = tiny(
            f"{'云棠县望州市海棠区'[i % 3 * 3 : i % 3 * 3 + 3]}财政局", year, f"carried_in={i}", "carried_out=0", "文。"
        )
        if i % 10 == 4:
            text = tiny("云棠县财政局", 2010, f"第{i}次更正。")  # another version of the first
        elif i % 10 == 7:
            text += "\n" + tiny("云棠县教育局", year)
        elif i % 10 == 8:
            text = ["no report", "#crash", tiny(None, 2020)][i // 10]
        (folder / f"{i:02}.txt").write_text(text)
    return folder


def kill_before(step: str, number: int) -> None:
    """Lets this process kill itself before the step happens for the `number`-th time."""
    owner, name = STEPS[step]
    real: Callable[..., Any] = getattr(owner, name)
    left = number

    def counted(*args: Any, **options: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **options)

    setattr(owner, name, counted)


def work(home: Path, folder: Path, moment: str, number: int, jobs: int, log: Path) -> None:
    """The whole life of one run: `moment` is a step, `outcome` (after that many) or `never`."""
    os.setsid()
    if moment in STEPS:
        kill_before(moment, number)
    with open_archive(home) as archive, log.open("w") as lines:

        def say(text: str) -> None:
            print(text, file=lines, flush=True)

        run = ingest(archive, [folder], now=now, jobs=jobs, reader=TINY, notify=lambda text: say("notice"))
        for count, outcome in enumerate(run, 1):
            say(outcome.kind.value)
            if moment == "outcome" and count == number:
                os.kill(os.getpid(), signal.SIGKILL)


def start(
    home: Path, folder: Path, moment: str = "never", number: int = 0, jobs: int = 1, log: str = "log"
) -> BaseProcess:
    arguments = (home, folder, moment, number, jobs, home.with_name(f"{home.name}.{log}"))
    process = get_context("fork").Process(target=work, args=arguments)
    process.start()
    return process


def finish(process: BaseProcess, code: int) -> None:
    process.join(120)
    assert process.exitcode == code


def content(home: Path) -> CONTENT:
    with closing(sqlite3.connect(home / "catalog.sqlite3")) as db:
        tables = {table: sorted(map(tuple, db.execute(f"SELECT * FROM {table}")), key=repr) for table in TABLES}
    files = sorted((str(p.relative_to(home)), p.read_bytes()) for p in (home / "originals").rglob("*") if p.is_file())
    return {**tables, "files": [tuple(file) for file in files]}


def problems(home: Path) -> list[str]:
    with open_archive(home) as archive:
        return [f"{p.kind} {p.subject}: {p.message}" for p in verify(archive, full=True)]


@pytest.fixture(scope="module")
def undisturbed(documents: Path, scratch: Path) -> CONTENT:
    home = scratch / "undisturbed"
    finish(start(home, documents), 0)
    assert problems(home) == []
    whole = content(home)
    assert len(whole["reports"]) > 20
    assert len(whole["versions"]) > len(whole["reports"])
    assert whole["series_findings"]
    return whole


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        ("outcome", 1),
        ("outcome", 17),
        ("outcome", 31),
        ("flush", 25),
        ("rename", 11),
        ("original row", 8),
        ("version row", 9),
        ("reading row", 10),
        ("source row", 12),
        ("summary", 14),
        ("change", 20),
        ("log", 16),
        ("end", 1),
    ],
    ids=lambda value: str(value),
)
def test_killed_and_started_again_is_as_if_undisturbed(
    tmp_path: Path, documents: Path, undisturbed: CONTENT, moment: str, number: int
) -> None:
    home = tmp_path / "home"
    finish(start(home, documents, moment, number), -signal.SIGKILL)
    with open_archive(home) as archive:  # what is there is whole, and can be read before the run is repeated
        for summary in archive.summaries():
            assert archive.report(summary.id).report.text
    finish(start(home, documents), 0)
    assert content(home) == undisturbed
    assert problems(home) == []


def test_killed_again_and_again(tmp_path: Path, documents: Path, undisturbed: CONTENT) -> None:
    home = tmp_path / "home"
    for moment, number in (("rename", 3), ("summary", 2), ("outcome", 9), ("log", 20)):
        finish(start(home, documents, moment, number), -signal.SIGKILL)
    finish(start(home, documents), 0)
    assert content(home) == undisturbed


def test_killed_with_worker_processes(tmp_path: Path, documents: Path, undisturbed: CONTENT) -> None:
    home = tmp_path / "home"
    killed = start(home, documents, "outcome", 12, jobs=2)
    finish(killed, -signal.SIGKILL)
    assert killed.pid is not None
    assert is_gone(killed.pid)  # no worker outlives its run
    finish(start(home, documents, jobs=2), 0)
    assert content(home) == undisturbed


def is_gone(group: int) -> bool:
    """Whether every process of the group ends within ten seconds."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_two_runs_at_once_take_turns(tmp_path: Path, documents: Path, undisturbed: CONTENT) -> None:
    home = tmp_path / "home"
    for run in [start(home, documents, log=log) for log in ("one", "two")]:
        finish(run, 0)
    logs = [home.with_name(f"home.{log}").read_text().splitlines() for log in ("one", "two")]
    outcomes = [line for lines in logs for line in lines if line != "notice"]
    assert len(outcomes) == 2 * OUTCOMES
    assert outcomes.count("added") + outcomes.count("new_version") == len(undisturbed["versions"])
    assert content(home) == undisturbed
    assert problems(home) == []
