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


def facet_counts(
    plan: Plan, views: Sequence[SegmentView], matched: Sequence[Array]
) -> dict[str, dict[FacetValue, int]]:
    """Facet → value → how many units; `matched`: per segment the sections that the query matches."""
    counts: dict[str, dict[FacetValue, int]] = {field.name: {} for field in FACETS}
    for view, sections in zip(views, matched, strict=True):
        if not len(sections):
            continue
        segment = _Segment(plan, view, sections)
        for field in FACETS:
            found = segment.sections(field) if field.level == "section" else segment.reports(field)
            values, target = view.data.facet(field.name).values, counts[field.name]
            for n in np.flatnonzero(found).tolist():
                target[values[n]] = target.get(values[n], 0) + int(found[n])
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
