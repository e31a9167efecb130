"""What the fuzzer begins with: small documents of every format, written so that changed bytes still mean something."""

import io
import zipfile
from collections.abc import Iterator
from random import Random

from corpus.synthetic import LAYOUTS, SyntheticReport, generate, random_style, render
from corpus.synthetic.render import warc_of, zip_of


def seeds(target: str) -> Iterator[bytes]:
    """The first inputs of a target."""
    reports = generate(11, 12)
    if target == "word":
        yield from (_bodies(report) for report in reports)
    elif target == "container":
        renderings = [render(reports[0], name) for name in ("text_tabs", "html_bare", "docx")]
        yield from (zip_of(renderings), zip_of(renderings[:1], inside="a.zip"))
        yield from (warc_of(renderings), warc_of(renderings[:1], packed=False))
    else:
        yield from (render(report, name).data for report, name in zip(reports * 3, LAYOUTS, strict=False))
        yield from (render(report, random_style(Random(n))).data for n, report in enumerate(reports))
        yield from (plain_pdf(lines) for lines in (_LINES, _LINES[:3], ["a"]))


def _bodies(report: SyntheticReport) -> bytes:
    data = render(report, "docx_numbered").data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml") + b"\x00\x00" + archive.read("word/numbering.xml")


_LINES = ["2023 annual report", "Table", "1 2 3 4 5 6 7", "- 1 -"]


def plain_pdf(lines: list[str]) -> bytes:
    """A PDF whose objects are not packed: a page with lines of text and a ruled table."""
    text = "".join(f"BT /F1 12 Tf 72 {760 - 20 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines))
    rules = "".join(f"72 {600 - 20 * n} m 272 {600 - 20 * n} l S\n" for n in range(4))
    rules += "".join(f"{72 + 50 * n} 600 m {72 + 50 * n} 540 l S\n" for n in range(5))
    content = (text + rules).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + table + trailer
