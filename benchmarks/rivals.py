"""What the rivals share: the five facets that all engines count, and a hit before its snippet is made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.documents import IndexDocument
from indexer.fields import FILTERS, FacetValue
from indexer.highlight import marks, snippet
from indexer.query import Node

FACETS = ("year", "kind", "province", "reason", "section")
TOP = 10

Counts = Mapping[str, Mapping[FacetValue, int]]


@dataclass(frozen=True, slots=True)
class Reply:
    """The number of sections, the counts of the five facets, and the texts of the ten best."""

    total: int
    facets: Counts
    texts: Sequence[str]


class Rival(Protocol):
    """An engine that answers the same questions."""

    name: str

    def fill(self, reports: Iterable[Sequence[IndexDocument]]) -> None:
        """Takes all reports in and finishes the index."""

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
