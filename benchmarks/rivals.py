"""What the rivals share: the five facets that all engines count, and a hit before its snippet is made."""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from indexer.documents import IndexDocument
from indexer.fields import FILTERS, FacetValue
from indexer.highlight import marks, snippet
from indexer.query import Node
from indexer.segment import Segmenter

FACETS = ("year", "kind", "province", "reason", "section")
TOP = 10

Counts = Mapping[str, Mapping[FacetValue, int]]


@dataclass(frozen=True, slots=True)
class Reply:
    """The number of sections, the counts of the five facets, and the texts of the ten best."""

    total: int
    facets: Counts
    texts: Sequence[str]


class Entry(NamedTuple):
    """A section as rivals take it in: all that can be done beforehand, in any process, is done."""

    text: str
    """The words, parted by spaces; title and agency likewise."""
    title: str
    agency: str
    pairs: str
    source: bytes
    """The original text, compressed."""
    facets: tuple[tuple[FacetValue, ...], ...]
    """The values of each of `FACETS`."""

    @classmethod
    def of(cls, document: IndexDocument, text_pairs: Sequence[str]) -> "Entry":
        """The entry of a section with these pairs."""
        words = (document.words.text, document.words.title, document.words.agency)
        source = zlib.compress(document.source.text.encode(), 3)
        return cls(
            *map(" ".join, words), " ".join(text_pairs), source, tuple(facet_values(document, n) for n in FACETS)
        )


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of some reports, as one process hands them to another."""

    ids: tuple[str, ...]
    entries: tuple[Entry, ...]


def packed(
    entry: Callable[[IndexDocument], Entry], reports: Sequence[Sequence[IndexDocument]], segmenter: Segmenter
) -> Entries:
    """The entries of reports, made by a rival's `entry`."""
    ids = tuple(documents[0].report.id for documents in reports)
    return Entries(ids, tuple(entry(document) for documents in reports for document in documents))


class Rival(Protocol):
    """An engine that answers the same questions."""

    name: str

    @staticmethod
    def entry(document: IndexDocument) -> Entry:
        """A section as this engine takes it in."""

    def fill(self, entries: Iterable[Entry]) -> None:
        """Takes all sections in and finishes the index."""

    def ask(self, tree: Node, filters: Mapping[str, list[str]]) -> Reply:
        """Counts sections."""


def shown(rival: Rival, tree: Node, filters: Mapping[str, list[str]]) -> object:
    """A rival's answer with ten snippets, made as ours are."""
    reply = rival.ask(tree, filters)
    return reply, [snippet(text, marks(tree, text)) for text in reply.texts]


def facet_values(document: IndexDocument, name: str) -> tuple[FacetValue, ...]:
    """The values that a section counts for."""
    field = FILTERS[name]
    values = (document.section.key,) if field.level == "section" else field.values(document.report)
    return tuple(dict.fromkeys(map(field.group, values)))


def pairs(text: str) -> list[str]:
    """The pairs of neighbouring characters, and the last character alone."""
    return [text[n : n + 2] for n in range(len(text))]
