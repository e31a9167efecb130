"""PDF files at the borders, and what a real Chromium prints: every figure that the page holds is in the PDF."""

import os
import zlib
from pathlib import Path

import pytest

from benchmarks.fuzz.seeds import plain_pdf
from benchmarks.quality.chromium import program
from benchmarks.quality.judge import FLAGGED, MISSED, RIGHT, WRONG, judge
from benchmarks.quality.renderings import PDF, Task
from corpus.errors import ReadError
from corpus.parse.report import parse_document
from corpus.readers import Grid, TextBlock, read_document
from corpus.readers.limits import ReadLimits
from corpus.readers.pdf import read_pdf
from corpus.readers.pdf_glyphs import ideographs

needs_chromium = pytest.mark.skipif(
    program() is None and os.environ.get("CI") != "true", reason="No Chromium is installed: `apt-get install chromium`."
)
PRINTED = 6
PICTURE = b"q 595 0 0 842 0 0 cm /I Do Q"


def one_page(content: bytes, *, resources: bytes = b"<< >>", extra: bytes = b"", packed: bytes = b"") -> bytes:
    """A PDF of one page whose tables of places are left to be found by the reader."""
    head = packed or b"<< /Length %d >>" % len(content)
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
        + resources + b" >>\nendobj\n4 0 obj\n" + head + b"\nstream\n" + content + b"\nendstream\nendobj\n" + extra
        + b"trailer << /Root 1 0 R >>\n%%EOF\n"
    )  # fmt: skip


def scanned() -> bytes:
    image = (
        b"5 0 obj\n<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Length 1 >>\nstream\n\x80\nendstream\nendobj\n"
    )
    return one_page(PICTURE, resources=b"<< /XObject << /I 5 0 R >> >>", extra=image)


def test_lines_and_a_ruled_table() -> None:
    blocks = read_pdf(plain_pdf(["2023 annual report", "12 34"]), "a.pdf").blocks
    assert [b.text for b in blocks if isinstance(b, TextBlock)] == ["2023 annual report", "12 34"]
    (grid,) = [b for b in blocks if isinstance(b, Grid)]
    assert [len(row) for row in grid.rows] == [4, 4, 4]


def test_a_scan_is_recognised_and_its_figures_are_absent() -> None:
    document = read_document(scanned(), "扫描.txt")
    assert document.meta == {"image_pages": "1"}
    with pytest.raises(ReadError, match="扫描件") as caught:
        parse_document(document)
    assert caught.value.code == "scanned" and "--agency" in caught.value.hint
    (report,) = parse_document(document, agency="云棠县财政局", year=2023)
    assert {f.id for f in report.findings} >= {"p.pages_are_images", "p.table_missing:applications"}
    assert {c.state.value for row in report.tables["review"].values() for c in row.values()} == {"absent"}


@pytest.mark.parametrize("end", [40, 300, -30], ids=["head", "middle", "tail"])
def test_a_file_cut_off_is_named_or_read(end: int) -> None:
    try:
        read_pdf(plain_pdf(["text"])[:end], "年报.pdf")
    except ReadError as error:
        assert "年报.pdf" in error.message


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(ReadError) as caught:
        read_pdf(plain_pdf(["a"]), "a.pdf", ReadLimits(pages=0))
    assert caught.value.code == "too_many_pages"


@pytest.mark.parametrize("rounds", [1, 2])
def test_a_stream_that_unpacks_to_too_much_is_refused(rounds: int) -> None:
    data = b"0 " * 2_000_000
    for _ in range(rounds):
        data = zlib.compress(data)
    filters = b"[" + b"/FlateDecode " * rounds + b"]"
    packed = one_page(data, packed=b"<< /Length %d /Filter %s >>" % (len(data), filters))
    assert len(packed) < 30_000
    with pytest.raises(ReadError) as caught:
        read_pdf(packed, "a.pdf", ReadLimits(stream_bytes=1_000_000))
    assert caught.value.code == "too_large"


