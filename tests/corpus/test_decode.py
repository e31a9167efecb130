"""Bytes to text: which label is believed, what happens to damaged bytes, and what is refused."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ReadError
from corpus.readers.decode import Decoded, decode

TEXT = (
    "昆岚市财政局2023年政府信息公开工作年度报告\n一、总体情况\n本机关全年主动公开政府信息12条，"
    "收到申请3件，均已按期办结。\n二、主动公开政府信息情况\n"
)
# 瀍 and 喆 are in GBK but not in GB2312, 𠮷 only in GB18030.
RARE = "瀍河回族区朱喆\n"
TRADITIONAL = "昆嵐市財政局2023年政府信息公開工作年度報告\n一、總體情況\n本機關全年主動公開政府信息12條。\n"


def page(text: str, charset: str | None) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}<title>年报</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding"),
    [
        pytest.param(TEXT.encode(), None, TEXT, "utf-8", id="utf8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), None, TEXT, "utf-8", id="utf8_bom"),
        pytest.param(
            codecs.BOM_UTF8 * 2 + TEXT.encode(), None, "\ufeff" + TEXT, "utf-8", id="second_bom_is_a_character"
        ),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None, TEXT, "utf-16-le", id="utf16_le_bom"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), None, TEXT, "utf-16-be", id="utf16_be_bom"),
        pytest.param(codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), None, TEXT, "utf-32-le", id="utf32_le_bom"),
        pytest.param(codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), None, TEXT, "utf-32-be", id="utf32_be_bom"),
        pytest.param(TEXT.encode("utf-16-le"), None, TEXT, "utf-16-le", id="utf16_without_bom"),
        pytest.param(TEXT.encode("utf-16-be"), None, TEXT, "utf-16-be", id="utf16_be_without_bom"),
        pytest.param(TEXT.encode("gbk"), None, TEXT, "gb18030", id="gbk_no_label"),
        pytest.param((TEXT + RARE).encode("gbk"), "gb2312", TEXT + RARE, "gb18030", id="gbk_labelled_gb2312"),
        pytest.param((TEXT + "𠮷").encode("gb18030"), "GBK", TEXT + "𠮷", "gb18030", id="four_bytes"),
        pytest.param(TRADITIONAL.encode("big5"), None, TRADITIONAL, "big5", id="big5_no_label"),
        pytest.param(TRADITIONAL.encode("big5"), "big5-hkscs", TRADITIONAL, "big5", id="big5_labelled"),
        pytest.param(TRADITIONAL.encode("big5"), "gb2312", TRADITIONAL, "big5", id="big5_labelled_gb2312"),
        pytest.param(TEXT.encode(), "gb2312", TEXT, "utf-8", id="utf8_labelled_gb2312"),
        pytest.param(TEXT.encode("gbk"), "utf-8", TEXT, "gb18030", id="gbk_labelled_utf8"),
        pytest.param(TEXT.encode("gbk"), "iso-8859-1", TEXT, "gb18030", id="gbk_labelled_latin1"),
        pytest.param(TEXT.encode("gbk"), "x-unknown", TEXT, "gb18030", id="label_nobody_knows"),
        pytest.param("财政局".encode("gbk"), None, "财政局", "gb18030", id="three_characters"),
        pytest.param(b"", None, "", "utf-8", id="empty"),
        pytest.param(b"plain ascii\r\n", "gb2312", "plain ascii\r\n", "utf-8", id="ascii_keeps_line_ends"),
    ],
)
def test_the_encoding_is_decided_by_the_bytes(data: bytes, declared: str | None, text: str, encoding: str) -> None:
    assert decode(data, declared=declared) == Decoded(text, encoding, 0)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "GB18030", "big5", "iso-8859-1", None])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_label_inside_the_page_never_makes_it_unreadable(charset: str | None, encoding: str) -> None:
    html = page(TEXT + RARE, charset)
    assert decode(html.encode(encoding)) == Decoded(html, encoding, 0)


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="big5">',
        "<META CHARSET=big5>",
        '<?xml version="1.0" encoding="big5"?>',
        "<meta name=a><meta charset='Big5'/>",
    ],
)
def test_a_declaration_is_found_in_the_head(declaration: str) -> None:
    html = f"{declaration}<p>{TRADITIONAL}</p>"
    assert decode(html.encode("big5")).encoding == "big5"


@pytest.mark.parametrize(("encoding", "cut"), [("gb18030", 1), ("utf-8", 1), ("utf-8", 2)])
def test_a_character_cut_at_the_end_costs_only_itself(encoding: str, cut: int) -> None:
    data = (TEXT + "局").encode(encoding)[:-cut]
    assert decode(data) == Decoded(TEXT + "\ufffd", encoding, 1)


def test_a_cut_page_that_declares_another_encoding_keeps_the_rest() -> None:
    html = page(TEXT + "局", "utf-8")
    data = html.encode("gbk")
    data = data[: data.rindex("局".encode("gbk")) + 1]
    decoded = decode(data)
    assert (decoded.encoding, decoded.damaged) == ("gb18030", 1)
    assert decoded.text == html[: html.rindex("局")] + "\ufffd"


def test_one_broken_byte_in_a_utf8_page_keeps_it_utf8() -> None:
    # Content systems cut the description of a page in the middle of a character.
    data = b'<meta charset="gb2312">' + "昆岚市".encode()[:-1] + b'">' + (TEXT * 2).encode()
    decoded = decode(data)
    assert (decoded.encoding, decoded.damaged) == ("utf-8", 1)
    assert decoded.text.endswith(TEXT)


def test_one_broken_byte_in_a_gbk_page_keeps_it_gbk() -> None:
    data = TEXT.encode("gbk") + b"\xff\n" + TEXT.encode("gbk")
    decoded = decode(data)
    assert (decoded.encoding, decoded.damaged) == ("gb18030", 1)
    assert decoded.text.startswith(TEXT) and decoded.text.endswith(TEXT)


def test_a_stray_zero_byte_is_damage_and_not_binary() -> None:
    data = (TEXT * 10).encode() + b"\0" + (TEXT * 10).encode()
    assert decode(data) == Decoded(TEXT * 10 + "\ufffd" + TEXT * 10, "utf-8", 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            bytes(range(256)) * 8,
            "内容是二进制数据，不是文本（2048 字节中有 8 个零字节、192 个控制字符）",
            id="all_bytes",
        ),
        pytest.param(b"\0" * 64, "内容是二进制数据，不是文本（64 字节中有 64 个零字节、0 个控制字符）", id="zeros"),
        pytest.param(
            b"\x01\x02\x03text", "内容是二进制数据，不是文本（7 字节中有 0 个零字节、3 个控制字符）", id="controls"
        ),
    ],
)
def test_binary_data_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data)
    assert caught.value.message == message
    assert caught.value.hint == "请另存为网页或文本后导入。"


chinese = st.text(st.characters(codec="gb2312", categories=["Lo", "Po", "Nd"]), max_size=60)


@given(chinese, st.sampled_from(["utf-8", "gb18030"]), st.sampled_from([None, "gb2312", "utf-8", "big5"]))
def test_every_chinese_text_survives(text: str, encoding: str, declared: str | None) -> None:
    full = TEXT + text
    assert decode(full.encode(encoding), declared=declared) == Decoded(full, encoding, 0)


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_read_error(data: bytes) -> None:
    try:
        decoded = decode(data)
    except ReadError as error:
        assert error.hint
    else:
        assert decoded.damaged <= decoded.text.count("\ufffd")
