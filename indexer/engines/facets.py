"""Facet counts: how many reports or sections have each value, whatever the facet's own filter says.

A report has the same values in all its sections, so everything but the facet of sections is counted by report: once, or as
often as it has matching sections.
"""

from bisect import insort
from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Final

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.base import Plan
from indexer.engines.blocks import SECTION_COLUMN
from indexer.engines.facet_columns import FacetColumn, FacetGroup
from indexer.engines.filtering import accepted, in_sections, report_filter
from indexer.engines.segments import SegmentView, packed_flags
from indexer.engines.selection import Selection, Units
from indexer.fields import FACETS, FILTERS, FacetValue, Field

_NEW: Final = 64
"""Values are put into their places one by one when they are fewer than one in so many."""
_SHORT: Final = 256
"""Values of a table that are put in order one by one."""


class FacetTable:
    """All values of a facet in some segments, numbered in one way. A later table goes on from the one before it, so that a few
    new reports do not cost the ordering of everything."""

    def __init__(self, field: Field, columns: Sequence[FacetColumn], before: "FacetTable | None" = None) -> None:
        if before is not None and len(before.values) > 2 * sum(len(column.values) for column in columns):
            before = None  # most of it is gone
        self.values: list[FacetValue] = [] if before is None else before.values.copy()
        self._numbers: dict[FacetValue, int] = {} if before is None else before._numbers.copy()
        known: Mapping[FacetColumn, Array] = {} if before is None else before._known
        self._known: Mapping[FacetColumn, Array] = {c: known[c] if c in known else self._numbered(c) for c in columns}
        """Per segment, the number of each of its values."""
        self._same = len(columns) == 1 and columns[0].values == self.values
        """Whether all numbers are those of the only segment."""
        self._order: list[int] = self._ordered(field, [] if before is None else before._order)

    def _numbered(self, column: FacetColumn) -> Array:
        """The numbers of the values of a segment; new ones get the next."""
        for value in column.values:
            if value not in self._numbers:
                self._numbers[value] = len(self.values)
                self.values.append(value)
        return np.array([self._numbers[value] for value in column.values], np.intp)

    def _ordered(self, field: Field, before: Sequence[int]) -> list[int]:
        """The numbers of the values in the order of their labels, and of the values where labels are the same."""
        values, order = self.values, list(before)
        if len(values) - len(order) > len(values) // _NEW:
            labels, texts = [field.label(v) for v in values], [str(v) for v in values]
            order = sorted(range(len(texts)), key=texts.__getitem__)
            if labels != texts:
                order.sort(key=labels.__getitem__)
            return order
        for n in range(len(order), len(values)):
            insort(order, n, key=lambda n: (field.label(values[n]), str(values[n])))
        return order

    @cached_property
    def _rank(self) -> Array:
        """The place of each value in the order."""
        rank = np.empty(len(self.values), np.int64)
        rank[self._order] = np.arange(len(self.values))
        return rank

    def summed(self, counts: Sequence[Array]) -> Array:
        """The counts of all segments by the numbers of the values."""
        if self._same:
            return counts[0]
        total = np.zeros(len(self.values), np.int64)
        for places, counted in zip(self._known.values(), counts, strict=True):
            total[places] += counted
        return total

    def first(self, counts: Array, limit: int | None) -> list[tuple[FacetValue, int]]:
        """The values that occur and how often, by count and then by label; at most `limit`."""
        if len(self.values) <= _SHORT:
            listed = counts.tolist()
            pairs = [(self.values[n], listed[n]) for n in self._order if listed[n]]
            return sorted(pairs, key=itemgetter(1), reverse=True)[:limit]
        held = np.flatnonzero(counts)
        found = counts[held]
        keys = self._rank[held] - (found << 32)
        if limit is not None and len(held) > limit:
            first = np.argpartition(keys, limit - 1)[:limit]
            held, found, keys = held[first], found[first], keys[first]
        order = np.argsort(keys)
        return [(self.values[n], count) for n, count in zip(held[order].tolist(), found[order].tolist(), strict=True)]


class FacetTables:
    """The tables of the facets over the segments of one commit, made when they are first asked for."""

    def __init__(self, views: Sequence[SegmentView], before: "FacetTables | None" = None) -> None:
        """`before`: those of the commit before, which shares most segments."""
        self._sections = sum(view.sections for view in views)
        self._views = views
        self._tables: dict[str, FacetTable] = {}
        self._before: dict[str, FacetTable] = {**before._before, **before._tables} if before is not None else {}
        self._whole: dict[tuple[str, bool], Array] = {}

    def of(self, field: Field) -> FacetTable:
        """The table of a facet."""
        if field.name not in self._tables:
            columns = [view.data.facet(field.name) for view in self._views]
            self._tables[field.name] = FacetTable(field, columns, self._before.pop(field.name, None))
        return self._tables[field.name]

    def counts(self, field: Field, tally: "_Tally") -> Array:
        """How many units have each value; of all there is, it is counted once and kept."""
        if tally.sections < self._sections:
            return self.of(field).summed(tally.counts(field))
        key = field.name, tally.by_section
        if key not in self._whole:
            self._whole[key] = self.of(field).summed(tally.counts(field))
        return self._whole[key]


