"""A page that prints several reports, cut at their titles. A title that only lists or repeats cuts nothing."""

from collections.abc import Sequence

from corpus.parse.sections import candidates
from corpus.parse.tables import table_of
from corpus.parse.titles import looks_like_title
from corpus.readers.blocks import Block, Grid, TextBlock
from corpus.vocabulary import STATUTORY_SECTIONS

_LEAST_HEADINGS = 2
_AGENCY_LINE = 30


def split_reports(blocks: Sequence[Block]) -> list[Sequence[Block]]:
    """The blocks of each report, in printed order; one part where there are not two with a body of their own."""
    starts = [i for i, block in enumerate(blocks) if isinstance(block, TextBlock) and looks_like_title(block.text)]
    if len(starts) < 2:
        return [blocks]
    bodies = _body_marks(blocks)
    cuts: list[int] = []
    for n, start in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(blocks)
        if sum(start < i < end for i in bodies) >= _LEAST_HEADINGS:
            cuts.append(_with_agency_line(blocks, start))
    if len(cuts) < 2:
        return [blocks]
    return [blocks[a:b] for a, b in zip([0, *cuts[1:]], [*cuts[1:], len(blocks)], strict=True)]


def _body_marks(blocks: Sequence[Block]) -> list[int]:
    """Blocks that only the body of a report has: headings of statutory sections, statutory tables."""
    headings = {h.index for h in candidates(blocks) if h.key in STATUTORY_SECTIONS and h.style != "paren"}
    tables = {
        i
        for i, block in enumerate(blocks)
        if isinstance(block, Grid) and any(table_of(cell.text) for row in block.rows for cell in row)
    }
    return sorted(headings | tables)


def _with_agency_line(blocks: Sequence[Block], start: int) -> int:
    """The block before a title that names no agency, when it can be the agency's own line."""
    block = blocks[start]
    previous = blocks[start - 1] if start else None
    assert isinstance(block, TextBlock)
    parts = looks_like_title(block.text)
    if parts is None or parts.agency or not isinstance(previous, TextBlock):
        return start
    line = previous.text.strip()
    return start - 1 if 2 < len(line) <= _AGENCY_LINE and line[-1] not in "。；：，" else start
