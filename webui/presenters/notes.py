"""Notes of the query parser in words: where a query broke and how it was read instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webui.messages import message

_AROUND = 12


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note, and the query around the place where it broke (empty for a note about no place)."""

    text: str
    before: str = ""
    at: str = ""
    after: str = ""


def note_text(note: Mapping[str, Any], language: str) -> str:
    """A note as a sentence that names the place, counted from 1."""
    if note["position"] is None:
        return str(note["message"])
    return message("results.broken", language, place=note["position"] + 1, text=note["message"])


def note_view(note: Mapping[str, Any], query: str, language: str) -> NoteView:
    """A note with the place shown in the query itself."""
    place = note["position"]
    if place is None:
        return NoteView(note_text(note, language))
    start, end = max(0, place - _AROUND), place + 1 + _AROUND
    before = ("…" if start else "") + query[start:place]
    after = query[place + 1 : end] + ("…" if end < len(query) else "")
    return NoteView(note_text(note, language), before, query[place : place + 1] or " ", after)
