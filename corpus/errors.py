"""The tree of errors that stop work; everything raised on purpose below `webui/` descends from `GongkaiError`.

    GongkaiError                 code, message, hint
    ├── UsageError               the caller asked for something that cannot be (exit code 2, HTTP 400)
    │   └── QueryError           a request parameter with an unusable value
    ├── NotFoundError            nothing has that name (exit code 3, HTTP 404)
    │   └── WithdrawnError       it was there and was withdrawn (HTTP 410)
    ├── DocumentError            one document could not be used; the run goes on
    │   ├── ReadError            its bytes cannot be read as the format they claim
    │   └── NotAReportError      it was read and is no annual report
    └── ArchiveError             the home folder, catalog or index is unusable (exit code 3, HTTP 503)
        └── BusyError            another writer holds the archive

What is wrong *inside* a report (a sum that differs, a row that is missing) is never an error but a `Finding`.
"""

from collections.abc import Mapping
from types import MappingProxyType


class GongkaiError(Exception):
    """Base of every deliberate error: a stable `code`, one sentence of `message`, and a `hint` saying what to do."""

    code = "error"

    def __init__(self, message: str, *, hint: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(GongkaiError):
    """The request itself is wrong."""

    code = "usage"


class QueryError(UsageError):
    """A search parameter has a value that cannot be used."""

    code = "query"


class NotFoundError(GongkaiError):
    """Nothing has the name that was asked for."""

    code = "not_found"


class WithdrawnError(NotFoundError):
    """The report was withdrawn; `facts` are what its tombstone says, for people and programs."""

    code = "withdrawn"

    def __init__(self, message: str, *, hint: str = "", facts: Mapping[str, object] = MappingProxyType({})) -> None:
        super().__init__(message, hint=hint)
        self.facts = facts


class DocumentError(GongkaiError):
    """One document cannot be used; the run over the others goes on."""

    code = "document"


class ReadError(DocumentError):
    """The bytes cannot be read as a document."""

    code = "unreadable"


class NotAReportError(DocumentError):
    """The document was read and holds no annual report."""

    code = "not_a_report"


class ArchiveError(GongkaiError):
    """The archive's own files cannot be used."""

    code = "archive"


class BusyError(ArchiveError):
    """Another process is writing to this archive."""

    code = "busy"
