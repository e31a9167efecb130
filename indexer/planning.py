"""SearchRequest → Plan: words cut, synonyms added, features to rank by. What the engine is asked is decided here alone."""

from dataclasses import dataclass
from typing import Final

from corpus.errors import QueryError
from indexer.engines.base import Plan
from indexer.query import Node, leaves, replace_words
from indexer.ranking import features
from indexer.request import SearchRequest
from indexer.segment import Segmenter
from indexer.synonyms import expand

MAX_CLAUSES: Final = 64
"""Words, phrases and fields of a query once it is segmented."""
MAX_FACET_VALUES: Final = 1000
"""Values of one facet; of agencies and counties there can be thousands."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A request as the engine is asked, and what the reader is told of it."""

    plan: Plan
    interpreted: Node
    """The query with its words cut, before synonyms."""
    added: tuple[str, ...]
    """The terms that came in as synonyms."""


def plan_for(request: SearchRequest, segmenter: Segmenter) -> Planned:
    """What the engine is asked. Raises `QueryError` when the query has too many clauses."""
    known: dict[str, list[str]] = {}

    def cut(text: str) -> list[str]:
        if text not in known:
            known[text] = segmenter.words(text)
        return known[text]

    interpreted = replace_words(request.tree, cut)  # nothing is loaded when there are no words
    clauses = sum(1 for _ in leaves(interpreted))
    if clauses > MAX_CLAUSES:
        raise QueryError(
            f"检索式 q 有 {clauses} 个词，最多 {MAX_CLAUSES} 个", hint="整段文字请放在引号内，作为一个短语检索"
        )
    tree, added = expand(request.tree, cut) if request.synonyms else (interpreted, ())
    plan = Plan(
        tree, features(tree, segmenter.search_words, added), request.filters, request.group, request.sort, request.limit,
        request.offset, request.facets, MAX_FACET_VALUES,
    )  # fmt: skip
    return Planned(plan, interpreted, added)


def segmented(tree: Node, segmenter: Segmenter) -> Node:
    """`tree` with its words cut; nothing is loaded when it has none."""
    return replace_words(tree, segmenter.words)
