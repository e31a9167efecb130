"""Numbers in running text: what they are worth, when they only approximate, and what looks like one and is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parse.numerals import Numeral, find_numerals, parse_han, parse_number

UNITS = "件|条|宗"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("386", 386),
        ("１２", 12),
        ("1,204", 1204),
        ("1，204", 1204),
        ("1 204", 1204),
        ("3.0", 3),
        ("26.5", 26.5),
        ("26.4万", 264000),
        ("3亿", 300_000_000),
        ("2千", 2000),
        ("－2", -2),
        ("+3", 3),
        ("00012", 12),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百二", 120),
        ("一百二十三", 123),
        ("一千零一十", 1010),
        ("两千三百", 2300),
        ("一万二千", 12000),
        ("三亿零五万", 300_050_000),
        ("二〇二一", 2021),
        ("二○二一", 2021),
        ("零", 0),
        ("兩萬", 20000),
        ("叁拾伍", 35),
    ],
)
def test_a_number_is_read(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "件", "1,20", "12a", "三四", "十五六", "千百", "百百", "一二十", "万", "3.", "1-2", "一〇"]
)
def test_what_is_not_well_formed_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("申请386件", (Numeral(2, 6, 386), "件")),
        ("信息1,204条", (Numeral(2, 8, 1204), "条")),
        ("申请十二件", (Numeral(2, 5, 12), "件")),
        ("申请数12件", (Numeral(3, 6, 12), "件")),
        ("申请300余件", (Numeral(2, 7, 300, True), "件")),
        ("申请近300件", (Numeral(3, 7, 300, True), "件")),
        ("申请约三百件", (Numeral(3, 6, 300, True), "件")),
        ("申请300件以上", (Numeral(2, 8, 300, True), "件")),
        ("申请12件左右", (Numeral(2, 7, 12, True), "件")),
        ("信息26.4万条", (Numeral(2, 8, 264000, True), "条")),
        ("信息百余条", (Numeral(2, 5, 100, True), "条")),
        ("已完成12件", (Numeral(3, 6, 12), "件")),
    ],
)
def test_a_number_with_its_unit_is_found(text: str, expected: tuple[Numeral, str]) -> None:
    assert list(find_numerals(text, UNITS)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "第三十六条",  # an article of a law
        "第16条",
        "3至5件",  # a range
        "3-5件",
        "3、5件",  # a list
        "数十件",  # no number is said
        "十几件",
        "几十件",
        "每一件",
        "统一件",
        "三四件",  # three or four
        "386人次",  # another unit
        "12345678901234567件",  # longer than any count
    ],
)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    assert list(find_numerals(text, UNITS)) == []


_DIGIT = "零一二三四五六七八九"


def _spell(n: int) -> str:
    """The plain Chinese reading of 1–9999, with 零 for each gap."""
    out, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power % 10
        if digit:
            out += ("零" if gap and out else "") + _DIGIT[digit] + unit
            gap = False
        else:
            gap = True
    return out


@given(st.integers(1, 9999))
def test_the_written_out_number_is_read_back(n: int) -> None:
    assert parse_han(_spell(n)) == n


@given(st.integers(0, 10**12))
def test_separators_and_width_do_not_change_the_value(n: int) -> None:
    assert parse_number(f"{n:,}") == n
    assert parse_number("".join(chr(ord(c) + 0xFEE0) for c in str(n))) == n


@given(st.text(alphabet="0123456789.,，、 一二十百千万亿零〇件条余多约近第数几至-", max_size=40))
def test_any_text_is_accepted(text: str) -> None:
    parse_number(text)
    for numeral, unit in find_numerals(text, UNITS):
        assert 0 <= numeral.start < numeral.end <= len(text)
        assert unit in text[numeral.start : numeral.end]
