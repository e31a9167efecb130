"""Facet counts: how many reports or sections have each value, whatever the facet's own filter says.

A report has the same values in all its sections, so everything but the facet of sections is counted by report: one flag a
report, or as many units as it has matching sections.
"""

from collections.abc import Sequence

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.base import Plan
from indexer.engines.filtering import report_filter, section_filter
from indexer.engines.segments import SegmentView
from indexer.engines.sets import count, flags, intersection, is_flags, numbers
from indexer.fields import FACETS, FacetValue, Field


class FacetTable:
    """All values of a facet in some segments, numbered in one way."""

    def __init__(self, field: Field, views: Sequence[SegmentView]) -> None:
        columns = [view.data.facet(field.name) for view in views]
        numbers: dict[FacetValue, int] = {}
        self.places = [
            np.array([numbers.setdefault(v, len(numbers)) for v in column.values], np.intp) for column in columns
        ]
        """Per segment, the number of each of its values."""
        self.values = list(numbers)
        order = sorted(range(len(self.values)), key=lambda n: (field.label(self.values[n]), str(self.values[n])))
        self._rank = np.empty(len(order), np.int64)
        self._rank[order] = np.arange(len(order))

    def first(self, counts: Array, limit: int | None) -> dict[FacetValue, int]:
        """The values that occur and how often; at most `limit`, by count and then by label."""
        held = np.flatnonzero(counts)
        if limit is not None and len(held) > limit:
            keys = self._rank[held] - (counts[held].astype(np.int64) << 32)
            held = held[np.argpartition(keys, limit - 1)[:limit]]
        return {self.values[n]: count for n, count in zip(held.tolist(), counts[held].tolist(), strict=True)}


class FacetTables:
    """The tables of the facets over the segments of one commit, made when they are first asked for."""

    def __init__(self, views: Sequence[SegmentView]) -> None:
        self._views = views
        self._tables: dict[str, FacetTable] = {}

    def of(self, field: Field) -> FacetTable:
        """The table of a facet."""
        if field.name not in self._tables:
            self._tables[field.name] = FacetTable(field, self._views)
        return self._tables[field.name]


def facet_counts(
    plan: Plan, tables: FacetTables, views: Sequence[SegmentView], matched: Sequence[Array]
) -> dict[str, dict[FacetValue, int]]:
    """Facet → value → how many units; `matched`: per segment the sections that the query matches."""
    segments = [
        _Segment(plan, view, sections) if len(sections) else None for view, sections in zip(views, matched, strict=True)
    ]
    counts: dict[str, dict[FacetValue, int]] = {}
    for field in FACETS:
        table = tables.of(field)
        total = np.zeros(len(table.values), np.int64)
        for places, segment in zip(table.places, segments, strict=True):
            if segment is not None:
                total[places] += segment.sections(field) if field.level == "section" else segment.reports(field)
        counts[field.name] = table.first(total, plan.facet_values)
    return counts


class _Segment:
    """The counts of one segment."""

    def __init__(self, plan: Plan, view: SegmentView, matched: Array) -> None:
        self._plan = plan
        self._view = view
        self._data = view.data
        self._matched = matched
        self._by_section = plan.group == "section"
        sections = section_filter(plan.filters, view)
        passing = matched if sections is None else intersection([matched, sections], view.data.sections)
        self._per_report = self._held(passing)
        self._own = self._chosen("")

    def _held(self, sections: Array) -> Array:
        """Per report, how many of its sections are in the set; with grouping by report, whether any is."""
        data = self._data
        if is_flags(sections) and data.sections:
            held = np.add.reduceat(sections.view(np.uint8), data.first[:-1], dtype=np.uint32)
        else:
            held = np.bincount(data.owner[numbers(sections)], minlength=data.reports)
        return held if self._by_section else held > 0

    def _chosen(self, skip: str) -> Array:
        """The units per report that all filters but `skip` leave."""
        accepted = report_filter(self._plan.filters, self._view, skip)
        return self._per_report if accepted is None else self._per_report * accepted

    def reports(self, field: Field) -> Array:
        """The counts of a field of reports, by value."""
        units = self._chosen(field.name) if field.name in self._plan.filters.criteria else self._own
        return self._data.facet(field.name).counts(units)

    def sections(self, field: Field) -> Array:
        """The counts of the field of sections."""
        data, column = self._data, self._data.facet(field.name)
        accepted = report_filter(self._plan.filters, self._view)
        found = self._matched
        if accepted is not None:
            found = intersection([found, np.repeat(accepted, data.sizes)], data.sections)
        if count(found) * 8 > data.sections:
            chosen = flags(found, data.sections)
            made = np.array([np.count_nonzero(chosen & held) for held in data.of_keys])
        else:
            made = np.bincount(column.code[numbers(found)], minlength=len(column.values))
        if self._by_section or data.distinct_keys:
            return made
        places = numbers(found)
        pairs = np.unique(data.owner[places].astype(np.uint64) << np.uint64(32) | column.code[places])
        return np.bincount((pairs & np.uint64(0xFFFFFFFF)).astype(np.intp), minlength=len(column.values))
