"""Our engine alone, at any size: time, memory and disk of building its index, and the server's time for a frequent word.

    python -m benchmarks.building [--reports N] [--jobs N] [--folder DIR]

Parsed reports go through worker processes into a finished index, as `gongkai reindex` does it. Memory is that of all processes
together. The page is asked of the site itself, with an empty archive beside the index. Nothing is asserted of times.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from benchmarks.memory import Watch
from benchmarks.printing import say, table, timed
from benchmarks.reports import reading, write_bases
from indexer import Engine, open_engine
from indexer.documents import Stored
from indexer.engines.base import Rebuild
from indexer.preparing import Prepare, Read, preparing
from indexer.sync import BATCH

_ASKED = 51
_WORD = "公开"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.building", description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=2000, help="how many reports (default %(default)s)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="worker processes (default: one a core)")
    parser.add_argument("--folder", type=Path, help="keep the index here")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as scratch:
        print("\n".join(run(options.folder or Path(scratch), options.reports, options.jobs)))
    return 0


def run(folder: Path, count: int, jobs: int) -> list[str]:
    """All stages; the lines of the report."""
    home = made_home(folder)
    reader = partial(reading, folder / "reports.pickle")
    with open_engine("whoosh:", home) as engine, Watch() as watch:
        cutting = engine.segmenter.accelerate() or "jieba"
        _, seconds = timed(lambda: build_index(engine, reader, list(map(str, range(count))), jobs))
    say(f"built: {seconds:.1f} s")
    pages = page_times(folder)
    disk = sum(file.stat().st_size for file in (home / "index").rglob("*") if file.is_file()) / 1e6
    found = [
        ("building, s", f"{seconds:.1f}"),
        ("reports/s", f"{count / seconds:.0f}"),
        (f"memory of all {watch.highest.processes} processes at its highest, MB", f"{watch.highest.own:.0f}"),
        ("mapped files in memory at their highest, MB", f"{watch.most_mapped:.0f}"),
        ("index on disk, MB", f"{disk:.1f}"),
        (f"page of {_WORD}, server's time, median of {_ASKED}, ms", f"{median(pages):.1f}"),
        ("the same, 95th percentile, ms", f"{quantiles(pages, n=20)[-1]:.1f}"),
    ]
    return table((f"{count} reports, {jobs} workers, {cutting}", ""), found)


def made_home(folder: Path) -> Path:
    """The home in `folder`, with the reports beside it."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    write_bases(folder / "reports.pickle")
    return home


def build_index(engine: Engine, reader: Callable[[], Read], ids: Sequence[str], jobs: int) -> None:
    """The index of these reports, built as `gongkai reindex` does, processes started for it."""
    with preparing(unread, reader, engine.segmenter, len(ids), jobs) as prepare:
        beside = _filled(engine, prepare, ids)
    beside.publish()


def fill_index(engine: Engine, prepare: Prepare, ids: Sequence[str]) -> None:
    """The index of prepared reports, built beside and swapped in."""
    _filled(engine, prepare, ids).publish()


def _filled(engine: Engine, prepare: Prepare, ids: Sequence[str]) -> Rebuild:
    beside = engine.rebuild()
    for first in range(0, len(ids), BATCH):
        writer = beside.begin()
        for prepared in prepare(writer.pack, ids[first : first + BATCH]):
            writer.replace_packed(prepared.packed)
        writer.commit(len(ids))
    return beside


def unread(report_id: str) -> Stored:
    """Stands where this process would read a report; it never should."""
    raise SystemExit("Only worker processes read reports here: at least 2 workers and 400 reports are needed.")


def page_times(folder: Path) -> list[float]:
    """Milliseconds that the site takes for the page of a frequent word, after the first time."""
    from archive import open_archive  # both here, so that what they load is not in the memory of building
    from webui.app import create_app

    with open_archive(folder / "archive") as archive, open_engine("whoosh:", folder / "home") as engine:
        client = create_app(archive, lambda: engine, base_url=None, now=lambda: "2026-01-01T00:00:00Z").test_client()
        taken = []
        for _ in range(_ASKED + 1):
            answer, seconds = timed(lambda: client.get("/search", query_string={"q": _WORD}))
            if answer.status_code != 200:
                raise SystemExit(f"The site answered {answer.status}.")
            taken.append(seconds * 1000)
    return taken[1:]


if __name__ == "__main__":
    sys.exit(main())
