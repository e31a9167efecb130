"""The asked page of all hits: the best sections or reports of each segment, put in one order.

Orders as `base.sort_key` does; only hits that can be on the page are looked at one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.arrays import Array, runs
from indexer.engines.base import Plan
from indexer.engines.segments import SegmentData, SegmentView


@dataclass(frozen=True, slots=True)
class Hit:
    """A section of a segment that stands for itself or for its report."""

    key: tuple[float | str, str, int]
    segment: int
    section: int
    score: float
    more: int


@dataclass(frozen=True, slots=True)
class _Units:
    """What is ordered: per hit its report, its best score, and where its sections stand in the selection."""

    reports: Array
    scores: Array
    begins: Array
    counts: Array


def page(
    plan: Plan, views: Sequence[SegmentView], selected: Sequence[Array], scores: Sequence[Array]
) -> tuple[int, list[Hit]]:
    """How many hits there are, and those of the asked page."""
    total, hits = 0, list[Hit]()
    for segment, (view, sections, values) in enumerate(zip(views, selected, scores, strict=True)):
        units = _units(plan.group, view.data, sections, values)
        total += len(units.reports)
        for n in _first(plan, view.data, units, sections):
            hits.append(_hit(plan.sort, segment, view.data, units, sections, values, n))
    if len(views) > 1:
        hits.sort(key=lambda hit: hit.key)
    return total, hits[plan.offset : plan.offset + plan.limit]


def _units(group: str, data: SegmentData, sections: Array, scores: Array) -> _Units:
    if group == "section":
        places = np.arange(len(sections))
        return _Units(data.owner[sections], scores, places, np.ones(len(sections), np.uint8))
    if len(sections) == data.sections:
        begins, reports = data.first[:-1].astype(np.intp), np.arange(data.reports)
    else:
        owners = data.owner[sections]
        begins = runs(owners)
        reports = owners[begins]
    best = np.maximum.reduceat(scores, begins) if len(begins) else scores
    return _Units(reports, best, begins, np.diff(begins, append=len(sections)))


def _first(plan: Plan, data: SegmentData, units: _Units, sections: Array) -> list[int]:
    """The units that can be on the page, in order."""
    first = -units.scores if plan.sort == "relevance" else _keys(plan.sort, data)[units.reports]
    rank = data.rank[units.reports]
    wanted = plan.offset + plan.limit
    candidates = np.arange(len(first))
    if wanted < len(first):
        border = np.partition(first, wanted - 1)[wanted - 1]
        before, tied = np.flatnonzero(first < border), np.flatnonzero(first == border)
        missing = wanted - len(before)
        if missing < len(tied) and plan.group == "report":
            tied = tied[np.argpartition(rank[tied], missing - 1)[:missing]]
        candidates = np.concatenate((before, tied))
    order = np.lexsort((candidates, rank[candidates], first[candidates]))
    found: list[int] = candidates[order[:wanted]].tolist()
    return found


def _keys(sort: str, data: SegmentData) -> Array:
    """What the reports are ordered by, smallest first; what is not known last."""
    if sort == "refusals":
        keys = -data.arrays["report.refusals"]
        return np.where(np.isnan(keys), np.inf, keys)
    column = data.column("agency" if sort == "agency" else "year")
    if sort == "agency":
        rank = np.empty(len(column.values))
        rank[sorted(range(len(column.values)), key=lambda n: str(column.values[n]))] = np.arange(len(column.values))
        agencies: Array = rank[column.code]
        return agencies
    sign = 1 if sort == "year_asc" else -1
    keys = np.full(data.reports, np.inf)
    keys[column.owners()] = sign * np.array(column.values, np.float64)[column.code] if len(column.code) else 0
    return keys


def _hit(sort: str, segment: int, data: SegmentData, units: _Units, sections: Array, scores: Array, n: int) -> Hit:
    begin, count = int(units.begins[n]), int(units.counts[n])
    report, score = int(units.reports[n]), float(units.scores[n])
    place = begin + int(np.argmax(scores[begin : begin + count]))
    section = int(sections[place])
    first: float | str = -score
    if sort == "agency":
        column = data.column("agency")
        first = str(column.values[int(column.code[report])])
    elif sort != "relevance":
        first = float(_keys(sort, data)[report])
    return Hit((first, data.id(report), section - int(data.first[report])), segment, section, score, count - 1)
