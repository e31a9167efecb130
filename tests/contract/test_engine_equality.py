"""Whoosh gives what the memory engine gives: ids in order, scores, totals, facet counts, over random reports, changes and
requests."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_samples import SEGMENTER, Stored, documents, make

from corpus.model import Era, Region
from indexer import parse_request, report_ids, search
from indexer.engines import (
    candidates,
    counted,
    facet_columns,
    facets,
    filtering,
    gram_writing,
    needles,
    occurrences,
    ordering,
    scoring,
    segments,
    selection,
    sets,
)
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh_engine import WhooshEngine

PIECES = [
    "公开",
    "不予",
    "不",
    "信息",
    "政府",
    "申请",
    "開",
    "。",
    "\n",
    " ",
    "\u200b",
    "a",
    "A1",
    "１",
    "20",
    "臺",
    "㈠",
    "“",
]
REASONS = ["denied.third_party", "denied.state_secret", "unable.not_held"]

texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
paragraphs = st.lists(texts.map(lambda t: t.replace("\n", "")), max_size=3)


@st.composite
def reports(draw: st.DrawFn, report_id: str, version: int) -> Stored:
    """A small report with few different values."""
    sections = draw(st.dictionaries(st.sampled_from(["front", "overview", "other"]), paragraphs, max_size=3))
    return make(
        report_id,
        sections,
        title=draw(st.sampled_from(["公开年报", "2020年報", "信息A1", "年"])),
        agency=draw(st.sampled_from(["昆岚市财政局", "望州市政府", "A1局"])),
        year=draw(st.sampled_from([2019, 2020, 2021, None])),
        era=draw(st.sampled_from([Era.FORMAT_2019, Era.FORMAT_2021])),
        region=Region(province=draw(st.sampled_from(["望海省", None])), city=draw(st.sampled_from(["昆岚市", None]))),
        rows=draw(st.dictionaries(st.sampled_from(REASONS), st.integers(0, 3), max_size=2)),
        issues=draw(st.lists(st.sampled_from(["t3.balance:total", "t3.row_sum:granted", "n.denied"]), max_size=3)),
        version=version,
    )


@st.composite
def commits(draw: st.DrawFn) -> list[dict[str, Stored | None]]:
    """Several commits of replaced (a report) and deleted (`None`) reports."""
    made: list[dict[str, Stored | None]] = []
    for version in range(1, draw(st.integers(1, 3)) + 1):
        changed = draw(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=4, unique=True))
        made.append({i: draw(st.none() | reports(i, version)) for i in changed})
    return made


leaves = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map(lambda p: '"' + "".join(p) + '"'),
    st.sampled_from(
        [
            "公开",
            "信息公开",
            "不予公开",
            "予信",
            "a",
            "20",
            "1*",
            "A*",
            "信*",
            '"公 信"~2',
            '"a 开"~3',
            "title:年",
            "agency:政府",
        ]
    ),
    st.sampled_from(
        ["year:2020", "year:2019-2020", "section:front", "reason:unable.not_held", "where:derived.denied>=1"]
    ),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        inner.map(lambda q: f"-({q})"),
        inner.map(lambda q: f"({q})"),
    ),
    max_leaves=4,
)
filters = st.fixed_dictionaries(
    {},
    optional={
        "year": st.sampled_from([["2020"], ["2019-2020"], ["2019", "2021"]]),
        "agency": st.sampled_from([["A1局"], ["望州市政府", "昆岚市财政局"]]),
        "section": st.sampled_from([["front"], ["front", "other"]]),
        "reason": st.sampled_from([["denied.third_party"], REASONS]),
        "issue": st.sampled_from([["t3"], ["t3.balance"], ["n.denied"]]),
        "era": st.just(["format_2019"]),
        "where": st.sampled_from([["derived.denied>0"], ["derived.unable=0"]]),
    },
)
requests = st.fixed_dictionaries(
    {
        "q": (st.just("") | queries).map(lambda q: [q]),
        "group": st.sampled_from([["report"], ["section"]]),
        "sort": st.sampled_from([["relevance"], ["relevance"], ["year"], ["year_asc"], ["agency"], ["refusals"]]),
        "limit": st.sampled_from([["3"], ["100"]]),
        "offset": st.sampled_from([["0"], ["0"], ["2"]]),
    }
)


def apply(engine: MemoryEngine | WhooshEngine, changes: Mapping[str, Stored | None], synced: int) -> None:
    """One commit."""
    writer = engine.begin()
    for report_id, stored in changes.items():
        if stored is None:
            writer.delete(report_id)
        else:
            writer.replace(report_id, documents(stored))
    writer.commit(synced)


def answer(engine: MemoryEngine | WhooshEngine, params: Mapping[str, list[str]]) -> dict[str, Any]:
    """The answer without the time it took."""
    return {**search(engine, parse_request(params)).to_json(), "took_ms": 0}


@pytest.fixture(params=["few", "many", "many, few kept"], autouse=True)
def _as_for(request: pytest.FixtureRequest) -> Iterator[None]:
    """The ways that are taken with few sections, and those that else only large segments take."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "few":
            patch.setattr(counted, "_LOOKED_UP", 0)
            patch.setattr(segments, "_FREQUENT", 1000 if request.param == "many" else 2)
            patch.setattr(segments, "_RARE", 0 if request.param == "many, few kept" else 1000)
            patch.setattr(filtering, "_FEW", 1)
            patch.setattr(selection, "_SPARSE", 3)
            patch.setattr(gram_writing, "_HOT_TEXTS", 1)
            patch.setattr(needles, "_REPEATED", 0)
            patch.setattr(occurrences, "_MANY", 1_000_000)
            patch.setattr(ordering, "_SCORED", 0)
            patch.setattr(candidates, "_COLUMNS", 2)
            patch.setattr(candidates, "_MOST", 1)
            patch.setattr(candidates, "_TRIED", 1)
            for module in (candidates, scoring):
                patch.setattr(module, "BLOCK", 2)
            patch.setattr(facet_columns, "_CELLS", 1)
            patch.setattr(facets, "_SHORT", 0)
            patch.setattr(facets, "_NEW", 1)
            patch.setattr(needles, "_FEW", 0)
            patch.setattr(scoring, "_PIECE", 3)
            patch.setattr(scoring, "_SPARSE", 1000 if request.param == "many" else 1)
            patch.setattr(segments, "_WINDOW", 2)
            patch.setattr(sets, "_FEW", 1000)
        yield


@settings(max_examples=40)
@given(commits(), st.lists(st.tuples(requests, filters), min_size=4, max_size=12))
def test_whoosh_answers_like_the_memory_engine(
    history: list[dict[str, Stored | None]], asked: list[tuple[dict[str, list[str]], dict[str, list[str]]]]
) -> None:
    with tempfile.TemporaryDirectory() as home, WhooshEngine(Path(home) / "index", SEGMENTER) as whoosh:
        memory = MemoryEngine(SEGMENTER)
        for synced, changes in enumerate(history, 1):
            apply(memory, changes, synced)
            apply(whoosh, changes, synced)
            assert (whoosh.contents(), whoosh.synced()) == (memory.contents(), memory.synced())
        for params, chosen in asked:
            assert answer(whoosh, {**params, **chosen}) == answer(memory, {**params, **chosen})
            assert report_ids(whoosh, chosen) == report_ids(memory, chosen)
