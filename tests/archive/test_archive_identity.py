"""When two reports of one name are one body's, and when nothing but the text can tell."""

from dataclasses import replace

import pytest
from archive_samples import parse_tiny, tiny

from archive.identity import (
    Evidence,
    SiteRelation,
    contradiction,
    is_elsewhere,
    is_pinned,
    is_same_text,
    new_report_id,
    relation,
    site_of,
)
from archive.model import Site
from archive.reader import Hints
from corpus.model import AgencyKind, Region, Report, Scope


def evidence(
    *, province: str | None = None, city: str | None = None, county: str | None = None, code: str | None = None,
    kind: AgencyKind = AgencyKind.DEPARTMENT, host: str | None = None, site: str | None = None,
) -> Evidence:  # fmt: skip
    return Evidence(Region(province, city, county, None, code), kind, Site(host, site))


NOTHING = evidence()


@pytest.mark.parametrize(
    ("url", "code", "site"),
    [
        ("https://www.yuntang.example:8443/a", None, Site("yuntang.example")),
        ("HTTPS://WWW.Yuntang.Example/", " 9901020001 ", Site("yuntang.example", "9901020001")),
        (None, "bm99000001", Site(None, "bm99000001")),
        (None, "BM99000001", Site(None, "bm99000001")),
        # left over from templates
        (None, "1234567890", Site()),
        (None, "0000000000", Site()),
        (None, "——", Site()),
        ("not an address", "", Site()),
        ("http://[broken", None, Site()),
    ],
)
def test_site(url: str | None, code: str | None, site: Site) -> None:
    assert site_of(url, code) == site


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (Site("a"), Site("a"), SiteRelation.SAME),
        (Site("a"), Site("b"), SiteRelation.OTHER),
        (Site("a", "1"), Site("b", "1"), SiteRelation.SAME),  # a site that moved keeps its code
        (Site("a"), Site(None, "1"), SiteRelation.UNKNOWN),
        (Site(), Site("a"), SiteRelation.UNKNOWN),
        (Site(), Site(), SiteRelation.UNKNOWN),
    ],
)
def test_relation_of_sites(a: Site, b: Site, expected: SiteRelation) -> None:
    assert relation(a, b) is relation(b, a) is expected


@pytest.mark.parametrize(
    ("a", "b", "same_year", "expected"),
    [
        (NOTHING, NOTHING, True, None),
        (evidence(city="昆岚市"), NOTHING, True, None),
        (evidence(city="昆岚市"), evidence(city="望州市"), True, "市级 昆岚市 / 望州市"),
        (evidence(city="昆岚市"), evidence(city="望州市"), False, "市级 昆岚市 / 望州市"),
        (evidence(city="昆岚地区"), evidence(city="昆岚市"), False, None),
        (evidence(city="昆岚地区"), evidence(city="昆岚市"), True, "市级 昆岚地区 / 昆岚市"),
        # levels outrank codes: a wrong code in a site's template splits nobody
        (evidence(city="昆岚市", site="1100000159"), evidence(city="昆岚市", site="9901000001"), True, None),
        (evidence(code="990100"), evidence(code="990102"), True, None),  # one holds the other
        (evidence(code="990101"), evidence(code="990102"), True, "区划代码 990101 / 990102"),
        (evidence(code="990101"), evidence(code="990102"), False, None),  # a county that became a district
        (evidence(code="990101"), evidence(code="880101"), False, "区划代码 990101 / 880101"),
        (evidence(site="9901010001"), evidence(site="9901010002"), True, None),
        (evidence(site="9901010001"), evidence(site="9902010001"), True, "网站标识码 990101 / 990201"),
        (evidence(site="bm99000001"), evidence(site="9902010001"), True, None),  # a ministry's site has no region
        (evidence(host="a"), evidence(host="b"), True, None),  # for the text to decide
    ],
)
def test_contradiction(a: Evidence, b: Evidence, same_year: bool, expected: str | None) -> None:
    assert contradiction(a, b, same_year=same_year) == expected
    assert (contradiction(b, a, same_year=same_year) is None) == (expected is None)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (NOTHING, NOTHING, False),
        (evidence(county="海棠区"), evidence(county="海棠区"), False),  # districts of that name are many
        (evidence(city="昆岚市"), evidence(city="昆岚市"), True),
        (evidence(city="昆岚市"), evidence(city="望州市"), False),
        (evidence(code="990102"), evidence(code="990102"), True),
        (evidence(province="天岚省"), evidence(province="天岚省"), True),
        (evidence(province="天岚省", county="海棠区"), evidence(province="天岚省", county="海棠区"), False),
        (evidence(kind=AgencyKind.CENTRAL), evidence(kind=AgencyKind.CENTRAL), True),
    ],
)
def test_pinned(a: Evidence, b: Evidence, expected: bool) -> None:
    assert is_pinned(a, b) is expected


def test_elsewhere_is_for_sites_of_bodies_that_nothing_pins_down() -> None:
    a, b = evidence(county="海棠区", host="a"), evidence(county="海棠区", host="b")
    assert is_elsewhere(a, b)
    assert not is_elsewhere(a, replace(b, site=Site("a")))
    assert not is_elsewhere(evidence(city="昆岚市", host="a"), evidence(city="昆岚市", host="b"))


def report(*lines: str) -> Report:
    return parse_tiny(tiny("海棠区财政局", 2023, *lines).encode(), "", Hints()).reports[0]


LINES = [f"第{i}段说明本年度的一项具体工作。" for i in range(10)]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (LINES, LINES, True),
        (LINES, [line.replace("说明", "說明") + " " for line in LINES], True),  # a Traditional copy
        (LINES, LINES[:8], True),
        (LINES, [*LINES[:8], "镜像站点的说明一，与原文不同。", "镜像站点的说明二，与原文不同。"], True),
        (LINES, [*LINES[:5], *(f"另一机关的第{i}项工作情况说明。" for i in range(5))], False),
        (["a=1", *LINES], ["a=2", *LINES], False),  # one figure differs: not the same report
        (["a=0", "无。"], ["a=0", "没有。"], False),  # nothing to go by
    ],
    ids=["equal", "traditional", "shorter", "two lines differ", "half differs", "figure differs", "too little"],
)
def test_same_text(a: list[str], b: list[str], expected: bool) -> None:
    assert is_same_text(report(*a), report(*b)) is expected
    assert is_same_text(report(*b), report(*a)) is expected


def test_id_is_counted_on_when_taken() -> None:
    first = new_report_id("云棠县财政局", None, 2023, "990102", set())
    assert first == "990102-f5c04343-2023"
    second = new_report_id("云棠县财政局", None, 2023, "990102", {first})
    assert second == f"{first}-2"
    assert new_report_id("云棠县财政局", None, 2023, "990102", {first, second}) == f"{first}-3"
    assert new_report_id("云棠县财政局", Scope.OWN, 2023, None, {first}).startswith("cn-")
    assert new_report_id("云棠县财政局", None, 2023, "../etc", set()).startswith("cn-")
