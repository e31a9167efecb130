"""Keeps bytes under their SHA-256. Knows nothing of reports or the catalog, and never changes what it once stored."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import ArchiveError

_TEMPORARY = ".tmp-"


class Originals:
    """A folder `ab/cdef…` of read-only files named by the digest of their bytes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        """Where the bytes of that digest are, or would be."""
        return self.root / sha256[:2] / sha256[2:]

    def store(self, data: bytes, sha256: str) -> bool:
        """Keeps `data`; `True` when it was not there yet. After the return the bytes survive a power failure.

        Written to a temporary name in the same folder, flushed, renamed, and the folder flushed; a file of the right
        name but another length (a damaged disk) is replaced.
        """
        target = self.path(sha256)
        try:
            if target.exists() and target.stat().st_size == len(data):
                return False
            _make_folder(target.parent)
            temporary = target.parent / f"{_TEMPORARY}{secrets.token_hex(8)}"
            _write_flushed(temporary, data)
            temporary.replace(target)
            _flush_folder(target.parent)
        except OSError as error:
            raise ArchiveError(
                f"The original {sha256[:12]}… could not be stored in {self.root}: {error.strerror}.",
                hint="Check free space and permissions of the home folder.",
            ) from error
        return True

    def read(self, sha256: str) -> bytes:
        """The bytes; `ArchiveError` when they are missing."""
        try:
            return self.path(sha256).read_bytes()
        except OSError as error:
            raise ArchiveError(
                f"The original {sha256[:12]}… cannot be read: {error.strerror}.", hint="Run `gongkai verify --full`."
            ) from error

    def digests(self) -> Iterator[str]:
        """The digests in the names of all stored files, in order."""
        for folder in sorted(p for p in self.root.iterdir() if p.is_dir()):
            for file in sorted(folder.iterdir()):
                if not file.name.startswith(_TEMPORARY):
                    yield folder.name + file.name

    def actual_digest(self, sha256: str) -> str:
        """The digest that the stored file really has. Raises `OSError` when it cannot be read."""
        with self.path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def remove_leftovers(self) -> int:
        """Deletes temporary files of runs that were cut off; the number of them. Only for the one writer."""
        leftovers = list(self.root.glob(f"*/{_TEMPORARY}*"))
        for file in leftovers:
            file.unlink(missing_ok=True)
        return len(leftovers)


def _write_flushed(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o444)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # elsewhere a folder cannot be opened, and the rename is journalled by the file system
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
