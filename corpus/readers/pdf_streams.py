"""Looks at the compressed streams of a PDF before any library unpacks them: a small file must not fill the memory.

Pictures are left out: nothing unpacks them here.
"""

import re
import zlib

from corpus.errors import ReadError
from corpus.readers.limits import ReadLimits

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 2000
_PIECE = 1 << 20


def check_streams(data: bytes, name: str, limits: ReadLimits) -> None:
    """Raises `ReadError` when a stream, or all of them, unpack to more than the limits."""
    total = 0
    for match in _STREAM.finditer(data):
        start = match.end()
        header = data[max(0, match.start() - _DICTIONARY) : match.start()]
        header = header[header.rfind(b" obj") + 1 :]
        filters = header.count(b"/FlateDecode") + header.count(b"/Fl ") + header.count(b"/Fl/")
        if not filters or b"/Image" in header:
            continue
        size = _unpacked(memoryview(data)[start:], filters, limits.stream_bytes)
        total += size
        if size > limits.stream_bytes or total > limits.pdf_bytes:
            raise ReadError(
                f"{name}：PDF 中的数据解压后超过上限",
                hint="年度报告远小于此；请检查文件，或另存为网页、文本后导入。",
                code="too_large",
            )


def _unpacked(packed: memoryview, filters: int, limit: int) -> int:
    """How many bytes a stream unpacks to, at most a little more than `limit`; damaged data counts as far as it goes."""
    largest = 0
    source = bytes(packed[:limit])
    for _ in range(min(filters, 8)):
        out = bytearray()
        unpacker = zlib.decompressobj()
        try:
            while source and not unpacker.eof and len(out) <= limit:
                out += unpacker.decompress(source, _PIECE)
                source = unpacker.unconsumed_tail
        except zlib.error:
            pass
        largest = max(largest, len(out))
        if largest > limit or not out:
            break
        source = bytes(out)
    return largest
