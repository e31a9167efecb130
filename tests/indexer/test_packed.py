"""Packed runs: whatever is packed is read again as it was, run by run, in any part, and number by number."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines import packed
from indexer.engines.packed import Packed, PackedWriter, packed_runs


@pytest.fixture(params=[1, 4, 256], ids=["every run is long", "four are long", "as it is"], autouse=True)
def _long(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "_LONG", request.param)
        yield


def begins_of(given_runs: Sequence[np.ndarray]) -> np.ndarray:
    return np.cumsum([0, *map(len, given_runs)])[:-1]


def read(given_runs: Sequence[np.ndarray], limit: int) -> Packed:
    numbers = np.concatenate([np.zeros(0, np.uint32), *given_runs]).astype(np.uint32)
    return Packed(packed_runs("x", limit, numbers, begins_of(given_runs)), "x")


def same(found: np.ndarray, wanted: np.ndarray) -> None:
    assert found.dtype == np.uint32
    np.testing.assert_array_equal(found, wanted)


@st.composite
def some_runs(draw: st.DrawFn) -> tuple[int, list[np.ndarray]]:
    """A limit, and runs of numbers below it: scattered ones, dense ones, whole blocks, the end of the last block."""
    limit = draw(st.sampled_from([1, 7, 256, 600, 65_535, 65_536, 65_537, 70_000, 200_001]))
    made = []
    for _ in range(draw(st.integers(0, 8))):
        few = draw(st.lists(st.integers(0, limit - 1), min_size=1, max_size=30, unique=True))
        start = draw(st.sampled_from([0, max(0, limit - 600), min(65_536, limit - 1), limit]))
        dense = np.arange(start, min(limit, start + draw(st.sampled_from([0, 300, 65_536]))))
        made.append(np.union1d(few, dense[:: draw(st.sampled_from([1, 3, 50]))]).astype(np.uint32))
    return limit, made


@settings(max_examples=40, deadline=None)
@given(some_runs(), st.data())
def test_every_part_is_read_as_it_was(case: tuple[int, list[np.ndarray]], data: st.DataObject) -> None:
    limit, given_runs = case
    made = read(given_runs, limit)
    whole = np.concatenate([np.zeros(0, np.uint32), *given_runs])
    assert len(made) == len(whole)
    same(made.slice(0, len(whole)), whole)
    for begin, run in zip(begins_of(given_runs).tolist(), given_runs, strict=True):
        same(made.slice(begin, begin + len(run)), run)
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))))
    same(made.slice(start, end), whole[start:end])


@settings(max_examples=40, deadline=None)
@given(some_runs(), st.data())
def test_runs_in_pieces_are_packed_as_runs_at_once(case: tuple[int, list[np.ndarray]], data: st.DataObject) -> None:
    limit, given_runs = case
    writer, words, rest = PackedWriter(limit), [np.zeros(0, np.uint32)], list(given_runs)
    while rest:
        count = data.draw(st.integers(1, len(rest)))
        taken, rest = rest[:count], rest[count:]
        words.append(writer.pack(np.concatenate(taken), begins_of(taken)))
    numbers = np.concatenate([np.zeros(0, np.uint32), *given_runs])
    at_once = packed_runs("x", limit, numbers, begins_of(given_runs))
    same(np.concatenate(words), at_once["x"])
    same(writer.long_runs(), at_once["x.long"])


@settings(max_examples=40, deadline=None)
@given(some_runs(), st.data())
def test_runs_are_found_by_a_key(case: tuple[int, list[np.ndarray]], data: st.DataObject) -> None:
    limit, given_runs = case
    owner = np.full(limit, -1)  # a number must say to which run it belongs
    unique: list[np.ndarray] = []
    for run in given_runs:
        if len(free := run[owner[run] < 0]):
            owner[free] = len(unique)
            unique.append(free)
    made, begins = read(unique, limit), [*begins_of(unique).tolist(), sum(map(len, unique))]
    first, last = sorted(data.draw(st.tuples(st.integers(0, len(unique)), st.integers(0, len(unique)))))
    wanted, together = data.draw(st.integers(0, len(unique))), data.draw(st.integers(1, 3))
    low, high = (min(max(first, together * n), last) for n in (wanted, wanted + 1))

    def key(number: int) -> bytes:
        return bytes([owner[number] // together])

    found = made.found(begins[first], begins[last], key, bytes([wanted]), single=together == 1)
    assert found == (begins[low], begins[high])


def test_long_runs_take_less_room_and_a_full_block_is_no_exception() -> None:
    limit = 40 * 65_536 + 5
    spaced = np.arange(0, limit, 97, dtype=np.uint32)
    full = np.union1d(np.arange(65_536, 2 * 65_536), [0, limit - 1]).astype(np.uint32)
    dense = np.flatnonzero(np.arange(limit) % 3).astype(np.uint32)
    for run, room in ((spaced, 0.52), (full, 0.51), (dense, 0.27)):
        arrays = packed_runs("x", limit, run, np.array([0]))
        assert len(arrays["x"]) < room * len(run)
        same(Packed(arrays, "x").slice(0, len(run)), run)


def test_nothing_is_packed_too() -> None:
    for limit in (0, 5):
        made = read([], limit)
        assert len(made) == 0
        same(made.slice(0, 0), np.zeros(0, np.uint32))
        assert made.found(0, 0, lambda _: b"", b"", single=True) == (0, 0)
