"""What a file is, by its first bytes and, where it is a zip file, by what is in it. Names and suffixes play no part."""

import io
import zipfile
from enum import Enum

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_LEADING = b" \t\r\n\x00\xef\xbb\xbf"
# Readers of PDF accept it anywhere in the first kilobyte; some servers put a line or a mark in front.
_PDF_SEARCHED = 1024


class Format(Enum):
    """Formats that are told apart; the value is what messages call them."""

    TEXT = "文本"
    DOCX = "Word（.docx）"
    DOC = "Word/WPS（.doc）"
    PDF = "PDF"
    RTF = "RTF"
    OFD = "OFD"
    SPREADSHEET = "Excel（.xlsx）"
    SLIDES = "PowerPoint（.pptx）"
    OPEN_DOCUMENT = "OpenDocument"
    EPUB = "EPUB"
    ZIP = "zip"
    OLE = "旧版 Office（OLE）"
    PNG = "PNG 图片"
    JPEG = "JPEG 图片"
    GIF = "GIF 图片"
    BMP = "BMP 图片"
    TIFF = "TIFF 图片"
    WEBP = "WebP 图片"
    RAR = "RAR"
    SEVEN_ZIP = "7-Zip"
    GZIP = "gzip"


IMAGES = frozenset({Format.PNG, Format.JPEG, Format.GIF, Format.BMP, Format.TIFF, Format.WEBP})

_MAGIC = (
    (b"{\\rtf", Format.RTF),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"\xff\xd8\xff", Format.JPEG),
    (b"GIF8", Format.GIF),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
    (b"Rar!\x1a\x07", Format.RAR),
    (b"7z\xbc\xaf\x27\x1c", Format.SEVEN_ZIP),
    (b"\x1f\x8b", Format.GZIP),
)
_PARTS = (
    ("word/", Format.DOCX),
    ("xl/", Format.SPREADSHEET),
    ("ppt/", Format.SLIDES),
)
_MIME_TYPES = {b"application/epub+zip": Format.EPUB, b"application/vnd.oasis.opendocument": Format.OPEN_DOCUMENT}


def format_of(data: bytes) -> Format:
    """The format of `data`; `Format.TEXT` for all that is no known binary format."""
    if data.startswith(b"PK\x03\x04"):
        return _zip_format(data)
    if data.startswith(_OLE):
        return Format.DOC if _WORD_STREAM in data else Format.OLE
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Format.WEBP
    if data.startswith(b"BM") and data[6:10] == b"\x00\x00\x00\x00":
        return Format.BMP
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.lstrip(_LEADING).startswith(b"%PDF-") or _is_late_pdf(data):
        return Format.PDF
    return Format.TEXT


def _is_late_pdf(data: bytes) -> bool:
    """Whether the head of a PDF stands behind something else; a text that only speaks of `%PDF-` has no such end."""
    return b"%PDF-" in data[:_PDF_SEARCHED] and b"%%EOF" in data[-2048:]


def _zip_format(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            mime = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, NotImplementedError):
        return Format.ZIP
    if "OFD.xml" in names:
        return Format.OFD
    if "[Content_Types].xml" in names:
        return next((kind for start, kind in _PARTS if any(n.startswith(start) for n in names)), Format.ZIP)
    return next((kind for start, kind in _MIME_TYPES.items() if mime.startswith(start)), Format.ZIP)
