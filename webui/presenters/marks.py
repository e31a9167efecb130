"""Splits text at the spans of its matches. Marks are pieces of text, never pieces of HTML: the template escapes each one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. `mark` is the 1-based number of the match it belongs to, `None` between matches.

    `first` is true on the piece where the match begins (a match that crosses a paragraph border has several pieces).
    """

    text: str
    mark: int | None = None
    first: bool = False


def merged(spans: Iterable[Span]) -> list[Span]:
    """Sorted spans without empty ones, overlapping and touching-by-overlap ones joined, so that each can be one mark."""
    result: list[Span] = []
    for start, end in sorted((s, e) for s, e in spans if e > s):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def pieces(text: str, start: int, spans: Sequence[Span]) -> list[Piece]:
    """`text`, which begins at offset `start` of the report, cut at the sorted, disjoint `spans` of the report."""
    return list(_cut(text, start, spans))


def _cut(text: str, start: int, spans: Sequence[Span]) -> Iterator[Piece]:
    place, end = start, start + len(text)
    for number, (a, b) in enumerate(spans, 1):
        if b <= place or a >= end:
            continue
        left, right = max(a, place), min(b, end)
        if left > place:
            yield Piece(text[place - start : left - start])
        yield Piece(text[left - start : right - start], number, first=left == a)
        place = right
    if place < end or not text:
        yield Piece(text[place - start :])
