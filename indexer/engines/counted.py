"""How often something occurs in the documents of a segment, kept in the form it was found in and given in the one asked for:
a few by number, many by flag, or one count for every document.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Final

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.sets import count, flags, is_flags, numbers

_LOOKED_UP: Final = 4096
"""Up to so many numbers are looked up in a list; more are quicker by one count for every document."""


class Counted:
    """The documents of a segment, numbered below `size`, that hold something, and how often."""

    def __init__(self, size: int, load: Callable[[], tuple[Array, Array]], number: int | None = None) -> None:
        """`load` gives the documents as a set (`sets`) and the counts of these in their order; `number`: how many they are."""
        self.size = size
        self._load = load
        self._every: Array | None = None
        if number is not None:
            self.number = number

    @classmethod
    def of(cls, size: int, found: Array, counts: Array) -> "Counted":
        """From a set of documents and the counts of these in their order."""
        return cls(size, lambda: (found, counts), len(counts))

    @classmethod
    def of_every(cls, every: Array, number: int | None = None) -> "Counted":
        """From one count for every document, zero for those that hold nothing."""
        made = cls(len(every), lambda: (held := every != 0, every[held]), number)
        made._every = every
        return made

    @cached_property
    def _loaded(self) -> tuple[Array, Array]:
        found, counts = self._load()
        return found if is_flags(found) else found.astype(np.intp, copy=False), counts

    @cached_property
    def found(self) -> Array:
        """The documents as a set: ascending numbers or flags."""
        return self._loaded[0] if self._every is None else self._every != 0

    @cached_property
    def number(self) -> int:
        """How many documents hold it."""
        return count(self.found)

    @cached_property
    def docs(self) -> Array:
        """These documents, ascending."""
        return numbers(self.found)

    @cached_property
    def counts(self) -> Array:
        """How often each of `docs` holds it."""
        return self._loaded[1] if self._every is None else self._every[self.docs]

    @property
    def every(self) -> Array:
        """How often every document holds it."""
        if self._every is None:
            every = np.zeros(self.size, self.counts.dtype)
            every[self.docs] = self.counts
            self._every = every
        return self._every

    def within(self, alive: Array | None) -> int:
        """How many of the documents flagged in `alive` hold it; `None` for all."""
        if alive is None:
            return self.number
        return int(np.count_nonzero(flags(self.found, self.size) & alive))

    def at(self, wanted: Array) -> Array:
        """How often each of the `wanted` numbers holds it."""
        if self._every is not None:
            counts: Array = self._every[wanted]
            return counts
        if len(wanted) > _LOOKED_UP:
            return self.counts if wanted is self.docs else self.every[wanted]
        if not self.number:
            return np.zeros(len(wanted), np.uint8)
        at = self.docs.searchsorted(wanted)
        at[at == self.number] = 0
        made: Array = self.counts.take(at) * (self.docs.take(at) == wanted)
        return made
