"""Finds the places of a quoted passage. Compares character for character after folding; never the nearest guess."""

from dataclasses import dataclass

from archive.catalog import read
from archive.model import StoredReport
from archive.store import Archive
from archive.stored import stored_report
from corpus.errors import UsageError
from corpus.text import fold, fold_text


@dataclass(frozen=True, slots=True)
class Passage:
    """One place of the quoted text. `start`/`end` are offsets into the text of that version."""

    report_id: str
    version: int
    section_number: int | None
    section_key: str | None
    start: int
    end: int
    quote: str
    """The place as printed there."""
    is_newest: bool
    """Whether it still stands in the report's newest version."""


def resolve(archive: Archive, text: str) -> list[Passage]:
    """Every place where `text` stands; more than one means that it is ambiguous, none that it is lost.

    Of each report the newest version that holds it counts, so a passage that was changed is found where it stood last.
    Raises `UsageError` when nothing is left of `text` after folding.
    """
    wanted = fold_text(text)
    if not wanted:
        raise UsageError("The passage is empty.", hint="Quote at least one character.")
    passages: list[Passage] = []
    with archive.catalog.snapshot() as db:
        found_in: set[str] = set()
        places = []
        for report_id, version, body in read.live_texts(db):
            if report_id not in found_in and (spans := _spans(body, wanted)):
                found_in.add(report_id)
                places.append((report_id, version, spans))
        for report_id, version, spans in places:
            stored = stored_report(db, report_id, version)
            passages.extend(_passage(stored, start, end) for start, end in spans)
    return passages


def _spans(text: str, wanted: str) -> list[tuple[int, int]]:
    folded = fold(text)
    spans = []
    at = folded.text.find(wanted)
    while at >= 0:
        spans.append(folded.source_span(at, at + len(wanted)))
        at = folded.text.find(wanted, at + 1)
    return spans


def _passage(stored: StoredReport, start: int, end: int) -> Passage:
    section = next((s for s in stored.report.sections if s.start <= start < s.end), None)
    return Passage(
        stored.id,
        stored.version,
        section.number if section else None,
        section.key if section else None,
        start,
        end,
        stored.report.text[start:end],
        stored.version == stored.versions[-1].version,
    )
