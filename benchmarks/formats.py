"""How long Word files and PDF files of five to seven pages take to be read, in seconds of processor time."""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import count, islice
from time import process_time

from benchmarks.quality.chromium import print_pdf, program
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.synthetic import Rendering, Style, generate, render

PAGES = (5, 6, 7)
_SEED = 2030
_PAGE = re.compile(rb"/Type\s*/Page\b")


def time_formats(documents: int) -> dict[str, list[float]]:
    """Name of the format → seconds per document, from bytes to reports, of so many documents each."""
    reports = [r for r in generate(_SEED, 200) if "applications" in r.tables]
    named = {".docx, processor time": [render(report, "docx") for report in reports[:documents]]}
    if program() is None:
        print("No Chromium is installed: no PDF is timed.", file=sys.stderr)
    else:
        named[".pdf, 5–7 pages, processor time"] = list(islice(_printed(), documents))
    times: dict[str, list[float]] = defaultdict(list)
    for name, renderings in named.items():
        for rendering in [renderings[0], *renderings]:  # the first loads what is loaded once a process
            started = process_time()
            parse_document(read_document(rendering.data, rendering.filename))
            times[name].append(process_time() - started)
        times[name].pop(0)
    return dict(times)


def _printed() -> Iterator[Rendering]:
    """Reports printed to PDF that fill so many pages."""
    reports = [r for r in generate(_SEED, 200) if "applications" in r.tables]
    for number in count():
        printed = print_pdf(reports[number % len(reports)], Style(), number)
        if len(_PAGE.findall(printed.data)) in PAGES:
            yield printed
