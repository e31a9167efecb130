"""Exact search in many short texts: every place of every text, in the order of the eight characters that begin there.

Texts stand one after the other as UTF-16 (big end first, so that the order of bytes is the order of characters), parted by
zeros, each beginning at a multiple of `STRIDE` so that a place leads to its text by one look-up. Places with the same eight
characters stand in the order of the texts. The places of pairs are listed; of those that are everywhere also the texts.

Arrays, each name with the prefix of the texts: `chars`, `start`, `size` (of each text, in UTF-16 units), `text_at` (place //
STRIDE → text), `order` (the places; `packed`, a run for each eight characters), `pair` and `pair_at`, `hot`, `hot_at`,
`hot_bits`, `hot_counts`, `breaks`; where texts were built, not merged, also `begins` (one bit for each entry of `order`: whether
a run begins there). They are made in `gram_writing`.
"""

from bisect import bisect_left, bisect_right
from typing import Final

import numpy as np

from indexer.engines.arrays import Array, Arrays
from indexer.engines.packed import Packed

STRIDE: Final = 32
_UNIT: Final = np.dtype(">u2")
SORTED: Final = 8
"""Characters by which places are sorted."""


def storable(text: str) -> str:
    """Characters as they are stored. U+0000 parts texts, so one inside a text is written as the non-character U+FFFF."""
    return text.replace("\0", "\uffff")


def units(text: str) -> bytes:
    """The bytes of a text as it is stored."""
    return storable(text).encode("utf-16-be", "surrogatepass")


def four_at(chars: Array, order: str = ">") -> Array:
    """The four characters from each place on as one number; with `order` ">" the numbers stand as the characters do."""
    return np.ndarray((max(0, len(chars) - 3),), f"{order}u8", chars.data, strides=(2,))


def keys_at(chars: Array, places: Array) -> tuple[Array, Array]:
    """The first four and the next four characters from each place on, as numbers that stand as the characters do."""
    eights = np.ndarray((max(0, len(chars) - SORTED + 1),), "V16", chars.data, strides=(2,))
    first, second = eights[places].view(">u8").reshape(-1, 2).T.astype(np.uint64, order="C")
    return first, second


def key_begins(first: Array, second: Array) -> Array:
    """Where equal pairs of keys, which stand together, begin."""
    changed = np.ones(len(first), bool)
    np.not_equal(first[1:], first[:-1], out=changed[1:])
    changed[1:] |= second[1:] != second[:-1]
    return np.flatnonzero(changed)


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
        self._begins = arrays.get(f"{prefix}.begins")
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

    def first_chars(self) -> tuple[Array, Array]:
        """The first characters of pairs, and how many places those have."""
        return self._pair >> np.uint32(16), np.diff(self._pair_at)

    def beginning(self, first: int, last: int) -> tuple[Array, Array]:
        """The places of first characters from `first` to before `last`, and where those of each eight characters begin."""
        low = int(self._pair_at[np.searchsorted(self._pair, np.uint32(first << 16))])
        high = int(self._pair_at[np.searchsorted(self._pair, np.uint32((last << 16) - 1), "right")])
        places = self._order.slice(low, high)
        if self._begins is None:
            return places, key_begins(*keys_at(self.chars, places))
        flags = np.unpackbits(self._begins[low // 8 : -(-high // 8)], bitorder="little")
        return places, np.flatnonzero(flags[low % 8 :][: high - low])

    def chars_at(self, place: int, size: int) -> bytes:
        """The bytes of the characters from a place on; `size` in bytes."""
        return self._bytes[2 * place : 2 * place + size].tobytes()
