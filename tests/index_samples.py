"""Invented reports for the tests of the search room: real `Report` values, composed so that every offset is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.model import (
    AgencyKind,
    Cell,
    CellState,
    Era,
    Finding,
    Paragraph,
    Reference,
    Region,
    Report,
    Section,
    Severity,
)
from indexer import Engine
from indexer.documents import IndexDocument, index_documents
from indexer.segment import Segmenter

SEGMENTER = Segmenter()
"""One for all tests: loading jieba's dictionary takes a second."""

HEADINGS = {
    "front": "",
    "overview": "总体情况",
    "proactive": "主动公开政府信息情况",
    "applications": "收到和处理政府信息公开申请情况",
    "remedies": "政府信息公开行政复议、行政诉讼情况",
    "problems": "存在的主要问题及改进情况",
    "other": "其他需要报告的事项",
}
NUMBERS = {"front": 0, "overview": 1, "proactive": 2, "applications": 3, "remedies": 4, "problems": 5, "other": 6}


@dataclass(frozen=True, slots=True)
class Stored:
    """A report as the archive would hand it out."""

    id: str
    version: int
    report: Report
    findings: tuple[Finding, ...]


def make(
    report_id: str = "a-2023",
    sections: Mapping[str, str | Sequence[str]] | None = None,
    *,
    title: str = "",
    agency: str = "昆岚市财政局",
    year: int | None = 2023,
    era: Era = Era.FORMAT_2021,
    kind: AgencyKind | None = AgencyKind.DEPARTMENT,
    region: Region = Region(province="望海省", city="昆岚市"),  # noqa: B008 - a frozen value
    rows: Mapping[str, int] | None = None,
    issues: Sequence[str] = (),
    cites: Sequence[str] = (),
    version: int = 1,
    between: str = "\n",
) -> Stored:
    """A stored report. `sections`: key → paragraphs; `rows`: application row → its total; `between` parts paragraphs."""
    title = title or f"{agency}{year or ''}年政府信息公开工作年度报告"
    text, made = title + "\n", []
    for key, given in ({"overview": "本年度主动公开政府信息。"} if sections is None else sections).items():
        start = len(text)
        text += HEADINGS[key] + "\n" if HEADINGS[key] else ""
        paragraphs = []
        for n, paragraph in enumerate([given] if isinstance(given, str) else given):
            text += between if n else ""
            paragraphs.append(Paragraph(len(text), len(text) + len(paragraph), paragraph))
            text += paragraph
        made.append(Section(NUMBERS[key], key, HEADINGS[key], start, len(text), tuple(paragraphs)))
        text += "\n"
    tables = {"applications": {row: {"total": Cell(CellState.NUMBER, str(n), n)} for row, n in (rows or {}).items()}}
    references = tuple(Reference("document", name, name, 0, 0) for name in cites)
    findings = tuple(Finding(issue, Severity.HARD, "…") for issue in issues)
    report = Report(
        title=title,
        agency=agency,
        agency_printed=agency,
        agency_kind=kind,
        year=year,
        scope=None,
        era=era,
        region=region,
        published=None,
        text=text,
        sections=tuple(made),
        tables=tables,
        references=references,
        findings=findings,
    )
    return Stored(report_id, version, report, findings)


def documents(stored: Stored) -> list[IndexDocument]:
    """The documents of one report."""
    return index_documents(stored, SEGMENTER)


def fill(engine: Engine, *reports: Stored, synced: int = 1) -> None:
    """Puts the reports in with one commit."""
    writer = engine.begin()
    for report in reports:
        writer.replace(report.id, documents(report))
    writer.commit(synced)
