"""HTML pages of invented agencies: what is printed, in order, which of it is the report, and what the page says of itself."""

import itertools

import pytest
from growth import growth_of_calls
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.blocks import Block, Document, Grid, TextBlock
from corpus.readers.decode import decode
from corpus.readers.html import read_html

SENTENCE = "本机关认真贯彻落实条例要求，持续推进重点领域信息公开，依法依规办理公开申请，不断提高公开质量和服务水平。"
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
TITLE = "昆岚市财政局2023年政府信息公开工作年度报告"
BODY = "".join(f"<p><strong>{heading}</strong></p><p>{SENTENCE}</p>" for heading in HEADINGS)
BODY_LINES = [line for heading in HEADINGS for line in (heading, SENTENCE)]

Printed = list[str | list[list[str]]]


def read(html: str) -> Document:
    return read_html(html, encoding="utf-8")


def printed(blocks: tuple[Block, ...]) -> Printed:
    """Lines as strings, grids as rows of cell texts."""
    return [b.text if isinstance(b, TextBlock) else [[c.text for c in row] for row in b.rows] for b in blocks]


def lines(html: str) -> Printed:
    return printed(read(html).blocks)


def only_grid(html: str) -> Grid:
    (grid,) = [block for block in read(html).blocks if isinstance(block, Grid)]
    return grid


def cells(html: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in only_grid(html).rows]


def columns(grid: Grid) -> list[list[int]]:
    return [[cell.column for cell in row] for row in grid.rows]


# --- lines ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>甲</p><p>乙</p>", ["甲", "乙"], id="paragraphs"),
        pytest.param("甲<div>乙</div>丙", ["甲", "乙", "丙"], id="text_between_blocks"),
        pytest.param("<p>甲<br>乙<br/><br>丙</p>", ["甲", "乙", "丙"], id="br_begins_a_line"),
        pytest.param("<ul><li>甲</li><li>乙<ol><li>丙</ol></ul>", ["甲", "乙", "丙"], id="lists"),
        pytest.param("<p><b>昆</b><span>岚</span>市<font>财政</font>局</p>", ["昆岚市财政局"], id="inline_runs"),
        pytest.param("<p>共<span>1</span><font>2</font>件</p>", ["共12件"], id="split_digits"),
        pytest.param(
            "<p>持续推进\n    信息公开，\r\n\t成效明显</p>",
            ["持续推进信息公开，成效明显"],
            id="source_lines_between_han",
        ),
        pytest.param("<p>open\n  data  2023</p>", ["open data 2023"], id="source_lines_between_words"),
        pytest.param("<p>昆岚市 2023 年</p>", ["昆岚市 2023 年"], id="printed_blanks_stay"),
        pytest.param("<p>&nbsp;&nbsp;　甲&nbsp;乙　丙　</p>", ["甲\u00a0乙　丙"], id="nbsp_inside_stays"),
        pytest.param("<p>&nbsp;</p><p>\u200b</p><p>甲</p>", ["甲"], id="blank_paragraphs_go"),
        pytest.param("<p>&#36130;&#x653F;&lt;b&gt;</p>", ["财政<b>"], id="entities"),
        pytest.param(
            "<p>甲<script>乙</script><style>丙</style><!-- 丁 --><noscript>戊</noscript></p>", ["甲"], id="not_printed"
        ),
        pytest.param(
            "<p>甲<template>乙</template><select><option>丙</select><textarea>丁</textarea></p>", ["甲"], id="controls"
        ),
        pytest.param('<p>甲<span style="DISPLAY: none">乙</span><i hidden>丙</i></p>', ["甲"], id="hidden"),
        pytest.param('<p style="text-decoration:none">甲</p>', ["甲"], id="none_of_something_else"),
        pytest.param("<![if !supportLists]><span>一、</span><![endif]>甲<o:p>乙</o:p>", ["一、甲乙"], id="word_marks"),
        pytest.param(
            '<?xml version="1.0" encoding="gb2312"?><html><body><p>瀍河𠮷</p></body></html>',
            ["瀍河𠮷"],
            id="xhtml_prolog",
        ),
        pytest.param("只有一行", ["只有一行"], id="no_markup"),
        pytest.param("", [], id="empty"),
        pytest.param("<p>甲<p>乙<div>丙", ["甲", "乙", "丙"], id="unclosed"),
    ],
)
def test_lines_are_what_a_browser_prints(html: str, expected: Printed) -> None:
    assert lines(html) == expected


