"""What a researcher does, in a real browser: search, narrow, open, step through the marks, copy the citation."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/search?q=不予公开",
    "/browse/",
    "/years/2022",
    "/reasons/",
    "/reasons/denied.third_party",
    "/issues",
    "/references/",
    "/references/中华人民共和国政府信息公开条例",
    "/agencies/望州市自然资源和规划局",
    "/api/docs",
)


def open_filters(page: Page) -> None:
    """The filters are behind a button on a phone."""
    if not page.locator("#facet-era").is_visible():
        page.locator(".facets .panel > summary").click()


def total(page: Page) -> int:
    found = re.match(r"[\d,]+", page.locator("#total").inner_text())
    assert found is not None
    return int(found[0].replace(",", ""))


def test_from_a_question_to_a_citation(visit) -> None:
    page = visit.page
    visit.to("/")
    visit.screenshot("home", whole=True)
    page.get_by_role("searchbox").fill("不予公开")
    page.get_by_role("button", name="检索").click()
    everything = total(page)
    visit.screenshot("results")

    open_filters(page)
    facet = page.locator("#facet-era")
    if facet.get_attribute("open") is None:
        facet.locator("summary").first.click()
    choice = facet.locator("label").first
    expected = int(choice.locator(".n").inner_text())
    choice.click()
    page.get_by_role("button", name="应用筛选").click()
    expect(page.locator(".chips li").first).to_contain_text("报告格式：")
    assert total(page) == expected < everything
    visit.screenshot("filtered")

    page.locator(".hit h3 a").first.click()
    marks = page.locator("mark[data-mark]")
    expect(marks.first).to_have_text(re.compile("不予?公[开開]|不予?提供"))
    place = page.locator("[data-place]")
    expect(place).to_have_text(re.compile(r"\d+ / \d+"))
    visit.screenshot("report")

    number, of = (int(n) for n in place.inner_text().split(" / "))
    page.get_by_role("button", name="下一处").click()
    after = number % of + 1
    expect(place).to_have_text(f"{after} / {of}")
    expect(page.locator("mark.now").first).to_be_in_viewport()
    page.keyboard.press("p")
    expect(place).to_have_text(f"{number} / {of}")

    citation = page.locator("#cite-gbt7714-2015-archived")
    page.locator("[data-copy=cite-gbt7714-2015-archived]").click()
    expect(page.locator("[data-copy=cite-gbt7714-2015-archived]")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == citation.inner_text().strip()
    assert re.search(r"/r/[a-z0-9-]+/v1", copied)
    expect(page.locator("#permalink")).to_have_text(re.compile(r"/r/[a-z0-9-]+/v1#s\d+-p\d+$"))
    expect(page.locator("[data-back]")).to_have_attribute("href", re.compile("era="))
    visit.screenshot("cite")
    assert visit.complaints == []
    assert {url.split("/")[2] for url in visit.asked} == {visit.address.split("/")[2]}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window(path: str, visit) -> None:
    visit.to(path)
    visit.screenshot("page" + re.sub(r"\W+", "-", path.partition("?")[0]).rstrip("-"), whole=True)
    assert visit.overflow() == 0
    assert visit.complaints == []


def test_a_report_fits_its_window_and_its_tables_scroll(visit) -> None:
    page = visit.page
    visit.to("/search?q=公开&era=format_2021")
    page.locator(".hit h3 a").first.click()
    page.locator("table.applications").scroll_into_view_if_needed()
    visit.screenshot("tables")
    visit.screenshot("report-whole", whole=True)
    assert visit.overflow() == 0
    box = page.locator(".scroll:has(table.applications)")
    inside, outside = box.evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert inside >= outside


def test_a_link_to_characters_marks_them(visit) -> None:
    page = visit.page
    visit.to("/search?q=公开")
    address = str(page.locator(".hit h3 a").first.get_attribute("href")).partition("?")[0]
    text = page.request.get(visit.address + f"/api/v1/reports/{address.split('/')[2]}/text").text()
    visit.to(address)
    paragraph = page.locator(".section > p[data-start]").nth(3)
    start = int(str(paragraph.get_attribute("data-start")))
    page.goto(f"{visit.address}{address}#c{start + 2}-{start + 9}")
    expect(page.locator("mark.characters")).to_have_text(text[start + 2 : start + 9])
    expect(page.locator("mark.characters")).to_be_in_viewport()


def test_everything_needed_works_without_scripts(plain_visit) -> None:
    page = plain_visit.page
    plain_visit.to("/")
    page.get_by_role("searchbox").fill("不予公开")
    page.get_by_role("button", name="检索").click()
    page.locator("#facet-year label").first.click()
    page.get_by_role("button", name="应用筛选").click()
    expect(page.locator(".chips li").first).to_contain_text("年度：")
    page.locator(".hit h3 a").first.click()
    page.locator(".stepper .links a").first.click()
    first = page.locator("#m1")
    expect(first).to_be_in_viewport()
    steps = first.locator(".step a")
    if steps.count():
        steps.last.click()
        assert page.url.endswith("#m2")
        expect(page.locator("#m2")).to_be_in_viewport()
    expect(page.locator("#cite-gbt7714-2025-archived")).to_be_visible()
    expect(page.locator("[data-copy]").first).to_be_hidden()
    plain_visit.screenshot("without-scripts")


def test_the_keyboard_reaches_content_and_box(visit) -> None:
    page = visit.page
    visit.to("/browse/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    visit.to("/search?q=公开")
    page.locator("body").press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
