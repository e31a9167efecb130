"""Marks and snippets from the original text and the tree: the same on every engine, in snippets and in the whole report.

Matches are found in the folded text and carried back through its offsets, so that marks are right over full-width,
Traditional and invisible characters and dropped white space. Nothing here knows an engine.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from indexer import matching
from indexer.documents import Paragraph, SectionText
from indexer.matching import FoldedSource, FoldedText, FoldedWhole, Span
from indexer.query import Node, sought

SNIPPET: Final = 120
"""Characters of a snippet; up to a third more when a sentence begins just before it or a match is long."""
_SLACK: Final = 40

_NO_BREAKS: Final = frozenset[int]()
_SENTENCE_END = re.compile(r"[。；！？\n]")


class Piece(NamedTuple):
    """A part of a snippet, marked or not."""

    text: str
    hit: bool


class Places(NamedTuple):
    """Spans in the report's text, and for each the number of the section's paragraph it begins in, from 1."""

    spans: list[Span]
    paragraphs: list[int]


class Marker:
    """Marks the words and phrases of a query, in as many texts as there are to be marked."""

    def __init__(self, tree: Node) -> None:
        leaves = sought(tree)
        self._finders = list(map(matching.finder, leaves))
        self._heed_breaks = any(map(matching.heeds_breaks, leaves))

    def marks(self, text: str, folded: FoldedSource | None = None) -> list[Span]:
        """As `marks`; `folded` is the text folded, where that is known."""
        if not self._finders:
            return []
        source = folded or FoldedWhole.of(text)
        haystack = FoldedText(source.text, source.breaks if self._heed_breaks else _NO_BREAKS)
        found = [span for find in self._finders for span in find(haystack)]
        if not source.is_plain:
            found = [source.source_span(start, end) for start, end in found]
        elif len(self._finders) == 1:
            return found
        return _merged(found)


def marks(tree: Node, text: str) -> list[Span]:
    """The spans of `text` that the query's words and phrases match, in order, overlapping ones made one."""
    return Marker(tree).marks(text)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping ones as one; spans that only touch stay apart."""
    found: list[Span] = []
    reached = 0
    for start, end in sorted(spans):
        if start >= reached:
            found.append((start, end))
            reached = end
        elif end > reached:
            found[-1] = found[-1][0], end
            reached = end
    return found


def places(spans: Iterable[Span], paragraphs: Sequence[Paragraph]) -> Places:
    """Spans of a section's text carried to the report's text.

    A match that runs over a border of paragraphs stays one span when only white space lies there, and else (a table stands
    between them) becomes one span on either side.
    """
    found = Places([], [])
    begins = [0, *accumulate(paragraph.end - paragraph.start + 1 for paragraph in paragraphs)]
    first, last, shift, number = 0, -1, 0, 0  # of the paragraph that was looked up last
    for start, end in spans:
        if start < first or end > last:
            number = bisect_right(begins, start)
            if number > len(paragraphs) or end >= begins[number]:
                _add_pieces(found, (start, end), paragraphs, begins)
                continue
            first, last = begins[number - 1], begins[number] - 1
            shift = paragraphs[number - 1].start - first
        found.spans.append((start + shift, end + shift))
        found.paragraphs.append(number)
    return found


def _add_pieces(found: Places, span: Span, paragraphs: Sequence[Paragraph], begins: Sequence[int]) -> None:
    """One span carried to the report's text, piece by piece; `begins`: where paragraphs begin in the section's text."""
    start, end = span
    whole = True
    for n in range(bisect_right(begins, start) - 1, min(bisect_left(begins, end), len(paragraphs))):
        paragraph = paragraphs[n]
        first, last = max(start - begins[n], 0), min(end - begins[n], paragraph.end - paragraph.start)
        if first < last:
            if whole or not paragraph.joined:
                found.spans.append((paragraph.start + first, paragraph.start + last))
                found.paragraphs.append(n + 1)
            else:
                found.spans[-1] = found.spans[-1][0], paragraph.start + last
            whole = False


def snippet(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """The part of `text` where marks stand closest, in pieces; `…` where it was cut. Its beginning without marks."""
    start, end = _window(text, spans)
    pieces: list[Piece] = []
    plain = "…" if text[:start].strip() else ""
    at = start
    for first, last in spans:
        if first >= end:
            break
        if last > start:
            plain += text[at:first]
            if plain:
                pieces.append(Piece(plain, False))
                plain = ""
            at = min(last, end)
            pieces.append(Piece(text[max(first, start) : at], True))
    plain += text[at:end]
    if text[end:].strip():
        plain += "…"
    if plain:
        pieces.append(Piece(plain, False))
    return tuple(pieces)


def _window(text: str, spans: Sequence[Span]) -> Span:
    """Where the snippet stands: around the marks of which most fit into it, beginning with a sentence if one is near."""
    if not spans:
        start = len(text) - len(text.lstrip())
        return start, min(len(text), start + SNIPPET)
    first, last = _densest(spans)
    begin = spans[first][0]
    lead = max(0, (SNIPPET - (spans[last][1] - begin)) // 2)
    start = max(0, min(begin - lead, len(text) - SNIPPET))
    for found in _SENTENCE_END.finditer(text, max(0, start - _SLACK), begin):
        if found.end() - start <= _SLACK // 2:
            start = found.end()
    if start <= _SLACK // 2:
        start = 0
    before = text[start:begin]
    start += len(before) - len(before.lstrip())
    return start, min(len(text), max(start + SNIPPET, min(spans[first][1], start + SNIPPET + _SLACK)))


def _densest(spans: Sequence[Span]) -> tuple[int, int]:
    """First and last of the spans that fit into one snippet with the most marked characters; the first among equals."""
    best, chosen = -1, (0, 0)
    after, weight = 0, 0
    for first, (start, end) in enumerate(spans):
        while after < len(spans):
            low, high = spans[after]
            if high - start > SNIPPET and after > first:
                break
            weight += high - low
            after += 1
        if weight > best:
            best, chosen = weight, (first, after - 1)
        if after == len(spans):  # what begins later only holds less
            break
        weight -= end - start
    return chosen


def section_marks(tree: Node, source: SectionText) -> list[Span]:
    """The marks of one section, as spans of the report's text."""
    return places(Marker(tree).marks(source.text, source.folded), source.paragraphs).spans
