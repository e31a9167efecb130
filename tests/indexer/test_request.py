"""Parameters → request: defaults, readings, and every problem named at once."""

import pytest

from corpus.errors import QueryError
from indexer import FACETS, FILTERS, PARAMETERS, SORTS, parse_filters, parse_request
from indexer.criteria import AllHold, Between, Cites, Condition, InFamily, Is, IsNamed
from indexer.query import Everything, Phrase, to_text
from indexer.request import SearchRequest


def test_nothing_given_asks_for_everything_by_report() -> None:
    request = parse_request({})
    assert request == SearchRequest("", Everything(), (), request.filters, "report", "relevance", 20, 0, True)
    assert request.filters.criteria == {}


def test_everything_given() -> None:
    request = parse_request(
        {
            "q": ['"不予公开"'],
            "year": ["2023", "2019-2021"],
            "reason": ["denied.third_party", ""],
            "agency": [" 昆岚市财政局 "],
            "issue": ["t3.balance"],
            "cites": ["国办函〔2020〕109号"],
            "where": ["derived.denied>=3, applications.new_received.total<2.5"],
            "group": ["section"],
            "sort": ["refusals"],
            "limit": ["100"],
            "offset": ["40"],
            "synonyms": ["0"],
        }
    )
    assert request.tree == Phrase("不予公开")
    assert (request.group, request.sort, request.limit, request.offset) == ("section", "refusals", 100, 40)
    assert request.synonyms is False
    assert request.filters.criteria == {
        "year": (Between(2023, 2023), Between(2019, 2021)),
        "reason": (Is("denied.third_party"),),
        "agency": (IsNamed("昆岚市财政局"),),
        "issue": (InFamily("t3.balance"),),
        "cites": (Cites("国办函〔2020〕109号"),),
        "where": (
            AllHold((Condition("derived.denied", ">=", 3), Condition("applications.new_received.total", "<", 2.5))),
        ),
    }
    assert request.filters.given["year"] == ("2023", "2019-2021")
    assert request.filters.given["reason"] == ("denied.third_party",)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"colour": ["red"]}, "没有名为“colour”的参数"),
        ({"limit": ["101"]}, "limit 须是 1 到 100 的整数，不能是“101”"),
        ({"limit": ["0"]}, "limit 须是 1 到 100 的整数，不能是“0”"),
        ({"limit": ["-5"]}, "limit 须是 1 到 100 的整数，不能是“-5”"),
        ({"limit": ["ten"]}, "limit 须是 1 到 100 的整数，不能是“ten”"),
        ({"limit": ["９"]}, "limit 须是 1 到 100 的整数，不能是“９”"),
        ({"offset": ["1.5"]}, "offset 须是 0 到 10000000 的整数，不能是“1.5”"),
        ({"group": ["page"]}, "group 不能是“page”，可用：report、section"),
        ({"sort": ["random"]}, "sort 不能是“random”，可用：relevance、year、year_asc、agency、refusals"),
        ({"synonyms": ["maybe"]}, "synonyms 不能是“maybe”，可用：1、0"),
        ({"q": ["甲", "乙"]}, "参数 q 只能给一次"),
        ({"q": ["甲" * 2001]}, "检索式 q 有 2001 个字，最多 2000 个"),
        ({"year": ["abc"]}, "year：“abc”不是年份，应写作 2023 或 2019-2023"),
        ({"year": ["2023-2019"]}, "year：“2023-2019”不是年份，应写作 2023 或 2019-2023"),
        ({"year": ["2023", "20"]}, "year：“20”不是年份，应写作 2023 或 2019-2023"),
        ({"issue": ["t3 balance"]}, "issue：“t3 balance”不是核对项编号，应写作 t3 或 t3.balance"),
        ({"cites": ["〔〕"]}, "cites：缺少法规名称或文号"),
        ({"where": ["derived.denied"]}, "where：“derived.denied”不是条件，应写作 applications.new_received.total>=100"),
        (
            {"where": [f"derived.denied>{10**15}"]},
            f"where：“derived.denied>{10**15}”不是条件，应写作 applications.new_received.total>=100",
        ),
        (
            {"where": ["applications.nothing>3"]},
            "where：没有名为“applications.nothing”的数据项，例如 derived.denied、applications.new_received.total",
        ),
        (
            {"era": ["1999"]},
            "era：没有名为“1999”的报告格式，可用：narrative_2008、stat_table_2014、format_2019、format_2021",
        ),
    ],
)
def test_what_cannot_be_used_is_named(params: dict[str, list[str]], message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_request(params)
    assert caught.value.message == message


@pytest.mark.parametrize("name", ["kind", "reason", "section"])
def test_an_unknown_key_is_answered_with_the_known_ones(name: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_request({name: ["nothing"]})
    assert {"kind": "department", "reason": "denied.third_party", "section": "overview"}[name] in caught.value.message


def test_all_problems_come_at_once() -> None:
    with pytest.raises(QueryError) as caught:
        parse_request({"colour": ["red"], "limit": ["x"], "year": ["y", "z"], "q": ["甲"]})
    assert [word in caught.value.message for word in ("colour", "limit", "“y”", "“z”")] == [True] * 4
    assert caught.value.message.count("；") == 3
    assert "where" in caught.value.hint


def test_filters_alone() -> None:
    assert parse_filters({"year": ["2023"], "kind": [""]}).criteria == {"year": (Between(2023, 2023),)}
    with pytest.raises(QueryError, match="没有名为“q”的筛选项"):
        parse_filters({"q": ["甲"]})


def test_a_lone_surrogate_from_the_command_line_is_no_error() -> None:
    request = parse_request({"q": ["公开\udcff"]})
    assert (request.q, to_text(request.tree)) == ("公开\ufffd", "公开\ufffd")


def test_the_words_of_the_contract() -> None:
    assert [f.name for f in FACETS] == [
        "year", "agency", "kind", "province", "city", "county", "reason", "section", "era", "issue",
    ]  # fmt: skip
    assert set(FILTERS) == {
        "agency", "kind", "province", "city", "county", "township", "year", "era", "reason", "section", "issue",
        "cites", "where",
    } | {"body"}  # fmt: skip
    assert list(SORTS) == ["relevance", "year", "year_asc", "agency", "refusals"]
    assert ("q", *FILTERS, "group", "sort", "limit", "offset", "synonyms") == PARAMETERS
    assert all(f.zh and f.en for f in FILTERS.values())
