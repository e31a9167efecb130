"""Figures that sentences state: the vocabulary's examples both ways, places, ambiguity, traps, whole paragraphs."""

import itertools
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from growth import LIMIT, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.checks import check_report
from corpus.facts import fact_kinds, table_figure
from corpus.model import Cell, CellState, Era, NarrativeFact, Paragraph, Section, Table
from corpus.parse.narrative import find_facts, refusal_context
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.vocabulary import STATISTICS_ROWS, load

ROWS = ("new_received", "carried_in", "outcome_total", "carried_out")


def number(value: float) -> Cell:
    return Cell(CellState.NUMBER, str(value), value)


def tables(figures: Mapping[str, float]) -> dict[str, Table]:
    """Table 3 with those totals; `natural_person` and the others of its columns belong to the new applications."""
    rows: dict[str, dict[str, Cell]] = {row: {"total": number(v)} for row, v in figures.items() if row in ROWS}
    for column in ("natural_person", "business"):
        if column in figures:
            rows.setdefault("new_received", {})[column] = number(figures[column])
    rows |= {f"{k}.misc": {"total": number(figures[k])} for k in ("other",) if k in figures}
    return {"applications": rows}


def read(
    text: str,
    *,
    figures: Mapping[str, float] | None = None,
    era: Era = Era.FORMAT_2021,
    heading: str | None = "（二）依申请公开情况",
    year: int | None = None,
    key: str = "overview",
) -> tuple[NarrativeFact, ...]:
    """The facts of a section with an optional sub-heading and one paragraph."""
    lines = [line for line in (heading, text) if line is not None]
    paragraphs, place = [], 7
    for line in lines:
        paragraphs.append(Paragraph(place, place + len(line), line))
        place += len(line) + 1
    section = Section(1, key, "总体情况", 0, place, tuple(paragraphs))
    facts = find_facts([section], tables(figures or {}), era, year)
    for fact in facts:
        assert fact.quote in text
        assert text[fact.start - paragraphs[-1].start : fact.end - paragraphs[-1].start] == fact.quote
    return facts


def stated(text: str, **options: Any) -> dict[str, float]:
    return {fact.fact: fact.value for fact in read(text, **options)}


# The vocabulary, both ways --------------------------------------------------------------------------------------------


def _examples(kind: str, which: str) -> list[Any]:
    return [
        pytest.param(entry["key"], item if isinstance(item, dict) else {"text": item}, id=f"{entry['key']}-{n}")
        for entry in load("facts")[kind]
        for n, item in enumerate(entry[which])
    ]


@pytest.mark.parametrize(("fact", "example"), _examples("fact", "examples"))
def test_an_example_states_its_fact(fact: str, example: Mapping[str, Any]) -> None:
    found = [f for f in read(example["text"], figures=example.get("tables")) if f.fact == fact]
    assert [(f.value, f.approximate) for f in found] == [(example["value"], example.get("approximate", False))]


@pytest.mark.parametrize(("fact", "example"), _examples("fact", "counterexamples"))
def test_a_counterexample_does_not_state_it(fact: str, example: Mapping[str, Any]) -> None:
    assert fact not in stated(example["text"], figures=example.get("tables"))


@pytest.mark.parametrize(("fact", "example"), _examples("statistic", "examples"))
def test_an_example_states_its_fact_of_the_2014_table(fact: str, example: Mapping[str, Any]) -> None:
    assert stated(example["text"], era=Era.STAT_TABLE_2014)[fact] == example["value"]


@pytest.mark.parametrize(("fact", "example"), _examples("statistic", "counterexamples"))
def test_a_counterexample_does_not_state_a_fact_of_the_2014_table(fact: str, example: Mapping[str, Any]) -> None:
    assert fact not in stated(example["text"], era=Era.STAT_TABLE_2014)


@pytest.mark.parametrize("entry", load("facts")["fact"], ids=lambda e: e["key"])
def test_every_word_of_a_fact_is_used_by_an_example_or_means_it(entry: Mapping[str, Any]) -> None:
    text = "".join(e["text"] for e in entry["examples"])
    assert any(word in text for word in entry["words"])
    assert entry.get("stat") is None or entry["stat"] in STATISTICS_ROWS


