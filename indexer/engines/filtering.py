"""Filters over a segment: which reports and sections they leave, those that were deleted taken out."""

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.segments import SegmentView
from indexer.engines.sets import flags, intersection, is_flags, numbers, union
from indexer.fields import FILTERS, Filters


def reports_accepted(filters: Filters, view: SegmentView) -> list[str]:
    """The ids of the view's reports with a section that the filters accept."""
    found = numbers(accepted(np.ones(view.data.sections, bool), filters, view))
    return [view.data.id(n) for n in np.unique(view.data.owner[found]).tolist()]


def accepted(found: Array, filters: Filters, view: SegmentView) -> Array:
    """The sections of the set that are alive and that all filters accept."""
    kept = [found]
    reports = report_filter(filters, view)
    if reports is not None:
        kept.append(np.repeat(reports, view.data.sizes) if is_flags(found) else found[reports[view.data.owner[found]]])
    sections = section_filter(filters, view)
    if sections is not None:
        kept.append(sections)
    return intersection(kept, view.data.sections)


def report_filter(filters: Filters, view: SegmentView, skip: str = "") -> Array | None:
    """The reports that are alive and that all filters of reports but `skip` accept, as flags; `None` for all."""
    kept, size = view.live, view.data.reports
    for name, criteria in filters.criteria.items():
        if name != skip and FILTERS[name].level != "section":
            chosen = flags(union([view.data.accepted(name, c) for c in criteria], size), size)
            kept = chosen if kept is None else kept & chosen
    return kept


def section_filter(filters: Filters, view: SegmentView) -> Array | None:
    """The sections that the filter of sections accepts, as flags; `None` when there is none."""
    size = view.data.sections
    for name, criteria in filters.criteria.items():
        if FILTERS[name].level == "section":
            return flags(union([view.data.accepted(name, c) for c in criteria], size), size)
    return None
