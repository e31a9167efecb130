"""Columns of a segment: the values of each field and the figures of each report, as arrays.

A column is a list of its different values (JSON) and, per report, the codes of those it has: `at` (where a report's codes
begin; empty when every report has exactly one) and `code`. Figures are kept by path: which reports state the figure (one bit
each), and those that are not zero, in the smallest type that holds all figures of the path.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from indexer.documents import Number
from indexer.engines.arrays import Array, ArrayFileWriter, Arrays, json_array, json_value, narrow, offsets, spread
from indexer.engines.packed import Packed, packed_runs
from indexer.fields import FacetValue

_TYPES: Final = tuple(map(np.dtype, ("u1", "u2", "u4", "f8")))
"""What figures are kept as."""


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


@dataclass(frozen=True, slots=True)
class _Figure:
    """The figures of one path: which reports state it (bits), and of those where it is not zero their numbers and it."""

    path: str
    stated: Array
    reports: Array
    values: Array


def build_figures(reports: Sequence[Mapping[str, Number]]) -> dict[str, Array]:
    """The arrays of the figures of each report."""
    stated: dict[str, list[int]] = {}
    for n, figures in enumerate(reports):
        for path in figures:
            stated.setdefault(path, []).append(n)
    return _arrays([_figure(path, stated[path], reports) for path in sorted(stated)], len(reports))


def _figure(path: str, stated: Sequence[int], reports: Sequence[Mapping[str, Number]]) -> _Figure:
    flags = np.zeros(len(reports), bool)
    flags[stated] = True
    held = [n for n in stated if reports[n][path]]
    values = np.array([reports[n][path] for n in held], np.float64)
    return _Figure(path, np.packbits(flags, bitorder="little"), np.array(held, np.uint32), _smallest(values))


def _smallest(values: Array) -> Array:
    """Numbers in the smallest of `_TYPES` that holds them all."""
    whole = len(values) == 0 or bool((values == np.floor(values)).all() and values.min() >= 0)
    highest = float(values.max(initial=0))
    fitting = (t for t in _TYPES if t.kind == "f" or (whole and highest < 256**t.itemsize))
    return values.astype(next(fitting))


def _arrays(held: Sequence[_Figure], size: int) -> dict[str, Array]:
    at = offsets(np.array([len(figure.reports) for figure in held], np.uint32))
    return {
        "figure.paths": json_array([figure.path for figure in held]),
        "figure.present": np.concatenate([np.zeros(0, np.uint8), *(figure.stated for figure in held)]),
        "figure.at": at,
        **packed_runs(
            "figure.report", size, np.concatenate([np.zeros(0, np.uint32), *(f.reports for f in held)]), at[:-1]
        ),
        "figure.type": np.array([_TYPES.index(figure.values.dtype) for figure in held], np.uint8),
        "figure.value": np.concatenate([np.zeros(0, np.uint8), *(figure.values.view(np.uint8) for figure in held)]),
        "figure.value_at": offsets(np.array([figure.values.nbytes for figure in held], np.uint32)),
    }


def merge_figures(file: ArrayFileWriter, sources: Sequence[Arrays], renumber: Sequence[Array], size: int) -> None:
    """Writes the figures of several segments as one. `renumber`: per source the new number of each report, or -1."""
    parts = [Figures(arrays, len(new)) for arrays, new in zip(sources, renumber, strict=True)]
    held = []
    for path in sorted({path for part in parts for path in part.paths}):
        flags = np.zeros(size, bool)
        reports, values = [], []
        for part, new in zip(parts, renumber, strict=True):
            stated, owners, numbers = part.entries(path)
            flags[new[stated & (new >= 0)]] = True
            alive = new[owners] >= 0
            reports.append(new[owners][alive].astype(np.uint32))
            values.append(numbers[alive].astype(np.float64))
        if flags.any():
            bits = np.packbits(flags, bitorder="little")
            held.append(_Figure(path, bits, np.concatenate(reports), _smallest(np.concatenate(values))))
    for name, array in _arrays(held, size).items():
        file.add(name, array)


class Figures:
    """The figures of a segment's reports."""

    def __init__(self, arrays: Arrays, size: int) -> None:
        self._arrays = arrays
        self._size = size
        self._reports = Packed(arrays, "figure.report")
        self.paths: dict[str, int] = {path: n for n, path in enumerate(json_value(arrays["figure.paths"]))}

    def entries(self, path: str) -> tuple[Array, Array, Array]:
        """Which reports state the figure, and of those where it is not zero their numbers and the figures."""
        if path not in self.paths:
            return np.zeros(self._size, bool), np.zeros(0, np.uint32), np.zeros(0, _TYPES[0])
        n, width = self.paths[path], -(-self._size // 8)
        bits = self._arrays["figure.present"][n * width : (n + 1) * width]
        stated = np.unpackbits(bits, count=self._size, bitorder="little").view(bool)
        start, end = self._arrays["figure.at"][n : n + 2].tolist()
        first, last = self._arrays["figure.value_at"][n : n + 2].tolist()
        values = self._arrays["figure.value"][first:last].view(_TYPES[int(self._arrays["figure.type"][n])])
        return stated, self._reports.slice(start, end), values

    def where(self, path: str, compare: Any, number: Number) -> Array:
        """The reports that state the figure and for which `compare(figure, number)` holds."""
        stated, reports, values = self.entries(path)
        figures = np.zeros(self._size, values.dtype if values.dtype.kind == "f" else np.int64)
        figures[reports] = values
        held: Array = stated & compare(figures, number)
        return held
