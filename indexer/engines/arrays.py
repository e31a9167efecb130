"""Named arrays in one file: written once, front to back, and read by mapping the file into memory.

The directory of names, types and places is JSON at the end of the file. Nothing here knows what the arrays mean.
"""

import json
import mmap
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]

_MAGIC: Final = b"gongkai-arrays-1"
_ALIGNED: Final = 64


class ArrayFileWriter:
    """Writes arrays into `path`, which appears only when everything has been written."""

    def __init__(self, path: Path, *, lasting: bool = True) -> None:
        """`lasting`: the file must survive a failure of the machine once it is closed; not needed of what is merged soon."""
        self._path = path
        self._lasting = lasting
        self._beside = path.with_suffix(".new")
        self._file = self._beside.open("wb")
        self._directory: dict[str, tuple[str, int, int]] = {}
        self._file.write(_MAGIC)

    def add(self, name: str, *pieces: Array) -> None:
        """One array, given in pieces that follow each other."""
        self.stream(name, pieces[0].dtype, pieces)

    def stream(self, name: str, kind: npt.DTypeLike, pieces: Iterable[Array]) -> None:
        """One array of type `kind`, whose pieces are made while it is written."""
        self._file.write(bytes(-self._file.tell() % _ALIGNED))
        start, dtype, count = self._file.tell(), np.dtype(kind), 0
        for piece in pieces:
            self._file.write(np.ascontiguousarray(piece, dtype).data)
            count += len(piece)
        self._directory[name] = (dtype.str, start, count)

    def close(self) -> None:
        """Writes the directory, and gives the file its name once it is safely on disk."""
        directory = json.dumps(self._directory).encode("ascii")
        self._file.write(directory + len(directory).to_bytes(8, "little") + _MAGIC)
        self._file.flush()
        if self._lasting:
            os.fsync(self._file.fileno())
        self._file.close()
        self._beside.replace(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self._file.close()
            self._beside.unlink(missing_ok=True)


def write_arrays(path: Path, arrays: Arrays, *, lasting: bool = True) -> None:
    """All of `arrays` in one file; `lasting` as for `ArrayFileWriter`."""
    with ArrayFileWriter(path, lasting=lasting) as file:
        for name, array in arrays.items():
            file.add(name, array)


def make_lasting(path: Path) -> None:
    """Sees to it that a file written without survives a failure of the machine."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def read_arrays(path: Path) -> Arrays:
    """The arrays of a file, mapped, not read. Raises `OSError`, or `ValueError` when the file is not whole."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    tail = len(mapped) - len(_MAGIC) - 8
    if tail < 0 or mapped[tail + 8 :] != _MAGIC or mapped[: len(_MAGIC)] != _MAGIC:
        raise ValueError(f"{path.name} is not a whole file of arrays")
    size = int.from_bytes(mapped[tail : tail + 8], "little")
    directory = json.loads(mapped[tail - size : tail])
    return {name: np.frombuffer(mapped, kind, count, start) for name, (kind, start, count) in directory.items()}


def json_array(value: object) -> Array:
    """A JSON value as an array of bytes."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)  # escapes take three times as long to read
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)


def json_value(array: Array) -> Any:
    """What `json_array` was given; tuples have become lists."""
    return json.loads(array.tobytes().decode("utf-8", "surrogatepass"))


def narrow(values: Array) -> Array:
    """Unsigned integers in the smallest type that holds them."""
    highest = int(values.max()) if len(values) else 0
    return values.astype(np.min_scalar_type(highest))


def offsets(counts: Array) -> Array:
    """Where each of several runs of so many entries begins, and behind the last where it ends."""
    found = np.zeros(len(counts) + 1, np.uint32)
    np.cumsum(counts, out=found[1:])
    return found


def runs(values: Array) -> Array:
    """The places where a new value begins in `values`, of which equal ones stand together."""
    if not len(values):
        return np.zeros(0, np.intp)
    changed = np.empty(len(values), bool)
    changed[0] = True
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed.nonzero()[0]


def sizes(begins: Array, end: int) -> Array:
    """How many entries each of several runs has that follow each other from the places `begins` to `end`."""
    counts = np.empty_like(begins)
    if len(begins):
        np.subtract(begins[1:], begins[:-1], out=counts[:-1])
        counts[-1] = end - begins[-1]
    return counts


def distinct(values: Array) -> Array:
    """Each value once, ascending. `np.unique` hashes integers, which takes fifty times as long for keys made by shifting."""
    ordered = np.sort(values)
    found: Array = ordered[runs(ordered)]
    return found


def spread(starts: Array, counts: Array) -> Array:
    """The numbers of all runs one after the other: `starts[i]`, `starts[i] + 1` … so many each."""
    ends = counts.cumsum(dtype=np.int64)
    found = np.arange(int(ends[-1]) if len(ends) else 0)
    found += (starts.astype(np.int64) - (ends - counts)).repeat(counts)
    return found