def test_headings_keep_their_level() -> None:
    html = "<h1>昆岚市<br>年度报告</h1><h2>一、<span>总体</span>情况</h2><p>甲</p><h6>乙</h6>"
    assert [(b.text, b.level) for b in read(html).blocks if isinstance(b, TextBlock)] == [
        ("昆岚市", 1),
        ("年度报告", 1),
        ("一、总体情况", 2),
        ("甲", 0),
        ("乙", 6),
    ]


def test_pre_is_read_as_plain_text() -> None:
    html = "<p>前</p><pre>\t规章\n\t0\n\t\n\n\t行政处罚\n\t12\n\n后</pre>"
    assert lines(html) == ["前", [["规章", "0", ""], ["行政处罚", "12"]], "后"]


def test_blocks_hold_plain_strings() -> None:
    # A string of the tree would keep the whole tree alive.
    document = read(
        f"<title>{TITLE}</title><p>甲</p><table><tr><td>乙</td><td>1</td></tr><tr><td> 2</td><td></td></tr></table>"
    )
    texts = [b.text for b in document.blocks if isinstance(b, TextBlock)]
    texts += [c.text for b in document.blocks if isinstance(b, Grid) for row in b.rows for c in row]
    assert {type(text) for text in (*texts, *document.meta.values())} == {str}


# --- cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("0", "0"),
        ("", ""),
        ("&nbsp;", ""),
        ("　", ""),
        ("\n   \n", ""),
        ("&#8203;", ""),
        ("<p>&nbsp;</p>", ""),
        ("　　0", "0"),
        ('<p align="center"><span>1</span><span lang="EN-US">2</span><o:p></o:p></p>', "12"),
        ("<p><span><font>3</font></span></p>", "3"),
        ("商业<br>企业", "商业企业"),
        ("<p>商业</p>\n<p>企业</p>", "商业企业"),
        ("<div>（三）</div><div>不予</div><div>公开</div>", "（三）不予公开"),
        ("本年新\n        制作数量", "本年新制作数量"),
        ("1<br>2", "1 2"),
        ("<p>GB</p><p>T</p>", "GB T"),
        ("<p>12</p>件", "12件"),
        ("1 204", "1 204"),
        ("科研机 构", "科研机 构"),
        ("1&nbsp;204", "1\u00a0204"),
        ("<table><tr><td>7</td></tr></table>", "7"),
        ("3<script>4</script><span style='display:none'>5</span>", "3"),
        ("<span hidden>5</span>", ""),
        ("<a href='#n'>22（其中修订16件）</a>", "22（其中修订16件）"),
        ("/", "/"),
    ],
)
def test_the_fragments_of_a_cell_are_one_text(cell: str, text: str) -> None:
    assert cells(f"<table><tr><td>规章</td><td>{cell}</td><td>末</td></tr></table>") == [["规章", text, "末"]]


def test_rows_without_tags_and_stray_text() -> None:
    html = "<table>散<td>规章<td>1<tr><th>行政许可<td>2</table>"
    assert lines(html) == ["散", [["规章", "1"], ["行政许可", "2"]]]


def test_head_foot_and_hidden_rows() -> None:
    html = (
        "<table><thead><tr><td rowspan=5>项</td><td>数</td></tr></thead><tfoot><tr><td>总计</td><td>3</td></tr></tfoot>"
        '<tbody><tr style="display:none"><td>隐</td><td>9</td></tr><tr><td>甲</td><td>1</td></tr></tbody></table>'
    )
    grid = only_grid(html)
    assert cells(html) == [["项", "数"], ["甲", "1"], ["总计", "3"]]
    assert columns(grid) == [[0, 1], [0, 1], [0, 1]]


def test_a_caption_belongs_to_its_grid() -> None:
    grid = only_grid("<table><caption>表三<br>单位：件</caption><tr><td>甲</td><td>1</td></tr></table>")
    assert (grid.caption, grid.source) == ("表三单位：件", "html")


def test_the_caption_of_a_table_of_lines_is_a_line() -> None:
    assert lines("<table><caption>题</caption><tr><td>甲</td></tr></table>") == ["题", "甲"]


