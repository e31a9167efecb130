"""Renderings: every layout decodes, prints every figure it holds, and says which ones it lost."""

import hashlib
import re
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import opencc
import pytest
from bs4 import BeautifulSoup

from corpus.model import CellState, Era
from corpus.synthetic import (
    LAYOUTS,
    Place,
    Style,
    demo_archive,
    demo_renderings,
    generate,
    history,
    render,
    render_together,
)
from corpus.synthetic.tabulate import HABITS, number_cell

SEED = 7
ALL = generate(SEED, 300)
REPORTS = ALL[:18]
FULL = next(r for r in ALL if r.slug == "tinglan-2023")
SPARSE = next(
    r
    for r in ALL
    if "applications" in r.tables
    and any(c.state is CellState.BLANK for row in r.tables["applications"].values() for c in row.values())
    and any(c.state is CellState.NUMBER and c.value for row in r.tables["applications"].values() for c in row.values())
)


def printed_words(rendering):
    """The words of a document in order, without the markup of pages and tables."""
    if rendering.style.container == "docx":
        with ZipFile(BytesIO(rendering.data)) as parts:
            return "".join(ElementTree.fromstring(parts.read("word/document.xml")).itertext())
    text = re.sub(r"\([^()\d\u4e00-\u9fff]+\)", "", rendering.text)  # the readings of a polluted mirror
    if rendering.media_type == "text/html":
        text = BeautifulSoup(text, "lxml").get_text(" " if rendering.style.tables != "word" else "\n")
        if rendering.style.tables == "word":
            text = text.replace("\n", "")
    return text


def figures_of(report):
    for table, rows in report.tables.items():
        for row, cells in rows.items():
            for column, cell in cells.items():
                yield Place(table, row, column), cell


def test_the_bytes_of_a_seed_never_change():
    """But for what libraries decide: the conversion of characters, and how a Word file is packed."""
    names = [layout for layout in LAYOUTS if "traditional" not in layout and LAYOUTS[layout].container != "docx"]
    data = b"".join(render(report, layout).data for report in REPORTS for layout in names)
    assert hashlib.sha256(data).hexdigest()[:16] == "50e1ca21964eb168"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_decodes_and_prints_title_headings_paragraphs_and_figures(layout):
    for report in REPORTS:
        rendering = render(report, layout)
        words = re.sub(r"\s+", "", printed_words(rendering))
        held = rendering.held
        assert all(re.sub(r"\s+", "", line) in words for line in held.title_lines)
        for section in held.sections:
            assert re.sub(r"\s+", "", section.heading) in words
            if not rendering.style.hard_wrap:
                assert all(re.sub(r"\s+", "", p) in words for p in section.paragraphs)
        printed = [cell.raw for _, cell in figures_of(held) if cell.state is CellState.NUMBER]
        assert all(raw.replace(" ", "") in words for raw in printed)


@pytest.mark.parametrize(
    "layout", [name for name, style in LAYOUTS.items() if style.container == "html" and not style.subtotal]
)
def test_cells_of_a_page_are_the_figures_in_order(layout):
    """Read with a table reader that knows nothing of spans: the figures of table 3, row by row."""
    rendering = render(FULL, layout)
    soup = BeautifulSoup(rendering.data, "lxml", from_encoding=rendering.encoding)
    rows = {}
    for row in soup.find_all("tr"):
        cells = [re.sub(r"\s", "", cell.get_text()) for cell in row.find_all("td", recursive=False)]
        label = next((c for c in reversed(cells) if re.match(r"^(\d\.|（.）|[一二四]、)", c)), None)
        if label and len(cells) >= 8:
            rows[label] = cells[-7:]
    third = next(numbers for label, numbers in rows.items() if label.startswith("4."))
    expected = [cell.raw for cell in rendering.held.tables["applications"]["denied.third_party"].values()]
    assert third == expected


@pytest.mark.parametrize(
    ("layout", "line"),
    [
        ("text_tabs", "\t四、结转下年度继续办理\n\t{}\n\t{}\n"),
        ("text_paragraphs", "\n\n四、结转下年度继续办理\n\n{}\n\n{}\n\n"),
        ("pipes", "\n四、结转下年度继续办理 | {} | {} |"),
        ("pipes_per_line", "四、结转下年度继续办理  | \n {}  | \n {}  | \n"),
        ("inline", "\n四、结转下年度继续办理 {} {}"),
        ("markdown", "| 四、结转下年度继续办理 |  |  | {} | {} |"),
        ("markdown_shifted", "| 四、结转下年度继续办理 |  | {} | {} |"),
    ],
)
def test_the_last_row_of_table_3_looks_as_in_that_layout(layout, line):
    row = FULL.tables["applications"]["carried_out"]
    expected = line.format(row["natural_person"].raw, row["business"].raw)
    texts = [render(FULL, layout, seed).text for seed in range(12)]  # some layouts draw their separators
    assert any(expected in text for text in texts)


