"""The arrays of `grams`: from texts, and from those of several segments."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Final, Literal, NamedTuple

import numpy as np

from indexer.engines.ahead import in_advance
from indexer.engines.arrays import Array, ArrayFileWriter, Arrays, narrow, offsets, runs, sizes, spread
from indexer.engines.grams import SORTED, STRIDE, Grams, four_at, key_begins, keys_at, storable, units
from indexer.engines.packed import packed_runs, stream_runs
from indexer.engines.strings import utf16
from indexer.matching import FoldedText

_GAP: Final = SORTED - 1
"""Zeros behind each text at least: characters that are compared never reach into the next text."""
_PIECE: Final = 1 << 19
"""Places that are merged at a time, unless one character has more."""
_BITS: Final = 64
"""Of the numbers by which is sorted."""
_HOT_TEXTS: Final = 4096
"""Segments of fewer texts need no lists of what is everywhere."""
_HOT_SHARE: Final = 4
"""A character or pair is everywhere when it occurs as often as a quarter of the texts are many."""


def build_grams(prefix: str, texts: Sequence[FoldedText]) -> dict[str, Array]:
    """The arrays of `texts`."""
    joined, size = utf16([storable(text.text) for text in texts])
    ends = STRIDE + np.cumsum(-(-(size + _GAP) // STRIDE) * STRIDE)
    start = np.concatenate(([STRIDE], ends))[:-1].astype(np.uint32)
    places = spread(start, size).astype(np.uint32)
    chars = np.zeros(int(ends[-1]) if len(ends) else STRIDE, ">u2")
    chars[places] = joined
    order, begins = _in_order(chars, places)
    text_at = _text_at(start, len(chars))
    pairs = _Pairs(text_at, len(start))
    pairs.take(order, begins, four_at(chars)[order[begins]].astype(np.uint64))
    return {
        f"{prefix}.chars": chars.view(np.uint8),
        f"{prefix}.start": start,
        f"{prefix}.size": narrow(size),
        f"{prefix}.text_at": text_at,
        f"{prefix}.breaks": _breaks(texts, start),
        **packed_runs(f"{prefix}.order", len(chars), order, begins),
        f"{prefix}.begins": _flags(begins, len(order)),
        **{f"{prefix}.{name}": array for name, array in pairs.arrays().items()},
    }


def _breaks(texts: Sequence[FoldedText], start: Array) -> Array:
    """The places of all breaks, ascending."""
    found: list[int] = []
    for n, (text, breaks) in enumerate(texts):
        if breaks:
            found += sorted(int(start[n]) + len(units(text[:place])) // 2 for place in breaks)
    return np.array(found, np.uint32)


def _in_order(chars: Array, places: Array) -> tuple[Array, Array]:
    """Places in the order of the characters from there on, equal ones as they stood, and where equal ones begin."""
    width = len(places).bit_length()
    if 3 * width > _BITS:
        sorting, begins = _by_keys(*keys_at(chars, places))
        return places[sorting], begins
    # Sorted by as many ranks as one number holds, at first of single characters, gives ranks of several characters, and so on.
    rank, reach, at = _char_ranks(chars, few=width <= 16), 1, places.astype(np.intp)
    while True:
        bits = int(rank.max()).bit_length() or 1
        further = min(SORTED, reach * ((_BITS - width) // bits))
        keys = rank[: len(chars) - _GAP].astype(np.uint64)
        for first in (*range(reach, further - reach, reach), further - reach):
            keys <<= np.uint64(bits)
            keys |= rank[first : len(keys) + first]
        sorting, ordered = _numbered_sort(keys[at], width)
        if further == SORTED:
            return places[sorting], runs(ordered)
        rank, reach = np.zeros(len(chars), np.uint32), further
        rank[at[sorting]] = _counted(ordered)


def _char_ranks(chars: Array, *, few: bool) -> Array:
    """Numbers that stand as the characters do, zero for zero; small ones unless there are `few`."""
    units = chars.astype(np.uint16)
    if few:
        return units
    known = np.zeros(1 << 16, bool)
    known[units] = True
    known[0] = False
    return np.cumsum(known, dtype=np.uint32)[units]


def _numbered_sort(keys: Array, width: int) -> tuple[Array, Array]:
    """The order of keys, equal ones as they stood, and the keys in it; their number and each of them fit in one together, since
    numbers are sorted ten times as fast as their places are found."""
    ordered = keys << np.uint64(width)
    ordered |= np.arange(len(keys), dtype=np.uint64)
    ordered.sort()
    order = (ordered & np.uint64((1 << width) - 1)).view(np.intp)
    ordered >>= np.uint64(width)
    return order, ordered


class _Runs(NamedTuple):
    """Places, those of the same eight characters together: how many each run has, its first and its next four characters."""

    places: Array
    counts: Array
    first: Array
    second: Array

    def sorted(self) -> tuple[Array, Array, Array]:
        """All places in the order of their characters, where equal ones begin, and the first four there. Equal ones keep their order."""
        sorting, begins = _by_keys(self.first, self.second)
        counts = self.counts[sorting]
        order = spread((np.cumsum(self.counts) - self.counts)[sorting], counts)
        return self.places[order], (np.cumsum(counts) - counts)[begins], self.first[sorting[begins]]


def _by_keys(first: Array, second: Array) -> tuple[Array, Array]:
    """The order by two keys, equal ones as they stood, and where equal ones begin in it."""
    width = len(first).bit_length()
    if 3 * width > _BITS:
        order = np.lexsort((second, first))
        return order, key_begins(first[order], second[order])
    # The first ones of a source ascend: sorting in the stable way makes use of that.
    order, ordered = _numbered_sort(_ranks(first, "stable") << np.uint64(width) | _ranks(second), width)
    return order, runs(ordered)


def _ranks(keys: Array, kind: Literal["stable"] | None = None) -> Array:
    """For each key how many different ones are not above it."""
    order = np.argsort(keys, kind=kind)
    ranks = np.empty(len(keys), np.uint64)
    ranks[order] = _counted(keys[order])
    return ranks


def _counted(ordered: Array) -> Array:
    """For each key how many different ones came up to it."""
    changed = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=changed[1:])
    return np.cumsum(changed, dtype=np.uint32)


def _text_at(start: Array, size: int) -> Array:
    found = np.zeros(size // STRIDE, np.uint32)
    found[start[1:] // STRIDE] = 1
    return np.cumsum(found, dtype=np.uint32)


def _flags(places: Array, size: int) -> Array:
    flags = np.zeros(size, bool)
    flags[places] = True
    return np.packbits(flags, bitorder="little")


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
            self._take_hot(pair, np.append(begins, len(order)), order)

    def _take_hot(self, pair: Array, at: Array, order: Array) -> None:
        """Of pairs and their first characters those that are everywhere; the places of each pair begin at one of `at`."""
        first, second = pair >> np.uint32(16), pair & np.uint32(0xFFFF)
        # Two of the same character overlap themselves; a zero behind a character is the end of a text, not a pair.
        hot = (first != second) & (second != 0) & (np.diff(at) * _HOT_SHARE >= self._texts)
        for low, high in pairwise([*runs(first).tolist(), len(pair)]):
            start, end = int(at[low]), int(at[high])
            if (end - start) * _HOT_SHARE >= self._texts:
                owners = self._text_at[order[start:end] // STRIDE].astype(np.intp)
                self._list(int(first[low]) << 16, owners)
                for n in (low + np.flatnonzero(hot[low:high])).tolist():
                    self._list(int(pair[n]), owners[int(at[n]) - start : int(at[n + 1]) - start])

    def _list(self, key: int, owners: Array) -> None:
        """Keeps which texts hold it and how often, unless that is very often; `owners`: the text of each place."""
        texts = np.bincount(owners, minlength=self._texts)
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


def merge_grams(file: ArrayFileWriter, prefix: str, sources: Sequence[Arrays], renumber: Sequence[Array]) -> None:
    """Writes the texts of several segments as one. `renumber`: per source the new number of each text, or -1; numbers
    ascend within a source and from source to source."""
    merging = _Merging(prefix, sources, renumber)
    file.stream(f"{prefix}.chars", np.uint8, merging.chars())
    file.add(f"{prefix}.start", merging.start)
    file.add(f"{prefix}.size", np.concatenate([f.size[k] for f, k in zip(merging.fields, merging.kept, strict=True)]))
    text_at = _text_at(merging.start, merging.size)
    file.add(f"{prefix}.text_at", text_at)
    file.add(f"{prefix}.breaks", *merging.breaks())
    pairs = _Pairs(text_at, len(merging.start))
    stream_runs(file, f"{prefix}.order", merging.size, merging.order(pairs))
    for name, array in pairs.arrays().items():
        file.add(f"{prefix}.{name}", array)


class _Merging:
    """Where everything of several sources goes."""

    def __init__(self, prefix: str, sources: Sequence[Arrays], renumber: Sequence[Array]) -> None:
        self.fields = [Grams(arrays, prefix) for arrays in sources]
        self.kept = [new >= 0 for new in renumber]
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

    def breaks(self) -> Iterator[Array]:
        """The breaks of all texts that are kept."""
        for n, field in enumerate(self.fields):
            yield self._taken(n, field.breaks)[1]

    def _taken(self, n: int, places: Array) -> tuple[Array | None, Array]:
        """Which places of source `n` are in texts that are kept (`None`: all are), and what those are in the merged texts."""
        shift = self._shift[n]
        if self.kept[n].all():
            return None, places + shift[:1]  # all its texts move together
        owners = self.fields[n].owners(places)
        alive = self.kept[n][owners]
        return alive, places[alive] + shift[owners[alive]]

    def order(self, pairs: _Pairs) -> Iterator[tuple[Array, Array]]:
        """The merged places, some first characters at a time, and where those of each eight characters begin."""
        for found, begins, keys in in_advance(partial(self._piece, *cut) for cut in pairwise(self._cuts())):
            pairs.take(found, begins, keys)
            yield found, begins

    def _piece(self, first: int, last: int) -> tuple[Array, Array, Array]:
        """The merged places of first characters from `first` to before `last`, as `_Runs.sorted` gives them."""
        found = [self._runs(n, first, last) for n in range(len(self.fields))]
        return _Runs(*map(np.concatenate, zip(*found, strict=True))).sorted()

    def _runs(self, n: int, first: int, last: int) -> _Runs:
        """The places of source `n` that are kept, where they come to stand."""
        field = self.fields[n]
        places, begins = field.beginning(first, last)
        firsts, seconds = keys_at(field.chars, places[begins])
        counts = sizes(begins, len(places))
        alive, moved = self._taken(n, places)
        if alive is not None:
            counts = np.bincount(np.repeat(np.arange(len(begins)), counts)[alive], minlength=len(begins))
            some = counts > 0
            counts, firsts, seconds = counts[some], firsts[some], seconds[some]
        return _Runs(moved, counts, firsts, seconds)

    def _cuts(self) -> list[int]:
        """First characters that part all places into pieces of bearable size."""
        counts = np.zeros(1 << 16, np.int64)
        for field in self.fields:
            np.add.at(counts, *field.first_chars())
        cuts, held = [0], 0
        for char in np.flatnonzero(counts).tolist():
            if held and held + int(counts[char]) > _PIECE:
                cuts.append(char)
                held = 0
            held += int(counts[char])
        return [*cuts, 1 << 16]
