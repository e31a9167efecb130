"""Where leaves occur: borders of ASCII words, dropped white space, proximity against its definition."""

from itertools import pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import fold, fold_text
from indexer.matching import FoldedText, count, folded, near_spans, occurs, spans, with_breaks
from indexer.query import Near, Phrase, Prefix, TextLeaf, Word


@pytest.mark.parametrize(
    ("text", "leaf", "expected"),
    [
        ("公开公开公开", Phrase("公开"), [(0, 2), (2, 4), (4, 6)]),
        ("aaa", Phrase("aa"), [(0, 2)]),
        ("ＡＢ c", Phrase("abC"), [(0, 3)]),
        ("2019年19件", Word("19"), [(5, 7)]),
        ("20 19", Word("19"), [(2, 4)]),
        ("20\u200b19", Word("19"), []),
        ("20 19", Word("2019"), []),
        ("GDP2", Word("gdp"), []),
        ("GDP2", Prefix("gdp"), [(0, 3)]),
        ("xGDP", Prefix("gdp"), []),
        ("总值GDP增长", Word("GDP"), [(2, 5)]),
        ("é1", Word("1"), [(1, 2)]),
        ("公 开", Word("公开"), [(0, 2)]),
        ("臺灣", Word("台湾"), [(0, 2)]),
        ("", Word("甲"), []),
    ],
)
def test_occurrences(text: str, leaf: TextLeaf, expected: list[tuple[int, int]]) -> None:
    assert list(spans(leaf, folded(text))) == expected
    assert (occurs(leaf, folded(text)), count(leaf, folded(text))) == (bool(expected), len(expected))


def test_white_space_between_ascii_words_is_remembered() -> None:
    assert folded("covid 19 号 2\u200b3 甲 4\n5") == FoldedText("covid19号23甲45", frozenset({5, 12}))


@given(st.text("2aＡ１㈠甲 \n\u3000\u200b\u0301ﾞ\u1161¨") | st.text())
def test_folding_run_by_run_is_folding_the_whole(text: str) -> None:
    assert folded(text) == with_breaks(fold(text), text)


def near_by_definition(text: str, parts: tuple[str, ...], distance: int) -> set[tuple[int, int]]:
    """Every choice of one occurrence per part, in every order."""
    places = [[(n, n + len(p)) for n in range(len(text)) if text.startswith(p, n)] for p in parts]
    found = set()
    for choice in product(*places):
        for order in permutations(choice):
            gaps = [later[0] - earlier[1] for earlier, later in pairwise(order)]
            if all(0 <= gap <= distance for gap in gaps):
                found |= set(choice)
    return found


@given(
    st.text("甲乙丙", max_size=14),
    st.lists(st.sampled_from(["甲", "乙", "丙", "甲乙", "乙甲", "甲甲"]), min_size=2, max_size=4).map(tuple),
    st.integers(0, 4),
)
def test_near_is_what_its_definition_says(text: str, parts: tuple[str, ...], distance: int) -> None:
    assert set(near_spans(FoldedText(text), parts, distance)) == near_by_definition(text, parts, distance)


@given(st.text("公开 ａA1２\n臺\u200b", max_size=12), st.text("公开aA1２臺", min_size=1, max_size=3))
def test_words_and_prefixes_are_phrases_with_borders(text: str, word: str) -> None:
    haystack = folded(text)
    assert set(spans(Word(word), haystack)) <= set(spans(Prefix(word), haystack))
    if occurs(Prefix(word), haystack):
        assert fold_text(word) in haystack.text


@given(st.text("公开信息臺", min_size=1, max_size=12), st.text("公开信息", min_size=1, max_size=3))
def test_han_words_are_just_characters(text: str, word: str) -> None:
    assert occurs(Word(word), folded(text)) == (fold_text(word) in fold_text(text))


def test_near_stays_quick_on_a_text_of_one_character() -> None:
    parts = ("的", "的", "的", "的", "的", "的")
    assert len(list(spans(Near(parts, 200), FoldedText("的" * 300)))) == 300
