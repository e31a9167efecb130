"""Sets of document numbers as Python integers, one bit a document: joining, cutting and counting them is one operation."""

from collections.abc import Iterable, Iterator
from itertools import compress

_FLAGS = bytes.maketrans(b"01", b"\0\1")


def from_numbers(size: int, numbers: Iterable[int]) -> int:
    """The set of `numbers`, all below `size`."""
    flags = bytearray(b"0") * size
    for number in numbers:
        flags[-1 - number] = 49
    return int(flags, 2) if size else 0


def from_blocks(size: int, blocks: Iterable[tuple[int, int]]) -> int:
    """The set of all numbers in the half-open `blocks`, all below `size`."""
    flags = bytearray(b"0") * size
    for start, end in blocks:
        flags[size - end : size - start] = b"1" * (end - start)
    return int(flags, 2) if size else 0


def numbers(bits: int) -> Iterator[int]:
    """The numbers in the set, ascending."""
    flags = format(bits, "b")[::-1].encode().translate(_FLAGS)
    return compress(range(len(flags)), flags)


def spread_up(bits: int, runs: int) -> int:
    """The places right above those runs of `runs` that hold one of `bits` (`bits` lie within `runs`).

    Adding all ones to a run carries out of it exactly when the run holds a bit: one addition answers for all runs.
    """
    return (bits + runs) & ~runs
