"""The query tree: frozen nodes that say what is asked for, and their printing as query text.

Nothing here reads text, knows an engine or segments words. What each leaf means is defined by `indexer.matching` and by
the memory engine. `parse(to_text(tree)).tree == tree` holds for every tree built with `conjunction`, `disjunction` and
`negation` over leaves that the syntax can produce.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

OPERATORS = {"AND": "and", "OR": "or", "NOT": "not", "与": "and", "或": "or", "非": "not"}
"""Tokens that are operators when they stand alone between spaces."""
_TWINS = str.maketrans("ＡＮＤＯＲＴ", "ANDORT")


@dataclass(frozen=True, slots=True)
class Everything:
    """Every section; what an empty query asks for. Printed `*`."""


@dataclass(frozen=True, slots=True)
class Word:
    """An unquoted word: it occurs in the section's text, the title or the agency."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word, `信息*`: like `Word`, but an ASCII word may go on after it."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quoted phrase: its folded characters occur in the section's text, one after the other."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Several phrases close to each other, `"甲 乙"~8`: in any order, at most `distance` characters between neighbours."""

    parts: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """`field:text`: title or agency hold the text, or a filter of that name accepts the report or section."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class YearRange:
    """The report's year lies between the two, both included; `None` is an open end."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Not:
    """The sections that `child` does not match."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """All children match the same section."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one child matches."""

    children: tuple["Node", ...]


Leaf = Everything | Word | Prefix | Phrase | Near | FieldMatch | YearRange
TextLeaf = Word | Prefix | Phrase | Near
Node = Leaf | Not | And | Or


def operator_of(token: str) -> str | None:
    """`and`, `or` or `not` when `token`, standing alone, is an operator; full-width letters count as ASCII."""
    return OPERATORS.get(token.translate(_TWINS))


def conjunction(nodes: Iterable[Node]) -> Node:
    """All of `nodes`, flattened; `Everything` adds nothing beside others, and alone is what an empty `nodes` means."""
    children: list[Node] = []
    for node in nodes:
        children.extend(node.children if isinstance(node, And) else (node,))
    kept = [c for c in children if not isinstance(c, Everything)]
    if not kept:
        return Everything()
    return kept[0] if len(kept) == 1 else And(tuple(kept))


def disjunction(nodes: Iterable[Node]) -> Node:
    """At least one of `nodes`, flattened; `Everything` for an empty `nodes`."""
    children: list[Node] = []
    for node in nodes:
        children.extend(node.children if isinstance(node, Or) else (node,))
    if not children:
        return Everything()
    return children[0] if len(children) == 1 else Or(tuple(children))


def negation(node: Node) -> Node:
    """The opposite of `node`; two negations cancel out."""
    return node.child if isinstance(node, Not) else Not(node)


def leaves(tree: Node) -> Iterator[Leaf]:
    """All leaves from left to right, those below `Not` too."""
    if isinstance(tree, And | Or):
        for child in tree.children:
            yield from leaves(child)
    elif isinstance(tree, Not):
        yield from leaves(tree.child)
    else:
        yield tree


def sought(tree: Node) -> tuple[TextLeaf, ...]:
    """The text leaves that speak for a section (not below `Not`), each once: what is marked and what is ranked by."""
    found: dict[TextLeaf, None] = {}
    _collect(tree, True, found)
    return tuple(found)


def _collect(tree: Node, wanted: bool, found: dict[TextLeaf, None]) -> None:
    if isinstance(tree, And | Or):
        for child in tree.children:
            _collect(child, wanted, found)
    elif isinstance(tree, Not):
        _collect(tree.child, not wanted, found)
    elif wanted and isinstance(tree, Word | Prefix | Phrase | Near):
        found.setdefault(tree)


def replace_words(tree: Node, cut: Callable[[str], Iterable[str]]) -> Node:
    """`tree` with every `Word` replaced by all the words that `cut` makes of it; a word that gives none vanishes."""
    match tree:
        case Word(text):
            return conjunction(Word(piece) for piece in dict.fromkeys(cut(text)))
        case Not(child):
            return negation(replace_words(child, cut))
        case And(children):
            return conjunction(replace_words(c, cut) for c in children)
        case Or(children):
            return disjunction(replace_words(c, cut) for c in children)
        case _:
            return tree


def quote(text: str) -> str:
    """`text` in the first pair of quotation marks that it does not close itself."""
    if '"' not in text:
        return f'"{text}"'
    return f"“{text}”" if "”" not in text or _pairs_up(text) else f"＂{text}＂"


def _pairs_up(text: str) -> bool:
    """Whether every `“` has its `”` behind it and the other way round."""
    depth = 0
    for char in text:
        depth += (char == "“") - (char == "”")
        if depth < 0:
            return False
    return depth == 0


_BARE_VALUE = re.compile(r"[^\s()（）\"“”＂]+")


def to_text(tree: Node) -> str:
    """`tree` as query text that means the same when it is parsed again."""
    match tree:
        case Word(text):
            return f"({text})" if operator_of(text) else text
        case Prefix(text):
            return f"{text}*"
        case Phrase(text):
            return quote(text)
        case Near(parts, distance):
            return f"{quote(' '.join(parts))}~{distance}"
        case FieldMatch(field, text):
            return f"{field}:{text if _BARE_VALUE.fullmatch(text) else quote(text)}"
        case YearRange(first, last):
            return f"year:{span_text(first, last)}"
        case Not(child):
            return f"-({to_text(child)})" if isinstance(child, And | Or) else f"-{to_text(child)}"
        case And(children):
            return " ".join(f"({to_text(c)})" if isinstance(c, Or) else to_text(c) for c in children)
        case Or(children):
            return " OR ".join(to_text(c) for c in children)
        case Everything():
            return "*"


def span_text(first: int | None, last: int | None) -> str:
    """A range of years as it is written: `2023`, `2019-2023`, `2019-`, `-2023`."""
    if first is not None and first == last:
        return str(first)
    return f"{'' if first is None else first}-{'' if last is None else last}"
