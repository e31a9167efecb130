"""What every engine must do: the meaning of queries, filters, groups, facets and commits, as tables of cases."""

from typing import Any

import pytest
from index_samples import Stored, documents, fill, make

from corpus.model import AgencyKind, Era, Region
from indexer import Engine, parse_filters, parse_request, report_ids, search

BOTH, ONE, TWO, NONE = {"a", "b"}, {"a"}, {"b"}, set[str]()


def ask(engine: Engine, q: str = "", **params: str | list[str]) -> dict[str, Any]:
    """The answer as JSON."""
    given = {name: [value] if isinstance(value, str) else value for name, value in params.items()}
    return search(engine, parse_request({"q": [q], **given})).to_json()


def found(answer: dict[str, Any]) -> set[str]:
    """The ids of the reports on the page."""
    return {hit["report_id"] for hit in answer["hits"]}


def texts(first: str, second: str) -> tuple[Stored, Stored]:
    """Two reports of one section each, whose titles and agencies hold nothing that is asked for."""
    return make("a", {"overview": first}, title="甲", agency="乙"), make(
        "b", {"overview": second}, title="甲", agency="乙"
    )


@pytest.mark.parametrize(
    ("q", "first", "second", "expected"),
    [
        # Phrases: characters, whatever the words
        pytest.param('"府信"', "政府信息公开", "政务信息", ONE, id="phrase across word borders"),
        pytest.param('"开申"', "信息公开申请", "公开、申请", ONE, id="signs between count"),
        pytest.param('"公开申请"', "信息公开\n申请", "公开的申请", ONE, id="white space between does not count"),
        pytest.param('"信息 公开"', "信息公开", "公开信息", ONE, id="white space in the phrase does not count"),
        pytest.param('"信息公開"', "信息公开", "信息", ONE, id="traditional finds simplified"),
        pytest.param('"信息公开"', "信息公開", "信息", ONE, id="simplified finds traditional"),
        pytest.param('"GDP"', "总值（ｇｄｐ）", "总值", ONE, id="width and case"),
        pytest.param('"信息"', "信\u200b息", "信\u00ad\ufeff息", BOTH, id="invisible characters"),
        pytest.param('"政"', "政府", "市政", BOTH, id="one character, first and last"),
        pytest.param('"201"', "2019", "21 9", ONE, id="a phrase may lie inside a number"),
        pytest.param('"20年"', "20\n年", "2年0", ONE, id="digits across a line"),
        pytest.param('"“三审”"', "“三审”三校", "三审三校", ONE, id="quotation marks are characters"),
        pytest.param('“三审"三校”', '三审"三校', "三审三校", ONE, id="phrase in Chinese quotes holds an ASCII one"),
        # Words
        pytest.param("府信", "政府信息", "政务信息", ONE, id="a Han word is found where its characters occur"),
        pytest.param("收费情况", "情况如下：未收费", "收费", ONE, id="words of a token in any order"),
        pytest.param("19", "19 件", "2019 件", ONE, id="a number is whole"),
        pytest.param("covid19", "covid19", "covid 19", ONE, id="an ASCII word does not run over a space"),
        pytest.param("30", "〔2021〕30号", "〔2021〕130号", ONE, id="a number beside Han"),
        pytest.param("gdp", "ＧＤＰ增长", "gdps", ONE, id="an ASCII word is whole"),
        pytest.param("gdp*", "ＧＤＰ增长", "gdps", BOTH, id="a prefix goes on"),
        pytest.param("gd*", "egd", "gdp", TWO, id="a prefix begins a word"),
        pytest.param("信息*", "政府信息公开", "公开", ONE, id="a Han prefix"),
        # Operators
        pytest.param("信息 公开", "信息 公开", "信息", ONE, id="all words"),
        pytest.param("信息 AND 公开", "公开信息", "信息", ONE, id="AND"),
        pytest.param("信息 与 公开", "公开信息", "信息", ONE, id="与"),
        pytest.param("信息 OR 公开", "公开", "信息", BOTH, id="OR"),
        pytest.param("信息 或 公开", "公开", "信息", BOTH, id="或"),
        pytest.param("信息 NOT 公开", "公开信息", "信息", TWO, id="NOT"),
        pytest.param("信息 非 公开", "公开信息", "信息", TWO, id="非"),
        pytest.param("-公开", "公开信息", "信息", TWO, id="only what is not wanted"),
        pytest.param('信息 -"公开"', "公开信息", "信息", TWO, id="minus phrase"),
        pytest.param("申请 或 信息 公开", "申请", "信息公开", BOTH, id="AND binds closer"),
        pytest.param("（申请 ＯＲ 信息） 公开", "申请", "信息公开", TWO, id="parentheses, full width"),
        pytest.param("-(申请 OR 公开)", "申请", "信息", TWO, id="minus group"),
        # Proximity
        pytest.param('"公开 申请"~2', "公开的申请", "公开收到的申请", ONE, id="near, distance"),
        pytest.param('"公开 申请"~2', "申请要公开", "申请", ONE, id="near, any order"),
        pytest.param('"公开 公开"~2', "公开再公开", "公开", ONE, id="near, a part twice"),
        pytest.param('"信息公 公开"~3', "信息公开", "信息公、公开", TWO, id="near, parts do not overlap"),
        pytest.param('"甲 乙 丙"~1', "甲丁乙丁丙", "甲丁丁乙丙", ONE, id="near, every neighbour"),
        # Everything and notes
        pytest.param("", "公开", "信息", BOTH, id="empty"),
        pytest.param("*", "公开", "信息", BOTH, id="star"),
        pytest.param('"公开', "公开", "信息", ONE, id="quote left open"),
        pytest.param("公开 AND", "公开", "信息", ONE, id="operator without right side"),
        pytest.param("(公开", "公开", "信息", ONE, id="parenthesis left open"),
    ],
)
def test_what_a_query_finds(engine: Engine, q: str, first: str, second: str, expected: set[str]) -> None:
    fill(engine, *texts(first, second))
    answer = ask(engine, q)
    assert found(answer) == expected
    assert answer["total"] == len(expected)


