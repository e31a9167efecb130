"""What is shown of a report, and what names its sections, as bytes and back: JSON, so that an index holds no code.

Rows of reports are compressed one by one, with what the vocabulary has in common with them: `report.row`, and beside it those
words, so that a segment is read by the words that it was written by.

`LAYOUT` names the shape of the whole index; one of another layout cannot be read and must be rebuilt.
"""

import json
import zlib
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np

from corpus.checks import check_kinds
from corpus.model import AgencyKind, Era
from corpus.vocabulary import PROBLEMS, REASON_KEYS
from indexer.documents import ReportRow, SectionRow
from indexer.engines.arrays import Array, Arrays
from indexer.engines.strings import Strings, build_strings

LAYOUT: Final = 3
_LISTS: Final = tuple(map(ReportRow._fields.index, ("reasons", "issues", "cites")))


@cache
def _common() -> bytes:
    """What rows are made of, the most frequent last."""
    from corpus.cited import known_cited  # here, for who only reads need not wait for the patterns of citations

    named = (
        "年度报告",
        "人民政府",
        "省",
        "市",
        "区",
        "县",
        "镇",
        "街道办事处",
        "委员会",
        "局",
        "年政府信息公开工作年度报告",
    )
    words = [
        *(problem.key for problem in PROBLEMS),
        *check_kinds(),
        *(cited.canonical for cited in known_cited()),
        *REASON_KEYS,
        *named,
        *AgencyKind,
        None,
        *Era,
    ]
    return _json(words)


@lru_cache(maxsize=1)
def _packer(words: bytes) -> Any:
    """Knows what rows are made of; copying it takes less time than to make another. Its window is not much larger than that."""
    return zlib.compressobj(6, zlib.DEFLATED, -12, 6, zlib.Z_DEFAULT_STRATEGY, words)


def build_rows(rows: Iterable[ReportRow]) -> dict[str, Array]:
    """The arrays of the rows of reports."""
    return _packed(map(_json, rows))


def _packed(rows: Iterable[bytes]) -> dict[str, Array]:
    made = []
    for row in rows:
        packer = _packer(_common()).copy()
        made.append(packer.compress(row) + packer.flush())
    return {**build_strings("report.row", made), "report.row_words": np.frombuffer(_common(), np.uint8)}


def of_today(arrays: Arrays) -> Arrays:
    """The arrays of rows, written anew when they were written by other words."""
    return arrays if arrays["report.row_words"].tobytes() == _common() else _packed(Rows(arrays).all())


class Rows:
    """The rows of a segment's reports."""

    def __init__(self, arrays: Arrays) -> None:
        self._words = arrays["report.row_words"].tobytes()
        self._rows = Strings(arrays, "report.row")

    def __getitem__(self, report: int) -> ReportRow:
        values: list[Any] = _value(self._unpacked(report))
        for place in _LISTS:
            values[place] = tuple(values[place])
        return ReportRow._make(values)

    def _unpacked(self, report: int) -> bytes:
        return zlib.decompressobj(-15, self._words).decompress(self._rows[report])

    def all(self) -> Iterable[bytes]:
        """Every row as it was before it was packed."""
        return map(self._unpacked, range(len(self._rows)))


def name_bytes(section: SectionRow) -> bytes:
    """What names a section, beside its place."""
    return _name_bytes(section.number, section.key, section.heading)


@lru_cache(maxsize=4096)
def _name_bytes(*name: str | int) -> bytes:
    return _json(name)


def read_name(ordinal: int, data: bytes) -> SectionRow:
    """What `name_bytes` was given, of the section at that place."""
    return SectionRow(ordinal, *_named(data))


@lru_cache(maxsize=1024)
def _named(data: bytes) -> tuple[int, str, str]:
    """What names a section; kept, because most reports name theirs alike."""
    number, key, heading = _value(data)
    return number, key, heading


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


_decode: Final = json.JSONDecoder().raw_decode


def _value(data: bytes) -> Any:
    return _decode(data.decode("utf-8", "surrogatepass"))[0]
