"""The asked page of all hits: the best sections or reports of each segment, put in one order.

Orders as `base.sort_key` does. Only hits that can be on the page are scored exactly and looked at one by one.
"""

from collections.abc import Sequence
from itertools import repeat
from typing import Final, NamedTuple

import numpy as np

from indexer.engines.arrays import Array, distinct, runs, sizes, spread
from indexer.engines.base import Plan
from indexer.engines.candidates import best, best_of_reports
from indexer.engines.scoring import SectionScorer
from indexer.engines.segments import SegmentData
from indexer.engines.selection import Selection
from indexer.engines.sets import held_by

_SCORED: Final = 512
"""Selections of up to so many sections are scored exactly at once."""


class Hit(NamedTuple):
    """A section of a segment that stands for itself or for its report."""

    segment: int
    section: int
    report: int
    first: float
    """What it is ordered by before its report's id, smallest first; for agencies within its segment only."""
    score: float
    more: int


class _Candidates(NamedTuple):
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
        hits.sort(key=lambda hit: _key(plan.sort, hit, selected[hit.segment].data))
    return hits[plan.offset : wanted]


def _candidates(plan: Plan, selection: Selection, scorer: SectionScorer | None, wanted: int) -> Array:
    """The selected sections of which the page can consist, with all selected ones of their reports when these are hits."""
    if selection.sections <= min(_SCORED, wanted):
        return selection.numbers
    if plan.sort == "relevance" and scorer is not None:
        if selection.sections <= _SCORED:
            return selection.numbers
        if plan.group == "section":
            return best(selection, scorer, wanted)
        return _of_reports(selection, distinct(selection.data.owner[best_of_reports(selection, scorer, wanted)]))
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
    """The hits that the candidates are, in order, no more than are wanted."""
    sections, scores = found
    owners = data.owner.take(sections)
    more = np.zeros(len(sections), np.intp)
    if plan.group == "report":
        begins = runs(owners)
        more = sizes(begins, len(owners))
        best = (scores == np.maximum.reduceat(scores, begins).repeat(more)).nonzero()[0]
        best = best[runs(owners[best])]
        sections, scores, owners, more = sections[best], scores[best], owners[best], more - 1
    first = -scores if plan.sort == "relevance" else _keys(plan.sort, data)[owners]
    order = np.lexsort((data.rank.take(owners), first))[: plan.offset + plan.limit]  # equal ones stay in order
    columns = (sections, owners, first, scores, more)
    return list(map(Hit, repeat(segment), *(column[order].tolist() for column in columns)))


def _key(sort: str, hit: Hit, data: SegmentData) -> tuple[float | str, str, int]:
    """What hits of several segments are ordered by."""
    first: float | str = hit.first
    if sort == "agency":
        column = data.column("agency")
        first = str(column.values[int(column.code[hit.report])])
    return first, data.id(hit.report), hit.section
