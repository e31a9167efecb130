"""Bytes → document → report at the borders: what is no report, what is cut off, what is too large, what is not read."""

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


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"\xd0\xcf\x11\xe0\xa1\xb1", b"PK\x03\x04....", b"\x89PNG\r\n", b"{\\rtf1"]
)
def test_formats_that_are_not_read_are_named(data: bytes) -> None:
    with pytest.raises(NotAReportError, match="本版本不读取"):
        read_document(data, "附件.bin")


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