def test_a_page_that_takes_too_long_is_given_up() -> None:
    endless = b"".join(b"%d %d m %d %d l S\n" % (n % 500, n % 700, n % 300, n % 600) for n in range(200_000))
    with pytest.raises(ReadError) as caught:
        read_pdf(one_page(endless), "a.pdf", ReadLimits(seconds=1))
    assert caught.value.code == "too_slow"


HELVETICA = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def test_turned_glyphs_are_a_watermark_and_no_text() -> None:
    content = b"BT /F1 12 Tf 72 700 Td (kept) Tj ET BT /F1 40 Tf 0.87 0.5 -0.5 0.87 200 300 Tm (SECRET) Tj ET"
    assert read_pdf(one_page(content, resources=HELVETICA), "a.pdf").blocks == (TextBlock("kept"),)


def ruled(rules: str) -> list[int]:
    """The numbers of cells per row of the table that these rules enclose around six figures."""
    figures = "".join(f"BT /F1 9 Tf {90 + 60 * (n % 3)} {681 - 30 * (n // 3)} Td ({n}) Tj ET " for n in range(6))
    blocks = read_pdf(one_page((rules + figures).encode(), resources=HELVETICA), "a.pdf").blocks
    return [len(row) for grid in blocks if isinstance(grid, Grid) for row in grid.rows]


LEVEL = [f"70 {y} m 250 {y} l S " for y in (700, 670, 640)]
UPRIGHT = [f"{x} 640 m {x} 700 l S " for x in (70, 130, 190, 250)]


@pytest.mark.parametrize(
    "rules",
    [
        LEVEL + UPRIGHT,
        LEVEL + UPRIGHT[1:3],  # no rules at the sides
        LEVEL[:2] + [line.replace(" 640 m", " 630 m") for line in UPRIGHT],  # cut by the page: no rule at the end
        [f"70 {y} 180 0.6 re f " for y in (700, 670, 640)] + [f"{x} 640 0.6 60 re f " for x in (70, 130, 190, 250)],
        [f"{70 + n * 2} {y} 0.7 0.7 re f " for y in (700, 670, 640) for n in range(91)]
        + [f"{x} {640 + n * 2} 0.7 0.7 re f " for x in (70, 130, 190, 250) for n in range(31)],
        [f"{x} {y} 60 30 re S " for x in (70, 130, 190) for y in (640, 670)],
    ],
    ids=["lines", "open_sides", "cut", "thin_boxes", "dots", "boxes"],
)
def test_rules_of_every_kind_enclose_cells(rules: list[str]) -> None:
    assert ruled("".join(rules)) == [3, 3]


def test_a_frame_around_text_is_no_table() -> None:
    assert ruled("60 630 200 90 re S ") == []


@pytest.mark.parametrize(
    ("drawn", "printed"), [("⼈⺠政府⼯作", "人民政府工作"), ("门⼾⽹站", "门户网站"), ("２０２３年", "２０２３年")]
)
def test_radicals_are_the_ideographs_they_print(drawn: str, printed: str) -> None:
    assert ideographs(drawn) == printed


@needs_chromium
@pytest.mark.browser
@pytest.mark.parametrize("number", range(PRINTED))
def test_what_chromium_prints_comes_back(number: int, tmp_path: Path) -> None:
    task = Task(PDF, number)
    rendering = task.render()
    verdict = judge(rendering, task.report)
    (tmp_path / rendering.filename).write_bytes(rendering.data)
    assert verdict.faults == [] and verdict.cells[FLAGGED] == verdict.cells[WRONG] == verdict.cells[MISSED] == 0
    (report,) = parse_document(read_document(rendering.data, rendering.filename))
    places = [cell for rows in report.tables.values() for row in rows.values() for cell in row.values()]
    assert all(report.text[c.start : c.end] == c.raw for c in places if c.start is not None)
    assert verdict.cells[RIGHT] == len(places)
