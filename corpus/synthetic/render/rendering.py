"""A truth → the bytes of a document in one of many layouts, with the truth that those bytes still hold."""

from dataclasses import dataclass
from random import Random

from corpus.synthetic.ledger import COLUMNS
from corpus.synthetic.render.characters import converted
from corpus.synthetic.render.damage import dropped_digits, with_entities, with_pinyin
from corpus.synthetic.render.digits import hand_of
from corpus.synthetic.render.docx import docx_document
from corpus.synthetic.render.grids import Grids
from corpus.synthetic.render.held import held
from corpus.synthetic.render.page import html_page
from corpus.synthetic.render.plain import plain_document
from corpus.synthetic.render.style import LAYOUTS, Style
from corpus.synthetic.truth import Place, SyntheticReport
from corpus.synthetic.wording import Print

_MEDIA_TYPES = {
    "text": ("txt", "text/plain"),
    "markdown": ("md", "text/markdown"),
    "html": ("html", "text/html"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@dataclass(frozen=True, slots=True)
class Rendering:
    """A document: bytes, file name, and what can still be read from it.

    A reader is right when it gives `held`; the figures in `lost` it must leave out or flag, never state otherwise than
    the truth did.
    """

    data: bytes
    filename: str
    media_type: str
    encoding: str
    layout: str
    style: Style
    held: SyntheticReport
    lost: frozenset[Place]

    @property
    def text(self) -> str:
        """The document as text. Raises `ValueError` for a Word file."""
        if self.style.container == "docx":
            raise ValueError("a Word file is no text")
        return self.data.decode(self.encoding)


def render(report: SyntheticReport, layout: str | Style, seed: int | str = 0) -> Rendering:
    """`report` printed in a named layout (a key of `LAYOUTS`) or any `Style`; the same arguments give the same bytes."""
    style = LAYOUTS[layout] if isinstance(layout, str) else layout
    rng = Random(f"{report.seed}|{seed}|{layout}")
    if style.dropped_digits:
        report = dropped_digits(report)
    labels = Print(report.era, rng if style.variants else None)
    hand = hand_of(style, rng)
    grids = Grids(report, style, labels, hand)
    lost: frozenset[Place] = frozenset()
    if style.container == "docx":
        data = docx_document(report, style, grids, rng)
    elif style.container == "html":
        data = _encoded(html_page(report, style, grids, rng), style, rng)
    else:
        document = plain_document(report, style, grids, rng)
        data, lost = _encoded(document.text, style, rng), document.lost
    if style.missing_cell and "applications" in report.tables:
        lost |= {Place("applications", "carried_out", column) for column in COLUMNS}
    if grids.split:
        lost |= {Place("applications", grids.split, column) for column in COLUMNS}
    extension, media_type = _MEDIA_TYPES[style.container]
    return Rendering(
        data=data,
        filename=f"{report.slug}.{extension}",
        media_type=media_type,
        encoding=style.encoding,
        layout=layout if isinstance(layout, str) else "",
        style=style,
        held=held(report, style, hand, lost),
        lost=lost,
    )


def _encoded(text: str, style: Style, rng: Random) -> bytes:
    """The document's text in the characters, line ends and encoding of the style."""
    text = converted(text, style.traditional)
    if style.pinyin:
        text = with_pinyin(text)
    if style.entities:
        text = with_entities(text, rng)
    return (text.replace("\n", "\r\n") if style.crlf else text).encode(style.encoding)
