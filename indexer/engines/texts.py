"""The original text of a section, told by what differs from its folded text, which the segment has anyway.

Most characters fold to themselves, and what is left of a full-width comma is nearly always one. So a text is kept as the
places where something else stands: so many characters as they are, so many of the folded ones left out, and what stands there
instead. Where that does not give the very same text, or takes more room, the text is kept whole, compressed.
"""

import re
import struct
import zlib
from collections.abc import Sequence
from typing import Final

from corpus.text import fold_text
from indexer.documents import Paragraph, SectionText

_WIDE: Final = (("，", ","), ("：", ":"), ("；", ";"), ("（", "("), ("）", ")"), ("？", "?"), ("！", "!"))
_HIGHEST: Final = (1 << 31) - 1
"""The highest place in a report. Places are counted round behind it, so that paragraphs may come in any order."""
_WIDTHS: Final = "BHI"
_SIZES: Final = {"B": 1, "H": 2, "I": 4}


def text_bytes(source: SectionText, base: str) -> bytes:
    """`source` as bytes; `base` is its folded text as the segment has it."""
    places, end = [], 0
    for paragraph in source.paragraphs:
        gap, size = (paragraph.start - end) & _HIGHEST, (paragraph.end - paragraph.start) & _HIGHEST
        places += [2 * gap + paragraph.joined, size]
        end = paragraph.end
    kept, pieces = _differences(source.text)
    told = _numbers(kept) + _encoded(pieces)
    if len(told) > 2 + len(base) or _restored(base, kept, pieces) != source.text:
        told = _numbers(()) + zlib.compress(_encoded(source.text))
    return _numbers(places) + told


def read_text(data: bytes, base: str) -> SectionText:
    """What `text_bytes` was given."""
    places, at = _read_numbers(data, 0)
    kept, at = _read_numbers(data, at)
    whole = not kept and at < len(data)
    text = _decoded(zlib.decompress(data[at:])) if whole else _restored(base, kept, _decoded(data[at:]))
    paragraphs, end = [], 0
    for gap, size in zip(places[::2], places[1::2], strict=True):
        start = (end + (gap >> 1)) & _HIGHEST
        end = (start + size) & _HIGHEST
        paragraphs.append(Paragraph(start, end, bool(gap & 1)))
    return SectionText(text, tuple(paragraphs))


class _Marks(dict[int, str]):
    """Code point → "-" for a character that its folded one tells, else "x"."""

    def __missing__(self, code: int) -> str:
        self[code] = mark = "-" if _widened(fold_text(chr(code))) == chr(code) else "x"
        return mark


_marks: Final = _Marks()
_OTHERS: Final = re.compile("x+")


def _differences(text: str) -> tuple[list[int], str]:
    """Where `text` is not what its folded text tells (characters before, folded ones left out, ones instead), and those."""
    numbers: list[int] = []
    pieces: list[str] = []
    end = 0
    for found in _OTHERS.finditer(text.translate(_marks)):
        piece = text[found.start() : found.end()]
        numbers += [found.start() - end, len(fold_text(piece)), len(piece)]
        pieces.append(piece)
        end = found.end()
    return numbers, "".join(pieces)


def _restored(base: str, kept: Sequence[int], pieces: str) -> str:
    base = _widened(base)
    if not kept:
        return base
    out: list[str] = []
    at = piece = 0
    for same, dropped, instead in zip(kept[::3], kept[1::3], kept[2::3], strict=True):
        out += (base[at : at + same], pieces[piece : piece + instead])
        at += same + dropped
        piece += instead
    return "".join((*out, base[at:]))


def _widened(text: str) -> str:
    for wide, narrow in _WIDE:
        text = text.replace(narrow, wide)
    return text


def _numbers(values: Sequence[int]) -> bytes:
    """Numbers, in front how many and the bytes of each."""
    highest = max(len(values), *values, 0)
    width = next(w for w in _WIDTHS if highest < 1 << 8 * _SIZES[w])
    return struct.pack(f"<B{1 + len(values)}{width}", _WIDTHS.index(width), len(values), *values)


def _read_numbers(data: bytes, at: int) -> tuple[tuple[int, ...], int]:
    """Numbers that begin at `at`, and where they end."""
    width = _WIDTHS[data[at]]
    (count,) = struct.unpack_from(f"<{width}", data, at + 1)
    at += 1 + _SIZES[width]
    return struct.unpack_from(f"<{count}{width}", data, at), at + count * _SIZES[width]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
