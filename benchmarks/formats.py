"""How long documents of each format take from bytes to reports, in seconds of processor time, and whether memory grows.

    python -m benchmarks.formats [--documents N]

Typical means: a report of the formats of 2019 or 2021, as text with a cell per line, Markdown, a web page with its site
around it, a Word file, a PDF of five to seven pages. Prints Markdown tables.
"""

import argparse
import gc
import re
import resource
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, islice
from statistics import median
from time import process_time

from bs4 import BeautifulSoup

from benchmarks.quality.chromium import print_pdf, program
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.readers.decode import decode
from corpus.readers.html import read_tree
from corpus.synthetic import Rendering, Style, SyntheticReport, generate, render

PAGES = (5, 6, 7)
GROWTH = 1000
"""Documents read one after the other while memory is looked at."""
_SEED = 2030
_ROUNDS = 3
"""Times each document is read; the least counts, since other work on the machine only ever adds."""
_PAGE = re.compile(rb"/Type\s*/Page\b")
_LAYOUTS = {".txt": "text_tabs", ".md": "markdown", ".html": "html", ".docx": "docx"}


def main() -> int:
    """Time, print; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.formats", description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=30, help="documents of each format (default %(default)s)")
    print("\n".join(tables(parser.parse_args().documents)))
    return 0


def tables(documents: int) -> list[str]:
    """Medians per format as a Markdown table, and a sentence about memory."""
    lines = ["| one process, processor time | documents | median ms | slowest ms |", "|---|---:|---:|---:|"]
    for name, found in time_formats(documents).items():
        lines.append(f"| {name} | {len(found)} | {median(found) * 1000:.1f} | {max(found) * 1000:.1f} |")
    before, after = memory(GROWTH)
    return [
        *lines,
        "",
        f"A loop of five million additions took {_time(_loop):.2f} s of processor time in the same run.",
        f"Most memory of the process while the first 100 of {GROWTH:,} reports were read: {before:.0f} MB; while all were: {after:.0f} MB.",
    ]


def time_formats(documents: int) -> dict[str, list[float]]:
    """Name of the format → seconds per document, from bytes to reports, of so many documents each."""
    times: dict[str, list[float]] = {}
    for name, layout in _LAYOUTS.items():
        times[name] = _times([render(report, layout) for report in _typical()[:documents]], _read)
        if name == ".html":
            times[".html, after the tree is built"] = _tree_times(documents)
    if program() is None:
        print("No Chromium is installed: no PDF is timed.", file=sys.stderr)
    else:
        times[".pdf, 5–7 pages"] = _times(list(islice(_printed(), min(documents, 10))), _read)
    return times


def memory(documents: int) -> tuple[float, float]:
    """The most megabytes in memory until the first hundred, and until all, of so many different reports were read."""
    before = 0.0
    reports = generate(_SEED + 1, documents)
    layouts = list(_LAYOUTS.values())[:3]
    for number, report in enumerate(reports):  # generated before, so that only reading adds
        _read(render(report, layouts[number % len(layouts)]))
        if number == 100:
            before = _peak()
    return before, _peak()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _typical() -> list[SyntheticReport]:
    return [report for report in generate(_SEED, 200) if "applications" in report.tables]


def _read(rendering: Rendering) -> object:
    return parse_document(read_document(rendering.data, rendering.filename))


def _times(renderings: list[Rendering], read: Callable[[Rendering], object]) -> list[float]:
    read(renderings[0])  # the first loads what is loaded once a process
    gc.freeze()  # what was generated is no part of the cost of reading
    return [min(_time(partial(read, rendering)) for _ in range(_ROUNDS)) for rendering in renderings]


def _tree_times(documents: int) -> list[float]:
    found = []
    for report in _typical()[:documents]:
        decoded = decode(render(report, "html").data)
        trees = [BeautifulSoup(decoded.text, "lxml") for _ in range(_ROUNDS)]  # reading may change a tree
        found.append(min(_time(partial(_read_tree, tree, decoded.encoding)) for tree in trees))
    return found


def _read_tree(tree: BeautifulSoup, encoding: str) -> object:
    return parse_document(read_tree(tree, encoding=encoding))


def _time(run: Callable[[], object]) -> float:
    started = process_time()
    run()
    return process_time() - started


def _loop() -> None:
    """What tells one machine, and one hour, from another."""
    total = 0
    for number in range(5_000_000):
        total += number


def _printed() -> Iterator[Rendering]:
    """Reports printed to PDF that fill so many pages."""
    reports = _typical()
    for number in count():
        printed = print_pdf(reports[number % len(reports)], Style(), number)
        if len(_PAGE.findall(printed.data)) in PAGES:
            yield printed


if __name__ == "__main__":
    sys.exit(main())
