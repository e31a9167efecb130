"""The asked page of all hits: the best sections or reports of each segment, put in one order.

Orders as `base.sort_key` does. Only hits that can be on the page are scored exactly and looked at one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from indexer.engines.arrays import Array, distinct, runs, spread
from indexer.engines.base import Plan
from indexer.engines.scoring import SectionScorer
from indexer.engines.segments import SegmentData
from indexer.engines.selection import Selection
from indexer.engines.sets import held_by

_SCORED: Final = 512
"""Selections of up to so many sections are scored exactly at once."""
_BLOCKS: Final = 64
"""Scores whose highest stand for them when the best of many are looked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A section of a segment that stands for itself or for its report."""

    key: tuple[float | str, str, int]
    segment: int
    section: int
    score: float
    more: int


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Sections of a segment that can be on the page, ascending, and their exact scores."""

    sections: Array
    scores: Array


def page(plan: Plan, selected: Sequence[Selection], scorers: Sequence[SectionScorer] | None) -> list[Hit]:
    """The hits of the asked page. `scorers`: one a segment, or `None` when all scores are zero."""
    hits: list[Hit] = []
    wanted = plan.offset + plan.limit
    for segment, selection in enumerate(selected):
        if selection.sections:
            scorer = None if scorers is None else scorers[segment]
            sections = _candidates(plan, selection, scorer, wanted)
            scores = np.zeros(len(sections)) if scorer is None else scorer.exact(sections)
            hits += _ordered(plan, segment, selection.data, _Candidates(sections, scores))[:wanted]
    if len(selected) > 1:
        hits.sort(key=lambda hit: hit.key)
    return hits[plan.offset : wanted]


def _candidates(plan: Plan, selection: Selection, scorer: SectionScorer | None, wanted: int) -> Array:
    """The selected sections of which the page can consist, with all selected ones of their reports when these are hits."""
    if selection.sections <= min(_SCORED, wanted):
        return selection.numbers
    if plan.sort == "relevance" and scorer is not None:
        if selection.sections <= _SCORED:
            return selection.numbers
        return _best(plan.group, selection, scorer, wanted)
    return _first(plan, selection, wanted)


def _first(plan: Plan, selection: Selection, wanted: int) -> Array:
    """The sections of the reports that come first by something else than scores."""
    data, (reports, counts) = selection.data, selection.per_report
    keys = np.zeros(len(reports)) if plan.sort == "relevance" else _keys(plan.sort, data)[reports]
    order = np.lexsort((data.rank[reports], keys))
    needed = wanted
    if plan.group == "section":
        needed = int(np.searchsorted(np.cumsum(counts[order]), wanted)) + 1
    return _of_reports(selection, np.sort(reports[order[:needed]]))


def _of_reports(selection: Selection, reports: Array) -> Array:
    """The selected sections of ascending reports."""
    data = selection.data
    sections = spread(data.first[reports], data.sizes[reports])
    if selection.dense:
        chosen: Array = sections[selection.found[sections]]
        return chosen
    held: Array = sections[held_by(selection.numbers, sections)]
    return held


def _best(group: str, selection: Selection, scorer: SectionScorer, wanted: int) -> Array:
    """The sections whose exact scores can be among the best."""
    near = scorer.near(selection)
    border = _border(near, wanted) if group == "section" else _border_of_reports(selection, near, wanted)
    least = border - 2 * scorer.slack
    if least <= 0:
        return selection.numbers
    found = np.flatnonzero(near >= np.float32(least))
    sections = found if selection.dense else selection.numbers[found]
    if group == "section":
        return sections
    return _of_reports(selection, distinct(selection.data.owner[sections]))


def _border(near: Array, wanted: int) -> float:
    """A score that at least `wanted` sections reach, near the highest such; zero when there are not so many."""
    if wanted > len(near):
        return 0.0
    if len(near) >= _BLOCKS * _BLOCKS and wanted * _BLOCKS <= len(near):
        highest = near[: len(near) // _BLOCKS * _BLOCKS].reshape(_BLOCKS, -1).max(axis=0)
        if wanted <= len(highest):
            near = near[near >= _nth(highest, wanted)]
    return _nth(near, wanted)


def _nth(values: Array, n: int) -> float:
    """The n-th highest value."""
    return float(np.partition(values, len(values) - n)[len(values) - n])


def _border_of_reports(selection: Selection, near: Array, wanted: int) -> float:
    """A score that the best sections of at least `wanted` reports reach; zero when there are not so many."""
    needed = wanted
    while needed < selection.sections:
        border = _border(near, needed)
        if border <= 0:
            break
        found = np.flatnonzero(near >= border)
        sections = found if selection.dense else selection.numbers[found]
        owners = selection.data.owner[sections]
        begins = runs(owners)
        if len(begins) >= wanted:
            return _nth(np.maximum.reduceat(near[found], begins), wanted)
        needed *= 8
    return 0.0


def _keys(sort: str, data: SegmentData) -> Array:
    """What the reports are ordered by, smallest first; what is not known last."""
    if sort == "refusals":
        keys = -data.arrays["report.refusals"]
        return np.where(np.isnan(keys), np.inf, keys)
    if sort == "agency":
        return data.agency_rank
    column = data.column("year")
    sign = 1 if sort == "year_asc" else -1
    keys = np.full(data.reports, np.inf)
    keys[column.owners()] = sign * np.array(column.values, np.float64)[column.code] if len(column.code) else 0
    return keys


def _ordered(plan: Plan, segment: int, data: SegmentData, found: _Candidates) -> list[Hit]:
    """The hits that the candidates are, in order."""
    owners = data.owner[found.sections]
    begins = runs(owners) if plan.group == "report" else np.arange(len(owners))
    counts = np.diff(begins, append=len(owners))
    best = np.maximum.reduceat(found.scores, begins) if len(begins) else found.scores
    reports = owners[begins]
    first = -best if plan.sort == "relevance" else _keys(plan.sort, data)[reports]
    order = np.lexsort((begins, data.rank[reports], first))[: plan.offset + plan.limit]
    return [_hit(plan.sort, segment, data, found, int(begins[n]), int(counts[n]), first[n]) for n in order.tolist()]


def _hit(sort: str, segment: int, data: SegmentData, found: _Candidates, begin: int, count: int, first: float) -> Hit:
    place = begin + int(np.argmax(found.scores[begin : begin + count]))
    section = int(found.sections[place])
    report = int(data.owner[section])
    key: float | str = float(first)
    if sort == "agency":
        column = data.column("agency")
        key = str(column.values[int(column.code[report])])
    return Hit(
        (key, data.id(report), section - int(data.first[report])),
        segment,
        section,
        float(found.scores[place]),
        count - 1,
    )
