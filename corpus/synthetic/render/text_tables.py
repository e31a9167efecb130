"""Printed tables → lines of plain text in the ways that copies of web pages show them. Reports which figures get lost.

A figure is lost when the lines no longer tell which cell it was: a blank cell that left no trace makes all figures of
its row uncertain.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from corpus.synthetic.render.grids import PrintedCell, PrintedTable
from corpus.synthetic.render.style import Style, Tables
from corpus.synthetic.truth import Place

_WIDE_SPACE = "　"


@dataclass(frozen=True, slots=True)
class TextTable:
    """The lines of a printed table, and the figures that they no longer hold."""

    text: str
    lost: frozenset[Place] = frozenset()


def broken(cell: PrintedCell, style: Style, rng: Random) -> str:
    """The cell's text; short header and group labels may be broken in two (V2)."""
    if style.fragments == "none" or cell.role not in ("header", "group") or not 3 < len(cell.text) < 9:
        return cell.text
    if rng.random() < 0.35:
        return cell.text
    middle = 3 if cell.text.startswith("（") else len(cell.text) // 2
    return cell.text[:middle] + ("\n" if style.fragments == "line" else "\n\n") + cell.text[middle:]


def _blank(style: Style) -> str:
    return _WIDE_SPACE if style.blanks == "wide_space" else ""


def _entries(table: PrintedTable) -> list[list[PrintedCell | None]]:
    """Per row its cells from left to right; `None` for a cell of an earlier row that reaches into it."""
    rows: list[list[PrintedCell | None]] = []
    for slots in table.slots():
        rows.append([cell if starts else None for cell, starts, inside in slots if inside == 0])
    return rows


def tabs(table: PrintedTable, style: Style, rng: Random) -> TextTable:
    """V1: a cell per line behind a tab, a line with only the tab for an empty one, a blank line after each row."""
    lines = []
    for row in _entries(table):
        for cell in row:
            text = broken(cell, style, rng) if cell else ""
            lines.append("\t" + (text or _blank(style)))
        lines.append("")
    return TextTable("\n".join(lines))


def paragraphs(table: PrintedTable, style: Style, rng: Random) -> TextTable:
    """V3: a cell per paragraph, no tabs; what is empty leaves nothing."""
    texts = [broken(cell, style, rng) for row in table.rows for cell in row if not cell.blank]
    return TextTable("\n\n".join(text for text in texts if text) + "\n", _uncertain(table))


def _uncertain(table: PrintedTable) -> frozenset[Place]:
    """The figures of all rows in which a blank cell leaves no trace."""
    lost: set[Place] = set()
    for row in table.rows:
        figures = table.data(row)
        if any(cell.blank for cell in figures):
            lost.update(cell.place for cell in figures if cell.place is not None)
    return frozenset(lost)


def pipes(table: PrintedTable, style: Style, rng: Random) -> TextTable:
    """V4: pipes without a leading one, ragged, merged cells left out; captions keep a run of empty cells."""
    lines = []
    for row in table.rows:
        cells = [broken(cell, style, rng).replace("\n", "") or _blank(style) for cell in row]
        line = " | ".join(cells) + " |"
        if row[0].role == "caption":
            line = f"{row[0].text} | " + "|" * (table.width - 1)
        elif table.name == "proactive" and len(row) < table.width:
            line += " " + "|" * (table.width - len(row))
        lines.append(line)
    return TextTable("\n".join(lines) + "\n")


def pipes_per_line(table: PrintedTable, style: Style, rng: Random) -> TextTable:
    """V6: every cell on a line of its own, closed by a pipe; a lone pipe opens the row or a blank line ends it."""
    opened = rng.random() < 0.5
    lines = []
    for row in _entries(table):
        if opened:
            lines.append("| ")
        for cell in row:
            if cell is None and not opened:
                continue
            text = (broken(cell, style, rng).replace("\n", "") if cell else "") or _blank(style)
            lines.append(f" {text}  | " if opened else f"{text} |")
        if not opened:
            lines.append("")
    return TextTable("\n".join(lines) + "\n")


def inline(table: PrintedTable, style: Style, rng: Random) -> TextTable:
    """V7: a row per line, spaces between; what is empty leaves nothing."""
    separator = rng.choice((" ", "  ", "\t"))
    lines = []
    for row in table.rows:
        keep = separator == "\t"
        lines.append(separator.join(cell.text for cell in row if keep or not cell.blank))
    return TextTable("\n".join(lines) + "\n", frozenset() if separator == "\t" else _uncertain(table))


def images(table: PrintedTable, style: Style, rng: Random) -> TextTable:
    """V13: the table was a picture; nothing is printed."""
    return TextTable("")


TEXT_TABLES: Mapping[Tables, Callable[[PrintedTable, Style, Random], TextTable]] = {
    "tabs": tabs,
    "paragraphs": paragraphs,
    "pipes": pipes,
    "pipes_per_line": pipes_per_line,
    "inline": inline,
    "images": images,
}
