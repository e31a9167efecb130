"""Parsing, ingest, indexing and searching of invented reports, beside SQLite FTS5 in the same run. Prints a Markdown table.

    python -m benchmarks.compare [--reports N] [--jobs N] [--repeat N]

Both engines are driven by the same code (`indexer.sync`, `indexer.search`): the same documents in, the same hits with snippets and the same
ten facets out. Totals and facet counts of every query must be equal, or the run stops. Times are medians; nothing is asserted of them.
"""

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, TypeVar

from archive import Archive, open_archive
from archive.ingest import ingest
from benchmarks.formats import time_formats
from benchmarks.queries import Query, queries
from benchmarks.sqlite_engine import SqliteEngine
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.synthetic import demo_renderings
from indexer import Engine, open_engine, parse_request, search, sync

T = TypeVar("T")

SEED = 2030
DEFAULT_REPORTS = 1000
DEFAULT_REPEAT = 25
PARSED_AT_MOST = 200
"""Documents whose parsing is timed one by one; the rest would only repeat it."""
_FORMATS = 10
"""Word and PDF files each that are timed."""
NOW = "2026-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered report on disk."""

    path: Path
    media_type: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the query table; times in milliseconds."""

    query: Query
    total: int
    ours: Sequence[float]
    rival: Sequence[float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; the exit code."""
    options = _options(arguments)
    load = os.getloadavg()[0]
    started = perf_counter()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        report = run(Path(folder), options.reports, options.jobs, options.repeat)
    seconds = perf_counter() - started
    print("\n".join([*_setting(options, load, seconds), "", *report]))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=DEFAULT_REPORTS, help="how many reports (default %(default)s)")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="processes that read (default: one a core)"
    )
    parser.add_argument(
        "--repeat", type=int, default=DEFAULT_REPEAT, help="times each query is asked (default %(default)s)"
    )
    return parser.parse_args(arguments)


