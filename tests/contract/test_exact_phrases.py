"""A quoted phrase finds exactly the sections that contain it, on every engine: nothing missed, nothing extra."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from index_samples import Stored, fill, make

from corpus.model import Report
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.synthetic import demo_archive
from corpus.text import fold_text
from indexer import Engine, parse_request, search
from indexer.highlight import marks
from indexer.query import Phrase, quote

REAL = os.environ.get("GONGKAI_REAL_REPORTS")
PROSE = {
    "front": "２０２３年度　政府資訊公開工作年度報告\u200b（徵求意見）",
    "overview": [
        "區政府信息公開工作領導小組辦公室認真落實“三審三校”制度，全年主動公開政府信息1,204條。",
        "其中政府網站公開 386 條，政務新媒體公\u00ad開 GDP 等統計數據 12 期；",
        "未出现应公开而不予公开的情况。",
    ],
    "other": ["本机关2023年未收取信息处理费。", "收费0元。ＧＤＰ增长６．５％。"],
}


Folded = dict[tuple[str, int], str]
"""Report id and place of a section → its folded text."""


def folded_sections(reports: list[Stored]) -> Folded:
    """Of all reports."""
    return {(r.id, n): fold_text(s.text) for r in reports for n, s in enumerate(r.report.sections)}


def sections_holding(texts: Folded, phrase: str) -> set[tuple[str, int]]:
    """What a scan of the folded text of every section finds."""
    folded = fold_text(phrase)
    return {place for place, text in texts.items() if folded in text}


def sections_found(engine: Engine, phrase: str) -> set[tuple[str, int]]:
    """What a search for the quoted phrase finds, all pages."""
    found: set[tuple[str, int]] = set()
    while True:
        params = {"q": [quote(phrase)], "group": ["section"], "limit": ["100"], "offset": [str(len(found))]}
        result = search(engine, parse_request(params))
        assert result.notes == ()
        found |= {(hit.report_id, hit.section.ordinal) for hit in result.hits}
        if len(found) >= result.total:
            assert len(found) == result.total
            return found


def pieces(text: str, chooser: random.Random, count: int) -> list[str]:
    """Random pieces of 1–20 characters that hold more than white space."""
    made = []
    while len(made) < count:
        start = chooser.randrange(len(text))
        piece = text[start : start + chooser.randint(1, 20)]
        if fold_text(piece):
            made.append(piece)
    return made


def test_every_piece_of_every_section_is_found(engine: Engine) -> None:
    reports = [make("a", PROSE), make("b", {"overview": "公开" * 9, "other": "政务公开"})]
    fill(engine, *reports)
    texts = folded_sections(reports)
    chooser = random.Random(1)
    for text in [s.text for r in reports for s in r.report.sections]:
        for piece in pieces(text, chooser, 40):
            assert sections_found(engine, piece) == sections_holding(texts, piece), piece


def test_what_is_put_together_from_two_pieces_is_found_only_where_it_stands(engine: Engine) -> None:
    reports = [make("a", PROSE), make("b", {"overview": "公开" * 9, "other": "政务公开"})]
    fill(engine, *reports)
    texts = folded_sections(reports)
    chooser = random.Random(2)
    text = "\n".join(s.text for r in reports for s in r.report.sections)
    for left, right in zip(pieces(text, chooser, 100), pieces(text, chooser, 100), strict=True):
        phrase = left[:3] + right[:3]
        if fold_text(phrase):
            assert sections_found(engine, phrase) == sections_holding(texts, phrase), phrase


@given(st.text("公開开信息a A1１２。“”(（\u200b\n　㈠臺", min_size=1, max_size=30), st.data())
def test_the_marks_of_a_piece_cover_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    assume(fold_text(piece))
    covered = {n for first, last in marks(Phrase(piece), text) for n in range(first, last)}
    folded = fold_text(piece)
    marked = [fold_text(text[first:last]) for first, last in marks(Phrase(piece), text)]
    assert marked
    assert all(folded in m or len(folded) < len(m) for m in marked)
    assert all(text[n].isspace() or text[n] == "\u200b" or fold_text(text[n]) for n in covered)


def check_reports(engine: Engine, reports: list[Report], count: int) -> None:
    """Random pieces of the sections, searched, against a scan of all of them."""
    kept = [Stored(f"r-{n}", 1, report, report.findings) for n, report in enumerate(reports)]
    fill(engine, *kept)
    texts = folded_sections(kept)
    chooser = random.Random(3)
    for text in [s.text for r in kept for s in r.report.sections if fold_text(s.text)]:
        for piece in pieces(text, chooser, count):
            assert sections_found(engine, piece) == sections_holding(texts, piece), piece


def test_pieces_of_invented_reports(engine: Engine) -> None:
    documents = [read_document(data, path) for path, data in demo_archive("phrases", 5)]
    check_reports(engine, [report for d in documents for report in parse_document(d)], 6)


@pytest.mark.real
@pytest.mark.skipif(not REAL, reason="GONGKAI_REAL_REPORTS does not name the folder of the real reports")
def test_pieces_of_real_reports(engine: Engine) -> None:
    files = sorted(Path(REAL or "").glob("*.txt"))
    assert files
    check_reports(engine, [r for f in files for r in parse_document(read_document(f.read_bytes(), f.name))], 12)
