"""Which report a document is: what counts as evidence for agency, year, scope, date and region, and what contradicts."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import AgencyKind, Scope
from corpus.parse.identity import Identity, identify
from corpus.parse.scope import scope_of_preface

REPORT = "政府信息公开工作年度报告"
TITLE = f"昆岚市财政局2023年{REPORT}"
BARE = f"2023年{REPORT}"


@dataclass(frozen=True)
class Page:
    """A page with a title that says everything; a case states only what differs."""

    front: list[str] = field(default_factory=lambda: [TITLE])
    meta: dict[str, str] = field(default_factory=dict)
    tail: list[str] = field(default_factory=list)
    body: str = ""

    def identity(self) -> Identity:
        return identify(self.meta, self.front, self.tail, self.body)


def test_a_title_that_says_everything() -> None:
    found = Page().identity()
    assert (found.title, found.agency, found.year, found.kind) == (TITLE, "昆岚市财政局", 2023, AgencyKind.DEPARTMENT)
    assert (found.region.city, found.scope, found.published, found.findings) == ("昆岚市", None, None, ())
    assert found.evidence == {"title": "title", "agency": "title", "year": "title"}


@pytest.mark.parametrize(
    ("page", "agency", "source"),
    [
        pytest.param(Page([BARE], tail=["昆岚市教育局", "2024年1月18日"]), "昆岚市教育局", "signature", id="signature"),
        pytest.param(Page([BARE], tail=["昆岚市教育局（盖章） 2024年1月18日"]), "昆岚市教育局", "signature", id="with seal and date"),
        pytest.param(Page([BARE], {"发布机构": "昆岚市教育局"}), "昆岚市教育局", "发布机构", id="label in the metadata"),
        pytest.param(Page(["索引号：1 发布机构：昆岚市教育局", BARE]), "昆岚市教育局", "发布机构", id="label on the page"),
        pytest.param(Page([BARE], tail=["填报单位：昆岚市教育局"]), "昆岚市教育局", "填报单位", id="label behind the table"),
        pytest.param(Page([BARE], {"contentsource": "昆岚市教育局"}), "昆岚市教育局", "contentsource", id="source"),
        pytest.param(
            Page([BARE], {"contentsource": "昆岚市大数据局"}, ["昆岚市教育局"]), "昆岚市教育局", "signature",
            id="the signature comes first",
        ),
        pytest.param(
            Page([BARE], {"breadcrumb": "首页 > 政府信息公开 > 昆岚市教育局 > 政府信息公开年报"}), "昆岚市教育局", "breadcrumb",
            id="breadcrumb",
        ),
        pytest.param(Page([BARE], {"breadcrumb": "首页 > 政府办公室 > 年报"}), None, None, id="breadcrumb of any place"),
        pytest.param(Page([BARE], {"contentsource": "新华社"}), None, None, id="press is no agency"),
        pytest.param(Page([BARE], {"contentsource": "昆岚市人民政府门户网站"}), None, None, id="a portal is none"),
        pytest.param(
            Page([BARE], {"articletitle": TITLE, "contentsource": "昆岚市教育局"}), "昆岚市财政局", "articletitle",
            id="title of the page",
        ),
        pytest.param(Page(["本报告由昆岚市财政局编制"], {"title": f"{TITLE}-昆岚市人民政府"}), "昆岚市财政局", "title", id="title tag"),
        pytest.param(Page([f"昆嵐市財政局2023年{REPORT}"]), "昆岚市财政局", "title", id="simplified"),
        pytest.param(Page(["没有标题"]), None, None, id="nothing"),
    ],
)  # fmt: skip
def test_where_the_agency_comes_from(page: Page, agency: str | None, source: str | None) -> None:
    found = page.identity()
    assert (found.agency, found.evidence.get("agency")) == (agency, source)


@pytest.mark.parametrize(
    ("page", "agency"),
    [
        pytest.param(Page([f"教育局2023年{REPORT}", "昆岚市教育局"]), "昆岚市教育局", id="line below"),
        pytest.param(Page(["昆岚市教育局", f"市教育局2023年{REPORT}"]), "昆岚市教育局", id="line above"),
        pytest.param(
            Page([f"海棠区教育局2023年{REPORT}"], tail=["昆岚市海棠区教育局"]), "昆岚市海棠区教育局", id="signature"
        ),
        pytest.param(
            Page([f"税务局2023年{REPORT}"], {"发布机构": "国家税务总局昆岚市税务局"}),
            "国家税务总局昆岚市税务局",
            id="label",
        ),
        pytest.param(Page(tail=["财政局"]), "昆岚市财政局", id="a shorter name never replaces"),
        pytest.param(Page(tail=["昆岚市教育局"]), "昆岚市财政局", id="nor another name"),
        pytest.param(Page([f"贵阳市2023年{REPORT}"], tail=["贵阳市人民政府办公厅"]), "贵阳市", id="a bare 市 stays"),
    ],
)
def test_a_longer_name_that_ends_with_the_title_s(page: Page, agency: str) -> None:
    assert page.identity().agency == agency


@pytest.mark.parametrize(
    ("page", "year", "source"),
    [
        pytest.param(Page(), 2023, "title", id="title"),
        pytest.param(
            Page([f"昆岚市财政局{REPORT}", "统计期限自2019年1月1日起至2019年12月31日止"]),
            2019,
            "period",
            id="period in the preface",
        ),
        pytest.param(
            Page([f"昆岚市财政局{REPORT}"], body="自2019年1月1日起至2019年12月31日止"),
            2019,
            "period",
            id="period in the text",
        ),
        pytest.param(
            Page([f"昆岚市财政局{REPORT}"], {"pubdate": "2020-01-20 09:00"}), 2019, "pubdate", id="the year before"
        ),
        pytest.param(
            Page([f"昆岚市财政局{REPORT}"], tail=["2020年1月3日"]), 2019, "signature", id="before the signature"
        ),
        pytest.param(
            Page([f"昆岚市财政局{REPORT}"], {"articletitle": TITLE, "pubdate": "2020-01-20"}),
            2023,
            "articletitle",
            id="page title",
        ),
        pytest.param(
            Page([f"昆岚市财政局{REPORT}"], body="2024年，我局将继续公开。"), None, None, id="plans state no year"
        ),
    ],
)
def test_where_the_year_comes_from(page: Page, year: int | None, source: str | None) -> None:
    found = page.identity()
    assert (found.year, found.evidence.get("year")) == (year, source)


@pytest.mark.parametrize(
    ("page", "published", "source"),
    [
        pytest.param(Page(meta={"pubdate": "2024-01-18 10:30"}), "2024-01-18", "pubdate", id="of the page"),
        pytest.param(Page(meta={"成文日期": "2024年1月18日"}), "2024-01-18", "成文日期", id="labelled"),
        pytest.param(
            Page(["发布日期：2024-01-20 来源：本站", TITLE]), "2024-01-20", "发布日期", id="labelled on the page"
        ),
        pytest.param(Page(tail=["昆岚市财政局", "二〇二四年一月十八日"]), "2024-01-18", "signature", id="signature"),
        pytest.param(Page(tail=["昆岚市财政局2024年1月18日"]), "2024-01-18", "signature", id="on the line of the name"),
        pytest.param(
            Page(meta={"pubdate": "——"}, tail=["2024年1月18日"]), "2024-01-18", "signature", id="template left empty"
        ),
        pytest.param(Page(tail=["办法自2024年1月18日起施行", "会议开到2024年1月18日"]), None, None, id="sentences"),
        pytest.param(Page(tail=["2014年1月18日"]), "2014-01-18", "signature", id="impossible, but printed"),
        pytest.param(Page(tail=["2024年2月30日"]), None, None, id="no day"),
    ],
)
def test_where_the_date_comes_from(page: Page, published: str | None, source: str | None) -> None:
    found = page.identity()
    assert (found.published, found.evidence.get("published")) == (published, source)


@pytest.mark.parametrize(
    ("page", "ids"),
    [
        pytest.param(Page([TITLE, "自2023年1月1日起至2023年12月31日止"]), [], id="year agrees"),
        pytest.param(Page([TITLE, "自2022年1月1日起至2022年12月31日止"]), ["s.year_conflict"], id="another period"),
        pytest.param(Page(tail=["2022年1月18日"]), ["s.year_conflict"], id="dated before the year"),
        pytest.param(Page(tail=["2026年1月18日"]), [], id="published late"),
        pytest.param(Page([f"宁波市财政局2023年{REPORT}"], {"siteidcode": "3302000003"}), [], id="site agrees"),
        pytest.param(
            Page([f"宁波市财政局2023年{REPORT}"], {"siteidcode": "3303000003"}),
            ["s.region_conflict"],
            id="another city's site",
        ),
        pytest.param(
            Page([f"海关总署2023年{REPORT}"], {"siteidcode": "1100000159"}), [], id="central bodies have no region"
        ),
    ],
)
def test_contradictions_are_findings_and_change_nothing(page: Page, ids: list[str]) -> None:
    found = page.identity()
    assert [finding.id for finding in found.findings] == ids
    assert found.year == 2023
    assert found.region.city in {"昆岚市", "宁波市", None}


def test_a_conflict_names_both_years() -> None:
    (finding,) = Page([TITLE, "自2022年1月1日起至2022年12月31日止"]).identity().findings
    assert (finding.severity, finding.expected, finding.found) == ("soft", 2023, 2022)
    assert finding.message == "标题所载年度为2023年，统计期限为2022年"


def test_a_person_s_statement_wins() -> None:
    found = identify({"siteidcode": "3302110001"}, [TITLE], ["2024年1月18日"], "", agency="镇海区教育局", year=2022)
    assert (found.agency, found.year, found.region.code) == ("镇海区教育局", 2022, "330211")
    assert (found.evidence["agency"], found.evidence["year"], found.title) == ("given", "given", TITLE)


@pytest.mark.parametrize(
    ("line", "scope"),
    [
        pytest.param("本报告为全市汇总数据。", Scope.AGGREGATE, id="汇总"),
        pytest.param("本报告统计范围涵盖县政府及各部门、各乡镇。", Scope.AGGREGATE, id="涵盖各部门"),
        pytest.param("报告所列数据为全县数据", Scope.AGGREGATE, id="全县"),
        pytest.param("本报告汇总了区政府本级和各部门、各街道的数据。", Scope.AGGREGATE, id="summed with 本级"),
        pytest.param(
            "本报告为望州市人民政府本级报告，全市汇总报告另行公布。", Scope.OWN, id="the other report does not count"
        ),
        pytest.param("数据统计范围为局机关。", Scope.OWN, id="局机关"),
        pytest.param("本报告数据不含下属单位。", Scope.OWN, id="不含下属"),
        pytest.param("本報告為全縣彙總數據，統計範圍為全縣。", Scope.AGGREGATE, id="Traditional"),
        pytest.param("根据《条例》和国家机关有关规定编制本报告。", None, id="the law's organs"),
        pytest.param("按照全市政务公开工作要点和年度报告编制要求，现公布本报告。", None, id="a plan of the city"),
        pytest.param("昆岚市机关事务管理局编制了本报告。", None, id="机关 in a name"),
        pytest.param("我局认真落实全市工作部署。", None, id="nothing about the figures"),
        pytest.param("本报告含本级数据。全市数据见本报告附表。", None, id="both"),
        pytest.param("", None, id="empty"),
    ],
)
def test_scope_of_the_preface(line: str, scope: Scope | None) -> None:
    assert scope_of_preface([line]) is scope


def test_the_title_s_scope_comes_before_the_preface_s() -> None:
    found = Page([f"望州市本级2023年{REPORT}", "本报告数据为全市汇总。"]).identity()
    assert (found.scope, found.evidence["scope"]) == (Scope.OWN, "title")
    found = Page([TITLE, "本报告数据为全市汇总。"]).identity()
    assert (found.scope, found.evidence["scope"]) == (Scope.AGGREGATE, "preface")


LINES = st.lists(
    st.text(alphabet="昆岚市财政局2023年度月日政府信息公开工作报告（）：:来源发布机构 本级汇总二〇", max_size=40),
    max_size=6,
)


@given(
    LINES,
    LINES,
    st.dictionaries(st.sampled_from(["pubdate", "contentsource", "title", "siteidcode"]), st.text(max_size=20)),
)
def test_any_document_has_an_identity(front: list[str], tail: list[str], meta: dict[str, str]) -> None:
    found = identify(meta, front, tail, "\n".join(tail))
    assert (found.agency is None) == ("agency" not in found.evidence)
    assert (found.year is None) == ("year" not in found.evidence)
    assert found.published is None or len(found.published) == 10


REAL = os.environ.get("GONGKAI_REAL_REPORTS")


@pytest.mark.real
@pytest.mark.skipif(not REAL, reason="GONGKAI_REAL_REPORTS does not name the folder of the real reports")
@pytest.mark.parametrize(
    ("number", "agency", "year", "levels", "code", "kind"),
    [
        ("000", "宁波市镇海区经济和信息化局", 2023, ("浙江省", "宁波市", "镇海区"), "330211", AgencyKind.DEPARTMENT),
        ("001", "北仑区人民政府", 2023, ("浙江省", "宁波市", "北仑区"), "330206", AgencyKind.PEOPLE_GOVERNMENT),
        ("002", "宁波经济技术开发区商务局", 2022, ("浙江省", "宁波市", None), "330200", AgencyKind.DEPARTMENT),
        ("003", "灋河回族区科技和工业信息化局", 2023, (None, None, "灋河回族区"), None, AgencyKind.DEPARTMENT),
        ("004", "宁波市镇海区机关事务管理局", 2021, ("浙江省", "宁波市", "镇海区"), "330211", AgencyKind.DEPARTMENT),
    ],
)
def test_the_real_reports(
    number: str, agency: str, year: int, levels: tuple[str | None, ...], code: str | None, kind: AgencyKind
) -> None:
    (path,) = Path(REAL or "").glob(f"{number}_*.txt")
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    first_heading = next(i for i, line in enumerate(lines) if line.startswith("一、"))
    found = identify({}, lines[:first_heading], lines[-10:], "\n".join(lines))
    region = found.region
    assert (found.agency, found.agency_printed, found.year, found.kind) == (agency, agency, year, kind)
    assert (region.province, region.city, region.county, region.township, region.code) == (*levels, None, code)
    assert (found.scope, found.published, found.findings) == (None, None, ())
