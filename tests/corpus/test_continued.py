"""Tables cut by the break of a page: one grid again where print or vocabulary leave no doubt, else as they are."""

from collections.abc import Sequence

from corpus.parse.continued import join_tables
from corpus.readers.blocks import Grid, GridCell, TextBlock

HEADER = ["申请人情况", "自然人", "商业企业", "总计"]


def grid(rows: Sequence[Sequence[str]], source: str = "pdf") -> Grid:
    return Grid(
        tuple(tuple(GridCell(text, r, c) for c, text in enumerate(row)) for r, row in enumerate(rows)), source=source
    )


def texts(block: object) -> list[list[str]]:
    assert isinstance(block, Grid)
    assert [cell.row for row in block.rows for cell in row] == [n for n, row in enumerate(block.rows) for _ in row]
    return [[cell.text for cell in row] for row in block.rows]


def test_a_repeated_header_goes() -> None:
    for source in ("pdf", "html"):
        upper = grid([HEADER, ["1.属于国家秘密", "1", "0", "1"]], source)
        lower = grid([HEADER, ["2.其他法律行政法规禁止公开", "2", "0", "2"]], source)
        (joined,) = join_tables([upper, lower])
        assert texts(joined) == [
            HEADER,
            ["1.属于国家秘密", "1", "0", "1"],
            ["2.其他法律行政法规禁止公开", "2", "0", "2"],
        ]


def test_text_between_keeps_tables_apart() -> None:
    blocks = [grid([HEADER]), TextBlock("说明。"), grid([HEADER])]
    assert join_tables(blocks) == blocks


def test_without_a_header_only_pages_of_one_width_go_on() -> None:
    upper, lower = grid([["1.属于国家秘密", "1"]]), grid([["2.重复申请", "2"]])
    assert len(join_tables([upper, lower])) == 1
    assert len(join_tables([upper, grid([["2.重复申请", "2", "3"]])])) == 2
    assert len(join_tables([grid([["1.属于国家秘密", "1"]], "html"), grid([["2.重复申请", "2"]], "html")])) == 2


def test_three_tables_of_table_4_stay_three() -> None:
    header = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    blocks = [grid([header, [str(n)] * 5], "html") for n in range(3)]
    assert join_tables(blocks) == blocks


def test_a_label_cut_by_the_break_is_whole() -> None:
    upper = grid([["6.属于四类过程性信", "3", "0", "3"]])
    lower = grid([["息", "", "", ""], ["7.属于行政执法案卷", "1", "0", "1"]])
    (joined,) = join_tables([upper, lower])
    assert texts(joined) == [["6.属于四类过程性信息", "3", "0", "3"], ["7.属于行政执法案卷", "1", "0", "1"]]


def test_figures_may_stand_in_the_second_half() -> None:
    (joined,) = join_tables([grid([["6.属于四类过程性信", "", ""]]), grid([["息", "3", "4"]])])
    assert texts(joined) == [["6.属于四类过程性信息", "3", "4"]]


def test_figures_in_both_halves_are_two_rows() -> None:
    (joined,) = join_tables([grid([["6.属于四类过程性信", "3", "4"]]), grid([["息", "5", "6"]])])
    assert texts(joined) == [["6.属于四类过程性信息", "3", "4"], ["", "5", "6"]]


def test_what_makes_no_label_stays_as_printed() -> None:
    (joined,) = join_tables([grid([["6.属于五类", "3"]]), grid([["什么信息", ""]])])
    assert texts(joined) == [["6.属于五类", "3"], ["什么信息", ""]]


def test_a_label_that_is_whole_takes_nothing_in() -> None:
    (joined,) = join_tables([grid([["（三）不予公开", ""]]), grid([["（四）无法提供", "2"]])])
    assert texts(joined) == [["（三）不予公开", ""], ["（四）无法提供", "2"]]


def test_a_group_cut_by_the_break_leaves_the_rows_alone() -> None:
    upper = Grid(
        ((GridCell("（四）无", 0, 0, 2), GridCell("1.本机关不掌握相关政府信息", 0, 1), GridCell("4", 0, 2)),),
        source="pdf",
    )
    lower = grid([["法提供", "2.没有现成信息需要另行制作", "5"]])
    (joined,) = join_tables([upper, lower])
    assert texts(joined) == [
        ["（四）无法提供", "1.本机关不掌握相关政府信息", "4"],
        ["", "2.没有现成信息需要另行制作", "5"],
    ]
