"""Near scores are as near as they say, so that what is left out by them can never be among the best."""

import random

import numpy as np
import pytest
from index_samples import SEGMENTER, documents, make

from indexer import parse_request
from indexer.engines import candidates, scoring
from indexer.engines.base import Plan
from indexer.engines.blocks import build_block
from indexer.engines.executor import Evaluation
from indexer.engines.scoring import SectionScorer
from indexer.engines.segments import SegmentData, SegmentView
from indexer.engines.selection import Selection
from indexer.planning import plan_for
from indexer.ranking import Scorer

WORDS = ["公开", "申请", "信息", "政府", "复议", "不予", "工作", "，", "办理", "2021"]

QUERIES = ["公开", '"政府信息"', "公开 OR 申请 OR 复议 OR 2021", '"公 开"~3', "工作 -信息", "复*"]


@pytest.fixture(scope="module")
def view() -> SegmentView:
    """A segment of some hundred sections of very different length."""
    chance = random.Random(5)
    reports = []
    for number in range(120):
        sections = {
            key: ["".join(chance.choices(WORDS, k=chance.choice([1, 3, 40, 300])))]
            for key in ("front", "overview", "other")
        }
        reports.append(documents(make(f"r{number}", sections, title=chance.choice(["公开年报", "信息", "年"]))))
    return SegmentView(SegmentData(build_block(reports, SEGMENTER).arrays))


def scorer_of(view: SegmentView, plan: Plan) -> SectionScorer:
    """The scorer of the plan's features over the one segment."""
    evaluation = Evaluation(view)
    counted = [evaluation.counts(feature) for feature in plan.features]
    scorer = Scorer.of(plan.features, view.sections, [c.number for c in counted], view.totals)
    return SectionScorer(view, scorer, plan.features, counted)


@pytest.mark.parametrize("q", QUERIES)
@pytest.mark.parametrize("few", [False, True])
def test_near_scores_are_as_near_as_they_say(view: SegmentView, q: str, few: bool) -> None:
    plan = plan_for(parse_request({"q": [q]}), SEGMENTER).plan
    every = np.arange(view.data.sections)
    chosen = every[::7] if few else every
    scorer = scorer_of(view, plan)
    near = scorer.near(chosen).astype(np.float64)
    exact = scorer.exact(chosen)
    assert exact.max() > 0
    assert (np.abs(near - exact) <= scorer.slack).all()
    assert scorer.slack < exact.max() / 50


@pytest.mark.parametrize("q", QUERIES)
def test_no_near_score_exceeds_the_bound_of_its_block(view: SegmentView, q: str) -> None:
    scorer = scorer_of(view, plan_for(parse_request({"q": [q]}), SEGMENTER).plan)
    every = np.arange(view.data.sections)
    near = scorer.near(every)
    bounds = scorer.bounds()
    assert (near <= bounds[every // scoring.BLOCK]).all()
    assert (np.maximum.reduceat(near, np.arange(0, len(every), scoring.BLOCK)) > bounds / 4).all()
    assert np.abs(scorer.near_of_all() - near).max() <= 1e-5 * near.max()


@pytest.mark.parametrize("q", QUERIES)
@pytest.mark.parametrize("wanted", [1, 10, 100])
@pytest.mark.parametrize("most", [1, 8, 10_000])
def test_the_best_sections_are_among_the_candidates_and_no_others_than_selected_ones(
    view: SegmentView, monkeypatch: pytest.MonkeyPatch, q: str, wanted: int, most: int
) -> None:
    monkeypatch.setattr(candidates, "_TRIED", 1)
    monkeypatch.setattr(candidates, "_MOST", most)
    scorer = scorer_of(view, plan_for(parse_request({"q": [q]}), SEGMENTER).plan)
    flags = np.arange(view.data.sections) % 3 != 0
    numbers = np.flatnonzero(flags)
    scores = scorer.exact(numbers)
    needed = set(numbers[scores >= np.sort(scores)[-wanted]].tolist())
    for found in (flags, numbers):
        best = candidates.best(Selection(view.data, found), scorer, wanted).tolist()
        assert best == sorted(set(best))
        assert needed <= set(best) <= set(numbers.tolist())
