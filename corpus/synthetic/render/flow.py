"""A report as the sequence of things that are printed one below the other. What each looks like is the printer's choice."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from corpus.synthetic.render.grids import Grids, PrintedTable
from corpus.synthetic.render.ordinals import fitting, ordinal
from corpus.synthetic.render.style import Style
from corpus.synthetic.truth import SectionTruth, SyntheticReport


class Kind(Enum):
    """What a part of a report is."""

    TITLE = auto()
    HEADING = auto()
    PARAGRAPH = auto()
    CAPTION = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A line of text, or a table."""

    kind: Kind
    text: str = ""
    table: PrintedTable | None = None


def flow(report: SyntheticReport, style: Style, grids: Grids) -> Iterator[Part]:
    """The title lines, then every section: heading, paragraphs, its tables among them."""
    yield from (Part(Kind.TITLE, line) for line in report.title_lines)
    numerals = fitting(report, style.numerals)
    for section in report.sections:
        yield from _section(section, ordinal(section, numerals) + section.heading, style, grids)


def _section(section: SectionTruth, head: str, style: Style, grids: Grids) -> Iterator[Part]:
    paragraphs = list(section.paragraphs)
    if section.key != "front":
        joined = style.headings == "joined" and section.table is None and paragraphs
        yield Part(Kind.PARAGRAPH, f"{head}。{paragraphs.pop(0)}") if joined else Part(Kind.HEADING, head)
    yield from (Part(Kind.PARAGRAPH, text) for text in paragraphs[: section.table_after])
    if section.table:
        if style.caption:
            yield Part(Kind.CAPTION, section.heading)
        yield from (Part(Kind.TABLE, table=table) for table in grids.table(section.table))
    yield from (Part(Kind.PARAGRAPH, text) for text in paragraphs[section.table_after :])
