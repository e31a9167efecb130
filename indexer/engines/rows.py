"""The values of index documents as bytes and back: JSON, so that an index holds no code and can be read by hand.

`LAYOUT` names the shape; an index of another layout cannot be read and must be rebuilt.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any, Final

from indexer.documents import IndexDocument, Number, Paragraph, ReportRow, SectionRow, SectionText
from indexer.matching import FoldedText

LAYOUT: Final = 1


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """The row of a report's own document."""

    report: ReportRow
    title_words: tuple[str, ...]
    agency_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """The row of a section's document. `breaks` belong to its folded text, `length` is its number of words."""

    section: SectionRow
    heading_words: tuple[str, ...]
    length: int
    breaks: frozenset[int]


Entry = ReportEntry | SectionEntry | int
"""An integer is the one document that says up to which change of the archive the index is."""


def _dump(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def report_entry(document: IndexDocument) -> bytes:
    """The row of the document's report."""
    return _dump(["r", astuple(document.report), document.words.title, document.words.agency])


def section_entry(document: IndexDocument) -> bytes:
    """The row of the document's section."""
    words = document.words
    return _dump(["s", astuple(document.section), words.heading, len(words.text), sorted(document.text.breaks)])


def synced_entry(synced: int) -> bytes:
    """The row that says how far the index is."""
    return _dump(["m", synced])


def read_entry(data: bytes) -> Entry:
    """The entry that one of the three functions above wrote."""
    kind, *rest = json.loads(data)
    if kind == "r":
        row, title_words, agency_words = rest
        return ReportEntry(_report_row(row), tuple(title_words), tuple(agency_words))
    if kind == "s":
        row, heading_words, length, breaks = rest
        return SectionEntry(SectionRow(*row), tuple(heading_words), length, frozenset(breaks))
    synced: int = rest[0]
    return synced


def _report_row(values: list[Any]) -> ReportRow:
    fields: list[Any] = [tuple(v) if isinstance(v, list) else v for v in values]
    return ReportRow(*fields)


def folded_bytes(text: FoldedText) -> bytes:
    """The folded characters; `breaks` travel in the section's row."""
    return text.text.encode("utf-8", "surrogatepass")


def read_folded(data: bytes, entry: SectionEntry) -> FoldedText:
    """The folded text of the section with that entry."""
    return FoldedText(data.decode("utf-8", "surrogatepass"), entry.breaks)


def source_bytes(source: SectionText) -> bytes:
    """The original text with its paragraphs, compressed."""
    return zlib.compress(_dump([source.text, [astuple(p) for p in source.paragraphs]]), 3)


def read_source(data: bytes) -> SectionText:
    """The text that `source_bytes` wrote."""
    text, paragraphs = json.loads(zlib.decompress(data))
    return SectionText(text, tuple(Paragraph(*p) for p in paragraphs))


def figures_bytes(figures: Mapping[str, Number]) -> bytes:
    """The figures of a report, compressed."""
    return zlib.compress(_dump(dict(figures)), 3)


def read_figures(data: bytes) -> dict[str, Number]:
    """The figures that `figures_bytes` wrote."""
    figures: dict[str, Number] = json.loads(zlib.decompress(data))
    return figures


def grams(text: str) -> set[str]:
    """The pairs of neighbouring characters of a folded text, and its last character alone."""
    return {text[n : n + 2] for n in range(len(text))}
