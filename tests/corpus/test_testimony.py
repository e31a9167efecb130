"""What the places of a page say is recorded with what became of it; meta tags are evidence, never truth."""

import pytest

from corpus.model import Report, StatementUse
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.site_codes import is_site_code, site_code_of, stated_codes

SECTIONS = "".join(
    f"<h2>{heading}</h2><p>情况如下，工作有序开展。</p>"
    for heading in (
        "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
    )
)  # fmt: skip


def read(agency: str = "宁波市教育局", footer: str = "", **metas: str) -> Report:
    tags = "".join(f'<meta content="{value}" name="{name}">' for name, value in metas.items())
    page = (
        f"<html><head><title>年报</title>{tags}</head><body><h1>{agency}2023年政府信息公开工作年度报告</h1>"
        f"<div id='zoom'>{SECTIONS}</div><div class='footer'>{footer}</div></body></html>"
    )
    (report,) = parse_document(read_document(page.encode(), "a.html"))
    return report


def said(report: Report) -> dict[str, tuple[str, str]]:
    """Field and source → value and use."""
    return {f"{s.field}.{s.source}": (s.value, s.use.value) for s in report.statements}


def test_all_metas_of_a_site_are_recorded() -> None:
    report = read(
        SiteName="宁波市人民政府", SiteIDCode="3302000001", ColumnType="信息公开年报，政策文件",
        ArticleTitle="宁波市教育局2023年政府信息公开工作年度报告", PubDate="2024-01-20 10:00", ContentSource="新华社",
    )  # fmt: skip
    found = said(report)
    assert found["region.siteidcode"] == ("3302000001", "agrees")
    assert found["region.sitename"] == ("宁波市人民政府", "agrees")
    assert found["column.columntype"] == ("信息公开年报，政策文件", "agrees")
    assert found["title.articletitle"][1] == "agrees"
    assert found["published.pubdate"] == ("2024-01-20 10:00", "used")
    assert found["agency.contentsource"] == ("新华社", "unusable")
    assert found["agency.title"] == ("宁波市教育局", "used")
    assert report.region.evidence["site_code"] == "330200"
    assert report.published == "2024-01-20"


@pytest.mark.parametrize("left_behind", ["1234567890", "0000000000", "3201000001"])
def test_a_footer_counts_where_the_head_holds_a_dummy_or_another_sites_code(left_behind: str) -> None:
    report = read(footer="主办：宁波市人民政府 网站标识码：3302000001", SiteIDCode=left_behind)
    assert report.region.evidence["site_code"] == "330200"
    assert [f.id for f in report.findings if f.id.startswith("s.region")] == []
    assert said(report)["region.siteidcode"][1] in ("unusable", "differs")


def test_all_codes_against_the_name_are_a_finding() -> None:
    report = read(footer="网站标识码：3205000001", SiteIDCode="3201000001")
    assert [f.id for f in report.findings if f.id.startswith("s.region")] == ["s.region_conflict"]
    assert report.region.city == "宁波市"
    assert {said(report)[f"region.{label}"][1] for label in ("siteidcode", "网站标识码")} == {"differs"}


def test_the_name_of_a_site_is_never_the_agency() -> None:
    report = read("", SiteName="望州市人民政府", ContentSource="")
    assert report.agency is None


def test_a_template_of_another_city_differs_and_changes_nothing() -> None:
    report = read(SiteName="齐齐哈尔市人民政府", ContentSource="宁波市教育局")
    found = said(report)
    assert found["region.sitename"] == ("齐齐哈尔市人民政府", "differs")
    assert found["agency.contentsource"] == ("宁波市教育局", "agrees")
    assert report.region.city == "宁波市"


def test_what_was_used_is_what_the_evidence_names() -> None:
    report = read("", ContentSource="宁波市教育局", PubDate="2024-01-20")
    assert report.evidence["agency"] == "contentsource"
    used = {(s.field, s.source) for s in report.statements if s.use is StatementUse.USED}
    assert {("agency", "contentsource"), ("published", "pubdate")} <= used


@pytest.mark.parametrize(("code", "use"), [("bm07000001", "agrees"), ("1101020001", "unusable")])
def test_the_code_of_a_central_body_is_one_of_its_own(code: str, use: str) -> None:
    assert said(read("教育部", SiteIDCode=code))["region.siteidcode"] == (code, use)


@pytest.mark.parametrize("date", ["——", "2024——", "无", "0000-00-00"])
def test_a_date_that_is_none_says_nothing(date: str) -> None:
    report = read(PubDate=date)
    assert report.published is None
    assert said(report)["published.pubdate"] == (date, "unusable")


def test_a_date_set_with_long_dashes_is_read() -> None:
    assert read(PubDate="2024——01——20").published == "2024-01-20"


def test_site_codes() -> None:
    assert is_site_code("3302000001") and is_site_code("bm07000001")
    assert not any(map(is_site_code, ("1234567890", "0000000000", "33020000", "", "bm0700000")))
    meta = {"siteidcode": "BM07000001", "网站标识码": "3302000001"}
    assert [(c.label, c.value) for c in stated_codes(meta)] == [
        ("siteidcode", "bm07000001"),
        ("网站标识码", "3302000001"),
    ]
    assert site_code_of({"siteidcode": "1234567890", "网站标识码": "3302000001"}) == "3302000001"
    assert site_code_of({}) is None
