"""The renderings that are judged: every layout by name, then random combinations; the same numbers give the same documents."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from benchmarks.quality.chromium import print_pdf
from benchmarks.quality.handed_over import in_warc, in_zip
from corpus.synthetic import LAYOUTS, Rendering, Style, SyntheticReport, generate, random_style, render
from corpus.synthetic.render import possible

SEED = 2031
REPORTS = 400
RANDOM = "random"
"""The name under which random combinations are counted."""
WORD, PDF, ZIP, WARC = "docx_random", "pdf", "zip", "warc"
"""Random combinations as Word files, printed to PDF by Chromium, and handed over in zip and WARC files."""
GROUPS = (*LAYOUTS, RANDOM, WORD, PDF, ZIP, WARC)
_CONTAINED = ("html", "docx", "text_tabs", "html_gbk", "docx_pages")


@dataclass(frozen=True, slots=True)
class Task:
    """One rendering, small enough to hand to another process: the numbers it is made of."""

    group: str
    """One of `GROUPS`."""
    number: int

    @property
    def style(self) -> Style:
        """How the report is printed."""
        if self.group in LAYOUTS:
            return LAYOUTS[self.group]
        if self.group in (ZIP, WARC):
            return LAYOUTS[_CONTAINED[self.number % len(_CONTAINED)]]
        style = random_style(Random(f"{SEED}|{self.number}"))
        return possible(replace(style, container="docx"), Random(self.number)) if self.group == WORD else style

    @property
    def report(self) -> SyntheticReport:
        """What is printed: random combinations and layouts go through all reports, in steps that share no divisor."""
        return reports()[self.number * 7 % REPORTS]

    def render(self) -> Rendering:
        """The document."""
        return self.rendered(self.style)

    def rendered(self, style: Style) -> Rendering:
        """The report of this task in another style, printed and handed over as its group says."""
        if self.group == PDF:
            return print_pdf(self.report, style, self.number)
        rendering = render(self.report, style, self.number)
        if self.group == ZIP:
            return in_zip(rendering)
        return in_warc(rendering) if self.group == WARC else rendering


@cache
def reports() -> tuple[SyntheticReport, ...]:
    """The reports that are printed: all kinds of agencies, all eras."""
    return tuple(generate(SEED, REPORTS))


def tasks(per_layout: int, combinations: int) -> Iterator[Task]:
    """`per_layout` reports in each layout with a name and in each container, three times as many as PDF; `combinations`
    random ones, and a tenth of them as Word files."""
    for layout in LAYOUTS:
        yield from (Task(layout, number) for number in range(per_layout))
    yield from (Task(RANDOM, number) for number in range(combinations))
    yield from (Task(WORD, number) for number in range(-(-combinations // 10)))
    yield from (Task(PDF, number) for number in range(3 * per_layout))
    yield from (Task(group, number) for group in (ZIP, WARC) for number in range(per_layout))
