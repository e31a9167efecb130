"""What hits show comes back from its bytes: texts told by their folded ones, rows by the words of the vocabulary."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from index_samples import SEGMENTER, Stored, documents, make

from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.synthetic import demo_archive
from corpus.text import JOINING_RANGES
from indexer.documents import Paragraph, SectionText
from indexer.engines import rows
from indexer.engines.arrays import read_arrays, write_arrays
from indexer.engines.blocks import Source, build_block, merge_segments
from indexer.engines.gram_writing import build_grams
from indexer.engines.grams import Grams, units
from indexer.engines.segments import SegmentData
from indexer.engines.texts import all_text_bytes, read_text, text_bytes
from indexer.engines.told import joins
from indexer.highlight import Marker
from indexer.matching import FoldedSource, FoldedText, FoldedWhole, folded
from indexer.planning import segmented
from indexer.request import check_field
from indexer.syntax import parse


def as_kept(text: str) -> str:
    """The folded text as a segment has it."""
    return units(folded(text).text).decode("utf-16-be", "surrogatepass")


paragraphs = st.lists(st.builds(Paragraph, st.integers(0, 1 << 20), st.integers(0, 1 << 20), st.booleans()), max_size=4)
signs = st.sampled_from(
    [*"公开開臺，,（(：: \n\u30001１aAé①㎡…\0\uffff\ud800\udc00\u0301𠮷゛", "ｶﾞ", "政府信息", "２０２３年"]
)


some_text = st.lists(signs, max_size=40).map("".join) | st.text(max_size=60)


@given(some_text, paragraphs)
@example("a" * 300 + "A" * 300 + "，" * 300, [Paragraph(70_000, 200_000, False), Paragraph(0, 0, True)])
def test_a_text_comes_back_from_its_bytes(text: str, places: list[Paragraph]) -> None:
    source = SectionText(text, tuple(places))
    assert read_text(text_bytes(source, as_kept(text)), as_kept(text)) == source


USUAL = "本年度主动公开政府信息若干条" * 8
"""Beside so much of it, nothing that differs takes more room than the whole."""


def told(text: str) -> tuple[str, FoldedSource | None]:
    """The text amid usual text, and its folded form as the segment tells it."""
    source = f"{USUAL}a{text}1{USUAL}"
    read = read_text(text_bytes(SectionText(source, ()), as_kept(source)), as_kept(source))
    assert read.text == source
    return source, read.folded


@given(st.lists(signs, max_size=30).map("".join) | st.text(max_size=30))
@example("甲 1 2\n3㎡ 公開ＡＢ1\u200b2 ")
@example("あﾞ")
@example("e\u0301")
@example("Ａ\u0340")
def test_what_differs_tells_the_way_back_as_folding_does(text: str) -> None:
    source, folded = told(text)
    if folded is None:
        return
    whole = FoldedWhole.of(source)
    assert (folded.text, folded.breaks) == (whole.text, whole.breaks)
    assert whole.is_plain or not folded.is_plain
    for start in range(len(USUAL), len(whole.text) - len(USUAL)):
        for end in range(start + 1, len(whole.text) - len(USUAL) + 1):
            assert folded.source_span(start, end) == whole.source_span(start, end)


@given(
    st.lists(signs, max_size=30).map("".join),
    st.lists(signs, min_size=1, max_size=3).map("".join),
    st.sampled_from(["{}", '"{}"', "{}*", '{} "公" 1', '"{} 1"~3']),
)
def test_marks_are_the_same_by_what_is_told(text: str, word: str, form: str) -> None:
    source, folded = told(text)
    marker = Marker(segmented(parse(form.format(word), check_field).tree, SEGMENTER))
    assert marker.marks(source, folded) == marker.marks(source)


@given(st.text(min_size=1, max_size=4) | st.sampled_from([chr(code) for pair in JOINING_RANGES for code in pair]))
def test_a_segment_knows_when_no_character_joins_the_one_before(text: str) -> None:
    grams = Grams(build_grams("x", [FoldedText("甲乙"), FoldedText(text)]), "x")
    held = any(grams.hold_any(chr(first), chr(last)) for first, last in JOINING_RANGES)
    assert held or not joins(text)
    if text.isalnum() and max(text) < "\ud800":
        assert held == joins(text)


@pytest.mark.parametrize(
    "text", ["", "臺灣開放，（资讯）", "第一段。\n第 2 段㎡", "２０２３年", "𠮷林", "①\u200b㈠\u3000甲"]
)
def test_of_usual_text_the_way_back_is_known(text: str) -> None:
    assert told(text)[1] is not None


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_text_comes_back_whatever_stands_beside_it(text: str, other: str) -> None:
    source = SectionText(text, ())
    assert read_text(text_bytes(source, as_kept(other)), as_kept(other)) == source


@given(st.lists(st.tuples(some_text, paragraphs, st.none() | some_text), max_size=8))
def test_many_texts_at_once_are_told_as_each_alone(given: list[tuple[str, list[Paragraph], str | None]]) -> None:
    sources = [SectionText(text, tuple(places)) for text, places, _ in given]
    bases = [
        as_kept(source.text if other is None else other) for source, (_, _, other) in zip(sources, given, strict=True)
    ]
    arrays = build_grams("x", [FoldedText(base) for base in bases])
    found = all_text_bytes(sources, arrays["x.chars"].view(">u2"), arrays["x.start"], arrays["x.size"])
    assert found == [text_bytes(source, base) for source, base in zip(sources, bases, strict=True)]


def test_usual_text_takes_little_room() -> None:
    text = "本年度主动公开政府信息120条，其中：规范性文件3件（废止1件）；依申请公开12件。" * 8
    source = SectionText(text, (Paragraph(0, len(text), False),))
    assert len(text_bytes(source, as_kept(text))) < 12
    traditional = SectionText("臺灣開放資訊與請願" * 40, ())
    assert len(text_bytes(traditional, as_kept(traditional.text))) < 360


def test_sections_come_back_from_a_segment() -> None:
    stored = make(sections={"overview": ["公開 1 2", "臺 A 1"], "other": "\ud800"}, year=None, issues=["t3.x"])
    reports = [documents(stored), *(documents(s) for s in PARSED)]
    data = SegmentData(build_block(reports, SEGMENTER).arrays)
    wanted = [(n, d.report, d.section, d.source) for n, report in enumerate(reports) for d in report]
    assert [data.section(n) for n in range(data.sections)] == wanted


PARSED = [
    Stored(f"p-{n}", 1, report, ())
    for n, (path, data) in enumerate(demo_archive("documents", 12))
    for report in parse_document(read_document(data, path))
]


def test_rows_of_other_words_are_merged_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [documents(make(f"r-{n}", cites=["甲法"])) for n in range(4)]
    with monkeypatch.context() as patch:
        patch.setattr(rows, "_common", lambda: b"other words")
        write_arrays(tmp_path / "0.seg", build_block(made[:2], SEGMENTER).arrays)
    write_arrays(tmp_path / "1.seg", build_block(made[2:], SEGMENTER).arrays)
    sources = [Source(read_arrays(tmp_path / f"{n}.seg"), np.array([False, True])) for n in range(2)]
    assert sources[0].arrays["report.row_words"].tobytes() == b"other words"
    merge_segments(tmp_path / "all.seg", sources)
    merged = SegmentData(read_arrays(tmp_path / "all.seg"))
    assert [merged.section(n)[1] for n in range(2)] == [made[1][0].report, made[3][0].report]
