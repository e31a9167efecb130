"""Filters over a segment: which reports and sections they leave, those that were deleted taken out."""

from typing import Final

import numpy as np

from indexer.engines.arrays import Array, distinct, spread
from indexer.engines.segments import SegmentView
from indexer.engines.sets import flags, intersection, is_flags, numbers, union
from indexer.fields import FILTERS, Filters

_FEW: Final = 4
"""When the filters leave fewer than one report in so many, only the sections of these are looked at."""


def reports_accepted(filters: Filters, view: SegmentView) -> list[str]:
    """The ids of the view's reports with a section that the filters accept."""
    found = numbers(accepted(np.ones(view.data.sections, bool), filters, view))
    return view.data.names(distinct(view.data.owner[found]))


def accepted(found: Array, filters: Filters, view: SegmentView, skip: str = "") -> Array:
    """The sections of the set that are alive and that all filters but `skip` accept."""
    reports = report_filter(filters, view, skip)
    return in_sections(found if reports is None else _of_reports(found, reports, view), filters, view, skip)


def in_sections(found: Array, filters: Filters, view: SegmentView, skip: str = "") -> Array:
    """The sections of the set that the filter of sections accepts, unless it is `skip`."""
    sections = _section_filter(filters, view, skip)
    return found if sections is None else intersection([found, sections], view.data.sections)


def _of_reports(found: Array, reports: Array, view: SegmentView) -> Array:
    """The sections of the set that belong to the flagged reports."""
    data = view.data
    if not is_flags(found):
        left: Array = found[reports[data.owner[found]]]
        return left
    chosen = np.flatnonzero(reports)
    if len(chosen) * _FEW > data.reports:
        both: Array = found & np.repeat(reports, data.sizes)
        return both
    sections = spread(data.first[chosen], data.sizes[chosen])
    return sections[found[sections]]


def report_filter(filters: Filters, view: SegmentView, skip: str) -> Array | None:
    """The reports that are alive and that all filters of reports but `skip` accept, as flags; `None` for all."""
    kept, size = view.live, view.data.reports
    for name, criteria in filters.criteria.items():
        if name != skip and FILTERS[name].level != "section":
            chosen = flags(union([view.data.accepted(name, c) for c in criteria], size), size)
            kept = chosen if kept is None else kept & chosen
    return kept


def _section_filter(filters: Filters, view: SegmentView, skip: str) -> Array | None:
    """The sections that the filter of sections accepts, as flags; `None` when there is none."""
    size = view.data.sections
    for name, criteria in filters.criteria.items():
        if name != skip and FILTERS[name].level == "section":
            return flags(union([view.data.accepted(name, c) for c in criteria], size), size)
    return None
