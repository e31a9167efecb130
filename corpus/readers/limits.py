"""How much a reader takes on before it says that a document is too much. Only numbers, no behaviour."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What lies above a limit is a `ReadError` that names it; nothing is cut off in silence."""

    text_bytes: int = 20_000_000
    """Text that is parsed; the longest real report is a thousand times shorter."""
    word_part_bytes: int = 24 * MEGABYTE
    """One XML part of a Word file, unpacked; that of a report has well below one megabyte."""
    word_bytes: int = 48 * MEGABYTE
    """All XML parts of a Word file, unpacked."""
    pages: int = 500
    """Pages of a PDF; a report has three to thirty."""
    stream_bytes: int = 64 * MEGABYTE
    """One compressed stream of a PDF that is no image, unpacked."""
    pdf_bytes: int = 256 * MEGABYTE
    """All such streams of a PDF, unpacked."""
    seconds: int = 120
    """Computing time for one document in a foreign format, seconds of processor time."""


READ_LIMITS = ReadLimits()
