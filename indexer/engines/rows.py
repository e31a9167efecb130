"""What is shown of a report, as bytes and back: compressed JSON, so that an index holds no code and can be read by hand.

`LAYOUT` names the shape of the whole index; one of another layout cannot be read and must be rebuilt.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any, Final

from indexer.documents import IndexDocument, Paragraph, ReportRow, SectionRow, SectionText

LAYOUT: Final = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as hits show it: its row, and its sections with their original texts."""

    report: ReportRow
    sections: tuple[tuple[SectionRow, SectionText], ...]


def shown_bytes(documents: Sequence[IndexDocument]) -> bytes:
    """The documents of one report, in order."""
    sections = [(*astuple(d.section), d.source.text, [astuple(p) for p in d.source.paragraphs]) for d in documents]
    value = [astuple(documents[0].report), sections]
    return zlib.compress(
        json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass"), 3
    )


def read_shown(data: bytes) -> Shown:
    """What `shown_bytes` wrote."""
    row, sections = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    return Shown(_report_row(row), tuple(_section(section) for section in sections))


def _section(values: list[Any]) -> tuple[SectionRow, SectionText]:
    *place, text, paragraphs = values
    return SectionRow(*place), SectionText(text, tuple(Paragraph(*p) for p in paragraphs))


def _report_row(values: list[Any]) -> ReportRow:
    fields: list[Any] = [tuple(v) if isinstance(v, list) else v for v in values]
    return ReportRow(*fields)
