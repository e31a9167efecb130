"""Segments as arrays: what is built is found again by brute force, and merging is the same as building anew."""

import operator
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from index_samples import SEGMENTER, documents, make

from indexer import matching
from indexer.documents import IndexDocument
from indexer.engines import gram_writing
from indexer.engines.arrays import Array, Arrays, read_arrays, spread, write_arrays
from indexer.engines.blocks import Source, build_block, merge_segments
from indexer.engines.columns import Column, Figures, build_column, build_figures
from indexer.engines.facet_columns import FacetColumn
from indexer.engines.gram_writing import build_grams
from indexer.engines.grams import Grams, units
from indexer.engines.needles import places_of
from indexer.engines.occurrences import occurrences
from indexer.engines.segments import SegmentData
from indexer.engines.terms import Terms, build_terms
from indexer.matching import FoldedText, folded
from indexer.query import Near, Phrase, Prefix, TextLeaf, Word

PIECES = [
    "公开",
    "公公",
    "信",
    "息",
    "a",
    "A1",
    " ",
    "１",
    "2",
    "。",
    "𠮷",
    "\0",
    "\uffff",
    "-",
    "aa",
    "政府信息公开工作",
    "判断标准把握不够统一，",
]
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
needles = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join).filter(lambda t: bool(t.strip()))
leaves: st.SearchStrategy[TextLeaf] = st.one_of(
    needles.map(Word),
    needles.map(Prefix),
    needles.map(Phrase),
    st.builds(Near, st.lists(needles, min_size=2, max_size=3).map(tuple), st.integers(0, 6)),
)


@pytest.fixture(params=[4096, 1], ids=["no lists", "lists of what is everywhere"], autouse=True)
def _hot(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gram_writing, "_HOT_TEXTS", request.param)
        patch.setattr(gram_writing, "_PIECE", 5)
        patch.setattr(gram_writing, "_BITS", 64 if request.param > 1 else -1)  # -1: too many places for one number
        patch.setattr("indexer.engines.needles._REPEATED", request.param)
        patch.setattr("indexer.engines.needles._FEW", request.param)
        yield


def without_begins(arrays: Arrays) -> dict[str, Array]:
    """What only a segment that was built has, left out."""
    return {name: array for name, array in arrays.items() if not name.endswith(".begins")}


