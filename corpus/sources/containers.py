"""Looks into zip files: members as documents, nested zip and WARC files joined by `!/`. Unpacks in memory only, within limits."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from corpus.model import SourceDocument, SourceProblem
from corpus.sources.found import Found, RejectedDocument, document, is_clutter, megabytes
from corpus.sources.limits import Limits
from corpus.sources.warc import is_warc, open_warc

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1

# Everything zipfile and its decompressors raise on damaged or unusual data.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)

# A member of this name makes the zip a document of its own: OOXML, ODF and EPUB, OFD.
_DOCUMENT_MEMBERS = frozenset({"[Content_Types].xml", "mimetype", "OFD.xml", "META-INF/container.xml"})


def is_zip(start: bytes) -> bool:
    """Whether data that begins like this claims to be a zip file; names and suffixes play no part."""
    return start.startswith(_MAGIC)


@dataclass(slots=True)
class _Budget:
    """How much one container on disk may still unpack to."""

    left: int


@dataclass(slots=True)
class _Container:
    """A zip file at a place. `file` is read while the members are asked for."""

    path: str
    member: str | None
    file: BinaryIO
    size: int
    url: str | None
    limits: Limits
    budget: _Budget
    depth: int = 1
    _own: SourceDocument | None = None

    def inner_name(self, name: str) -> str:
        """The name of a member as it is written down."""
        return name if self.member is None else f"{self.member}!/{name}"

    def own_document(self) -> SourceDocument | None:
        """The container itself as a document; `None` when it is above the size limit of documents."""
        if self._own is None and self.size <= self.limits.document_bytes:
            self.file.seek(0)
            self._own = document(self.path, self.member, self.file.read(self.limits.document_bytes), self.url)
        return self._own

    def inside(self, member: str, data: bytes) -> "_Container":
        """The container that a member is."""
        file = io.BytesIO(data)
        return _Container(self.path, member, file, len(data), self.url, self.limits, self.budget, self.depth + 1)


def open_container(path: str, file: BinaryIO, size: int, url: str | None, limits: Limits) -> Iterator[Found]:
    """What is in the zip `file`: its members, or itself when it is a word processor's; a problem when it is broken."""
    yield from _contents(_Container(path, None, file, size, url, limits, _Budget(limits.unpacked_bytes)))


def member_name(info: zipfile.ZipInfo) -> str:
    """The stored name with `/`, decoded by the UTF-8 flag, else as GB18030.

    A backslash is turned after decoding: as a byte it can be the second half of a Chinese character.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        name = name.encode("cp437").decode("gb18030", "surrogateescape")
    name = name.replace("\\", "/").replace("\0", "")
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _contents(container: _Container) -> Iterator[Found]:
    try:
        archive = zipfile.ZipFile(container.file)
    except _BROKEN as error:
        yield _rejected(container, container.member, f"zip 文件已损坏：{_reason(error)}；请重新获取。")
        return
    with archive:
        entries = [(member_name(info), info) for info in archive.infolist()]
        if any(name in _DOCUMENT_MEMBERS for name, _ in entries):
            yield container.own_document() or _too_large(container)
            return
        entries = [(name, info) for name, info in entries if _is_content(name)]
        problem = _refusal(container, entries)
        if problem is not None:
            yield _rejected(container, container.member, problem)
            return
        for name, info in sorted(entries, key=lambda entry: entry[0]):
            yield from _member(container, archive, name, info)


def _is_content(name: str) -> bool:
    return not name.endswith("/") and not any(map(is_clutter, name.split("/")))


def _refusal(container: _Container, entries: list[tuple[str, zipfile.ZipInfo]]) -> str | None:
    """Why the container as a whole is not unpacked, if so."""
    limits = container.limits
    if container.depth > limits.depth:
        return f"zip 嵌套超过 {limits.depth} 层；请先解压。"
    if len(entries) > limits.members:
        return f"zip 内有 {len(entries)} 个文件，超过 {limits.members} 个的上限；请拆分。"
    if not entries:
        return "zip 文件是空的。"
    if all(info.flag_bits & _ENCRYPTED for _, info in entries):
        return "zip 文件已加密；请先解密。"
    return None


def _member(container: _Container, archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo) -> Iterator[Found]:
    member = container.inner_name(name)
    refusal = _member_refusal(container, info)
    if refusal is not None:
        yield _rejected(container, member, refusal)
        return
    try:
        with archive.open(info) as stream:
            data = stream.read(container.limits.document_bytes + 1)
    except _BROKEN as error:
        yield _rejected(container, member, f"zip 内的这个文件已损坏：{_reason(error)}。")
        return
    container.budget.left -= len(data)
    if len(data) > container.limits.document_bytes or container.budget.left < 0:
        yield _rejected(container, member, "zip 内的这个文件解压后超过上限，没有读取。")
    elif is_zip(data):
        yield from _contents(container.inside(member, data))
    elif is_warc(data[:512]):
        yield from open_warc(container.path, member, io.BytesIO(data), container.limits)
    else:
        yield document(container.path, member, data, container.url)


def _member_refusal(container: _Container, info: zipfile.ZipInfo) -> str | None:
    limits = container.limits
    if stat.S_ISLNK(info.external_attr >> 16):
        return "zip 内的这个文件是符号链接（symbolic link），不予跟随。"
    if info.flag_bits & _ENCRYPTED:
        return "zip 内的这个文件已加密；请先解密。"
    if info.file_size > limits.document_bytes:
        return f"zip 内的这个文件有 {megabytes(info.file_size)}，超过 {megabytes(limits.document_bytes)} 的上限。"
    if info.file_size > limits.ratio_floor and info.file_size > limits.ratio * max(info.compress_size, 1):
        return f"zip 内的这个文件解压后超过压缩时的 {limits.ratio} 倍，没有解压。"
    if info.file_size > container.budget.left:
        return f"zip 解压后超过 {megabytes(limits.unpacked_bytes)} 的上限；请先解压。"
    return None


def _rejected(container: _Container, member: str | None, message: str) -> SourceProblem:
    own = container.own_document()
    if own is None:
        return SourceProblem(container.path, member, message)
    return RejectedDocument(container.path, member, message, own)


def _too_large(container: _Container) -> SourceProblem:
    limit = megabytes(container.limits.document_bytes)
    return SourceProblem(
        container.path, container.member, f"文件有 {megabytes(container.size)}，超过 {limit} 的上限，没有读取。"
    )


def _reason(error: BaseException) -> str:
    return str(error).rstrip(".") or type(error).__name__
