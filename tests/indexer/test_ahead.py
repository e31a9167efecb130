"""Results that are made in advance come in order, and a failure is raised where its result would have come."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from indexer.engines.ahead import in_advance


def doubled(number: int) -> int:
    if number == 5:
        raise ValueError("five")
    return 2 * number


def test_results_come_in_order() -> None:
    assert list(in_advance(partial(doubled, n) for n in (3, 1, 4, 1, 9, 2, 6))) == [6, 2, 8, 2, 18, 4, 12]
    assert list(in_advance([])) == []


def test_a_failure_comes_after_what_was_made_before_it() -> None:
    results = in_advance(partial(doubled, n) for n in (1, 5, 2))
    assert next(results) == 2
    with pytest.raises(ValueError, match="five"):
        next(results)


def test_no_more_is_begun_than_a_few_before_it_is_used() -> None:
    begun: list[int] = []

    def tasks() -> Iterator[Callable[[], int]]:
        for n in range(100):
            begun.append(n)
            yield partial(doubled, n % 5)

    assert next(in_advance(tasks())) == 0
    assert len(begun) < 10
