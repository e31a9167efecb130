"""Addresses carry the whole state of a search: one word changes, the rest stays."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from corpus.errors import QueryError
from webui.params import SearchState, known_only, search_words, whole_number

STATE = SearchState((("q", "不予公开"), ("year", "2023"), ("year", "2022"), ("sort", "year"), ("offset", "40")))


@pytest.mark.parametrize(
    ("state", "url"),
    [
        pytest.param(SearchState(()), "/search", id="nothing"),
        pytest.param(SearchState.of({"q": ["a b"], "sort": ["relevance"]}), "/search?q=a+b", id="a default is left out"),
        pytest.param(SearchState.of({"year": ["2023", "2023"]}), "/search?year=2023", id="a repetition is left out"),
        pytest.param(SearchState.of({"q": [""]}), "/search", id="an empty value is left out"),
        pytest.param(STATE.without("year"), "/search?q=%E4%B8%8D%E4%BA%88%E5%85%AC%E5%BC%80&sort=year", id="without"),
        pytest.param(STATE.without_value("year", "2023").only(["year"]), "/search?year=2022", id="one value less"),
        pytest.param(STATE.adding("year", "2021").only(["year"]), "/search?year=2023&year=2022&year=2021", id="one more"),
        pytest.param(STATE.replacing("sort", "agency").only(["sort", "offset"]), "/search?sort=agency", id="first page again"),
        pytest.param(STATE.replacing("sort", "relevance").only(["sort"]), "/search", id="back to the default"),
        pytest.param(STATE.replacing("offset", "60").only(["offset"]), "/search?offset=60", id="another page"),
    ],
)  # fmt: skip
def test_addresses(state: SearchState, url: str) -> None:
    assert state.url() == url


_WORDS = st.dictionaries(st.sampled_from(["q", "year", "agency", "where"]), st.lists(st.text(max_size=8), max_size=3))


@given(_WORDS)
def test_an_address_says_what_the_state_says(words: dict[str, list[str]]) -> None:
    state = SearchState.of(words)
    pairs = parse_qsl(urlsplit(state.url()).query, keep_blank_values=True)
    assert tuple(pairs) == state.pairs


def test_a_form_sends_empty_values_and_they_are_dropped() -> None:
    sent = MultiDict([("q", ""), ("year", ""), ("year", "2023"), ("lang", "en")])
    assert search_words(sent) == {"q": [""], "year": ["2023"]}


@pytest.fixture
def request_context() -> Flask:
    return Flask("test")


def test_unknown_parameters_are_all_named(request_context: Flask) -> None:
    with request_context.test_request_context("/"), pytest.raises(QueryError) as raised:
        known_only(MultiDict([("b", "1"), ("a", "1"), ("q", ""), ("lang", "zh")]), "q")
    assert raised.value.message == "没有名为“a、b”的参数。"


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "９", "9999999999"])
def test_what_is_no_positive_number_is_named(value: str, request_context: Flask) -> None:
    with request_context.test_request_context("/"), pytest.raises(QueryError, match="page"):
        whole_number(MultiDict([("page", value)]), "page")


@pytest.mark.parametrize(("value", "number"), [("7", 7), ("", None), ("0012", 12)])
def test_positive_numbers(value: str, number: int | None) -> None:
    assert whole_number(MultiDict([("page", value)]), "page") == number


def test_a_missing_number_is_none() -> None:
    assert whole_number(MultiDict(), "page") is None
