"""What the benchmarks share: a clock, lines of progress, and Markdown tables."""

import sys
from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` gives, and how many seconds it took."""
    started = perf_counter()
    result = work()
    return result, perf_counter() - started


def say(text: str) -> None:
    """A line of progress."""
    print(text, file=sys.stderr, flush=True)


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """The lines of a Markdown table; all columns but the first are figures."""
    lines = ["| " + " | ".join(headers) + " |", "|---|" + "---:|" * (len(headers) - 1)]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