def test_a_phrase_ignores_title_and_agency_and_a_word_does_not(engine: Engine) -> None:
    fill(engine, make("a", {"overview": "无"}, title="年度报告", agency="云棠县水利局"))
    assert [found(ask(engine, q)) for q in ('"年度报告"', '"水利"', "年度报告", "水利 年度")] == [NONE, NONE, ONE, ONE]


def test_words_must_meet_in_one_section(engine: Engine) -> None:
    fill(engine, make("a", {"overview": "公开", "other": "收费"}), make("b", {"overview": "主动公开与收费"}))
    assert found(ask(engine, "公开 收费 -年度")) == NONE
    assert found(ask(engine, "主动 收费")) == TWO


ALPHA = make(
    "a",
    {"front": "前言", "overview": "公开不予公开", "applications": "公开"},
    agency="昆岚市望州区财政局",
    year=2023,
    region=Region(province="望海省", city="昆岚市", county="望州区", township="海棠镇"),
    rows={"denied.third_party": 3, "unable.not_held": 0, "rejected.repeat": 2, "new_received": 120},
    issues=["t3.balance:total", "t3.row_sum:granted", "n.denied"],
    cites=["国办公开办函〔2021〕30号"],
)
BETA = make(
    "b",
    {"overview": "公开公开收费"},
    agency="云棠县人民政府",
    year=2020,
    era=Era.FORMAT_2019,
    kind=AgencyKind.PEOPLE_GOVERNMENT,
    region=Region(province="望海省", county="云棠县"),
    rows={"denied.state_secret": 1, "other": 4, "new_received": 7},
    issues=["t3.balance:total", "t30.none"],
    cites=["中华人民共和国政府信息公开条例"],
)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({"agency": "云棠县人民政府"}, TWO, id="agency, whole name"),
        pytest.param({"agency": "雲棠縣人民政府"}, TWO, id="agency, traditional"),
        pytest.param({"agency": "财政局"}, NONE, id="agency, not a part"),
        pytest.param({"agency": ["云棠县人民政府", "昆岚市望州区财政局"]}, BOTH, id="alternatives"),
        pytest.param({"kind": "department"}, ONE, id="kind"),
        pytest.param({"province": "望海省"}, BOTH, id="province"),
        pytest.param({"city": "昆岚市"}, ONE, id="city"),
        pytest.param({"county": "云棠县", "province": "望海省"}, TWO, id="two filters"),
        pytest.param({"county": "云棠县", "city": "昆岚市"}, NONE, id="two filters that exclude each other"),
        pytest.param({"township": "海棠镇"}, ONE, id="township"),
        pytest.param({"year": "2023"}, ONE, id="year"),
        pytest.param({"year": "2019-2021"}, TWO, id="years"),
        pytest.param({"year": ["2020", "2022-2024"]}, BOTH, id="years, alternatives"),
        pytest.param({"year": "2021-"}, ONE, id="years, open"),
        pytest.param({"era": "format_2019"}, TWO, id="era"),
        pytest.param({"reason": "denied.third_party"}, ONE, id="reason"),
        pytest.param({"reason": "unable.not_held"}, NONE, id="reason, zero is not above zero"),
        pytest.param({"reason": "other"}, TWO, id="reason, the 2019 row"),
        pytest.param({"section": "applications"}, ONE, id="section"),
        pytest.param({"issue": "t3"}, BOTH, id="issue, family"),
        pytest.param({"issue": "t3.row_sum"}, ONE, id="issue, check"),
        pytest.param({"issue": "t3.balance:total"}, BOTH, id="issue, id"),
        pytest.param({"issue": "t3.bal"}, NONE, id="issue, only at borders"),
        pytest.param({"issue": "t30"}, TWO, id="issue, t3 is not t30"),
        pytest.param({"cites": "国办公开办函〔2021〕30号"}, ONE, id="cites"),
        pytest.param({"cites": "国办公开办函[2021]30号"}, ONE, id="cites, other brackets"),
        pytest.param({"cites": "《中华人民共和国政府信息公开条例》"}, TWO, id="cites, law in its marks"),
        pytest.param({"cites": "政府信息公开条例"}, TWO, id="cites, law by its short name"),
        pytest.param({"body": "云棠县政府"}, NONE, id="body, no name of a relative"),
        pytest.param({"body": "雲棠縣人民政府"}, TWO, id="body, its own name"),
        pytest.param({"where": "applications.new_received.total>=100"}, ONE, id="where"),
        pytest.param(
            {"where": "applications.new_received>6,applications.new_received<8"}, TWO, id="where, two at once"
        ),
        pytest.param({"where": ["derived.denied=1", "derived.denied=3"]}, BOTH, id="where, alternatives"),
        pytest.param({"where": "derived.rejected!=5"}, ONE, id="where, nothing is said of what is not stated"),
        pytest.param({"where": "derived.other=4"}, TWO, id="where, derived"),
    ],
)
def test_filters(engine: Engine, filters: dict[str, str | list[str]], expected: set[str]) -> None:
    fill(engine, ALPHA, BETA)
    given = {name: [value] if isinstance(value, str) else value for name, value in filters.items()}
    assert set(report_ids(engine, given)) == expected
    assert found(ask(engine, "公开", **filters)) == expected
    assert report_ids(engine, parse_filters(given)) == report_ids(engine, given)


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("year:2023", ONE),
        ("year:2019-2021 OR reason:denied.third_party", BOTH),
        ("agency:云棠", TWO),
        ("title:2020年政府", TWO),
        ("title:“2020 年”", TWO),
        ("agency:財政", ONE),
        ("-agency:财政", TWO),
        ("section:overview 不予公开", ONE),
        ("where:derived.denied>=3", ONE),
        ("issue:t3.row_sum", ONE),
        ("kind:people_government -收费", NONE),
    ],
)
def test_fields_in_queries(engine: Engine, q: str, expected: set[str]) -> None:
    fill(engine, ALPHA, BETA)
    assert found(ask(engine, q)) == expected


