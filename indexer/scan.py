"""Query text → tokens: quotes, parentheses, operators, fields and words, each with its place.

Outside quotes full-width signs work as their ASCII twins. Total: what cannot be a sign is part of a word, and what is
left open is reported as a problem. Nothing here builds a tree.
"""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from indexer.query import operator_of

MAX_DEPTH = 20
"""Parentheses nested deeper than this are ignored, so that trees stay shallow."""


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    PHRASE = auto()
    FIELD = auto()
    OPERATOR = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query. `text` is a word, the inside of quotes, or the value of a field."""

    kind: Kind
    position: int
    text: str = ""
    raw: str = ""
    operator: str = ""
    """`and`, `or` or `not`."""
    field: str = ""
    distance: int | None = None
    """The number after `~` behind a phrase."""


@dataclass(slots=True)
class Scanned:
    """The tokens, parentheses balanced, and what was wrong, each with its place."""

    tokens: list[Token] = field(default_factory=list)
    problems: list[tuple[str, int]] = field(default_factory=list)


_CLOSING = {'"': '"', "“": "”", "＂": "＂"}
_OPEN, _CLOSE = "(（", ")）"
_FIELD = re.compile(r"([A-Za-z_]+)[:：]")
_DISTANCE = re.compile(r"[~～]([0-9０-９]{1,6})")


def scan(text: str) -> Scanned:
    """The tokens of `text`."""
    scanner = _Scanner(text)
    scanner.run()
    return scanner.result


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._open: list[int] = []
        """Places in `result.tokens` of the parentheses that are open."""
        self._ignored = 0
        self.result = Scanned()

    def run(self) -> None:
        while self._at < len(self._text):
            char = self._text[self._at]
            if self._is_space(self._at):
                self._at += 1
            elif char in _CLOSING and self._closing_quote(self._at) is not None:
                self._phrase()
            elif char in _CLOSING:
                self._drop("引号没有结束，其后按普通词语检索")
            elif char in _OPEN:
                self._open_group()
            elif char in _CLOSE:
                self._close_group()
            elif char in "-－":
                self._minus()
            else:
                self._word()
        self._leave_open()

    def _is_space(self, place: int) -> bool:
        return not 0 <= place < len(self._text) or self._text[place].isspace()

    def _closing_quote(self, place: int) -> int | None:
        """The mark that closes the quote at `place`: the next one of its kind, for `“` the `”` that is its partner."""
        opening = self._text[place]
        end = self._text.find(_CLOSING[opening], place + 1)
        if end < 0:
            return None
        return self._paired_quote(place) or end if opening == "“" else end

    def _paired_quote(self, place: int) -> int | None:
        depth = 0
        for at in range(place, len(self._text)):
            depth += (self._text[at] == "“") - (self._text[at] == "”")
            if depth == 0:
                return at
        return None

    def _drop(self, problem: str) -> None:
        self.result.problems.append((problem, self._at))
        self._at += 1

    def _phrase(self) -> None:
        start = self._at
        inside, distance = self._quoted()
        self.result.tokens.append(
            Token(Kind.PHRASE, start, text=inside, raw=self._text[start : self._at], distance=distance)
        )

    def _quoted(self) -> tuple[str, int | None]:
        """The inside of the quotes that open here and the distance after them; moves behind both."""
        end = self._closing_quote(self._at)
        assert end is not None
        inside = self._text[self._at + 1 : end]
        self._at = end + 1
        near = _DISTANCE.match(self._text, self._at)
        if near is None:
            return inside, None
        self._at = near.end()
        return inside, int(near.group(1))

    def _open_group(self) -> None:
        if len(self._open) + self._ignored >= MAX_DEPTH:
            self._ignored += 1
            self._drop("括号嵌套过深，已忽略")
            return
        self._open.append(len(self.result.tokens))
        self.result.tokens.append(Token(Kind.OPEN, self._at))
        self._at += 1

    def _close_group(self) -> None:
        if self._ignored:
            self._ignored -= 1
            self._at += 1
        elif self._open:
            self._open.pop()
            self.result.tokens.append(Token(Kind.CLOSE, self._at))
            self._at += 1
        else:
            self._drop("多余的右括号，已忽略")

    def _leave_open(self) -> None:
        """Parentheses that are never closed are no parentheses."""
        unclosed = set(self._open)
        for place in self._open:
            self.result.problems.append(("左括号没有结束，已忽略", self.result.tokens[place].position))
        self.result.tokens = [t for n, t in enumerate(self.result.tokens) if n not in unclosed]

    def _minus(self) -> None:
        if self._is_space(self._at + 1):
            self._drop("单独的“-”后面没有检索词，已忽略")
            return
        if self._is_space(self._at - 1) or self._text[self._at - 1] in "(（-－":
            self.result.tokens.append(Token(Kind.OPERATOR, self._at, text="-", raw="-", operator="not"))
        self._at += 1

    def _word(self) -> None:
        start = self._at
        name = _FIELD.match(self._text, start)
        if name is not None:
            self._at = name.end()
            self._field(start, name.group(1).lower())
            return
        self._at = self._word_end(start)
        raw = self._text[start : self._at]
        operator = operator_of(raw) if self._is_space(start - 1) and self._is_space(self._at) else None
        if operator is not None:
            self.result.tokens.append(Token(Kind.OPERATOR, start, text=raw, raw=raw, operator=operator))
        else:
            text = raw.rstrip("*＊") + "*" if raw[-1] in "*＊" else raw
            self.result.tokens.append(Token(Kind.WORD, start, text=text, raw=raw))

    def _field(self, start: int, name: str) -> None:
        if self._at < len(self._text) and self._text[self._at] in _CLOSING:
            if self._closing_quote(self._at) is None:
                self._drop("引号没有结束，其后按普通词语检索")
                value = self._bare_value()
            else:
                value, _ = self._quoted()
        else:
            value = self._bare_value()
        raw = self._text[start : self._at]
        self.result.tokens.append(Token(Kind.FIELD, start, text=value, raw=raw, field=name))

    def _bare_value(self) -> str:
        begin = self._at
        self._at = self._word_end(begin)
        return self._text[begin : self._at]

    def _word_end(self, start: int) -> int:
        """Where the word that begins at `start` ends: at a space, a quote, or a parenthesis of a group.

        A parenthesis whose partner stands in the same word (`第（三）项`) is a character.
        """
        at = start
        while at < len(self._text) and not self._is_space(at):
            char = self._text[at]
            if char in _CLOSE or char in _CLOSING:
                break
            if char in _OPEN:
                partner = self._partner(at)
                if partner is None:
                    break
                at = partner
            at += 1
        return at

    def _partner(self, place: int) -> int | None:
        """The closing parenthesis that belongs to the one at `place`, before the next space or quote."""
        depth = 0
        for at in range(place, len(self._text)):
            char = self._text[at]
            if self._is_space(at) or char in _CLOSING:
                return None
            depth += (char in _OPEN) - (char in _CLOSE)
            if depth == 0:
                return at
        return None
