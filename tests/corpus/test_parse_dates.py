"""Years, dates and statistical periods as they are printed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parse.dates import find_date, only_date, reporting_period, split_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年1月18日", "2024-01-18"),
        ("2024 年 1 月 18 日", "2024-01-18"),
        ("２０２４年１月１８日", "2024-01-18"),
        ("2024-01-18 10:30", "2024-01-18"),
        ("2024年1月18日 10:30", "2024-01-18"),
        ("2024/1/8", "2024-01-08"),
        ("2024.01.18", "2024-01-18"),
        ("2024——01——18", "2024-01-18"),
        ("二〇二四年一月十八日", "2024-01-18"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("二零二四年二月二十日", "2024-02-20"),
        ("发布于2024年1月8日上午", "2024-01-08"),
        pytest.param("2023年2月30日", None, id="no calendar has that day"),
        pytest.param("2023年2月30日，2023年3月1日", "2023-03-01", id="the next one is a day"),
        pytest.param("2024年1月", None, id="no day"),
        pytest.param("2024-01/18", None, id="mixed signs"),
        pytest.param("12024-01-18", None, id="part of a longer number"),
        pytest.param("——", None, id="dashes only"),
        pytest.param("", None, id="empty"),
    ],
)
def test_find_date(text: str, expected: str | None) -> None:
    assert find_date(text) == expected


def test_a_line_that_is_a_date() -> None:
    assert only_date(" （2024年1月18日） ") == "2024-01-18"
    assert only_date("昆岚市财政局2024年1月18日") is None
    assert split_date("昆岚市财政局  2024年1月18日") == ("昆岚市财政局", "2024-01-18")
    assert split_date("昆岚市财政局（2024年1月18日）") == ("昆岚市财政局", "2024-01-18")
    assert split_date("自2024年1月18日起施行") == ("自2024年1月18日起施行", None)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("统计期限自2023年1月1日起至2023年12月31日止", 2023),
        ("统计期限自2023年1月1日起，至12月31日止", 2023),
        ("（2023年1月1日—2023年12月31日）", 2023),
        pytest.param("自20231月1日至202312月31日", 2023, id="年 lost"),
        pytest.param("自二〇二三年一月一日起至十二月三十一日止", 2023, id="Chinese numerals"),
        pytest.param("自2022年1月1日至2023年12月31日", None, id="two years are no reporting year"),
        pytest.param("自2023年5月1日至2023年12月31日", None, id="part of a year"),
        pytest.param("无", None, id="none"),
    ],
)
def test_reporting_period(text: str, year: int | None) -> None:
    assert reporting_period(text) == year


@given(st.dates(min_value=date(2003, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    iso = str(day)
    year, month, number = iso.split("-")
    assert find_date(iso) == iso
    assert only_date(f"{year}年{int(month)}月{int(number)}日") == iso
