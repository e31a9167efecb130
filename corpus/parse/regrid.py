"""Tables that are printed without marks of their own: stretches of labels and figures in running text become streams.

A stream is a grid whose rows are not to be trusted: cells in printed order, fragments of a label put together.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.parse.labels import find_labels
from corpus.parse.sections import Heading, read_heading
from corpus.parse.tables import table_of
from corpus.parse.wrapped import arrange, is_figure, is_label
from corpus.readers.blocks import Block, Grid, GridCell, TextBlock

_GAP = re.compile(r"[\t|]+|\s{2,}|[\u3000\u00a0]+")
_ALL_OF_TABLE_4 = 15


def regrid(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` with every stretch of loose labels and figures turned into a stream grid."""
    out: list[Block] = []
    section = ""
    i = 0
    while i < len(blocks):
        block = blocks[i]
        if isinstance(block, Grid):
            out.append(_rows(arrange(_cells(block))) if block.source == "stream" else block)
            i += 1
            continue
        heading = read_heading(block)
        if heading is not None and heading.style != "paren":
            section = heading.key
        end = _stretch_end(blocks, i) if _opens(block, heading, section) else i
        grid = _stream([b for b in blocks[i:end] if isinstance(b, TextBlock)]) if end > i else None
        if grid is None and end > i and _is_caption(blocks, i):
            grid, end = Grid(((GridCell(block.text, 0, 0),),), source="line"), i + 1
        out.append(grid or block)
        i = end if grid else i + 1
    return out


def _is_caption(blocks: Sequence[Block], i: int) -> bool:
    """Whether a lone line is the label above a grid: 第二十条第（五）项 and its like."""
    block, following = blocks[i], blocks[i + 1] if i + 1 < len(blocks) else None
    return isinstance(block, TextBlock) and isinstance(following, Grid) and table_of(block.text) is not None


def _cells(grid: Grid) -> list[str]:
    return [cell.text for row in grid.rows for cell in row]


def _opens(block: TextBlock, heading: Heading | None, section: str) -> bool:
    """Whether a table may begin here: its first words are a label that only a table has, or are all of table 4."""
    if len(block.text) > 160 or heading is not None:
        return False
    tokens = list(_tokens(block.text))
    if section == "remedies" and len(tokens) == _ALL_OF_TABLE_4 and all(map(is_figure, tokens)):
        return True
    return bool(tokens) and (table_of(tokens[0]) is not None or _broken_label(tokens[0]))


def _broken_label(token: str) -> bool:
    """The first line of a label of table 2 or 3 that is broken where its words leave no doubt."""
    return token.startswith(("第二十条第", "（本列数据的勾稽关系", "(本列数据的勾稽关系"))


def _stretch_end(blocks: Sequence[Block], start: int) -> int:
    """The block behind the stretch: a heading, a sentence, another grid or the end."""
    statistics = False
    for i in range(start, len(blocks)):
        block = blocks[i]
        if isinstance(block, Grid):
            return i
        tokens = list(_tokens(block.text))
        statistics = statistics or any(table_of(t) == "statistics" for t in tokens[:1])
        if i > start and _ends(block, tokens, statistics):
            return i
    return len(blocks)


def _ends(block: TextBlock, tokens: Sequence[str], statistics: bool) -> bool:
    first = tokens[0] if tokens else ""
    if read_heading(block) is not None and table_of(block.text) is None:
        return not (statistics and _heads_statistics(first))
    return _is_prose(block.text, tokens)


def _heads_statistics(token: str) -> bool:
    return any(x.axis == "heading" for x in find_labels("statistics", token))


def _is_prose(text: str, tokens: Sequence[str]) -> bool:
    if any(map(is_label, tokens)) or any(map(is_figure, tokens[1:])):
        return False
    return text.rstrip()[-1:] in "。；" or len(text) > 60


def _stream(blocks: Sequence[TextBlock]) -> Grid | None:
    tokens = [token for block in blocks for token in _tokens(block.text)]
    return _rows(arrange(tokens)) if any(map(is_figure, tokens)) else None


def _rows(cells: Sequence[str]) -> Grid:
    """Lines for print: a new one wherever words follow a figure."""
    lines: list[list[str]] = [[]]
    for i, cell in enumerate(cells):
        starts = i > 0 and cell and not is_figure(cell) and (not cells[i - 1] or is_figure(cells[i - 1]))
        if starts and lines[-1]:
            lines.append([])
        lines[-1].append(cell)
    rows = tuple(tuple(GridCell(text, r, 0) for text in line) for r, line in enumerate(lines))
    return Grid(rows, source="stream")


def _tokens(text: str) -> Iterator[str]:
    """The words and figures of a line, parted at every space; `arrange` puts together what makes a label."""
    for part in _GAP.split(text):
        yield from (word for word in part.split(" ") if word)
