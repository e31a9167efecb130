"""Synonyms of unquoted words, and what could have been meant: from the vocabulary and from the index's own words."""

from typing import Any

import pytest
from index_samples import SEGMENTER, fill, make

from corpus.vocabulary import load
from indexer import Engine, highlight_report, parse_request, search
from indexer.engines.memory import MemoryEngine
from indexer.matching import comparable
from indexer.query import Word
from indexer.synonyms import expand, groups


@pytest.fixture
def engine() -> Engine:
    made = MemoryEngine(SEGMENTER)
    fill(
        made,
        make("a", {"overview": "对涉及商业秘密的信息不公开。"}, title="甲", agency="乙"),
        make("b", {"overview": "信息不予公开，理由是过程性信息。行政复议三件。"}, title="甲", agency="乙"),
        make("c", {"overview": "行政复议维持。"}, title="甲", agency="乙"),
    )
    return made


def ask(engine: Engine, q: str, **params: str) -> dict[str, Any]:
    """The answer as JSON."""
    return search(engine, parse_request({"q": [q], **{k: [v] for k, v in params.items()}})).to_json()


@pytest.mark.parametrize(
    ("q", "found", "also"),
    [
        ("不予公开", {"a", "b"}, ["不公开", "不予提供"]),
        ("不公开", {"a", "b"}, ["不予公开", "不予提供"]),
        ("不公開", {"a", "b"}, ["不予公开", "不予提供"]),
        ('"不予公开"', {"b"}, []),
        ("信息 -不予公开", {"a"}, []),
        ("title:不予公开", set(), []),
        ("属于四类过程性信息", {"b"}, ["过程性信息"]),
        ("维持 OR 不予公开", {"a", "b", "c"}, ["不公开", "不予提供"]),
        ("维持", {"c"}, []),
    ],
)
def test_what_is_searched_beside_a_word(engine: Engine, q: str, found: set[str], also: list[str]) -> None:
    answer = ask(engine, q)
    assert ({hit["report_id"] for hit in answer["hits"]}, answer["query"]["also_searched"]) == (found, also)


def test_synonyms_can_be_turned_off(engine: Engine) -> None:
    answer = ask(engine, "不予公开", synonyms="0")
    assert ([hit["report_id"] for hit in answer["hits"]], answer["query"]["also_searched"]) == (["b"], [])


def test_what_was_typed_is_what_is_said_to_be_understood_and_synonyms_are_marked(engine: Engine) -> None:
    answer = ask(engine, "不予公开")
    assert answer["query"]["interpreted"] == "不予公开"
    marked = [p["text"] for hit in answer["hits"] for p in hit["snippet"] if p["hit"]]
    assert sorted(marked) == ["不予公开", "不公开"]
    report = make(sections={"overview": "不公开"}).report
    assert [report.text[a:b] for a, b in highlight_report(report, "不予公开", SEGMENTER)] == ["不公开"]


def test_every_term_stands_in_one_group_only_and_is_found_by_the_others() -> None:
    terms = [comparable(term) for group in load("synonyms")["group"] for term in group["terms"]]
    assert len(terms) == len(set(terms)) == len(groups())
    for term, others in groups().items():
        _, also = expand(Word(term), SEGMENTER.words)
        folded = {comparable(other): other for other in others}
        assert set(also) == {w for f, w in folded.items() if not any(o != f and o in f for o in (*folded, term))}


@pytest.mark.parametrize(
    ("q", "meant"),
    [
        ("行政复意", "行政复议"),
        ("商业秘蜜", "商业秘密"),
        ("信息 行政复意", "信息 行政复议"),
        ("行政复议", None),
        ("没有的词", None),
        ('"行政复意"', None),
        ("-行政复意", None),
    ],
)
def test_a_suggestion_comes_from_the_index_and_finds_more(engine: Engine, q: str, meant: str | None) -> None:
    answer = ask(engine, q)
    assert answer["query"]["did_you_mean"] == meant
    if meant is not None:
        assert ask(engine, meant)["total"] > answer["total"]
