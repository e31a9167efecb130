"""Bytes → reports with their readings, in this process or another. Knows the parser, not the catalog.

This is the one border where an unexpected exception is caught: `guarded`.
"""

import json
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from archive.codec import reading_of, report_from_reading
from archive.model import OutcomeKind
from archive.stamp import parser_stamp
from corpus.errors import ArchiveError, DocumentError, NotAReportError
from corpus.model import Report
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.readers.blocks import Document, TextBlock
from corpus.readers.chrome_metadata import site_code
from corpus.site_codes import site_code_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hints:
    """What a person says about a document; it wins over what is printed."""

    agency: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document after reading, with all reports in it."""

    media_type: str
    encoding: str | None
    site_code: str | None
    reports: Sequence[Report]


@dataclass(frozen=True, slots=True)
class Reading:
    """One report as it will be kept: `body` is its JSON without the text."""

    report: Report
    body: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a worker hands back."""

    media_type: str
    encoding: str | None
    site_code: str | None
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document gave no reports. `detail` is the traceback of an error nobody expected."""

    kind: OutcomeKind
    message: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """A parser and its stamp. `parse` takes bytes, file name and hints; it must be a function of a module, so that it
    can be sent to another process, and raises `DocumentError` for what is no report."""

    stamp: str
    parse: Callable[[bytes, str, Hints], Parsed]


def corpus_reader() -> Reader:
    """The parser of this installation."""
    return Reader(parser_stamp(), parse_bytes)


def parse_bytes(data: bytes, name: str, hints: Hints) -> Parsed:
    """All reports in a document, by the parser of this installation. Raises `ReadError` and `NotAReportError`."""
    document = read_document(data, name)
    reports = parse_document(document, agency=hints.agency, year=hints.year)
    return Parsed(document.media_type, document.encoding, _site_code(document), reports)


def read_original(reader: Reader, original: Path, name: str, hints: Hints) -> ReadDocument | Failure:
    """The reports in a stored original, as they will be kept. Never raises for what is in the document."""
    return guarded(lambda: _read(reader, original.read_bytes(), name, hints))


def guarded(work: Callable[[], T]) -> T | Failure:
    """The result of `work`, or the failure that it ended in. What concerns the whole archive is still raised."""
    try:
        return work()
    except NotAReportError as error:
        return Failure(OutcomeKind.NOT_A_REPORT, str(error))
    except DocumentError as error:
        return Failure(OutcomeKind.FAILED, str(error))
    except ArchiveError:
        raise
    # One strange document must not end a run over thousands: whatever the parser did not foresee is named in the
    # outcome, and its traceback goes into the log of the run.
    except Exception as error:
        message = f"读取时发生未预料的错误 {type(error).__name__}：{error}（详情见运行日志）"
        return Failure(OutcomeKind.FAILED, message, traceback.format_exc())


def _read(reader: Reader, data: bytes, name: str, hints: Hints) -> ReadDocument:
    parsed = reader.parse(data, name, hints)
    readings = tuple(_reading(report) for report in parsed.reports)
    return ReadDocument(parsed.media_type, parsed.encoding, parsed.site_code, readings)


def _reading(report: Report) -> Reading:
    """The JSON, and the report that comes back from it: what is decided on is what is kept."""
    body = reading_of(report)
    text = body.pop("text")
    encoded = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Reading(report_from_reading({**json.loads(encoded), "text": text}), encoded)


def _site_code(document: Document) -> str | None:
    """From the page's own metadata, else as printed in its footer."""
    if code := site_code_of(document.meta):
        return code
    texts = (block.text for block in reversed(document.blocks) if isinstance(block, TextBlock))
    return next((code for text in texts if (code := site_code(text)) is not None), None)
