"""One segment of an index, mapped into memory: its texts, words and columns, and which reports are alive.

A segment never changes, so `SegmentData` is kept as long as the segment lives; only `SegmentView.live` differs from commit
to commit. Nothing here knows a library of search or a query.
"""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from indexer.criteria import COMPARISONS, AllHold, Criterion
from indexer.documents import SectionRow, SectionText
from indexer.engines.arrays import Array, Arrays, spread
from indexer.engines.blocks import SECTION_COLUMN
from indexer.engines.columns import Column, Figures
from indexer.engines.grams import Grams
from indexer.engines.rows import Rows, Shown, read_name
from indexer.engines.strings import Strings
from indexer.engines.terms import Terms
from indexer.engines.texts import read_text
from indexer.fields import FILTERS, FacetValue, any_accepted
from indexer.ranking import B

_FEW: Final = 16
"""Up to one report in so many is looked up by itself when values are counted."""
_KEPT_MASKS: Final = 64
"""Filters whose reports are remembered, per segment."""


class FacetColumn:
    """A column as a facet counts it: values put together by group, by report or by section."""

    def __init__(self, name: str, column: Column) -> None:
        group = FILTERS[name].group
        numbers: dict[FacetValue, int] = {}
        lookup = [numbers.setdefault(group(value), len(numbers)) for value in column.values]
        self.values: list[FacetValue] = list(numbers)
        self.code = np.array(lookup, np.uint32)[column.code] if lookup else np.zeros(0, np.uint32)
        self.owner: Array | None = None
        """The report of each code, where reports have none or several; every pair once."""
        if not column.single:
            pairs = np.unique(column.owners().astype(np.uint64) << np.uint64(32) | self.code)
            self.owner = (pairs >> np.uint64(32)).astype(np.intp)
            self.code = (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)
            self._at = np.searchsorted(self.owner, np.arange(len(column.at)))

    def counts(self, units: Array) -> Array:
        """How many units have each value; `units`: per report so many, or one flag."""
        reports = np.flatnonzero(units)
        if len(reports) * _FEW < len(units):
            code, held = self._of_few(reports, units[reports])
        else:
            code, held = self.code, units if self.owner is None else units[self.owner]
        if held.dtype == np.bool_:
            return np.bincount(code[held], minlength=len(self.values))
        return np.bincount(code, weights=held, minlength=len(self.values)).astype(np.int64)

    def _of_few(self, reports: Array, units: Array) -> tuple[Array, Array]:
        """The codes of these reports, and the units of each."""
        if self.owner is None:
            return self.code[reports], units
        sizes = self._at[reports + 1] - self._at[reports]
        return self.code[spread(self._at[reports], sizes)], np.repeat(units, sizes)


