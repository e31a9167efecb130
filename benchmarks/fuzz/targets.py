"""What must hold for any bytes: only deliberate errors, and every place that is stated is where it says."""

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from corpus.errors import GongkaiError
from corpus.model import Report, SourceDocument
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.sources import Limits, iter_documents
from corpus.synthetic import generate, render

SMALL = Limits(document_bytes=1 << 20, container_bytes=1 << 20, members=50, unpacked_bytes=1 << 22)


def document(data: bytes) -> None:
    """Any bytes as a document."""
    try:
        reports = parse_document(read_document(data, "fuzz"))
    except GongkaiError:
        return
    for report in reports:
        hold(report)


def hold(report: Report) -> None:
    """Raises `AssertionError` where a place of the report is not where it says."""
    for section in report.sections:
        assert 0 <= section.start <= section.end <= len(report.text)
        for paragraph in section.paragraphs:
            assert report.text[paragraph.start : paragraph.end] == paragraph.text
    for table in report.tables.values():
        for row in table.values():
            for cell in row.values():
                if cell.start is not None and cell.end is not None:
                    assert report.text[cell.start : cell.end].strip() == cell.raw.strip(), cell


def word(data: bytes) -> None:
    """Any bytes as the body of a Word file, the first half as the document and the rest as its lists."""
    body, _, lists = data.partition(b"\x00\x00")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in word_parts().items():
            archive.writestr(name, part)
        archive.writestr("word/document.xml", body)
        if lists:
            archive.writestr("word/numbering.xml", lists)
    document(file.getvalue())


def word_parts() -> dict[str, bytes]:
    """The parts of a Word file but for its body and its lists."""
    rendering = render(generate(1, 1)[0], "docx")
    with zipfile.ZipFile(io.BytesIO(rendering.data)) as archive:
        names = [n for n in archive.namelist() if n not in ("word/document.xml", "word/numbering.xml")]
        return {name: archive.read(name) for name in names}


def container(data: bytes) -> None:
    """Any bytes as a file that is given: taken apart, and what is in it read."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        for found in iter_documents([Path(file.name)], limits=SMALL):
            if isinstance(found, SourceDocument):
                document(found.data)


TARGETS: dict[str, Callable[[bytes], None]] = {"document": document, "word": word, "container": container}
