"""Bytes → `Document`. What the bytes are is decided by the bytes; the name only helps where they do not tell.

Plain text, Markdown, HTML, Word and PDF are read; other formats are named and kept as they are.
"""

import re
from dataclasses import replace

from corpus.errors import NotAReportError, ReadError
from corpus.readers.blocks import Block, Document, Grid, GridCell, TextBlock
from corpus.readers.decode import decode
from corpus.readers.formats import IMAGES, Format, format_of
from corpus.readers.html import read_html
from corpus.readers.limits import READ_LIMITS
from corpus.readers.markdown import is_markdown, is_mixed, read_markdown, read_mixed
from corpus.readers.mirrors import without_pinyin
from corpus.readers.pdf import read_pdf
from corpus.readers.plain import read_text
from corpus.readers.word import read_docx
from corpus.readers.word_legacy import read_doc, read_rtf

__all__ = ["Block", "Document", "Grid", "GridCell", "TextBlock", "read_document"]

TEXT_LIMIT = READ_LIMITS.text_bytes

_READERS = {Format.DOCX: read_docx, Format.DOC: read_doc, Format.PDF: read_pdf, Format.RTF: read_rtf}
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|tbody|tr|td|div|p|span|h[1-6]|br|font|article|section)\b[^<]*>",
    re.IGNORECASE,
)


def read_document(data: bytes, name: str) -> Document:
    """The document in `data`; `name` is used in messages only.

    Raises `ReadError` for bytes that cannot be read, `NotAReportError` for formats that are not read.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise ReadError(f"{name}：文件是空的", hint="请重新下载该文件。", code="empty")
    kind = format_of(data)
    if kind in _READERS:
        return _READERS[kind](data, name)
    if kind is not Format.TEXT:
        raise NotAReportError(f"{name}：{kind.value} 文件，本版本不读取其内容", hint=_advice(kind))
    if len(data) > TEXT_LIMIT:
        raise ReadError(
            f"{name}：文本有 {len(data):,} 字节，超过 {TEXT_LIMIT:,} 字节的上限",
            hint="年度报告远小于此；请确认文件，或拆分后导入。",
            code="too_large",
        )
    decoded = decode(data)
    text = without_pinyin(decoded.text)
    if is_mixed(text):
        document = Document(read_mixed(text), "text/markdown", decoded.encoding)
    elif _is_html(text):
        document = read_html(text, encoding=decoded.encoding)
    elif is_markdown(text):
        document = Document(read_markdown(text), "text/markdown", decoded.encoding)
    else:
        document = Document(read_text(text), "text/plain", decoded.encoding)
    if decoded.damaged:
        return replace(document, meta={**document.meta, "damaged": str(decoded.damaged)})
    return document


def _advice(kind: Format) -> str:
    if kind in IMAGES:
        return "原件已存档；图片中的数字不作识别（无 OCR），请另寻文字版本。"
    if kind in (Format.RAR, Format.SEVEN_ZIP, Format.GZIP):
        return "原件已存档；请解压后导入其中的文件。"
    return "原件已存档；请另存为网页、Word（.docx）、PDF 或文本后导入。"


def _is_html(text: str) -> bool:
    head = text[:4096]
    if re.match(
        r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|table|p|meta)\b",
        head,
        re.IGNORECASE | re.DOTALL,
    ):
        return True
    return len(_HTML.findall(text[:200_000])) >= 5
