"""The text of a report as the page shows it: sections with marked paragraphs, tables at the place where they are printed.

Every character of a section is shown once: what belongs to no paragraph and no heading is a printed row, and the rows
of a statutory table stand beside the table that was read from them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import CellState, Report, Section
from webui.presenters.marks import Piece, Span, pieces
from webui.presenters.tables import FindingNumbers, TableView, table_views

_SECTION_OF = {"proactive": "proactive", "applications": "applications", "review": "remedies", "statistics": "annex"}
_HEADING_LINES = 3


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph with its anchor and its text cut at the matches."""

    anchor: str
    start: int
    end: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class RowsView:
    """Printed rows that belong to no paragraph, and the statutory tables read from them (none for other tables)."""

    rows: tuple[tuple[str, ...], ...]
    tables: tuple[TableView, ...] = ()
    unread: bool = False
    """True where the form asks for a table and nothing of it is printed as text."""
    continued: bool = False
    """True where the rows belong to a table that already stands further up."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section: its anchor, its heading as printed with the ordinal, and what it holds in the printed order."""

    anchor: str
    key: str
    heading: str
    parts: tuple[ParagraphView | RowsView, ...]
    findings: tuple[int, ...] = ()


def paragraph_anchor(section: Section, number: int) -> str:
    """The id of the `number`-th paragraph (from 1) of a section."""
    return f"s{section.number}-p{number}"


def section_views(
    report: Report, spans: Sequence[Span], numbers: FindingNumbers, language: str
) -> tuple[SectionView, ...]:
    """All sections of `report`, the disjoint `spans` marked."""
    return _Body(report, spans, numbers, language).sections()


class _Body:
    """Walks one report once; remembers which tables have been placed."""

    def __init__(self, report: Report, spans: Sequence[Span], numbers: FindingNumbers, language: str) -> None:
        self.report, self.spans, self.numbers, self.language = report, spans, numbers, language
        self.open = [name for name in report.tables if name in _SECTION_OF]
        self.places = {name: _offsets(report, name) for name in self.open}

    def sections(self) -> tuple[SectionView, ...]:
        views = []
        for place, section in enumerate(self.report.sections):
            heading, body_start = self._heading(section)
            parts = list(self._parts(section, body_start))
            parts += self._unprinted(section, last=place == len(self.report.sections) - 1)
            anchor = f"s{section.number}"
            found = tuple(self.numbers.get(anchor, ()))
            views.append(SectionView(anchor, section.key, heading, tuple(parts), found))
        return tuple(views)

    def _heading(self, section: Section) -> tuple[str, int]:
        """The heading with its ordinal, as printed, and where the body begins."""
        wanted = "".join(section.heading.split())
        end = section.paragraphs[0].start if section.paragraphs else section.end
        seen, taken, place = "", [], section.start
        for line in self.report.text[section.start : end].split("\n")[:_HEADING_LINES] if wanted else ():
            place += len(line) + 1
            taken.append(line.strip())
            seen += "".join(line.split())
            if wanted in seen:
                return "".join(taken), min(place, end)
        return section.heading, section.start

    def _parts(self, section: Section, start: int) -> Iterator[ParagraphView | RowsView]:
        place = start
        for number, paragraph in enumerate(section.paragraphs, 1):
            yield from self._between(place, paragraph.start)
            marked = tuple(pieces(paragraph.text, paragraph.start, self.spans))
            yield ParagraphView(paragraph_anchor(section, number), paragraph.start, paragraph.end, marked)
            place = max(place, paragraph.end)
        yield from self._between(place, section.end)

    def _between(self, start: int, end: int) -> Iterator[RowsView]:
        lines = self.report.text[start:end].split("\n") if start < end else []
        rows = tuple(tuple(c.strip() for c in line.split("\t")) for line in lines if line.strip())
        if not rows:
            return
        held = [name for name, offsets in self.places.items() if any(start <= offset < end for offset in offsets)]
        here = [name for name in held if name in self.open]
        self.open = [name for name in self.open if name not in here]
        tables = tuple(view for name in here for view in self._views(name))
        yield RowsView(rows, tables, continued=bool(held) and not here)

    def _unprinted(self, section: Section, last: bool) -> Iterator[RowsView]:
        """Tables of the form of which no cell is printed anywhere stand, empty, at the end of their section."""
        for name in list(self.open):
            if not self.places[name] and (_SECTION_OF[name] == section.key or last):
                self.open.remove(name)
                yield RowsView((), tuple(self._views(name)), unread=True)

    def _views(self, name: str) -> list[TableView]:
        return table_views(self.report, name, self.numbers, self.language)


def _offsets(report: Report, table: str) -> list[int]:
    cells = (cell for row in report.tables[table].values() for cell in row.values())
    return [cell.start for cell in cells if cell.state is not CellState.ABSENT and cell.start is not None]
