"""Lines of the pages of a PDF → paragraphs: running heads and page numbers go, broken sentences are put together.

A paragraph ends where a line ends before the margin, where the next one is indented, or where more space is left.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.readers.blocks import Block, TextBlock
from corpus.readers.chrome_patterns import is_title
from corpus.readers.pdf_page import Line, PageContent, TableArea
from corpus.text import join_lines

_EDGE = 0.13
"""The part of a page's height at its top and bottom where running heads and page numbers stand."""
_EDGE_LINES = 3
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—–－·•~\s]*(?:第\s*)?(?:\d{1,3}|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})(?:\s*页)?"
    r"(?:\s*(?:[/／]|of|[,，]?\s*共)\s*\d{1,3}\s*页?)?[-—–－·•~\s]*|Page\s*\d+(?:\s*(?:of|/)\s*\d+)?"
)
_HEADING_LIKE = re.compile(
    r"(?:第[一二三四五六七八九十]+(?:部分|章)|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．](?!\d))"
)
_TOKEN = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the lines of pages begin and end, and how they mark paragraphs."""

    left: float
    right: float
    step: float
    """From the top of one line to that of the next within a paragraph, in parts of the type size."""
    indented: bool


def blocks_of(pages: Sequence[PageContent]) -> list[Block]:
    """The paragraphs and tables of all pages in printed order."""
    kept = _without_running(pages)
    frames = _frames(pages, kept)
    blocks: list[Block] = []
    open_lines: list[Line] = []
    frame = None
    for page_frame, items in zip(frames, kept, strict=True):
        for item in items:
            if isinstance(item, TableArea):
                blocks += _paragraph(open_lines)
                open_lines = []
                blocks.append(item.grid)
                continue
            if open_lines and frame is not None and not _joins(open_lines[-1], item, frame, page_frame):
                blocks += _paragraph(open_lines)
                open_lines = []
            open_lines.append(item)
            frame = page_frame
    return [*blocks, *_paragraph(open_lines)]


def _paragraph(lines: Sequence[Line]) -> list[TextBlock]:
    text = join_lines([line.text for line in lines])
    return [TextBlock(text)] if text else []


# --- running heads ---------------------------------------------------------------------------------------------------


def _without_running(pages: Sequence[PageContent]) -> list[list[Line | TableArea]]:
    """The items of each page without page numbers and lines that stand at the same place on most pages."""
    edges = [_edge_lines(page) for page in pages]
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, lines in enumerate(edges):
        for line in lines:
            for shift in (-1, 0, 1):
                places[(_DIGITS.sub("#", line.text), round(line.top / 6) + shift)].add(number)
    least = max(2, (len(pages) + 1) // 2)
    kept: list[list[Line | TableArea]] = []
    titled = any(
        is_title(item.text)
        for number, page in enumerate(pages)
        for item in page.items
        if isinstance(item, Line) and not any(item is line for line in edges[number])
    )
    for number, page in enumerate(pages):
        gone = set()
        for line in edges[number]:
            runs = len(places[(_DIGITS.sub("#", line.text), round(line.top / 6))]) >= least
            is_first_title = number == 0 and not titled and is_title(line.text)
            if (runs and not is_first_title) or _is_page_number(line, page):
                gone.add(id(line))
        kept.append([item for item in page.items if id(item) not in gone])
    return kept


def _edge_lines(page: PageContent) -> list[Line]:
    """The lines at the top and bottom of a page, as far as no table stands between them and the edge."""
    found = []
    for items in (page.items, page.items[::-1]):
        for item in items[:_EDGE_LINES]:
            if not isinstance(item, Line) or not _is_near_edge(item, page):
                break
            found.append(item)
    return found


def _is_near_edge(line: Line, page: PageContent) -> bool:
    return line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height


def _is_page_number(line: Line, page: PageContent) -> bool:
    return _is_near_edge(line, page) and _PAGE_NUMBER.fullmatch(line.text.strip()) is not None


# --- paragraphs ------------------------------------------------------------------------------------------------------


def _frames(pages: Sequence[PageContent], kept: Sequence[Sequence[Line | TableArea]]) -> list[_Frame]:
    """Per page its frame: pages of one width have one."""
    by_width: dict[int, list[Sequence[Line]]] = defaultdict(list)
    for page, items in zip(pages, kept, strict=True):
        by_width[round(page.width)].append([item for item in items if isinstance(item, Line)])
    found = {width: _frame(width, lines) for width, lines in by_width.items()}
    return [found[round(page.width)] for page in pages]


def _frame(width: float, pages: Sequence[Sequence[Line]]) -> _Frame:
    lines = [line for page in pages for line in page]
    long = [line for line in lines if line.x1 - line.x0 > 0.5 * width]
    if not long:  # nothing here is wrapped
        return _Frame(0, width, 0, False)
    left = _usual((line.x0 for line in long), lowest=True)
    right = _usual((line.x1 for line in long), lowest=False)
    pairs = [(a, b) for page in pages for a, b in pairwise(page)]
    steps = [(b.top - a.top) / a.size for a, b in pairs if 0 < b.top - a.top < 4 * a.size]
    indents = sum(1.2 * line.size < line.x0 - left < 3.5 * line.size for line in lines)
    return _Frame(left, right, median(steps) if steps else 0, indents >= 2)


def _usual(values: Iterable[float], *, lowest: bool) -> float:
    """The border at which most lines begin or end, the outermost of those that at least a fifth of the lines share."""
    counts = Counter(round(value / 4) for value in values)
    enough = max(1, sum(counts.values()) // 5)
    common = [place for place, count in counts.items() if count + counts[place + 1] + counts[place - 1] >= enough]
    chosen = (min if lowest else max)(common or list(counts))
    return 4.0 * chosen


def _joins(line: Line, following: Line, frame: _Frame, next_frame: _Frame) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    size = line.size
    if abs(following.size - size) > 0.15 * size or "  " in line.text or "  " in following.text:
        return False
    if line.x1 < frame.right - _shortfall(line, following):
        return False
    if following.x0 > next_frame.left + 0.8 * size:
        return False
    same_page = following.top > line.top
    if same_page and frame.step and following.top - line.top > 1.35 * frame.step * size:
        return False
    if next_frame.indented:
        return True
    return not _HEADING_LIKE.match(following.text)


def _shortfall(line: Line, following: Line) -> float:
    """How far a full line may end before the margin: what follows may be a word that is not broken."""
    token = _TOKEN.match(following.text)
    ems = 1.2 if line.text[-1] in "。！？；" else 2.3
    return line.size * (ems + (0.6 * min(len(token[0]), 40) if token else 0))