def run(folder: Path, count: int, jobs: int, repeat: int) -> list[str]:
    """All stages; the lines of the report."""
    documents = write_documents(folder / "documents", count)
    say(f"{len(documents)} documents written")
    parsing = {**time_parsing(documents), **time_formats(min(_FORMATS, max(1, count // 20)))}
    say("parsing timed")
    with open_archive(folder / "home") as archive:
        taken, ingest_seconds = timed(lambda: take_in(archive, folder / "documents", jobs))
        say(f"ingest: {ingest_seconds:.1f} s")
        ours = open_engine("whoosh:", archive.home)
        ours.segmenter.words("预热")  # the dictionary is loaded once a process, for both engines
        result, ours_seconds = timed(lambda: sync(archive, ours))
        say(f"our index: {ours_seconds:.1f} s")
        rival = SqliteEngine(folder / "rival.sqlite3", ours.segmenter)
        _, rival_seconds = timed(lambda: fill_rival(archive, rival))
        say(f"FTS5 index: {rival_seconds:.1f} s")
        first = time_first(archive.home)
        rows = [compare(query, ours, rival, repeat) for query in queries(rival)]
        sections = rival.db.execute("SELECT count(*) FROM section").fetchone()[0]
        lines = [
            *_parse_table(parsing),
            "",
            *_build_table(result.replaced, sections, taken, ingest_seconds, ours_seconds, rival_seconds, jobs),
            "",
            *_size_table(folder, archive.home),
            "",
            *_query_table(rows, first, repeat),
        ]
        ours.close()
        rival.close()
    return lines


# --- stages ----------------------------------------------------------------------------------------------------------


def write_documents(folder: Path, count: int) -> list[Document]:
    """The invented reports as files, in the mix of layouts of the sample archive."""
    documents = []
    for name, rendering in demo_renderings(SEED, count):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(rendering.data)
        documents.append(Document(path, rendering.media_type))
    return documents


def time_parsing(documents: Sequence[Document]) -> dict[str, list[float]]:
    """Media type → seconds per document, from bytes to reports, in this process."""
    read_all(documents[:3])  # vocabulary and tables are loaded once a process
    step = max(1, len(documents) // PARSED_AT_MOST)
    times: dict[str, list[float]] = defaultdict(list)
    for document in documents[::step][:PARSED_AT_MOST]:
        data = document.path.read_bytes()
        _, seconds = timed(lambda: parse_document(read_document(data, document.path.name)))  # noqa: B023 - called at once
        times[document.media_type].append(seconds)
    return dict(times)


def read_all(documents: Sequence[Document]) -> None:
    """Reads documents and forgets them."""
    for document in documents:
        parse_document(read_document(document.path.read_bytes(), document.path.name))


def take_in(archive: Archive, folder: Path, jobs: int) -> int:
    """Everything into the archive; how many reports were added."""
    return sum(outcome.kind == "added" for outcome in ingest(archive, [folder], now=lambda: NOW, jobs=jobs))


def fill_rival(archive: Archive, rival: SqliteEngine) -> None:
    """The rival's index, from the same archive by the same code."""
    sync(archive, rival)  # type: ignore[arg-type]  # it has what is used here, not a rebuild
    rival.finish()


def time_first(home: Path) -> float:
    """Seconds from opening our index to the first answer; the segmenter's dictionary is loaded already."""
    with open_engine("whoosh:", home) as engine:
        return timed(lambda: search(engine, parse_request({"q": ["公开"]})))[1]


def compare(query: Query, ours: Engine, rival: Any, repeat: int) -> Row:
    """The medians of both engines, asked in turn. Stops the run when they do not say the same numbers."""
    request = parse_request({"q": [query.q], **query.filters})
    answers = [search(engine, request) for engine in (ours, rival)]
    counts = [(a.total, {n: {e.value: e.count for e in entries} for n, entries in a.facets.items()}) for a in answers]
    if counts[0] != counts[1]:
        raise SystemExit(f"The engines disagree about {query.q!r}: {counts[0]} and {counts[1]}")
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeat):
        for engine, taken in zip((ours, rival), times, strict=True):
            taken.append(timed(lambda: search(engine, request))[1])  # noqa: B023 - called at once
    return Row(query, answers[0].total, *([seconds * 1000 for seconds in taken] for taken in times))


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` gives, and how many seconds it took."""
    started = perf_counter()
    result = work()
    return result, perf_counter() - started


# --- the report ------------------------------------------------------------------------------------------------------


def say(text: str) -> None:
    """A line of progress."""
    print(text, file=sys.stderr, flush=True)


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """The lines of a Markdown table; all columns but the first are figures."""
    lines = ["| " + " | ".join(headers) + " |", "|---|" + "---:|" * (len(headers) - 1)]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]


def _setting(options: argparse.Namespace, load: float, seconds: float) -> list[str]:
    versions = ", ".join(f"{name} {version(name)}" for name in ("Whoosh", "jieba", "beautifulsoup4", "lxml"))
    return [
        f"{options.reports} invented reports, seed {SEED}, {options.jobs} processes for reading, {options.repeat} repeats.",
        f"{_processor()}, {os.cpu_count()} cores; load average {load:.1f} before and {os.getloadavg()[0]:.1f} after; "
        f"the run took {seconds:.0f} s.",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}.",
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = (
        [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        if info.exists()
        else []
    )
    return names[0] if names else platform.processor() or platform.machine()


def _parse_table(times: dict[str, list[float]]) -> list[str]:
    every = [seconds for found in times.values() for seconds in found]
    rows = [(name, *_parse_figures(found)) for name, found in sorted(times.items())]
    return table(
        ("parsing, one process", "documents", "median ms", "slowest ms", "documents/s"),
        [*rows, ("all", *_parse_figures(every))],
    )


def _parse_figures(seconds: Sequence[float]) -> tuple[object, ...]:
    return (
        len(seconds),
        f"{median(seconds) * 1000:.0f}",
        f"{max(seconds) * 1000:.0f}",
        f"{len(seconds) / sum(seconds):.1f}",
    )


def _build_table(
    reports: int, sections: int, added: int, ingest_seconds: float, ours: float, rival: float, jobs: int
) -> list[str]:
    rows = [
        (f"ingest, {jobs} processes: originals, parser, checks, catalog", added, "", f"{ingest_seconds:.1f}", _rate(added, ingest_seconds)),
        ("our index (Whoosh): pairs, words, columns, texts", reports, sections, f"{ours:.1f}", _rate(reports, ours)),
        ("end to end", reports, sections, f"{ingest_seconds + ours:.1f}", _rate(reports, ingest_seconds + ours)),
        ("beside it: FTS5 index from the same archive", reports, sections, f"{rival:.1f}", _rate(reports, rival)),
    ]  # fmt: skip
    return table(("building", "reports", "sections", "s", "reports/s"), rows)


def _rate(count: int, seconds: float) -> str:
    return f"{count / seconds:.1f}"


def _size_table(folder: Path, home: Path) -> list[str]:
    parts = [
        ("documents", folder / "documents"),
        ("catalog", home / "catalog.sqlite3"),
        ("our index", home / "index"),
        ("FTS5 index", folder / "rival.sqlite3"),
    ]
    return table(("on disk", "MB"), [(name, f"{_bytes(path) / 1e6:.1f}") for name, path in parts])


def _bytes(path: Path) -> int:
    beside = path.parent.glob(f"{path.name}*") if path.is_file() else path.rglob("*")
    return sum(p.stat().st_size for p in beside if p.is_file())


def _query_table(rows: Sequence[Row], first: float, repeat: int) -> list[str]:
    shown = [
        (row.query.name, f"`{row.query.q or '*'}`", row.total, f"{median(row.ours):.1f}", f"{min(row.ours):.1f}",
         f"{median(row.rival):.1f}", f"{min(row.rival):.1f}", f"{median(row.rival) / median(row.ours):.2f}")
        for row in rows
    ]  # fmt: skip
    headers = ("query", "q", "reports", "ours, ms", "fastest", "FTS5, ms", "fastest", "FTS5 / ours")
    return [
        *table(headers, shown),
        "",
        f"Medians of {repeat}, in turn: 20 hits with snippets, exact total and ten facets. Our first answer after opening "
        f"the index: {first * 1000:.0f} ms.",
    ]


if __name__ == "__main__":
    sys.exit(main())
