"""Reads `.doc` (and RTF) through LibreOffice or antiword; where both are installed their figures are compared.

LibreOffice keeps merged cells and numbering; antiword reads tables that LibreOffice sometimes loses. What holds all
figures of the other is taken; where neither does, `meta` says that they differ.
"""

from collections import Counter
from dataclasses import replace
from itertools import accumulate
from xml.etree import ElementTree

from corpus.errors import NotAReportError, ReadError
from corpus.readers.blocks import Block, Document, Grid, GridCell, TextBlock
from corpus.readers.converters import to_docbook, to_docx
from corpus.readers.foreign import reading
from corpus.readers.formats import Format
from corpus.readers.limits import READ_LIMITS, ReadLimits
from corpus.readers.word import read_docx
from corpus.text import join_lines

MEDIA_TYPE = "application/msword"
RTF_MEDIA_TYPE = "application/rtf"

_SAME_EDGE = 3.0


def read_doc(data: bytes, name: str, limits: ReadLimits = READ_LIMITS) -> Document:
    """The document in a `.doc`. Raises `NotAReportError` where no program that reads it is installed."""
    converted, docbook = to_docx(data, ".doc"), to_docbook(data)
    by_office = read_docx(converted, name, limits) if converted is not None else None
    by_antiword = _read_docbook(docbook, name, limits) if docbook is not None else None
    if by_office is None and by_antiword is None:
        raise _unread(name, Format.DOC)
    return replace(_better(by_office, by_antiword), media_type=MEDIA_TYPE)


def read_rtf(data: bytes, name: str, limits: ReadLimits = READ_LIMITS) -> Document:
    """The document in an RTF file. Raises `NotAReportError` where LibreOffice is not installed."""
    converted = to_docx(data, ".rtf")
    if converted is None:
        raise _unread(name, Format.RTF)
    return replace(read_docx(converted, name, limits), media_type=RTF_MEDIA_TYPE)


def _unread(name: str, kind: Format) -> NotAReportError:
    wanted = "LibreOffice（libreoffice-writer）" + ("或 antiword" if kind is Format.DOC else "")
    return NotAReportError(
        f"{name}：{kind.value} 文件未能读取：没有可用的 {wanted}",
        hint=f"原件已存档；请安装 {wanted} 后重新导入，或另存为 .docx 后导入。",
    )


def _better(office: Document | None, antiword: Document | None) -> Document:
    if office is None or antiword is None:
        found = office or antiword
        assert found is not None
        return found
    ours, theirs = _figures(office), _figures(antiword)
    if not theirs - ours:
        return office
    if not ours - theirs:
        return antiword
    differing = (ours - theirs).total() + (theirs - ours).total()
    return replace(office, meta={**office.meta, "conversions_differ": str(differing)})


def _figures(document: Document) -> Counter[str]:
    """The figures in cells of tables, however they are laid out."""
    cells = (cell.text for block in document.blocks if isinstance(block, Grid) for row in block.rows for cell in row)
    return Counter(text for text in cells if text.replace(".", "").isdigit())


# --- antiword's DocBook ----------------------------------------------------------------------------------------------


def _read_docbook(data: bytes, name: str, limits: ReadLimits) -> Document:
    with reading(name, Format.DOC.value, limits.seconds):
        if b"<!ENTITY" in data:
            raise ReadError(f"{name}：文件声明了实体，不予展开", code="entities")
        root = ElementTree.fromstring(data)
        return Document(tuple(_blocks(root)), MEDIA_TYPE, None)


def _blocks(root: ElementTree.Element) -> list[Block]:
    blocks: list[Block] = []
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == "informaltable":
            blocks.append(_grid(element))
        elif element.tag in ("para", "title"):
            text = _text(element)
            blocks += [TextBlock(text)] if text else []
            stack += [table for table in reversed(list(element)) if table.tag == "informaltable"]
        else:
            stack += reversed(list(element))
    return blocks


def _text(element: ElementTree.Element) -> str:
    """The text of a paragraph or cell without that of tables in it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != "informaltable":
            parts.append("".join(child.itertext()))
        parts.append(child.tail or "")
    return join_lines("".join(parts).split("\n"))


def _grid(table: ElementTree.Element) -> Grid:
    """Rows of one width come in groups that state the widths of their columns; the borders of all make the columns."""
    rows = [(_borders(group), row) for group in table.iter("tgroup") for row in group.iter("row")]
    edges: list[float] = []
    for edge in sorted(edge for borders, _ in rows for edge in borders):
        if not edges or edge - edges[-1] > _SAME_EDGE:
            edges.append(edge)
    printed = []
    for number, (borders, row) in enumerate(rows):
        cells = []
        for start, end, entry in zip(borders, borders[1:], row.iter("entry"), strict=False):
            column = _nearest(edges, start)
            cells.append(GridCell(_text(entry), number, column, 1, max(1, _nearest(edges, end) - column)))
        printed.append(tuple(cells))
    return Grid(tuple(printed), source="docbook")


def _borders(group: ElementTree.Element) -> list[float]:
    widths = [float((spec.get("colwidth") or "0").removesuffix("pt")) for spec in group.iter("colspec")]
    return [0.0, *accumulate(widths)]


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
