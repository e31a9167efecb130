"""Marks and snippets: right in the original text, whatever folding dropped or changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_samples import SEGMENTER, make

from indexer import highlight_report
from indexer.documents import Paragraph, section_text
from indexer.highlight import SNIPPET, Piece, _densest, marks, places, section_marks, snippet
from indexer.planning import segmented
from indexer.query import Node
from indexer.request import check_field
from indexer.syntax import parse


def tree(q: str) -> Node:
    """The segmented tree of a query."""
    return segmented(parse(q, check_field).tree, SEGMENTER)


@pytest.mark.parametrize(
    ("q", "text", "marked"),
    [
        ("不予公开", "依法不予公开3件", ["不予公开"]),
        ('"不予公开"', "不 予\n公\u200b開", ["不 予\n公\u200b開"]),
        ('"公开" "开申"', "公开申请", ["公开申"]),
        ('"公"', "公公", ["公", "公"]),
        ("gdp", "ＧＤＰ 和 GDPS", ["ＧＤＰ"]),
        ('"一"', "㈠项", ["㈠"]),
        ("公开 -申请", "公开申请", ["公开"]),
        ("-(公开 -申请)", "公开申请", ["申请"]),
        ('"公开 申请"~2', "公开、申请……申请", ["公开", "申请"]),
        ("信息*", "信息公开", ["信息"]),
        ("title:公开 year:2023", "公开2023", []),
        ("", "公开", []),
        ('"“三审”"', "落实“三审”", ["“三审”"]),
    ],
)
def test_marks(q: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(tree(q), text)] == marked


@pytest.mark.parametrize(
    ("between", "spans", "numbers"),
    [("\n", [(1, 6)], [1]), ("\n 表 \n", [(1, 3), (8, 10)], [1, 2])],
    ids=["one line to the next", "a table between"],
)
def test_a_match_over_paragraphs(between: str, spans: list[tuple[int, int]], numbers: list[int]) -> None:
    stored = make(sections={"overview": ["甲乙丙", "丁戊"]}, between=between)
    (section,) = stored.report.sections
    source = section_text(stored.report, section)
    offset = section.paragraphs[0].start
    made = places(marks(tree('"乙丙丁戊"'), source.text), source.paragraphs)
    assert [(start - offset, end - offset) for start, end in made.spans] == spans
    assert made.paragraphs == numbers
    assert section_marks(tree('"乙丙丁戊"'), source) == made.spans


def test_places_over_an_empty_paragraph() -> None:
    paragraphs = (Paragraph(10, 12, False), Paragraph(13, 13, True), Paragraph(14, 16, True))
    assert places([(1, 6)], paragraphs) == ([(11, 16)], [1])


def places_by_definition(
    spans: list[tuple[int, int]], paragraphs: list[Paragraph]
) -> tuple[list[tuple[int, int]], list[int]]:
    """Every character looked at: runs of them in one paragraph, and in the next one when that is joined."""
    found, numbers = [], []
    for start, end in spans:
        at = 0
        pieces: list[tuple[int, int, int]] = []
        for n, paragraph in enumerate(paragraphs):
            size = paragraph.end - paragraph.start
            inside = [paragraph.start + k for k in range(size) if start <= at + k < end]
            at += size + 1
            if inside and pieces and paragraph.joined:
                pieces[-1] = pieces[-1][0], inside[-1] + 1, pieces[-1][2]
            elif inside:
                pieces.append((inside[0], inside[-1] + 1, n + 1))
        found += [(first, last) for first, last, _ in pieces]
        numbers += [number for _, _, number in pieces]
    return found, numbers


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6), st.booleans()), max_size=6),
    st.sets(st.integers(0, 40), max_size=10),
)
def test_places_are_those_of_the_characters(layout: list[tuple[int, int, bool]], borders: set[int]) -> None:
    paragraphs, at = [], 7
    for gap, size, joined in layout:
        paragraphs.append(Paragraph(at + gap, at + gap + size, joined))
        at += gap + size
    edges = sorted(borders)
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    assert places(spans, paragraphs) == places_by_definition(spans, paragraphs)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 70)), min_size=1, max_size=12))
def test_a_snippet_stands_around_the_most_marked_characters(steps: list[tuple[int, int]]) -> None:
    spans, at = [], 0
    for gap, size in steps:
        spans.append((at + gap, at + gap + size))
        at += gap + size
    fitting = [
        (sum(end - start for start, end in spans[first : last + 1]), -first, last)
        for first in range(len(spans))
        for last in range(first, len(spans))
        if last == first or spans[last][1] - spans[first][0] <= SNIPPET
    ]
    _, first, last = max(fitting)
    assert _densest(spans) == (-first, last)


FILLER = "本年度工作总体平稳有序推进各项任务按期完成"


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("公开", [(0, 2)], (Piece("公开", True),)),
        ("  前言", [], (Piece("前言", False),)),
        ("", [], ()),
        ("甲公开乙", [(1, 3)], (Piece("甲", False), Piece("公开", True), Piece("乙", False))),
        ("公开申请", [(0, 2), (2, 4)], (Piece("公开", True), Piece("申请", True))),
    ],
)
def test_short_snippets_are_the_whole_text(
    text: str, spans: list[tuple[int, int]], expected: tuple[Piece, ...]
) -> None:
    assert snippet(text, spans) == expected


def test_a_snippet_stands_where_the_marks_are_closest_and_begins_with_a_sentence() -> None:
    text = "公开。" + FILLER * 10 + "。收到申请，公开、公开。" + FILLER * 10
    pieces = snippet(text, marks(tree('"公开"'), text))
    assert [p.text for p in pieces if p.hit] == ["公开", "公开"]
    assert (pieces[0].text[0], pieces[-1].text[-1]) == ("…", "…")
    whole = "".join(p.text for p in pieces).strip("…")
    assert whole in text
    assert 80 <= len(whole) <= 160


def test_a_snippet_holds_the_sentence_from_its_beginning_when_that_is_near() -> None:
    text = FILLER * 4 + "。" + FILLER * 2 + "公开" + FILLER * 9
    assert "".join(p.text for p in snippet(text, marks(tree('"公开"'), text))).startswith("…" + FILLER)


def test_a_match_longer_than_a_snippet_is_cut() -> None:
    text = FILLER + "公" * 400 + FILLER
    pieces = snippet(text, [(len(FILLER), len(FILLER) + 400)])
    assert any(p.hit for p in pieces)
    assert sum(len(p.text) for p in pieces) <= 170


@given(st.text("公开信息。，\n 申请", max_size=500), st.sampled_from(["公开", '"息"', '"开信" 申请', ""]))
def test_a_snippet_is_a_piece_of_the_text_with_its_marks(text: str, q: str) -> None:
    spans = marks(tree(q), text)
    pieces = snippet(text, spans)
    whole = "".join(p.text for p in pieces)
    assert whole.removeprefix("…").removesuffix("…") in text
    assert len(whole) <= SNIPPET * 4 // 3 + 2
    assert any(p.hit for p in pieces) == bool(spans)
    assert all(p.text for p in pieces)
    assert all({p.text for p in pieces if p.hit} <= {text[a:b] for a, b in spans} for _ in [0]) or not spans


def test_a_report_is_marked_in_all_its_sections() -> None:
    stored = make(sections={"front": "公开", "overview": ["无", "信息公開"], "other": "收费"}, title="公开年报")
    report = stored.report
    assert [report.text[a:b] for a, b in highlight_report(report, "公开 收费", SEGMENTER)] == ["公开", "公開", "收费"]
    assert highlight_report(report, '"') == []
    assert highlight_report(report, '"公开\ud800"') == []
