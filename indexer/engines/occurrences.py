"""Where the leaves of a query occur in the texts of a segment, and how often: `indexer.matching` over whole arrays.

Everything is read off the places where the folded characters stand; where the definition asks for more (borders of ASCII
words, occurrences that overlap, proximity) the places are looked at one after the other.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from indexer import matching
from indexer.engines.arrays import Array, distinct, narrow, runs, sizes
from indexer.engines.counted import Counted
from indexer.engines.grams import Grams, storable, units
from indexer.engines.needles import ascending, places_of
from indexer.engines.sets import held_by, intersection
from indexer.matching import FoldedText, comparable
from indexer.query import Near, Prefix, TextLeaf, Word

_MANY: Final = 16
"""With more places than one text in so many, they are counted for every text at once."""


def occurrences(leaf: TextLeaf, grams: Grams) -> Counted:
    """The texts in which `leaf` occurs."""
    if isinstance(leaf, Near):
        return _near(tuple(storable(comparable(part)) for part in leaf.parts), leaf.distance, grams)
    text = comparable(leaf.text)
    if not text or not len(grams):
        return _nothing(grams)
    bordered = isinstance(leaf, Word | Prefix) and any(_is_word_sign(c) for c in text)
    needle = units(text)
    listed = None if bordered else grams.everywhere(needle)
    if listed is not None:
        return Counted.of(len(grams), *listed)
    overlapping = _overlaps_itself(needle)
    ordered = bordered or overlapping
    places = places_of(grams, needle, ordered=ordered)
    if not len(places):
        return _nothing(grams)
    if bordered:
        places = _standing_free(places, text, len(needle) // 2, grams, isinstance(leaf, Prefix))
    if overlapping:
        places = _apart(places, len(needle) // 2)
    return _counted(places, grams, ordered or ascending(needle))


def _nothing(grams: Grams) -> Counted:
    return Counted.of(len(grams), np.zeros(0, np.uint32), np.zeros(0, np.uint8))


def _counted(places: Array, grams: Grams, ordered: bool) -> Counted:
    """The texts of the places, and how many lie in each; `ordered`: the places ascend."""
    texts = grams.owners(places)
    if len(texts) * _MANY > len(grams):
        return Counted.of_every(narrow(np.bincount(texts, minlength=len(grams))))
    if not ordered:
        texts.sort()
    begins = runs(texts)
    if len(begins) == len(texts):
        return Counted.of(len(grams), texts, np.ones(len(texts), np.uint8))
    return Counted.of(len(grams), texts[begins], sizes(begins, len(texts)))


def _is_word_sign(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _standing_free(places: Array, text: str, size: int, grams: Grams, open_end: bool) -> Array:
    """The places where a word neither touches another ASCII letter or digit nor runs over dropped white space."""
    ends = places + np.uint32(size)
    free = np.ones(len(places), bool)
    if len(grams.breaks) and size > 1:
        inside = np.searchsorted(grams.breaks, ends) - np.searchsorted(grams.breaks, places, "right")
        free &= inside == 0
    if _is_word_sign(text[0]):
        free &= ~_word_signs(grams.chars[places - np.uint32(1)]) | held_by(grams.breaks, places)
    if _is_word_sign(text[-1]) and not open_end:
        free &= ~_word_signs(grams.chars[ends]) | held_by(grams.breaks, ends)
    return places[free]


def _word_signs(chars: Array) -> Array:
    """Which characters are ASCII letters or digits."""
    codes = chars.astype(np.uint16)
    letter = codes | np.uint16(0x20)
    found: Array = ((codes >= 48) & (codes <= 57)) | ((letter >= 97) & (letter <= 122) & (codes < 128))
    return found


def _overlaps_itself(needle: bytes) -> bool:
    if needle.find(needle[:2], 2) < 0:
        return False
    return any(needle.endswith(needle[: len(needle) - n]) for n in range(2, len(needle), 2))


def _apart(places: Array, size: int) -> Array:
    """The places from the left that do not overlap one taken before."""
    if not len(places) or not (np.diff(places) < size).any():
        return places
    taken, end = [], -1
    for place in places.tolist():
        if place >= end:
            taken.append(place)
            end = place + size
    return np.array(taken, places.dtype)


def _near(parts: Sequence[str], distance: int, grams: Grams) -> Counted:
    """The texts in which the parts stand close together, and how many occurrences take part."""
    if not all(parts) or not len(grams):
        return _nothing(grams)
    needles = [units(part) for part in parts]
    places = [places_of(grams, needle) for needle in needles]
    if len(parts) == 2 and parts[0] != parts[1]:
        return _near_two(places, [len(needle) // 2 for needle in needles], distance, grams)
    candidates = intersection([distinct(grams.owners(found)) for found in places], len(grams))
    counts = [
        sum(1 for _ in matching.near_spans(FoldedText(grams.text(n)), tuple(parts), distance)) for n in candidates
    ]
    held = np.array(counts, np.int64)
    return Counted.of(len(grams), candidates[held > 0], held[held > 0])


def _near_two(places: Sequence[Array], lengths: Sequence[int], distance: int, grams: Grams) -> Counted:
    taking = []
    for mine, size, other, other_size in (
        (places[0], lengths[0], places[1], lengths[1]),
        (places[1], lengths[1], places[0], lengths[0]),
    ):
        taking.append(
            mine[_has_neighbour(mine.astype(np.int64), size, other.astype(np.int64), other_size, distance, grams)]
        )
    return _counted(np.concatenate(taking), grams, ordered=False)


def _has_neighbour(mine: Array, size: int, other: Array, other_size: int, distance: int, grams: Grams) -> Array:
    """Which places have one of `other` before or behind them, in the same text and at most `distance` away."""
    if not len(other) or not len(mine):
        return np.zeros(len(mine), bool)
    texts, theirs = grams.owners(mine), grams.owners(other)
    behind = np.searchsorted(other, mine + size)
    there = np.minimum(behind, len(other) - 1)
    found: Array = (behind < len(other)) & (other[there] - (mine + size) <= distance) & (theirs[there] == texts)
    before = np.searchsorted(other, mine - other_size, "right") - 1
    there = np.maximum(before, 0)
    found |= (before >= 0) & (mine - (other[there] + other_size) <= distance) & (theirs[there] == texts)
    return found
