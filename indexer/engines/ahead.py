"""Work on large arrays done in threads while its results are used: sorting and copying them leaves other threads free."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import Final, TypeVar

_THREADS: Final = 2
_AHEAD: Final = 3
"""Results that may wait to be used."""

Made = TypeVar("Made")


def in_advance(tasks: Iterable[Callable[[], Made]]) -> Iterator[Made]:
    """The results of `tasks`, in order; the next ones are made while one is used."""
    left = iter(tasks)
    first = list(islice(left, 2))
    if len(first) < 2:  # nothing to be made meanwhile
        yield from (task() for task in first)
        return
    left = chain(first, left)
    with ThreadPoolExecutor(_THREADS) as threads:
        waiting: deque[Future[Made]] = deque(threads.submit(task) for task in islice(left, _AHEAD))
        while waiting:
            made = waiting.popleft().result()
            waiting.extend(threads.submit(task) for task in islice(left, 1))
            yield made
