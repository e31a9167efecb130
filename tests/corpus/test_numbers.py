"""Cell states: only what can mean nothing else is a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import CellState
from corpus.parse.numbers import is_data, read_cell

N, B, D, S, T = CellState.NUMBER, CellState.BLANK, CellState.DASH, CellState.SLASH, CellState.TEXT


@pytest.mark.parametrize(
    ("raw", "state", "value", "unit"),
    [
        ("0", N, 0, None),
        ("\u3000\u30000", N, 0, None),
        ("１２", N, 12, None),
        ("1 204", N, 1204, None),
        ("1,204", N, 1204, None),
        ("1，204，000", N, 1204000, None),
        ("3.0", N, 3, None),
        ("007", N, 7, None),
        ("4068.208", N, 4068.208, None),
        ("251000元", N, 251000, "元"),
        ("0件", N, 0, "件"),
        ("－2", N, -2, None),
        ("+3", N, 3, None),
        ("1\u200b2", N, 12, None),
        ("", B, None, None),
        (" \u00a0\u3000", B, None, None),
        ("/", S, None, None),
        ("＼", S, None, None),
        ("-", D, None, None),
        ("——", D, None, None),
        ("无", T, None, None),
        ("不适用", T, None, None),
        ("22（其中修订16件）", T, None, None),
        ("12%", T, None, None),
        ("12,34", T, None, None),
        ("1 2", T, None, None),
        ("十二", T, None, None),
        ("2 | 0", T, None, None),
    ],
)
def test_read_cell(raw: str, state: CellState, value: int | float | None, unit: str | None) -> None:
    printed = read_cell(raw)
    assert (printed.state, printed.value, printed.unit) == (state, value, unit)


@pytest.mark.parametrize(
    ("raw", "value"), [("增加3", 3), ("减少2", -2), ("减1", -1), ("无变化", 0), ("+3", 3), ("-2", -2)]
)
def test_changes_are_signed_words_only_where_the_column_says_so(raw: str, value: int) -> None:
    assert read_cell(raw, signed=True).value == value
    assert read_cell("增加3").state is T


@pytest.mark.parametrize("raw", ["", "0", "/", "—", "无", "22（其中修订16件）"])
def test_what_can_stand_in_a_figures_place(raw: str) -> None:
    assert is_data(raw)


@pytest.mark.parametrize("raw", ["1.属于国家秘密", "3. 其他", "2、重复申请", "自然人", "（七）总计", "１.属于国家秘密"])
def test_labels_are_no_figures(raw: str) -> None:
    assert not is_data(raw)


@given(st.integers(0, 10**9))
def test_every_way_to_print_a_count_reads_back(value: int) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in str(value))
    for raw in (str(value), f"{value:,}", f" {value}\u3000", wide, f"{value}件"):
        assert read_cell(raw).value == value


@given(st.text(max_size=20))
def test_reading_is_total_and_only_numbers_have_values(raw: str) -> None:
    printed = read_cell(raw)
    assert (printed.state is N) == (printed.value is not None)
