"""A folded text with the way back to its source, known from what differs between the two.

Nothing is folded again but the pieces that differ, and those only where something begins or ends in them.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final

from corpus.text import JOINING_RANGES, folded_alone
from indexer import matching
from indexer.matching import FoldedWhole, Span


@cache
def _joining() -> re.Pattern[str]:  # made when first needed, for it takes 2 ms
    return re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in JOINING_RANGES) + "]")


def joins(text: str) -> bool:
    """Whether `text` may hold a character that folds together with the one before: differences know nothing of that."""
    return _joining().search(text) is not None


class _Plain(dict[str, bool]):
    """Character → whether it gives one folded character, wherever it stands."""

    def __missing__(self, char: str) -> bool:
        folded = folded_alone(char)
        self[char] = found = folded is not None and len(folded) == 1
        return found


_plain: Final = _Plain()


class Told:
    """A `FoldedSource`. `kept`: how many characters are as the folded text tells them, how many of it are left out then, and how
    many stand there instead, three numbers again and again; `pieces`: all those. The text must not be one that `joins`."""

    def __init__(self, text: str, kept: Sequence[int], pieces: str, source: str) -> None:
        self.text = text
        self._source = source
        self._begins: list[int] = []
        """Where the pieces that differ begin in the folded text."""
        self._pieces: list[tuple[int, int, int]] = []
        """How many characters they have there, and where they begin and end in the source."""
        if kept and (kept[1::3] != kept[2::3] or not all(map(_plain.__getitem__, pieces))):
            self._read(kept)

    def _read(self, kept: Sequence[int]) -> None:
        at = place = 0
        for same, dropped, instead in zip(kept[::3], kept[1::3], kept[2::3], strict=True):
            at, place = at + same, place + same
            self._begins.append(at)
            self._pieces.append((dropped, place, place + instead))
            at, place = at + dropped, place + instead

    @property
    def is_plain(self) -> bool:
        return not self._begins

    @property
    def breaks(self) -> frozenset[int]:
        found: list[int] = []
        for begin, (_, start, end) in zip(self._begins, self._pieces, strict=True):
            first = max(start - 1, 0)
            around = self._source[first : end + 1]
            found += (begin - (start - first) + place for place in matching.folded(around).breaks)
        return frozenset(found)

    def source_span(self, start: int, end: int) -> Span:
        return self._char(start)[0], self._char(end - 1)[1]

    def _char(self, at: int) -> Span:
        """The source's span that gave the folded character at that place."""
        n = bisect_right(self._begins, at) - 1
        if n < 0:
            return at, at + 1
        size, start, end = self._pieces[n]
        inside = at - self._begins[n]
        if inside >= size:
            place = end + inside - size
            return place, place + 1
        first, last = FoldedWhole.of(self._source[start:end]).source_span(inside, inside + 1)
        return start + first, start + last
