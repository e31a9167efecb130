"""Bracketed pinyin goes where a page is full of it, and stays everywhere else."""

import pytest

from corpus.readers.mirrors import without_pinyin


def test_a_polluted_page_is_cleaned() -> None:
    assert without_pinyin("统(tǒng)计(jì)报（bào）告(gào)总值(GDP)") == "统计报告总值(GDP)"


@pytest.mark.parametrize(
    "text", ["总值(GDP)增长", "云棠县财政局（以下简称本局）", "政府信息公开工作年度报告(ab)" + "政" * 60, ""]
)
def test_other_brackets_stay(text: str) -> None:
    assert without_pinyin(text) == text
