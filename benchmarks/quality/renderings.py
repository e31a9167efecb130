"""The renderings that are judged: every layout by name, then random combinations; the same numbers give the same documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from corpus.synthetic import LAYOUTS, Rendering, Style, SyntheticReport, generate, random_style, render

SEED = 2031
REPORTS = 400
RANDOM = "random"
"""The name under which random combinations are counted."""


@dataclass(frozen=True, slots=True)
class Task:
    """One rendering, small enough to hand to another process: the numbers it is made of."""

    group: str
    """A layout's name or `RANDOM`."""
    number: int

    @property
    def style(self) -> Style:
        """How the report is printed."""
        return random_style(Random(f"{SEED}|{self.number}")) if self.group == RANDOM else LAYOUTS[self.group]

    @property
    def report(self) -> SyntheticReport:
        """What is printed: random combinations and layouts go through all reports, in steps that share no divisor."""
        return reports()[self.number * 7 % REPORTS]

    def render(self) -> Rendering:
        """The document."""
        return render(self.report, self.style, self.number)


@cache
def reports() -> tuple[SyntheticReport, ...]:
    """The reports that are printed: all kinds of agencies, all eras."""
    return tuple(generate(SEED, REPORTS))


def tasks(per_layout: int, combinations: int) -> Iterator[Task]:
    """`per_layout` reports in each layout with a name, then `combinations` random ones."""
    for layout in LAYOUTS:
        yield from (Task(layout, number) for number in range(per_layout))
    yield from (Task(RANDOM, number) for number in range(combinations))
