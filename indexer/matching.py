"""Where the leaves of a query occur in a text: the definition that every engine, ranking and highlighting share.

Pure functions over folded text (`corpus.text.fold`). Positions are 0-based, half-open, in folded characters.

- A **phrase** occurs wherever its folded characters stand one after the other; white space does not count on either side.
- A **word** occurs like a phrase, but where it begins or ends with an ASCII letter or digit it must not touch another one,
  and it never runs across white space between two of them: `19` is not in `2019`, `covid19` not in `covid 19`.
- A **prefix** is a word that may go on at its end: `信息*` for Han is the same as the word, `GDP*` also finds `GDP2`.
- **Near** `"甲 乙"~8`: an occurrence of every part can be chosen so that no two overlap and, put in order of place, each
  begins at most 8 characters after the end of the one before. The order of the parts does not matter; a part written
  twice must occur twice.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial, reduce
from itertools import accumulate, groupby
from operator import itemgetter, or_
from typing import NamedTuple, Protocol

from corpus.text import Folded, fold, fold_text
from indexer.query import Near, Phrase, Prefix, TextLeaf, Word

Span = tuple[int, int]

_ASCII_PAIR = re.compile(r"(?<=[0-9a-z])(?=[0-9a-z])")


class FoldedText(NamedTuple):
    """A folded text and `breaks`: the positions between two ASCII letters or digits where white space was dropped."""

    text: str
    breaks: frozenset[int] = frozenset()


def folded(source: str) -> FoldedText:
    """`source` folded, remembering the white space that keeps ASCII words apart."""
    return joined(folded_runs(source))


def folded_runs(source: str) -> list[str]:
    """What stands between white space, folded."""
    return [fold_text(run) for run in source.split()]


def joined(runs: Sequence[str]) -> FoldedText:
    """The folded text of a source from its `folded_runs`."""
    text = "".join(runs)
    breaks = (at for at in accumulate(map(len, runs)) if _ASCII_PAIR.match(text, at))
    return FoldedText(text, frozenset(breaks))


def with_breaks(result: Folded, source: str) -> FoldedText:
    """The `FoldedText` of an already folded `source`."""
    if isinstance(result.offsets, range):  # every character gave one: no white space was dropped
        return FoldedText(result.text)
    return FoldedText(result.text, frozenset(_breaks(result, source)))


def _breaks(result: Folded, source: str) -> Iterator[int]:
    offsets = result.offsets
    for pair in _ASCII_PAIR.finditer(result.text):
        place = pair.start()
        between = source[offsets[place - 1] + 1 : offsets[place]]
        if any(c.isspace() for c in between):
            yield place


@lru_cache(maxsize=4096)
def comparable(text: str) -> str:
    """`text` folded; kept, because queries and field values come again and again."""
    return fold_text(text)


class FoldedSource(Protocol):
    """A folded text that knows its source."""

    @property
    def text(self) -> str: ...

    @property
    def is_plain(self) -> bool:
        """Whether each character came from the source's character at the same place."""

    @property
    def breaks(self) -> frozenset[int]:
        """As those of a `FoldedText`."""

    def source_span(self, start: int, end: int) -> Span:
        """The source's half-open span that gave the folded span `start:end` (`start < end`)."""


@dataclass(frozen=True, slots=True)
class FoldedWhole:
    """The `FoldedSource` of any text."""

    source: str
    result: Folded

    @classmethod
    def of(cls, source: str) -> "FoldedWhole":
        """Folds the source."""
        return cls(source, fold(source))

    @property
    def text(self) -> str:
        return self.result.text

    @property
    def is_plain(self) -> bool:
        return isinstance(self.result.offsets, range)

    @property
    def breaks(self) -> frozenset[int]:
        return with_breaks(self.result, self.source).breaks

    def source_span(self, start: int, end: int) -> Span:
        return self.result.source_span(start, end)


def _is_ascii_alnum(char: str) -> bool:
    return char.isascii() and char.isalnum()


_ASCII_ALNUM = re.compile("[0-9A-Za-z]")


def heeds_breaks(leaf: TextLeaf) -> bool:
    """Whether the `breaks` of a text can decide where `leaf` occurs."""
    return isinstance(leaf, Word | Prefix) and _ASCII_ALNUM.search(comparable(leaf.text)) is not None