def test_the_facts_of_the_2014_table_are_its_rows() -> None:
    assert {e["key"] for e in load("facts")["statistic"]} <= set(STATISTICS_ROWS)
    assert "stat.received" in fact_kinds()


# Ambiguity ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "figures", "expected"),
    [
        ("受理申请386件。", {"new_received": 386, "carried_in": 6}, {"new_received": 386}),
        ("受理申请386件。", {"new_received": 380, "carried_in": 6}, {"received_total": 386}),
        ("收到申请386件。", {"new_received": 380, "carried_in": 6}, {"received_total": 386}),
        ("受理申请386件。", {"new_received": 300, "carried_in": 6}, {"new_received": 386}),  # to be found by a check
        ("新收申请386件。", {"new_received": 380, "carried_in": 6}, {"new_received": 386}),
        ("办理申请386件。", {"new_received": 386}, {"new_received": 386}),
        ("办理申请386件。", {"new_received": 380, "carried_in": 6}, {"received_total": 386}),
        ("办理申请386件。", {"new_received": 390, "outcome_total": 386}, {"outcome_total": 386}),
        ("办理申请386件。", {"new_received": 300}, {}),
        ("办理申请386件。", {}, {}),
        ("受理申请386件。", {}, {"new_received": 386}),
        ("累计受理申请386件。", {"new_received": 386}, {"new_received": 386}),  # doubtful: believed when it agrees
        ("累计受理申请386件。", {"new_received": 300}, {}),
        (
            "收到申请12件（其中新收10件、上年结转2件）。",
            {"new_received": 10, "carried_in": 2},
            {"received_total": 12, "new_received": 10, "carried_in": 2},
        ),
        ("答复申请9件。", {"outcome_total": 12, "other": 3}, {}),  # the total without 其他处理
        ("答复申请12件。", {"outcome_total": 12, "other": 3}, {"outcome_total": 12}),
        ("答复申请11件。", {"outcome_total": 12, "other": 3}, {"outcome_total": 11}),
        (
            "受理申请18件，其中自然人申请14件。",
            {"new_received": 15, "carried_in": 3, "natural_person": 12},
            {"received_total": 18},
        ),
    ],
)
def test_ambiguous_verbs_are_settled_by_the_tables(
    text: str, figures: Mapping[str, float], expected: Mapping[str, float]
) -> None:
    assert stated(text, figures=figures) == expected


def test_a_paragraph_that_contradicts_itself_is_believed_where_the_table_agrees() -> None:
    text = "城区收到申请250件，山区收到申请136件，全县共收到申请386件。"
    assert stated(text, figures={"new_received": 386}) == {"new_received": 386}
    assert stated(text) == {}


