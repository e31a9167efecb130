"""Looks into WARC files, plain or packed: every answered page as a document with its address and time.

Style sheets, scripts, fonts, pictures, redirects and repeated captures are no documents and are passed over.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from corpus.model import SourceProblem
from corpus.sources.found import Found, document, megabytes
from corpus.sources.limits import Limits

try:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed
except ImportError:  # the extra `harvest` is not installed
    ArchiveIterator, ArchiveLoadFailed = None, ValueError

_MAGIC = b"WARC/"
_GZIP = b"\x1f\x8b"
_FURNITURE = ("image/", "font/", "video/", "audio/", "text/css", "text/javascript", "application/javascript",
              "application/x-javascript", "application/font", "application/x-font", "application/json")  # fmt: skip
_NO_EXTRA = "这是 WARC 文件，读取它需要附加组件 harvest：请运行 pip install 'gongkai[harvest]' 后重新导入。"

# Beside its own, warcio raises what its parser happens to hit on damaged data.
_BROKEN = (ArchiveLoadFailed, zlib.error, ValueError, LookupError, AttributeError, TypeError, OSError, EOFError)


def is_warc(start: bytes) -> bool:
    """Whether data that begins like this (some hundred bytes) is a WARC file, plain or packed by gzip."""
    if start.startswith(_MAGIC):
        return True
    if not start.startswith(_GZIP):
        return False
    try:
        return zlib.decompressobj(31).decompress(start, 64).startswith(_MAGIC)
    except zlib.error:
        return False


@dataclass(slots=True)
class _Source:
    """A WARC file at a place, and how much may still be unpacked from it."""

    path: str
    member: str | None
    limits: Limits
    left: int

    def name(self, address: str) -> str:
        """The name of a record as it is written down."""
        return address if self.member is None else f"{self.member}!/{address}"


def open_warc(path: str, member: str | None, file: BinaryIO, limits: Limits) -> Iterator[Found]:
    """What the WARC `file` holds; a problem where it is broken, and one in its stead without the extra `harvest`."""
    source = _Source(path, member, limits, limits.unpacked_bytes)
    if ArchiveIterator is None:
        yield SourceProblem(path, member, _NO_EXTRA)
        return
    count = 0
    try:
        for record in ArchiveIterator(file, check_digests=True):
            count += 1
            if count > limits.members:
                yield SourceProblem(path, member, f"WARC 有超过 {limits.members} 条记录；请拆分。")
                return
            yield from _record(source, record)
            if source.left < 0:
                yield SourceProblem(
                    path, member, f"WARC 解压后超过 {megabytes(limits.unpacked_bytes)} 的上限；请拆分。"
                )
                return
    except _BROKEN as error:
        reason = str(error).strip()[:200] or type(error).__name__
        yield SourceProblem(path, member, f"WARC 文件在第 {count + 1} 条记录处损坏，其后没有读取：{reason}。")
        return
    if count == 0:
        yield SourceProblem(path, member, "WARC 文件是空的。")


def _record(source: _Source, record: Any) -> Iterator[Found]:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type not in ("response", "resource") or not address or _is_furniture(record):
        return
    name = source.name(address.strip("<>"))
    status = record.http_headers.get_statuscode() if record.http_headers is not None else "200"
    if status.startswith("3"):
        return
    if status != "200":
        yield SourceProblem(source.path, name, f"网站对该地址的回答是 HTTP {status}，没有正文可读。")
        return
    data = record.content_stream().read(source.limits.document_bytes + 1)
    source.left -= len(data)
    if len(data) > source.limits.document_bytes:
        limit = megabytes(source.limits.document_bytes)
        yield SourceProblem(source.path, name, f"该记录超过 {limit} 的上限，没有读取。")
    elif getattr(record.raw_stream, "limit", 0) > 0:
        yield SourceProblem(source.path, name, "该记录不完整（WARC 文件被截断），没有读取。")
    elif record.digest_checker is not None and record.digest_checker.passed is False:
        yield SourceProblem(source.path, name, "该记录的内容与其校验和不符，没有读取。")
    else:
        found = document(source.path, name, data, address if address.startswith(("http://", "https://")) else None)
        yield replace(found, retrieved_at=_seconds(record.rec_headers.get_header("WARC-Date")))


def _is_furniture(record: Any) -> bool:
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    kind = (headers.get_header("Content-Type") or "").strip().lower()
    return kind.startswith(_FURNITURE)


def _seconds(date: str | None) -> str | None:
    """A time of a record in UTC without parts of seconds."""
    if not date or len(date) < 20 or not date.endswith("Z"):
        return None
    return f"{date[:19]}Z"
