"""Printed tables → Markdown tables: well formed, or with the shifted columns that converters make of merged cells."""

from random import Random

from corpus.synthetic.render.grids import PrintedCell, PrintedTable
from corpus.synthetic.render.style import Style
from corpus.synthetic.render.text_tables import TextTable, broken
from corpus.synthetic.truth import Place


def _text(cell: PrintedCell, style: Style, rng: Random) -> str:
    return broken(cell, style, rng).replace("\n", " ")


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def markdown(table: PrintedTable, style: Style, rng: Random) -> TextTable:
    """A rectangular table: a merged cell's text in its first column, the columns and rows it covers empty."""
    lines = []
    for slots in table.slots():
        lines.append(_line([_text(c, style, rng) if starts and not inside else "" for c, starts, inside in slots]))
    lines.insert(1, "|" + "|".join(["---"] * table.width) + "|")
    return TextTable("\n".join(lines) + "\n")


def markdown_shifted(table: PrintedTable, style: Style, rng: Random) -> TextTable:
    """V5: padding differs from row to row, the last rows slide left, a column too many at the end.

    Figures of a row with a blank among them are lost where padding stands on either side: their column is anyone's guess.
    """
    if table.name != "applications":
        return markdown(table, style, rng)
    lines = []
    lost: set[Place] = set()
    for row in table.rows:
        cells = [_text(cell, style, rng) for cell in row]
        figures = table.data(row)
        if figures:
            cells, padded = _shifted(row, cells)
            if padded and any(cell.blank for cell in figures):
                lost.update(cell.place for cell in figures if cell.place is not None)
        else:
            cells = _header(row, cells, table.width)
        lines.append(_line(cells + [""] * (table.width - len(cells))))
    lines.insert(1, "|" + "|".join(["---"] * table.width) + "|")
    return TextTable("\n".join(lines) + "\n", frozenset(lost))


def _shifted(row: tuple[PrintedCell, ...], cells: list[str]) -> tuple[list[str], bool]:
    """The cells of a row of table 3 with its padding, and whether padding stands beside its figures."""
    label = next(cell for cell in row if cell.role == "label")
    if label.colspan == 3:
        return [cells[0], "", *cells[1:], ""], True
    if label.colspan == 2:
        slid = label.text.startswith("（七）")
        lead = [cells[-8], ""] if slid else [cells[0] if len(cells) == 9 else "", cells[-8]]
        return [*lead, *cells[-7:], ""], True
    if label.text.startswith("3.其他"):
        return [label.text, "", *cells[-7:], ""], True
    group = cells[-9] if len(cells) > 8 else ""
    return ["", group, *cells[-8:]], False


def _header(row: tuple[PrintedCell, ...], cells: list[str], width: int) -> list[str]:
    spread: list[str] = []
    for cell, text in zip(row, cells, strict=True):
        spread += [text] + [""] * (cell.colspan - 1)
    return [""] * max(0, width - 1 - len(spread)) + spread if len(row) < width else spread
