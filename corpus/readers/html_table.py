"""Reads one `<table>`: its data rows become grids, its layout rows are handed back as cells to walk into.

A row is layout when a cell holds a table of its own or the text of a page; rows with one filled cell throughout are
lines. The innermost data table is the grid; it never decides what a table means.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bs4.element import NavigableString, PageElement, Tag

from corpus.readers.blocks import Grid
from corpus.readers.chrome_patterns import is_section_heading, is_title
from corpus.readers.grid import RawCell, build_grid
from corpus.readers.html_space import squeeze_cell
from corpus.readers.html_steps import Step, Steps

_LONG_LINE = 100
_LONG_PARAGRAPHS = 300
_LONG_TEXT = 600


@dataclass(slots=True)
class _Row:
    cells: list[Tag]
    texts: list[str | None]
    """Per cell its text; `None` where it holds a table of its own."""
    paragraphs: int = 0
    linked: int = 0
    links: int = 0
    begins_group: bool = False

    @property
    def filled(self) -> int:
        return sum(1 for text in self.texts if text != "")


@dataclass(slots=True)
class Part:
    """A run of rows: a grid, or cells whose content stands on its own."""

    grid: Grid | None = None
    cells: list[Tag] = field(default_factory=list)
    linked: int = 0
    links: int = 0


@dataclass(slots=True)
class Table:
    """What a table prints, in order; `strays` stand before it (text between rows is printed there)."""

    parts: list[Part]
    strays: list[PageElement]


def read_table(table: Tag, steps: Steps) -> Table:
    """The table's parts. A caption goes to its first grid, or stands before it when there is none."""
    rows: list[_Row] = []
    strays: list[PageElement] = []
    captions: list[Tag] = []
    loose: list[Tag] = []
    for node, begins_group in _printed(table, steps):
        if isinstance(node, Tag) and node.name in ("td", "th"):
            loose.append(node)
            continue
        if loose:
            rows.append(_read_row(loose, False, steps))
            loose = []
        if isinstance(node, Tag) and node.name == "tr":
            rows.append(_read_row(list(_cells(node, steps)), begins_group, steps))
        elif isinstance(node, Tag) and node.name == "caption":
            captions.append(node)
        else:
            strays.append(node)
    if loose:
        rows.append(_read_row(loose, False, steps))
    parts = list(_parts(rows, squeeze_cell(steps.raw_text(captions[0])) if captions else ""))
    if not any(part.grid for part in parts):
        strays = [*captions, *strays]
    return Table(parts, strays)


def _printed(table: Tag, steps: Steps) -> Iterator[tuple[PageElement, bool]]:
    """Rows in printed order (the foot last) and whether each begins a row group; between them, as they come, cells
    without row, captions, and text and elements that have no place in a table."""
    foot: list[tuple[PageElement, bool]] = []
    begins_group = True
    stack: list[tuple[Iterator[PageElement], bool]] = [(iter(table.contents), False)]
    while stack:
        nodes, in_foot = stack[-1]
        for node in nodes:
            if not isinstance(node, Tag):
                if type(node) is NavigableString and not node.isspace():
                    yield node, False
            elif node.name in _SILENT or steps.is_left_out(node):
                continue
            elif node.name in _GROUPS or (node.name not in _PARTS and node.find("tr") is not None):
                begins_group = True
                stack.append((iter(node.contents), in_foot or node.name == "tfoot"))
                break
            else:
                if in_foot:
                    foot.append((node, begins_group))
                else:
                    yield node, begins_group
                begins_group = begins_group and node.name != "tr"
        else:
            stack.pop()
            begins_group = True
    yield from foot


def _cells(row: Tag, steps: Steps) -> Iterator[Tag]:
    stack = [iter(row.contents)]
    while stack:
        for node in stack[-1]:
            if not isinstance(node, Tag) or steps.is_left_out(node):
                continue
            if node.name in ("td", "th"):
                yield node
            elif node.name != "table" and node.contents:
                stack.append(iter(node.contents))
                break
        else:
            stack.pop()


