"""One segment of an index, mapped into memory: its texts, words and columns, and which reports are alive.

A segment never changes, so `SegmentData` is kept as long as the segment lives; only `SegmentView.live` differs from commit
to commit. Nothing here knows a library of search or a query.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from corpus.text import JOINING_RANGES
from indexer.criteria import COMPARISONS, AllHold, Criterion
from indexer.documents import ReportRow, SectionRow, SectionText
from indexer.engines.arrays import Array, Arrays, narrow
from indexer.engines.blocks import SECTION_COLUMN
from indexer.engines.columns import Column, Figures
from indexer.engines.counted import Counted
from indexer.engines.facet_columns import FacetColumn, FacetGroup, grouped
from indexer.engines.grams import Grams
from indexer.engines.kept import Kept
from indexer.engines.rows import Rows, read_name
from indexer.engines.strings import Strings
from indexer.engines.terms import Terms
from indexer.engines.texts import read_text
from indexer.fields import FILTERS, any_accepted
from indexer.ranking import B

_WINDOW: Final = 57
"""Sections of a report whose flags fit into 64 bits wherever they begin within a byte."""
_SHORT_WINDOW: Final = 25
"""The same for 32 bits."""
_FREQUENT: Final = 16
"""What was counted is kept with a number for each section for words and phrases that more than one in so many holds."""
_RARE: Final = 1024
"""What was counted is not kept for those that no more sections hold."""
_KEPT_ARRAYS: Final = 24
"""What is kept of frequent words and phrases, per segment: so many arrays with a number for each section."""
_KEPT_MASKS: Final = 64
"""Filters whose reports are remembered, per segment."""


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
        self._groups: dict[tuple[str, ...], dict[str, FacetGroup]] = {}
        self._kept = Kept(_KEPT_ARRAYS * self.sections)
        """For frequent words and phrases, how often every section (or report) holds them."""
        self._masks: OrderedDict[tuple[str, Criterion], Array] = OrderedDict()

    @cached_property
    def sizes(self) -> Array:
        """The number of sections of each report."""
        return np.diff(self.first)

    @cached_property
    def every_section(self) -> Array:
        """All sections, as flags."""
        return np.ones(self.sections, bool)

    @cached_property
    def owner(self) -> Array:
        """The report of each section."""
        return narrow(np.arange(self.reports)).repeat(self.sizes)

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

    @cached_property
    def agency_rank(self) -> Array:
        """The place of each report's agency among the names in order."""
        column = self.column("agency")
        rank = np.empty(len(column.values))
        rank[sorted(range(len(column.values)), key=lambda n: str(column.values[n]))] = np.arange(len(column.values))
        ranks: Array = rank[column.code]
        return ranks

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

    def names(self, reports: Array) -> list[str]:
        """The ids of reports, given by their numbers or as flags."""
        return [report_id.decode("utf-8", "surrogatepass") for report_id in self.ids[reports].tolist()]

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

    def facet_groups(self, names: tuple[str, ...]) -> Mapping[str, FacetGroup]:
        """The groups of the facets of reports among `names`. Callers ask for few different lists of facets."""
        if names not in self._groups:
            of_reports = [name for name in names if FILTERS[name].level == "report"]
            self._groups[names] = grouped({name: self.facet(name) for name in of_reports})
        return self._groups[names]

    @cached_property
    def key_leader(self) -> Array | None:
        """For each section the first of its report that has the same key; `None` when that is always the section itself."""
        column = self.facet(SECTION_COLUMN.name)
        pairs = self.owner.astype(np.uint64) * np.uint64(max(len(column.values), 1)) + column.code.astype(np.uint64)
        different, first, number = np.unique(pairs, return_index=True, return_inverse=True)
        return None if len(different) == len(pairs) else first[number]

    @cached_property
    def of_keys(self) -> Array:
        """For each key of sections, in the order of the facet's values, the sections that have it, as words of 64 bits."""
        column = self.facet(SECTION_COLUMN.name)
        return np.array([packed_flags(column.code == n) for n in range(len(column.values))])

    def held(self, sections: Array, bits: Array) -> Array:
        """How many of the flagged sections each report has; `bits`: the same flags as `packed_flags` packs them."""
        if self._windows is None:
            return np.add.reduceat(sections.view(np.uint8), self.first[:-1], dtype=np.uint32)
        byte, mask = self._windows
        words = np.ndarray((self.sections // 8 + 1,), mask.dtype, bits.data, strides=(1,))
        found: Array = np.bitwise_count(words.take(byte) & mask)
        return found

    @cached_property
    def _windows(self) -> tuple[Array, Array] | None:
        """Per report the byte in which the flags of its sections begin, and the bits from there on that are theirs."""
        largest = int(self.sizes.max(initial=0))
        if not 0 < largest <= _WINDOW:
            return None
        first = self.first[:-1]
        mask = (np.uint64(1) << self.sizes.astype(np.uint64)) - np.uint64(1) << (first & np.uint32(7)).astype(np.uint64)
        return (first >> np.uint32(3)).astype(np.intp), mask.astype("<u4" if largest <= _SHORT_WINDOW else "<u8")

    def counted(self, field: str, term: str) -> Counted:
        """The sections that hold the term in text or heading, the reports that hold it in title or agency, and how often."""
        size = self.reports if field in ("title", "agency") else self.sections
        found, name = self.words[field].counted(term, size), (field, term)
        return self.recalled(name, size, found.number) or self.noted(name, found)

    def recalled(self, name: Hashable, size: int, number: int | None = None) -> Counted | None:
        """What was noted under that name of so many sections or reports, if it is still there; `number`: how many hold it, where
        that is known."""
        kept = self._kept.get(name)
        if kept is None:
            return None
        return Counted.of_every(kept, number) if kept.ndim == 1 else Counted.of(size, kept[0], narrow(kept[1]))

    def noted(self, name: Hashable, found: Counted) -> Counted:
        """The same; where it is not rare it is noted for the next query: for each section, or of a few their numbers and it."""
        if found.number * _FREQUENT > found.size:
            self._kept.put(name, found.every)
        elif found.number > _RARE:
            self._kept.put(name, np.stack((found.docs, found.counts), dtype=np.uint32, casting="unsafe"))
        return found

    @cached_property
    def figures(self) -> Figures:
        """The figures of the reports."""
        return Figures(self.arrays, self.reports)

    def section(self, section: int) -> tuple[int, ReportRow, SectionRow, SectionText]:
        """The number and the row of a section's report, and the section itself."""
        report = int(self.owner[section])
        ordinal = section - int(self.first[report])
        row = read_name(ordinal, self._names[int(self._name[section])])
        source = read_text(self._sources[section], self.grams["text"].text(section), self._may_join)
        return report, self._rows[report], row, source

    @cached_property
    def _may_join(self) -> bool:
        """Whether any of the texts may hold characters that fold together with the one before."""
        return any(self.grams["text"].hold_any(chr(first), chr(last)) for first, last in JOINING_RANGES)

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

    def inverse_norms(self, averages: tuple[float, ...]) -> list[Array]:
        """One divided by the length norms, in 32 bits: of text and heading by section, of title and agency by report."""
        return self._by_averages(averages)[0]

    def gains(self, averages: tuple[float, ...]) -> Kept:
        """Where the gains of features are kept."""
        return self._by_averages(averages)[1]

    def _by_averages(self, averages: tuple[float, ...]) -> tuple[list[Array], Kept]:
        if averages not in self._made:
            arrays = self.data.arrays
            names = ("section.text_words", "section.heading_words", "report.title_words", "report.agency_words")
            norms = [
                np.reciprocal(np.float32(1 - B) + arrays[name] * np.float32(B / (mean or 1.0)), dtype=np.float32)
                for name, mean in zip(names, averages, strict=True)
            ]
            self._made.clear()
            self._made[averages] = norms, Kept(2 * _KEPT_ARRAYS * self.data.sections)
        return self._made[averages]

    @cached_property
    def _made(self) -> dict[tuple[float, ...], tuple[list[Array], Kept]]:
        """What depends on the mean lengths of one state of the index."""
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


def packed_flags(flags: Array) -> Array:
    """Flags as bits, the lowest first, in words of 64, of which the last one is empty."""
    bits = np.packbits(flags, bitorder="little")
    words = np.zeros(len(bits) // 8 + 2, np.uint64)
    words.view(np.uint8)[: len(bits)] = bits
    return words
