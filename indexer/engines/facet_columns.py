"""Columns as facets count them: values put together by group, owners by their kind, and several facets in one go.

What is counted are **kinds** of owners: those with the same value, without any, or with the same set of values. They are far
fewer than the owners. Facets of few kinds make a **group**, counted by combinations of kinds. Nothing here knows a query.
"""

from collections.abc import Mapping
from math import prod
from typing import Final

import numpy as np

from indexer.engines.arrays import Array, narrow
from indexer.engines.columns import Column
from indexer.fields import FILTERS, FacetValue

_CELLS: Final = 4096
"""The most combinations of kinds in a group: so many are added up in less time than a few thousand reports are counted."""


class FacetColumn:
    """A column as a facet counts it, by report or by section."""

    def __init__(self, name: str, column: Column) -> None:
        grouped = list(map(FILTERS[name].group, column.values))
        self.values: list[FacetValue] = list(dict.fromkeys(grouped))
        codes = column.code
        if len(self.values) < len(grouped):
            numbers = {value: n for n, value in enumerate(self.values)}
            codes = narrow(np.array([numbers[value] for value in grouped], np.intp))[codes]
        self._sets: tuple[Array, Array] | None = None
        """Kinds and the values that their owners have, pair by pair; `None` when kinds are values, with one more for owners
        without any."""
        self.code = codes
        """The kind of each owner."""
        self.kinds = len(self.values) + 1
        if not column.single:
            held = np.diff(column.at)
            if len(held) and held.max() > 1:
                self.code, self._sets = _sets_of(codes.astype(np.intp), column.at, len(self.values))
                self.kinds = int(self.code.max()) + 1
            else:
                self.code = np.full(len(held), len(self.values), np.min_scalar_type(len(self.values)))
                self.code[held > 0] = codes

    def counts(self, owners: Array | None, units: Array | None) -> Array:
        """How many units have each value: `units` of each of the `owners` (`None`: of every one), or one of each."""
        return self.of_values(_bincount(self.code, owners, units, self.kinds))

    def of_values(self, counted: Array) -> Array:
        """From how many units are of each kind, how many have each value."""
        if self._sets is None:
            return counted[:-1].astype(np.int64, copy=False)
        kinds, values = self._sets
        return np.bincount(values, counted[kinds], len(self.values)).astype(np.int64)


class FacetGroup:
    """Facets of the reports of a segment that are counted together."""

    def __init__(self, columns: Mapping[str, FacetColumn]) -> None:
        self._columns = columns
        self._shape = tuple(column.kinds for column in columns.values())
        self._others = {
            name: tuple(other for other in range(len(columns)) if other != n) for n, name in enumerate(columns)
        }
        codes = [column.code for column in columns.values()]
        if len(codes) > 1:
            codes = [narrow(np.ravel_multi_index([code.astype(np.intp) for code in codes], self._shape))]
        self._code = codes[0]

    def cells(self, owners: Array | None, units: Array | None) -> Array:
        """How many units have each combination of kinds; `owners` and `units` as for a column."""
        return _bincount(self._code, owners, units, prod(self._shape)).reshape(self._shape)

    def counts(self, name: str, cells: Array) -> Array:
        """How many units have each value of a facet, from the `cells` of the group."""
        others = self._others[name]
        return self._columns[name].of_values(np.add.reduce(cells, axis=others) if others else cells)


def grouped(columns: Mapping[str, FacetColumn]) -> dict[str, FacetGroup]:
    """The group of each facet; as few groups as there is room in."""
    groups: list[dict[str, FacetColumn]] = []
    for name, column in columns.items():
        for group in groups:
            if prod(other.kinds for other in group.values()) * column.kinds <= _CELLS:
                group[name] = column
                break
        else:
            groups.append({name: column})
    return {name: made for group in groups for made in [FacetGroup(group)] for name in group}


def _bincount(code: Array, owners: Array | None, units: Array | None, size: int) -> Array:
    return np.bincount(code if owners is None else code.take(owners), units, size)


def _sets_of(codes: Array, at: Array, values: int) -> tuple[Array, tuple[Array, Array]]:
    """The number of each owner's set of values, and the sets: their numbers and what is in them, pair by pair. `at`: where the
    codes of each owner begin."""
    some = np.diff(at) > 0
    words = np.zeros((len(some), -(-values // 64)), np.uint64)
    bits = np.uint64(1) << (codes % 64).astype(np.uint64)
    for n in range(words.shape[1]):
        words[some, n] = np.bitwise_or.reduceat(np.where(codes // 64 == n, bits, np.uint64(0)), at[:-1][some])
    whole = words[:, 0] if words.shape[1] == 1 else words
    different, number = np.unique(whole, axis=0 if whole.ndim > 1 else None, return_inverse=True)
    rows = different.reshape(len(different), -1).astype("<u8").view(np.uint8)
    sets, held = np.nonzero(np.unpackbits(rows, axis=1, count=values, bitorder="little"))
    return narrow(number.reshape(-1)), (sets, held)