def test_a_page_declared_gb2312_is_written_in_gb18030():
    rendering = render(FULL, "html_gbk")
    assert b"charset=gb2312" in rendering.data
    with pytest.raises(UnicodeDecodeError):
        rendering.data.decode("utf-8")
    assert FULL.agency in rendering.data.decode("gb18030")


def test_digits_of_a_word_page_are_split_over_spans():
    report = next(r for r in ALL if r.slug == "kunlan-2023")
    markup = render(report, "html_word").text
    total = report.tables["applications"]["new_received"]["total"].raw
    assert total not in markup
    assert total in BeautifulSoup(markup, "lxml").get_text()
    assert "<o:p></o:p>" in markup


def test_spans_of_the_result_rows_are_22_and_20():
    older = next(r for r in ALL if r.era is Era.FORMAT_2019)
    assert 'rowspan="22"' in render(FULL, "html").text
    assert 'rowspan="20"' in render(older, "html").text
    assert 'rowspan="20"' in render(FULL, "html_wrongspans").text
    assert "rowspan" not in render(FULL, "html_badspans").text


def test_what_vanished_blanks_make_uncertain_is_not_held():
    for layout in ("text_paragraphs", "pdf_text"):
        rendering = render(SPARSE, layout)
        assert rendering.lost
        for place, cell in figures_of(SPARSE):
            now = rendering.held.cell(place)
            assert now.state is (CellState.ABSENT if place in rendering.lost else cell.state)
        rows = {(place.table, place.row) for place in rendering.lost}
        assert all(any(c.state is CellState.BLANK for c in SPARSE.tables[t][r].values()) for t, r in rows)


@pytest.mark.parametrize("layout", ["text_tabs", "pipes", "pipes_per_line", "markdown", "html", "html_badspans"])
def test_layouts_that_print_blank_cells_hold_everything(layout):
    rendering = render(SPARSE, layout)
    assert rendering.lost == frozenset()
    assert {p: c.state for p, c in figures_of(rendering.held)} == {p: c.state for p, c in figures_of(SPARSE)}


def test_images_hold_no_figure_at_all():
    held = render(FULL, "images").held
    assert {cell.state for _, cell in figures_of(held)} == {CellState.ABSENT}
    assert held.facts


def test_a_traditional_copy_leads_back_to_the_same_agency():
    simplify = opencc.OpenCC("t2s")
    for report in REPORTS:
        held = render(report, "traditional").held
        assert "".join(simplify.convert(c) for c in held.agency_printed) == held.agency
    assert "結轉下年度繼續辦理" in render(FULL, "traditional").text
    assert "規範性檔案" in render(FULL, "traditional_html").text


@pytest.mark.parametrize(
    ("digits", "raw"),
    [
        ("plain", "1204"),
        ("full_width", "１２０４"),
        ("thousands", "1,204"),
        ("wide_thousands", "1，204"),
        ("spaced", "1 204"),
        ("decimal", "1204.0"),
        ("padded", "1204"),
    ],
)
def test_digits_change_what_is_printed_and_never_the_value(digits, raw):
    row = {**FULL.tables["review"]["review"], "other": number_cell(1204)}
    report = replace(FULL, tables={**FULL.tables, "review": {**FULL.tables["review"], "review": row}})
    rendering = render(report, Style(digits=digits))
    cell = rendering.held.cell(Place("review", "review", "other"))
    assert (cell.value, cell.raw) == (1204, raw)
    assert raw in rendering.text


def test_the_date_is_held_where_it_is_printed():
    signed = next(r for r in REPORTS if r.agency in r.sections[-1].paragraphs)
    unsigned = next(r for r in REPORTS if r.agency not in r.sections[-1].paragraphs and r.era is Era.FORMAT_2021)
    assert render(signed, "text_tabs").held.published == signed.published
    assert render(unsigned, "text_tabs").held.published is None
    assert render(unsigned, "html").held.published == unsigned.published
    assert f'<meta name="PubDate" content="{unsigned.published} ' in render(unsigned, "html").text


