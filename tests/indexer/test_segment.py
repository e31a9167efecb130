"""Segmentation: words without signs, the field's own words, nothing loaded or written before it is needed."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_samples import SEGMENTER, fill, make

from corpus.text import fold_text
from corpus.vocabulary import dictionary_words
from indexer import segment
from indexer.engines.whoosh_engine import WhooshEngine


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("依申请公开情况", ["依申请公开", "情况"]),
        ("臺灣、ＧＤＰ", ["台湾", "gdp"]),
        ("第（三）项", ["第", "三", "项"]),
        ("C++ 2.5%", ["c", "2.5"]),
        ("。、 \t", []),
        ("", []),
    ],
)
def test_words_of_a_query(text: str, words: list[str]) -> None:
    assert SEGMENTER.words(text) == words


def test_search_words_hold_the_parts_of_long_words_and_single_characters() -> None:
    assert SEGMENTER.search_words("依申请公开 3 件") == ["申请", "公开", "依申请公开", "3", "件"]


def test_traditional_and_simplified_give_the_same_words() -> None:
    assert SEGMENTER.search_words("區政府辦公室公開申請") == SEGMENTER.search_words("区政府办公室公开申请")


pieces = st.sampled_from(
    [*"政府信息公開12aＺ.%-+_#&，。、《（①é\n\t \u3000\x1c\r\0\ud800𠮷", "行政复议", "3.5%", "a-b", "\r\n"]
)


@given(st.lists(pieces, max_size=30).map("".join) | st.text(max_size=30))
def test_search_words_are_what_stands_between_white_space_cut_by_itself_without_signs(text: str) -> None:
    tokenizer: Any = SEGMENTER._tokenizer()
    cut = [piece for run in text.split() for piece in tokenizer.cut_for_search(fold_text(run))]
    ends = [[n for n, c in enumerate(piece) if c.isalnum()] for piece in cut]
    assert SEGMENTER.search_words(text) == [p[e[0] : e[-1] + 1] for p, e in zip(cut, ends, strict=True) if e]


def test_the_words_of_the_field_are_never_cut_apart() -> None:
    for word in dictionary_words():
        assert word in SEGMENTER.words(word), word


def test_identity_names_segmenter_and_dictionary() -> None:
    identity = segment.identity()
    assert identity["segmenter"].startswith("jieba 0.42")
    assert len(identity["dictionary"]) == 16


SCRIPT = """
import sys, tempfile
from pathlib import Path
home = Path(sys.argv[1])
tempfile.tempdir = str(home / "tmp")
from indexer import open_engine, parse_request, search
engine = open_engine("whoosh:", home)
search(engine, parse_request({"q": ['"公开" year:2023']}))
assert "jieba" not in sys.modules
search(engine, parse_request({"q": ["公开"]}))
assert "jieba" in sys.modules
print(*sorted(p.relative_to(home) for p in home.rglob("*") if p.is_file()))
"""


def test_a_phrase_needs_no_dictionary_and_the_dictionary_keeps_its_cache_in_the_home(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT, str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2], timeout=600
    )
    assert (done.stdout.strip(), done.stderr) == ("jieba.cache", "")


QUERY_ONLY = """
import sys
from pathlib import Path
from indexer import open_engine, parse_request, search
print(search(open_engine("whoosh:", Path(sys.argv[1])), parse_request({"q": ["公开 監督"]})).total)
print(*sorted({"jieba", "rjieba", "archive", "multiprocessing", "corpus.parse"} & set(sys.modules)))
"""


def test_words_that_the_index_knows_to_be_whole_need_no_dictionary(tmp_path: Path) -> None:
    with WhooshEngine(tmp_path / "index", SEGMENTER) as engine:
        fill(
            engine,
            make("a-2023", {"overview": "主动公开工作接受监督。"}),
            make("b-2023", {"overview": "公开。"}),
        )
    command = [sys.executable, "-W", "ignore", "-c", QUERY_ONLY, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert (done.stdout.splitlines(), done.stderr) == (["1", ""], "")