def counts(answer: dict[str, Any], facet: str) -> list[tuple[str | int, int]]:
    """The facet's values with their counts, in order."""
    return [(entry["value"], entry["count"]) for entry in answer["facets"][facet]]


def test_facets_count_reports_or_sections(engine: Engine) -> None:
    fill(engine, ALPHA, BETA)
    by_report, by_section = ask(engine, '"公开"'), ask(engine, '"公开"', group="section")
    assert (by_report["total"], by_section["total"]) == (2, 3)
    assert counts(by_report, "year") == [(2020, 1), (2023, 1)]
    assert counts(by_section, "year") == [(2023, 2), (2020, 1)]
    assert counts(by_report, "section") == [("overview", 2), ("applications", 1)]
    assert counts(by_section, "province") == [("望海省", 3)]
    assert counts(by_report, "issue") == [("t3.balance", 2), ("t30.none", 1), ("t3.row_sum", 1), ("n.denied", 1)]
    assert counts(by_report, "county") == [("云棠县", 1), ("望州区", 1)]


def test_a_facet_ignores_its_own_choices_and_no_other(engine: Engine) -> None:
    fill(engine, ALPHA, BETA)
    answer = ask(engine, "公开", year="2023", section="applications")
    assert answer["total"] == 1
    assert counts(answer, "year") == [(2023, 1)]
    assert counts(answer, "section") == [("overview", 1), ("applications", 1), ("front", 1)]
    assert counts(ask(engine, "公开", year="2023"), "year") == [(2020, 1), (2023, 1)]
    assert counts(ask(engine, "公开", year="2023"), "agency") == [("昆岚市望州区财政局", 1)]