# Sentences ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2023年，云棠县共受理政府信息公开申请40件，其中自然人申请36件，法人或其他组织申请4件。全年答复政府信息公开申请38件，"
            "其中予以公开10件；同意部分公开8件；不予公开6件；无法提供9件；不予处理3件；其他处理2件；结转下年度继续办理2件。",
            {
                "new_received": 40, "natural_person": 36, "organisations": 4, "outcome_total": 38, "granted": 10, "partial": 8,
                "denied": 6, "unable": 9, "rejected": 3, "other": 2, "carried_out": 2,
            },
        ),
        ("收到申请1,204件。", {"new_received": 1204}),
        ("收 到 政府信息公开申请 1 2 件。", {}),  # whether 1 2 is one number is not known
        ("收到政府信息公开申请1  2件。", {}),
        ("收到政府信息公开申请1\u200b2件。", {"new_received": 12}),  # an invisible character parts nothing
        ("收到政府信息公开申请 12 件 。", {"new_received": 12}),
        ("收到政府\u200b信息公开申请１２件。", {"new_received": 12}),
        ("收到政府資訊，受理政府信息公開申請12件，答復12件。", {"new_received": 12, "outcome_total": 12}),
        ("制發行政規範性檔案5件。", {"normative_issued": 5}),
        ("自1月1日至12月31日，收到申请3件。", {"new_received": 3}),
        ("1—6月，收到申请3件。1月至6月收到申请3件。", {"new_received": 3}),
        ("收到申请12件，占全县的3.9%，比上年增加2件。", {"new_received": 12}),
        ("收到申请由上年的10件增加到12件。", {}),
        ("收到申请12件（其中新收10件、上年结转2件）。", {"carried_in": 2}),  # 12 or 10 new ones: the table would tell
        ("其中16件不予公开，2件无法提供，1件结转下年度继续办理。", {"denied": 16, "unable": 2, "carried_out": 1}),
        ("其中16件不予公开2件无法提供。", {}),  # whose figure is 2?
        ("（1）予以公开3件；（2）不予公开2件。", {"granted": 3, "denied": 2}),
        ("全部申请中，予以公开3件、部分公开2件。", {"granted": 3, "partial": 2}),
        ("截至年底尚在办理期限内、结转下年度继续办理的2件。", {"carried_out": 2}),
        ("主动公开政府信息40条，收到申请3件。", {"new_received": 3}),
        ("收到信访件12件，办结12件。", {}),
        ("法律援助申请12件，予以公开5件。", {"granted": 5}),
        ("依据《条例》第三十六条不予公开。", {}),
        ("全年没有收到申请，没有结转。", {"new_received": 0, "carried_out": 0}),
        ("无上年结转和结转下年度申请。", {"carried_in": 0, "carried_out": 0}),
        ("均在法定期限内办结，无结转。", {"carried_out": 0}),
        ("未收到申请，未发生复议诉讼。", {"new_received": 0}),
        ("未制发行政规范性文件。", {"normative_issued": 0}),
        ("未收到政府信息公开申请费用。", {}),
        ("上半年未收到政府信息公开申请。", {}),
        ("去年未收到政府信息公开申请。", {}),
        ("未收到关于土地征收的政府信息公开申请。", {}),
        ("如未收到政府信息公开申请。", {}),
        ("没有不予公开的情况。", {}),
        ("未收到和处理政府信息公开申请事项。", {"new_received": 0}),
        ("其中,予以公开2件,部分公开1件。", {"granted": 2, "partial": 1}),  # half-width commas
        ("收到3份政府信息公开申请。", {}),  # only 件, 条, 宗 count applications
        ("收到申请6件，其中网上申请4件、信函申请2件；自然人6件。", {"new_received": 6, "natural_person": 6}),
        ("发生与本局有关政府信息公开事务的行政诉讼案0件。", {"suit_total": 0}),
        ("无下年度结转。", {"carried_out": 0}),
        ("结转2件至下年度办理。", {"carried_out": 2}),
        ("不属于本机关职责2件，不予公开1件。", {"denied": 1}),
        ("答复3件，其中主动公开1件、予以公开2件。", {"outcome_total": 3}),
        ("办理行政复议3件，行政诉讼1件。", {}),  # as the organ that reviews
        ("没有因政府信息公开被举报投诉、申请行政复议、提起行政诉讼的情况。", {"review_total": 0, "suit_total": 0}),
        ("未发生因政府信息公开申请提起的行政复议和行政诉讼案件。", {"review_total": 0, "suit_total": 0}),
        ("办理行政复议案件3件，行政诉讼应诉2件。", {}),
        ("发生行政复议3件，其中结果维持2件。", {"review_total": 3}),
    ],
)  # fmt: skip
def test_what_a_paragraph_on_applications_states(text: str, expected: Mapping[str, float]) -> None:
    found = stated(text)
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "收到申请12件。",
        "受理低保申请12件，办结12件。",
        "办结12件，答复3件。",
        "全年收到行政复议申请300件，行政诉讼20件。",
        "予以公开12件，不予公开3件。",
        "结转12件。",
        "全年未发生行政复议、行政诉讼案件。",
        "制发公文120件，其中主动公开80件、依申请公开30件、不予公开10件。",
        "认真办成“一件事”12件。",
    ],
)
def test_without_a_word_on_disclosure_nothing_is_stated(text: str) -> None:
    assert stated(text, heading=None) == {}


