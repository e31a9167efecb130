"""Documents that were once read wrong, cut down to what it took. Wordings are invented, layouts are those of real copies."""

import pytest

from corpus.model import Report
from corpus.parse.report import parse_document
from corpus.parse.sections import unswallow
from corpus.readers import TextBlock, read_document
from corpus.readers.markdown import read_markdown
from corpus.readers.plain import read_text

HEADER = ["申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
TITLE = "昆岚市财政局2023年政府信息公开工作年度报告\n\n一、总体情况\n\n情况如下。\n\n"
END = "\n\n五、存在的主要问题及改进情况\n\n公开不够及时。\n\n六、其他需要报告的事项\n\n无。\n"
SECTION = "三、收到和处理政府信息公开申请情况\n\n"


def read(text: str) -> Report:
    (report,) = parse_document(read_document((text + END).encode(), "case"), agency="昆岚市财政局", year=2023)
    return report


def row(report: Report, key: str, table: str = "applications") -> list[object]:
    return [cell.value if cell.value is not None else cell.state.value for cell in report.tables[table][key].values()]


def findings(report: Report) -> set[str]:
    return {finding.id for finding in report.findings}


def tabs(*rows: list[str]) -> str:
    return "\n".join("".join(f"\t{cell}\n" for cell in cells) for cells in rows)


TABLE_3 = SECTION + tabs(HEADER, ["一、本年新收政府信息公开申请数量", *"1000001"]) + "\n"
NEW, CARRIED, OUT = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理"


def test_a_page_number_between_rows_joins_no_rows() -> None:
    upper = tabs(HEADER, [NEW, *"1000001"], ["3.其他", *"0000000"])
    lower = tabs(["（七）总计", *"1000001"], [OUT, *"0000000"])
    report = read(f"{TITLE}{SECTION}{upper}\n\n— 4 —\n{lower}")
    assert row(report, "outcome_total") == [1, 0, 0, 0, 0, 0, 1]
    assert "p.row_missing:outcome_total" not in findings(report)


def test_words_in_a_stream_are_no_figures() -> None:
    stream = "\n\n".join([*HEADER, NEW, "1", "1", CARRIED, "三、本年", "度办理结", "果", "（一）予以公开", "1"])
    report = read(f"{TITLE}{SECTION}{stream}\n")
    assert row(report, "new_received") == ["absent"] * 7
    assert "p.columns_shifted:new_received" in findings(report)


def test_a_number_in_two_cells_beside_a_blank_one_is_unclear() -> None:
    rows = [[CARRIED, *["", "", "", "", "", "", "3"]], [OUT, *["", "", "", "", "", "", "2"]]]
    report = read(TITLE + SECTION + tabs(HEADER, [NEW, *["", "", "", "", "", "", "7", "6"]], *rows))
    assert row(report, "new_received") == ["absent"] * 7
    assert row(report, "carried_out")[-1] == 2
    assert "p.columns_shifted:new_received" in findings(report)


def test_a_number_in_two_cells_is_unclear_where_a_page_break_pads_other_rows() -> None:
    rows = [[NEW, *["", "", "", "", "", "", "4", "7"]], [CARRIED, *["", "", "", "", "", "", "0", ""]]]
    printed = [["", *HEADER[1:], ""], *rows, [OUT, *["", "", "", "", "", "", "0"]]]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in printed)
    report = read(f"{TITLE}{SECTION}\n<table>{table}</table>\n")
    assert row(report, "new_received") == ["absent"] * 7
    assert row(report, "carried_out")[-1] == 0


def test_a_short_row_of_blanks_states_no_blank_total() -> None:
    line = "| {} |  |  | " + " | ".join(["{}"] * 7) + " |"
    rows = [line.format(NEW, *["", "", "", "", "", "", "4"]), line.format(CARRIED, *["", "", "", "", "", "", "0"])]
    header = "|  |  |  | " + " | ".join(HEADER[1:]) + " |\n|" + "---|" * 10
    report = read("\n".join([TITLE, SECTION, header, *rows, f"| {OUT} |" + "  |" * 8, ""]))
    assert row(report, "carried_in")[-1] == 0
    assert row(report, "carried_out")[-1] == "absent"


def test_the_words_of_a_header_in_a_stream_give_no_order() -> None:
    scattered = [HEADER[0], "其他", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "总计"]
    report = read(TITLE + SECTION + "\n\n".join([*scattered, NEW, "5", "1", "0", "0", "0", "4", "10"]) + "\n")
    assert row(report, "new_received") == [5, 1, 0, 0, 0, 4, 10]
    assert "p.header_order:applications" in findings(report)


def test_a_label_behind_the_figures_is_not_that_of_the_figures() -> None:
    stream = [
        *HEADER, "（三）", "1.属于国", "不予公开", "家秘密", *"1000001",
        "其他法", "律行政法", "规禁止公", "开", *"2000002",
    ]  # fmt: skip
    report = read(TITLE + SECTION + "\n\n".join(stream) + "\n")
    assert row(report, "denied.state_secret")[0] in (1, "absent")
    assert row(report, "denied.law_prohibited")[0] in (2, "absent")


