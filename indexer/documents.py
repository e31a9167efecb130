"""StoredReport → one `IndexDocument` per section: everything an engine needs, so that it never sees a report.

What is searched is exactly `Section.text`. A report without any section gives one empty front, so that every live report
can be found by its title and filters. Nothing here knows an engine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from corpus.figures import figures, positive_reasons
from corpus.model import Finding, Report, Section
from indexer.matching import FoldedSource, FoldedText, folded, folded_runs, joined
from indexer.segment import Segmenter

Number = int | float


class Stored(Protocol):
    """What is needed of an archived report; `archive.StoredReport` is one."""

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def report(self) -> Report: ...
    @property
    def findings(self) -> Sequence[Finding]: ...


class ReportRow(NamedTuple):
    """What filters, facets, sorting and hits need of a report. `None` means not known."""

    id: str
    version: int
    title: str
    agency: str
    kind: str | None
    province: str | None
    city: str | None
    county: str | None
    township: str | None
    year: int | None
    era: str
    reasons: tuple[str, ...]
    """Keys of the reasons above zero, in the order of the form."""
    issues: tuple[str, ...]
    """Ids of the findings, each once."""
    cites: tuple[str, ...]
    """Canonical names of the laws and documents that are cited, each once."""
    refusals: Number | None
    """Applications refused (`derived.denied`)."""


class SectionRow(NamedTuple):
    """What names a section. `ordinal` is its place among the report's sections, from 0."""

    ordinal: int
    number: int
    key: str
    heading: str


class Paragraph(NamedTuple):
    """Where a paragraph stands in the report's text; `joined`: only white space parts it from the one before."""

    start: int
    end: int
    joined: bool


@dataclass(frozen=True, slots=True)
class SectionText:
    """The original text of a section and the places of its paragraphs."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    folded: FoldedSource | None = field(default=None, compare=False, repr=False)
    """The same folded, where an engine has it."""


class Words(NamedTuple):
    """The words of a section for ranking, repeated as often as they occur."""

    text: tuple[str, ...]
    heading: tuple[str, ...]
    title: tuple[str, ...]
    agency: tuple[str, ...]


class IndexDocument(NamedTuple):
    """One section of one report's newest version, ready to be indexed."""

    report: ReportRow
    figures: Mapping[str, Number]
    """Every figure of the report that is a number, by its path; a row's own figure under the row's path."""
    section: SectionRow
    source: SectionText
    text: FoldedText
    title: FoldedText
    agency: FoldedText
    words: Words


def index_documents(stored: Stored, segmenter: Segmenter) -> list[IndexDocument]:
    """The documents of one report, in the order of its sections."""
    report = stored.report
    values = figures(report)
    row = report_row(stored, values.get("derived.denied"))
    title, agency = folded(row.title), folded(row.agency)
    title_words = tuple(segmenter.search_words(row.title))
    agency_words = tuple(segmenter.search_words(row.agency))
    sections = report.sections or (Section(0, "front", "", 0, 0),)
    documents = []
    for ordinal, section in enumerate(sections):
        source = section_text(report, section)
        heading_words = tuple(segmenter.search_words(section.heading))
        runs = folded_runs(source.text)
        words = Words(tuple(segmenter.search_words_of(runs)), heading_words, title_words, agency_words)
        place = SectionRow(ordinal, section.number, section.key, section.heading)
        documents.append(IndexDocument(row, values, place, source, joined(runs), title, agency, words))
    return documents


def report_row(stored: Stored, refusals: Number | None) -> ReportRow:
    """The row of a report with so many refusals."""
    report, region = stored.report, stored.report.region
    return ReportRow(
        id=stored.id,
        version=stored.version,
        title=report.title,
        agency=report.agency or report.agency_printed or "",
        kind=report.agency_kind.value if report.agency_kind else None,
        province=region.province,
        city=region.city,
        county=region.county,
        township=region.township,
        year=report.year,
        era=report.era.value,
        reasons=tuple(positive_reasons(report)),
        issues=tuple(dict.fromkeys(f.id for f in stored.findings)),
        cites=tuple(dict.fromkeys(r.canonical for r in report.references if r.canonical)),
        refusals=refusals,
    )


def section_text(report: Report, section: Section) -> SectionText:
    """The text of `section` and where its paragraphs stand in the report's text."""
    paragraphs = []
    end: int | None = None
    for paragraph in section.paragraphs:
        joined = end is not None and not report.text[end : paragraph.start].strip()
        paragraphs.append(Paragraph(paragraph.start, paragraph.end, joined))
        end = paragraph.end
    return SectionText(section.text, tuple(paragraphs))
