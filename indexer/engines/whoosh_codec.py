"""A Whoosh codec whose segments are files of arrays: Whoosh's readers, matchers and searchers work on them unchanged.

A segment is written in one go from blocks (`whoosh_writer`), never document by document, so the codec only reads. To Whoosh
a document is a section, with two fields of words (`text`, `heading`); everything else in the file is ours.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import analysis, fields
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo

from indexer.engines.arrays import Array, read_arrays
from indexer.engines.segments import SegmentData

EXTENSION = ".seg"
FIELDS = ("text", "heading")


def schema() -> Any:
    """The schema of an index: words parted by spaces, with their number of occurrences."""
    return fields.Schema(**{name: fields.TEXT(analysis.SpaceSeparatedTokenizer(), phrase=False) for name in FIELDS})


class ArraySegment(base.Segment):  # type: ignore[misc]  # Whoosh has no types
    """What the table of contents knows of a segment. `synced`: the archive's change up to which the commit is."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self.synced = 0
        self._size = 0
        self._dead = b""
        """One bit a document that is deleted; empty when none is."""

    def codec(self) -> "ArrayCodec":
        return ArrayCodec()

    def path(self, folder: Path) -> Path:
        """The file of arrays; there is none for a segment without documents."""
        return folder / str(self.make_filename(EXTENSION))

    def set_doc_count(self, doccount: int) -> None:
        self._size = doccount

    def doc_count_all(self) -> int:
        return self._size

    def deleted_count(self) -> int:
        return int(np.bitwise_count(np.frombuffer(self._dead, np.uint8)).sum())

    def dead(self) -> Array:
        """Which documents are deleted, as flags."""
        if not self._dead:
            return np.zeros(self._size, bool)
        return np.unpackbits(np.frombuffer(self._dead, np.uint8), count=self._size).view(bool)

    def set_dead(self, dead: Array) -> None:
        """Says which documents are deleted."""
        self._dead = np.packbits(dead).tobytes() if dead.any() else b""

    def deleted_docs(self) -> Iterator[int]:
        return iter(np.flatnonzero(self.dead()).tolist())

    def is_deleted(self, docnum: int) -> bool:
        return bool(self.dead()[docnum])

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        dead = self.dead().copy()
        dead[docnum] = delete
        self.set_dead(dead)

    def should_assemble(self) -> bool:
        return False


class ArrayCodec(base.Codec):  # type: ignore[misc]  # Whoosh has no types
    """Opens segments of arrays for Whoosh."""

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(indexname)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> "ArrayTermsReader":
        return ArrayTermsReader(SegmentData(read_arrays(segment.path(Path(storage.folder)))))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> "ArrayDocumentReader":
        return ArrayDocumentReader(SegmentData(read_arrays(segment.path(Path(storage.folder)))), segment)


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """Terms and postings of a segment, as Whoosh asks for them."""

    def __init__(self, data: SegmentData) -> None:
        self._data = data

    def _postings(self, field: str, term: bytes) -> tuple[Array, Array]:
        """The postings of the term. Raises `KeyError` when it is not there."""
        number = self._data.words[field].number(term) if field in FIELDS else None
        if number is None:
            raise KeyError((field, term))
        return self._data.words[field].postings_of(number)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in FIELDS and self._data.words[field].number(text) is not None

    def indexed_field_names(self) -> list[str]:
        return sorted(FIELDS)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in self.indexed_field_names():
            for term in self._data.words[field].all_terms():
                yield field, term

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        words = self._data.words[fieldname]
        for number in range(words.place(prefix), len(words)):
            yield fieldname, words.term(number)

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        for field, term in self.terms():
            yield (field, term), self.term_info(field, term)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        for field, term in self.terms_from(fieldname, prefix):
            yield (field, term), self.term_info(field, term)

    def term_info(self, fieldname: str, text: bytes) -> Any:
        docs, counts = self._postings(fieldname, text)
        lengths = self._data.arrays[f"section.{fieldname}_words"][docs]
        return TermInfo(
            float(counts.sum(dtype=np.int64)), len(docs), int(lengths.min()), int(lengths.max()),
            float(counts.max()), int(docs[0]), int(docs[-1]),
        )  # fmt: skip

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self._postings(fieldname, text)[1].sum(dtype=np.int64))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._postings(fieldname, text)[0])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        docs, counts = self._postings(fieldname, text)
        weights = counts.astype(np.float64).tolist()
        info = self.term_info(fieldname, text)
        return ListMatcher(docs.tolist(), weights, None, format_, scorer, term=(fieldname, text), terminfo=info)

    def close(self) -> None:
        """The file goes with the last array that looks into it."""


class ArrayDocumentReader(base.PerDocumentReader):  # type: ignore[misc]  # Whoosh has no types
    """Numbers and lengths of a segment's documents, as Whoosh asks for them. Nothing is stored for Whoosh itself."""

    def __init__(self, data: SegmentData, segment: ArraySegment) -> None:
        self._data = data
        self._segment = segment

    def close(self) -> None:
        """The file goes with the last array that looks into it."""

    def doc_count(self) -> int:
        return self._segment.doc_count_all() - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return False

    def has_column(self, fieldname: str) -> bool:
        return False

    def _lengths(self, field: str) -> Array:
        return self._data.arrays[f"section.{field}_words"]

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._lengths(fieldname)[docnum]) if fieldname in FIELDS else default

    def field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).max(initial=0))

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        return False

    def stored_fields(self, docnum: int) -> dict[str, object]:
        return {}