REVIEW_BLANKS_BELOW = (
    "<table><tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>"
    "<tr>"
    + "".join(f"<td rowspan=2>{t}</td>" for t in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    + "<td colspan=5>未经复议直接起诉</td>"
    "<td colspan=5>复议后起诉</td></tr><tr>"
    + "<td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>"
    * 2
    + "</tr>"
    "<tr>" + "".join(f"<td>{n}</td>" for n in range(15)) + "</tr></table>"
)
REVIEW_BLANK_ABOVE = (
    "<table><tr><td colspan=5 rowspan=2>行政复议</td><td colspan=10>行政诉讼</td></tr>"
    "<tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>"
    "<tr>" + "<td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td>" * 3 + "</tr>"
    "<tr>" + "".join(f"<td>{n}</td>" for n in range(15)) + "</tr></table>"
)


@pytest.mark.parametrize(
    ("html", "header"),
    [
        pytest.param(
            REVIEW_BLANKS_BELOW,
            [[0, 5], [0, 1, 2, 3, 4, 5, 10], [5, 6, 7, 8, 9, 10, 11, 12, 13, 14]],
            id="labels_beside",
        ),
        pytest.param(REVIEW_BLANK_ABOVE, [[0, 5], [5, 10], list(range(15))], id="labels_below"),
    ],
)
def test_both_orders_of_the_remedies_header_end_in_the_same_columns(html: str, header: list[list[int]]) -> None:
    assert columns(only_grid(html)) == [*header, list(range(15))]


WORD = """<table class=MsoNormalTable border=1 cellspacing=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0;height:25.0pt'>
  <td width=100 rowspan=2 style='border:solid'>
  <p class=MsoNormal align=center style='text-align:center'><span style='font-family:
  仿宋_GB2312'>（三）不予<span lang=EN-US><o:p></o:p></span></span></p>
  <p class=MsoNormal><span>公开</span></p>
  </td>
  <td width=300><p class=MsoNormal><span lang=EN-US>1.</span><span>属于国家
  秘密</span></p></td>
  <td width=50><p class=MsoNormal><!--[if supportFields]>x<![endif]--><span lang=EN-US>1</span><span
  lang=EN-US>2<o:p>&nbsp;</o:p></span></p></td>
 </tr>
 <tr>
  <td><p class=MsoNormal><span>2.其他法律行政法规禁止公开</span></p></td>
  <td><p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p></td>
 </tr>
</table>"""


def test_a_table_pasted_from_word() -> None:
    assert cells(WORD) == [["（三）不予公开", "1.属于国家秘密", "12"], ["2.其他法律行政法规禁止公开", ""]]
    assert columns(only_grid(WORD)) == [[0, 1, 2], [1, 2]]


# --- layout tables ------------------------------------------------------------------------------------------------------

DATA = "<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>5</td></tr></table>"
DATA_ROWS = [["信息内容", "本年处理决定数量"], ["行政许可", "5"]]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", ["甲", "乙"], id="one_cell_is_paragraphs"),
        pytest.param("<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>", ["甲", "乙"], id="one_column_is_lines"),
        pytest.param("<table><tr><td></td><td>&nbsp;</td></tr></table>", [], id="blank_table_is_nothing"),
        pytest.param(
            f"<table><tr><td><p>前</p>{DATA}<p>后</p></td></tr></table>", ["前", DATA_ROWS, "后"], id="data_in_layout"
        ),
        pytest.param(
            f"<table><tr><td>第二十条第（五）项</td></tr><tr><td>{DATA}</td></tr><tr><td>第二十条第（六）项</td></tr><tr><td>{DATA}</td></tr></table>",
            ["第二十条第（五）项", DATA_ROWS, "第二十条第（六）项", DATA_ROWS],
            id="captions_between_nested_tables",
        ),
        pytest.param(
            f"<table><tr><td><table><tr><td><table><tr><td>深</td></tr><tr><td>{DATA}</td></tr></table></td></tr></table></td></tr></table>",
            ["深", DATA_ROWS],
            id="four_deep",
        ),
        pytest.param(
            f"<table><tr><td>左</td><td><p>{SENTENCE * 4}</p><p>{SENTENCE * 4}</p></td></tr></table>",
            [SENTENCE * 4, SENTENCE * 4],
            id="paragraphs_beside_a_margin",
        ),
        pytest.param(
            f"<table><tr><td colspan=2>{HEADINGS[0]}</td></tr><tr><td colspan=2>{SENTENCE * 3}</td></tr>"
            f"<tr><td colspan=2>{HEADINGS[1]}</td></tr>{DATA[7:-8]}"
            f"<tr><td colspan=2>{HEADINGS[4]}</td></tr><tr><td colspan=2>{SENTENCE * 3}</td></tr></table>",
            [HEADINGS[0], SENTENCE * 3, HEADINGS[1], DATA_ROWS, HEADINGS[4], SENTENCE * 3],
            id="whole_report_in_one_table",
        ),
        pytest.param(
            f"<table><tr><td colspan=2>{HEADINGS[2]}</td></tr>{DATA[7:-8]}</table>",
            [HEADINGS[2], DATA_ROWS],
            id="heading_as_first_row",
        ),
        pytest.param(
            f"<table>{DATA[7:-8]}<tr><td colspan=2>注：{SENTENCE * 3}</td></tr></table>",
            [DATA_ROWS, f"注：{SENTENCE * 3}"],
            id="note_as_last_row",
        ),
    ],
)
def test_layout_is_told_from_data(html: str, expected: Printed) -> None:
    assert lines(html) == expected


