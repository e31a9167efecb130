"""“Did you mean”: a query that finds more, made by changing one character of one word, from the words of the index itself."""

import re
from dataclasses import replace
from typing import Final

from indexer.engines.base import Engine
from indexer.matching import comparable
from indexer.planning import plan_for
from indexer.query import And, Node, Not, Or, Word, conjunction, disjunction, leaves, to_text
from indexer.request import SearchRequest

FEW: Final = 2
"""Answers of more hits than this need no suggestion."""
_LONGEST: Final = 8
_TRIED: Final = 3
"""Words that are tried in the place of one."""


def suggestion(engine: Engine, request: SearchRequest, total: int) -> str | None:
    """The query text that finds the most, when `request` found `total`; `None` when none finds more."""
    if total > FEW:
        return None
    best: tuple[int, str] | None = None
    for typed in dict.fromkeys(leaf for leaf in leaves(request.tree) if isinstance(leaf, Word)):
        for text in _instead(engine, comparable(typed.text)):
            tree = _replaced(request.tree, typed, Word(text))
            asked = replace(request, tree=tree, limit=1, offset=0, facets=())
            plan = plan_for(asked, engine.segmenter).plan
            found = engine.search(plan).total
            if found > max(total, best[0] if best else 0):
                best = found, to_text(tree)
    return best[1] if best else None


def _instead(engine: Engine, text: str) -> list[str]:
    """What could have been meant by the folded `text`: the most frequent words of the index that differ in one character."""
    pieces = dict.fromkeys([text, *engine.segmenter.words(text)])
    found: dict[str, int] = {}
    for piece in pieces:
        if 2 <= len(piece) <= _LONGEST and text.count(piece) == 1:
            for word, count in engine.terms_like(one_away(piece)).items():
                if word != piece:
                    found[text.replace(piece, word)] = count
    return sorted(found, key=lambda word: (-found[word], word))[:_TRIED]


def one_away(word: str) -> str:
    """A pattern for the words that come from `word` by changing, leaving out, adding or swapping one character."""
    size, any_char = len(word), "[^\\n]"
    parts = [re.escape(char) for char in word]
    changed = ["".join([*parts[:n], any_char, *parts[n + 1 :]]) for n in range(size)]
    added = ["".join([*parts[:n], any_char, *parts[n:]]) for n in range(size + 1)]
    left_out = ["".join([*parts[:n], *parts[n + 1 :]]) for n in range(size)] if size > 2 else []
    swapped = ["".join([*parts[:n], parts[n + 1], parts[n], *parts[n + 2 :]]) for n in range(size - 1)]
    return "|".join(dict.fromkeys([*changed, *added, *left_out, *swapped]))


def _replaced(tree: Node, old: Word, new: Word) -> Node:
    match tree:
        case And(children):
            return conjunction(_replaced(child, old, new) for child in children)
        case Or(children):
            return disjunction(_replaced(child, old, new) for child in children)
        case Not():
            return tree
        case _:
            return new if tree == old else tree
