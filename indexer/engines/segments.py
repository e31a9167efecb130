"""One segment of an index in memory: its rows, its columns of field values, and which documents are alive.

A segment never changes, so `SegmentData` is kept as long as the segment lives; only `SegmentView.live` differs from commit
to commit. The documents of a report stand side by side: its sections in order, then the report's own document. Sets of
documents are bitmaps over the segment's document numbers. Nothing here knows a library or a query.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from indexer.criteria import AllHold, Criterion
from indexer.documents import Number, SectionText
from indexer.engines import bitmaps
from indexer.engines.rows import ReportEntry, SectionEntry, read_entry, read_figures, read_folded, read_source
from indexer.fields import FILTERS, FacetValue, Field, any_accepted, section_values
from indexer.matching import FoldedText, folded


class SegmentSource(Protocol):
    """The stored side of a segment. Terms that are not there give nothing."""

    @property
    def size(self) -> int:
        """How many document numbers there are, deleted ones included."""

    def row(self, document: int) -> bytes: ...
    def folded(self, document: int) -> bytes: ...
    def source(self, document: int) -> bytes: ...
    def figures(self, document: int) -> bytes: ...

    def gram(self, gram: str) -> Iterable[int]:
        """The documents whose folded text holds the gram."""

    def gram_count(self, gram: str) -> int:
        """How many documents hold the gram, deleted ones included."""

    def grams_beginning(self, char: str) -> Iterable[str]:
        """The grams that begin with `char`."""

    def word(self, word: str) -> Iterable[tuple[int, int]]:
        """The documents that hold the word in their text, and how often."""


class SegmentData:
    """What is known of a segment whatever was deleted from it since."""

    def __init__(self, source: SegmentSource) -> None:
        self.source = source
        self.size = source.size
        self.entries = [read_entry(source.row(n)) for n in range(self.size)]
        blocks = _blocks(self.entries)
        self.block = {report: (start, report + 1) for start, report in blocks}
        """Report's document → the half-open range of its documents."""
        self.owner = {section: report for start, report in blocks for section in range(start, report)}
        self.sections = bitmaps.from_blocks(self.size, blocks)
        self.reports = bitmaps.from_numbers(self.size, self.block)
        self._masks: dict[Criterion, int] = {}

    def reopened(self, source: SegmentSource) -> "SegmentData":
        """The same segment read through a new `source`; the old one may be closed."""
        self.source = source
        return self

    @cached_property
    def columns(self) -> Mapping[str, Mapping[FacetValue, int]]:
        """Field → value → the documents that have it: all of a report's, or for a field of sections the sections."""
        return {f.name: self._column(f) for f in FILTERS.values() if f.level != "figures"}

    @cached_property
    def facets(self) -> Mapping[str, Mapping[FacetValue, int]]:
        """The same columns for counting, values put together as facets count them."""
        facets: dict[str, dict[FacetValue, int]] = {}
        for name, column in self.columns.items():
            grouped: dict[FacetValue, int] = {}
            for value, mask in column.items():
                key = FILTERS[name].group(value)
                grouped[key] = grouped.get(key, 0) | mask
            facets[name] = grouped
        return facets

    def _column(self, field: Field) -> dict[FacetValue, int]:
        places: dict[FacetValue, list[tuple[int, int]]] = {}
        if field.level == "section":
            for section in self.owner:
                for value in section_values(self.section(section).section):
                    places.setdefault(value, []).append((section, section + 1))
        else:
            for report, block in self.block.items():
                for value in field.values(self.report(report).report):
                    places.setdefault(value, []).append(block)
        return {value: bitmaps.from_blocks(self.size, blocks) for value, blocks in places.items()}

    @cached_property
    def titles(self) -> tuple[tuple[FoldedText, tuple[int, int]], ...]:
        """Every title, folded, with the documents of its report."""
        return tuple((folded(self.report(n).report.title), block) for n, block in self.block.items())

    @cached_property
    def agencies(self) -> tuple[tuple[FoldedText, int], ...]:
        """Every agency, folded, with the documents of its reports."""
        return tuple((folded(str(name)), mask) for name, mask in self.columns["agency"].items())

    def report(self, document: int) -> ReportEntry:
        """The entry of a report's own document."""
        entry = self.entries[document]
        assert isinstance(entry, ReportEntry)
        return entry

    def section(self, document: int) -> SectionEntry:
        """The entry of a section's document."""
        entry = self.entries[document]
        assert isinstance(entry, SectionEntry)
        return entry

    def text(self, document: int) -> FoldedText:
        """The folded text of a section."""
        return read_folded(self.source.folded(document), self.section(document))

    def original(self, document: int) -> SectionText:
        """The original text of a section."""
        return read_source(self.source.source(document))

    def accepted(self, name: str, criterion: Criterion) -> int:
        """The documents with a value of the field `name` that `criterion` accepts."""
        if isinstance(criterion, AllHold):
            if criterion not in self._masks:
                self._masks[criterion] = self._where(criterion)
            return self._masks[criterion]
        mask = 0
        for value, documents in self.columns[name].items():
            if any_accepted((criterion,), (value,)):
                mask |= documents
        return mask

    def _where(self, criterion: AllHold) -> int:
        held = (block for n, block in self.block.items() if criterion.accepts(self._figures(n)))
        return bitmaps.from_blocks(self.size, held)

    def _figures(self, report: int) -> Mapping[str, Number]:
        return read_figures(self.source.figures(report))


def _blocks(entries: Iterable[object]) -> list[tuple[int, int]]:
    """First section and own document of every report."""
    blocks = []
    start: int | None = None
    for number, entry in enumerate(entries):
        if isinstance(entry, SectionEntry):
            start = number if start is None else start
        elif isinstance(entry, ReportEntry):
            blocks.append((number if start is None else start, number))
            start = None
    return blocks


@dataclass(frozen=True)
class SegmentView:
    """A segment at one commit: `live` are the documents that are not deleted."""

    data: SegmentData
    live: int

    @cached_property
    def sections(self) -> int:
        """The sections that are alive."""
        return self.data.sections & self.live

    @cached_property
    def reports(self) -> int:
        """The own documents of the reports that are alive."""
        return self.data.reports & self.live

    def reports_of(self, sections: int) -> int:
        """The own documents of the reports that these sections belong to."""
        return bitmaps.spread_up(sections, self.data.sections)

    @cached_property
    def totals(self) -> tuple[int, int, int, int]:
        """The summed lengths of text, heading, title and agency over all live sections, in words."""
        text = heading = title = agency = 0
        for document in bitmaps.numbers(self.sections):
            entry, report = self.data.section(document), self.data.report(self.data.owner[document])
            text += entry.length
            heading += len(entry.heading_words)
            title += len(report.title_words)
            agency += len(report.agency_words)
        return text, heading, title, agency
