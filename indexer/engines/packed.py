"""Ascending runs of 32-bit numbers in little room: long runs in a short form, short ones as they are.

A run of many numbers is kept as the low bits of each number, behind how many of them lie in each block that has the same high
bits: blocks of 65,536, or of 256 where the run is dense. Nothing here knows what the numbers mean.

Arrays: `NAME` (32-bit words: everything that is kept, run after run) and `NAME.long` (the highest number there could be plus
one, then six rows over the long runs: places before and after them, words before and after them, first numbers, forms).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import numpy as np

from indexer.engines.arrays import Array, ArrayFileWriter, Arrays

_LONG: Final = 256
"""Numbers from which on a run may be long. Each long run costs a step of its own where several runs are read at once."""
_FILLED: Final = 8
"""Blocks of 256 are used when so many numbers lie in each on average: reading takes as long for a block as for so many."""
_ROWS: Final = 6


class PackedWriter:
    """Packs runs that come one after the other; `limit`: every number is below it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._places = self._words = 0
        self._long: list[tuple[int, int, int, int, int, int]] = []

    def pack(self, numbers: Array, begins: Array) -> Array:
        """The words of whole runs, of which each begins at one of the places `begins`."""
        ends = np.append(begins[1:], len(numbers))
        pieces, done, word = [], 0, self._words
        for n in np.flatnonzero(ends - begins >= _LONG).tolist():
            start, end = int(begins[n]), int(ends[n])
            form, words = _short_form(numbers[start:end], self._limit)
            if len(words) < end - start:
                pieces += [numbers[done:start], words]
                word += start - done
                places = self._places + start, self._places + end
                self._long.append((*places, word, word + len(words), int(numbers[start]), form))
                word += len(words)
                done = end
        pieces.append(numbers[done:])
        self._words = word + len(numbers) - done
        self._places += len(numbers)
        return np.concatenate(pieces, dtype=np.uint32, casting="same_kind")

    def long_runs(self) -> Array:
        """Where the long runs are, of everything that was packed."""
        rows = np.array(self._long, np.uint32).reshape(-1, _ROWS).T
        return np.concatenate((np.array([self._limit], np.uint32), rows.reshape(-1)))


def _short_form(run: Array, limit: int) -> tuple[int, Array]:
    """The form of a run (16 times the bytes that are kept of a number, and the bytes of a count), and its words."""
    low = 1 if len(run) << 8 >= _FILLED * limit else 2
    counts = np.bincount(run >> np.uint32(8 * low), minlength=-(-limit >> 8 * low))
    counts = counts.astype(np.min_scalar_type(int(counts.max())))
    words = np.zeros(-(-(_even(counts.nbytes) + low * len(run)) // 4), np.uint32)
    words.view(np.uint8)[: counts.nbytes] = counts.view(np.uint8)
    words.view(f"u{low}")[_even(counts.nbytes) // low :][: len(run)] = run.astype(f"u{low}")
    return 16 * low + counts.itemsize, words


def _blocks(limit: int, low: int) -> Array:
    """The first number of each block."""
    return np.arange(0, limit, 1 << 8 * low, dtype=np.uint32)


def _even(size: int) -> int:
    return size + size % 2


def packed_runs(name: str, limit: int, numbers: Array, begins: Array) -> dict[str, Array]:
    """The arrays of runs that are all there."""
    writer = PackedWriter(limit)
    return {name: writer.pack(numbers, begins), f"{name}.long": writer.long_runs()}


def stream_runs(file: ArrayFileWriter, name: str, limit: int, pieces: Iterable[tuple[Array, Array]]) -> None:
    """Writes runs that are made while they are written: whole ones in each piece, with the places where they begin."""
    writer = PackedWriter(limit)
    file.stream(name, np.uint32, (writer.pack(numbers, begins) for numbers, begins in pieces))
    file.add(f"{name}.long", writer.long_runs())


class Packed:
    """The numbers of all runs one after the other, as if they were not packed."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._words = arrays[name]
        self._numbers = self._words.data
        self._blocks: dict[int, Array] = {}
        """The first numbers of the blocks, by the bytes that are kept of a number."""
        self._bytes = self._words.view(np.uint8)
        described = arrays[f"{name}.long"]
        self._limit = int(described[0])
        rows = described[1:].reshape(_ROWS, -1)
        self._begin, self._end, self._word, self._after, self._first, self._form = (row.data for row in rows)

    def __len__(self) -> int:
        return len(self._words) + (self._end[-1] - self._after[-1] if len(self._end) else 0)

    def slice(self, start: int, end: int) -> Array:
        """The numbers at the places from `start` to `end`."""
        n = bisect_right(self._begin, start) - 1
        if n >= 0 and start < self._end[n]:
            if start == self._begin[n] and end == self._end[n]:
                return self._run(n)
        elif n + 1 == len(self._begin) or end <= self._begin[n + 1]:
            return self._short(n, start, end)
        return np.concatenate([self._words[:0], *self._pieces(n, start, end)])

    def _pieces(self, n: int, start: int, end: int) -> Iterator[Array]:
        """The same in parts; `n` is the last long run that does not begin behind `start`."""
        while start < end:
            if n >= 0 and start < self._end[n]:
                stop = min(end, self._end[n])
                yield self._run(n)[start - self._begin[n] : stop - self._begin[n]]
            else:
                stop = min(end, self._begin[n + 1]) if n + 1 < len(self._begin) else end
                yield self._short(n, start, stop)
            start = stop
            n += n + 1 < len(self._begin) and start == self._begin[n + 1]

    def _short(self, n: int, start: int, end: int) -> Array:
        """Numbers of short runs between long run `n` and the next one."""
        move = self._after[n] - self._end[n] if n >= 0 else 0
        return self._words[start + move : end + move]

    def _run(self, n: int) -> Array:
        """All numbers of long run `n`."""
        low, width = divmod(self._form[n], 16)
        if low not in self._blocks:
            self._blocks[low] = _blocks(self._limit, low)
        blocks = self._blocks[low]
        start, size = 4 * self._word[n], width * len(blocks)
        numbers = blocks.repeat(self._bytes[start : start + size].view(f"u{width}"))
        start += _even(size)
        numbers |= self._bytes[start : start + low * len(numbers)].view(f"u{low}")
        return numbers

    def found(
        self, start: int, end: int, key: Callable[[int], bytes], wanted: bytes, *, single: bool
    ) -> tuple[int, int]:
        """The part of the places from `start` to `end` whose numbers have the key `wanted`. Both are borders of runs; keys ascend
        and are the same for all numbers of a run; `single`: no two runs have the same one."""
        low, high = bisect_left(self._begin, start), bisect_left(self._begin, end)
        n = bisect_left(self._first, wanted, low, high, key=key)
        if single and n < high and key(self._first[n]) == wanted:
            return self._begin[n], self._end[n]

        def among_short(bisect: Callable[..., int], n: int) -> int:
            """The border among the short runs before long run `n`."""
            first = self._end[n - 1] if n > low else start
            last = self._begin[n] if n < high else end
            move = self._after[n - 1] - self._end[n - 1] if n else 0
            return bisect(self._numbers, wanted, first + move, max(first, last) + move, key=key) - move

        left = among_short(bisect_left, n)
        return left, among_short(bisect_right, n if single else bisect_right(self._first, wanted, n, high, key=key))
