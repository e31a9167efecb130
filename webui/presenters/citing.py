"""Places that cite a law or document, as pages show them: the sentence with the citation marked, and the link to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive import Archive, CitedPlace
from corpus.errors import NotFoundError
from corpus.model import Paragraph, Report
from webui.passages import sentence
from webui.presenters.body import paragraph_anchor
from webui.presenters.marks import Piece, pieces

_AROUND = 60


@dataclass(frozen=True, slots=True)
class CitingView:
    """One place; `anchor` leads to its characters, `section` is the heading above it."""

    place: CitedPlace
    section: str
    anchor: str
    pieces: tuple[Piece, ...]
    begins: bool
    """Whether the sentence is shown from its beginning."""
    ends: bool


def citing_views(archive: Archive, places: Sequence[CitedPlace]) -> Iterator[CitingView]:
    """A view of every place; those of a report that was withdrawn or changed meanwhile are left out."""
    reports: dict[tuple[str, int], Report | None] = {}
    for place in places:
        key = (place.report_id, place.version)
        if key not in reports:
            reports[key] = _report(archive, *key)
        report = reports[key]
        if report is not None and report.text[place.start : place.end] == place.raw:
            yield _view(place, report)


def _report(archive: Archive, report_id: str, version: int) -> Report | None:
    try:
        return archive.report(report_id, version).report
    except NotFoundError:
        return None


def _view(place: CitedPlace, report: Report) -> CitingView:
    text, span = report.text, (place.start, place.end)
    start = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", place.end)
    line = Paragraph(start, end if end >= 0 else len(text), "")
    first, last = sentence(text, line, span)
    left, right = max(first, place.start - _AROUND), min(last, place.end + _AROUND)
    shown = tuple(pieces(text[left:right], left, [span]))
    section, anchor = _where(place, report)
    return CitingView(place, section, anchor, shown, left == first, right == last)


def _where(place: CitedPlace, report: Report) -> tuple[str, str]:
    """Heading and anchor: of the paragraph, which works without scripts, else of the characters."""
    for section in report.sections:
        if not section.start <= place.start < section.end:
            continue
        for number, paragraph in enumerate(section.paragraphs, 1):
            if paragraph.start <= place.start < paragraph.end:
                return section.heading, paragraph_anchor(section, number)
        return section.heading, f"c{place.start}-{place.end}"
    return "", f"c{place.start}-{place.end}"
