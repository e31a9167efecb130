"""Titles of reports: the published range, titles over several lines, and all that only looks like one."""

import pytest
from growth import LIMIT, growth
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Scope
from corpus.parse.titles import find_title, looks_like_title

REPORT = "政府信息公开工作年度报告"


# Titles as published (they are facts); where the handbook shortens one, its usual wording is completed.
@pytest.mark.parametrize(
    ("line", "agency", "year"),
    [
        (f"福州市晋安区2016年{REPORT}", "福州市晋安区", 2016),
        (f"唐村镇2010年{REPORT}", "唐村镇", 2010),
        (f"开远市2025年{REPORT}", "开远市", 2025),
        (f"2022年兴安盟民政局{REPORT}", "兴安盟民政局", 2022),
        (f"2021年东湖高新区教育局{REPORT}", "东湖高新区教育局", 2021),
        (f"四川省成都市双流区气象局2023年{REPORT}", "四川省成都市双流区气象局", 2023),
        (f"大同市气象部门2023年{REPORT}", "大同市气象部门", 2023),
        (f"广州海关关区2021年{REPORT}", "广州海关关区", 2021),
        (f"海关总署（本级机关）2020年{REPORT}", "海关总署", 2020),
        (f"贵阳市人民政府（市人民政府办公厅）2021年{REPORT}", "贵阳市人民政府（市人民政府办公厅）", 2021),
        (f"贵阳市2021年{REPORT}", "贵阳市", 2021),
        ("下湿壕镇政府2022年信息公开工作年度报告", "下湿壕镇政府", 2022),
        ("武汉市公安局2024年度政府信息公开工作报告", "武汉市公安局", 2024),
        (f"深圳市公安局龙华分局2023年{REPORT}", "深圳市公安局龙华分局", 2023),
        (f"淄博市公安局高新区分局2024年{REPORT}", "淄博市公安局高新区分局", 2024),
        ("温州高新区（经开区）管委会2022年度政府信息公开工作报告", "温州高新区（经开区）管委会", 2022),
        (f"五华科技产业园管理委员会2022年度{REPORT}", "五华科技产业园管理委员会", 2022),
        ("舒兰市市场监督管理局2016年政务信息公开年度报告", "舒兰市市场监督管理局", 2016),
        ("安徽省邮政管理局2023年度政府信息公开年度报告", "安徽省邮政管理局", 2023),
        (f"国家卫生健康委2024年{REPORT}", "国家卫生健康委", 2024),
        (f"驼峰路街道办事处{REPORT}", "驼峰路街道办事处", None),
    ],
)
def test_published_titles(line: str, agency: str, year: int | None) -> None:
    parts = looks_like_title(line)
    assert parts is not None
    assert (parts.agency, parts.year, parts.title) == (agency, year, line)


@pytest.mark.parametrize(
    ("line", "agency", "year"),
    [
        pytest.param(f"昆岚市财政局2023年度{REPORT}", "昆岚市财政局", 2023, id="double 年度"),
        pytest.param(f"昆岚市财政局 2023 年{REPORT}", "昆岚市财政局", 2023, id="blanks around the year"),
        pytest.param("昆 岚 市 2023 年 政 府 信 息 公 开 年 度 报 告", "昆岚市", 2023, id="blanks everywhere"),
        pytest.param(f"昆岚市财政局２０２３年{REPORT}", "昆岚市财政局", 2023, id="full-width year"),
        pytest.param(f"昆岚市财政局二〇二三年{REPORT}", "昆岚市财政局", 2023, id="Chinese numerals"),
        pytest.param(f"昆岚市财政局二○二三年度{REPORT}", "昆岚市财政局", 2023, id="with a circle for zero"),
        pytest.param(f"昆岚市财政局2023{REPORT}", "昆岚市财政局", 2023, id="年 lost"),
        pytest.param("昆岚市财政局关于2022年政府信息公开工作情况的报告", "昆岚市财政局", 2022, id="关于"),
        pytest.param("关于昆岚市财政局2022年度政府信息公开工作的报告", "昆岚市财政局", 2022, id="关于 first"),
        pytest.param("昆岚市财政局2021年信息公开年报", "昆岚市财政局", 2021, id="年报"),
        pytest.param("昆岚市财政局2021年政府信息公开年度工作报告", "昆岚市财政局", 2021, id="年度工作报告"),
        pytest.param("昆岚市财政局2021年政务公开年度报告", "昆岚市财政局", 2021, id="政务公开"),
        pytest.param(f"昆岚市财政局2021年{REPORT}（图片版）", "昆岚市财政局", 2021, id="suffix in brackets"),
        pytest.param(f"昆岚市财政局2021年{REPORT}（超链版）.pdf", "昆岚市财政局", 2021, id="suffix and file type"),
        pytest.param(f"昆岚市财政局2021年{REPORT}.docx", "昆岚市财政局", 2021, id="file type"),
        pytest.param(f"昆岚市财政局2021年{REPORT}（草案）", "昆岚市财政局", 2021, id="draft"),
        pytest.param(f"昆岚市财政局2021年{REPORT}【图解】", "昆岚市财政局", 2021, id="picture version"),
        pytest.param(f"【图解】昆岚市财政局2021年{REPORT}", "昆岚市财政局", 2021, id="picture version first"),
        pytest.param(f"《昆岚市财政局2021年{REPORT}》", "昆岚市财政局", 2021, id="in title marks"),
        pytest.param(f"附件1：昆岚市财政局2021年{REPORT}", "昆岚市财政局", 2021, id="as an attachment"),
        pytest.param(f"昆岚市财政局{REPORT}（2021年度）", "昆岚市财政局", 2021, id="year in brackets behind"),
        pytest.param(f"昆岚市2023年教育局{REPORT}", "昆岚市教育局", 2023, id="year inside the name"),
        pytest.param(f"2023年{REPORT}", "", 2023, id="no agency"),
        pytest.param("昆嵐市財政局2021年政府信息公開工作年度報告", "昆岚市财政局", 2021, id="Traditional characters"),
        pytest.param("昆嵐市財政局2021年政府資訊公開工作年度報告", "昆岚市财政局", 2021, id="converted words"),
        pytest.param(f"灋河回族区财政局2021年{REPORT}", "灋河回族区财政局", 2021, id="look-alike"),
        pytest.param(
            f"温州高新区(经开区)管委会2022年{REPORT}", "温州高新区（经开区）管委会", 2022, id="narrow brackets"
        ),
        pytest.param(f"昆岚市新闻出版局2021年{REPORT}", "昆岚市新闻出版局", 2021, id="news in the name"),
    ],
)
def test_variants(line: str, agency: str, year: int) -> None:
    parts = looks_like_title(line)
    assert parts is not None
    assert (parts.agency, parts.year) == (agency, year)


