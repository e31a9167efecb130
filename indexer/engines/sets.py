"""Sets of documents of a segment: ascending numbers while they are few, one flag a document when they are many.

The type of the array tells which: flags are `bool`. Results do not depend on it.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from indexer.engines.arrays import Array, distinct

_SPARSE: Final = 32
"""The union of sets that have fewer than one document in so many is formed of their numbers."""
_FEW: Final = 64
"""Fewer numbers than one document in so many are looked up in other numbers, more in flags."""


def is_flags(found: Array) -> bool:
    """Whether the set is given by flags."""
    return found.dtype == np.bool_


def flags(found: Array, size: int) -> Array:
    """The set as one flag a document."""
    if is_flags(found):
        return found
    made = np.zeros(size, bool)
    made[found] = True
    return made


def numbers(found: Array) -> Array:
    """The set as ascending numbers."""
    return found.nonzero()[0] if is_flags(found) else found


def count(found: Array) -> int:
    """How many documents are in the set."""
    return int(np.count_nonzero(found)) if is_flags(found) else len(found)


def union(sets: Sequence[Array], size: int) -> Array:
    """The documents in any of the sets."""
    sets = [s for s in sets if len(s)]
    if len(sets) < 2:
        return sets[0] if sets else np.zeros(0, np.intp)
    if all(not is_flags(s) for s in sets) and sum(map(len, sets)) * _SPARSE < size:
        return distinct(np.concatenate(sets))
    made = np.zeros(size, bool)
    for found in sets:
        if is_flags(found):
            made |= found
        else:
            made[found] = True
    return made


def intersection(sets: Sequence[Array], size: int) -> Array:
    """The documents in all of the sets, of which there is at least one."""
    found, *others = sorted(sets, key=lambda s: size if is_flags(s) else len(s))
    for other in others:
        if is_flags(found):
            found = found & other if is_flags(other) else flags(other, size) & found
        elif is_flags(other) or len(found) * _FEW > size:
            found = found[flags(other, size)[found]]
        else:
            found = found[held_by(other, found)]
    return found


def held_by(found: Array, wanted: Array) -> Array:
    """Which of the `wanted` numbers are in the set of numbers `found`."""
    if not len(found):
        return np.zeros(len(wanted), bool)
    at = np.searchsorted(found, wanted)
    at[at == len(found)] = 0
    held: Array = found[at] == wanted
    return held


def complement(found: Array, size: int) -> Array:
    """The documents that are not in the set."""
    return ~flags(found, size)
