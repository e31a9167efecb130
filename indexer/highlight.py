"""Marks and snippets from the original text and the tree: the same on every engine, in snippets and in the whole report.

Matches are found in the folded text and carried back through its offsets, so that marks are right over full-width,
Traditional and invisible characters and dropped white space. Nothing here knows an engine.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

from corpus.text import fold
from indexer import matching
from indexer.documents import Paragraph, SectionText
from indexer.matching import Span
from indexer.query import Node, TextLeaf, sought

SNIPPET: Final = 120
"""Characters of a snippet; up to a third more when a sentence begins just before it or a match is long."""
_SLACK: Final = 40

_SENTENCE_END = re.compile(r"[。；！？\n]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a snippet, marked or not."""

    text: str
    hit: bool


class Place(NamedTuple):
    """A span in the report's text and the number of the section's paragraph it begins in, from 1."""

    span: Span
    paragraph: int


def marks(tree: Node, text: str) -> list[Span]:
    """The spans of `text` that the query's words and phrases match, in order, overlapping ones made one."""
    return list(_merged(_found(sought(tree), text)))


def _found(leaves: Sequence[TextLeaf], text: str) -> Iterator[Span]:
    if not leaves:
        return
    result = fold(text)
    haystack = matching.with_breaks(result, text)
    for leaf in leaves:
        for start, end in matching.spans(leaf, haystack):
            yield result.source_span(start, end)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Overlapping spans as one; spans that only touch stay apart."""
    current: Span | None = None
    for start, end in sorted(spans):
        if current is None or start >= current[1]:
            if current is not None:
                yield current
            current = (start, end)
        else:
            current = (current[0], max(current[1], end))
    if current is not None:
        yield current


def places(spans: Iterable[Span], paragraphs: Sequence[Paragraph]) -> list[Place]:
    """Spans of a section's text carried to the report's text.

    A match that runs over a border of paragraphs stays one span when only white space lies there, and else (a table stands
    between them) becomes one span on either side.
    """
    found: list[Place] = []
    sizes = [paragraph.end - paragraph.start for paragraph in paragraphs]
    offsets = [0, *accumulate(size + 1 for size in sizes)]
    for start, end in spans:
        pieces: list[Place] = []
        for n in range(bisect_right(offsets, start) - 1, bisect_left(offsets, end)):
            if n < len(sizes):
                paragraph = paragraphs[n]
                first, last = max(start - offsets[n], 0), min(end - offsets[n], sizes[n])
                if first < last:
                    span, number = (paragraph.start + first, paragraph.start + last), n + 1
                    if pieces and paragraph.joined:
                        span, number = (pieces[-1].span[0], span[1]), pieces.pop().paragraph
                    pieces.append(Place(span, number))
        found.extend(pieces)
    return found


def snippet(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """The part of `text` where marks stand closest, in pieces; `…` where it was cut. Its beginning without marks."""
    start, end = _window(text, spans)
    pieces = []
    at = start
    for first, last in spans:
        first, last = max(first, start), min(last, end)
        if first < last:
            pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
            at = last
    pieces.append(Piece(text[at:end], False))
    if text[:start].strip():
        pieces.insert(0, Piece("…", False))
    if text[end:].strip():
        pieces.append(Piece("…", False))
    return tuple(_joined(pieces))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Without empty pieces, neighbours that are both unmarked as one."""
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last is not None and not last.hit and not piece.hit:
            last = Piece(last.text + piece.text, False)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _window(text: str, spans: Sequence[Span]) -> Span:
    """Where the snippet stands: around the marks of which most fit into it, beginning with a sentence if one is near."""
    if not spans:
        start = len(text) - len(text.lstrip())
        return start, min(len(text), start + SNIPPET)
    first, last = _densest(spans)
    lead = max(0, (SNIPPET - (spans[last][1] - spans[first][0])) // 2)
    start = max(0, min(spans[first][0] - lead, len(text) - SNIPPET))
    for found in _SENTENCE_END.finditer(text, max(0, start - _SLACK), spans[first][0]):
        if found.end() <= start or found.end() - start <= _SLACK // 2:
            start = found.end()
    if start <= _SLACK // 2:
        start = 0
    start += len(text[start : spans[first][0]]) - len(text[start : spans[first][0]].lstrip())
    return start, min(len(text), max(start + SNIPPET, min(spans[first][1], start + SNIPPET + _SLACK)))


def _densest(spans: Sequence[Span]) -> tuple[int, int]:
    """First and last of the spans that fit into one snippet with the most marked characters; the first among equals."""
    best, chosen = -1, (0, 0)
    last, weight = -1, 0
    for first in range(len(spans)):
        while last + 1 < len(spans) and (last < first or spans[last + 1][1] - spans[first][0] <= SNIPPET):
            last += 1
            weight += spans[last][1] - spans[last][0]
        if weight > best:
            best, chosen = weight, (first, last)
        weight -= spans[first][1] - spans[first][0]
    return chosen


def section_marks(tree: Node, source: SectionText) -> list[Span]:
    """The marks of one section, as spans of the report's text."""
    return [place.span for place in places(marks(tree, source.text), source.paragraphs)]