def test_all_ten_facets_are_always_there(engine: Engine) -> None:
    names = ["year", "agency", "kind", "province", "city", "county", "reason", "section", "era", "issue"]
    assert list(ask(engine, "公开")["facets"]) == names


def test_a_report_is_its_best_section_with_the_others_counted(engine: Engine) -> None:
    sections = {"front": "收费办理办理", "overview": "收费办理收费", "applications": "办理", "other": "收费办理收费"}
    fill(engine, make("a", sections), make("b", {"overview": "收费"}))
    hits = {hit["report_id"]: hit for hit in ask(engine, '"收费"')["hits"]}
    assert (hits["a"]["section"]["key"], hits["a"]["more"]) == ("overview", 2)
    listed = [(h["report_id"], h["section"]["key"], h["more"]) for h in ask(engine, '"收费"', group="section")["hits"]]
    assert sorted(listed) == [("a", "front", 0), ("a", "other", 0), ("a", "overview", 0), ("b", "overview", 0)]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("year", ["c", "a", "b", "d"]),
        ("year_asc", ["b", "a", "c", "d"]),
        ("agency", ["c", "d", "b", "a"]),
        ("refusals", ["c", "a", "b", "d"]),
    ],
)
def test_orders(engine: Engine, sort: str, expected: list[str]) -> None:
    fill(
        engine,
        make("d", year=None, agency="丁"),
        make("c", year=2024, agency="丁", rows={"denied.third_party": 9}),
        make("b", year=2020, agency="丙局", rows={"denied.third_party": 0}),
        make("a", year=2022, agency="乙", rows={"denied.third_party": 3}),
    )
    by_code_point = sorted([("乙", "a"), ("丙局", "b"), ("丁", "c"), ("丁", "d")])
    wanted = [name for _, name in by_code_point] if sort == "agency" else expected
    assert [h["report_id"] for h in ask(engine, "公开", sort=sort)["hits"]] == wanted


def test_ties_stand_by_id_and_pages_join_without_gap(engine: Engine) -> None:
    fill(engine, *(make(f"r-{n}", title="年度报告", agency="甲局") for n in range(7)))
    whole = [h["report_id"] for h in ask(engine, '"公开"')["hits"]]
    assert whole == [f"r-{n}" for n in range(7)]
    pages = [ask(engine, '"公开"', limit="3", offset=str(offset)) for offset in (0, 3, 6, 9)]
    assert [h["report_id"] for page in pages for h in page["hits"]] == whole
    assert {page["total"] for page in pages} == {7}


def test_a_section_that_uses_the_word_comes_before_one_where_the_characters_only_meet(engine: Engine) -> None:
    words, meets = (
        make("b", {"overview": "人大代表建议办理"}, title="甲"),
        make("a", {"overview": "个人大量申请办理"}, title="甲"),
    )
    fill(engine, words, meets)
    assert [h["report_id"] for h in ask(engine, "人大")["hits"]] == ["b", "a"]


