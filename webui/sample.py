"""The sample archive of `gongkai demo`: invented reports in the layouts of real ones, written as files and taken in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from corpus.synthetic import demo_archive

_MARK: Final = "SAMPLE"
_FILLING, _COMPLETE = "filling", "complete"


def is_sample(home: Path) -> bool:
    """Whether the archive in `home` is (or is becoming) the sample archive; the site then says so."""
    return (home / _MARK).exists()


def is_complete(home: Path) -> bool:
    """Whether the sample archive in `home` was filled to the end."""
    mark = home / _MARK
    return mark.exists() and mark.read_text(encoding="utf-8").strip() == _COMPLETE


def begin(home: Path) -> None:
    """Mark the archive as a sample before the first report is in it."""
    home.mkdir(parents=True, exist_ok=True)
    (home / _MARK).write_text(_FILLING + "\n", encoding="utf-8")


def finish(home: Path) -> None:
    """Mark the sample archive as filled."""
    (home / _MARK).write_text(_COMPLETE + "\n", encoding="utf-8")


def write_documents(folder: Path) -> Iterator[Path]:
    """The sample documents as files; files already there are written again alike."""
    for name, data in demo_archive():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        yield path
