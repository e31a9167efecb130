"""Walks a parsed HTML tree once and lists what a browser prints: lines and grids in order, with the boxes around them.

It does not choose what belongs to the report (`html_content.py`) and drops only what is not printed at all.
"""

from dataclasses import dataclass

from bs4.element import NavigableString, PageElement, Tag

from corpus.readers.blocks import Block, Grid, TextBlock
from corpus.readers.html_space import squeeze
from corpus.readers.html_steps import BoxKind, Step, Steps, box_kind
from corpus.readers.html_table import Table, read_table
from corpus.readers.plain import read_text

_FURNITURE_ELEMENTS = frozenset({"nav", "aside", "footer", "menu"})
# Boxes within tables within tables: deeper than this the inner tables are read as lines.
_DEEPEST_TABLE = 25


@dataclass(slots=True)
class Piece:
    """A printed line or grid; how many of its characters are links, and how many links those are."""

    block: Block
    size: int
    linked: int
    links: int


@dataclass(slots=True)
class Box:
    """An element that encloses the pieces `start:end`."""

    name: str
    kind: BoxKind
    start: int
    end: int = -1


class Walker:
    """One walk over a tree. `pieces` and `boxes` (in order of their start) are the result."""

    def __init__(self, *, keep_hidden: bool = False) -> None:
        self.pieces: list[Piece] = []
        self.boxes: list[Box] = []
        self.steps = Steps(keep_hidden=keep_hidden)
        self._tables = 0
        self._parts: list[str] = []
        self._level = 0
        self._linked = 0
        self._links = 0

    def walk(self, root: Tag, name: str = "") -> None:
        """Adds everything printed inside `root`, enclosed in a box."""
        open_boxes = [self._open(root, name or root.name)]
        in_link = False
        for step, node in self.steps.inside(root, flat=self._tables >= _DEEPEST_TABLE):
            if step is Step.TEXT:
                text = str(node) if not isinstance(node, NavigableString) else node
                self._parts.append(text)
                if in_link:
                    self._linked += len(text.strip())
            elif step is Step.LINK or step is Step.UNLINK:
                in_link = step is Step.LINK
                self._links += in_link
            elif step is Step.OPEN and isinstance(node, Tag):
                open_boxes.append(self._open(node, node.name))
            elif step is Step.CLOSE:
                self._close(open_boxes.pop())
            else:
                self.flush()
                if isinstance(node, Tag):
                    self._enter(step, node)
        while open_boxes:
            self._close(open_boxes.pop())

    def _enter(self, step: Step, tag: Tag) -> None:
        if step is Step.LEVEL:
            self._level = int(tag.name[1])
        elif step is Step.PLAIN:
            self._level = 0
        elif step is Step.PRE:
            self._preformatted(tag)
        elif step is Step.TABLE:
            self._tables += 1
            self._table(read_table(tag, self.steps))
            self._tables -= 1

    def _open(self, tag: Tag, name: str) -> Box:
        self.flush()
        kind = BoxKind.FURNITURE if name in _FURNITURE_ELEMENTS else BoxKind.PLAIN
        if "id" in tag.attrs or "class" in tag.attrs:
            kind = box_kind(tag) or kind
        box = Box(name, kind, len(self.pieces))
        self.boxes.append(box)
        return box

    def _close(self, box: Box) -> None:
        self.flush()
        box.end = len(self.pieces)

    def flush(self) -> None:
        """Ends the line: what was collected becomes a block, unless it is blank."""
        if self._parts:
            text = squeeze("".join(self._parts))
            self._parts.clear()
            if text:
                self.pieces.append(Piece(TextBlock(text, self._level), len(text), self._linked, self._links))
        self._linked = self._links = 0

    def _preformatted(self, tag: Tag) -> None:
        """A `pre` is plain text: its line ends, tabs and pipes mean what they mean there."""
        for block in read_text(self.steps.raw_text(tag)):
            size = len(block.text) if isinstance(block, TextBlock) else _size(block)
            self.pieces.append(Piece(block, size, 0, 0))

    def _table(self, table: Table) -> None:
        for stray in table.strays:
            self._stray(stray)
        for part in table.parts:
            if part.grid is not None:
                self.pieces.append(Piece(part.grid, _size(part.grid), part.linked, part.links))
            for cell in part.cells:
                self.walk(cell, "td")

    def _stray(self, node: PageElement) -> None:
        if isinstance(node, Tag):
            self.walk(node)
        elif isinstance(node, NavigableString):
            self._parts.append(node)
            self.flush()


def _size(grid: Grid) -> int:
    return sum(len(cell.text) for row in grid.rows for cell in row)
