"""Hand-judged queries: how well the first ten answers stand, as nDCG@10. The floor only goes up."""

import tomllib
from math import log2
from pathlib import Path
from statistics import mean

import pytest
from index_samples import SEGMENTER, fill, make

from indexer import parse_request, search
from indexer.engines.memory import MemoryEngine

JUDGED = tomllib.loads(Path(__file__).with_name("judged.toml").read_text(encoding="utf-8"))
FLOOR = 0.97
"""Mean over all queries; what was measured when they were judged, less a hair."""


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    made = MemoryEngine(SEGMENTER)
    reports = JUDGED["reports"].items()
    fill(made, *(make(name, {section: text}, agency=agency) for name, (agency, section, text) in reports))
    return made


def gain(grades: list[int]) -> float:
    """Discounted cumulative gain of the first ten."""
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:10]))


def quality(engine: MemoryEngine, q: str, judged: dict[str, int]) -> float:
    """nDCG@10 of one query."""
    found = [hit.report_id for hit in search(engine, parse_request({"q": [q], "limit": ["10"]})).hits]
    return gain([judged.get(name, 0) for name in found]) / gain(sorted(judged.values(), reverse=True))


def test_there_are_enough_judgements_and_all_are_about_something() -> None:
    assert len(JUDGED["queries"]) >= 40
    assert all(set(judged) <= set(JUDGED["reports"]) for judged in JUDGED["queries"].values())


def test_the_first_answers_are_the_good_ones(engine: MemoryEngine) -> None:
    scores = {q: quality(engine, q, judged) for q, judged in JUDGED["queries"].items()}
    poor = {q: round(score, 3) for q, score in scores.items() if score < 1}
    assert mean(scores.values()) >= FLOOR, (mean(scores.values()), poor)
