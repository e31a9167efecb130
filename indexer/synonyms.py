"""Terms that mean the same: a word of the query becomes itself or any of them. Phrases and what is excluded stay as typed.

The groups are data (`corpus/vocab/synonyms.toml`). Nothing here knows an engine.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from corpus.vocabulary import load
from indexer.matching import comparable
from indexer.query import And, Node, Not, Or, Word, conjunction, disjunction, negation, replace_words


@cache
def groups() -> Mapping[str, tuple[str, ...]]:
    """Folded term → the others of its group, as they are written."""
    found: dict[str, tuple[str, ...]] = {}
    for group in load("synonyms")["group"]:
        terms: tuple[str, ...] = tuple(group["terms"])
        for term in terms:
            found[comparable(term)] = tuple(t for t in terms if t != term)
    return found


def expand(tree: Node, cut: Callable[[str], Iterable[str]]) -> tuple[Node, tuple[str, ...]]:
    """The segmented `tree` (words as typed, `cut` makes their words) with synonyms, and the terms that came in.

    Terms that hold another of their group find nothing more and are left out.
    """
    added: dict[str, None] = {}
    return _expanded(tree, cut, added), tuple(added)


def _expanded(tree: Node, cut: Callable[[str], Iterable[str]], added: dict[str, None]) -> Node:
    match tree:
        case Word(text):
            words = [Word(word) for word in dict.fromkeys(cut(text))]
            if comparable(text) in groups():
                return _either(text, conjunction(words), added)
            return conjunction(_either(word.text, word, added) for word in words)
        case Not(child):
            return negation(replace_words(child, cut))
        case And(children):
            return conjunction(_expanded(child, cut, added) for child in children)
        case Or(children):
            return disjunction(_expanded(child, cut, added) for child in children)
        case _:
            return tree


def _either(typed: str, words: Node, added: dict[str, None]) -> Node:
    """The words that were typed, or a synonym of the whole."""
    folded = comparable(typed)
    others = [term for term in groups().get(folded, ()) if _adds(comparable(term), folded)]
    added.update(dict.fromkeys(others))
    return disjunction([words, *(Word(term) for term in others)])


def _adds(term: str, typed: str) -> bool:
    """Whether a term finds what the typed one and the other terms of its group do not: it holds none of them."""
    return not any(other != term and other in term for other in (typed, *map(comparable, groups()[typed])))
