"""Spans to columns: the table algorithm of HTML, and what happens to spans that no table can have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.grid import MAX_COLSPAN, MAX_COLUMNS, MAX_ROWSPAN, RawCell, build_grid, span

Place = tuple[str, int, int, int, int]


def places(rows: list[list[RawCell]], **options: object) -> list[list[Place]]:
    grid = build_grid(rows, **options)
    return [[(c.text, c.row, c.column, c.rowspan, c.colspan) for c in row] for row in grid.rows]


def columns(rows: list[list[RawCell]]) -> list[list[int]]:
    return [[cell.column for cell in row] for row in build_grid(rows).rows]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, 1),
        ("", 1),
        ("3", 3),
        (" 3 ", 3),
        ("+3", 3),
        ("3%", 3),
        ("3.7", 3),
        ("abc", 1),
        ("-2", 1),
        ("３", 1),  # full-width digits are no digits for HTML
        ("0", 0),
        (0, 0),
        (-1, 1),
        ("999999999999999999", MAX_COLSPAN),
        (10**9, MAX_COLSPAN),
    ],
)
def test_a_span_is_read_as_html_reads_it(value: str | int | None, expected: int) -> None:
    assert span(value, MAX_COLSPAN) == expected


def test_the_header_of_the_applications_table() -> None:
    rows = [
        [RawCell("勾稽", "3", "3"), RawCell("申请人情况", None, "7")],
        [RawCell("自然人", "2"), RawCell("法人或其他组织", None, "5"), RawCell("总计", "2")],
        [RawCell(name) for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
        [RawCell("一、本年新收", None, "3"), *(RawCell(str(n)) for n in range(7))],
    ]
    assert columns(rows) == [[0, 3], [3, 4, 9], [4, 5, 6, 7, 8], [0, 3, 4, 5, 6, 7, 8, 9]]


def test_group_cells_hang_down_over_their_rows() -> None:
    rows = [
        [RawCell("三、本年度办理结果", "4"), RawCell("（一）予以公开", None, "2"), RawCell("1")],
        [RawCell("（三）不予公开", "2"), RawCell("1.属于国家秘密"), RawCell("2")],
        [RawCell("2.其他法律行政法规禁止公开"), RawCell("3")],
        [RawCell("（七）总计", None, "2"), RawCell("6")],
    ]
    assert columns(rows) == [[0, 1, 3], [1, 2, 3], [2, 3], [1, 3]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([], [], id="no_rows"),
        pytest.param([[]], [[]], id="empty_row_keeps_its_number"),
        pytest.param(
            [[RawCell("a", "99")], [RawCell("b")]], [[("a", 0, 0, 2, 1)], [("b", 1, 1, 1, 1)]], id="clamped_to_the_rows"
        ),
        pytest.param(
            [[RawCell("a", "0"), RawCell("b")], [RawCell("c")], []],
            [[("a", 0, 0, 3, 1), ("b", 0, 1, 1, 1)], [("c", 1, 1, 1, 1)], []],
            id="zero_is_to_the_end",
        ),
        pytest.param(
            [[RawCell("a", None, "0"), RawCell("b")]],
            [[("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1)]],
            id="colspan_zero_is_one",
        ),
        pytest.param(
            [[RawCell("a", "abc", "3%"), RawCell("b")]], [[("a", 0, 0, 1, 3), ("b", 0, 3, 1, 1)]], id="bad_values"
        ),
        pytest.param(
            # The second row's wide cell runs into the column that hangs down from the first.
            [[RawCell("a"), RawCell("b", "2")], [RawCell("c", None, "2"), RawCell("d")]],
            [[("a", 0, 0, 1, 1), ("b", 0, 1, 2, 1)], [("c", 1, 0, 1, 2), ("d", 1, 2, 1, 1)]],
            id="overlap",
        ),
        pytest.param(
            [[RawCell("a")], [RawCell("b"), RawCell("c")]],
            [[("a", 0, 0, 1, 1)], [("b", 1, 0, 1, 1), ("c", 1, 1, 1, 1)]],
            id="ragged",
        ),
    ],
)
def test_odd_tables(rows: list[list[RawCell]], expected: list[list[Place]]) -> None:
    assert places(rows) == expected


def test_a_row_span_ends_with_its_row_group() -> None:
    rows = [[RawCell("head", "5"), RawCell("x")], [RawCell("a"), RawCell("b")], [RawCell("c"), RawCell("d")]]
    assert places(rows, breaks={0, 1}) == [
        [("head", 0, 0, 1, 1), ("x", 0, 1, 1, 1)],
        [("a", 1, 0, 1, 1), ("b", 1, 1, 1, 1)],
        [("c", 2, 0, 1, 1), ("d", 2, 1, 1, 1)],
    ]


def test_caption_and_source_are_carried() -> None:
    grid = build_grid([[RawCell("a")]], caption="表二", source="pipes")
    assert (grid.caption, grid.source) == ("表二", "pipes")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([[RawCell("x", str(MAX_ROWSPAN), str(MAX_COLSPAN))] * 50] * 400, id="every_cell_huge"),
        pytest.param([[RawCell("x", "65534")] * 900] + [[RawCell("y")]] * 5000, id="a_curtain_of_columns"),
        pytest.param([[RawCell("x", "2", "1000"), RawCell("y")]] * 5000, id="huge_in_each_row"),
    ],
)
def test_span_bombs_stay_within_the_limits(rows: list[list[RawCell]]) -> None:
    grid = build_grid(rows)
    assert all(cell.row + cell.rowspan <= len(rows) for row in grid.rows for cell in row)
    assert all(cell.column + cell.colspan <= MAX_COLUMNS or cell.colspan == 1 for row in grid.rows for cell in row)


colspans = st.sampled_from([None, "1", "2", "3", "0", "3%", "x", "-1"])
rowspans = st.one_of(colspans, st.just("70000"))
tables = st.lists(st.lists(st.builds(RawCell, st.just("c"), rowspans, colspans), max_size=5), max_size=6)


@given(tables)
def test_cells_keep_their_order_and_never_begin_on_one_another(rows: list[list[RawCell]]) -> None:
    grid = build_grid(rows)
    assert [len(row) for row in grid.rows] == [len(row) for row in rows]
    starts = [(cell.row, cell.column) for row in grid.rows for cell in row]
    assert starts == sorted(set(starts))
    covered: set[tuple[int, int]] = set()
    for row in grid.rows:
        for cell in row:
            # A cell starts at a place that no earlier cell covers.
            assert (cell.row, cell.column) not in covered
            covered.update(
                (r, cell.column + i) for r in range(cell.row, cell.row + cell.rowspan) for i in range(cell.colspan)
            )
