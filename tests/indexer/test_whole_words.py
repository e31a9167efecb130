"""Words that an index knows to be whole are cut without a dictionary, and exactly as the dictionary would cut them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_samples import SEGMENTER, documents, make

from corpus.text import fold_text
from corpus.vocabulary import dictionary_words
from indexer import segment
from indexer.engines.arrays import read_arrays, write_arrays
from indexer.engines.blocks import Source, build_block, merge_segments
from indexer.engines.segments import SegmentData
from indexer.engines.terms import Terms
from indexer.segment import Segmenter

PIECES = [
    *list(dictionary_words())[::9],
    "公開",
    "ＧＤＰ",
    "a-b.5%",
    "0574-89",
    "1.5",
    " ",
    "。",
    "ﬁ",
    "㈠",
    "𠮷",
    "\0",
    "İ",
    "々",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=10).map("".join)


def is_whole(word: str) -> bool:
    """What the flag of a word must say."""
    return fold_text(word) == word and SEGMENTER.words(word) == SEGMENTER.search_words(word) == [word]


class Loading(Exception):
    """A dictionary was asked for."""


def refuse(name: str, load: object) -> None:
    raise Loading


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    SEGMENTER.words("公开")


@settings(max_examples=60)
@given(st.lists(st.lists(texts, min_size=1, max_size=3), min_size=1, max_size=3), st.lists(texts, max_size=5))
def test_flags_say_what_the_segmenter_does(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[str]], asked: list[str]
) -> None:
    folder: Path = tmp_path_factory.mktemp("whole")
    sources = []
    for p, part in enumerate(parts):
        reports = [documents(make(f"r{n}-{p}", {"overview": text})) for n, text in enumerate(part)]
        write_arrays(folder / f"{p}.seg", build_block(reports, SEGMENTER).arrays)
        data = SegmentData(read_arrays(folder / f"{p}.seg"))
        sources.append(Source(data.arrays, data.sizes > 0))
        _check(data.words["text"], asked)
    merge_segments(folder / "all.seg", sources)
    _check(SegmentData(read_arrays(folder / "all.seg")).words["text"], asked)


def _check(terms: Terms, asked: list[str]) -> None:
    words = [term.decode("utf-8", "surrogatepass") for term in terms.all_terms()]
    assert [terms.is_whole(word) for word in words] == terms.whole().tolist() == list(map(is_whole, words))
    assert not any(terms.is_whole(word) for word in asked if word not in words)
    fresh = Segmenter()
    fresh.learn(terms.is_whole)
    texts = [*words, *asked, *(f" {word}\n" for word in words), *(" ".join(word) for word in words)]
    expected = [(SEGMENTER.words(text), SEGMENTER.search_words(text)) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment, "_loaded", {})
        patch.setattr(segment, "_once", refuse)
        for text, (words_of_query, words_of_text) in zip(texts, expected, strict=True):
            assert _unless_loading(fresh.words, text, words_of_query) == words_of_query
            assert _unless_loading(fresh.search_words, text, words_of_text) == words_of_text
        for word in filter(terms.is_whole, words):
            assert fresh.words(word) == fresh.search_words(word) == [word]


def _unless_loading(cut: object, text: str, expected: list[str]) -> list[str]:
    """The words of `text` where they can be told without a dictionary."""
    assert callable(cut)
    try:
        found: list[str] = cut(text)
    except Loading:
        return expected
    return found


def test_what_was_learned_is_not_handed_to_another_process() -> None:
    import pickle

    learned = Segmenter()
    learned.learn(lambda word: True)
    assert pickle.loads(pickle.dumps(learned))._whole("公开") is False