def _border(text: FoldedText, place: int) -> bool:
    """Whether an ASCII word may begin or end at `place`."""
    if place == 0 or place == len(text.text) or place in text.breaks:
        return True
    return not (_is_ascii_alnum(text.text[place - 1]) and _is_ascii_alnum(text.text[place]))


def _stands_free(text: FoldedText, start: int, end: int, open_end: bool) -> bool:
    if text.breaks and any(place in text.breaks for place in range(start + 1, end)):
        return False
    return _border(text, start) and (open_end or _border(text, end))


def _places(text: str, part: str) -> Iterator[Span]:
    """Where `part` stands, overlapping places too."""
    size = len(part)
    place = text.find(part) if size else -1
    while place >= 0:
        yield place, place + size
        place = text.find(part, place + 1)


def phrase_spans(text: FoldedText, phrase: str) -> Iterator[Span]:
    """The occurrences of the folded `phrase`, from the left, none overlapping another."""
    if phrase:
        size, end = len(phrase), 0
        for before in text.text.split(phrase)[:-1]:
            start = end + len(before)
            end = start + size
            yield start, end


def ascii_word_spans(text: FoldedText, word: str, open_end: bool) -> Iterator[Span]:
    """The occurrences of the folded `word`, which holds ASCII letters or digits (`open_end`: as a prefix), from the left,
    none overlapping another."""
    taken = 0
    for start, end in _places(text.text, word):
        if start >= taken and _stands_free(text, start, end, open_end):
            taken = end
            yield start, end


_Place = tuple[int, int, int]
"""Start, end and the number of the part that occurs there."""


def near_spans(text: FoldedText, parts: tuple[str, ...], distance: int) -> Iterator[Span]:
    """The occurrences of the folded `parts` that belong to a complete group, from the left."""
    size = len(text.text)
    places = sorted({(*span, k) for k, part in enumerate(parts) for span in _places(text.text, part)})
    before = _chains(places, size, len(parts), distance)
    mirrored = sorted((size - end, size - start, part) for start, end, part in places)
    after = _chains(mirrored, size, len(parts), distance)
    whole = (1 << len(parts)) - 1
    found: set[Span] = set()
    for start, end, part in places:
        left, right = before[start, end, part], after[size - end, size - start, part]
        if any(left >> mask & 1 and right >> (whole & ~mask | 1 << part) & 1 for mask in range(whole + 1)):
            found.add((start, end))
    yield from sorted(found)


def _chains(places: list[_Place], size: int, parts: int, distance: int) -> dict[_Place, int]:
    """For every place, which sets of parts a chain that ends there can hold.

    A set of parts is a number with one bit a part; a set of such sets is a number with one bit a set. Adding part `k` to
    all sets that lack it is then one shift by `1 << k`.
    """
    lacking = [sum(1 << mask for mask in range(1 << parts) if not mask >> k & 1) for k in range(parts)]
    ending = [0] * (size + 1)
    """What the chains that end at a position can hold."""
    chains: dict[_Place, int] = {}
    for start, group in groupby(places, key=itemgetter(0)):
        reached = reduce(or_, ending[max(0, start - distance) : start + 1])
        for _, end, part in group:
            sets = 1 << (1 << part) | (reached & lacking[part]) << (1 << part)
            chains[start, end, part] = sets
            ending[end] |= sets
    return chains


def finder(leaf: TextLeaf) -> Callable[[FoldedText], Iterator[Span]]:
    """What finds the occurrences of `leaf`, for use in many texts."""
    match leaf:
        case Word(word) | Prefix(word) if heeds_breaks(leaf):
            return partial(ascii_word_spans, word=comparable(word), open_end=isinstance(leaf, Prefix))
        case Word(text) | Prefix(text) | Phrase(text):  # such a word can touch no other one
            return partial(phrase_spans, phrase=comparable(text))
        case Near(parts, distance):
            return partial(near_spans, parts=tuple(comparable(part) for part in parts), distance=distance)


def spans(leaf: TextLeaf, text: FoldedText) -> Iterator[Span]:
    """The occurrences of `leaf` in `text`."""
    return finder(leaf)(text)


def occurs(leaf: TextLeaf, text: FoldedText) -> bool:
    """Whether `leaf` occurs in `text`."""
    return next(spans(leaf, text), None) is not None


def count(leaf: TextLeaf, text: FoldedText) -> int:
    """How often `leaf` occurs in `text`; for `Near` the number of parts that take part."""
    return sum(1 for _ in spans(leaf, text))