def test_group_headings_inside_the_form_of_2014_stay_in_the_grid() -> None:
    rows = [
        ["统计指标", "单位", "统计数"],
        ["一、主动公开情况", "", ""],
        ["（一）主动公开政府信息数", "条", "12"],
        ["三、依申请公开情况"],
        ["（一）收到申请数", "件", "3"],
    ]
    html = (
        "<table>"
        + "".join(
            "<tr>" + "".join(f"<td{' colspan=3' if len(row) == 1 else ''}>{c}</td>" for c in row) + "</tr>"
            for row in rows
        )
        + "</table>"
    )
    assert cells(html) == rows


# --- the page's own metadata ------------------------------------------------------------------------------------------


def test_metas_come_lower_cased_and_the_first_that_says_something_wins() -> None:
    html = (
        f"<html><head><title>\n {TITLE}_昆岚市人民政府 </title>"
        '<meta content="3302000012" name="SiteIDCode"><META NAME="ContentSource" CONTENT="">'
        '<meta name="ContentSource" content="昆岚市财政局">'
        '<meta name="contentsource" content="门户网站"><meta property="og:title" content="年报">'
        '<meta charset="utf-8"><meta name="Author" content=" ">'
        "</head><body><p>甲</p></body></html>"
    )
    document = read(html)
    assert document.meta == {
        "title": f"{TITLE}_昆岚市人民政府",
        "siteidcode": "3302000012",
        "contentsource": "昆岚市财政局",
        "og:title": "年报",
    }
    assert (document.media_type, document.encoding) == ("text/html", "utf-8")


@pytest.mark.parametrize(
    "crumb",
    [
        '<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 年度报告</div>',
        '<div>您的位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 年度报告</div>',
        '<div class="BreadCrumb"><a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; <a href="/b">年度报告</a></div>',
        '<div class="dqwz"><span>当前位置：</span><ul><li><a href="/">首页</a></li>'
        '<li><a href="/a">政务公开</a></li><li>年度报告</li></ul></div>',
    ],
    ids=["class", "words", "links_only", "list"],
)
def test_the_path_of_the_page_is_found(crumb: str) -> None:
    document = read(f'<body>{crumb}<div id="zoom"><p>{TITLE}</p>{BODY}</div></body>')
    assert document.meta["breadcrumb"] == "首页 > 政务公开 > 年度报告"
    assert printed(document.blocks) == [TITLE, *BODY_LINES]


def test_labelled_values_around_the_report_are_kept() -> None:
    html = (
        "<body><table><tr><th>索 引 号：</th><td>001-2024-00012</td><th>发布机构：</th><td>昆岚市财政局</td></tr>"
        "<tr><th>名　　称：</th><td>年度报告</td><th>成文日期：</th><td>2024-01-18</td></tr></table>"
        f'<div id="UCAP-CONTENT"><p>{TITLE}</p>{BODY}</div><div class="footer">主办：昆岚市财政局<br>网站标识码：3302000012</div></body>'
    )
    document = read(html)
    assert printed(document.blocks) == [TITLE, *BODY_LINES]
    wanted = {
        "索引号": "001-2024-00012",
        "发布机构": "昆岚市财政局",
        "成文日期": "2024-01-18",
        "siteidcode": "3302000012",
    }
    assert wanted.items() <= document.meta.items()


# --- which part of the page is the report -------------------------------------------------------------------------------