class SegmentData:
    """What is known of a segment whatever was deleted from it since."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self.first = arrays["report.first"]
        """Where the sections of each report begin, and behind the last where they end."""
        self.reports = len(self.first) - 1
        self.sections = int(self.first[-1])
        self.grams = {name: Grams(arrays, f"grams.{name}") for name in ("text", "title", "agency")}
        self.words = {name: Terms(arrays, f"words.{name}") for name in ("text", "heading", "title", "agency")}
        self._rows = Rows(arrays)
        self._names, self._name = Strings(arrays, "section.name"), arrays["section.name.code"]
        self._sources = Strings(arrays, "section.source")
        self._columns: dict[str, Column] = {}
        self._facets: dict[str, FacetColumn] = {}
        self._masks: OrderedDict[tuple[str, Criterion], Array] = OrderedDict()

    @cached_property
    def sizes(self) -> Array:
        """The number of sections of each report."""
        return np.diff(self.first)

    @cached_property
    def owner(self) -> Array:
        """The report of each section."""
        return np.repeat(np.arange(self.reports, dtype=np.uint32), self.sizes)

    @property
    def ids(self) -> Array:
        """The ids of the reports, as bytes."""
        return self.arrays["report.id"]

    @property
    def by_id(self) -> Array:
        """The reports in the order of their ids."""
        return self.arrays["report.by_id"]

    @cached_property
    def rank(self) -> Array:
        """The place of each report in the order of ids."""
        made = np.empty(self.reports, np.uint32)
        made[self.by_id] = np.arange(self.reports, dtype=np.uint32)
        return made

    def number(self, report_id: str) -> int | None:
        """The report of that id; `None` when the segment does not have it."""
        wanted = report_id.encode("utf-8", "surrogatepass")
        place = bisect_left(self.by_id, wanted, key=lambda n: bytes(self.ids[n]))
        if place < self.reports and self.ids[self.by_id[place]] == wanted:
            return int(self.by_id[place])
        return None

    def id(self, report: int) -> str:
        """The id of a report."""
        return bytes(self.ids[report]).decode("utf-8", "surrogatepass")

    def column(self, name: str) -> Column:
        """The column of a field: by report, or for a field of sections by section."""
        if name not in self._columns:
            self._columns[name] = Column(self.arrays, name)
        return self._columns[name]

    def facet(self, name: str) -> FacetColumn:
        """The column of a facet."""
        if name not in self._facets:
            self._facets[name] = FacetColumn(name, self.column(name))
        return self._facets[name]

    @cached_property
    def distinct_keys(self) -> bool:
        """Whether no report has two sections of the same key, so that counting sections is counting reports."""
        pairs = self.owner.astype(np.uint64) << np.uint64(32) | self.facet(SECTION_COLUMN.name).code
        return len(np.unique(pairs)) == len(pairs)

    @cached_property
    def of_keys(self) -> list[Array]:
        """For each key of sections, in the order of the facet's values, the sections that have it, as flags."""
        column = self.facet(SECTION_COLUMN.name)
        return [column.code == n for n in range(len(column.values))]

    @cached_property
    def figures(self) -> Figures:
        """The figures of the reports."""
        return Figures(self.arrays, self.reports)

    def section(self, section: int) -> tuple[int, Shown, SectionRow, SectionText]:
        """The number and the shown side of a section's report, and the section itself."""
        report = bisect_right(self.first.data, section) - 1
        ordinal = section - int(self.first[report])
        row = read_name(ordinal, self._names[int(self._name[section])])
        source = read_text(self._sources[section], self.grams["text"].text(section))
        return report, Shown(self._rows[report]), row, source

    def accepted(self, name: str, criterion: Criterion) -> Array:
        """Which reports (sections, for a field of sections) have a value that `criterion` accepts, as flags."""
        key = name, criterion
        if key not in self._masks:
            self._masks[key] = self._accepted(name, criterion)
            if len(self._masks) > _KEPT_MASKS:
                self._masks.popitem(last=False)
        self._masks.move_to_end(key)
        return self._masks[key]

    def _accepted(self, name: str, criterion: Criterion) -> Array:
        if isinstance(criterion, AllHold):
            held = np.ones(self.reports, bool)
            for c in criterion.conditions:
                held &= self.figures.where(c.path, COMPARISONS[c.comparison], c.number)
            return held
        column = self.column(name)
        wanted = np.fromiter((any_accepted((criterion,), (v,)) for v in column.values), bool, len(column.values))
        return column.holding(wanted)


@dataclass(frozen=True)
class SegmentView:
    """A segment at one commit: `live` are the reports that are not deleted, as flags; `None` when all are."""

    data: SegmentData
    live: Array | None = None

    @cached_property
    def sections(self) -> int:
        """How many sections are alive."""
        if self.live is None:
            return self.data.sections
        return int(self.data.sizes[self.live].sum())

    @cached_property
    def live_sections(self) -> Array | None:
        """The sections that are alive, as flags; `None` when all are."""
        return None if self.live is None else np.repeat(self.live, self.data.sizes)

    def norms(self, averages: tuple[float, ...]) -> list[Array]:
        """The length norms of text and heading by section, of title and agency by report."""
        if averages not in self._norms:
            self._norms.clear()
            arrays = self.data.arrays
            names = ("section.text_words", "section.heading_words", "report.title_words", "report.agency_words")
            self._norms[averages] = [
                1 - B + B * arrays[name].astype(np.float64) / (mean or 1.0)
                for name, mean in zip(names, averages, strict=True)
            ]
        return self._norms[averages]

    @cached_property
    def _norms(self) -> dict[tuple[float, ...], list[Array]]:
        return {}

    @cached_property
    def totals(self) -> tuple[int, int, int, int]:
        """The summed lengths of text, heading, title and agency over all live sections, in words."""
        arrays, alive, sizes = self.data.arrays, self.live, self.data.sizes.astype(np.int64)
        if alive is not None:
            sizes = sizes * alive
        of_sections = [arrays[f"section.{name}_words"] for name in ("text", "heading")]
        if self.live_sections is not None:
            of_sections = [lengths[self.live_sections] for lengths in of_sections]
        text, heading = (int(lengths.sum(dtype=np.int64)) for lengths in of_sections)
        title, agency = (int((arrays[f"report.{name}_words"] * sizes).sum()) for name in ("title", "agency"))
        return text, heading, title, agency