def _read_row(cells: list[Tag], begins_group: bool, steps: Steps) -> _Row:
    row = _Row(cells, [], begins_group=begins_group)
    for cell in cells:
        text = steps.only_text(cell)
        row.texts.append(_cell_text(cell, row, steps) if text is None else squeeze_cell(text))
    return row


def _cell_text(cell: Tag, row: _Row, steps: Steps) -> str | None:
    """The cell's text, its fragments joined; `None` when it holds a table with several cells. Counts into `row`."""
    parts: list[str] = []
    in_link = False
    for step, node in steps.inside(cell):
        if step is Step.TEXT:
            assert isinstance(node, NavigableString)
            parts.append(node)
            if in_link:
                row.linked += len(node.strip())
        elif step is Step.LINK or step is Step.UNLINK:
            in_link = step is Step.LINK
            row.links += in_link
        elif step is Step.TABLE or step is Step.PRE:
            assert isinstance(node, Tag)
            if step is Step.TABLE and len(node.find_all(("td", "th"), limit=2)) > 1:
                return None
            parts.append(f"\n{steps.raw_text(node)}\n")
        else:
            parts.append("\n")
    text = "".join(parts)
    if len(text) > _LONG_PARAGRAPHS:
        row.paragraphs = max(row.paragraphs, sum(1 for line in text.split("\n") if len(line) > 20))
    return squeeze_cell(text)


_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_PARTS = frozenset({"tr", "td", "th", "caption"})
_SILENT = frozenset({"col", "colgroup", "script", "style", "input", "template", "noscript"})


def _is_layout(row: _Row) -> bool:
    if None in row.texts:
        return True
    longest = max(map(len, filter(None, row.texts)), default=0)
    if longest <= _LONG_PARAGRAPHS or row.filled > 3:
        return False
    return longest > _LONG_TEXT or row.paragraphs > 1


def _only_text(row: _Row) -> str | None:
    """The text of the row's only filled cell; `None` when it has none or several."""
    texts = [text for text in row.texts if text]
    return texts[0] if len(texts) == 1 and row.filled == 1 else None


def _layout_rows(rows: Sequence[_Row]) -> list[bool]:
    """Per row whether its cells stand on their own: layout, a long line, or a heading or title set as a row.

    A heading inside a table of figures (the form of 2014 has some) stays; one at its borders, or in a table that
    holds whole paragraphs, is the section's.
    """
    layout = [_is_layout(row) or len(_only_text(row) or "") > _LONG_LINE for row in rows]
    data = [i for i, row in enumerate(rows) if not layout[i] and row.filled > 1]
    holds_prose = any(layout)
    for i, row in enumerate(rows):
        text = _only_text(row)
        if layout[i] or text is None or not (is_section_heading(text) or is_title(text)):
            continue
        at_border = not data or i < data[0] or i > data[-1]
        layout[i] = holds_prose or (at_border and len(row.cells) == 1)
    return layout


def _parts(rows: Sequence[_Row], caption: str) -> Iterator[Part]:
    layout = _layout_rows(rows)
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and layout[end] == layout[start]:
            end += 1
        run = rows[start:end]
        if layout[start] or max(row.filled for row in run) <= 1:
            yield Part(cells=[c for row in run for c, text in zip(row.cells, row.texts, strict=True) if text != ""])
        else:
            yield _grid_part(run, caption)
            caption = ""
        start = end


def _grid_part(rows: Sequence[_Row], caption: str) -> Part:
    raw = [
        [
            RawCell(text or "", _attribute(cell, "rowspan"), _attribute(cell, "colspan"))
            for cell, text in zip(row.cells, row.texts, strict=True)
        ]
        for row in rows
    ]
    breaks = {i for i, row in enumerate(rows) if row.begins_group}
    grid = build_grid(raw, breaks=breaks, caption=caption, source="html")
    return Part(grid=grid, linked=sum(row.linked for row in rows), links=sum(row.links for row in rows))


def _attribute(cell: Tag, name: str) -> str | None:
    value = cell.attrs.get(name) if cell.attrs else None
    return None if value is None else str(value)