def test_other_years_state_nothing_when_the_year_is_known() -> None:
    text = "2022年收到申请10件，办结9件。2023年收到申请12件。"
    assert [f.value for f in read(text, year=2023)] == [12]
    assert stated("2023年收到申请12件，结转2024年办理2件。", year=2023) == {"new_received": 12, "carried_out": 2}
    assert stated("2022年结转至2023年2件。", year=2023) == {}


def test_facts_before_2014_carry_plain_names_and_have_no_table() -> None:
    text = "共收到政府信息公开申请9件，办结9件，其中同意公开5件，不予公开1件。"
    expected = {"new_received": 9, "outcome_total": 9, "granted": 5, "denied": 1}
    assert stated(text, era=Era.NARRATIVE_2008) == expected


def test_facts_beside_the_2014_table_carry_its_keys() -> None:
    text = "主动公开政府信息90条。收到申请9件，办结9件，其中同意公开5件，不同意公开1件，结转1件。未发生行政诉讼。"
    assert stated(text, era=Era.STAT_TABLE_2014) == {
        "stat.proactive.total": 90,
        "stat.received": 9,
        "stat.closed": 9,
        "stat.reply.granted": 5,
        "stat.reply.denied": 1,
        "stat.suit": 0,
    }


def test_the_topic_of_a_heading_ends_with_the_next() -> None:
    lines = ["（二）依申请公开", "共收到12件。", "（三）政府信息管理", "共收到15件。"]
    paragraphs = [Paragraph(10 * n, 10 * n + len(line), line) for n, line in enumerate(lines)]
    section = Section(1, "overview", "总体情况", 0, 60, tuple(paragraphs))
    assert [f.value for f in find_facts([section], {}, Era.FORMAT_2021)] == [12]


def test_the_quote_runs_from_label_to_unit() -> None:
    (fact,) = read("2023年，本县 共收到 政府信息公开申请 十二件，同比持平。")
    assert (fact.quote, fact.value) == ("收到 政府信息公开申请 十二件", 12)


# Figures of the tables ------------------------------------------------------------------------------------------------


def test_a_figure_that_the_table_does_not_state_is_none() -> None:
    blank, word = Cell(CellState.BLANK), Cell(CellState.TEXT, "无")
    review = {"review": {"total": blank}, "suit_direct": {"total": number(2)}, "suit_after_review": {"total": blank}}
    applications = {
        "new_received": {"natural_person": number(3), "business": number(1), "research": blank, "total": blank},
        "denied.process_info": {"total": number(2)},
        "denied.third_party": {"total": blank},
        "unable.not_held": {"total": word},
    }
    found = {"review": review, "applications": applications}
    assert table_figure(found, "suit_total") == 2
    assert table_figure(found, "review_total") is None
    assert table_figure(found, "new_received") == 4
    assert table_figure(found, "denied") == 2
    assert table_figure(found, "unable") is None
    assert table_figure(found, "normative_issued") is None


# Properties -----------------------------------------------------------------------------------------------------------

_PIECES = [
    *("收到", "受理", "办理", "政府信息公开申请", "申请", "依申请公开", "予以公开", "不予公开", "其中", "自然人", "结转"),
    *("法人或其他组织", "下年度", "上年", "规范性文件", "制发", "废止", "行政复议", "行政诉讼", "未", "没有", "无", "12"),
    *("十二", "件", "条", "余", "，", "。", "、", "；", "（", "）", " ", "2023年", "共", "的", "数量", "情况", "\u200b"),
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=50), st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)), st.sampled_from(Era)
)
def test_any_text_is_accepted_and_every_quote_is_its_span(text: str, era: Era) -> None:
    read(text.replace("\n", ""), era=era, heading=None, key="applications")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join), st.integers(-3, 60), st.integers(-3, 60))
def test_a_context_is_found_for_any_place(text: str, start: int, end: int) -> None:
    refusal_context(text, start, end)


