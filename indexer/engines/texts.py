"""The original text of a section, told by what differs from its folded text, which the segment has anyway.

Most characters fold to themselves, and what is left of a full-width comma is nearly always one. So a text is kept as the
places where something else stands: so many characters as they are, so many of the folded ones left out, and what stands there
instead. Where that does not give the very same text, or takes more room, the text is kept whole, compressed.
"""

import re
import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from corpus.text import fold_text, folded_alone
from indexer.documents import Paragraph, SectionText
from indexer.engines.arrays import Array, offsets
from indexer.engines.strings import utf16
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
    places: list[int] = []
    last = 0
    for start, end, joined in source.paragraphs:
        places += (2 * ((start - last) & _HIGHEST) + joined, (end - start) & _HIGHEST)
        last = end
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
    if not values:
        return b"\0\0"
    highest = max(len(values), *values)
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
    """`text_bytes` of many texts. `bases`: the UTF-16 units of their folded texts, which begin at `starts`, so many each; between
    them are zeros."""
    originals = _Originals(sources)
    easy = originals.told_by(bases, sizes)
    differences = originals.differences(easy)
    told = []
    for n, (source, size) in enumerate(zip(sources, sizes.tolist(), strict=True)):
        if easy[n]:
            told.append(_told(source, size, *differences[n]))
        else:
            base = bases[int(starts[n]) :][:size].astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")
            told.append(text_bytes(source, base))
    return told


class _Originals:
    """Original texts one after the other: the UTF-16 units, the kind and the text of each, how many are gone before it."""

    def __init__(self, sources: Sequence[SectionText]) -> None:
        self.units, counts = utf16([source.text for source in sources])
        self.at = np.concatenate(([0], np.cumsum(counts)))
        self.owner = np.repeat(np.arange(len(sources)), counts)
        self.kinds = _kinds_of(self.units)
        self.gone = np.zeros(len(self.units) + 1, np.intp)
        np.cumsum(self.kinds == _GONE, out=self.gone[1:])

    def told_by(self, bases: Array, sizes: Array) -> Array:
        """Which texts' folded ones tell all characters that they should, one for one."""
        easy: Array = np.diff(self.at - self.gone[self.at]) == sizes
        kept, folded = self.kinds != _GONE, bases[bases != 0]
        if not easy.all():
            kept &= easy[self.owner]
            folded = folded[np.repeat(easy, sizes)]
        wrong = (self.kinds[kept] == _SAME) & (_wide_units[folded] != self.units[kept])
        for failed in (np.flatnonzero(kept)[wrong], self.kinds == _HARD):
            easy[self.owner[failed]] = False
        return easy

    def differences(self, wanted: Array) -> list[tuple[list[int], str]]:
        """The same as `_differences` of each text that is `wanted`; nothing of others."""
        other = np.flatnonzero((self.kinds != _SAME) & wanted[self.owner])
        owner = self.owner[other]
        first = np.ones(len(other), bool)  # whether a character begins a piece
        first[1:] = (np.diff(other) > 1) | (np.diff(owner) > 0)
        where = np.flatnonzero(first)
        begin, size, owner = other[where], np.diff(where, append=len(other)), owner[where]
        end = begin + size
        before = np.concatenate((self.at[:1], end[:-1]))
        new = np.flatnonzero(np.diff(owner, prepend=-1))
        before[new] = self.at[owner[new]]
        numbers = (
            np.stack((begin - before, size - (self.gone[end] - self.gone[begin]), size), axis=1).reshape(-1).tolist()
        )
        pieces = self.units[other].tobytes().decode("utf-16-le")
        held = offsets(np.bincount(owner, minlength=len(wanted)))
        chars = np.concatenate(([0], np.cumsum(size)))[held].tolist()
        return [
            (numbers[3 * low : 3 * high], pieces[start:stop])
            for (low, high), (start, stop) in zip(pairwise(held.tolist()), pairwise(chars), strict=True)
        ]


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
