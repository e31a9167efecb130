"""SearchRequest → Plan: words cut, synonyms added, features to rank by. What the engine is asked is decided here alone."""

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


def plan_for(request: SearchRequest, segmenter: Segmenter) -> Plan:
    """What the engine is asked. Raises `QueryError` when the query has too many clauses."""
    clauses = sum(1 for _ in leaves(segmented(request.tree, segmenter)))
    if clauses > MAX_CLAUSES:
        raise QueryError(
            f"检索式 q 有 {clauses} 个词，最多 {MAX_CLAUSES} 个", hint="整段文字请放在引号内，作为一个短语检索"
        )
    tree, added = searched(request, segmenter)
    wanted = features(tree, segmenter.search_words, added)
    return Plan(
        tree, wanted, request.filters, request.group, request.sort, request.limit, request.offset, MAX_FACET_VALUES
    )


def searched(request: SearchRequest, segmenter: Segmenter) -> tuple[Node, tuple[str, ...]]:
    """The tree that is searched, with synonyms where they are wanted, and the terms that came in by that."""
    if not request.synonyms:
        return segmented(request.tree, segmenter), ()
    return expand(request.tree, segmenter.words)


def segmented(tree: Node, segmenter: Segmenter) -> Node:
    """`tree` with its words cut; nothing is loaded when it has none."""
    return replace_words(tree, segmenter.words)
