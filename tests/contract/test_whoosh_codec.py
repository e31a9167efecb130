"""Whoosh's own searcher on our codec gives what it gives on its stock codec: documents, scores, deletions; and what it counts
for words is what ranking uses."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from index_samples import SEGMENTER, documents, make
from whoosh import index, query
from whoosh.filedb.filestore import RamStorage

from indexer.engines.whoosh_codec import schema
from indexer.engines.whoosh_engine import WhooshEngine

# At most ten words a text: the stock codec keeps longer lengths only roughly, so that its scores would differ by that.
WORDS = ["公开", "信息", "申请", "政府", "政务", "a", "b1", "20"]
texts = st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)
terms = st.sampled_from([*WORDS, "never"]).map(lambda word: query.Term("text", word))
queries = st.recursive(
    terms | st.just(query.Prefix("text", "政")) | st.just(query.Every()) | st.just(query.Term("heading", "总体")),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(query.And),
        st.lists(inner, min_size=2, max_size=3).map(query.Or),
        st.tuples(inner, inner).map(lambda pair: query.AndNot(*pair)),
    ),
    max_leaves=4,
)
Sections = Sequence[Sequence[str]]


@contextmanager
def ours(reports: Sections, gone: set[int]) -> Iterator[Any]:
    """Whoosh's reader on an index of two commits, and a third that deletes."""
    with tempfile.TemporaryDirectory() as home, WhooshEngine(Path(home) / "index", SEGMENTER) as engine:
        half = len(reports) // 2
        for first, last in ((0, half), (half, len(reports))):
            writer = engine.begin()
            for n in range(first, last):
                keys = ["front", "overview", "other"]
                held = documents(make(f"r{n}", dict(zip(keys, reports[n], strict=False)), agency="", title="甲"))
                writer.replace(f"r{n}", held)
            writer.commit(1)
        writer = engine.begin()
        for n in gone:
            writer.delete(f"r{n}")
        writer.commit(2)
        with index.open_dir(str(Path(home) / "index" / "index-1")).searcher() as searcher:
            yield searcher


def stock(reports: Sections, gone: set[int]) -> Any:
    """The same words in Whoosh's own segments, deleted in the same way."""
    made = RamStorage().create_index(schema())
    half = len(reports) // 2
    numbers, at = {}, 0
    for first, last in ((0, half), (half, len(reports))):
        writer = made.writer()
        for n in range(first, last):
            keys = ["front", "overview", "other"]
            for document in documents(make(f"r{n}", dict(zip(keys, reports[n], strict=False)), agency="", title="甲")):
                writer.add_document(text=" ".join(document.words.text), heading=" ".join(document.words.heading))
                numbers.setdefault(n, []).append(at)
                at += 1
        writer.commit(merge=False)
    writer = made.writer()
    for n in gone:
        for number in numbers[n]:
            writer.delete_document(number)
    writer.commit(merge=False)
    return made.searcher()


@settings(max_examples=15)
@given(
    st.lists(st.lists(texts, min_size=1, max_size=3), min_size=2, max_size=6),
    st.sets(st.just(0)),
    st.lists(queries, min_size=1, max_size=5),
)
def test_whoosh_searches_our_segments_as_its_own(reports: list[list[str]], gone: set[int], asked: list[Any]) -> None:
    # A deleted report is the first of its segment with another alive beside it, so that no segment is rewritten.
    reports = [*reports[: len(reports) // 2], ["a"], ["a"], *reports[len(reports) // 2 :], ["a"], ["a"]]
    with ours(reports, gone) as mine, stock(reports, gone) as theirs:
        assert mine.doc_count() == theirs.doc_count()
        for wanted in asked:
            answers = [
                [(hit.docnum, hit.score) for hit in searcher.search(wanted, limit=None)] for searcher in (mine, theirs)
            ]
            assert sorted(answers[0]) == sorted(answers[1])
            assert [score for _, score in answers[0]] == [score for _, score in answers[1]]
        assert list(mine.reader().all_terms()) == list(theirs.reader().all_terms())
