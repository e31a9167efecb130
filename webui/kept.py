"""A value made from the whole archive, kept until the archive changes."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from archive import Archive

T = TypeVar("T")


class Kept(Generic[T]):
    """Makes the value when it is first asked for and after a change. Safe to use from several threads."""

    def __init__(self, make: Callable[[Archive], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._held: tuple[int, T] | None = None

    def of(self, archive: Archive) -> T:
        """The value for `archive`, at most one change old while it is being made."""
        with self._lock:
            change = archive.last_change()
            if self._held is None or self._held[0] != change:
                self._held = (change, self._make(archive))
            return self._held[1]
