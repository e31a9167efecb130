"""What the walk hands out, and how places are written down. Opens nothing."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.model import SourceDocument, SourceProblem


@dataclass(frozen=True, slots=True)
class RejectedDocument(SourceProblem):
    """A problem whose bytes are at hand: they are kept although nothing can be read from them.

    `document` is what to keep. For a broken member that could not be unpacked it is the container around it, so its
    `member` may differ from the problem's.
    """

    document: SourceDocument

    @property
    def sha256(self) -> str | None:
        """The digest of the bytes at the problem's own place; `None` when only a container around it could be read."""
        return self.document.sha256 if self.document.member == self.member else None


Found = SourceDocument | SourceProblem
Findings = Iterator[Found]


def shown(path: Path) -> str:
    """`path` as text that can be stored and printed; bytes that are no UTF-8 are written as `\\xNN`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def document(path: str, member: str | None, data: bytes, url: str | None) -> SourceDocument:
    """A document with its digest."""
    return SourceDocument(path, member, data, hashlib.sha256(data).hexdigest(), url)


def is_clutter(name: str) -> bool:
    """Whether a file or folder of that name is the system's own and no document (hidden, thumbnails)."""
    return name.startswith(".") or name in {"Thumbs.db", "ehthumbs.db", "desktop.ini", "__MACOSX"}


def megabytes(size: int) -> str:
    """A size for a message."""
    return f"{size / (1024 * 1024):.1f} MB"
