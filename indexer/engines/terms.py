"""Postings as arrays: which documents hold a term, and how often. Terms stand in the order of their bytes.

Arrays of one field, each name with the field's prefix: `terms` (`strings`), `posting_at` (where the postings of each begin),
`doc` (ascending within a term; `packed`) and `count`; where it is wanted `whole`, one bit a term.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

import numpy as np

from indexer.engines.arrays import Array, ArrayFileWriter, Arrays, narrow, offsets, runs, spread
from indexer.engines.counted import Counted
from indexer.engines.packed import Packed, packed_runs, stream_runs
from indexer.engines.strings import Numbers, Strings, build_strings

_PIECE = 1 << 20
"""Postings that are merged at a time."""


def term_bytes(text: str) -> bytes:
    """A term as it is stored."""
    return text.encode("utf-8", "surrogatepass")


def build_terms(prefix: str, documents: Iterable[Sequence[str]]) -> dict[str, Array]:
    """The arrays of a field from the words of each document."""
    numbers = Numbers[str]()
    held = list(documents)
    found = np.fromiter(map(numbers.__getitem__, chain.from_iterable(held)), np.intp)
    lengths = list(map(len, held))
    terms = sorted(numbers, key=term_bytes)
    rank = np.empty(len(terms), np.uint64)
    rank[np.fromiter((numbers[t] for t in terms), np.intp, len(terms))] = np.arange(len(terms), dtype=np.uint64)
    docs = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
    keys = rank[found] << np.uint64(32) | docs
    keys.sort()
    starts = runs(keys)
    counts = np.diff(starts, append=len(keys)).astype(np.uint32)
    postings = keys[starts]
    owners = np.bincount((postings >> np.uint64(32)).astype(np.intp), minlength=len(terms))
    return {
        **build_strings(f"{prefix}.terms", [term_bytes(term) for term in terms]),
        f"{prefix}.posting_at": (posting_at := offsets(owners)),
        **packed_runs(f"{prefix}.doc", len(lengths), postings.astype(np.uint32), posting_at[:-1]),
        f"{prefix}.count": narrow(counts),
    }


def build_whole(prefix: str, arrays: Arrays, is_whole: Callable[[str], bool]) -> dict[str, Array]:
    """The array that says which terms the segmenter does not cut, so that a query of them needs no dictionary."""
    flags = [is_whole(term.decode("utf-8", "surrogatepass")) for term in Terms(arrays, prefix).all_terms()]
    return {f"{prefix}.whole": _packed(np.array(flags, bool))}


def _packed(flags: Array) -> Array:
    return np.packbits(flags, bitorder="little")


class Terms:
    """The postings of one field of a segment."""

    def __init__(self, arrays: Arrays, prefix: str) -> None:
        self._terms = Strings(arrays, f"{prefix}.terms")
        self.posting_at = arrays[f"{prefix}.posting_at"]
        self.doc = Packed(arrays, f"{prefix}.doc")
        self.count = arrays[f"{prefix}.count"]
        self._whole = arrays.get(f"{prefix}.whole", np.zeros(0, np.uint8))

    def __len__(self) -> int:
        return len(self._terms)

    def term(self, number: int) -> bytes:
        """The term of that number."""
        return self._terms[number]

    def all_terms(self) -> list[bytes]:
        """Every term, in order."""
        return self._terms.all()

    def matching(self, pattern: str) -> dict[str, int]:
        """The terms that match the regular expression as a whole, and how many documents hold them."""
        lines = b"\n".join(self.all_terms()).decode("utf-8", "surrogatepass")
        words = [found.group() for found in re.finditer(f"^(?:{pattern})$", lines, re.MULTILINE)]
        numbers = {word: self.number(term_bytes(word)) for word in words}
        return {word: self._held(number) for word, number in numbers.items() if number is not None}

    def _held(self, number: int) -> int:
        """How many documents hold the term of that number."""
        return int(self.posting_at[number + 1] - self.posting_at[number])

    def place(self, term: bytes) -> int:
        """The number of the first term that is not before `term`."""
        return bisect_left(range(len(self)), term, key=self.term)

    def number(self, term: bytes) -> int | None:
        """The number of the term; `None` when no document holds it."""
        place = self.place(term)
        return place if place < len(self) and self.term(place) == term else None

    def is_whole(self, term: str) -> bool:
        """Whether the term is known to be one that the segmenter does not cut."""
        number = self.number(term_bytes(term))
        return number is not None and len(self._whole) > 0 and bool(self._whole[number >> 3] >> (number & 7) & 1)

    def whole(self) -> Array:
        """The same of every term, as flags."""
        return np.unpackbits(self._whole, count=len(self), bitorder="little").view(bool)

    def counted(self, term: str, size: int) -> Counted:
        """The same as one of the ways to say how often a document holds something; `size`: how many documents there are."""
        number = self.number(term_bytes(term))
        if number is None:
            return Counted.of(size, self.count[:0], self.count[:0])
        return Counted(size, partial(self.postings_of, number), self._held(number))

    def postings(self, term: str) -> tuple[Array, Array]:
        """The documents that hold the term, ascending, and how often."""
        number = self.number(term_bytes(term))
        return self.postings_of(number) if number is not None else (self.doc.slice(0, 0), self.count[:0])

    def postings_of(self, number: int) -> tuple[Array, Array]:
        """The postings of the term of that number."""
        start, end = int(self.posting_at[number]), int(self.posting_at[number + 1])
        return self.doc.slice(start, end), self.count[start:end]


def merge_terms(file: ArrayFileWriter, prefix: str, sources: Sequence[Arrays], renumber: Sequence[Array]) -> None:
    """Writes the field of several segments as one. `renumber`: per source the new number of each document, or -1."""
    fields = [Terms(arrays, prefix) for arrays in sources]
    lists = [field.all_terms() for field in fields]
    kept = [_kept(field, new >= 0) for field, new in zip(fields, renumber, strict=True)]
    left = [_held(field, keep) for field, keep in zip(fields, kept, strict=True)]
    numbers = Numbers[bytes]()
    found = [np.fromiter(map(numbers.__getitem__, terms), np.intp, len(terms)) for terms in lists]
    held = np.zeros(len(numbers), np.int64)
    for number, counts in zip(found, left, strict=True):
        held[number] += counts
    order = sorted(term for term, number in numbers.items() if held[number])
    by_rank = np.fromiter(map(numbers.__getitem__, order), np.intp, len(order))
    rank = np.zeros(len(numbers), np.int64)
    rank[by_rank] = np.arange(len(order))
    places = [rank[number] for number in found]
    begins = offsets(held[by_rank])
    if all(f"{prefix}.whole" in arrays for arrays in sources):
        whole = np.zeros(len(order), bool)
        for field, place, counts in zip(fields, places, left, strict=True):
            whole[place[counts > 0]] = field.whole()[counts > 0]
        file.add(f"{prefix}.whole", _packed(whole))
    for name, array in build_strings(f"{prefix}.terms", order).items():
        file.add(name, array)
    file.add(f"{prefix}.posting_at", begins)
    width = max(f.count.dtype for f in fields)
    merged = [
        _pieces(name, kind, fields, kept, left, places, begins, renumber)
        for name, kind in (("doc", np.dtype(np.uint32)), ("count", width))
    ]
    documents = sum(int((new >= 0).sum()) for new in renumber)
    stream_runs(file, f"{prefix}.doc", documents, merged[0])
    file.stream(f"{prefix}.count", width, (piece for piece, _ in merged[1]))


def _kept(field: Terms, alive: Array) -> Array | None:
    """Which postings are of documents that are `alive`; `None` when all are."""
    if alive.all():
        return None
    size = len(field.doc)
    parts = (field.doc.slice(n, min(n + _PIECE, size)) for n in range(0, size, _PIECE))
    return np.concatenate([np.zeros(0, bool), *(alive[part] for part in parts)])


def _held(field: Terms, keep: Array | None) -> Array:
    """How many postings of each term are kept."""
    if keep is None:
        return np.diff(field.posting_at).astype(np.int64)
    owner = np.repeat(np.arange(len(field)), np.diff(field.posting_at))
    return np.bincount(owner[keep], minlength=len(field))


def _pieces(
    name: str,
    kind: "np.dtype[np.generic]",
    fields: Sequence[Terms],
    kept: Sequence[Array | None],
    left: Sequence[Array],
    places: Sequence[Array],
    begins: Array,
    renumber: Sequence[Array],
) -> Iterator[tuple[Array, Array]]:
    """The merged documents or counts, some terms at a time, and where those of each term begin."""
    first = 0
    while first < len(begins) - 1:
        last = int(np.searchsorted(begins, int(begins[first]) + _PIECE, "right")) - 1
        last = max(last, first + 1)
        piece = np.empty(int(begins[last]) - int(begins[first]), kind)
        at = begins[first:last].astype(np.int64) - int(begins[first])
        free = at.copy()
        for field, keep, counts, place, new in zip(fields, kept, left, places, renumber, strict=True):
            alive = counts > 0
            numbers = np.flatnonzero(alive & (place >= first) & (place < last))
            if not len(numbers):
                continue
            low, high = int(numbers[0]), int(numbers[-1]) + 1
            start, end = int(field.posting_at[low]), int(field.posting_at[high])
            values = new[field.doc.slice(start, end)] if name == "doc" else field.count[start:end]
            target = place[numbers] - first
            piece[spread(free[target], counts[numbers])] = values if keep is None else values[keep[start:end]]
            free[target] += counts[numbers]
        yield piece, at
        first = last
