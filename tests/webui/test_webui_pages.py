"""The pages over a small real archive: what they show, that they are safe, and that they say errors in one shape."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from web_samples import BASE, HOSTILE, HOSTILE_FILE, NOW, PHRASE, World, take_in

from archive import open_archive
from archive.corrections import withdraw
from indexer import open_engine, sync
from webui.app import create_app
from webui.messages import LANGUAGES

Page = Callable[..., str]
PLACES = (
    "/",
    "/search",
    "/search?q=公开",
    "/browse/",
    "/reasons/",
    "/reasons/denied",
    "/reasons/denied.third_party",
    "/issues",
    "/references/",
    "/references/?kind=unresolved",
    "/references/中华人民共和国政府信息公开条例",
    "/api/docs",
)


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "lxml")


def words(node: object) -> str:
    return " ".join(node.get_text(" ").split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PLACES)
def test_every_page_answers_in_every_language(path: str, language: str, page: Page) -> None:
    joined = path + ("&" if "?" in path else "?") + f"lang={language}"
    found = soup(page(joined))
    assert found.html is not None
    assert found.html["lang"] == {"zh": "zh-CN", "en": "en"}[language]
    assert found.find("h1") is not None
    assert found.find("a", class_="skip")["href"] == "#main"


@pytest.mark.parametrize(
    "path", [*PLACES, "/no/such/page", "/healthz", "/api/openapi.json", "/api/v1/reports/none", "/static/site.css"]
)
def test_every_answer_carries_the_strict_headers(path: str, client: FlaskClient) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PLACES)
def test_nothing_comes_from_elsewhere_and_nothing_is_inline(path: str, page: Page) -> None:
    found = soup(page(path))
    for tag, attribute in (("script", "src"), ("link", "href"), ("img", "src")):
        for node in found.find_all(tag):
            assert str(node[attribute]).startswith(("/", BASE)), node
    assert found.find_all("style") == []
    assert [n for n in found.find_all(True) if any(a == "style" or a.startswith("on") for a in n.attrs)] == []


def test_home_says_how_much_it_holds(page: Page, world: World) -> None:
    found = soup(page("/"))
    shown = words(found.find("dl", class_="figures"))
    assert f"报告 {sum(1 for _ in world.archive.summaries())} " in shown
    assert "最近入库 2026-05-06" in shown
    assert found.find("form", role="search")["action"] == "/search"


def test_a_hit_shows_where_it_stands(page: Page, world: World) -> None:
    found = soup(page(f"/search?q={quote(f'“{PHRASE}”')}"))
    assert words(found.find(id="total")).startswith("1 份报告")
    hit = found.find("li", class_="hit")
    assert hit is not None
    assert {mark.get_text() for mark in hit.find_all("mark")} == {PHRASE}
    link = hit.find("h3").a["href"]
    assert str(link).startswith(f"/r/{world.phrase}/v1?q=")
    assert "#s1-p" in str(link)
    assert hit.find("span", class_="Z3988") is not None


def test_facets_are_one_form_with_the_box_and_keep_other_filters(page: Page) -> None:
    found = soup(page("/search?q=公开&year=2022&year=2023&where=derived.denied>=0"))
    chosen = {
        c["value"] for c in found.find_all("input", {"name": "year", "type": "checkbox"}) if c.has_attr("checked")
    }
    assert chosen == {"2022", "2023"}
    assert {c["form"] for c in found.find_all("input", type="checkbox")} == {"search-form"}
    hidden = {(h["name"], h["value"]) for h in found.find_all("input", type="hidden")}
    assert hidden == {("where", "derived.denied>=0")}
    chips = [words(chip) for chip in found.find("ul", class_="chips").find_all("li")]
    assert chips[0].startswith("年度：2022 ×")
    assert chips[-1] == "清除全部"


def test_a_chip_leads_to_the_search_without_it(page: Page) -> None:
    found = soup(page("/search?q=公开&year=2022&year=2023"))
    first = found.find("ul", class_="chips").find("a")
    assert first["href"] == "/search?q=%E5%85%AC%E5%BC%80&year=2023"


def test_a_facet_counts_what_choosing_it_finds(page: Page) -> None:
    found = soup(page("/search?q=公开"))
    box = found.find("input", {"name": "era", "value": "format_2021"})
    assert box is not None
    count = box.parent.find("span", class_="n").get_text()
    assert words(soup(page("/search?q=公开&era=format_2021")).find(id="total")).startswith(f"{count} 份报告")


def test_pages_of_results_follow_each_other(page: Page) -> None:
    first = soup(page("/search?q=公开&limit=5"))
    following = first.find("a", rel="next")["href"]
    second = soup(page(str(following)))
    titles = [{h.get("href") for h in s.select(".hit h3 a")} for s in (first, second)]
    assert len(titles[0]) == 5
    assert not titles[0] & titles[1]
    assert second.find("a", rel="prev")["href"] == "/search?q=%E5%85%AC%E5%BC%80&limit=5"


def test_an_empty_answer_gives_tips(page: Page) -> None:
    found = soup(page("/search?q=" + quote("“青蛙王子的故事”")))
    assert found.find("div", class_="empty") is not None
    assert found.find("li", class_="hit") is None


def test_a_broken_query_is_searched_and_says_where_it_broke(page: Page) -> None:
    found = soup(page("/search?q=" + quote('公开 "不予')))
    note = found.find("p", class_="notice")
    assert note is not None
    assert words(note).startswith("第 4 个字符处：")
    assert note.find("u").get_text() == '"'


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=a&colour=red",
        "/?colour=red",
        "/r/some-report?colour=red",
        "/browse/?colour=red",
        "/search.csv?colour=red",
    ],
)
def test_unknown_parameters_are_named(path: str, page: Page) -> None:
    assert "colour" in page(path, 400)


def test_a_report_shows_its_text_marked_and_stepped_without_script(page: Page, world: World) -> None:
    found = soup(page(f"/r/{world.phrase}/v1?q={quote(f'“{PHRASE}”')}"))
    marks = found.select("mark[data-mark]")
    assert [m["id"] for m in marks] == ["m1", "m2"]
    assert marks[0].find("a")["href"] == "#m2"
    assert marks[1].find("a")["href"] == "#m1"
    assert [a["href"] for a in found.select(".stepper .links a")] == ["#m1", "#m2"]
    paragraph = marks[0].find_parent("p")
    assert paragraph is not None
    assert re.fullmatch(r"s1-p\d+", str(paragraph["id"]))


def test_paragraphs_carry_their_offsets(page: Page, world: World) -> None:
    text = world.archive.report(world.phrase).report.text
    found = soup(page(f"/r/{world.phrase}"))
    paragraphs = found.select(".section > p[data-start]")
    assert len(paragraphs) > 5
    for paragraph in paragraphs:
        paragraph.find("a", class_="pin").extract()
        assert paragraph.get_text() == text[int(str(paragraph["data-start"])) : int(str(paragraph["data-end"]))]


def test_statutory_tables_are_tables_with_an_anchor_per_cell(page: Page, world: World) -> None:
    report = world.archive.report(world.phrase).report
    found = soup(page(f"/r/{world.phrase}"))
    for table, rows in report.tables.items():
        for row, cells in rows.items():
            for column, cell in cells.items():
                shown = found.find("td", id=f"t-{table}-{row}-{column}")
                assert shown is not None, (table, row, column)
                if cell.state == "number":
                    assert shown.get_text().removeprefix("⚑") == cell.raw
    for table in found.select("table.figures-table"):
        assert table.caption is not None
        assert all(th["scope"] for th in table.find_all("th"))
    assert found.find(id="s3").find("table", class_="applications") is not None


def test_a_finding_stands_beside_its_cell_and_in_the_list(page: Page, world: World) -> None:
    stored = world.archive.report(world.doubted)
    finding = next(f for f in stored.findings if f.id == "t3.row_sum:denied.third_party")
    found = soup(page(f"/r/{world.doubted}"))
    cell = found.find("td", id="t-applications-denied.third_party-total")
    assert cell is not None
    number = stored.findings.index(finding) + 1
    assert cell.find("a", class_="flag")["href"] == f"#f{number}"
    assert "doubted" in cell["class"]
    listed = found.find(id=f"f{number}")
    assert listed is not None
    assert [dd.get_text() for dd in listed.find_all("dd")] == [f"{finding.found:,}", f"{finding.expected:,}"]
    assert listed.find("a", href="#t-applications-denied.third_party-total") is not None


def test_a_withdrawn_report_leaves_a_tombstone(tmp_path: Path, world: World) -> None:
    original = tmp_path / "report.txt"
    original.write_bytes(world.archive.original(world.phrase).data_path.read_bytes())
    with open_archive(tmp_path / "home") as archive:
        report_id = take_in(archive, original)
        withdraw(archive, report_id, reason="发布机关撤回", who="某人", now=NOW)
        engine = open_engine("memory:", tmp_path / "home")
        sync(archive, engine)
        client = create_app(archive, lambda: engine, base_url=None, now=lambda: NOW).test_client()
        for path in (
            f"/r/{report_id}",
            f"/r/{report_id}/v1",
            f"/r/{report_id}/original",
            f"/api/v1/reports/{report_id}",
        ):
            answer = client.get(path)
            assert answer.status_code == 410, path
            assert "发布机关撤回" in answer.text
        stone = {
            "report_id": report_id, "reason": "发布机关撤回", "who": "某人", "withdrawn_at": NOW,
        }  # fmt: skip
        found = client.get(f"/api/v1/reports/{report_id}").get_json()["tombstone"]
        assert {key: found[key] for key in stone} == stone
        page = words(soup(client.get(f"/r/{report_id}").text).find("article"))
        assert all(text in page for text in (found["title"], found["agency"], str(found["year"]), "某人", "2026-05-06"))
        assert client.get(f"/agencies/{found['agency']}").status_code == 404
        assert "/r/" not in client.get("/sitemap.xml").text


def test_an_older_version_says_so_and_links_to_its_neighbours(client: FlaskClient, world: World) -> None:
    old = client.get(f"/r/{world.revised}/v1")
    assert "最新为第 2 版" in old.text
    assert f'<{BASE}/r/{world.revised}>; rel="latest-version"' in old.headers["Link"]
    assert f'<{BASE}/r/{world.revised}/v2>; rel="successor-version"' in old.headers["Link"]
    new = client.get(f"/r/{world.revised}")
    assert "最新为" not in new.text
    assert f'<{BASE}/r/{world.revised}/v1>; rel="predecessor-version"' in new.headers["Link"]
    assert f'<{BASE}/r/{world.revised}/v2>; rel="cite-as"' in new.headers["Link"]


def test_the_cite_box_names_the_version_and_both_standards_first(page: Page, world: World) -> None:
    found = soup(page(f"/r/{world.revised}"))
    labels = [h.get_text() for h in found.select("#cite .citation h3")]
    assert labels[:2] == ["GB/T 7714—2015", "GB/T 7714—2025"]
    assert {"BibTeX", "RIS"} <= set(labels)
    for style in ("gbt7714-2015", "gbt7714-2025"):
        assert f"{BASE}/r/{world.revised}/v2" in found.find(id=f"cite-{style}-archived").get_text()
    assert found.find(id="permalink").get_text() == f"{BASE}/r/{world.revised}/v2"


def test_reference_managers_find_their_tags(page: Page, world: World) -> None:
    report = world.archive.report(world.phrase).report
    found = soup(page(f"/r/{world.phrase}/v1"))
    tags = {m["name"]: m["content"] for m in found.find_all("meta", attrs={"name": re.compile("^citation_")})}
    assert tags["citation_title"] == report.title
    assert tags["citation_technical_report_institution"] == tags["citation_author"] == report.agency
    assert tags["citation_public_url"] == f"{BASE}/r/{world.phrase}/v1"
    assert found.find("link", rel="canonical")["href"] == f"{BASE}/r/{world.phrase}"


@pytest.mark.parametrize(
    "path",
    [
        "/r/{id}",
        "/r/{id}?q=含标记",
        "/search?q=含标记",
        "/search.atom?q=含标记",
        "/search?q={markup}",
        "/r/{id}?q={markup}",
        "/{markup}",
        "/agencies/{markup}",
        "/reasons/{markup}",
    ],
)
def test_markup_in_reports_names_and_queries_is_shown_as_text(path: str, client: FlaskClient, world: World) -> None:
    text = client.get(path.format(id=world.hostile, markup=quote("<script>alert(1)</script>"))).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "<script" not in re.sub(r'<script src="/static/site\.js" defer></script>', "", text)


def test_the_hostile_report_is_shown_whole(page: Page, world: World) -> None:
    found = soup(page(f"/r/{world.hostile}"))
    assert HOSTILE in found.find("article").get_text()
    assert HOSTILE_FILE in found.find(id="sources").get_text()


def test_a_query_that_is_too_long_is_refused_everywhere(page: Page, world: World) -> None:
    query = "公" * 2001
    for path in ("/search", f"/r/{world.phrase}"):
        assert "2001" in page(f"{path}?q={query}", 400)


@pytest.mark.parametrize("version", ["0", "x", "99999999999999999999"])
def test_a_version_that_is_no_number_is_named(version: str, page: Page, world: World) -> None:
    assert "version" in page(f"/r/{world.phrase}/original?version={version}", 400)


def test_the_original_is_a_harmless_attachment(client: FlaskClient, world: World) -> None:
    answer = client.get(f"/r/{world.hostile}/original", buffered=True)
    assert answer.data == world.archive.original(world.hostile).data_path.read_bytes()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer.mimetype == "application/octet-stream"
    other = client.get(f"/r/{world.revised}/original?version=1", buffered=True)
    assert other.data == world.archive.original(world.revised, 1).data_path.read_bytes()


def test_browse_leads_from_year_to_region_to_agency_to_report(page: Page, world: World) -> None:
    summary = next(s for s in world.archive.summaries() if s.region.county or s.region.city)
    assert f'href="/browse/?year={summary.year}"' in page("/browse/")
    found = soup(page(f"/browse/?year={summary.year}"))
    assert found.find("a", href=f"/r/{summary.id}") is not None
    place = summary.region.county or summary.region.city
    for path in (f"/years/{summary.year}", f"/agencies/{summary.agency}", f"/regions/{place}"):
        assert f"/r/{summary.id}" in page(path), path


@pytest.mark.parametrize(
    "path",
    [
        "/years/1066",
        "/agencies/无此局",
        "/regions/无此地",
        "/reasons/none",
        "/nothing",
        "/r/no-such-report",
        "/r/no-such-report/v1",
        "/r/no-such-report/original",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(path: str, client: FlaskClient) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert soup(answer.text).find("h1").get_text() == "没有这一页"


def test_reasons_add_up_the_tables(page: Page, world: World) -> None:
    key = "denied.third_party"
    cases = reports = 0
    for summary in world.archive.summaries():
        row = world.archive.report(summary.id).report.tables.get("applications", {}).get(key, {})
        if any((cell.value or 0) > 0 for cell in row.values()):
            reports += 1
            cases += int(row["total"].value or sum(c.value or 0 for n, c in row.items() if n != "total"))
    assert reports > 0
    row_shown = soup(page("/reasons/")).find("a", href=f"/reasons/{key}").find_parent("tr")
    assert [td.get_text() for td in row_shown.find_all("td", class_="num")] == [f"{reports:,}", f"{cases:,}"]
    table = soup(page(f"/reasons/{key}")).find("table", class_="narrow")
    numbers = [[int(td.get_text().replace(",", "")) for td in tr.find_all("td")] for tr in table.tbody.find_all("tr")]
    assert [sum(column) for column in zip(*numbers, strict=True)] == [reports, cases]


def test_passages_tell_refusals_from_negations(page: Page) -> None:
    found = soup(page("/reasons/denied"))
    passages = found.select(".passages > li")
    assert len(passages) > 3
    negated = [p for p in passages if PHRASE in p.get_text()]
    labels = {words(p.find(class_="context")) for p in passages}
    assert len(labels) > 1
    assert all("negation" in (p["class"] or []) for p in negated)
    link = str(passages[0].find("a")["href"])
    assert link.startswith("/r/")
    assert "#s" in link


def test_the_register_of_discrepancies_filters(page: Page, world: World) -> None:
    every = [f for s in world.archive.summaries() for f in world.archive.report(s.id).findings]
    assert f"{len(every)} 处" in page("/issues")
    for severity in ("hard", "soft", "parse"):
        number = sum(f.severity == severity for f in every)
        assert f"{number} 处" in page(f"/issues?severity={severity}")
    assert "0 处" in page("/issues?issue=t9.none")
    assert "性质" in page("/issues?severity=awful", 400)


def test_the_language_stays_chosen(client: FlaskClient) -> None:
    assert "Search" in client.get("/?lang=en").text
    assert "Archive of open-government" in client.get("/browse/").text
    assert "浏览" in client.get("/browse/?lang=zh").text
    assert client.get("/?lang=tlh").status_code == 400


@pytest.mark.parametrize(
    ("path", "mimetype"),
    [
        ("/healthz", "text/plain"),
        ("/robots.txt", "text/plain"),
        ("/sitemap.xml", "application/xml"),
        ("/opensearch.xml", "application/opensearchdescription+xml"),
        ("/search.atom?q=公开", "application/atom+xml"),
        ("/search.json?q=公开", "application/json"),
        ("/favicon.ico", "image/svg+xml"),
    ],
)
def test_addresses_for_machines(path: str, mimetype: str, client: FlaskClient) -> None:
    answer = client.get(path, buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, mimetype)
    if "xml" in mimetype:
        assert BeautifulSoup(answer.data, "xml").find() is not None


def test_the_sitemap_names_every_report(page: Page, world: World) -> None:
    text = page("/sitemap.xml")
    assert text.count("<loc>") == sum(1 for _ in world.archive.summaries())
    assert f"<loc>{BASE}/r/{world.phrase}</loc>" in text


def test_the_table_of_hits_holds_every_hit(client: FlaskClient) -> None:
    answer = client.get("/search.csv?q=公开&limit=1")
    rows = answer.data.decode("utf-8-sig").split("\r\n")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert rows[0].startswith("report_id,version,year")
    total = client.get("/search.json?q=公开").get_json()["total"]
    assert len(rows) - 2 == total > 1
