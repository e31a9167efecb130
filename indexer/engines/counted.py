"""How often something occurs in the documents of a segment, kept in the form it was found in and given in the one asked for:
a few by number, many by flag, or one count for every document.
"""

from functools import cached_property
from typing import Final

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.sets import count, flags, numbers

_LOOKED_UP: Final = 4096
"""Up to so many numbers are looked up in a list; more are quicker by one count for every document."""


class Counted:
    """The documents of a segment, numbered below `size`, that hold something, and how often."""

    def __init__(self, size: int, found: Array, counts: Array | None, every: Array | None = None) -> None:
        """`found`: a set (`sets`); `counts` of these documents in their order, or `every`: of all documents."""
        self.size = size
        self.found = found
        self._counts = counts
        self._every = every

    @classmethod
    def of_every(cls, every: Array) -> "Counted":
        """From one count for every document, zero for those that hold nothing."""
        return cls(len(every), every != 0, None, every)

    @cached_property
    def number(self) -> int:
        """How many documents hold it."""
        return count(self.found)

    @cached_property
    def docs(self) -> Array:
        """These documents, ascending."""
        return numbers(self.found)

    @property
    def counts(self) -> Array:
        """How often each of `docs` holds it."""
        if self._counts is None:
            assert self._every is not None
            self._counts = self._every[self.docs]
        return self._counts

    @property
    def every(self) -> Array:
        """How often every document holds it."""
        if self._every is None:
            self._every = np.zeros(self.size, self.counts.dtype)
            self._every[self.docs] = self.counts
        return self._every

    def within(self, alive: Array | None) -> int:
        """How many of the documents flagged in `alive` hold it; `None` for all."""
        if alive is None:
            return self.number
        return int(np.count_nonzero(flags(self.found, self.size) & alive))

    def at(self, wanted: Array) -> Array:
        """How often each of the `wanted` (ascending numbers) holds it."""
        if self._every is not None or min(len(wanted), self.number) > _LOOKED_UP:
            return self.every[wanted]
        made = np.zeros(len(wanted), self.counts.dtype)
        if not len(wanted) or not self.number:
            return made
        few, many = (self.docs, wanted) if self.number < len(wanted) else (wanted, self.docs)
        place = np.minimum(np.searchsorted(many, few), len(many) - 1)
        same = np.flatnonzero(many[place] == few)
        if few is wanted:
            made[same] = self.counts[place[same]]
        else:
            made[place[same]] = self.counts[same]
        return made
