"""Text as it comes out of a PDF: sentences broken at the margin, page numbers, labels wrapped around their figures."""

from collections.abc import Iterable
from random import Random

from corpus.synthetic.render.grids import PrintedCell, PrintedTable
from corpus.synthetic.render.style import Style
from corpus.synthetic.render.text_tables import TextTable
from corpus.synthetic.truth import Place

LINE_WIDTH = 38
LINES_A_PAGE = 34
_GROUP_WIDTH = 4
_LABEL_WIDTH = 9
_WIDE_LABEL_WIDTH = 20
_PAGE_NUMBERS = ("— {n} —", "- {n} -", "{n} / {all}", "{n}")


def hard_wrapped(paragraph: str) -> list[str]:
    """The paragraph in lines of at most `LINE_WIDTH` characters, the first one indented; no number is broken."""
    rest = "    " + paragraph
    lines = []
    while rest:
        end = min(LINE_WIDTH, len(rest))
        while end < len(rest) and rest[end].isdigit() and rest[end - 1].isdigit():
            end -= 1
        lines.append(rest[:end])
        rest = rest[end:]
    return lines


def with_page_numbers(lines: Iterable[str], rng: Random) -> list[str]:
    """`lines` with a page number after every page, never inside a wrapped row of a table."""
    form = rng.choice(_PAGE_NUMBERS[:3])
    source = list(lines)
    pages = len(source) // LINES_A_PAGE + 1
    numbered: list[str] = []
    page, used = 1, 0
    for line in source:
        if used >= LINES_A_PAGE and not line.strip():
            numbered += ["", form.format(n=page, all=pages)]
            page, used = page + 1, 0
        numbered.append(line)
        used += 1
    return numbered


def wrapped(table: PrintedTable, style: Style, rng: Random) -> TextTable:
    """V8: labels broken over lines above and below the figures of their row; a blank row of paper between rows."""
    lines: list[str] = []
    lost: set[Place] = set()
    for row in table.rows:
        figures = table.data(row)
        if any(cell.blank for cell in figures):
            lost.update(cell.place for cell in figures if cell.place is not None)
        lines += [*_row(row, figures), ""]
    return TextTable("\n".join(lines), frozenset(lost))


def _row(row: tuple[PrintedCell, ...], figures: list[PrintedCell]) -> list[str]:
    labels = [cell.text for cell in row if cell.place is None]
    if len(figures) != 7:
        printed_cells = [cell.text for cell in row if not cell.blank]
        if not printed_cells:
            return []
        first, *rest = printed_cells
        pieces = _pieces(first, _WIDE_LABEL_WIDTH) if figures and row[0].place is None else [first]
        return ["   " + "   ".join([pieces[0], *rest]), *("   " + piece for piece in pieces[1:])]
    groups = [_pieces(text, _GROUP_WIDTH) for text in labels[:-1]]
    label = _pieces(labels[-1], _LABEL_WIDTH)
    height = max(len(pieces) for pieces in [*groups, label])
    middle = (height - 1) // 2
    numbers = "   ".join(cell.text for cell in figures if not cell.blank)
    printed: list[str] = []
    for i in range(height):
        columns = [_padded(pieces, i, _GROUP_WIDTH) for pieces in groups]
        columns.append(_padded(label, i, _LABEL_WIDTH))
        printed.append(("   " + "  ".join(columns) + ("   " + numbers if i == middle else "")).rstrip())
    return printed


def _pieces(text: str, width: int) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)] or [""]


def _padded(pieces: list[str], line: int, width: int) -> str:
    """The piece for that line, padded by two blanks a missing character as a wide font would be."""
    piece = pieces[line] if line < len(pieces) else ""
    return piece + "  " * (width - len(piece))