def test_figures_of_a_scattered_table_4_are_given_to_no_block() -> None:
    stream = ["行政复议", "行政诉讼", "未经复议直接起诉", "12", "3", "6", "2", "23", "复议后起诉"]
    report = read(
        f"{TITLE}{TABLE_3}四、政府信息公开行政复议、行政诉讼情况\n\n"
        + "\n\n".join(stream)
        + "\n\n五、存在的主要问题\n\n无。\n"
    )
    assert row(report, "suit_direct", "review") == ["absent"] * 5


def test_blank_cells_below_a_whole_header_are_blank() -> None:
    columns = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    tables = tabs(["行政复议"], columns, [""] * 5)
    report = read(f"{TITLE}{TABLE_3}四、政府信息公开行政复议、行政诉讼情况\n\n{tables}")
    assert row(report, "review", "review") == ["blank"] * 5


def test_an_empty_first_cell_of_pipes_without_a_leading_one() -> None:
    (grid,) = read_text("规章 | 件数 |\n制发 | 3 |\n废止 | 4 |\n | 5 |\n")
    assert [cell.text for cell in grid.rows[-1]] == ["", "5"]


def test_rows_of_tabs_alone_are_rows_of_blank_cells() -> None:
    (grid,) = read_text("一\t1\t2\t3\n二\t\t\t\n三\t4\t5\t6\n\t\t\t\n")
    assert [len(line) for line in grid.rows] == [4, 4, 4, 4]


def test_drawn_rules_print_nothing() -> None:
    blocks = read_text("规章      1    2\n--------- ---- ----\n文件      3    4\n")
    assert "---" not in "".join(block.text for block in blocks if isinstance(block, TextBlock))


def test_three_dashes_in_a_cell_stay() -> None:
    (grid,) = read_text("\t规章\n\t---\n\n\t文件\n\t3\n")
    assert [cell.text for line in grid.rows for cell in line] == ["规章", "---", "文件", "3"]


def test_markdown_with_markup_is_read_in_lines() -> None:
    text = (
        '<div class="main">\n\n# 昆岚市财政局2023年政府信息公开工作年度报告 {#id}\n\n</div>\n\n一、总体情况\n\n'
        "[概况](/a(1).html)见公告\\|附件。\n\n<table><tr><td>规章</td><td>3</td></tr></table>\n\n二、主动公开政府信息情况\n"
    )
    blocks = read_document(text.encode(), "a.md").blocks
    assert [b.text if isinstance(b, TextBlock) else [c.text for c in b.rows[0]] for b in blocks] == [
        "昆岚市财政局2023年政府信息公开工作年度报告",
        "一、总体情况",
        "概况见公告|附件。",
        ["规章", "3"],
        "二、主动公开政府信息情况",
    ]


def test_list_marks_go_and_signs_stay() -> None:
    found = [b.text for b in read_markdown("- 首页\n\n-   公开指南\n\n- 4 -\n\n-3\n") if isinstance(b, TextBlock)]
    assert found == ["首页", "公开指南", "- 4 -", "-3"]


@pytest.mark.parametrize("heading", ["其他需要报告的事项", "（六）其他需要报告的事项", "第六部分  其他需要报告的事项"])
def test_a_heading_at_the_end_of_a_paragraph_is_cut_off(heading: str) -> None:
    pieces = unswallow([TextBlock(f"下一步加强培训。{heading}")])
    assert [p.text for p in pieces if isinstance(p, TextBlock)] == ["下一步加强培训。", heading]


def test_a_last_sentence_without_full_stop_is_no_heading() -> None:
    block = TextBlock("下一步加强培训。我局将继续做好其他需要报告的事项的公开")
    assert unswallow([block]) == [block]


def test_a_menu_of_years_is_not_the_title_that_was_lost() -> None:
    menu = "".join(f"{year}年政府信息公开工作年度报告\n" for year in (2021, 2022, 2024, 2025))
    body = "一、总体情况\n\n2023年，我局主动公开政府信息120条。2023年没有收取费用，今后继续规范公开工作，接受公众监督和评议。\n\n"
    body += (
        SECTION
        + tabs(HEADER, [NEW, *"1000001"])
        + "\n五、存在的主要问题及改进情况\n\n2023年公开不够及时，今后将改进。\n\n六、其他需要报告的事项\n\n无。\n"
    )
    text = f"首页\n政府信息公开指南\n{menu}发布机构：昆岚市财政局\n成文日期：2024-01-20\n年昆岚市财政局政府信息公开工作年度报\n2023\n告\n"
    text += body
    (report,) = parse_document(read_document(text.encode(), "case"))
    assert (report.agency, report.year) == ("昆岚市财政局", 2023)


def test_a_date_below_the_table_of_2014_is_no_figure() -> None:
    rows = [
        ["统计指标", "单位", "统计数"],
        ["六、举报投诉数量", "件", "3"],
        ["接受培训人员数", "人次"],
        ["2017年1月25日"],
    ]
    report = read(
        "昆岚市财政局2016年政府信息公开工作年度报告\n\n一、概述\n\n无。\n\n"
        + "\n".join("  ".join(r) for r in rows)
        + "\n"
    )
    cells = report.tables.get("statistics", {})
    assert "2017年1月25日" not in [c.raw for line in cells.values() for c in line.values()]
