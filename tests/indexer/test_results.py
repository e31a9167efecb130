"""Answers: the JSON of the contract, links, notes, and what a query may cost."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from index_samples import SEGMENTER, fill, make

from corpus.errors import QueryError
from indexer import parse_request, search
from indexer.engines.memory import MemoryEngine
from indexer.results import MAX_SPANS


@pytest.fixture
def engine() -> Iterator[MemoryEngine]:
    with MemoryEngine(SEGMENTER) as made:
        fill(
            made,
            make(
                "a-1",
                {"overview": ["无", "依法不予公开3件。"], "other": "不予公开"},
                rows={"denied.third_party": 3},
                version=2,
            ),
            make("b-1", {"overview": "公开" * 200}, agency="云棠县水利局", year=2021),
        )
        yield made


def ask(engine: MemoryEngine, q: str, **params: str) -> dict[str, Any]:
    return search(engine, parse_request({"q": [q], **{name: [value] for name, value in params.items()}})).to_json()


def test_the_shape_of_an_answer(engine: MemoryEngine) -> None:
    answer = ask(engine, '"不予公开"', year="2023", sort="year")
    assert list(answer) == ["query", "total", "took_ms", "hits", "facets"]
    assert answer["query"] == {
        "q": '"不予公开"',
        "interpreted": '"不予公开"',
        "filters": {"year": ["2023"]},
        "sort": "year",
        "group": "report",
        "also_searched": [],
        "did_you_mean": None,
        "notes": [],
    }
    (hit,) = answer["hits"]
    assert list(hit) == [
        "report_id", "version", "title", "agency", "year", "section", "more", "permalink", "open", "snippet", "spans", "score",
    ]  # fmt: skip
    assert (hit["report_id"], hit["version"], hit["more"]) == ("a-1", 2, 1)
    assert isinstance(answer["took_ms"], int)
    assert answer["facets"]["reason"] == [{"value": "denied.third_party", "label": "保护第三方合法权益", "count": 1}]
    json.dumps(answer, allow_nan=False)


def test_links_lead_to_the_paragraph_of_the_first_match(engine: MemoryEngine) -> None:
    hits = ask(engine, '"不予 公开"', group="section")["hits"]
    assert sorted(hit["permalink"] for hit in hits) == ["/r/a-1/v2#s1-p2", "/r/a-1/v2#s6-p1"]
    assert {hit["open"].partition("#")[0] for hit in hits} == {
        "/r/a-1/v2?q=%22%E4%B8%8D%E4%BA%88%20%E5%85%AC%E5%BC%80%22"
    }


def test_a_match_by_name_only_leads_to_the_section_and_marks_nothing(engine: MemoryEngine) -> None:
    (hit,) = ask(engine, "水利")["hits"]
    assert (hit["permalink"], hit["spans"]) == ("/r/b-1/v1#s1", [])
    assert [piece["hit"] for piece in hit["snippet"]] == [False]


def test_without_a_query_the_link_has_none(engine: MemoryEngine) -> None:
    assert ask(engine, "", year="2021")["hits"][0]["open"] == "/r/b-1/v1#s1"


def test_interpreted_shows_how_words_were_cut(engine: MemoryEngine) -> None:
    assert (
        ask(engine, "依申请公开情况 -收费 OR year:2023")["query"]["interpreted"] == "依申请公开 情况 -收费 OR year:2023"
    )


def test_spans_of_one_hit_are_bounded(engine: MemoryEngine) -> None:
    assert len(ask(engine, '"公开"', year="2021")["hits"][0]["spans"]) == MAX_SPANS


def test_notes_say_where_a_query_broke(engine: MemoryEngine) -> None:
    assert ask(engine, '公开 "不予')["query"]["notes"] == [
        {"message": "引号没有结束，其后按普通词语检索", "position": 3}
    ]


def test_too_many_words_are_an_error_that_says_what_to_do(engine: MemoryEngine) -> None:
    with pytest.raises(QueryError) as caught:
        ask(engine, " ".join(f"w{n}" for n in range(65)))
    assert caught.value.message == "检索式 q 有 65 个词，最多 64 个"
    assert "引号" in caught.value.hint


def test_facet_values_come_by_count_then_label(engine: MemoryEngine) -> None:
    fill(engine, make("c-1", {"overview": "公开"}, agency="云棠县水利局", year=2020))
    facets = ask(engine, "公开")["facets"]
    assert [(e["value"], e["count"]) for e in facets["year"]] == [(2020, 1), (2021, 1), (2023, 1)]
    assert [(e["value"], e["count"]) for e in facets["agency"]] == [("云棠县水利局", 2), ("昆岚市财政局", 1)]
