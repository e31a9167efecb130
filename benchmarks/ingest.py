"""From parsed reports to a finished index, beside SQLite FTS5 and tantivy; and one report added to ours until it is found.

    python -m benchmarks.ingest [--reports N] [--jobs N] [--rounds N] [--whoosh]

Every engine gets its sections from as many worker processes (`indexer.preparing`) with the same segmenter; whatever can be done
in Python beforehand, for rivals too, is done there. Words and exact quotes are indexed by all. The clock starts when the workers
have started. Prints a Markdown table; nothing is asserted of times.
"""

import argparse
import os
import pickle
import resource
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import cast

from benchmarks.building import fill_index, unread
from benchmarks.corpus import base_reports
from benchmarks.printing import say, table, timed
from benchmarks.rivals import Entries, Entry, packed
from benchmarks.sqlite_engine import SqliteEngine
from benchmarks.stock_whoosh import StockWhoosh
from benchmarks.tantivy_engine import TantivyEngine
from indexer import SearchRequest, parse_request, search
from indexer.documents import Stored, index_documents
from indexer.engines.base import Pack
from indexer.engines.blocks import build_block
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.preparing import Prepare, Read, preparing
from indexer.segment import Segmenter

_ADDED = 25


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=2000, help="how many reports (default %(default)s)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="worker processes (default: one a core)")
    parser.add_argument(
        "--rounds", type=int, default=3, help="times that each is filled, in turn (default %(default)s)"
    )
    parser.add_argument("--whoosh", action="store_true", help="stock Whoosh too, once")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        print("\n".join(run(Path(folder), options.reports, options.jobs, options.rounds, whoosh=options.whoosh)))
    return 0


def run(folder: Path, count: int, jobs: int, rounds: int, *, whoosh: bool = False) -> list[str]:
    """All stages, in turn so many times; the lines of the report."""
    segmenter = Segmenter(folder / "jieba.cache")
    cutting = segmenter.accelerate() or "jieba"
    (folder / "reports.pickle").write_bytes(pickle.dumps(base_reports()))
    reader = partial(_reader, folder / "reports.pickle")
    ids = [str(n) for n in range(count)]
    sqlite, tantivy = partial(packed, SqliteEngine.entry), partial(packed, TantivyEngine.entry)
    stages: list[tuple[str, Pack, Callable[[Path, Prepare], object]]] = [
        ("ours", build_block, lambda place, prepare: fill_index(WhooshEngine(place, segmenter), prepare, ids)),
        ("FTS5", sqlite, lambda place, prepare: SqliteEngine(place).fill(_entries(prepare, sqlite, ids))),
        ("tantivy", tantivy, lambda place, prepare: TantivyEngine(place).fill(_entries(prepare, tantivy, ids))),
    ]
    taken: dict[str, list[tuple[float, float]]] = {}
    for n in range(rounds):
        for name, pack, fill in stages:
            taken.setdefault(name, []).append(_timed(folder / f"{name}-{n}", reader, segmenter, pack, ids, jobs, fill))
    if whoosh:
        stock = partial(packed, StockWhoosh.entry)
        taken[StockWhoosh.name] = [
            _timed(folder / "stock", reader, segmenter, stock, ids, jobs,
                   lambda place, prepare: StockWhoosh(place).fill(_entries(prepare, stock, ids)))
        ]  # fmt: skip
    head = (
        f"{count} parsed reports to a finished index, {jobs} workers, {cutting}; median of {rounds} rounds",
        "s",
        "reports/s",
        "processor s, workers' start included",
        "time / ours",
    )
    ours = taken["ours"]
    rows = [
        (
            name,
            f"{(seconds := median(s for s, _ in times)):.1f}",
            f"{count / seconds:.0f}",
            f"{median(used for _, used in times):.1f}",
            f"{median(s / mine for (s, _), (mine, _) in zip(times, ours, strict=False)):.2f}",
        )
        for name, times in taken.items()
    ]
    largest = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    engine = WhooshEngine(folder / "ours-0", segmenter)
    return [
        *table(head, rows), "",
        f"One report added to {count} and found, after it was parsed: {_one(engine, reader, segmenter):.1f} ms "
        f"(median of {_ADDED}, merges included). Largest process: {largest} MB.",
    ]  # fmt: skip


def _timed(
    place: Path,
    reader: Callable[[], Read],
    segmenter: Segmenter,
    pack: Pack,
    ids: Sequence[str],
    jobs: int,
    fill: Callable[[Path, Prepare], object],
) -> tuple[float, float]:
    """Seconds and processor seconds of filling one index."""
    before = _processor_seconds()
    with preparing(unread, reader, segmenter, len(ids), jobs) as prepare:
        deque(prepare(pack, ids[: 400 * jobs]), maxlen=0)  # now all of them have read and cut something
        _, seconds = timed(partial(fill, place, prepare))
    say(f"{place.name}: {seconds:.1f} s")
    return seconds, _processor_seconds() - before


def _processor_seconds() -> float:
    """What this process and those that it waited for have used."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in found)


def _reader(path: Path) -> Read:
    """Reports by number, under ids of their own."""
    kept: tuple[Stored, ...] = pickle.loads(path.read_bytes())
    return lambda number: replace(kept[int(number) % len(kept)], id=f"r-{int(number):06d}")


def _entries(prepare: Prepare, pack: Pack, ids: Sequence[str]) -> Iterator[Entry]:
    for prepared in prepare(pack, ids):
        yield from cast(Entries, prepared.packed).entries


def _one(engine: WhooshEngine, reader: Callable[[], Read], segmenter: Segmenter) -> float:
    """Milliseconds from a parsed report to the first answer that holds it."""
    read, taken = reader(), []
    request = parse_request({"q": ["公开"], "sort": ["agency"]})
    total = search(engine, request).total
    for n in range(_ADDED):
        report = replace(read(str(n)), id=f"new-{n}")
        found, seconds = timed(partial(_add, engine, report, segmenter, request))
        taken.append(seconds * 1000)
        if found != total + n + 1:
            raise SystemExit("The report that was added is not found.")
    return median(taken)


def _add(engine: WhooshEngine, report: Stored, segmenter: Segmenter, request: SearchRequest) -> int:
    writer = engine.begin()
    writer.replace(report.id, index_documents(report, segmenter))
    writer.commit(2)
    return search(engine, request).total


if __name__ == "__main__":
    sys.exit(main())
