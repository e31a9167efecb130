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

import numpy as np

from corpus.text import fold_text, folded_alone
from indexer.documents import Paragraph, SectionText
from indexer.engines.arrays import Array, offsets
from indexer.engines.told import Told, joins

_WIDE: Final = (("，", ","), ("：", ":"), ("；", ";"), ("（", "("), ("）", ")"), ("？", "?"), ("！", "!"))
_HIGHEST: Final = (1 << 31) - 1
"""The highest place in a report. Places are counted round behind it, so that paragraphs may come in any order."""
_WIDTHS: Final = "BHI"
_SIZES: Final = {"B": 1, "H": 2, "I": 4}


def text_bytes(source: SectionText, base: str) -> bytes:
    """`source` as bytes; `base` is its folded text as the segment has it."""
    kept, pieces = _differences(source.text)
    right = _restored(base, kept, pieces) == source.text
    return _told(source, len(base), kept, pieces) if right else _whole(source)


def _told(source: SectionText, size: int, kept: Sequence[int], pieces: str) -> bytes:
    """What differs from a folded text of so many characters, unless that takes more room than the text."""
    told = _numbers(kept) + _encoded(pieces)
    return _places(source) + told if len(told) <= 2 + size else _whole(source)


def _whole(source: SectionText) -> bytes:
    return _places(source) + _numbers(()) + zlib.compress(_encoded(source.text))


def _places(source: SectionText) -> bytes:
    """Where the paragraphs stand."""
    places, end = [], 0
    for paragraph in source.paragraphs:
        gap, size = (paragraph.start - end) & _HIGHEST, (paragraph.end - paragraph.start) & _HIGHEST
        places += [2 * gap + paragraph.joined, size]
        end = paragraph.end
    return _numbers(places)


def read_text(data: bytes, base: str, may_join: bool = True) -> SectionText:
    """What `text_bytes` was given. `may_join`: whether `base` may hold characters that fold together with the one before."""
    places, at = _read_numbers(data, 0)
    kept, at = _read_numbers(data, at)
    if not kept and at < len(data):
        text, folded = _decoded(zlib.decompress(data[at:])), None
    else:
        pieces = _decoded(data[at:])
        text = _restored(base, kept, pieces)
        folded = None if may_join and joins(base) else Told(base, kept, pieces, text)
    paragraphs, end = [], 0
    for gap, size in zip(places[::2], places[1::2], strict=True):
        start = (end + (gap >> 1)) & _HIGHEST
        end = (start + size) & _HIGHEST
        paragraphs.append(Paragraph(start, end, bool(gap & 1)))
    return SectionText(text, tuple(paragraphs), folded)


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
    highest = max(len(values), max(values, default=0))
    if highest < 256:
        return bytes((0, len(values), *values))
    width = "H" if highest < 1 << 16 else "I"
    return struct.pack(f"<B{1 + len(values)}{width}", _WIDTHS.index(width), len(values), *values)


def _read_numbers(data: bytes, at: int) -> tuple[Sequence[int], int]:
    """Numbers that begin at `at`, and where they end."""
    width = _WIDTHS[data[at]]
    if width == "B":
        end = at + 2 + data[at + 1]
        return data[at + 2 : end], end
    (count,) = struct.unpack_from(f"<{width}", data, at + 1)
    at += 1 + _SIZES[width]
    return struct.unpack_from(f"<{count}{width}", data, at), at + count * _SIZES[width]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


# --- many texts at once ----------------------------------------------------------------------------------------------

_SAME, _OTHER, _GONE, _HARD, _UNSEEN = range(5)
"""Of a character: its folded one tells it; another one stands in the folded text; nothing does; look at it in its text."""
_kinds: Final = np.full(1 << 16, _UNSEEN, np.uint8)
"""For each UTF-16 unit, as far as it was met."""
_wide_units: Final = np.arange(1 << 16, dtype=np.uint16)
_wide_units[[ord(narrow) for _, narrow in _WIDE]] = [ord(wide) for wide, _ in _WIDE]


def all_text_bytes(sources: Sequence[SectionText], bases: Array, starts: Array, sizes: Array) -> list[bytes]:
    """`text_bytes` of many texts. `bases`: the UTF-16 units of their folded texts, which begin at `starts`, so many each."""
    encoded = [source.text.encode("utf-16-le", "surrogatepass") for source in sources]
    units = np.frombuffer(b"".join(encoded), "<u2")
    ends = np.fromiter(map(len, encoded), np.int64, len(encoded)).cumsum() // 2
    begins = np.concatenate(([0], ends[:-1]))
    kinds = _kinds_of(units)
    gone = np.concatenate(([0], np.cumsum(kinds == _GONE)))
    easy = (ends - begins) - (gone[ends] - gone[begins]) == sizes
    owner = np.repeat(np.arange(len(sources)), ends - begins)
    same = np.flatnonzero(kinds == _SAME)
    place = same - gone[same] + (starts - begins + gone[begins])[owner[same]]
    wrong = _wide_units[bases[np.minimum(place, len(bases) - 1)]] != units[same]
    easy[owner[same[wrong]]] = False
    easy[owner[kinds == _HARD]] = False
    other = np.flatnonzero((kinds != _SAME) & easy[owner])
    first = np.ones(len(other), bool)  # whether a character begins a piece
    first[1:] = (np.diff(other) > 1) | (np.diff(owner[other]) > 0)
    where = np.flatnonzero(first)
    begin, sized = other[where], np.diff(where, append=len(other))
    end, held = begin + sized, offsets(np.bincount(owner[begin], minlength=len(sources)))
    before = np.concatenate(([0], end[:-1]))
    at_begin = held[:-1][held[:-1] < held[1:]]
    before[at_begin] = begins[owner[begin[at_begin]]]
    numbers = np.stack((begin - before, sized - (gone[end] - gone[begin]), sized), axis=1).reshape(-1).tolist()
    pieces = units[other].tobytes().decode("utf-16-le")
    at = np.concatenate(([0], np.cumsum(sized)))[held].tolist()
    held = (3 * held).tolist()
    told = []
    for n, (source, size) in enumerate(zip(sources, sizes.tolist(), strict=True)):
        if easy[n]:
            told.append(_told(source, size, numbers[held[n] : held[n + 1]], pieces[at[n] : at[n + 1]]))
        else:
            base = bases[int(starts[n]) :][:size].astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")
            told.append(text_bytes(source, base))
    return told


def _kinds_of(units: Array) -> Array:
    """The kind of each unit."""
    kinds = _kinds[units]
    unseen = units[kinds == _UNSEEN]
    if len(unseen):
        for unit in np.unique(unseen).tolist():
            _kinds[unit] = _kind(chr(unit))
        kinds = _kinds[units]
    return kinds


def _kind(char: str) -> int:
    folded = folded_alone(char)
    if folded is None or len(folded) > 1 or max(char, folded) > "\uffff" or "\ud800" <= char <= "\udfff":
        return _HARD
    if not folded:
        return _GONE
    return _SAME if _widened(folded) == char else _OTHER
