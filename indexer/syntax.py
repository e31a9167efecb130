"""Query text → tree: the grammar of the search box. Total: every string gives a tree.

    query   = either
    either  = all { "OR" all }
    all     = part { ["AND"] part }
    part    = ( "-" | "NOT" ) part | "(" either ")" | leaf

What is not well formed is taken as plain words and gets a note with its place. Nothing here segments words, knows the
fields' values beyond asking the caller's `check`, or raises.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from indexer.matching import comparable
from indexer.query import (
    Everything,
    FieldMatch,
    Near,
    Node,
    Phrase,
    Prefix,
    Word,
    YearRange,
    conjunction,
    disjunction,
    negation,
)
from indexer.scan import Kind, Token, scan

_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS = re.compile(r'[^\s:："“”＂()（）]+')
MAX_NEAR_PARTS = 6
MAX_DISTANCE = 200


@dataclass(frozen=True, slots=True)
class Note:
    """Something in the query that was not understood as written, and where (0-based, code points of the query)."""

    message: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a query text means, and what was odd about it."""

    tree: Node
    notes: tuple[Note, ...]


FieldCheck = Callable[[str, str], "FieldMatch | YearRange | str"]
"""Name and value of a `field:value` → its leaf, or the sentence that says what is wrong with it."""


def parse(text: str, check: FieldCheck) -> Parsed:
    """The tree of `text` (words not yet segmented) and notes on what was not well formed."""
    parser = _Parser(well_formed(text), check)
    tree = parser.query()
    return Parsed(tree, tuple(sorted(parser.notes, key=lambda n: n.position or 0)))


def well_formed(text: str) -> str:
    """`text` with U+FFFD for every lone surrogate, which a command line can hold and no output can."""
    return _SURROGATE.sub("\ufffd", text)


def has_content(text: str) -> bool:
    """Whether anything in `text` can be searched: a letter, a Han character or a digit."""
    return any(c.isalnum() for c in comparable(text))


class _Parser:
    def __init__(self, text: str, check: FieldCheck) -> None:
        scanned = scan(text)
        self._tokens = scanned.tokens
        self._place = 0
        self._check = check
        self.notes = [Note(problem, position) for problem, position in scanned.problems]

    def query(self) -> Node:
        branches = self._either()
        if not branches:
            return self._lone_operators()
        return disjunction(branches)

    def _lone_operators(self) -> Node:
        """A query of operators only is searched for these words themselves."""
        words = [t for t in self._tokens if t.kind is Kind.OPERATOR and t.raw != "-"]
        if words:
            self.notes = [Note("只有运算符，已按普通词语检索", words[0].position)]
        return conjunction(Word(t.text) for t in words)

    def _peek(self, kind: Kind, operator: str = "") -> bool:
        if self._place >= len(self._tokens):
            return False
        token = self._tokens[self._place]
        return token.kind is kind and (not operator or token.operator == operator)

    def _next(self) -> Token:
        token = self._tokens[self._place]
        self._place += 1
        return token

    def _note(self, message: str, token: Token) -> None:
        self.notes.append(Note(message, token.position))

    def _either(self) -> list[Node]:
        branches: list[Node] = []
        dangling: Token | None = None
        while True:
            parts = self._all()
            if parts:
                branches.append(conjunction(parts))
            if dangling is not None and (not parts or len(branches) < 2):
                self._note(f"运算符“{dangling.raw}”旁边缺少检索词，已忽略", dangling)
            if not self._peek(Kind.OPERATOR, "or"):
                return branches
            dangling = self._next()

    def _all(self) -> list[Node]:
        parts: list[Node] = []
        while self._place < len(self._tokens):
            if self._peek(Kind.OPERATOR, "or") or self._peek(Kind.CLOSE):
                break
            if self._peek(Kind.OPERATOR, "and"):
                self._and(bool(parts))
                continue
            part = self._part()
            if part is not None:
                parts.append(part)
        return parts

    def _and(self, has_left: bool) -> None:
        token = self._next()
        if not has_left or not self._starts_part():
            self._note(f"运算符“{token.raw}”旁边缺少检索词，已忽略", token)

    def _starts_part(self) -> bool:
        if self._place >= len(self._tokens):
            return False
        token = self._tokens[self._place]
        return token.kind is not Kind.CLOSE and (token.kind is not Kind.OPERATOR or token.operator == "not")

    def _part(self) -> Node | None:
        negative = False
        while self._peek(Kind.OPERATOR, "not"):
            token = self._next()
            negative = not negative
            if not self._starts_part():
                self._note(f"“{token.raw}”后面缺少检索词，已忽略", token)
                return None
        node = self._group() if self._peek(Kind.OPEN) else self._leaf(self._next())
        if node is None:
            return None
        return negation(node) if negative else node

    def _group(self) -> Node | None:
        opening = self._next()
        branches = self._either()
        if self._peek(Kind.CLOSE):
            self._next()
        if not branches:
            self._note("括号里没有检索词，已忽略", opening)
            return None
        return disjunction(branches)

    def _leaf(self, token: Token) -> Node | None:
        if token.kind is Kind.PHRASE:
            return self._phrase(token)
        if token.kind is Kind.FIELD:
            return self._field(token)
        return self._word(token)

    def _word(self, token: Token) -> Node | None:
        text = token.text
        if text == "*":
            return Everything()
        if not has_content(text):
            if comparable(text):
                self._note(f"“{text}”里没有文字或数字，已忽略", token)
            return None
        if text.endswith("*"):
            return Prefix(text.rstrip("*"))
        return Word(text)

    def _phrase(self, token: Token) -> Node | None:
        if not comparable(token.text):
            self._note("引号里没有内容，已忽略", token)
            return None
        if token.distance is None:
            return Phrase(token.text)
        parts = tuple(p for p in token.text.split() if comparable(p))
        if len(parts) < 2:
            return Phrase(token.text)
        if len(parts) > MAX_NEAR_PARTS or token.distance > MAX_DISTANCE:
            self._note(f"邻近检索最多 {MAX_NEAR_PARTS} 个词、相距最多 {MAX_DISTANCE} 字；已按普通词语检索", token)
            return _plain(token.text)
        return Near(parts, token.distance)

    def _field(self, token: Token) -> Node | None:
        leaf = self._check(token.field, token.text)
        if not isinstance(leaf, str):
            return leaf
        self._note(f"{leaf}；已按普通词语检索", token)
        return _plain(f"{token.field} {token.text}")


def _plain(text: str) -> Node:
    """`text` as plain words, whatever signs are in it."""
    words = (word.strip("-－*＊") for word in _WORDS.findall(text))
    return conjunction(Word(word) for word in words if has_content(word))
