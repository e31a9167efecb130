"""Columns of a segment: the values of each field and the figures of each report, as arrays.

A column is a list of its different values (JSON) and, per report, the codes of those it has: `at` (where a report's codes
begin; empty when every report has exactly one) and `code`. Figures are kept by path: which reports state the figure (one bit
each), and those that are not zero, in the smallest type that holds all figures of the path.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np

from indexer.documents import Number
from indexer.engines.arrays import Array, ArrayFileWriter, Arrays, json_array, json_value, narrow, offsets, spread
from indexer.engines.packed import Packed, packed_runs
from indexer.engines.strings import Numbers
from indexer.fields import FacetValue

_TYPES: Final = tuple(map(np.dtype, ("u1", "u2", "u4", "f8")))
"""What figures are kept as."""
_SIZES: Final = np.array([kind.itemsize for kind in _TYPES])
_LIMITS: Final = np.array([256.0**kind.itemsize for kind in _TYPES if kind.kind == "u"])
"""What the numbers of each type are below."""
_MERGED: Final = 1 << 20
"""Figures that are merged at a time."""


def build_column(name: str, values: Sequence[Sequence[FacetValue]]) -> dict[str, Array]:
    """The arrays of a column from the values of each report (or section)."""
    numbers: dict[FacetValue, int] = {}
    codes = [numbers.setdefault(value, len(numbers)) for held in values for value in held]
    return {
        f"{name}.values": json_array(list(numbers)),
        f"{name}.at": _begins(np.fromiter(map(len, values), np.uint32, len(values))),
        f"{name}.code": narrow(np.array(codes, np.uint32)),
    }


def _begins(counts: Array) -> Array:
    """Where the codes of each report begin, unless each has one."""
    return np.zeros(0, np.uint32) if (counts == 1).all() else offsets(counts)


def merge_column(file: ArrayFileWriter, name: str, sources: Sequence[Arrays], kept: Sequence[Array]) -> None:
    """Writes the column of several segments as one, of the reports (or sections) that are `kept`."""
    numbers: dict[FacetValue, int] = {}
    counts, codes = [], []
    for arrays, keep in zip(sources, kept, strict=True):
        column = Column(arrays, name)
        held = np.diff(column.at)[keep]
        code = column.code[spread(column.at[:-1][keep], held)]
        lookup = np.zeros(max(len(column.values), 1), np.uint32)
        for old in np.unique(code).tolist():
            lookup[old] = numbers.setdefault(column.values[old], len(numbers))
        counts.append(held)
        codes.append(lookup[code])
    file.add(f"{name}.values", json_array(list(numbers)))
    file.add(f"{name}.at", _begins(np.concatenate(counts)))
    file.add(f"{name}.code", narrow(np.concatenate(codes)))


class Column:
    """The column of one field."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.values: list[FacetValue] = json_value(arrays[f"{name}.values"])
        self.code = arrays[f"{name}.code"]
        self._at = arrays[f"{name}.at"]
        self.single = not len(self._at)
        """Whether each report has exactly one value, so that `code` is by report."""

    @cached_property
    def at(self) -> Array:
        """Where the codes of each report begin, and behind the last where they end."""
        return np.arange(len(self.code) + 1, dtype=np.uint32) if self.single else self._at

    def owners(self) -> Array:
        """The report of each entry of `code`."""
        return np.repeat(np.arange(len(self.at) - 1), np.diff(self.at))

    def holding(self, wanted: Array) -> Array:
        """Which reports have a value whose code is `wanted` (one flag a value)."""
        if not len(wanted):
            return np.zeros(len(self.at) - 1, bool)
        if self.single:
            chosen: Array = wanted[self.code]
            return chosen
        found = np.zeros(len(self.at) - 1, bool)
        found[self.owners()[wanted[self.code]]] = True
        return found


def build_figures(reports: Sequence[Mapping[str, Number]]) -> dict[str, Array]:
    """The arrays of the figures of each report."""
    numbers = Numbers[str]()
    found = np.fromiter(map(numbers.__getitem__, chain.from_iterable(reports)), np.intp)
    order = sorted(numbers)
    rank = np.empty(len(order), np.intp)
    rank[[numbers[path] for path in order]] = np.arange(len(order))
    stated = _Stated(
        rank[found],
        np.repeat(np.arange(len(reports), dtype=np.uint32), [len(figures) for figures in reports]),
        np.fromiter(chain.from_iterable(figures.values() for figures in reports), np.float64),
    )
    flags = np.zeros((len(order), len(reports)), bool)
    flags[stated.path, stated.report] = True
    return _arrays(order, len(reports), [_piece(flags, stated)])


class _Stated(NamedTuple):
    """Figures one after the other: the path of each, its report and itself."""

    path: Array
    report: Array
    value: Array


class _Piece(NamedTuple):
    """Figures of some paths: which reports state each (bits), how many are not zero, and of these reports and values."""

    present: Array
    counts: Array
    reports: Array
    values: Array


def _piece(flags: Array, stated: _Stated) -> _Piece:
    """`flags`: which reports (columns) state the figures of each path (rows)."""
    some = stated.value != 0
    path = stated.path[some]
    order = np.argsort(path.astype(np.min_scalar_type(len(flags))), kind="stable")
    present = np.packbits(flags, axis=1, bitorder="little").reshape(-1)
    return _Piece(
        present, np.bincount(path, minlength=len(flags)), stated.report[some][order], stated.value[some][order]
    )


