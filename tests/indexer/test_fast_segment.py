"""The accelerator cuts as jieba does, is used only when that was found out, and the note of it holds for its versions only."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import fold_text
from indexer import fast_segment, segment
from indexer.fast_segment import FastTokenizer
from indexer.segment import Segmenter, user_words

JIEBA = segment._jieba(None)
FAST = FastTokenizer({word: int(JIEBA.FREQ[word]) for word in user_words()})

texts = st.text("中国政府信息公开申请结转行工作理部0123456789ab.-_#&+%，。/: ", max_size=40) | st.lists(
    st.sampled_from(user_words()) | st.text(max_size=3), max_size=6
).map("".join)


@given(texts.map(fold_text))
def test_the_same_tokens_come_out(text: str) -> None:
    assert list(FAST.cut(text)) == list(JIEBA.cut(text))
    assert list(FAST.cut_for_search(text)) == list(JIEBA.cut_for_search(text))


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, and a process that has loaded nothing but jieba."""
    monkeypatch.setattr(segment, "_loaded", {"jieba": JIEBA})
    monkeypatch.setattr(fast_segment, "_PROBES", 200)
    return tmp_path


def test_it_is_used_once_it_is_proven(fresh: Path) -> None:
    assert Segmenter(fresh / "jieba.cache").search_words("政府信息公开") == Segmenter().search_words("政府信息公开")
    assert set(segment._loaded) == {"jieba"}
    assert Segmenter(fresh / "jieba.cache").accelerate() == fast_segment.installed()
    again = Segmenter(fresh / "jieba.cache")
    assert again.search_words("电话0574-89285667") == Segmenter().search_words("电话0574-89285667")
    assert set(segment._loaded) == {"jieba", "fast"}


def test_a_note_about_other_versions_is_worth_nothing(fresh: Path) -> None:
    Segmenter(fresh / "jieba.cache").accelerate()
    note = fresh / "segmenter.json"
    noted = json.loads(note.read_text(encoding="utf-8"))
    note.write_text(json.dumps({**noted, "fast": "rjieba 0"}), encoding="utf-8")
    Segmenter(fresh / "jieba.cache").words("公开")
    assert set(segment._loaded) == {"jieba"}


def test_one_that_cuts_differently_is_not_used(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FastTokenizer, "cut", lambda self, text: iter(text))
    segmenter = Segmenter(fresh / "jieba.cache")
    assert segmenter.accelerate() == ""
    assert segmenter.words("政府信息公开") == list(JIEBA.cut("政府信息公开"))
    assert set(segment._loaded) == {"jieba"}
