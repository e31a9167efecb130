"""Who cites what, as pages and API show it; agencies under several names; the evidence of a report."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from web_samples import NOW

from archive import Archive, open_archive
from archive.corrections import withdraw
from archive.ingest import ingest
from indexer import open_engine, sync
from webui.app import create_app

REGULATION = "中华人民共和国政府信息公开条例"
FORMAT = "国办公开办函〔2021〕30号"
SECTIONS = (
    "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况", "其他需要报告的事项",
)  # fmt: skip


def page_of(agency: str, year: int, overview: str) -> str:
    parts = "".join(
        f"<h2>{'一二三四五六'[n]}、{heading}</h2><p>{overview if n == 0 else '情况如下。'}</p>"
        for n, heading in enumerate(SECTIONS)
    )
    metas = f'<meta name="ContentSource" content="{agency}"><meta name="PubDate" content="{year + 1}-01-20">'
    return f"<html><head><title>年报</title>{metas}</head><body><h1>{agency}{year}年政府信息公开工作年度报告</h1>{parts}</body></html>"


REPORTS = {
    "a": ("望州市规划局", 2018, f"根据《政府信息公开条例》第三十六条编制。按《{REGULATION}》（以下简称《条例》）第二十条公开。"),
    "b": ("望州市自然资源局", 2021, f"依据{FORMAT}和国令第711号。依照《条例》办理。"),
    "c": ("望州市自然资源局", 2022, f"依据{FORMAT}、DB99/T 1024-2019编制；参照国办公开办函〔202130要求。"),
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    home, files = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("files")
    for name, content in REPORTS.items():
        (files / f"{name}.html").write_text(page_of(*content), encoding="utf-8")
    with open_archive(home) as opened:
        assert all(o.report_id for o in ingest(opened, [files], now=lambda: NOW))
        yield opened


@pytest.fixture(scope="module")
def client(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    engine = open_engine("memory:", tmp_path_factory.mktemp("index"))
    sync(archive, engine)
    app = create_app(archive, lambda: engine, base_url=None, now=lambda: NOW)
    app.testing = True
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Callable[[str], BeautifulSoup]:
    def get(path: str) -> BeautifulSoup:
        answer = client.get(path)
        assert answer.status_code == 200, answer.text[:300]
        return BeautifulSoup(answer.text, "lxml")

    return get


Page = Callable[[str], BeautifulSoup]


def id_of(archive: Archive, year: int) -> str:
    return next(s.id for s in archive.summaries() if s.year == year)


def test_the_list_names_everything_cited_with_its_counts(page: Page) -> None:
    rows = [[cell.get_text(" ", strip=True) for cell in row("td")] for row in page("/references/").tbody("tr")]
    names = [a.get_text() for a in page("/references/").select("tbody th a")]
    assert dict(zip(names, rows, strict=True)) == {
        FORMAT: ["文件（发文字号）", "2021 – 2022".replace(" ", ""), "2", "2"],
        REGULATION: ["法律法规", "2018", "1", "2"],
        "DB99/T 1024—2019": ["标准", "2022", "1", "1"],
        "国务院令第711号": ["令", "2021", "1", "1"],
    }
    assert names[0] == FORMAT, "most citing reports first"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("kind=law", [REGULATION]),
        ("kind=order", ["国务院令第711号"]),
        ("name=信息公开条例", ["国务院令第711号", REGULATION]),  # what is known about the order says it
        ("name=公开办函[2021]", [FORMAT]),
        ("kind=law&name=711", []),
    ],
)
def test_the_list_narrows_down(query: str, names: list[str], page: Page) -> None:
    assert sorted(a.get_text() for a in page(f"/references/?{query}").select("tbody th a")) == sorted(names)


def test_what_is_damaged_or_never_explained_is_listed_as_printed(page: Page) -> None:
    found = page("/references/?kind=unresolved")
    assert [mark.get_text() for mark in found.select("blockquote mark")] == ["国办公开办函〔202130", "《条例》"]


def test_a_page_shows_every_place_in_its_sentence_with_a_link_to_it(page: Page, archive: Archive) -> None:
    found = page(f"/references/{REGULATION}")
    assert found.h1.get_text() == REGULATION
    places = found.select("ol.citing li")
    assert [p.mark.get_text() for p in places] == [
        "《政府信息公开条例》第三十六条", f"《{REGULATION}》（以下简称《条例》）第二十条",
    ]  # fmt: skip
    assert places[0].blockquote.get_text() == "根据《政府信息公开条例》第三十六条编制。"
    link = urlsplit(places[0].a["href"])
    target = page(link.path).find(id=unquote(link.fragment))
    assert target is not None and "《政府信息公开条例》第三十六条" in target.get_text()
    assert link.path == f"/r/{id_of(archive, 2018)}/v1"


def test_articles_narrow_the_places_down(page: Page) -> None:
    found = page(f"/references/{REGULATION}")
    assert [a.get_text(" ", strip=True) for a in found.select(".chips a")] == ["第二十条 1", "第三十六条 1"]
    narrowed = page(found.select(".chips a")[0]["href"])
    assert [m.get_text()[-4:] for m in narrowed.select("ol.citing mark")] == ["第二十条"]


def test_law_and_order_lead_to_each_other_as_far_as_they_are_cited(page: Page) -> None:
    related = page(f"/references/{REGULATION}").select(".facts a")
    assert [a.get_text() for a in related] == ["国务院令第711号"]  # 第492号 is not cited here
    assert page("/references/国务院令第711号").select(".facts a")[0].get_text() == REGULATION


@pytest.mark.parametrize(
    ("typed", "name"),
    [("政府信息公开条例", REGULATION), ("国令第711号", "国务院令第711号"), ("国办公开办函[2021]30号", FORMAT)],
)
def test_other_forms_of_a_name_lead_to_the_canonical_one(typed: str, name: str, client: FlaskClient) -> None:
    answer = client.get(f"/references/{typed}?article=36")
    assert answer.status_code == 301
    target = urlsplit(answer.headers["Location"])
    assert (unquote(target.path), target.query) == (f"/references/{name}", "article=36")
    assert client.get(f"/api/v1/references/{typed}").get_json()["canonical"] == name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_languages(language: str, client: FlaskClient) -> None:
    text = client.get(f"/references/{FORMAT}?lang={language}").text
    assert {"zh": "年度报告格式（2021 年起各年度）", "en": "Format of the annual report"}[language] in text
    client.get("/?lang=zh")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/references/某某条例", 404),
        ("/references/?kind=nothing", 400),
        (f"/references/{REGULATION}?article=x", 400),
        ("/references/?nothing=1", 400),
        ("/api/v1/references/某某条例", 404),
        (f"/api/v1/references/{REGULATION}?limit=x", 400),
        ("/api/v1/references?kind=law", 400),
    ],
)
def test_what_is_wrong_is_told(path: str, status: int, client: FlaskClient) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert (answer.content_type == "application/problem+json") == path.startswith("/api")


def test_the_api_says_the_same_as_the_pages(client: FlaskClient, archive: Archive) -> None:
    listed = client.get("/api/v1/references").get_json()
    assert listed["total"] == len(listed["references"]) == 4
    one = client.get(f"/api/v1/references/{REGULATION}?limit=1&offset=1").get_json()
    assert (one["kind"], one["reports"], one["reports_by_year"]) == ("law", 1, {"2018": 1})
    assert (one["places_by_article"], one["total"]) == ({"20": 1, "36": 1}, 2)
    (place,) = one["places"]
    text = archive.report(place["report_id"], place["version"]).report.text
    assert text[place["start"] : place["end"]] == place["raw"]
    assert place["permalink"] == f"/r/{place['report_id']}/v1#c{place['start']}-{place['end']}"


def test_the_filter_finds_as_many_reports_as_the_page_says(client: FlaskClient) -> None:
    for cited in client.get("/api/v1/references").get_json()["references"]:
        answer = client.get("/api/v1/search", query_string={"cites": cited["canonical"]}).get_json()
        assert answer["total"] == cited["reports"], cited
    by_short_name = client.get("/api/v1/search?cites=政府信息公开条例").get_json()
    assert by_short_name["total"] == 1


def test_a_report_lists_what_it_cites(page: Page, archive: Archive) -> None:
    found = page(f"/r/{id_of(archive, 2018)}")
    (item,) = found.select("#cited li")
    assert item.a.get_text() == REGULATION and "3" not in item.get_text()


def test_an_agency_shows_its_line_and_the_search_over_it(page: Page, client: FlaskClient) -> None:
    found = page("/agencies/望州市自然资源局")
    assert [li.strong.get_text() for li in found.select(".history li")] == ["自然资源和规划局"]
    assert [h.get_text(" ", strip=True) for h in found.select(".line h4")] == ["望州市规划局 前身"]
    search = found.select_one(".line h3 a")["href"]
    assert client.get(f"/api/v1{search}").get_json()["total"] == 3
    assert client.get("/api/v1/search?agency=望州市自然资源局").get_json()["total"] == 2
    assert [h.get_text(" ", strip=True) for h in page("/agencies/望州市规划局").select(".line h4")] == [
        "望州市自然资源局 后继"
    ]


def test_a_report_shows_what_its_page_says_of_it(page: Page, archive: Archive) -> None:
    groups = page(f"/r/{id_of(archive, 2022)}").select(".statements dl > div")
    shown = {group.dt.get_text(): [dd.get_text(" ", strip=True) for dd in group("dd")] for group in groups}
    assert shown["机关"] == ["望州市自然资源局 标题 采用 ContentSource 相符"]
    assert shown["发布日期"] == ["2023-01-20 PubDate 采用"]


def test_pages_follow_a_withdrawal_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page_of(*REPORTS["b"]), encoding="utf-8")
    with open_archive(tmp_path / "home") as archive:
        (outcome,) = ingest(archive, [tmp_path / "a.html"], now=lambda: NOW)
        engine = open_engine("memory:", tmp_path / "home")
        sync(archive, engine)
        client = create_app(archive, lambda: engine, base_url=None, now=lambda: NOW).test_client()
        assert client.get("/api/v1/references").get_json()["total"] == 2
        withdraw(archive, str(outcome.report_id), "撤回", "王某", NOW)
        assert client.get("/api/v1/references").get_json()["total"] == 0
        assert client.get(f"/references/{FORMAT}").status_code == 404