MENU = '<div class="top"><a href="/">首页</a> | <a href="/a">政务公开</a> | <a href="/b">互动交流</a></div>'
YEARS = (
    "<ul>"
    + "".join(f'<li><a href="/{y}">昆岚市财政局{y}年政府信息公开工作年度报告</a></li>' for y in (2024, 2022, 2021))
    + "</ul>"
)
FOOT = '<div class="footer"><p>主办：昆岚市人民政府办公室　地址：昆岚市中心路1号</p><p>浙ICP备05000001号</p></div>'
HEAD_LINES = [TITLE, *BODY_LINES]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            f"{MENU}{YEARS}<h1>{TITLE}</h1><div id=zoom>{BODY}</div>{FOOT}", HEAD_LINES, id="zoom_with_title_above"
        ),
        pytest.param(
            f"{MENU}<div class='TRS_Editor x'><p>{TITLE}</p>{BODY}</div>{YEARS}",
            HEAD_LINES,
            id="class_with_title_inside",
        ),
        pytest.param(f"<span id=Zoom><p>{TITLE}</p>{BODY}</span>{FOOT}", HEAD_LINES, id="inline_container"),
        pytest.param(
            f"{MENU}<h1>昆岚市财政局<br>2023年政府信息公开工作年度报告</h1><div id=zoom>{BODY}</div>",
            ["昆岚市财政局", "2023年政府信息公开工作年度报告", *BODY_LINES],
            id="title_of_two_lines",
        ),
        pytest.param(
            f"<div class=article><h1>{TITLE}</h1><div class=tools><a href=x>打印</a></div><div class=content>{BODY}</div></div>{FOOT}",
            HEAD_LINES,
            id="smallest_known_container",
        ),
        pytest.param(
            f"{MENU}<div class=a>{YEARS}<div class=b><h1>{TITLE}</h1><div class=c>{BODY}</div></div></div>{FOOT}",
            HEAD_LINES,
            id="unknown_containers",
        ),
        pytest.param(
            f"{MENU}<div class=b><div class=t>{TITLE}</div><div class=c>{BODY}<div>昆岚市财政局</div></div></div>",
            [*HEAD_LINES, "昆岚市财政局"],
            id="signature_stays",
        ),
        pytest.param(
            f"{MENU}<table><tr><td>{YEARS}</td><td><h1>{TITLE}</h1>{BODY}</td></tr></table>{FOOT}",
            HEAD_LINES,
            id="layout_table",
        ),
        pytest.param(
            f"{MENU}<div id=zoom><p>简介</p></div><div><p>{TITLE}</p>{BODY}</div>",
            HEAD_LINES,
            id="container_without_the_report",
        ),
        pytest.param(
            "<div class=article>"
            + "".join(f"<div>{part}</div>" for part in (f"<p>{TITLE}</p>", *BODY.split("</p><p><strong>")))
            + "</div>",
            HEAD_LINES,
            id="a_box_per_section",
        ),
        pytest.param(
            f"<header><h1>{TITLE}</h1></header><nav>{YEARS}</nav><main>{BODY}</main><footer>{FOOT}</footer>",
            HEAD_LINES,
            id="html5_elements",
        ),
        pytest.param(
            f"<div id=zoom><p>{TITLE}</p>"
            + "".join(f"<p><a href='#s{i}'>{h}</a></p>" for i, h in enumerate(HEADINGS))
            + f"{BODY}</div>",
            [TITLE, *HEADINGS, *BODY_LINES],
            id="contents_list_of_loose_links",
        ),
        pytest.param(
            f"<div id=zoom><p>{TITLE}</p><ul>"
            + "".join(f"<li><a href='#s{i}'>{h}</a></li>" for i, h in enumerate(HEADINGS))
            + f"</ul>{BODY}</div>",
            HEAD_LINES,
            id="contents_list",
        ),
        pytest.param(
            f"<div id=zoom><p>{TITLE}</p>{BODY}<ul><li><a href=a>附件1：统计表.xls</a></li>"
            "<li><a href=b>附件2：说明.doc</a></li></ul></div>",
            [*HEAD_LINES, "附件1：统计表.xls", "附件2：说明.doc"],
            id="attachments_stay",
        ),
    ],
)
def test_the_report_is_found_on_the_page(html: str, expected: Printed) -> None:
    assert lines(f"<html><body>{html}</body></html>") == expected


