"""Reads a PDF page by page with pdfplumber: paragraphs and ruled tables in printed order. The only door to it.

Tables that go on over a page break are left as they are printed; the parser, which knows the forms, puts them together.
"""

import io
import logging
from collections.abc import Iterable

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from corpus.errors import ReadError
from corpus.readers.blocks import Document
from corpus.readers.foreign import reading
from corpus.readers.formats import Format
from corpus.readers.limits import READ_LIMITS, ReadLimits
from corpus.readers.pdf_lines import blocks_of
from corpus.readers.pdf_page import PageContent, read_page
from corpus.readers.pdf_streams import check_streams

MEDIA_TYPE = "application/pdf"
# Fonts that do not tell their characters leave nothing to read.
_MOSTLY = 0.2

# pdfminer reports every oddity of a file at level WARNING; what matters is said in findings.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(data: bytes, name: str, limits: ReadLimits = READ_LIMITS) -> Document:
    """The document in a PDF. Raises `ReadError` for one that is damaged, encrypted or beyond the limits.

    `meta` counts what could not be read: `image_pages` and `recognised_pages` (page numbers from 1), `damaged` glyphs.
    """
    check_streams(data, name, limits)
    with reading(name, Format.PDF.value, limits.seconds):
        pages = _pages(data, name, limits)
        blocks = blocks_of(pages)
    unknown = sum(page.unknown for page in pages)
    printed = sum(len(item.text) for page in pages for item in page.items if hasattr(item, "text"))
    if unknown > _MOSTLY * (printed + unknown):
        raise ReadError(
            f"{name}：PDF 的字体没有说明各字形是什么字，正文无法读取",
            hint="请另寻网页或 Word 版本，或用浏览器重新打印为 PDF。",
            code="no_text",
        )
    meta = {
        "image_pages": _numbers(page.is_image for page in pages),
        "recognised_pages": _numbers(page.is_recognised for page in pages),
        "damaged": str(unknown) if unknown else "",
    }
    return Document(tuple(blocks), MEDIA_TYPE, None, {key: value for key, value in meta.items() if value})


def _pages(data: bytes, name: str, limits: ReadLimits) -> list[PageContent]:
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise ReadError(f"{name}：PDF 已加密，需要密码", hint="请去掉密码后导入。", code="encrypted") from None
        raise
    with pdf:
        if len(pdf.pages) > limits.pages:
            raise ReadError(
                f"{name}：PDF 有 {len(pdf.pages)} 页，超过 {limits.pages} 页的上限",
                hint="年度报告只有几页到几十页；请确认文件，或拆分后导入。",
                code="too_many_pages",
            )
        found = []
        for page in pdf.pages:
            found.append(read_page(page))
            page.close()
        return found


def _numbers(flags: Iterable[bool]) -> str:
    """The numbers of the pages that have the flag, `1,2,5`."""
    return ",".join(str(n) for n, flag in enumerate(flags, 1) if flag)
