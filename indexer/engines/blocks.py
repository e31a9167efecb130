"""Documents → the arrays of a segment, and several segments → one. The only place that knows all arrays by name.

The sections of a report stand side by side, in order. `report.first` says where the sections of each report begin.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from indexer.documents import IndexDocument
from indexer.engines.arrays import Array, ArrayFileWriter, Arrays, narrow, offsets
from indexer.engines.columns import build_column, build_figures, merge_column, merge_figures
from indexer.engines.gram_writing import build_grams, merge_grams
from indexer.engines.rows import build_rows, name_bytes, of_today
from indexer.engines.strings import build_distinct, build_strings, merge_distinct, merge_strings
from indexer.engines.terms import build_terms, build_whole, merge_terms
from indexer.engines.texts import all_text_bytes
from indexer.fields import FILTERS, section_values
from indexer.segment import Segmenter

REPORT_COLUMNS: Final = tuple(f for f in FILTERS.values() if f.level == "report")
SECTION_COLUMN: Final = next(f for f in FILTERS.values() if f.level == "section")
_OF_REPORTS: Final = ("report.id", "report.version", "report.refusals", "report.title_words", "report.agency_words")
_OF_SECTIONS: Final = ("section.text_words", "section.heading_words")


@dataclass(frozen=True, slots=True)
class Block:
    """The arrays of some reports, which become a segment."""

    ids: tuple[str, ...]
    arrays: Mapping[str, Array]


def build_block(reports: Sequence[Sequence[IndexDocument]], segmenter: Segmenter) -> Block:
    """The block of reports, each given by all its documents, which `segmenter` has cut."""
    firsts = [documents[0] for documents in reports]
    sections = [document for documents in reports for document in documents]
    rows = [document.report for document in firsts]
    arrays: dict[str, Array] = {
        "report.first": offsets(np.fromiter(map(len, reports), np.uint32, len(reports))),
        "report.id": np.array([row.id.encode("utf-8", "surrogatepass") for row in rows], np.bytes_),
        "report.version": np.array([row.version for row in rows], np.uint32),
        "report.refusals": np.array([np.nan if row.refusals is None else row.refusals for row in rows], np.float64),
        "report.title_words": narrow(np.array([len(d.words.title) for d in firsts], np.uint32)),
        "report.agency_words": narrow(np.array([len(d.words.agency) for d in firsts], np.uint32)),
        **build_rows(rows),
        "section.text_words": narrow(np.array([len(d.words.text) for d in sections], np.uint32)),
        "section.heading_words": narrow(np.array([len(d.words.heading) for d in sections], np.uint32)),
        **build_distinct("section.name", [name_bytes(d.section) for d in sections]),
    }
    for field in REPORT_COLUMNS:
        arrays |= build_column(field.name, [field.values(row) for row in rows])
    arrays |= build_column(SECTION_COLUMN.name, [section_values(d.section) for d in sections])
    arrays |= build_figures([document.figures for document in firsts])
    arrays |= build_grams("grams.text", [d.text for d in sections])
    arrays |= build_grams("grams.title", [d.title for d in firsts])
    arrays |= build_grams("grams.agency", [d.agency for d in firsts])
    arrays |= build_terms("words.text", (d.words.text for d in sections))
    arrays |= build_whole("words.text", arrays, segmenter.is_whole)
    arrays |= build_terms("words.heading", (d.words.heading for d in sections))
    arrays |= build_terms("words.title", (d.words.title for d in firsts))
    arrays |= build_terms("words.agency", (d.words.agency for d in firsts))
    arrays |= build_strings("section.source", _sources(sections, arrays))
    arrays["report.by_id"] = _by_id(arrays["report.id"])
    return Block(tuple(row.id for row in rows), arrays)


def _sources(sections: Sequence[IndexDocument], arrays: Arrays) -> list[bytes]:
    """The original texts, told by the folded ones, which are in the arrays."""
    units = arrays["grams.text.chars"].view(">u2")
    return all_text_bytes([d.source for d in sections], units, arrays["grams.text.start"], arrays["grams.text.size"])


def _by_id(ids: Array) -> Array:
    """The reports in the order of their ids."""
    return np.argsort(ids, kind="stable").astype(np.uint32)


@dataclass(frozen=True)
class Source:
    """A segment that is merged: its arrays, and which of its reports are kept."""

    arrays: Arrays
    keep: Array

    @cached_property
    def sizes(self) -> Array:
        """The sections of each report."""
        return np.diff(self.arrays["report.first"]).astype(np.int64)

    @cached_property
    def keep_sections(self) -> Array:
        """Which sections are kept."""
        return np.repeat(self.keep, self.sizes)


def merge_segments(path: Path, sources: Sequence[Source]) -> int:
    """Writes what is kept of several segments as one; how many sections that are."""
    arrays = [source.arrays for source in sources]
    reports, sections = [s.keep for s in sources], [s.keep_sections for s in sources]
    of_reports, of_sections = _renumber(reports), _renumber(sections)
    with ArrayFileWriter(path) as file:
        file.add("report.first", offsets(np.concatenate([s.sizes[s.keep] for s in sources])))
        for names, kept in ((_OF_REPORTS, reports), (_OF_SECTIONS, sections)):
            for name in names:
                file.add(name, np.concatenate([a[name][keep] for a, keep in zip(arrays, kept, strict=True)]))
        file.add("report.by_id", _by_id(np.concatenate([s.arrays["report.id"][s.keep] for s in sources])))
        of_words = [of_today(a) for a in arrays]
        merge_strings(file, "report.row", of_words, reports)
        file.add("report.row_words", of_words[0]["report.row_words"])
        merge_distinct(file, "section.name", arrays, sections)
        merge_strings(file, "section.source", arrays, sections)
        for field in REPORT_COLUMNS:
            merge_column(file, field.name, arrays, reports)
        merge_column(file, SECTION_COLUMN.name, arrays, sections)
        merge_figures(file, arrays, of_reports, sum(int(keep.sum()) for keep in reports))
        for name, renumber in (("text", of_sections), ("title", of_reports), ("agency", of_reports)):
            merge_grams(file, f"grams.{name}", arrays, renumber)
        for name, renumber in (
            ("text", of_sections),
            ("heading", of_sections),
            ("title", of_reports),
            ("agency", of_reports),
        ):
            merge_terms(file, f"words.{name}", arrays, renumber)
    return sum(int(keep.sum()) for keep in sections)


def _renumber(kept: Sequence[Array]) -> list[Array]:
    """Per source the new number of each document; -1 for what is dropped."""
    made, done = [], 0
    for keep in kept:
        numbers = np.cumsum(keep, dtype=np.int64) + (done - 1)
        numbers[~keep] = -1
        made.append(numbers)
        done += int(keep.sum())
    return made
