"""Exact search in many short texts: every place of every text, in the order of the eight characters that begin there.

Texts stand one after the other as UTF-16 (big end first, so that the order of bytes is the order of characters), parted by
zeros, each beginning at a multiple of `STRIDE` so that a place leads to its text by one look-up. Places with the same eight
characters stand in the order of the texts. The places of pairs are listed; of those that are everywhere also the texts.

Arrays, each name with the prefix of the texts: `chars`, `start`, `size` (of each text, in UTF-16 units), `text_at` (place //
STRIDE → text), `order` (the places; `packed`, a run for each eight characters), `pair` and `pair_at`, `hot`, `hot_at`,
`hot_bits`, `hot_counts`, `breaks`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np

from indexer.engines.ahead import in_advance
from indexer.engines.arrays import Array, ArrayFileWriter, Arrays, narrow, offsets, runs, spread
from indexer.engines.packed import Packed, packed_runs, stream_runs
from indexer.matching import FoldedText

STRIDE: Final = 32
_UNIT: Final = np.dtype(">u2")
SORTED: Final = 8
"""Characters by which places are sorted."""
_GAP: Final = SORTED - 1
"""Zeros behind each text at least: characters that are compared never reach into the next text."""
_PIECE: Final = 1 << 19
"""Places that are merged at a time, unless one character has more."""
_HOT_TEXTS: Final = 4096
"""Segments of fewer texts need no lists of what is everywhere."""
_HOT_SHARE: Final = 4
"""A character or pair is everywhere when it occurs as often as a quarter of the texts are many."""


def storable(text: str) -> str:
    """Characters as they are stored. U+0000 parts texts, so one inside a text is written as the non-character U+FFFF."""
    return text.replace("\0", "\uffff")


def units(text: str) -> bytes:
    """The bytes of a text as it is stored."""
    return storable(text).encode("utf-16-be", "surrogatepass")


def build_grams(prefix: str, texts: Sequence[FoldedText]) -> dict[str, Array]:
    """The arrays of `texts`."""
    pieces: list[bytes] = [bytes(2 * STRIDE)]
    starts, sizes, breaks, at = [], [], [], STRIDE
    for text in texts:
        encoded = units(text.text)
        size = len(encoded) // 2
        room = -(-(size + _GAP) // STRIDE) * STRIDE
        pieces.append(encoded + bytes(2 * (room - size)))
        starts.append(at)
        sizes.append(size)
        if text.breaks:
            breaks += sorted(at + len(units(text.text[:place])) // 2 for place in text.breaks)
        at += room
    chars = np.frombuffer(b"".join(pieces), ">u2")
    start = np.array(starts, np.uint32)
    places = np.flatnonzero(chars).astype(np.uint32)
    rank = np.zeros(len(chars), np.uint64)
    rank[places] = _ranks(four_at(chars)[places].astype(np.uint64))
    sorting, begins = _by_ranks(rank[places], rank[places + np.uint32(4)])
    order = places[sorting]
    text_at = _text_at(start, len(chars))
    pairs = _Pairs(text_at, len(starts))
    pairs.take(order, begins, four_at(chars)[order[begins]].astype(np.uint64))
    return {
        f"{prefix}.chars": chars.view(np.uint8),  # as bytes: pickling turns arrays to the byte order of the machine
        f"{prefix}.start": start,
        f"{prefix}.size": narrow(np.array(sizes, np.uint32)),
        f"{prefix}.text_at": text_at,
        f"{prefix}.breaks": np.array(breaks, np.uint32),
        **packed_runs(f"{prefix}.order", len(chars), order, begins),
        **{f"{prefix}.{name}": array for name, array in pairs.arrays().items()},
    }


def four_at(chars: Array, order: str = ">") -> Array:
    """The four characters from each place on as one number; with `order` ">" the numbers stand as the characters do."""
    return np.ndarray((max(0, len(chars) - 3),), f"{order}u8", chars.data, strides=(2,))


def _keys(fours: Array, places: Array) -> tuple[Array, Array]:
    """The first four and the next four characters from each place on."""
    return fours[places].astype(np.uint64), fours[places + np.uint32(4)].astype(np.uint64)


def _sorted(places: Array, first: Array, second: Array) -> tuple[Array, Array, Array]:
    """The places in the order of their keys, where equal keys begin, and the first keys there. Equal ones keep their order."""
    begins = _begins(first, second)  # merged places come in order from every source: whole runs are sorted
    counts = np.diff(begins, append=len(places))
    first, second = first[begins], second[begins]
    sorting, found = _by_ranks(_ranks(first), _ranks(second))
    starts = np.cumsum(counts[sorting]) - counts[sorting]
    return places[spread(begins[sorting], counts[sorting])], starts[found], first[sorting[found]]


def _ranks(keys: Array) -> Array:
    """For each key how many different ones are not above it."""
    order = np.argsort(keys)
    changed = np.ones(len(keys), bool)
    ordered = keys[order]
    np.not_equal(ordered[1:], ordered[:-1], out=changed[1:])
    ranks = np.empty(len(keys), np.uint64)
    ranks[order] = np.cumsum(changed, dtype=np.uint64)
    return ranks


def _by_ranks(first: Array, second: Array) -> tuple[Array, Array]:
    """The order by two ranks, equal ones as they stood, and where equal ones begin in it."""
    width = np.uint64(len(first).bit_length())
    if 3 * int(width) > 64:
        order = np.lexsort((second, first))
        return order, _begins(first[order], second[order])
    # One number holds both ranks and the place, since numbers are sorted ten times as fast as their places are found.
    ordered = np.sort((first << width | second) << width | np.arange(len(first), dtype=np.uint64))
    return (ordered & ((np.uint64(1) << width) - np.uint64(1))).astype(np.intp), runs(ordered >> width)


def _begins(first: Array, second: Array) -> Array:
    """Where equal pairs of keys, which stand together, begin."""
    changed = np.ones(len(first), bool)
    np.not_equal(first[1:], first[:-1], out=changed[1:])
    changed[1:] |= second[1:] != second[:-1]
    return np.flatnonzero(changed)


def _text_at(start: Array, size: int) -> Array:
    found = np.zeros(size // STRIDE, np.uint32)
    found[start[1:] // STRIDE] = 1
    return np.cumsum(found, dtype=np.uint32)


class _Pairs:
    """Collects the places of pairs, and the texts of what is everywhere, from places that come in order."""

    def __init__(self, text_at: Array, texts: int) -> None:
        self._text_at = text_at
        self._texts = texts
        self._done = 0
        self._keys: list[Array] = [np.zeros(0, np.uint32)]
        self._at: list[Array] = [np.zeros(0, np.uint32)]
        self._hot: list[tuple[int, Array, Array]] = []

    def take(self, order: Array, begins: Array, keys: Array) -> None:
        """The next places, where those with the same characters begin, and the first four of these; a first character never
        comes in two parts."""
        pair = (keys >> np.uint64(32)).astype(np.uint32)
        pairs = runs(pair)
        begins, pair = begins[pairs], pair[pairs]
        self._keys.append(pair)
        self._at.append((begins + self._done).astype(np.uint32))
        self._done += len(order)
        if self._texts >= _HOT_TEXTS:
            first, second = pair >> np.uint32(16), pair & np.uint32(0xFFFF)
            # Two of the same character overlap themselves; a zero behind a character is the end of a text, not a pair.
            self._take_hot(pair, begins, order, (first != second) & (second != 0))
            chars = runs(first)
            self._take_hot(first[chars] << np.uint32(16), begins[chars], order, np.ones(len(chars), bool))

    def _take_hot(self, keys: Array, begins: Array, order: Array, usable: Array) -> None:
        counts = np.diff(begins, append=len(order))
        for n in np.flatnonzero(usable & (counts * _HOT_SHARE >= self._texts)).tolist():
            key, start = int(keys[n]), int(begins[n])
            texts = np.bincount(self._text_at[order[start : start + int(counts[n])] // STRIDE], minlength=self._texts)
            if texts.max() < 256:
                held = texts > 0
                self._hot.append((key, np.packbits(held, bitorder="little"), texts[held].astype(np.uint8)))

    def arrays(self) -> dict[str, Array]:
        """What was collected."""
        hot = sorted(self._hot, key=lambda entry: entry[0])
        return {
            "pair": np.concatenate(self._keys),
            "pair_at": np.append(np.concatenate(self._at), np.uint32(self._done)),
            "hot": np.array([key for key, _, _ in hot], np.uint32),
            "hot_at": offsets(np.array([len(counts) for _, _, counts in hot], np.uint32)),
            "hot_bits": np.concatenate([np.zeros(0, np.uint8), *(bits for _, bits, _ in hot)]),
            "hot_counts": np.concatenate([np.zeros(0, np.uint8), *(counts for _, _, counts in hot)]),
        }


class Grams:
    """The texts of one field of a segment, searched by their characters."""

    def __init__(self, arrays: Arrays, prefix: str) -> None:
        def part(name: str) -> Array:
            return arrays[f"{prefix}.{name}"]

        self.chars, self.start, self.size = part("chars").view(_UNIT), part("start"), part("size")
        self._text_at, self._order = part("text_at"), Packed(arrays, f"{prefix}.order")
        self._pair, self._pair_at, self.breaks = part("pair"), part("pair_at"), part("breaks")
        self._pairs, self._pairs_at = self._pair.data, self._pair_at.data
        self._hot, self._hot_at = part("hot"), part("hot_at")
        self._hot_bits, self._hot_counts = part("hot_bits"), part("hot_counts")
        self._bytes = self.chars.view(np.uint8).data
        self.fours = four_at(self.chars, "<")

    def __len__(self) -> int:
        return len(self.start)

    def text(self, number: int) -> str:
        """The folded text of that number."""
        start = int(self.start[number])
        return bytes(self._bytes[2 * start : 2 * (start + int(self.size[number]))]).decode("utf-16-be", "surrogatepass")

    def hold_any(self, first: str, last: str) -> bool:
        """Whether a text holds any of the characters from `first` to `last`; above U+FFFF also when it holds near ones."""
        low, high = (int.from_bytes(units(char)[:2], "big") << 16 for char in (first, last))
        n = int(np.searchsorted(self._pair, np.uint32(low)))
        return n < len(self._pair) and int(self._pair[n]) <= high | 0xFFFF

    def owners(self, places: Array) -> Array:
        """The texts in which the places lie."""
        return self._text_at.take((places >> np.uint32(STRIDE.bit_length() - 1)).astype(np.intp))

    def everywhere(self, needle: bytes) -> tuple[Array, Array] | None:
        """The texts that hold one character or pair, as flags, and how often, when they are listed."""
        if len(needle) not in (2, 4):
            return None
        key = int.from_bytes(needle.ljust(4, b"\0"), "big")
        n = bisect_left(self._hot.data, key)
        if n == len(self._hot) or self._hot.data[n] != key:
            return None
        width = -(-len(self) // 8)
        bits = self._hot_bits[n * width : (n + 1) * width]
        held = np.unpackbits(bits, count=len(self), bitorder="little").view(bool)
        return held, self._hot_counts[int(self._hot_at[n]) : int(self._hot_at[n + 1])]

    def pair(self, pair: bytes) -> tuple[int, int]:
        """Where in `order` the places of a pair begin and end."""
        key = int.from_bytes(pair, "big")
        n = bisect_left(self._pairs, key)
        if n == len(self._pairs) or self._pairs[n] != key:
            return 0, 0
        return self._pairs_at[n], self._pairs_at[n + 1]

    def range(self, needle: bytes) -> tuple[int, int]:
        """Where in `order` the places of at most eight characters begin and end."""
        size = len(needle)
        if size == 2:
            first = bisect_left(self._pairs, int.from_bytes(needle, "big") << 16)
            return self._pairs_at[first], self._pairs_at[
                bisect_right(self._pairs, int.from_bytes(needle + b"\xff\xff", "big"))
            ]
        start, end = self.pair(needle[:4])
        if size == 4 or start == end:
            return start, end
        text = self._bytes
        return self._order.found(
            start, end, lambda place: text[2 * place : 2 * place + size].tobytes(), needle, single=size == 2 * SORTED
        )

    def listed(self, start: int, end: int) -> Array:
        """The places at that part of `order`; of the same eight characters they ascend."""
        return self._order.slice(start, end)

    def chars_at(self, place: int, size: int) -> bytes:
        """The bytes of the characters from a place on; `size` in bytes."""
        return self._bytes[2 * place : 2 * place + size].tobytes()


def merge_grams(file: ArrayFileWriter, prefix: str, sources: Sequence[Arrays], renumber: Sequence[Array]) -> None:
    """Writes the texts of several segments as one. `renumber`: per source the new number of each text, or -1; numbers
    ascend within a source and from source to source."""
    merging = _Merging(prefix, sources, renumber)
    file.stream(f"{prefix}.chars", np.uint8, merging.chars())
    file.add(f"{prefix}.start", merging.start)
    file.add(f"{prefix}.size", np.concatenate([f.size[k] for f, k in zip(merging.fields, merging.kept, strict=True)]))
    text_at = _text_at(merging.start, merging.size)
    file.add(f"{prefix}.text_at", text_at)
    file.add(f"{prefix}.breaks", *(merging.moved(n, f.breaks)[1] for n, f in enumerate(merging.fields)))
    pairs = _Pairs(text_at, len(merging.start))
    stream_runs(file, f"{prefix}.order", merging.size, merging.order(pairs))
    for name, array in pairs.arrays().items():
        file.add(f"{prefix}.{name}", array)


class _Merging:
    """Where everything of several sources goes."""

    def __init__(self, prefix: str, sources: Sequence[Arrays], renumber: Sequence[Array]) -> None:
        self.fields = [Grams(arrays, prefix) for arrays in sources]
        self.kept = [new >= 0 for new in renumber]
        self._fours = [four_at(field.chars) for field in self.fields]
        self._rooms = [np.diff(f.start.astype(np.int64), append=len(f.chars)) for f in self.fields]
        rooms = np.concatenate([room[keep] for room, keep in zip(self._rooms, self.kept, strict=True)])
        ends = np.cumsum(rooms) + STRIDE
        self.size = int(ends[-1]) if len(ends) else STRIDE
        self.start = (ends - rooms).astype(np.uint32)
        self._shift = []
        done = 0
        for field, keep in zip(self.fields, self.kept, strict=True):
            shift = np.zeros(len(field), np.uint32)  # what is added goes round behind the highest number
            count = int(keep.sum())
            shift[keep] = self.start[done : done + count] - field.start[keep]
            self._shift.append(shift)
            done += count

    def chars(self) -> Iterator[Array]:
        """The characters of all texts that are kept, as bytes."""
        yield np.zeros(2 * STRIDE, np.uint8)
        for field, keep, rooms in zip(self.fields, self.kept, self._rooms, strict=True):
            edges = np.flatnonzero(np.diff(np.concatenate(([0], keep.view(np.int8), [0]))))
            for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
                begin = int(field.start[first])
                yield field.chars[begin : begin + int(rooms[first:last].sum())].view(np.uint8)

    def moved(self, n: int, places: Array) -> tuple[Array, Array]:
        """The places of source `n` in texts that are kept, and what they are in the merged texts."""
        if self.kept[n].all():
            return places, places + self._shift[n][:1]  # all its texts move together
        owners = self.fields[n].owners(places)
        alive = self.kept[n][owners]
        return places[alive], places[alive] + self._shift[n][owners[alive]]

    def order(self, pairs: _Pairs) -> Iterator[tuple[Array, Array]]:
        """The merged places, some first characters at a time, and where those of each eight characters begin."""
        for found, begins, keys in in_advance(partial(self._piece, *cut) for cut in pairwise(self._cuts())):
            pairs.take(found, begins, keys)
            yield found, begins

    def _piece(self, first: int, last: int) -> tuple[Array, Array, Array]:
        """The merged places of first characters from `first` to before `last`, as `_sorted` gives them."""
        places, keys = [], []
        for n, (field, view) in enumerate(zip(self.fields, self._fours, strict=True)):
            low = np.searchsorted(field._pair, np.uint32(first << 16))
            high = np.searchsorted(field._pair, np.uint32((last << 16) - 1), "right")
            found = field._order.slice(int(field._pair_at[low]), int(field._pair_at[high]))
            found, moved = self.moved(n, found)
            keys.append(_keys(view, found))
            places.append(moved)
        firsts, seconds = (np.concatenate(part) for part in zip(*keys, strict=True))
        return _sorted(np.concatenate(places), firsts, seconds)

    def _cuts(self) -> list[int]:
        """First characters that part all places into pieces of bearable size."""
        counts = np.zeros(1 << 16, np.int64)
        for field in self.fields:
            np.add.at(counts, field._pair >> np.uint32(16), np.diff(field._pair_at))
        cuts, held = [0], 0
        for char in np.flatnonzero(counts).tolist():
            if held and held + int(counts[char]) > _PIECE:
                cuts.append(char)
                held = 0
            held += int(counts[char])
        return [*cuts, 1 << 16]
