"""Opens the SQLite catalog: one connection per thread, transactions, migrations. Knows no table but `migrations`.

Write-ahead logging keeps readers going while a run writes. `synchronous` is FULL: an outcome that was printed, and a
change number that an index has seen, must still be true after a power failure.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from corpus.errors import ArchiveError

_BUSY_SECONDS = 30.0


class Catalog:
    """The catalog of one archive. Safe to use from many threads; every thread gets its own connection."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        try:
            _migrate(self._connection())
        except sqlite3.DatabaseError as error:
            self.close()
            raise ArchiveError(
                f"The catalog {path} cannot be used: {error}.", hint="Restore it from a backup, or name another --home."
            ) from error

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )  # fmt: skip
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            with self._guard:
                self._connections.append(connection)
            self._local.connection = connection
        return connection

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the catalog throughout. May be nested."""
        connection = self._connection()
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are all kept when the block ends, or none of them when it raises."""
        connection = self._connection()
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            _roll_back(connection)
            raise ArchiveError(
                f"The catalog {self.path} cannot be written: {error}.", hint="Check free space and permissions."
            ) from error
        except BaseException:
            _roll_back(connection)
            raise

    def close(self) -> None:
        """Closes the connections of all threads."""
        with self._guard:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()


def _migrate(connection: sqlite3.Connection) -> None:
    """Brings the tables up to date; each migration and the record of it in one transaction."""
    _use_write_ahead_log(connection)
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
    known = _migrations()
    done = {row["name"] for row in connection.execute("SELECT name FROM migrations")}
    if newer := done - set(known):
        raise ArchiveError(
            f"The catalog was made by a newer version of gongkai ({', '.join(sorted(newer))}).",
            hint="Install that version or a later one.",
        )
    for name, script in known.items():
        if name not in done:
            _apply(connection, name, script)


def _apply(connection: sqlite3.Connection, name: str, script: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while this one waited.
        if connection.execute("SELECT 1 FROM migrations WHERE name = ?", (name,)).fetchone() is None:
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute("INSERT INTO migrations (name) VALUES (?)", (name,))
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _migrations() -> dict[str, str]:
    folder = resources.files("archive.catalog").joinpath("migrations")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return {f.name.removesuffix(".sql"): f.read_text(encoding="utf-8") for f in files}


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Two processes that open a new catalog at once collide here without SQLite waiting, so this tries again."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