def test_a_container_with_fewer_headings_than_the_page_is_not_believed() -> None:
    half = BODY.index("<p><strong>四")
    html = f"<body><div class=article><p>{TITLE}</p>{BODY[:half]}</div><div class=article>{BODY[half:]}</div></body>"
    assert lines(html) == HEAD_LINES


def test_two_reports_on_one_page_are_both_kept() -> None:
    other = TITLE.replace("财政局", "民政局")
    html = (
        f"<body>{MENU}"
        + "".join(f"<div class=article><h1>{t}</h1>{BODY}</div>" for t in (TITLE, other))
        + f"{FOOT}</body>"
    )
    found = lines(html)
    assert found[: 2 * len(HEAD_LINES)] == [*HEAD_LINES, other, *BODY_LINES]


def test_a_report_that_a_script_unhides_is_found() -> None:
    html = f"<body>{MENU}<div id=zoom style='display:none'><p>{TITLE}</p>{BODY}</div></body>"
    assert lines(html) == HEAD_LINES


def test_a_free_report_without_statutory_headings_is_found_by_its_text() -> None:
    text = "".join(f"<p>{SENTENCE}第{n}项工作按计划推进。</p>" for n in range(8))
    html = f"<body>{MENU}{YEARS}<div><h2>{TITLE}</h2><div class=c>{text}</div></div>{FOOT}</body>"
    found = lines(html)
    assert found[0] == TITLE
    assert found[1:9] == [f"{SENTENCE}第{n}项工作按计划推进。" for n in range(8)]


def test_a_gbk_page_that_declares_gb2312_is_read_from_its_bytes() -> None:
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
    html = f"{head}<body><div id=zoom><p>{TITLE}</p>{BODY}<p>瀍河朱喆</p></div></body></html>"
    decoded = decode(html.encode("gbk"))
    document = read_html(decoded.text, encoding=decoded.encoding)
    assert document.encoding == "gb18030"
    assert printed(document.blocks) == [*HEAD_LINES, "瀍河朱喆"]


# --- limits -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["div", "font", "span id=a", "ul><li", "blockquote"])
def test_deep_nesting_ends_in_the_text(tag: str) -> None:
    assert "深处" in lines("<body>" + f"<{tag}>" * 3000 + "深处")


def test_deep_tables_end_in_the_text() -> None:
    html = "<body>" + "<table><tr><td>a</td><td>" * 300 + "深处"
    found = "".join(str(block) for block in lines(html))
    assert "深处" in found


def test_a_page_of_menus_is_read_in_linear_time() -> None:
    def page(items: int) -> None:
        menu = "".join(f'<ul><li><a href="/{i}">栏目{i}</a></li></ul>' for i in range(items))
        read(f"<body>{'<div>' * 200}{menu}{'</div>' * 200}<div id=zoom><p>{TITLE}</p>{BODY}</div></body>")

    assert growth_of_calls(page, 40) < 1.5


TAGS = (
    "p",
    "div",
    "span",
    "table",
    "tr",
    "td",
    "li",
    "ul",
    "h1",
    "a href=x",
    "pre",
    "caption",
    "b",
    "font",
    "br",
    "script",
    "select",
)
fragments = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS]),
    st.sampled_from([TITLE, "一、总体情况", "0", "首页", "&nbsp;", "<!--", "-->", "\n", "\t", "|", SENTENCE]),
)


@given(st.lists(fragments, max_size=40))
def test_any_soup_of_tags_is_read(parts: list[str]) -> None:
    document = read("".join(parts))
    for block in document.blocks:
        if isinstance(block, TextBlock):
            assert block.text.strip() and "\n" not in block.text
        else:
            starts = [(cell.row, cell.column) for row in block.rows for cell in row]
            assert starts == sorted(set(starts))


@given(
    st.lists(
        st.lists(st.sampled_from(["", "0", "12", "规章", "/", "1.属于国家秘密"]), min_size=2, max_size=5),
        min_size=1,
        max_size=6,
    )
)
def test_every_cell_of_a_plain_table_comes_back(rows: list[list[str]]) -> None:
    html = (
        "<table>"
        + "".join("<tr>" + "".join(f"<td><p><span>{c}</span></p></td>" for c in row) + "</tr>" for row in rows)
        + "</table>"
    )
    if any(sum(1 for c in row if c) > 1 for row in rows):
        assert cells(html) == rows
    else:
        # No row with two filled cells: a table of lines.
        assert lines(html) == list(itertools.chain.from_iterable([c for c in row if c] for row in rows))
