"""The one-writer lock: an exclusive transaction on a SQLite file of its own, which the system drops with the process.

It guards runs and corrections against each other across processes; readers never touch it.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.errors import BusyError

_POLL_SECONDS = 0.1
_HINT = "Try again when it has finished."


@contextmanager
def writer_lock(path: Path, *, wait: bool = True, notify: Callable[[str], None] = lambda text: None) -> Iterator[None]:
    """Holds the lock for the length of the block. Taken elsewhere: says so once and waits, or raises `BusyError`."""
    with closing(_open(path)) as connection:
        told = False
        while not _try_lock(connection):
            if not wait:
                raise BusyError("Another process is writing to this archive.", hint=_HINT)
            if not told:
                notify("Another process is writing to this archive; waiting for it to finish.")
                told = True
            time.sleep(_POLL_SECONDS)
        yield


def is_locked(path: Path) -> bool:
    """Whether some process is writing now."""
    with closing(_open(path)) as connection:
        return not _try_lock(connection)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)


def _try_lock(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            return False
        raise
    return True