def test_what_is_printed_is_kept() -> None:
    parts = looks_like_title("名称：昆嵐市財政局 2021年度政府信息公開工作年度報告 ")
    assert parts is not None
    assert parts.title == "昆嵐市財政局 2021年度政府信息公開工作年度報告"
    assert (parts.agency, parts.agency_printed) == ("昆岚市财政局", "昆嵐市財政局")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="empty"),
        pytest.param(REPORT, id="bare words of a menu"),
        pytest.param("政府信息公开年报", id="column"),
        pytest.param("2023年政府信息公开指南", id="guide"),
        pytest.param("昆岚市政府信息公开目录", id="catalogue"),
        pytest.param("昆岚市政府信息公开工作年度报告制度", id="rule"),
        pytest.param("昆岚市政府信息公开年度报告办法", id="measure"),
        pytest.param(f"关于做好2023年度{REPORT}编制工作的通知", id="circular"),
        pytest.param("昆岚市人民政府办公室关于做好2023年政府信息公开年度报告", id="circular cut off"),
        pytest.param(f"昆岚市2023年{REPORT}解读", id="explanation"),
        pytest.param(f"昆岚市2023年{REPORT}（解读）", id="explanation in brackets"),
        pytest.param(f"【解读】昆岚市2023年{REPORT}", id="explanation first"),
        pytest.param(f"昆岚市2023年{REPORT}（模板）", id="template"),
        pytest.param("2023年政务公开工作要点", id="work plan"),
        pytest.param("2023年政务公开工作报告", id="wider 政务公开, not annual"),
        pytest.param(f"昆岚市政府发布2023年{REPORT}", id="news"),
        pytest.param(f"昆岚市召开2023年{REPORT}会议", id="news of a meeting"),
        pytest.param(f"全市各部门完成2023年{REPORT}", id="news of completion"),
        pytest.param(f"现公布昆岚市财政局2023年{REPORT}", id="sentence without its stop"),
        pytest.param(f"昆岚市财政局2023年{REPORT}。", id="sentence"),
        pytest.param(f"我局2023年{REPORT}", id="pronoun"),
        pytest.param(f"上一篇：昆岚市财政局2022年{REPORT}", id="neighbouring page"),
        pytest.param(f"昆岚市财政局2023年{REPORT} 2024-01-18", id="entry of a list"),
        pytest.param("2023年环境信息公开年度报告", id="another sort of disclosure"),
        pytest.param("2022年昆岚市环境信息公开年度报告", id="and with a place"),
        pytest.param("昆岚市财政局2022年2023年" + REPORT, id="two years"),
        pytest.param("（三）收到和处理政府信息公开申请情况", id="heading"),
        pytest.param("根据《中华人民共和国政府信息公开条例》，编制本报告", id="preface"),
    ],
)
def test_what_is_no_title(line: str) -> None:
    assert looks_like_title(line) is None


