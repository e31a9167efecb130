"""Counts in every form say the same, and what is kept stays within its room."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import counted
from indexer.engines.counted import Counted
from indexer.engines.kept import Kept

SIZE = 30
FORMS: dict[str, Callable[[dict[int, int]], Counted]] = {
    "numbers": lambda held: Counted.of(SIZE, numbers(held), values(held)),
    "flags": lambda held: Counted.of(SIZE, np.isin(np.arange(SIZE), numbers(held)), values(held)),
    "every": lambda held: Counted.of_every(np.array([held.get(n, 0) for n in range(SIZE)], np.uint8)),
    "later": lambda held: Counted(SIZE, lambda: (numbers(held), values(held)), len(held)),
}


def numbers(held: dict[int, int]) -> np.ndarray:
    """The documents, ascending."""
    return np.array(sorted(held), np.uint32)


def values(held: dict[int, int]) -> np.ndarray:
    """Their counts."""
    return np.array([held[n] for n in sorted(held)], np.uint8)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("looked_up", [0, 4096])
@given(
    held=st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, 200), max_size=SIZE),
    wanted=st.lists(st.integers(0, SIZE - 1), max_size=8),
    alive=st.lists(st.booleans(), min_size=SIZE, max_size=SIZE),
)
def test_every_form_says_the_same(
    form: str, looked_up: int, held: dict[int, int], wanted: list[int], alive: list[bool]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counted, "_LOOKED_UP", looked_up)
        made = FORMS[form](held)
        assert made.at(np.array(wanted, np.intp)).tolist() == [held.get(n, 0) for n in wanted]
        assert made.at(made.docs).tolist() == made.counts.tolist()
    assert dict(zip(made.docs.tolist(), made.counts.tolist(), strict=True)) == held
    assert made.every.tolist() == [held.get(n, 0) for n in range(SIZE)]
    assert made.number == len(held)
    assert made.within(np.array(alive)) == sum(alive[n] for n in held)
    assert made.within(None) == len(held)


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept = Kept(20)
    arrays = {name: np.full(8, n, np.uint8) for n, name in enumerate("abc")}
    for name in "ab":
        kept.put(name, arrays[name])
    assert kept.get("a") is arrays["a"]
    kept.put("c", arrays["c"])
    assert [kept.get(name) for name in "abc"] == [arrays["a"], None, arrays["c"]]


def test_what_does_not_fit_is_not_kept() -> None:
    kept = Kept(20)
    kept.put("large", np.zeros(21, np.uint8))
    assert kept.get("large") is None
