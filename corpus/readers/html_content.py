"""Chooses which of a page's printed lines and grids are the report: never fewer section headings than the page has.

Works on what the walk listed, not on the tree; what is left out is returned too, since metadata may stand there.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.readers.blocks import Block, Grid, TextBlock
from corpus.readers.chrome_metadata import grid_pairs
from corpus.readers.chrome_patterns import crumb_path, is_section_heading, is_title
from corpus.readers.html_steps import BoxKind
from corpus.readers.html_walk import Box, Piece

_MENU_SHARE = 0.75
_MARKS = re.compile(r"[\s|｜/·>»›:：、,，\[\]【】]+")
_MENU_ELEMENTS = frozenset({"nav", "menu"})
_SENTENCE = 60
_DATA_CELLS = 4
# Sentences outside the report are mostly those of footers; a report of a page's worth outweighs them.
_NEARLY_ALL = 0.85
# A box around the chosen one is taken when it adds no more than this many characters, or a title at the second price.
_LITTLE_MORE = 120
_TITLE_PRICE = 400
_LONGEST_CRUMB = 200


@dataclass(frozen=True, slots=True)
class Content:
    """The report's blocks, the other printed blocks, and the path of the page in its site."""

    blocks: tuple[Block, ...]
    outside: tuple[Block, ...]
    breadcrumb: str
    headings: int
    """How many section headings the page has outside its menus."""


def choose_content(pieces: Sequence[Piece], boxes: Sequence[Box]) -> Content:
    """The part of a page that is the report.

    1. Menus go: boxes and lines that are nearly nothing but links, breadcrumbs, navigation and footers.
    2. The smallest box of a known content system that holds every section heading; else the smallest box that holds
       them, all tables of data and nearly all sentences, widened while that adds little; else the page.
    3. Where that holds no title line, the nearest one before it is put in front.
    """
    page = _Page(pieces, boxes)
    start, end = page.choose()
    inside = [i for i in range(start, end) if i not in page.gone]
    outside = [i for i in range(len(pieces)) if not start <= i < end and i not in page.menus]
    chosen = [pieces[i].block for i in [*page.title_before(start, end), *inside]]
    return Content(tuple(chosen), tuple(pieces[i].block for i in outside), page.crumb(), len(page.headings))


