"""How the cost of a function grows: a ratio of two runs in one test, since absolute times mean nothing on shared machines."""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

LIMIT = 16.0
"""Linear cost shows as 1, `n log n` as less than 2, quadratic cost as the factor."""
FACTOR = 32
_ROUNDS = 8
_SHORTEST = 0.002


def growth(run: Callable[[int], object], size: int) -> float:
    """CPU time of `run(FACTOR * size)` over that of `run(size)`, divided by `FACTOR`: about 1 when cost is linear.

    Other work on the machine only ever adds to a time, so the least of several runs counts, and there are more of them
    as long as the ratio is above the limit.
    """
    small: list[float] = []
    large: list[float] = []
    ratio = float("inf")
    with _collector_paused():
        while len(large) < _ROUNDS and ratio >= LIMIT:
            small += [_cost(run, size) for _ in range(3)]
            large.append(_cost(run, FACTOR * size))
            ratio = min(large) / max(min(small), _SHORTEST) / FACTOR
    return ratio


def growth_of_calls(run: Callable[[int], object], size: int) -> float:
    """Like `growth`, but of the calls of Python functions, which no other work on the machine can change.

    It sees loops of Python code, not what a regular expression does inside one call.
    """
    return _calls(run, FACTOR * size) / _calls(run, size) / FACTOR


def _calls(run: Callable[[int], object], size: int) -> int:
    count = 0

    def note(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run(size)
    finally:
        sys.setprofile(before)
    return count


@contextmanager
def _collector_paused() -> Iterator[None]:
    """The collector's cost depends on what other tests left in memory."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _cost(run: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    run(size)
    return time.process_time() - began
