"""Bitmaps against sets."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.bitmaps import from_blocks, from_numbers, numbers, spread_up

numbers_below_200 = st.frozensets(st.integers(0, 199))


@given(numbers_below_200)
def test_numbers_come_back_in_order(chosen: frozenset[int]) -> None:
    bits = from_numbers(200, chosen)
    assert list(numbers(bits)) == sorted(chosen)
    assert bits.bit_count() == len(chosen)


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted)))
def test_blocks_are_their_numbers(blocks: list[list[int]]) -> None:
    inside = {n for start, end in blocks for n in range(start, end)}
    assert from_blocks(100, [(start, end) for start, end in blocks]) == from_numbers(100, inside)


@given(st.lists(st.lists(st.booleans(), max_size=6), max_size=12))
def test_spreading_up_marks_the_place_above_every_run_with_a_member(runs: list[list[bool]]) -> None:
    members, all_of_them, above = [], [], []
    place = 0
    for run in runs:
        all_of_them += [place + n for n in range(len(run))]
        members += [place + n for n, chosen in enumerate(run) if chosen]
        place += len(run) + 1
        above += [place - 1] if any(run) else []
    size = place + 1
    assert spread_up(from_numbers(size, members), from_numbers(size, all_of_them)) == from_numbers(size, above)


def test_nothing() -> None:
    assert (from_numbers(0, []), from_blocks(0, []), list(numbers(0))) == (0, 0, [])