class _Page:
    """Sums over the pieces, so that every question about a box takes constant time."""

    def __init__(self, pieces: Sequence[Piece], boxes: Sequence[Box]) -> None:
        self.pieces = pieces
        self.boxes = boxes
        self._size = _sums(map(_worded, pieces))
        self._linked = _sums(map(_linked, pieces))
        self._links = _sums(piece.links for piece in pieces)
        self.menus = {i for i, piece in enumerate(pieces) if piece.links > 2 and self._is_links(i, i + 1)}
        self._remove_boxes(self._is_menu, self.menus)
        self.gone = set(self.menus)
        texts = [
            (i, p.block.text) for i, p in enumerate(pieces) if isinstance(p.block, TextBlock) and i not in self.gone
        ]
        self.headings = [i for i, text in texts if is_section_heading(text)]
        self.tables = [i for i, piece in enumerate(pieces) if i not in self.gone and _is_data(piece.block)]
        self.titles = [i for i, text in texts if is_title(text)]
        self._kept = _sums(0 if i in self.gone else piece.size for i, piece in enumerate(pieces))
        self._remove_boxes(self._is_furniture, self.gone)
        self._kept = _sums(0 if i in self.gone else piece.size for i, piece in enumerate(pieces))
        self._prose = _sums(0 if i in self.gone else _prose(piece.block) for i, piece in enumerate(pieces))

    def _remove_boxes(self, unwanted: Callable[[Box], bool], gone: set[int]) -> None:
        done = 0
        for box in self.boxes[1:]:
            if box.end > done and unwanted(box):
                gone.update(range(box.start, box.end))
                done = box.end

    def _is_links(self, start: int, end: int) -> bool:
        size = self._size[end] - self._size[start]
        return size > 0 and self._linked[end] - self._linked[start] >= _MENU_SHARE * size

    def _is_menu(self, box: Box) -> bool:
        links = self._links[box.end] - self._links[box.start]
        return links >= (2 if box.name in _MENU_ELEMENTS else 3) and self._is_links(box.start, box.end)

    def _is_furniture(self, box: Box) -> bool:
        """Breadcrumbs, navigation and footers by name, unless they hold a part of the report."""
        if box.kind not in (BoxKind.CRUMB, BoxKind.FURNITURE) or _count(self.headings, box):
            return False
        if box.kind is BoxKind.CRUMB:
            return self._sum(self._size, box) <= _LONGEST_CRUMB and bool(self._crumb_of(box))
        return not _count(self.titles, box) and self._sum(self._kept, box) * 3 <= self._kept[-1]

    @staticmethod
    def _sum(sums: Sequence[int], box: Box) -> int:
        return sums[box.end] - sums[box.start]

    def choose(self) -> tuple[int, int]:
        """The range of pieces that is the report."""
        holders = [box for box in self.boxes if _count(self.headings, box) == len(self.headings)]
        heavy = [
            box
            for box in holders
            if _count(self.tables, box) == len(self.tables)
            and self._sum(self._prose, box) >= _NEARLY_ALL * self._prose[-1]
        ]
        trusted = holders if len(self.headings) > 1 else heavy
        known = [box for box in trusted if box.kind is BoxKind.CONTENT and box.end > box.start]
        anything = bool(self.headings or self.tables or self._prose[-1])
        if known and anything:
            best = self._smallest(known)
            return best.start, best.end
        if not heavy or not anything:
            return 0, len(self.pieces)
        return self._widened(self._smallest(heavy))

    def _smallest(self, boxes: Sequence[Box]) -> Box:
        # The last of equals is the innermost.
        return min(reversed(boxes), key=lambda box: self._sum(self._kept, box))

    def _widened(self, box: Box) -> tuple[int, int]:
        start, end = box.start, box.end
        for outer in reversed(self.boxes[: self.boxes.index(box)]):
            if outer.start > start or outer.end < end:
                continue
            more = self._sum(self._kept, outer) - (self._kept[end] - self._kept[start])
            gains = not self._has_title(start, end) and self._has_title(outer.start, outer.end)
            price = _TITLE_PRICE if gains else _LITTLE_MORE if outer is not self.boxes[0] else 0
            if more > price:
                break
            start, end = outer.start, outer.end
        return start, end

    def _has_title(self, start: int, end: int) -> bool:
        """Whether a title line stands in the range, before its first section heading."""
        first = next((i for i in self.headings if i >= start), end)
        return any(start <= i < first for i in self.titles)

    def title_before(self, start: int, end: int) -> list[int]:
        """The pieces of the nearest title before the range, a heading element first; none where the range has one."""
        if self._has_title(start, end):
            return []
        above = [i for i in self.titles if i < start and (self._level(i) == 1 or not self._is_links(i, i + 1))]
        headed = [i for i in above if self._level(i)]
        if not above:
            return []
        title = (headed or above)[-1]
        found = [title]
        while self._level(title) and found[0] > 0 and self._level(found[0] - 1) == self._level(title):
            found.insert(0, found[0] - 1)
        return found

    def _level(self, i: int) -> int:
        block = self.pieces[i].block
        return block.level if isinstance(block, TextBlock) and i not in self.gone else 0

    def crumb(self) -> str:
        """The path of the page in its site (`首页 > 政务公开`), empty when the page prints none."""
        paths = (self._crumb_of(box) for box in self.boxes if box.kind is BoxKind.CRUMB)
        lines = (crumb_path(piece.block.text) for piece in self.pieces if isinstance(piece.block, TextBlock))
        return next(filter(None, (*paths, *lines)), "") or ""

    def _crumb_of(self, box: Box) -> str:
        if self._sum(self._size, box) > _LONGEST_CRUMB:
            return ""
        blocks = (piece.block for piece in self.pieces[box.start : box.end])
        steps = [block.text.strip(" >»›:：") for block in blocks if isinstance(block, TextBlock)]
        if len(steps) > 1 and crumb_path(f"{steps[0]}：") is not None:
            steps = steps[1:]
        path = " > ".join(step for step in steps if step)
        found = crumb_path(path)
        return found if found is not None else path if path.startswith(("首页", "网站首页")) else ""


def _sums(values: Iterable[int]) -> list[int]:
    return [0, *accumulate(values)]


def _worded(piece: Piece) -> int:
    """The characters but for the marks between links."""
    if piece.links and isinstance(piece.block, TextBlock):
        return len(_MARKS.sub("", piece.block.text))
    return piece.size


def _linked(piece: Piece) -> int:
    """The linked characters, but for links to what belongs to the report."""
    block = piece.block
    return 0 if isinstance(block, TextBlock) and block.text.startswith(("附件", "附表")) else piece.linked


def _prose(block: Block) -> int:
    return len(block.text) if isinstance(block, TextBlock) and len(block.text) >= _SENTENCE else 0


def _is_data(block: Block) -> bool:
    return isinstance(block, Grid) and sum(map(len, block.rows)) >= _DATA_CELLS and grid_pairs(block) is None


def _count(places: Sequence[int], box: Box) -> int:
    return bisect_left(places, box.end) - bisect_left(places, box.start)
