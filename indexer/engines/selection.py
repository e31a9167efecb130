"""The sections of a segment that an answer is about, and their reports: what facets count and pages order."""

from functools import cached_property
from typing import Final

import numpy as np

from indexer.engines.arrays import Array, runs, sizes
from indexer.engines.segments import SegmentData, packed_flags
from indexer.engines.sets import count, is_flags, numbers

Units = tuple[Array | None, Array | None]
"""The reports that units belong to, or `None` for all, and how many units of each, or `None` when each is one."""


_SPARSE: Final = 8
"""Sections are kept as flags when they are more than one in so many."""


class Selection:
    """Sections of a segment, given as a set."""

    def __init__(self, data: SegmentData, found: Array) -> None:
        self.data = data
        self.sections = data.sections if found is data.every_section else count(found)
        """How many sections there are."""
        self.found = numbers(found) if self.sections * _SPARSE < data.sections else found

    @property
    def dense(self) -> bool:
        """Whether the sections are so many that working on all is quicker."""
        return is_flags(self.found)

    @cached_property
    def numbers(self) -> Array:
        """The sections, ascending."""
        return numbers(self.found)

    @cached_property
    def owners(self) -> Array:
        """The report of each of the sections."""
        owners: Array = self.data.owner.take(self.numbers).astype(np.intp)
        return owners

    @cached_property
    def per_report(self) -> tuple[Array, Array]:
        """The reports that have any of the sections, ascending, and how many."""
        if self.dense:
            held = self.held
            reports = np.flatnonzero(held)
            return reports, held[reports]
        begins = runs(self.owners)
        return self.owners[begins], sizes(begins, len(self.owners))

    @cached_property
    def bits(self) -> Array:
        """The flags of many sections as bits."""
        return packed_flags(self.found)

    @cached_property
    def held(self) -> Array:
        """How many of the sections every report has."""
        if self.sections == self.data.sections:
            return self.data.sizes
        if self.dense:
            return self.data.held(self.found, self.bits)
        reports, counts = self.per_report
        made = np.zeros(self.data.reports, counts.dtype)
        made[reports] = counts
        return made

    @cached_property
    def reports(self) -> int:
        """How many reports have any of the sections."""
        return int(np.count_nonzero(self.held)) if self.dense else len(self.per_report[0])

    def units(self, by_section: bool) -> Units:
        """What is counted: sections or reports. Of a few sections each is named by its report."""
        return self._sections_of_reports if by_section else self._reports_once

    @cached_property
    def _reports_once(self) -> Units:
        if self.dense and self.reports == self.data.reports:
            return None, None
        return self.per_report[0], None

    @cached_property
    def _sections_of_reports(self) -> Units:
        if self.dense:
            return None, self.held
        return self.owners, None