class _Tally:
    """How many of the sections of some selections, one a segment, or of their reports have each value of the facets."""

    def __init__(self, plan: Plan, selections: Sequence[Selection], opened: "_Opened") -> None:
        self.by_section = plan.group == "section"
        self.sections = sum(selection.sections for selection in selections)
        self._facets = plan.facets
        self._selections = selections
        self._opened = opened
        self._cells: dict[FacetGroup, Array] = {}

    def counts(self, field: Field) -> list[Array]:
        """The counts per segment."""
        if field.level == "section":
            return [_of_sections(selection, self.by_section) for selection in self._selections]
        groups = [selection.data.facet_groups(self._facets)[field.name] for selection in self._selections]
        for group, (reports, units) in zip(groups, self._units, strict=True):
            if group not in self._cells:
                self._cells[group] = group.cells(reports, units)
        return [group.counts(field.name, self._cells[group]) for group in groups]

    @cached_property
    def _units(self) -> list[Units]:
        """The units of each segment, taken from those before filters where these are needed anyway. They are weights, which are
        counted as floats; of many they are converted once."""
        if self._opened.asked:
            return self._opened.units("")
        found = (selection.units(self.by_section) for selection in self._selections)
        return [(reports, None if units is None else units.astype(np.float64)) for reports, units in found]


def _of_sections(selection: Selection, by_section: bool) -> Array:
    data = selection.data
    if not by_section and data.key_leader is not None:  # a report with two sections of a key counts once
        found = np.zeros(data.sections, bool)
        found[data.key_leader[selection.numbers]] = True
        bits = packed_flags(found)
    elif selection.dense:
        bits = selection.bits
    else:
        return data.facet(SECTION_COLUMN.name).counts(selection.found, None)
    counted: Array = np.add.reduce(np.bitwise_count(data.of_keys & bits), axis=1, dtype=np.uint32).astype(np.int64)
    return counted


def facet_counts(
    plan: Plan,
    tables: FacetTables,
    views: Sequence[SegmentView],
    matched: Sequence[Array],
    selected: Sequence[Selection],
) -> dict[str, list[tuple[FacetValue, int]]]:
    """Facet → values and how many units have them. `matched`: per segment the sections that the query matches; `selected`:
    those that all filters leave."""
    opened = _Opened(plan, views, matched)
    tally = _Tally(plan, selected, opened)
    counts = {}
    for field in FACETS:
        if field.name in plan.facets:
            if field.name not in plan.filters.criteria:
                counted = tables.counts(field, tally)
            elif field.level == "section":
                counted = tables.counts(field, _Tally(plan, opened.sections(field), opened))
            else:
                counted = tables.of(field).summed(opened.counts(field))
            counts[field.name] = tables.of(field).first(counted, plan.facet_values)
    return counts


class _Opened:
    """What is left without the filter of the facet that is counted."""

    def __init__(self, plan: Plan, views: Sequence[SegmentView], matched: Sequence[Array]) -> None:
        self._plan = plan
        self._views = views
        self._matched = matched

    @property
    def asked(self) -> bool:
        """Whether a facet of reports that has a filter is to be counted."""
        return any(
            name in self._plan.facets and FILTERS[name].level == "report" for name in self._plan.filters.criteria
        )

    def sections(self, field: Field) -> list[Selection]:
        """The sections that all filters but that of `field` leave."""
        left = zip(self._matched, self._views, strict=True)
        return [Selection(view.data, accepted(found, self._plan.filters, view, field.name)) for found, view in left]

    def counts(self, field: Field) -> list[Array]:
        """Per segment, how many units have each value of a field of reports."""
        left = zip(self._views, self.units(field.name), strict=True)
        return [view.data.facet(field.name).counts(reports, units) for view, (reports, units) in left]

    def units(self, skip: str) -> list[Units]:
        """Per segment, the units that all filters but `skip` leave: filters of reports never part the sections of one."""
        restricted = []
        for view, base in zip(self._views, self._whole, strict=True):
            reports, units = base.units(self._plan.group == "section")
            left = report_filter(self._plan.filters, view, skip)
            if left is not None:
                places = (left if reports is None else left.take(reports)).nonzero()[0]
                reports = places if reports is None else reports.take(places)
                units = None if units is None else units.take(places)
            restricted.append((reports, units))
        return restricted

    @cached_property
    def _whole(self) -> list[Selection]:
        """The sections that the query and the filter of sections leave."""
        left = zip(self._matched, self._views, strict=True)
        return [Selection(view.data, in_sections(found, self._plan.filters, view)) for found, view in left]
