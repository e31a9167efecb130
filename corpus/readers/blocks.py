"""The one representation every reader ends in: an ordered list of paragraphs and grids, spans resolved."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A line or paragraph of text without line breaks. `level` is 1–6 for a heading marked as such, else 0."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell where it is printed: `row`/`column` are 0-based with spans resolved; it covers `rowspan` × `colspan`."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: per printed row its own cells in order (a spanned place belongs to the row that prints it)."""

    rows: tuple[tuple[GridCell, ...], ...]
    caption: str = ""
    source: str = ""
    """What kind of print it came from: `html`, `tabs`, `pipes`, `markdown` …"""


Block = TextBlock | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A document after reading: what is printed, in order, and what it says about itself.

    `meta` holds lower-cased names of the page's own metadata (`sitename`, `siteidcode`, `columntype`, `articletitle`,
    `pubdate`, `contentsource`, `title` for the HTML title, `breadcrumb`, and labelled values of a metadata block under
    their Chinese label, e.g. `发布机构`). `damaged` counts characters that could not be decoded.
    """

    blocks: tuple[Block, ...]
    media_type: str
    encoding: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
