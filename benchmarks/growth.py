"""How the time of a query grows with the number of sections it matches, from size to size.

    python -m benchmarks.growth [--sizes N N …] [--repeat N] [--folder DIR]

Full queries, as in `benchmarks.compare`. A growth of 1 means that the time grew as much as the matching sections did; less is
better. Nothing is asserted of times.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.building import build_index, made_home
from benchmarks.printing import say, table, timed
from benchmarks.reports import reading
from indexer import open_engine, parse_request, search

_SIZES = (1000, 10_000)
QUERIES: Mapping[str, tuple[str, Mapping[str, list[str]]]] = {
    "frequent word": ("公开", {}),
    "exact quote": ('"政府信息公开"', {}),
    "exact quote, one character": ('"政"', {}),
    "AND of two": ("行政 复议", {}),
    "OR of five": ("公开 OR 申请 OR 问题 OR 复议 OR 培训", {}),
    "prefix": ("政府*", {}),
    "facet filter": ("公开", {"year": ["2021"], "reason": ["denied.third_party"]}),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one query at one size: the median in milliseconds, and how many sections match."""

    taken: float
    sections: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        default=list(_SIZES),
        help="two or more numbers of reports, ascending (default 1000 10000)",
    )
    parser.add_argument("--repeat", type=int, default=51, help="times each query is asked (default %(default)s)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="worker processes (default: one a core)")
    parser.add_argument("--folder", type=Path, help="keep the indexes here and use them again")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as scratch:
        folder = options.folder or Path(scratch)
        costs = {size: costs_at(folder / str(size), size, options.repeat, options.jobs) for size in options.sizes}
    print("\n".join(lines(costs)))
    return 0


def costs_at(folder: Path, size: int, repeat: int, jobs: int) -> dict[str, Cost]:
    """The cost of each query over an index of that many reports."""
    with open_engine("whoosh:", made_home(folder)) as engine:
        if engine.synced() != size:
            engine.segmenter.accelerate()
            reader = partial(reading, folder / "reports.pickle")
            build_index(engine, reader, list(map(str, range(size))), jobs)
        costs = {}
        for workload, (query, filters) in QUERIES.items():
            request = parse_request({"q": [query], "group": ["section"], "limit": ["10"], **filters})
            sections = search(engine, request).total
            taken = median(timed(partial(search, engine, request))[1] * 1000 for _ in range(repeat))
            costs[workload] = Cost(taken, sections)
            say(f"{size} reports, {workload}: {taken:.2f} ms, {sections} sections")
    return costs


def lines(costs: Mapping[int, Mapping[str, Cost]]) -> list[str]:
    """The table: per query its time and matching sections at each size, and the growth from the first size to the last."""
    first, *_, last = costs.values()
    heads = [f"{size} reports, ms (sections)" for size in costs]
    rows = [
        (f"{workload}: `{query}`",
         *(f"{found[workload].taken:.2f} ({found[workload].sections})" for found in costs.values()),
         f"{_growth(first[workload], last[workload]):.2f}")
        for workload, (query, _) in QUERIES.items()
    ]  # fmt: skip
    return table(("full query, median", *heads, "growth of time / of sections"), rows)


def _growth(first: Cost, last: Cost) -> float:
    return last.taken / first.taken / (last.sections / first.sections) if first.sections and last.sections else 0.0


if __name__ == "__main__":
    sys.exit(main())
