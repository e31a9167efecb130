"""What the tests of the site and of the command line share: hostile texts, a phrase, and ways to take reports in."""

from dataclasses import dataclass, replace
from pathlib import Path

from archive import Archive
from archive.ingest import ingest
from corpus.synthetic.truth import SectionTruth, SyntheticReport
from indexer import Engine

NOW = "2026-05-06T08:30:00Z"
BASE = "https://archive.example"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE_FILE = "\"><script>alert('name')<.txt"
PHRASE = "望州市没有公开不予公开的信息"


@dataclass(frozen=True)
class World:
    """An archive with its index, and what is known to be in it."""

    archive: Archive
    engine: Engine
    hostile: str
    """The report whose paragraphs and file name hold markup."""
    revised: str
    """The report with two versions."""
    phrase: str
    """The report that holds `PHRASE` twice."""
    doubted: str
    """The report with a row whose applicants do not add up to its total."""


def with_paragraph(report: SyntheticReport, key: str, text: str) -> SyntheticReport:
    """The report with one more paragraph at the beginning of a section."""

    def changed(section: SectionTruth) -> SectionTruth:
        if section.key != key:
            return section
        return replace(section, paragraphs=(text, *section.paragraphs), table_after=section.table_after + 1)

    return replace(report, sections=tuple(changed(s) for s in report.sections))


def take_in(archive: Archive, path: Path) -> str:
    """Ingest one file that holds one report; its id."""
    outcomes = list(ingest(archive, [path], now=lambda: NOW))
    assert [o.report_id is not None for o in outcomes] == [True], outcomes
    return str(outcomes[0].report_id)
