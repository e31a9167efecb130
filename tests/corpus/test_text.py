"""Folding and squashing: what compares equal, and the way back to the source."""

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import text
from corpus.text import fold, fold_text, join_lines, squash, to_simplified

HAN = st.text(alphabet=st.sampled_from("政府信息公開总计，。 \u3000\n\u200bＡｂ１é\ufeff①㎡ﬁ"), max_size=40)


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        pytest.param("不予 公\n开", "不予公开", id="white space of every kind is dropped"),
        pytest.param("政府\u200b信\ufeff息\u00ad公开", "政府信息公开", id="invisible characters are dropped"),
        pytest.param("行政複議與總計", "行政复议与总计", id="traditional, character by character"),
        pytest.param("乾隆", "干隆", id="the phrase rules of OpenCC are not used"),
        pytest.param("ＡＢＣ１２", "abc12", id="full width and case"),
        pytest.param("（一）", "(一)", id="punctuation is kept, in its NFKC form"),
        pytest.param("政\ud800府", "政\ud800府", id="a lone surrogate stays as it is"),
        pytest.param("ﬁ①", "fi1", id="compatibility characters may grow"),
    ],
)
def test_fold(source: str, folded: str) -> None:
    assert fold_text(source) == folded


@given(st.text(max_size=60))
def test_fold_is_total_and_its_offsets_lead_back(source: str) -> None:
    folded = fold(source)
    assert len(folded.offsets) == len(folded.text) + 1 == len(folded.ends) + 1
    assert folded.offsets[-1] == len(source)
    assert list(folded.offsets) == sorted(folded.offsets)
    for i in range(len(folded.text)):
        start, end = folded.source_span(i, i + 1)
        assert 0 <= start < end <= len(source)
        assert folded.text[i] in fold_text(source[start:end])


@given(HAN)
def test_fold_equals_its_definition(source: str) -> None:
    normal = "".join(c.lower() for c in unicodedata.normalize("NFKC", source))
    expected = "".join(c for c in to_simplified(normal) if not c.isspace() and c not in "\u200b\ufeff\u00ad")
    assert fold_text(source) == expected


@given(HAN, st.data())
def test_a_substring_folds_to_a_substring(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    assert fold_text(source[start:end]) in fold_text(source)


def test_span_leaves_out_dropped_white_space_around_it() -> None:
    folded = fold("公 开 了")
    assert folded.source_span(0, 2) == (0, 3)
    assert folded.source_span(1, 2) == (2, 3)


@given(st.text(max_size=60))
def test_simplifying_keeps_the_length(source: str) -> None:
    assert len(to_simplified(source)) == len(source)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("（三） 不予 公开", "三不予公开"),
        ("危及“三安全一稳定”", "危及三安全一稳定"),
        ("結果 維持", "结果维持"),
        ("", ""),
    ],
)
def test_squash(label: str, expected: str) -> None:
    assert squash(label) == expected


@pytest.mark.parametrize(
    ("parts", "joined"),
    [(["商业", "", "企业"], "商业企业"), (["GDP", "growth"], "GDP growth"), (["12", "34"], "1234"), ([], "")],
)
def test_join_lines(parts: list[str], joined: str) -> None:
    assert join_lines(parts) == joined


def folded_one_by_one(s: str) -> tuple[str, list[int], list[int]]:
    """Folding as it is defined: every character with the marks that join it."""
    out, offsets, ends = "", list[int](), list[int]()
    start = 0
    while start < len(s):
        end = start + 1
        while end < len(s) and s[end] > "\u02ff" and text._joins_previous(s[end]):
            end += 1
        for char in text._folded_cluster(s[start:end]):
            out += char
            offsets.append(start)
            ends.append(end)
        start = end
    return out, [*offsets, len(s)], ends


@given(st.text() | st.text("公開臺A１ \n\u200b\u0301e㈠ﬁｶﾞᄀ각한\u3099かが①\ud800"))
@example("\u0301")
@example("公\u0301\u0302 \u0301")
def test_folding_in_runs_is_folding_one_by_one(s: str) -> None:
    made = text.fold(s)
    assert (made.text, list(made.offsets), list(made.ends)) == folded_one_by_one(s)


def test_characters_beyond_the_table_fold_to_themselves() -> None:
    beyond = "".join(map(chr, range(text._FOLDED, sys.maxunicode + 1)))
    assert unicodedata.normalize("NFKC", beyond).lower() == beyond
    assert text._converter.convert("\n".join(beyond)) == "\n".join(beyond)
    assert not any(c.isspace() or c in text._DROPPED or text._joins_previous(c) for c in beyond)


def test_what_joins_the_character_before_lies_in_the_ranges_that_are_looked_at() -> None:
    joining = [code for code in range(sys.maxunicode + 1) if text._joins_previous(chr(code))]
    assert all(any(low <= code <= high for low, high in text.JOINING_RANGES) for code in joining)