def test_a_report_without_sections_is_found_by_its_title(engine: Engine) -> None:
    fill(engine, make("a", {}, title="图片版年度报告"))
    (hit,) = ask(engine, "图片版")["hits"]
    assert (hit["section"]["key"], hit["spans"], hit["permalink"]) == ("front", [], "/r/a/v1#s0")


def test_replacing_and_deleting(engine: Engine) -> None:
    fill(engine, *texts("旧文", "留下"), synced=2)
    writer = engine.begin()
    assert writer.synced == 2
    writer.replace("a", documents(make("a", {"overview": "新文"}, version=2)))
    writer.delete("b")
    writer.delete("never there")
    assert found(ask(engine, '"旧文"')) == ONE
    writer.commit(5)
    assert [found(ask(engine, f'"{q}"')) for q in ("旧文", "新文", "留下")] == [NONE, ONE, NONE]
    assert (engine.synced(), engine.contents()) == (5, {"a": 2})
    assert ask(engine)["total"] == 1


def test_the_last_of_several_changes_in_one_commit_counts(engine: Engine) -> None:
    writer = engine.begin()
    writer.replace("a", documents(make("a", {"overview": "一"})))
    writer.replace("a", documents(make("a", {"overview": "二"})))
    writer.replace("b", documents(make("b", {"overview": "一"})))
    writer.delete("b")
    writer.commit(1)
    assert [found(ask(engine, f'"{q}"')) for q in ("一", "二")] == [NONE, ONE]


def test_cancelled_changes_leave_nothing(engine: Engine) -> None:
    fill(engine, ALPHA, synced=3)
    before = engine.generation()
    writer = engine.begin()
    writer.delete("a")
    writer.cancel()
    assert (engine.contents(), engine.synced(), engine.generation()) == ({"a": 1}, 3, before)
    fill(engine, BETA, synced=4)
    assert set(engine.contents()) == BOTH


def test_every_commit_has_its_own_generation(engine: Engine) -> None:
    names = [engine.generation()]
    for n in range(3):
        fill(engine, make("a", {"overview": str(n)}), synced=n)
        names.append(engine.generation())
    assert len(set(names)) == 4


def test_an_empty_index_answers(engine: Engine) -> None:
    answer = ask(engine, "公开")
    assert (answer["total"], answer["hits"], engine.synced(), engine.contents()) == (0, [], 0, {})
    assert report_ids(engine, {}) == []


def test_a_rebuild_is_invisible_until_it_is_published(engine: Engine) -> None:
    fill(engine, ALPHA, synced=9)
    beside = engine.rebuild()
    writer = beside.begin()
    assert writer.synced == 0
    writer.replace("b", documents(BETA))
    writer.commit(4)
    assert (engine.contents(), engine.synced()) == ({"a": 1}, 9)
    beside.publish()
    assert (engine.contents(), engine.synced()) == ({"b": 1}, 4)


def test_an_abandoned_rebuild_leaves_the_index_alone(engine: Engine) -> None:
    fill(engine, ALPHA, synced=9)
    beside = engine.rebuild()
    beside.begin().commit(4)
    beside.abandon()
    assert (engine.contents(), engine.synced()) == ({"a": 1}, 9)
    engine.rebuild().abandon()


def test_words_of_the_index_by_pattern(engine: Engine) -> None:
    fill(engine, make("a", {"overview": "公开公开信息", "other": "公开"}), make("b", {"overview": "公告"}))
    assert engine.terms_like("公.") == {"公开": 2, "公告": 1}
    assert engine.terms_like("公") == {}


def test_a_body_is_found_under_its_earlier_and_later_names_and_no_other_is(engine: Engine) -> None:
    names = {
        "a": "云棠县国土资源局",
        "b": "云棠县规划局",
        "c": "云棠县自然资源局",
        "d": "望州市国土资源局",
        "e": "云棠县财政局",
    }
    fill(engine, *(make(id, {"overview": "无"}, agency=name) for id, name in names.items()))
    for name, expected in (
        ("云棠县自然资源局", ["a", "b", "c"]),
        ("云棠县规划局", ["b", "c"]),
        ("云棠县财政局", ["e"]),
    ):
        assert sorted(report_ids(engine, {"body": [name]})) == expected, name
