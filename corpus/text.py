"""Total, pure functions over text: simplifying, folding for comparison, squashing labels. Every string is accepted."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import opencc

_DROPPED = frozenset("\u200b\ufeff\u00ad")
_converter = opencc.OpenCC("t2s")

# Han ideographs and what is set solid with them: no space belongs between two of these.
_WIDE_RANGES = (
    (0x2E80, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFF65),
    (0x20000, 0x3FFFF),
    (0x2018, 0x201F),
    (0x2014, 0x2014),
    (0x2026, 0x2026),
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back: folded character `i` came from the source's `offsets[i]:ends[i]`.

    `offsets` has one entry more than the text, the length of the source.
    """

    text: str
    offsets: Sequence[int]
    ends: Sequence[int]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source's half-open span that gave the folded span `start:end` (`start < end`)."""
        return self.offsets[start], self.ends[end - 1]


JOINING_RANGES: Final = (
    (0x300, 0x1DFF),
    (0x20D0, 0x20FF),
    (0x2CEF, 0x2DFF),
    (0x302A, 0x302F),
    (0x3099, 0x309A),
    (0xA66F, 0xABFF),
    (0xFB1E, 0xFB1E),
    (0xFE20, 0xFE2F),
    (0xFF9E, 0xFF9F),
    (0x10000, 0x1FFFF),
)
"""Where all characters lie that fold together with the one before, among many that do not."""


@lru_cache(maxsize=65536)
def _simplified_char(char: str) -> str:
    if "\ud800" <= char <= "\udfff":  # a lone surrogate is no character that could be converted
        return char
    # A single character reaches only OpenCC's character table: phrase rules need at least two characters.
    result: str = _converter.convert(char)
    return result if len(result) == 1 else char


class _Simplified(dict[int, str]):
    """Code point → its simplified character, looked up when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _simplified_char(chr(code))
        return found


_SIMPLIFIED = _Simplified()


def to_simplified(s: str) -> str:
    """`s` with every character simplified by OpenCC's single-character table; the length never changes."""
    return s if s.isascii() else s.translate(_SIMPLIFIED)


@lru_cache(maxsize=65536)
def _folded_cluster(cluster: str) -> str:
    """One character with its combining marks, folded; white space and invisible characters give the empty string."""
    lowered = "".join(c.lower() for c in unicodedata.normalize("NFKC", cluster))
    return "".join(_simplified_char(c) for c in lowered if not c.isspace() and c not in _DROPPED)


def _joins_previous(char: str) -> bool:
    """Whether NFKC may compose `char` with the character before it (combining marks, conjoining jamo, kana marks)."""
    return unicodedata.combining(char) != 0 or "\u1160" <= char <= "\u11ff" or "\uff9e" <= char <= "\uff9f"


def folded_alone(char: str) -> str | None:
    """What one character folds to, wherever it stands; `None` when that depends on the character before it."""
    return None if _joins_previous(char) else _folded_cluster(char)


_FOLDED: Final = 0x40000
"""From this code point on characters fold to themselves."""
_plain: Final[list[str | None]] = [None] * _FOLDED
"""Code point → its folded character, for `str.translate`, of the characters met so far; `None` where one character does not
simply give one. (A list: a dictionary takes twice as long.)"""
_special: Final[set[str]] = set()
"""The characters met so far that are not plain."""


def _learn(s: str) -> bool:
    """Looks at the characters of `s` that were not met before; whether there were any."""
    unmet = [c for c in set(s) - _special if c < chr(_FOLDED) and _plain[ord(c)] is None]
    for char in unmet:
        folded = folded_alone(char)
        if folded is not None and len(folded) == 1:
            _plain[ord(char)] = folded
        else:
            _special.add(char)
    return bool(unmet)


def _translated(s: str) -> str | None:
    """`s` folded, when each of its characters gives one."""
    plain = s.translate(_plain)
    if len(plain) < len(s) and _learn(s):
        plain = s.translate(_plain)
    return plain if len(plain) == len(s) else None


def fold(s: str) -> Folded:
    """`s` as it is compared in quoted phrases: NFKC, lower case, simplified character by character, white space,
    U+200B, U+FEFF and U+00AD dropped; with the offsets back into `s`."""
    plain = _translated(s)
    return _fold_special(s) if plain is None else Folded(plain, range(len(s) + 1), range(1, len(s) + 1))


def _fold_special(s: str) -> Folded:
    """The same for a text with characters that vanish, are written as several, or join the one before; all have been met."""
    out: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    i, n = 0, len(s)
    places = [at for char in _special.intersection(s) for at in _all_places(s, char)]
    for at in sorted(places):
        if at < i:
            continue
        first = max(i, at - 1) if _joins_previous(s[at]) else at
        out.append(s[i:first].translate(_plain))
        offsets.extend(range(i, first))
        ends.extend(range(i + 1, first + 1))
        i = first + 1
        while i < n and s[i] > "\u02ff" and _joins_previous(s[i]):
            i += 1
        cluster = _folded_cluster(s[first:i])
        out.append(cluster)
        offsets.extend([first] * len(cluster))
        ends.extend([i] * len(cluster))
    out.append(s[i:].translate(_plain))
    offsets.extend(range(i, n + 1))
    ends.extend(range(i + 1, n + 1))
    return Folded("".join(out), offsets, ends)


def _all_places(s: str, char: str) -> Iterator[int]:
    at = s.find(char)
    while at >= 0:
        yield at
        at = s.find(char, at + 1)


def fold_text(s: str) -> str:
    """Only the text of `fold(s)`."""
    plain = _translated(s)
    return _fold_special(s).text if plain is None else plain


@lru_cache(maxsize=8192)
def squash(s: str) -> str:
    """`s` reduced to what decides whether two labels are the same: NFKC, simplified, lower case, letters and digits only.

    >>> squash("（三） 不予 公开")
    '三不予公开'
    """
    return "".join(c for c in fold(s).text if c.isalnum())


def is_wide(char: str) -> bool:
    """Whether `char` is set solid (Han, kana, CJK or full-width punctuation), so that no space goes beside it."""
    code = ord(char)
    return code >= 0x2014 and any(low <= code <= high for low, high in _WIDE_RANGES)


def join_lines(parts: Sequence[str]) -> str:
    """Fragments of one sentence or cell put together: no space beside Han, one space between two ASCII words."""
    text = ""
    for part in parts:
        piece = part.strip(" \t\r\n\u3000\u00a0")
        if not piece:
            continue
        if text and not is_wide(text[-1]) and not is_wide(piece[0]) and text[-1].isalpha() and piece[0].isalpha():
            text += " "
        text += piece
    return text
