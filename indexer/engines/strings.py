"""Byte strings one after the other, and where each begins: `NAME` and `NAME.at`. Of strings that come again and again each is
kept once; `NAME.code` then says which one belongs to what. Nothing here knows what the strings mean."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np

from indexer.engines.arrays import Array, ArrayFileWriter, Arrays, narrow, offsets, spread

Key = TypeVar("Key")


class Numbers(dict[Key, int]):
    """Gives everything new the next number."""

    def __missing__(self, value: Key) -> int:
        number = self[value] = len(self)
        return number


def build_strings(name: str, values: Sequence[bytes]) -> dict[str, Array]:
    """The arrays of strings."""
    return {
        name: np.frombuffer(b"".join(values), np.uint8),
        f"{name}.at": offsets(np.fromiter(map(len, values), np.uint32, len(values))),
    }


def build_distinct(name: str, values: Iterable[bytes]) -> dict[str, Array]:
    """The arrays of strings that come again and again."""
    numbers: dict[bytes, int] = {}
    codes = [numbers.setdefault(value, len(numbers)) for value in values]
    return {**build_strings(name, list(numbers)), f"{name}.code": narrow(np.array(codes, np.uint32))}


def utf16(texts: Sequence[str]) -> tuple[Array, Array]:
    """The UTF-16 units of texts one after the other, and how many each has."""
    units = np.frombuffer("".join(texts).encode("utf-16-le", "surrogatepass"), "<u2")
    counts = np.fromiter(map(len, texts), np.intp, len(texts))
    if len(units) > counts.sum():  # characters of two units
        counts += [sum(char > "\uffff" for char in text) for text in texts]
    return units, counts


class Strings:
    """Strings by their numbers."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._bytes, self._at = arrays[name].data, arrays[f"{name}.at"].data

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._bytes[self._at[number] : self._at[number + 1]])

    def all(self) -> list[bytes]:
        """Every string, in order."""
        whole = bytes(self._bytes)
        return [whole[start:end] for start, end in pairwise(self._at.tolist())]


def merge_strings(file: ArrayFileWriter, name: str, sources: Sequence[Arrays], kept: Sequence[Array]) -> None:
    """Writes the strings of several segments as one; `kept`: per source, which are."""
    sizes = [np.diff(arrays[f"{name}.at"]) for arrays in sources]
    pieces = (
        arrays[name] if keep.all() else arrays[name][spread(arrays[f"{name}.at"][:-1][keep], size[keep])]
        for arrays, size, keep in zip(sources, sizes, kept, strict=True)
    )
    file.stream(name, np.uint8, pieces)
    file.add(f"{name}.at", offsets(np.concatenate([size[keep] for size, keep in zip(sizes, kept, strict=True)])))


def merge_distinct(file: ArrayFileWriter, name: str, sources: Sequence[Arrays], kept: Sequence[Array]) -> None:
    """The same for strings that come again and again."""
    numbers: dict[bytes, int] = {}
    codes = []
    for arrays, keep in zip(sources, kept, strict=True):
        values, code = Strings(arrays, name).all(), arrays[f"{name}.code"][keep]
        lookup = np.zeros(max(len(values), 1), np.uint32)
        used, first = np.unique(code, return_index=True)
        for old in used[np.argsort(first)].tolist():
            lookup[old] = numbers.setdefault(values[old], len(numbers))
        codes.append(lookup[code])
    for part, array in build_strings(name, list(numbers)).items():
        file.add(part, array)
    file.add(f"{name}.code", narrow(np.concatenate(codes)))
