"""Where something stands in the texts of a field, whatever its length.

At most eight characters are looked up. Of more, a rare part is looked up, and its places are held against the text: one by one
where a pair is rare enough, else eight characters at a time. Needles are bytes, as `grams.units` makes them.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.grams import SORTED, STRIDE, Grams

_FEW: Final = 512
"""Places of a pair that are looked at one after the other; of more, eight characters are looked up."""
_PAIRS: Final = 128
"""Pairs of a needle that are counted at least, if it has so many."""
_TRIED: Final = 3
"""Eights of a needle that are looked up to find a rare one."""
_REPEATED: Final = 256
"""Places from which on it is worth finding out whether a long needle stands wherever a part of it does."""


def places_of(grams: Grams, needle: bytes, *, ordered: bool = True) -> Array:
    """Every place where the needle stands, overlapping ones too; ascending, unless that is not needed."""
    if len(needle) <= 2 * SORTED:
        found = grams.listed(*grams.range(needle))
        return np.sort(found) if ordered and not ascending(needle) else found
    counts = _pair_counts(grams, needle)
    rarest = min(counts, key=counts.__getitem__)
    if counts[rarest] > _FEW:
        return _around(grams, needle, *_rarest(grams, needle, counts))
    return _beside(grams, needle, rarest)


def ascending(needle: bytes) -> bool:
    """Whether the places of the needle are found in order anyway."""
    return len(needle) >= 2 * SORTED


def _pair_counts(grams: Grams, needle: bytes) -> dict[int, int]:
    """How often every second pair of the needle stands anywhere, by its place in it; fewer pairs, when it is very long."""
    counts = {}
    last = len(needle) // 2 - 2
    for n in range(0, last + 1, 2 + last // _PAIRS):
        start, end = grams.pair(needle[2 * n : 2 * n + 4])
        counts[n] = end - start
    return counts


def _beside(grams: Grams, needle: bytes, offset: int) -> Array:
    """The places of the needle beside those of a rare pair, which stands `offset` behind its beginning."""
    four = min(offset, len(needle) // 2 - 4)
    found = grams.listed(*grams.pair(needle[2 * offset : 2 * offset + 4])) - np.uint32(offset - four)
    begins = (place - four for place in _holding(grams, found, needle, four, 0).tolist())
    return np.array(sorted(n for n in begins if n >= 0 and grams.chars_at(n, len(needle)) == needle), np.uint32)


def _around(grams: Grams, needle: bytes, window: int, known: tuple[int, int]) -> Array:
    """The places of the needle around those of eight of its characters, which stand `window` behind its beginning."""
    size = len(needle) // 2
    found = grams.listed(*known)
    first, last = window + STRIDE, len(grams.chars) - size + window
    if len(found) and not first <= int(found[0]) <= int(found[-1]) <= last:
        found = found[(found >= first) & (found <= last)]
    found = found - np.uint32(window)
    for offset in (*range(0, size - SORTED, SORTED), size - SORTED):
        if offset != window and not _always(grams, found, needle, offset):
            for four in (offset, offset + 4):
                found = _holding(grams, found, needle, four, four)
    return found


def _always(grams: Grams, found: Array, needle: bytes, offset: int) -> bool:
    """Whether the eight characters from `offset` on stand nowhere else than at all of the places: the needle is a piece of
    something that is repeated word by word. Not found out where looking at the places is no more work."""
    if len(found) < _REPEATED:
        return False
    start, end = grams.range(needle[2 * offset : 2 * (offset + SORTED)])
    if end - start != len(found):
        return False
    same = grams.listed(start, end) - np.uint32(offset) == found
    return int(np.count_nonzero(same)) == len(found)


def _holding(grams: Grams, found: Array, needle: bytes, four: int, behind: int) -> Array:
    """The places so far behind which the needle's four characters from `four` on stand."""
    wanted = np.uint64(int.from_bytes(needle[2 * four : 2 * four + 8], "little"))
    held: Array = found[grams.fours[found + np.uint32(behind)] == wanted]
    return held


def _rarest(grams: Grams, needle: bytes, counts: Mapping[int, int]) -> tuple[int, tuple[int, int]]:
    """Where in the needle its rarest eight characters stand, as far as pairs can tell, and their part of the order."""
    tried: list[int] = []
    best, known = 0, (0, 1 << 32)
    for pair in sorted(counts, key=counts.__getitem__):
        window = min(max(0, pair - SORTED // 2 + 1), len(needle) // 2 - SORTED)
        if any(abs(window - other) < SORTED // 2 for other in tried):
            continue
        tried.append(window)
        start, end = grams.range(needle[2 * window : 2 * (window + SORTED)])
        if end - start < known[1] - known[0]:
            best, known = window, (start, end)
        if (
            len(tried) == _TRIED or end - start < _FEW // 8 or end - start == counts[pair]
        ):  # the pair stands nowhere else
            break
    return best, known