@pytest.mark.parametrize(
    "piece",
    [
        "数量",
        "收到政府信息公开申请共计数量",
        "不予公开、",
        "其中12件",
        "因政府信息公开工作",
        "结转下年度",
        "1",
        "未没有",
        "第一",
    ],
)
def test_long_hostile_paragraphs_are_read_in_linear_time(piece: str) -> None:
    assert growth(lambda n: read(piece * (n // len(piece)) + "12件"), 400) < LIMIT


# 不予公开 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("答复政府信息公开申请12件，其中[不予公开]3件。", "refusal"),
        ("收到申请5件。其中3件[不予公开]。", "refusal"),
        ("涉及商业秘密的申请，第三方不同意公开的依法[不予公开]。", "refusal"),
        ("对申请人作出[不予公开]的答复。", "refusal"),
        ("本年度公开的信息符合要求，没有公开[不予公开]的信息。", "negation"),
        ("全年未出现应公开而[不予公开]的情况。", "negation"),
        ("没有发生无故拖延答复或者应当公开而[不予公开]的现象。", "negation"),
        ("没有出现应公开而未公开、[不予公开]的情况。", "negation"),
        ("答复申请5件，[不予公开]0件。", "negation"),
        ("其中[不予公开]答复共零件。", "negation"),
        ("其中0件[不予公开]。", "negation"),
        ("无[不予公开]情形。", "negation"),
        ("坚决杜绝[不予公开]问题。", "negation"),
        ("没有现成信息3件、[不予公开]申请2件。", "refusal"),
        ("制发公文120件，其中主动公开80件、依申请公开30件、[不予公开]10件。", "document_classification"),
        ("全年发文50件，[不予公开]5件，理由为工作秘密。", "document_classification"),
        ("明确公文属性（主动公开、依申请公开、[不予公开]）。", "document_classification"),
        ("对拟[不予公开]的公文说明理由，公文拟稿人负责。", "unclear"),
        ("三、依申请公开和[不予公开]政府信息情况", "heading"),
        ("本报告包括概述、依申请公开和[不予公开]政府信息的情况、收费情况等部分。", "heading"),
        ("（三）[不予公开]", "heading"),
        ("[不予公开]", "heading"),
        ("坚持以公开为常态、[不公开]为例外。", "slogan"),
        ("坚持[不予公开]是例外的原则。", "slogan"),
        ("对申请[不予公开]的，应当说明理由。", "unclear"),
        ("规范[不予公开]工作。", "unclear"),
        ("第一行\n其中[不予公开]3件。", "unclear"),
    ],
)
def test_what_a_mention_of_a_refusal_means(text: str, expected: str) -> None:
    start, end = text.index("["), text.index("]") - 1
    assert refusal_context(text.replace("[", "").replace("]", ""), start, end) == expected


# Real reports ---------------------------------------------------------------------------------------------------------

REAL = os.environ.get("GONGKAI_REAL_REPORTS")


@pytest.mark.real
@pytest.mark.skipif(not REAL, reason="GONGKAI_REAL_REPORTS does not name the folder of the real reports")
def test_the_real_reports_give_their_facts_and_no_false_finding() -> None:
    paths: Sequence[Path] = sorted(Path(REAL or "").glob("*.txt"))
    reports = list(itertools.chain.from_iterable(parse_document(read_document(p.read_bytes(), p.name)) for p in paths))
    assert len(reports) == 5
    facts = [{f.fact: f.value for f in report.facts} for report in reports]
    assert facts == [
        {"new_received": 0},
        {
            "new_received": 386, "natural_person": 363, "organisations": 23, "outcome_total": 378, "granted": 105,
            "partial": 87, "denied": 16, "unable": 112, "rejected": 23, "other": 35, "carried_out": 10,
            "normative_repealed": 84,
        },
        {},
        {"new_received": 0, "review_total": 0, "suit_total": 0},
        {"new_received": 0, "review_total": 0, "suit_total": 0},
    ]  # fmt: skip
    assert [check_report(report) for report in reports] == [()] * 5
