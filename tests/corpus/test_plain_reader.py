"""Plain text and Markdown: grids by their marks, fragments put together, wrapped sentences joined."""

from corpus.readers.blocks import Grid, TextBlock
from corpus.readers.plain import read_text


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def only_grid(source: str) -> Grid:
    (grid,) = [b for b in read_text(source) if isinstance(b, Grid)]
    return grid


def test_a_cell_per_line_and_a_blank_line_after_each_row() -> None:
    assert texts(only_grid("\t规章\n\t0\n\t\n\n\t行政处罚\n\t12\n")) == [["规章", "0", ""], ["行政处罚", "12"]]


def test_a_label_broken_over_lines_is_one_cell() -> None:
    grid = only_grid("\t自然人\n\t商业\n\n企业\n\t（三）\n\n不予\n\n公开\n\t1.属于国家秘密\n\t0\n")
    assert texts(grid) == [["自然人", "商业企业", "（三）不予公开", "1.属于国家秘密", "0"]]


def test_a_heading_or_sentence_behind_the_table_is_no_fragment_of_it() -> None:
    blocks = read_text("\t行政强制\n\t0\n\n\n三、收到和处理政府信息公开申请情况\n\n\t自然人\n\t0\n")
    assert [type(b) for b in blocks] == [Grid, TextBlock, Grid]


def test_a_row_per_line_with_tabs() -> None:
    assert texts(only_grid("规章\t1\t0\t5\n行政规范性文件\t2\t\t9\n")) == [
        ["规章", "1", "0", "5"],
        ["行政规范性文件", "2", "", "9"],
    ]


def test_markdown_drops_the_separator_and_keeps_blank_cells() -> None:
    grid = only_grid("| 信息内容 | 本年制发件数 | |\n|:--|--:|---|\n| 规章 | 0 | |\n")
    assert texts(grid) == [["信息内容", "本年制发件数", ""], ["规章", "0", ""]]


def test_ragged_pipes_without_a_leading_pipe() -> None:
    grid = only_grid("第二十条第（六）项 | |||\n行政处罚 | 12 | ||\n")
    assert texts(grid) == [["第二十条第（六）项", "", "", ""], ["行政处罚", "12", "", ""]]


def test_pipes_with_every_cell_on_its_own_line_are_a_stream() -> None:
    grid = only_grid("| \n规章  | \n0  | \n0 | \n7 | \n| \n行政规范性文件 | \n1 |\n")
    assert grid.source == "stream"
    assert [c for row in texts(grid) for c in row] == ["规章", "0", "0", "7", "", "行政规范性文件", "1"]


def test_hard_wrapped_sentences_are_joined_without_a_space() -> None:
    sentence = "云棠县财政局认真贯彻落实有关要求，持续推进重点领域信息公开，不断提高公开质量和服务水平，" * 6
    wrapped = "\n".join(sentence[i : i + 30] for i in range(0, len(sentence), 30))
    (block,) = read_text(wrapped)
    assert block == TextBlock(sentence)


def test_paragraph_lines_stay_apart() -> None:
    assert len(read_text("云棠县财政局\n2023年政府信息公开工作年度报告\n\n一、总体情况\n本年度工作平稳。\n")) == 4


def test_markdown_headings_keep_their_level() -> None:
    assert read_text("## 一、总体情况\n\n**（一）主动公开**\n") == (
        TextBlock("一、总体情况", 2),
        TextBlock("（一）主动公开"),
    )


def test_a_piped_line_among_tabbed_ones_ends_their_table() -> None:
    """Found by fuzzing: the reader came back to the piped line for ever."""
    blocks = read_text("\t规章\n行政许可 | 3 |\n\t5\n")
    assert [block.source for block in blocks if isinstance(block, Grid)] == ["tabs", "pipes", "tabs"]