def test_every_habit_of_filling_in_forms_comes_up():
    states = {cell.state for r in ALL for _, cell in figures_of(r)}
    assert states == set(CellState) - {CellState.ABSENT}
    assert len(HABITS) == 10


def test_the_sample_archive_has_distinct_paths_many_layouts_and_some_defects():
    renderings = dict(demo_renderings())
    assert len(renderings) == 300
    assert len({r.layout for r in renderings.values()}) >= 15
    defective = [r for r in renderings.values() if r.held.defects]
    assert 20 < len(defective) < 80
    assert all(
        "示例文本" in r.text for r in renderings.values() if r.style.traditional == "no" and r.style.tables != "word"
    )
    assert dict(demo_archive(count=20)) == {path: r.data for path, r in list(renderings.items())[:20]}


def test_history_is_sorted_and_complete():
    assert [r.year for r in history(SEED, "yuntang")] == list(range(2008, 2026))


def test_several_reports_on_one_page_keep_their_titles_and_truth():
    years = history(SEED, "yuntang-caizheng")[-3:]
    for layout in ("text_tabs", "markdown", "html"):
        together = render_together(years, layout)
        text = together.data.decode(together.encoding)
        places = [text.index(report.title_lines[0]) for report in years]
        assert places == sorted(places)
        assert [part.held.year for part in together.parts] == [2023, 2024, 2025]
        assert text.count("<body>") == (1 if layout == "html" else 0)
    with pytest.raises(ValueError, match="at least one report"):
        render_together([], "html")


def test_a_page_break_repeats_the_header_and_leaves_the_open_groups_blank():
    text = render(FULL, Style(page_break=True)).text
    assert text.count("勾稽关系") == 2
    assert text.count("三、本年度办理结果") == 1
    assert "\t总计\n\n" in text
    assert "\n\t\n\t\n\t" in text.split("勾稽关系")[2]  # 三 and its group go on as blank cells


def test_a_subtotal_is_the_sum_of_the_organisations():
    line = next(x for x in render(FULL, Style(tables="pipes", subtotal=True)).text.splitlines() if "一、本年新收" in x)
    cells = [int(cell) for cell in line.split("|")[1:-1]]
    assert len(cells) == 8
    assert cells[6] == sum(cells[1:6])
    assert cells[7] == cells[0] + cells[6]


def test_a_row_without_its_last_cell_is_not_held():
    rendering = render(FULL, Style(tables="pipes", missing_cell=True))
    line = next(x for x in rendering.text.splitlines() if x.startswith("四、结转"))
    assert line.count("|") == 7
    assert {p.row for p in rendering.lost} == {"carried_out"} and len(rendering.lost) == 7


def test_lost_digits_take_document_numbers_with_them():
    report = next(r for r in ALL if any(ref.raw == "国办公开办函〔2021〕30号" for ref in r.references))
    rendering = render(report, "text_site")
    assert "国办公开办函〔202130" in rendering.text
    assert "国办公开办函〔2021〕30号" not in {ref.raw for ref in rendering.held.references}


def test_mirrors_add_readings_and_entities_stand_for_characters():
    assert "政(zhèng)府(fǔ)信息公开(kāi)" in render(FULL, "pinyin").text
    page = render(FULL, "html_pages").text
    assert re.search(r"&#\d{5};", page.split("<body")[1])
    assert "&#" not in page.split("<body")[0]


def test_the_chrome_of_a_text_copy_stands_around_the_report():
    lines = render(FULL, "text_site").text.splitlines()
    assert "当前位置" in lines[1]
    assert lines[-1].startswith("主办：")
    assert render(FULL, "text_site").held.published == FULL.published


@pytest.mark.parametrize(
    ("numerals", "expected"),
    [
        ("han", "五、"),
        ("none", ""),
        ("arabic_pause", "5、"),
        ("part", "第五部分  "),
        ("skipped", "六、"),
        ("paren", "（5）"),
    ],
)
def test_ordinals(numerals, expected):
    report = FULL
    heading = report.section("problems").heading
    lines = render(report, Style(numerals=numerals)).text.splitlines()
    assert expected + heading in lines


def test_headings_may_be_joined_or_swallowed():
    other = FULL.section("other")
    joined = render(FULL, Style(headings="joined")).text
    assert f"六、{other.heading}。{other.paragraphs[0]}" in joined
    swallowed = render(FULL, Style(headings="swallowed")).text
    assert f"{FULL.section('problems').paragraphs[-1]}六、{other.heading}\n" in swallowed
