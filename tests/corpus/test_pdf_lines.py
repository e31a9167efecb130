"""Lines of pages → paragraphs, without any file: where sentences go on, and what is no part of the text."""

import pytest

from corpus.readers.blocks import Grid, GridCell, TextBlock
from corpus.readers.pdf_lines import blocks_of
from corpus.readers.pdf_page import Line, PageContent, TableArea

SIZE = 12.0
LEFT, RIGHT = 72.0, 72.0 + 38 * SIZE
LONG = "为进一步做好政府信息公开工作现将本年度有关情况向社会公布如下请予监督并提出宝贵的"


def line(text: str, top: float, *, indent: float = 0, end: float | None = None, size: float = SIZE) -> Line:
    x0 = LEFT + indent * SIZE
    return Line([], text, x0, end if end is not None else x0 + len(text) * size, top, top + size, size)


def page(*items: Line | TableArea) -> PageContent:
    return PageContent(595, 842, list(items))


def full(top: float, indent: float = 0) -> Line:
    return line(LONG[: 38 - int(indent)], top, indent=indent, end=RIGHT)


def texts(*pages: PageContent) -> list[str]:
    return [block.text for block in blocks_of(pages) if isinstance(block, TextBlock)]


def test_an_indent_begins_a_paragraph() -> None:
    body = page(full(100, 2), full(120), line("意见。", 140), full(160, 2), line("完。", 180), full(200, 2), full(220))
    assert [len(text) for text in texts(body)] == [36 + 38 + 3, 36 + 2, 36 + 38]


def test_a_sentence_goes_on_over_the_page() -> None:
    first = page(full(660, 2), full(680), full(700), line("— 1 —", 800, indent=17))
    second = page(full(60), line("完。", 80), full(100, 2), line("— 2 —", 800, indent=17))
    found = texts(first, second)
    assert [len(text) for text in found] == [36 + 38 * 3 + 2, 36]


def test_a_table_ends_a_paragraph() -> None:
    area = TableArea(Grid(((GridCell("规章", 0, 0), GridCell("0", 0, 1)),), source="pdf"), LEFT, RIGHT, 140, 200)
    blocks = blocks_of([page(full(100, 2), full(120), area, full(220), full(240, 2))])
    assert [type(block).__name__ for block in blocks] == ["TextBlock", "Grid", "TextBlock", "TextBlock"]


@pytest.mark.parametrize("number", ["— 3 —", "3", "第 3 页", "第3页 共9页", "3 / 9", "- 3 -", "Page 3 of 9", "3/9"])
def test_page_numbers_are_no_text(number: str) -> None:
    assert texts(page(full(100), line(number, 800, indent=18))) == [LONG[:38]]
    assert texts(page(line(number, 30, indent=18), full(100))) == [LONG[:38]]


def test_a_number_in_the_middle_of_a_page_is_text() -> None:
    assert "3" in texts(page(full(100), line("3", 400, indent=18), full(500)))


def test_running_heads_are_no_text_and_titles_stay() -> None:
    head = "云棠县财政局2023年政府信息公开工作年度报告"
    pages = [page(line(head, 40, indent=8), full(100), line("完。", 120)) for _ in range(3)]
    assert texts(*pages)[0] == head
    assert sum(head in text for text in texts(*pages)) == 1


def test_lines_in_another_type_size_are_no_continuation() -> None:
    heading = line(LONG[:25], 60, end=RIGHT, size=18.0)
    assert texts(page(heading, full(100), full(120)))[0] == LONG[:25]


def test_without_indents_space_and_headings_part_paragraphs() -> None:
    body = page(full(100), full(120), full(170), full(190), line("二、主动公开政府信息情况", 210), full(230))
    assert [len(text) for text in texts(body)] == [76, 76, 12, 38]
