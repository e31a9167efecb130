"""Chrome and metadata around a report: every pattern with its examples, and whole pages before and after."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.blocks import Block, Grid, TextBlock
from corpus.readers.chrome import strip_chrome
from corpus.readers.chrome_metadata import harvest
from corpus.readers.chrome_patterns import (
    Place,
    chrome_place,
    chrome_vocabulary,
    crumb_path,
    flat,
    is_opening_heading,
    is_section_heading,
    is_title,
)
from corpus.readers.grid import RawCell, build_grid

LINES = chrome_vocabulary().lines
LANDMARKS = chrome_vocabulary().landmarks

TITLE = "昆岚市财政局2023年政府信息公开工作年度报告"
SENTENCE = "本机关认真贯彻落实条例要求，持续推进重点领域信息公开，不断提高公开质量和服务水平。"
HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
BODY = [line for heading in HEADINGS for line in (heading, SENTENCE)]
REPORT = [TITLE, *BODY]


def grid(*rows: Sequence[str]) -> Grid:
    return build_grid([[RawCell(text) for text in row] for row in rows])


def blocks(*parts: str | Sequence[str] | Grid) -> list[Block]:
    """Text blocks from lines and lists of lines; grids stay."""
    found: list[Block] = []
    for part in parts:
        if isinstance(part, Grid):
            found.append(part)
        else:
            found.extend(TextBlock(line) for line in ([part] if isinstance(part, str) else part))
    return found


def stripped(*parts: str | Sequence[str] | Grid) -> list[str | Grid]:
    kept, _ = strip_chrome(blocks(*parts), {})
    return [block if isinstance(block, Grid) else block.text for block in kept]


def learned(*parts: str | Sequence[str] | Grid, **known: str) -> dict[str, str]:
    return strip_chrome(blocks(*parts), known)[1]


# --- the vocabulary -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", LINES, ids=lambda p: p.name)
def test_every_line_pattern_matches_its_examples_and_keeps_the_rest(pattern: object) -> None:
    (entry,) = [p for p in LINES if p is pattern]
    assert [line for line in entry.matches if not entry.pattern.fullmatch(flat(line))] == []
    assert [line for line in entry.matches if chrome_place(line) is None] == []
    assert entry.matches and entry.keeps


@pytest.mark.parametrize("line", [line for entry in LINES for line in entry.keeps])
def test_no_pattern_takes_a_line_of_a_report(line: str) -> None:
    assert chrome_place(line) is None


@pytest.mark.parametrize("name", ["title", "section", "opening"])
def test_landmarks_match_their_examples_and_nothing_else(name: str) -> None:
    looks = {"title": is_title, "section": is_section_heading, "opening": is_opening_heading}[name]
    assert [line for line in LANDMARKS[name].matches if not looks(line)] == []
    assert [line for line in LANDMARKS[name].keeps if looks(line)] == []


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("首页 | 政务公开 | 互动交流 | 专题专栏", Place.EDGE),
        ("无障碍浏览　长者版　繁體", Place.EDGE),
        ("字号：[ 大 中 小 ]", Place.EDGE),
        ("【打印】【关闭】", Place.EDGE),
        ("分享到：", Place.EDGE),
        ("登录|注册", Place.EDGE),
        ("首页", Place.EDGE),
        ("上一篇：無", Place.END),
        ("【打(dǎ)印】【关闭(bì)】", Place.EDGE),
        ("網站標識碼：3302000012", Place.END),
        ("— 12 —", Place.ANYWHERE),
        ("昆岚市财政局", None),
        ("0", None),
        ("/", None),
        ("—", None),
        ("", None),
        ("其他", None),
        ("无", None),
        (SENTENCE, None),
    ],
)
def test_a_line_of_words_of_the_page_is_chrome(line: str, place: Place | None) -> None:
    assert chrome_place(line) is place


def test_a_long_line_that_is_nearly_a_menu_costs_little() -> None:
    assert chrome_place("政务公开政府信息公开" * 39 + "本级") is None


# --- pages ----------------------------------------------------------------------------------------------------------------


def test_a_copied_page_is_reduced_to_its_report() -> None:
    page = [
        "无障碍浏览 长者版 繁體",
        "昆岚市人民政府门户网站",
        "今天是2024年3月5日 星期二",
        "首页",
        "政务公开",
        "请输入关键字",
        "当前位置：首页 > 政府信息公开 > 政府信息公开年报",
        "昆岚市财政局2021年政府信息公开工作年度报告",
        "昆岚市财政局2022年政府信息公开工作年度报告",
        TITLE,
        "发布日期：2024-01-20 10:21　来源：昆岚市财政局　浏览次数：120　字号：[大 中 小]　打印",
        "分享到：",
        *BODY,
        "昆岚市财政局",
        "2024年1月18日",
        "扫一扫在手机打开当前页",
        "【打印】【关闭】",
        "上一篇：昆岚市财政局2022年政府信息公开工作年度报告",
        "相关链接",
        "昆岚市民政局2023年政府信息公开工作年度报告",
        "主办：昆岚市人民政府办公室　地址：昆岚市中心路1号",
        "浙ICP备05000001号　网站标识码：3302000012",
    ]
    assert stripped(page) == [*REPORT, "昆岚市财政局", "2024年1月18日"]
    assert learned(page) == {
        "breadcrumb": "首页 > 政府信息公开 > 政府信息公开年报",
        "发布日期": "2024-01-20 10:21",
        "来源": "昆岚市财政局",
        "siteidcode": "3302000012",
    }


def test_a_report_without_chrome_is_untouched() -> None:
    table = grid(["规章", "0", "4/9"], ["行政许可", "12", "-"], ["行政处罚", "/", "—"])
    lines = blocks(
        "昆岚市财政局", "2023年度政府信息公开工作年度报告", SENTENCE, BODY, table, "昆岚市财政局", "2024年1月18日"
    )
    assert strip_chrome(lines, {"title": "x"}) == (tuple(lines), {"title": "x"})


@pytest.mark.parametrize(
    "line",
    [
        "主要来源：财政预算。",
        "打印宣传材料300份，分享工作经验2次。",
        "（三）分享到基层",
        "来源：昆岚市财政局",
        "返回",
        "关闭",
        "首页",
        "名称：公开指南",
        "相关文件",
        "当前位置：首页",
        "上一篇",
        "",
        "12",
    ],
)
def test_inside_the_report_only_the_unmistakable_goes(line: str) -> None:
    assert stripped(TITLE, BODY[:4], line, BODY[4:]) == [TITLE, *BODY[:4], line, *BODY[4:]]


@pytest.mark.parametrize("line", ["— 4 —", "- 4 -", "4 / 9", "第4页 共9页", "－4－"])
def test_page_numbers_go_everywhere(line: str) -> None:
    assert stripped(line, TITLE, BODY[:4], line, BODY[4:], line) == REPORT


@pytest.mark.parametrize(
    ("front", "kept"),
    [
        pytest.param(
            ["昆岚市财政局", "2023年度政府信息公开工作年度报告"],
            ["昆岚市财政局", "2023年度政府信息公开工作年度报告"],
            id="agency_above",
        ),
        pytest.param(
            ["昆岚市财政局2023年度", "政府信息公开工作年度报告"],
            ["昆岚市财政局2023年度", "政府信息公开工作年度报告"],
            id="broken_title",
        ),
        pytest.param(
            ["昆岚市财政局2023年", "政府信息公开", "工作年度报告"],
            ["昆岚市财政局2023年", "政府信息公开", "工作年度报告"],
            id="title_in_three_lines",
        ),
        pytest.param(["政府信息公开年报", TITLE], [TITLE], id="column_name_above"),
        pytest.param([TITLE, TITLE], [TITLE], id="title_twice"),
        pytest.param([TITLE, "来源：昆岚市财政局", TITLE], [TITLE], id="title_twice_around_metadata"),
        pytest.param([TITLE, SENTENCE], [TITLE, SENTENCE], id="editors_note"),
        pytest.param(
            ["索引号：1", "昆岚市财政局", "2023年政府信息公开工作年度报告"],
            ["昆岚市财政局", "2023年政府信息公开工作年度报告"],
            id="agency_below_metadata",
        ),
        pytest.param(
            ["来源：", "昆岚市财政局", "2023年政府信息公开工作年度报告"],
            ["昆岚市财政局", "2023年政府信息公开工作年度报告"],
            id="agency_below_an_empty_label",
        ),
        pytest.param([TITLE.replace("2023", str(y)) for y in (2020, 2021, 2022, 2023)], [TITLE], id="menu_of_years"),
        pytest.param(
            [TITLE.replace("2023", "2022"), SENTENCE, TITLE],
            [TITLE.replace("2023", "2022"), SENTENCE, TITLE],
            id="another_report_before",
        ),
        pytest.param(["名称：" + TITLE], ["名称：" + TITLE], id="title_only_behind_a_label"),
        pytest.param([TITLE, "2024-01-18 09:30:00"], [TITLE], id="moment_of_publication"),
        pytest.param([TITLE, "2024年1月18日"], [TITLE, "2024年1月18日"], id="printed_date"),
    ],
)
def test_the_front_keeps_the_title_and_what_belongs_to_it(front: list[str], kept: list[str]) -> None:
    assert stripped(front, BODY) == [*kept, *BODY]


def test_the_page_title_tells_which_of_many_titles_is_meant() -> None:
    years = [TITLE.replace("2023", str(y)) for y in (2024, 2023, 2022)]
    kept, _ = strip_chrome(blocks(years, BODY), {"title": f"{TITLE}_昆岚市人民政府"})
    assert kept == tuple(blocks(TITLE, BODY))


# --- metadata -------------------------------------------------------------------------------------------------------------

VALUES = {"索引号": "001-2024-00012", "发布机构": "昆岚市财政局", "成文日期": "2024-01-18", "文号": "无"}


@pytest.mark.parametrize(
    "front",
    [
        pytest.param([f"{label}：{value}" for label, value in VALUES.items()], id="list"),
        pytest.param([f"{label[0]} {label[1:]} : {value}" for label, value in VALUES.items()], id="spaced_labels"),
        pytest.param([f"【{label}】{value}".replace("】", "】：") for label, value in VALUES.items()], id="brackets"),
        pytest.param([" | ".join(f"{label}：{value}" for label, value in VALUES.items())], id="pipe_line"),
        pytest.param(["　".join(f"{label}：{value}" for label, value in VALUES.items())], id="one_line"),
        pytest.param(["".join(f"{label}：{value} " for label, value in VALUES.items())], id="blanks_between"),
        pytest.param([" | ".join(cell for pair in VALUES.items() for cell in pair)], id="pipes_without_colons"),
        pytest.param(
            [cell for label, value in VALUES.items() for cell in (f"{label}：", value)], id="value_below_label"
        ),
        pytest.param([cell for pair in VALUES.items() for cell in pair], id="bare_labels"),
    ],
)
def test_labelled_values_move_from_the_front_to_meta(front: list[str]) -> None:
    assert stripped(front, REPORT) == REPORT
    assert learned(front, REPORT) == VALUES


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(grid(*VALUES.items()), id="two_columns"),
        pytest.param(grid([cell for pair in VALUES.items() for cell in pair]), id="one_row"),
        pytest.param(grid([f"{label}：{value}" for label, value in VALUES.items()]), id="label_and_value_in_a_cell"),
        pytest.param(grid(list(VALUES), list(VALUES.values())), id="values_below"),
        pytest.param(grid(*([cell] for pair in VALUES.items() for cell in pair)), id="one_column"),
        pytest.param(
            grid(*(["　".join(label) + "：", value, "有效性", ""] for label, value in VALUES.items())), id="empty_value"
        ),
    ],
)
def test_a_metadata_table_moves_to_meta(table: Grid) -> None:
    assert stripped(table, REPORT) == REPORT
    assert learned(table, REPORT) == VALUES


def test_a_title_in_a_metadata_table_stays_there_only_when_it_is_printed_again() -> None:
    table = grid(["索引号", "1", "名称", TITLE])
    assert stripped(table, REPORT) == REPORT
    assert learned(table, REPORT) == {"索引号": "1", "名称": TITLE}


@pytest.mark.parametrize(
    "table",
    [
        grid(["信息内容", "本年处理决定数量"], ["行政许可", "5"]),
        grid(["统计指标", "单位", "统计数"], ["（一）主动公开政府信息数", "条", "12"]),
        grid(["名称", "时间"], ["培训", "3"]),
        grid(["0", "0", "0"]),
        grid(["", ""], ["", ""]),
    ],
)
def test_other_tables_stay(table: Grid) -> None:
    assert stripped(table, REPORT) == [table, *REPORT]
    assert stripped(REPORT, table) == [*REPORT, table]


def test_a_menu_printed_as_a_table_goes() -> None:
    assert stripped(grid(["首页", "政务公开", "互动交流"]), REPORT) == REPORT


def test_what_is_known_already_is_not_overwritten() -> None:
    meta = learned(
        "发布机构：门户网站", REPORT, "网站标识码：1234567890", 发布机构="昆岚市财政局", siteidcode="3302000012"
    )
    assert meta == {"发布机构": "昆岚市财政局", "siteidcode": "3302000012"}


def test_values_keep_their_characters() -> None:
    assert learned("發布機構：昆嵐市財政局（本級）", REPORT) == {"发布机构": "昆嵐市財政局（本級）"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("网站标识码：3302000012", {"siteidcode": "3302000012"}),
        ("网站标识码3302000012 浙ICP备1号", {"siteidcode": "3302000012"}),
        ("网站标识码：bm29000002", {"siteidcode": "bm29000002"}),
        ("网站标识码：33020000", {}),
        ("网站标识码：33020000123", {}),
        ("来源:昆岚市财政局发布时间:2024-01-18", {"来源": "昆岚市财政局", "发布时间": "2024-01-18"}),
        ("2024-01-18 10:00 来源：昆岚市财政局", {"发布时间": "2024-01-18 10:00", "来源": "昆岚市财政局"}),
        ("责任编辑：某某", {}),
        ("资金来源：财政拨款", {}),
        ("来(lái)源(yuán)：昆岚市财(cái)政局", {"来源": "昆岚市财(cái)政局"}),
        ("根据要求，来源：某处", {}),
    ],
)
def test_values_are_harvested_from_single_lines(line: str, expected: dict[str, str]) -> None:
    assert harvest(blocks(line)) == expected


# --- tail and several reports ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tail", "kept"),
    [
        pytest.param(["昆岚市财政局", "2024年1月18日"], ["昆岚市财政局", "2024年1月18日"], id="signature"),
        pytest.param(
            ["联系电话：0000-1234567", "地址：中心路1号"], ["联系电话：0000-1234567", "地址：中心路1号"], id="contact"
        ),
        pytest.param(["附件：统计表.xls"], ["附件：统计表.xls"], id="attachment"),
        pytest.param(["日期：2024年1月18日"], ["日期：2024年1月18日"], id="a_common_word_is_no_label_here"),
        pytest.param(["打印", "昆岚市财政局"], ["昆岚市财政局"], id="tool_above_signature"),
        pytest.param(["下一篇：关于检查的通知", "办公地址图", "某某科技"], [], id="end_of_the_page"),
        pytest.param([TITLE.replace("2023", "2022"), TITLE.replace("2023", "2021")], [], id="titles_of_other_years"),
        pytest.param(
            [TITLE.replace("2023", "2022"), SENTENCE], [TITLE.replace("2023", "2022"), SENTENCE], id="another_report"
        ),
        pytest.param(["责任编辑：某某"], [], id="editor"),
        pytest.param(
            ["版权所有：昆岚市人民政府", "一、总体情况"],
            ["版权所有：昆岚市人民政府", "一、总体情况"],
            id="a_section_below_is_never_cut",
        ),
    ],
)
def test_the_tail(tail: list[str], kept: list[str]) -> None:
    assert stripped(REPORT, tail) == [*REPORT, *kept]


def test_a_table_of_figures_below_the_end_line_stays() -> None:
    table = grid(["收到申请数", "1", "2", "3"], ["办结数", "1", "2", "3"])
    assert stripped(REPORT, "相关链接", table, "附言") == [*REPORT, table, "附言"]


def test_between_two_reports_only_chrome_and_metadata_go() -> None:
    other = [TITLE.replace("财政局", "民政局"), *BODY]
    between = ["打印", "发布日期：2024-01-20", "【返回顶部】"]
    assert stripped(REPORT, "昆岚市财政局", between, other) == [*REPORT, "昆岚市财政局", *other]


def test_a_report_without_headings_keeps_its_sentences() -> None:
    sentences = [SENTENCE, "共收到申请3件。", SENTENCE]
    assert stripped("首页 | 政务公开", TITLE, sentences, "打印", "网站标识码：3302000012") == [TITLE, *sentences]


def test_nothing_at_all() -> None:
    assert strip_chrome([], {}) == ((), {})


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("当前位置：首页 > 政务公开", "首页 > 政务公开"),
        ("您现在的位置 : 首页>年报", "首页>年报"),
        ("首页 > 年报", "首页 > 年报"),
        ("當前位置：首頁 > 年報", "首頁 > 年報"),
        ("首页", None),
        ("位置优越", None),
        (SENTENCE, None),
    ],
)
def test_the_path_behind_a_breadcrumb(line: str, path: str | None) -> None:
    assert crumb_path(line) == path


pieces = st.lists(
    st.sampled_from(
        [
            TITLE,
            TITLE.replace("2023", "2022"),
            *BODY,
            "打印",
            "首页",
            "来源：甲",
            "索引号",
            "1",
            "— 4 —",
            "上一篇",
            "网站标识码：3302000012",
            "",
        ]
    ),
    max_size=14,
)


@given(pieces)
def test_only_whole_blocks_go_and_a_second_pass_finds_the_same_headings(lines: list[str]) -> None:
    once, meta = strip_chrome(blocks(lines), {})
    rest = iter(blocks(lines))
    assert all(block in rest for block in once)  # an ordered selection of what was given
    headings = [line for line in lines if is_section_heading(line)]
    assert [b.text for b in once if isinstance(b, TextBlock) and is_section_heading(b.text)] == headings
    assert set(meta) <= {"来源", "索引号", "siteidcode", "breadcrumb"}