@pytest.mark.parametrize("size", [900, 80_000])  # more than 65,535 places take the way of numbered characters
def test_places_stand_in_the_order_of_eight_characters(size: int) -> None:
    chance = random.Random(size)
    letters = [chr(code) for code in chance.sample(range(0x4E00, 0x9FA5), size // 40)] + ["a", "0", "\ud800", "𠮷"]
    texts = ["".join(chance.choices(letters[-60:], k=chance.randint(0, 90))) for _ in range(size // 90)]
    texts += ["".join(chance.choices(letters, k=size // 2)), ""]
    grams = Grams(build_grams("x", [FoldedText(text) for text in texts]), "x")
    placed = [(int(start), int(length)) for start, length in zip(grams.start, grams.size, strict=True)]
    places = [place for start, length in placed for place in range(start, start + length)]
    assert (len(places) >> 16 > 0) == (size > 900)
    wanted = sorted(places, key=lambda place: grams.chars_at(place, 16))
    assert grams.listed(0, len(places)).tolist() == wanted
    assert [grams.text(n) for n in range(len(texts))] == texts


def scanned(leaf: TextLeaf, sources: Sequence[str]) -> dict[int, int]:
    """What the definition finds, text by text. U+FFFF stands for U+0000, which parts texts in the arrays."""
    counts = {n: matching.count(leaf, folded(text.replace("\0", "\uffff"))) for n, text in enumerate(sources)}
    return {n: count for n, count in counts.items() if count}


def same_sign(leaf: TextLeaf) -> TextLeaf:
    """The leaf with U+FFFF for U+0000."""
    if isinstance(leaf, Near):
        return Near(tuple(part.replace("\0", "\uffff") for part in leaf.parts), leaf.distance)
    return type(leaf)(leaf.text.replace("\0", "\uffff"))


@settings(max_examples=40)
@given(st.lists(texts, max_size=6), st.lists(leaves, min_size=1, max_size=6))
@example(["\0\0"], [Near(("\0", "\0"), 0)])
def test_occurrences_are_those_of_the_definition(sources: list[str], asked: list[TextLeaf]) -> None:
    made = Grams(build_grams("t", [folded(text) for text in sources]), "t")
    for leaf in asked:
        found, expected = occurrences(leaf, made), scanned(same_sign(leaf), sources)
        assert dict(zip(found.docs.tolist(), found.counts.tolist(), strict=True)) == expected
        assert found.number == len(expected)


@settings(max_examples=40)
@given(st.lists(texts, min_size=1, max_size=5))
def test_every_piece_of_every_text_is_found(sources: list[str]) -> None:
    made = Grams(build_grams("t", [folded(text) for text in sources]), "t")
    for number, text in enumerate(sources):
        whole = folded(text).text.replace("\0", "\uffff")
        assert made.text(number) == whole
        for start in range(len(whole)):
            for end in range(start + 1, min(len(whole), start + 21) + 1):
                places = places_of(made, units(whole[start:end]))
                assert (np.diff(places.astype(np.int64)) > 0).all()
                assert number in made.owners(places)


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from(["公开", "信息", "a", "", "公"]), max_size=5), max_size=5))
def test_postings_are_those_counted(given_words: list[list[str]]) -> None:
    made = Terms(build_terms("t", given_words), "t")
    for word in ("公开", "信息", "a", "", "公", "never"):
        held = {n: words.count(word) for n, words in enumerate(given_words) if word in words}
        docs, counts = made.postings(word)
        assert dict(zip(docs.tolist(), counts.tolist(), strict=True)) == held


section_texts = st.dictionaries(st.sampled_from(["front", "overview", "other"]), texts.map(lambda t: [t]), max_size=3)


@settings(max_examples=20)
@given(
    st.lists(st.lists(section_texts, min_size=1, max_size=3), min_size=1, max_size=3),
    st.lists(leaves, max_size=4),
    st.randoms(use_true_random=False),
)
def test_merging_is_building_anew(tmp_path_factory: pytest.TempPathFactory, parts, asked, chance) -> None:
    folder: Path = tmp_path_factory.mktemp("merge")
    sources, kept = [], list[list[IndexDocument]]()
    for p, part in enumerate(parts):
        reports = [
            documents(
                make(
                    f"r{(n * 7 + p) % 10}-{p}",
                    sections,
                    year=chance.choice([None, 2020, 2021]),
                    agency=chance.choice(["甲局", "乙局"]),
                    rows={"denied.third_party": chance.choice([0, 3]), "granted": 2} if chance.random() < 0.7 else {},
                    issues=chance.choice([[], ["t3.a:x", "t3.a:y"], ["n.denied"]]),
                )
            )
            for n, sections in enumerate(part)
        ]
        keep = np.array([chance.random() < 0.7 for _ in reports])
        arrays = dict(build_block(reports, SEGMENTER).arrays)
        if chance.random() < 0.3:  # as a segment that was merged itself
            arrays = without_begins(arrays)
        write_arrays(folder / f"{p}.seg", arrays)
        sources.append(Source(read_arrays(folder / f"{p}.seg"), keep))
        kept += [report for report, alive in zip(reports, keep.tolist(), strict=True) if alive]
    assert merge_segments(folder / "all.seg", sources) == sum(map(len, kept))
    merged = SegmentData(read_arrays(folder / "all.seg"))
    if not kept:
        assert merged.reports == 0
        return
    fresh = SegmentData(build_block(kept, SEGMENTER).arrays)
    assert set(merged.arrays) == set(without_begins(fresh.arrays))
    for name in set(merged.arrays) - {n for n in fresh.arrays if n.endswith((".values", ".code"))}:
        np.testing.assert_array_equal(merged.arrays[name], fresh.arrays[name], name)
    for field in ("year", "agency", "issue", "section", "reason"):
        held = [Counter(zip(c.owners().tolist(), (c.values[n] for n in c.code), strict=True)) for c in (
            merged.column(field), fresh.column(field))]  # fmt: skip
        assert held[0] == held[1]
    for leaf in asked:
        found = [(f.docs, f.counts) for data in (merged, fresh) for f in [occurrences(leaf, data.grams["text"])]]
        assert [x.tolist() for x in found[0]] == [x.tolist() for x in found[1]]
    assert [merged.section(n) for n in range(merged.sections)] == [fresh.section(n) for n in range(fresh.sections)]
    assert [merged.section(n)[1:] for n in range(merged.sections)] == [
        (d.report, d.section, d.source) for report in kept for d in report
    ]
    assert [merged.number(d[0].report.id) for d in kept] == list(range(len(kept)))


def test_a_file_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a", {"x": np.arange(5)})
    assert read_arrays(tmp_path / "a")["x"].tolist() == [0, 1, 2, 3, 4]
    (tmp_path / "b").write_bytes((tmp_path / "a").read_bytes()[:-5])
    with pytest.raises(ValueError, match="whole"):
        read_arrays(tmp_path / "b")


def test_figures_and_columns_of_nothing() -> None:
    assert build_figures([])["figure.report"].tolist() == []
    assert build_column("x", [(), ("甲", "乙"), ("甲",)])["x.code"].tolist() == [0, 1, 0]
    assert spread(np.array([5, 0], np.uint32), np.array([2, 1], np.uint32)).tolist() == [5, 6, 0]


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(["t3.a:x", "t3.a:y", "n.b"]), unique=True, max_size=3), min_size=20, max_size=60),
    st.dictionaries(st.integers(0, 19), st.integers(1, 3), max_size=4),
    st.booleans(),
)
def test_values_of_few_reports_are_counted_as_those_of_many(
    values: list[list[str]], chosen: dict[int, int], by_section: bool
) -> None:
    column = FacetColumn("issue", Column(build_column("issue", values), "issue"))
    expected: Counter[str] = Counter()
    for report, held in chosen.items():
        for family in {value.partition(":")[0] for value in values[report]}:
            expected[family] += held if by_section else 1
    owners = np.array(sorted(chosen), np.intp)
    units = np.array([chosen[n] for n in owners.tolist()], np.float64) if by_section else None
    everyone = np.zeros(len(values))
    everyone[owners] = 1 if units is None else units
    for found in (column.counts(owners, units), column.counts(None, everyone)):
        counts = dict(zip(column.values, found.tolist(), strict=True))
        assert {value: count for value, count in counts.items() if count} == dict(expected)


amounts = st.one_of(st.integers(0, 300), st.integers(0, 1 << 40), st.floats(-10, 1e7, allow_nan=False))


@settings(max_examples=60)
@given(
    st.lists(st.dictionaries(st.sampled_from(["a.b", "a.c", "d"]), amounts, max_size=3), max_size=8),
    st.sampled_from(["a.b", "a.c", "d", "never"]),
    st.one_of(amounts, st.just(-1), st.just(256)),
)
def test_figures_are_compared_as_they_are(reports: list[dict[str, float]], path: str, number: float) -> None:
    made = Figures(build_figures(reports), len(reports))
    for compare in (operator.ge, operator.lt, operator.eq, operator.ne):
        wanted = [path in figures and compare(figures[path], number) for figures in reports]
        assert made.where(path, compare, number).tolist() == wanted


def test_figures_take_the_room_they_need() -> None:
    made = build_figures([{"small": n, "large": 70_000 + n, "amount": n + 0.5} for n in range(1, 200)])
    assert len(made["figure.value"]) == 199 * (1 + 4 + 8)
