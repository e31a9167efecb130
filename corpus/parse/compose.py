"""The canonical text of a report and the place of everything in it. Decides nothing: it only writes down.

Front matter, headings and paragraphs stand one to a line, table rows one to a line with cells separated by a tab.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.model import Paragraph, Section
from corpus.parse.labels import label_form
from corpus.parse.numbers import trim
from corpus.parse.printed import PrintedCell, PrintedRow
from corpus.parse.sections import Heading, split_style
from corpus.readers.blocks import Block, Grid, GridCell, TextBlock


@dataclass(frozen=True, slots=True)
class Composition:
    """A report's text with its sections and, per grid, its printed rows."""

    text: str
    sections: tuple[Section, ...]
    grids: tuple[tuple[PrintedRow, ...], ...]
    grid_sections: tuple[str, ...]
    """The key of the section each grid stands in."""


@dataclass(slots=True)
class _Open:
    number: int
    key: str
    heading: str
    start: int
    paragraphs: list[Paragraph] = field(default_factory=list)


class _Writer:
    """Lines appended one after the other, with the offset of each."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.position = 0

    def line(self, text: str) -> int:
        start = self.position
        self.lines.append(text)
        self.position += len(text) + 1
        return start

    @property
    def end(self) -> int:
        return max(0, self.position - 1)


def compose(blocks: Sequence[Block], headings: Mapping[int, Heading], numbers: Mapping[int, int]) -> Composition:
    """Write down `blocks`; `headings` maps block index → heading, `numbers` block index → section number."""
    writer = _Writer()
    sections: list[Section] = []
    grids: list[tuple[PrintedRow, ...]] = []
    grid_sections: list[str] = []
    current = _Open(0, "front", "", 0)
    for index, block in enumerate(blocks):
        if (heading := headings.get(index)) is not None:
            _close(current, writer, sections)
            start = writer.line(_heading_line(block, heading))
            current = _Open(numbers[index], heading.key, heading.text.strip(), start)
            if heading.rest:
                _paragraph(heading.rest, writer, current)
        elif isinstance(block, Grid):
            if block.caption:
                _paragraph(block.caption, writer, current)
            grids.append(_grid(block, len(grids), writer))
            grid_sections.append(current.key)
        elif _repeats_heading(block, current):
            writer.line(trim(block.text))
        else:
            _paragraph(block.text, writer, current)
    _close(current, writer, sections)
    return Composition("\n".join(writer.lines), tuple(sections), tuple(grids), tuple(grid_sections))


def _heading_line(block: Block, heading: Heading) -> str:
    assert not isinstance(block, Grid)
    text = trim(block.text)
    if heading.rest:
        text = text[: len(text) - len(trim(heading.rest))].rstrip(" \u3000。：:；;")
    return text


def _repeats_heading(block: TextBlock, section: _Open) -> bool:
    """Whether a line only prints the section's heading once more, as the caption of its table (domain: V12)."""
    return bool(section.heading) and label_form(split_style(block.text)[2]) == label_form(section.heading)


def _paragraph(text: str, writer: _Writer, section: _Open) -> None:
    text = trim(text).replace("\n", " ")
    if text:
        start = writer.line(text)
        section.paragraphs.append(Paragraph(start, start + len(text), text))


def _close(current: _Open, writer: _Writer, sections: list[Section]) -> None:
    if current.key == "front" and not current.paragraphs and not writer.lines:
        return
    sections.append(
        Section(current.number, current.key, current.heading, current.start, writer.end, tuple(current.paragraphs))
    )


def _grid(grid: Grid, number: int, writer: _Writer) -> tuple[PrintedRow, ...]:
    stream = grid.source == "stream"
    rows = [PrintedRow(_row(row, number, writer, stream), trusted=not stream) for row in grid.rows]
    if stream:
        return (PrintedRow(tuple(cell for row in rows for cell in row.cells), trusted=False),)
    return tuple(rows)


def _row(row: Sequence[GridCell], number: int, writer: _Writer, stream: bool) -> tuple[PrintedCell, ...]:
    texts = [trim(cell.text).replace("\t", " ").replace("\n", " ") for cell in row]
    start = writer.line("\t".join(texts))
    cells: list[PrintedCell] = []
    for cell, text in zip(row, texts, strict=True):
        column = 0 if stream else cell.column
        cells.append(PrintedCell(text, start, start + len(text), number, cell.row, column, cell.colspan))
        start += len(text) + 1
    return tuple(cells)
