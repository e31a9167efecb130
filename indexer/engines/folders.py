"""The folders of an index on disk: `index-<n>/` beside each other, and the file `current` that names the one in use.

Swapping is one atomic rename of `current`. Nothing here knows what is inside a folder; callers hold the locks.
"""

import os
import re
import shutil
from pathlib import Path

_NAME = re.compile(r"index-([0-9]+)")
_UNFINISHED = "unfinished"


class IndexFolders:
    """The folders below `root`, which need not exist before something is written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pointer = root / "current"
        """The file that names the folder in use."""

    def current(self) -> Path | None:
        """The folder in use; `None` before the first."""
        try:
            name = self.pointer.read_text(encoding="ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        return self.root / name if _NAME.fullmatch(name) else None

    def create(self) -> Path:
        """A new, empty folder that is not yet in use."""
        taken = [int(found[1]) for p in self.root.iterdir() if (found := _NAME.fullmatch(p.name))]
        folder = self.root / f"index-{max(taken, default=0) + 1}"
        folder.mkdir()
        return folder

    def mark_unfinished(self, folder: Path) -> None:
        """Says that `folder` is being built and can be gone on with."""
        (folder / _UNFINISHED).touch()

    def unfinished(self) -> Path | None:
        """The newest folder that is not in use and was left unfinished."""
        found = [p for p in self.root.iterdir() if _NAME.fullmatch(p.name) and (p / _UNFINISHED).exists()]
        return max((p for p in found if p != self.current()), key=lambda p: int(p.name[6:]), default=None)

    def use(self, folder: Path) -> None:
        """Makes `folder` the one in use."""
        (folder / _UNFINISHED).unlink(missing_ok=True)
        beside = self.root / "current.new"
        with beside.open("w", encoding="ascii") as file:
            file.write(folder.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.pointer)

    def remove(self, folder: Path) -> None:
        """Removes `folder`; what another process holds open goes when it lets go."""
        shutil.rmtree(folder, ignore_errors=True)

    def remove_unused(self) -> None:
        """Removes every index folder but the one in use."""
        used = self.current()
        for folder in self.root.iterdir():
            if _NAME.fullmatch(folder.name) and folder != used:
                self.remove(folder)
