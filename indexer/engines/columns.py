"""Columns of a segment: the values of each field and the figures of each report, as arrays.

A column is a list of its different values (JSON) and, per report, the codes of those it has: `at` (where a report's codes
begin) and `code`. Figures are kept by path: which reports state the figure (one bit each), and those that are not zero.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from indexer.documents import Number
from indexer.engines.arrays import Array, ArrayFileWriter, Arrays, json_array, json_value, narrow, offsets, spread
from indexer.fields import FacetValue


def build_column(name: str, values: Sequence[Sequence[FacetValue]]) -> dict[str, Array]:
    """The arrays of a column from the values of each report (or section)."""
    numbers: dict[FacetValue, int] = {}
    codes = [numbers.setdefault(value, len(numbers)) for held in values for value in held]
    return {
        f"{name}.values": json_array(list(numbers)),
        f"{name}.at": offsets(np.fromiter(map(len, values), np.uint32, len(values))),
        f"{name}.code": narrow(np.array(codes, np.uint32)),
    }


def merge_column(file: ArrayFileWriter, name: str, sources: Sequence[Arrays], kept: Sequence[Array]) -> None:
    """Writes the column of several segments as one, of the reports (or sections) that are `kept`."""
    numbers: dict[FacetValue, int] = {}
    counts, codes = [], []
    for arrays, keep in zip(sources, kept, strict=True):
        values: list[FacetValue] = json_value(arrays[f"{name}.values"])
        at, code = arrays[f"{name}.at"], arrays[f"{name}.code"]
        held = np.diff(at)[keep]
        places = spread(at[:-1][keep], held)
        used = np.unique(code[places])
        lookup = np.zeros(max(len(values), 1), np.uint32)
        for old in used.tolist():
            lookup[old] = numbers.setdefault(values[old], len(numbers))
        counts.append(held)
        codes.append(lookup[code[places]])
    file.add(f"{name}.values", json_array(list(numbers)))
    file.add(f"{name}.at", offsets(np.concatenate(counts)))
    file.add(f"{name}.code", narrow(np.concatenate(codes)))


class Column:
    """The column of one field."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.values: list[FacetValue] = json_value(arrays[f"{name}.values"])
        self.at = arrays[f"{name}.at"]
        self.code = arrays[f"{name}.code"]
        self.single = len(self.at) == len(self.code) + 1 and bool((np.diff(self.at) == 1).all())
        """Whether each report has exactly one value, so that `code` is by report."""

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
    stated: dict[str, list[int]] = {}
    others: dict[str, list[tuple[int, Number]]] = {}
    for n, figures in enumerate(reports):
        for path, value in figures.items():
            stated.setdefault(path, []).append(n)
            if value:
                others.setdefault(path, []).append((n, value))
    paths = sorted(stated)
    present = np.zeros((len(paths), len(reports)), bool)
    for row, path in enumerate(paths):
        present[row, stated[path]] = True
    entries = [entry for path in paths for entry in others.get(path, ())]
    return {
        "figure.paths": json_array(paths),
        "figure.present": np.packbits(present, axis=1, bitorder="little").reshape(-1),
        "figure.at": offsets(np.array([len(others.get(path, ())) for path in paths], np.uint32)),
        "figure.report": np.array([n for n, _ in entries], np.uint32),
        "figure.value": _compact(np.array([value for _, value in entries], np.float64)),
    }


def _compact(values: Array) -> Array:
    """Numbers as 32-bit integers when all of them are such."""
    small = values.astype(np.int32, casting="unsafe") if (np.abs(values) < 2**31).all() else values
    return small if (small == values).all() else values


def merge_figures(file: ArrayFileWriter, sources: Sequence[Arrays], renumber: Sequence[Array], size: int) -> None:
    """Writes the figures of several segments as one. `renumber`: per source the new number of each report, or -1."""
    parts = [Figures(arrays, len(new)) for arrays, new in zip(sources, renumber, strict=True)]
    paths, present, counts, reports, values = [], [], [], [], []
    for path in sorted({path for part in parts for path in part.paths}):
        flags = np.zeros(size, bool)
        held = 0
        for part, new in zip(parts, renumber, strict=True):
            stated, owners, numbers = part.entries(path)
            stated = stated & (new >= 0)
            flags[new[stated]] = True
            alive = new[owners] >= 0
            reports.append(new[owners][alive].astype(np.uint32))
            values.append(numbers[alive].astype(np.float64))
            held += int(alive.sum())
        if flags.any():
            paths.append(path)
            present.append(np.packbits(flags, bitorder="little"))
            counts.append(held)
    file.add("figure.paths", json_array(paths))
    file.add("figure.present", *(present or [np.zeros(0, np.uint8)]))
    file.add("figure.at", offsets(np.array(counts, np.uint32)))
    file.add("figure.report", *(reports or [np.zeros(0, np.uint32)]))
    file.add("figure.value", _compact(np.concatenate([np.zeros(0), *values])))


class Figures:
    """The figures of a segment's reports."""

    def __init__(self, arrays: Arrays, size: int) -> None:
        self._arrays = arrays
        self._size = size
        self.paths: dict[str, int] = {path: n for n, path in enumerate(json_value(arrays["figure.paths"]))}

    def entries(self, path: str) -> tuple[Array, Array, Array]:
        """Which reports state the figure, and of those where it is not zero their numbers and the figures."""
        if path not in self.paths:
            return np.zeros(self._size, bool), np.zeros(0, np.uint32), np.zeros(0, np.int32)
        n, width, at = self.paths[path], -(-self._size // 8), self._arrays["figure.at"]
        bits = self._arrays["figure.present"][n * width : (n + 1) * width]
        stated = np.unpackbits(bits, count=self._size, bitorder="little").view(bool)
        start, end = int(at[n]), int(at[n + 1])
        return stated, self._arrays["figure.report"][start:end], self._arrays["figure.value"][start:end]

    def where(self, path: str, compare: Any, number: Number) -> Array:
        """The reports that state the figure and for which `compare(figure, number)` holds."""
        stated, reports, values = self.entries(path)
        figures = np.zeros(self._size, values.dtype)
        figures[reports] = values
        held: Array = stated & compare(figures, number)
        return held
