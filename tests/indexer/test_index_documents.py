"""Reports as index documents: what is searched is the section's text; figures by the paths that `where` knows."""

import pytest
from index_samples import SEGMENTER, documents, make

from corpus.figures import figure, figures
from corpus.model import Era
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.synthetic import demo_archive
from indexer.documents import Paragraph
from indexer.fields import FACETS, figure_paths
from indexer.matching import FoldedText


def test_a_document_per_section_in_order() -> None:
    stored = make(
        "a",
        {"front": "前言", "overview": ["公開 1 2", "第二段"], "other": []},
        rows={"denied.third_party": 3, "granted": 0},
        issues=["t3.balance:total", "t3.balance:total", "n.denied"],
        cites=["甲法", "甲法"],
        version=4,
    )
    made = documents(stored)
    assert [(d.section.ordinal, d.section.number, d.section.key) for d in made] == [
        (0, 0, "front"), (1, 1, "overview"), (2, 6, "other"),
    ]  # fmt: skip
    assert [d.source.text for d in made] == [s.text for s in stored.report.sections] == ["前言", "公開 1 2\n第二段", ""]
    assert made[1].text == FoldedText("公开12第二段", frozenset({3}))
    for paragraph in made[1].source.paragraphs:
        assert stored.report.text[paragraph.start : paragraph.end] in ("公開 1 2", "第二段")
    row = made[0].report
    assert (row.id, row.version, row.reasons, row.refusals) == ("a", 4, ("denied.third_party",), 3)
    assert (row.issues, row.cites) == (("t3.balance:total", "n.denied"), ("甲法",))
    assert made[1].words.heading == ("总体", "情况")


@pytest.mark.parametrize(
    ("between", "joined"),
    [("\n", True), ("\n\n　", True), ("\n表格\t1\n", False)],
    ids=["line", "white space", "table"],
)
def test_paragraphs_know_whether_only_white_space_parts_them(between: str, joined: bool) -> None:
    made = documents(make(sections={"overview": ["一二", "三"]}, between=between))
    first, second = made[0].source.paragraphs
    assert second == Paragraph(first.end + len(between), first.end + len(between) + 1, joined)


def test_a_report_without_sections_gives_one_empty_front() -> None:
    (document,) = documents(make(sections={}))
    assert (document.section.key, document.source.text, document.text.text) == ("front", "", "")


REPORTS = [
    report for path, data in demo_archive("documents", 24) for report in parse_document(read_document(data, path))
]


def test_the_invented_reports_are_of_several_eras() -> None:
    assert len({report.era for report in REPORTS}) >= 3
    assert Era.FORMAT_2021 in {report.era for report in REPORTS}


def test_every_figure_can_be_asked_for_and_is_the_one_at_its_path() -> None:
    for report in REPORTS:
        found = figures(report)
        assert set(found) <= figure_paths()
        assert {path: figure(report, path) for path in found} == found
        assert [p for p in figure_paths() - set(found) if figure(report, p) is not None] == []


@pytest.mark.parametrize(
    ("facet", "value", "zh", "en"),
    [
        ("kind", "department", "政府部门", "Department"),
        ("reason", "denied.third_party", "保护第三方合法权益", None),
        ("section", "front", "标题和前言", "Front matter"),
        ("era", "format_2019", "2019 年格式（试行）", None),
        ("issue", "t3.balance", "收办不平", None),
        ("issue", "n.new_received", "正文数字与表格不符：本年新收申请", None),
        ("issue", "p.unknown_label", "规定格式以外的行", "Row that the form does not have"),
        ("issue", "p.never_heard_of", "p.never_heard_of", "p.never_heard_of"),
        ("year", 2023, "2023", "2023"),
        ("agency", "云棠县水利局", "云棠县水利局", "云棠县水利局"),
    ],
)
def test_facet_values_have_labels(facet: str, value: str | int, zh: str, en: str | None) -> None:
    (field,) = [f for f in FACETS if f.name == facet]
    assert field.label(value) == zh
    assert field.label(value, "en") == en if en else field.label(value, "en").isascii()


def test_documents_and_queries_are_cut_alike() -> None:
    words = documents(make(sections={"overview": "區政府　ＧＤＰ增長6.5%。"}))[0].words.text
    assert words == tuple(SEGMENTER.search_words("区政府 gdp增长6.5%"))
