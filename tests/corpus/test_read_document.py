"""Bytes → document → report at the borders: what is no report, what is cut off, what is too large, what is not read."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from corpus.errors import NotAReportError, ReadError
from corpus.parse.report import parse_document
from corpus.readers import TEXT_LIMIT, read_document
from corpus.synthetic import generate, render

REPORT = generate(3, 1)[0]


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf"], ids=["nothing", "white_space", "only_a_mark"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read_document(data, "a.txt")
    assert caught.value.code == "empty"
    assert "a.txt" in caught.value.message


def packed(**parts: bytes) -> bytes:
    """A zip file with these members; `__` stands for a slash, `_` for a dot."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook".ljust(600), "旧版 Office"),
        (b"PK\x03\x04....", "zip"),
        (packed(OFD_xml=b"<ofd:OFD/>", Doc_0__Document_xml=b""), "OFD"),
        (packed(mimetype=b"application/vnd.oasis.opendocument.text"), "OpenDocument"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"\x1f\x8b\x08\x00", "gzip"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_formats_that_are_not_read_are_named(data: bytes, name: str) -> None:
    with pytest.raises(NotAReportError, match="本版本不读取") as caught:
        read_document(data, "附件.pdf")
    assert name in caught.value.message
    assert caught.value.hint.startswith("原件已存档")


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt", "a"])
def test_the_bytes_decide_what_a_file_is(name: str) -> None:
    word, page = render(REPORT, "docx").data, render(REPORT, "html").data
    assert read_document(word, name).media_type.endswith("wordprocessingml.document")
    assert read_document(page, name).media_type == "text/html"


def test_a_text_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ReadError) as caught:
        read_document("政".encode() * (TEXT_LIMIT // 3 + 1), "big.txt")
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    "text",
    [
        "今天天气很好。",
        "云棠县财政局政府信息公开指南\n一、公开范围\n二、公开方式\n本指南每年更新。",
        "关于做好2023年政府信息公开工作年度报告编制和发布工作的通知\n各乡镇人民政府：\n现将有关事项通知如下。",
        "我局发布2023年政府信息公开工作年度报告\n近日，云棠县财政局在门户网站公布年度报告，全文六个部分。",
    ],
    ids=["prose", "guide", "notice", "news"],
)
def test_pages_that_are_no_annual_report(text: str) -> None:
    with pytest.raises(NotAReportError):
        parse_document(read_document(text.encode(), "a.txt"))


def test_a_page_cut_off_within_a_character_is_read_and_says_so() -> None:
    data = render(REPORT, "html_gbk").data
    cut = next(
        n
        for n in range(len(data) * 2 // 3, len(data))
        if data[n - 1] > 0x80 and data[:n].decode("gb18030", "replace")[-1] == "\ufffd"
    )
    (report,) = parse_document(read_document(data[:cut], "a.html"))
    assert "p.text_damaged" in {f.id for f in report.findings}
    (whole,) = parse_document(read_document(data, "a.html"))
    assert "p.text_damaged" not in {f.id for f in whole.findings}


def test_what_a_person_says_wins_over_the_print() -> None:
    (report,) = parse_document(read_document(render(REPORT, "html").data, "a.html"), agency="望州市水利局", year=2011)
    assert (report.agency, report.year) == ("望州市水利局", 2011)