@pytest.mark.parametrize(
    ("line", "scope"),
    [
        pytest.param(f"昆岚市财政局2021年{REPORT}", None, id="nothing said"),
        pytest.param(f"海关总署（本级机关）2020年{REPORT}", Scope.OWN, id="in brackets"),
        pytest.param(f"望州市本级2023年{REPORT}", Scope.OWN, id="behind the name"),
        pytest.param(f"城口县人民政府机关2020年{REPORT}", Scope.OWN, id="in the name"),
        pytest.param(f"望州市机关事务管理局2021年{REPORT}", None, id="机关 of another meaning"),
        pytest.param(f"望州市2021年度{REPORT}（汇总）", Scope.AGGREGATE, id="behind the title"),
        pytest.param(f"望州市2021年度全市{REPORT}", Scope.AGGREGATE, id="behind the year"),
        pytest.param(f"大同市气象部门2023年{REPORT}", Scope.AGGREGATE, id="部门"),
        pytest.param(f"广州海关关区2021年{REPORT}", Scope.AGGREGATE, id="关区"),
    ],
)
def test_scope_in_the_title(line: str, scope: Scope | None) -> None:
    parts = looks_like_title(line)
    assert parts is not None
    assert parts.scope is scope


@pytest.mark.parametrize(
    ("lines", "title", "agency", "place"),
    [
        pytest.param(
            ["城口县人民政府机关", f"2020年{REPORT}"],
            f"城口县人民政府机关2020年{REPORT}", "城口县人民政府机关", (0, 2), id="agency on its own line",
        ),
        pytest.param(
            ["唐村镇2010年度政府", "信息公开工作年度报告"],
            f"唐村镇2010年度{REPORT}", "唐村镇", (0, 2), id="broken inside a word",
        ),
        pytest.param(
            ["昆岚市", "经济和信息化局", "2023年度", REPORT],
            f"昆岚市经济和信息化局2023年度{REPORT}", "昆岚市经济和信息化局", (0, 4), id="four lines",
        ),
        pytest.param(
            ["宁波市镇海区经济", f"和信息化局2023年{REPORT}"],
            f"宁波市镇海区经济和信息化局2023年{REPORT}", "宁波市镇海区经济和信息化局", (0, 2), id="broken inside the name",
        ),
        pytest.param(
            ["昆岚市住房和", f"城乡建设局2023年{REPORT}"],
            f"昆岚市住房和城乡建设局2023年{REPORT}", "昆岚市住房和城乡建设局", (0, 2), id="where the rest is a name too",
        ),
        pytest.param(
            ["昆岚市人民政府", f"昆岚市财政局2023年{REPORT}"],
            f"昆岚市财政局2023年{REPORT}", "昆岚市财政局", (1, 2), id="the site's name above",
        ),
        pytest.param(
            ["昆岚市人民政府", f"财政局2023年{REPORT}"],
            f"财政局2023年{REPORT}", "财政局", (1, 2), id="another body above",
        ),
        pytest.param(
            ["政府信息公开年报", f"昆岚市财政局2023年{REPORT}", "（图片版）"],
            f"昆岚市财政局2023年{REPORT}", "昆岚市财政局", (1, 2), id="column above",
        ),
        pytest.param(
            [f"2023年{REPORT}", f"昆岚市财政局2023年{REPORT}"],
            f"昆岚市财政局2023年{REPORT}", "昆岚市财政局", (1, 2), id="the one that states more",
        ),
        pytest.param(
            ["昆岚市财政局", REPORT, "（2023年度）", "编制说明"],
            f"昆岚市财政局{REPORT}（2023年度）", "昆岚市财政局", (0, 3), id="year below",
        ),
    ],
)  # fmt: skip
def test_titles_over_lines(lines: list[str], title: str, agency: str, place: tuple[int, int]) -> None:
    found = find_title(lines)
    assert found is not None
    assert (found.parts.title, found.parts.agency, (found.start, found.end)) == (title, agency, place)


def test_no_title_among_lines() -> None:
    assert find_title([]) is None
    assert find_title(["昆岚市财政局", "政府信息公开", "一、总体情况"]) is None


@given(st.text(alphabet="昆岚市财政局2023年度政府信息公开工作报告（）()《》【】 二〇关于的汇总", max_size=60))
def test_any_line_gives_parts_of_itself_or_nothing(line: str) -> None:
    parts = looks_like_title(line)
    if parts is not None:
        assert parts.title in line
        assert parts.agency or parts.year


@pytest.mark.parametrize("piece", ["政府信息公开", "(报告)", "二〇二三年", "年度报告", "【公开】报", "工作情况的"])
def test_hostile_lines_take_no_time(piece: str) -> None:
    assert growth(lambda n: [looks_like_title(piece * n + "公开报告") for _ in range(20)], 60) < LIMIT


@pytest.mark.parametrize(
    ("line", "scope"),
    [
        ("云棠县2023年政府信息公开工作年度报告（全县）", Scope.AGGREGATE),
        ("云棠县2023年政府信息公开工作年度报告（全县汇总）", Scope.AGGREGATE),
        ("云棠县2023年政府信息公开工作年度报告（图片版）", None),
        ("云棠县2023年政府信息公开工作年度报告（本级）", Scope.OWN),
    ],
)
def test_a_bracket_behind_the_title_may_tell_the_scope(line: str, scope: Scope | None) -> None:
    parts = looks_like_title(line)
    assert parts is not None and parts.scope is scope