def _arrays(paths: Sequence[str], size: int, pieces: Sequence[_Piece]) -> dict[str, Array]:
    present, counts, reports, values = map(np.concatenate, zip(*pieces, strict=True))
    at = offsets(counts)
    types = _types(values, at)
    return {
        "figure.paths": json_array(list(paths)),
        "figure.present": present,
        "figure.at": at,
        **packed_runs("figure.report", size, reports, at[:-1]),
        "figure.type": types,
        "figure.value": _value_bytes(values, np.repeat(types, counts)),
        "figure.value_at": offsets(counts * _SIZES[types]),
    }


def _types(values: Array, at: Array) -> Array:
    """The number of the smallest of `_TYPES` that holds all values of each path; those of a path begin at `at`."""
    whole = (values == np.floor(values)) & (values >= 0) & (values < _LIMITS[-1])
    needed = np.where(whole, np.searchsorted(_LIMITS, values, "right"), len(_LIMITS)).astype(np.uint8)
    found = np.zeros(len(at) - 1, np.uint8)
    some = np.flatnonzero(at[:-1] < at[1:])
    if len(some):
        found[some] = np.maximum.reduceat(needed, at[some])
    return found


def _value_bytes(values: Array, types: Array) -> Array:
    """The values one after the other, each in its type."""
    owner = np.repeat(types, _SIZES[types])
    found = np.empty(len(owner), np.uint8)
    for n, kind in enumerate(_TYPES):
        found[owner == n] = values[types == n].astype(kind).view(np.uint8)
    return found


def _read_values(data: Array, types: Array) -> Array:
    """What `_value_bytes` was given, of values of these types."""
    owner = np.repeat(types, _SIZES[types])
    found = np.empty(len(types), np.float64)
    for n, kind in enumerate(_TYPES):
        found[types == n] = data[owner == n].view(kind)
    return found


def merge_figures(file: ArrayFileWriter, sources: Sequence[Arrays], renumber: Sequence[Array], size: int) -> None:
    """Writes the figures of several segments as one. `renumber`: per source the new number of each report, or -1."""
    parts = [Figures(arrays, len(new)) for arrays, new in zip(sources, renumber, strict=True)]
    paths = sorted({path for part in parts for path in part.paths})
    rank = {path: n for n, path in enumerate(paths)}
    ranks = [np.fromiter(map(rank.__getitem__, part.paths), np.intp, len(part.paths)) for part in parts]
    held: list[str] = []
    pieces = [_Piece(*(np.zeros(0, kind) for kind in (np.uint8, np.intp, np.uint32, np.float64)))]
    step = max(1, _MERGED // max(size, 1))
    for first in range(0, len(paths), step):
        last = min(first + step, len(paths))
        flags = np.zeros((last - first, size), bool)
        stated = []
        for part, new, places in zip(parts, renumber, ranks, strict=True):
            low, high = np.searchsorted(places, (first, last)).tolist()
            target, keep = places[low:high] - first, new >= 0
            flags[target[:, None], new[keep]] = part.stated(low, high)[:, keep]
            found = part.entries(low, high)
            reports = new[found.report]
            alive = reports >= 0
            stated.append(_Stated(target[found.path][alive], reports[alive].astype(np.uint32), found.value[alive]))
        known = np.logical_or.reduce(flags, axis=1)
        piece = _piece(flags, _Stated(*map(np.concatenate, zip(*stated, strict=True))))
        pieces.append(
            piece._replace(present=piece.present.reshape(len(flags), -1)[known].reshape(-1), counts=piece.counts[known])
        )
        held += [path for path, kept in zip(paths[first:last], known.tolist(), strict=True) if kept]
    for name, array in _arrays(held, size, pieces).items():
        file.add(name, array)


class Figures:
    """The figures of a segment's reports."""

    def __init__(self, arrays: Arrays, size: int) -> None:
        self._arrays = arrays
        self._size = size
        self._reports = Packed(arrays, "figure.report")
        self.paths: dict[str, int] = {path: n for n, path in enumerate(json_value(arrays["figure.paths"]))}

    def stated(self, low: int, high: int) -> Array:
        """For the paths of these numbers (rows) which reports (columns) state the figure."""
        width = -(-self._size // 8)
        bits = self._arrays["figure.present"][low * width : high * width].reshape(high - low, width)
        return np.unpackbits(bits, axis=1, count=self._size, bitorder="little").view(bool)

    def entries(self, low: int, high: int) -> _Stated:
        """The figures of the paths of these numbers that are not zero; paths are counted from `low`."""
        at, value_at = self._arrays["figure.at"][low : high + 1], self._arrays["figure.value_at"][low : high + 1]
        counts = np.diff(at)
        types = np.repeat(self._arrays["figure.type"][low:high], counts)
        values = _read_values(self._arrays["figure.value"][int(value_at[0]) : int(value_at[-1])], types)
        reports = self._reports.slice(int(at[0]), int(at[-1]))
        return _Stated(np.repeat(np.arange(high - low), counts), reports, values)

    def where(self, path: str, compare: Any, number: Number) -> Array:
        """The reports that state the figure and for which `compare(figure, number)` holds."""
        if path not in self.paths:
            return np.zeros(self._size, bool)
        n = self.paths[path]
        found = self.entries(n, n + 1)
        figures = np.zeros(self._size)
        figures[found.report] = found.value
        held: Array = self.stated(n, n + 1)[0] & compare(figures, number)
        return held
