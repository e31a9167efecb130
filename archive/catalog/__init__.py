"""The catalog in SQLite: the only SQL of the program. `Catalog` opens it, `read` asks it, `write` changes it,
`across` holds what ties reports together."""

from archive.catalog import across, read, write
from archive.catalog.connection import Catalog
from archive.catalog.lock import is_locked, writer_lock
from archive.catalog.rows import OriginalRow, ReportRow, SourceRow, VersionRow

__all__ = [
    "Catalog",
    "OriginalRow",
    "ReportRow",
    "SourceRow",
    "VersionRow",
    "across",
    "is_locked",
    "read",
    "write",
    "writer_lock",
]
