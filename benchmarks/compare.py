"""Search beside SQLite FTS5, tantivy and stock Whoosh, in one run over the same documents. Prints Markdown tables.

    python -m benchmarks.compare [--reports N] [--repeat N] [--whoosh N] [--only WORKLOAD] [--folder DIR]

A full query is: the ten best, the exact count, five facets, ten snippets with marks (ours counts all its ten facets). Engines
are asked in turn; medians and 95th percentiles; no answer is kept by any of them. Counts and facets of exact quotes must be
equal everywhere, or the run stops. Nothing is asserted of times.
"""

import argparse
import os
import platform
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.corpus import SEED, Corpus
from benchmarks.printing import say, table, timed
from benchmarks.queries import Query, queries
from benchmarks.rivals import FACETS, Entry, Reply, Rival, shown
from benchmarks.sqlite_engine import SqliteEngine
from benchmarks.stock_whoosh import StockWhoosh
from benchmarks.tantivy_engine import TantivyEngine
from indexer import Engine, SearchResult, open_engine, parse_request, search
from indexer.engines.base import Rebuild
from indexer.planning import plan_for
from indexer.query import Node, Phrase

DEFAULT_REPORTS = 2000
DEFAULT_REPEAT = 51
TEN_FACETS = "ours, all ten facets"
_TRIED = 3
"""Times that every form of FTS5 is asked before the slower ones are left out."""
_LONGEST = 120.0
"""Seconds after which a query of one engine is not asked again."""


@dataclass(frozen=True, slots=True)
class Row:
    """One query: its count, and per engine the times in milliseconds."""

    query: Query
    total: int
    first: float
    """Milliseconds of our first answer, before anything of it is kept."""
    times: Mapping[str, Sequence[float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; the exit code."""
    options = _options(arguments)
    load, started = os.getloadavg()[0], perf_counter()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as scratch:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        lines = run(folder, options.reports, options.repeat, options.whoosh, options.only)
    print("\n".join([*_setting(options, load, perf_counter() - started), "", *lines]))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=DEFAULT_REPORTS, help="how many reports (default %(default)s)")
    parser.add_argument(
        "--repeat", type=int, default=DEFAULT_REPEAT, help="times each query is asked (default %(default)s)"
    )
    parser.add_argument(
        "--whoosh", type=int, default=0, metavar="N", help="stock Whoosh too, when there are at most N reports"
    )
    parser.add_argument(
        "--only", default="", metavar="WORKLOAD", help="only the queries of which this is a part of the name"
    )
    parser.add_argument("--folder", type=Path, help="keep the indexes here and use them again")
    return parser.parse_args(arguments)


def run(folder: Path, count: int, repeat: int, whoosh: int, only: str = "") -> list[str]:
    """All stages; the lines of the report."""
    engine = open_engine("whoosh:", _made(folder / "home"))
    engine.segmenter.words("预热")
    corpus = Corpus(engine.segmenter)
    rivals = _rivals(folder, whoosh >= count)
    built = [_built("ours", lambda: _fill(engine, corpus, count), engine.synced() == count)]
    built += [_built(r.name, lambda r=r: r.fill(_entries(r, corpus, count)), _filled(folder, r.name)) for r in rivals]
    rivals.insert(1, SqliteEngine(folder / "fts5.sqlite3", "rows"))
    search(engine, parse_request({"q": ["公开"]}))
    rows = [_compare(query, engine, rivals, repeat) for query in queries(corpus, count) if only in query.workload]
    names = ["ours", TEN_FACETS, *(r.name for r in rivals)]
    lines = [
        *_ratio_table(rows, whoosh >= count), "", *_time_table(rows, names), "",
        *_build_table(built), "", *_size_table(folder), "", *_cold_table(folder),
    ]  # fmt: skip
    engine.close()
    return [
        *lines,
        "",
        f"This process at its largest: {_memory():.0f} MB; our engine alone after all queries: {_ours_alone(folder)} MB.",
    ]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _rivals(folder: Path, whoosh: bool) -> list[Rival]:
    made: list[Rival] = [SqliteEngine(folder / "fts5.sqlite3"), TantivyEngine(folder / "tantivy")]
    return [*made, StockWhoosh(folder / "stock")] if whoosh else made


def _filled(folder: Path, name: str) -> bool:
    """Whether an earlier run filled the index; a note of it is kept beside."""
    note = folder / f"{name.replace(' ', '-')}.filled"
    known = note.exists()
    note.touch()
    return known


def _built(name: str, work: Callable[[], object], done: bool) -> tuple[str, float | None]:
    if done:
        return name, None
    _, seconds = timed(work)
    say(f"{name}: {seconds:.1f} s")
    return name, seconds


def _entries(rival: Rival, corpus: Corpus, count: int) -> Iterator[Entry]:
    return (rival.entry(document) for report in corpus.reports(count) for document in report)


def _fill(engine: Engine, corpus: Corpus, count: int) -> None:
    """Our index, built beside and swapped in, as `gongkai reindex` does."""
    beside: Rebuild = engine.rebuild()
    for first in range(0, count, 2000):
        writer = beside.begin()
        for number in range(first, min(first + 2000, count)):
            documents = corpus.documents(number)
            writer.replace(documents[0].report.id, documents)
        writer.commit(count)
    beside.publish()


def _compare(query: Query, ours: Engine, rivals: Sequence[Rival], repeat: int) -> Row:
    asked = parse_request({"q": [query.q], "group": ["section"], "limit": ["10"], **query.filters})
    request = replace(asked, facets=FACETS)
    tree = plan_for(request, ours.segmenter).plan.tree
    answer, first = timed(lambda: search(ours, request))
    _agree(query, tree, answer, [(rival.name, rival.ask(tree, query.filters)) for rival in rivals])
    asking: dict[str, Callable[[], object]] = {"ours": lambda: search(ours, request)}
    asking[TEN_FACETS] = lambda: search(ours, asked)
    for rival in rivals:
        asking[rival.name] = lambda rival=rival: shown(rival, tree, query.filters)
    times: dict[str, list[float]] = {name: [] for name in asking}
    for done in range(repeat):
        for name, ask in asking.items():
            if done < _TRIED or (name not in _slower(times) and sum(times[name]) < _LONGEST * 1000):
                times[name].append(timed(ask)[1] * 1000)
    say(f"{query.workload} {query.q}: " + ", ".join(f"{n} {median(t):.2f}" for n, t in times.items()))
    return Row(query, answer.total, first * 1000, times)


def _slower(times: Mapping[str, Sequence[float]]) -> list[str]:
    """The forms of FTS5 that are not the fastest for this query."""
    forms = sorted((n for n in times if n.startswith("FTS5")), key=lambda name: median(times[name]))
    return forms[1:]


def _agree(query: Query, tree: Node, answer: SearchResult, replies: Sequence[tuple[str, Reply]]) -> None:
    """Exact quotes must give the same everywhere; words the same to all rivals, which look up words of the index alone."""
    mine = answer.total, {n: {str(e.value): e.count for e in answer.facets[n]} for n in FACETS}
    expected = mine if isinstance(tree, Phrase) else _counted(replies[0][1])
    for name, reply in replies:
        found = _counted(reply)
        if name == StockWhoosh.name:  # its groups of several values are named differently
            found = reply.total, expected[1]
        if found != expected:
            raise SystemExit(f"{name} disagrees about {query.q}: {found}, expected {expected}")
    if answer.total < expected[0] or not expected[0]:
        raise SystemExit(f"{query.q}: {answer.total} sections, the rivals have {expected[0]}")


def _counted(reply: Reply) -> tuple[int, dict[str, dict[str, int]]]:
    facets = {
        n: {str(v): count for v, count in held.items() if v not in (None, "")} for n, held in reply.facets.items()
    }
    return reply.total, facets


# --- the report ------------------------------------------------------------------------------------------------------


def _setting(options: argparse.Namespace, load: float, seconds: float) -> list[str]:
    only = f" --only {options.only}" if options.only else ""
    names = ("numpy", "Whoosh", "jieba", "tantivy")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return [
        f"`python -m benchmarks.compare --reports {options.reports} --repeat {options.repeat}{only}`: {options.reports} invented "
        f"reports, seed {SEED}.",
        f"{_processor()}, {os.cpu_count()} cores; load average {load:.1f} before and {os.getloadavg()[0]:.1f} after; "
        f"the run took {seconds:.0f} s.",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}.",
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _best(row: Row, prefix: str) -> float:
    """The better median of an engine's forms."""
    return min(median(times) for name, times in row.times.items() if name.startswith(prefix))


def _ratio_table(rows: Sequence[Row], whoosh: bool) -> list[str]:
    names = ["FTS5", "tantivy", *([StockWhoosh.name] if whoosh else [])]
    shown = [
        (f"{row.query.workload}: `{row.query.q}`", row.total, f"{median(row.times['ours']):.2f}", f"{row.first:.1f}",
         *(f"{_best(row, name):.2f}" for name in names),
         *(f"{_best(row, name) / median(row.times['ours']):.1f}" for name in names))
        for row in rows
    ]  # fmt: skip
    heads = [*(f"{name}, ms" for name in names), *(f"{name} / ours" for name in names)]
    return table(("full query, median", "sections", "ours, ms", "ours, first time", *heads), shown)


def _time_table(rows: Sequence[Row], names: Sequence[str]) -> list[str]:
    shown = [(f"`{row.query.q}`", *(_spread(row.times[name]) for name in names)) for row in rows]
    return table(("median / 95th percentile, ms (times asked)", *names), shown)


def _spread(times: Sequence[float]) -> str:
    high = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return f"{median(times):.2f} / {high:.2f} ({len(times)})"


def _build_table(built: Sequence[tuple[str, float | None]]) -> list[str]:
    shown = [(name, "kept from an earlier run" if s is None else f"{s:.1f}") for name, s in built]
    return table(("building from ready documents, one process", "s"), shown)


def _size_table(folder: Path) -> list[str]:
    parts = [("ours", folder / "home" / "index"), ("FTS5", folder / "fts5.sqlite3"), ("tantivy", folder / "tantivy"),
             ("stock Whoosh", folder / "stock")]  # fmt: skip
    return table(("on disk", "MB"), [(name, f"{_bytes(path) / 1e6:.1f}") for name, path in parts if path.exists()])


def _bytes(path: Path) -> int:
    files = [path] if path.is_file() else path.rglob("*")
    return sum(p.stat().st_size for p in files if p.is_file())


_COLD = {
    "ours": "from indexer import open_engine, parse_request, search; from pathlib import Path\n"
    "search(open_engine('whoosh:', Path({home!r})), parse_request({{'q': ['公开'], 'group': ['section'], 'limit': ['10']}}))",
    "FTS5": "from benchmarks.rivals import shown; from benchmarks.sqlite_engine import SqliteEngine\n"
    "from indexer.query import Word; from pathlib import Path\n"
    "shown(SqliteEngine(Path({fts5!r})), Word('公开'), {{}})",
    "tantivy": "from benchmarks.rivals import shown; from benchmarks.tantivy_engine import TantivyEngine\n"
    "from indexer.query import Word; from pathlib import Path\n"
    "shown(TantivyEngine(Path({tantivy!r})), Word('公开'), {{}})",
}


def _cold_table(folder: Path) -> list[str]:
    """Of programs that have been run before: Python has written the bytecode of all their modules."""
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    rows = []
    for name, code in _COLD.items():
        paths = {"home": folder / "home", "fts5": folder / "fts5.sqlite3", "tantivy": folder / "tantivy"}
        script = code.format(**{key: str(path) for key, path in paths.items()})
        run = partial(subprocess.run, [sys.executable, "-c", script], check=True, env=surroundings)
        run()
        taken = [timed(run)[1] for _ in range(9)]
        rows.append((name, f"{median(taken) * 1000:.0f}"))
    return table(("a new process to its first answer (公开)", "ms"), rows)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _ours_alone(folder: Path) -> str:
    """Resident memory of a process that asks our engine the frequent queries."""
    script = (
        "from indexer import open_engine, parse_request, search; from pathlib import Path; import sys\n"
        f"e = open_engine('whoosh:', Path({str(folder / 'home')!r}))\n"
        "for q in ['公开', '申请', '\"政府信息公开\"', '\"政\"', '信息 处理', '公开 OR 申请 OR 问题', '政府*']:\n"
        "    search(e, parse_request({'q': [q]}))\n"
        "held = dict(l.split(':') for l in open('/proc/self/status') if ':' in l)\n"
        "print(*(int(held[k].split()[0]) // 1024 for k in ('RssAnon', 'RssFile')), sep=' + mapped ')"
    )
    found = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return found.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
