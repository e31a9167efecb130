"""A plan answered over segments: which sections match, how well, and how many have each facet value.

Works on arrays of document numbers and on flags. Must give what the memory engine gives, to the last digit. Nothing here
knows a library of search.
"""

from collections.abc import Sequence

import numpy as np

from indexer.engines.arrays import Array, spread
from indexer.engines.base import Answer, Found, Plan
from indexer.engines.counted import Counted
from indexer.engines.facets import FacetTables, facet_counts
from indexer.engines.filtering import accepted
from indexer.engines.occurrences import occurrences
from indexer.engines.ordering import Hit, page
from indexer.engines.scoring import SectionScorer
from indexer.engines.segments import SegmentView
from indexer.engines.selection import Selection
from indexer.engines.sets import complement, intersection, is_flags, union
from indexer.fields import FILTERS, read_filter, year_criterion
from indexer.query import And, Everything, FieldMatch, Near, Node, Not, Or, Phrase, Prefix, TextLeaf, Word, YearRange
from indexer.ranking import Feature, Scorer


def execute(plan: Plan, views: Sequence[SegmentView], tables: FacetTables) -> Answer:
    """The answer to `plan` over all segments; `tables` are those of the same segments."""
    evaluations = [Evaluation(view) for view in views]
    matched = [evaluation.matches(plan.tree) for evaluation in evaluations]
    selected = [
        Selection(view.data, accepted(found, plan.filters, view)) for found, view in zip(matched, views, strict=True)
    ]
    total = sum(s.sections if plan.group == "section" else s.reports for s in selected)
    hits = page(plan, selected, _scorers(plan, selected, evaluations))
    found = tuple(_found(hit, views[hit.segment]) for hit in hits)
    return Answer(total, found, facet_counts(plan, tables, views, matched, selected))


class Evaluation:
    """A query over one segment; what was found out about a leaf is kept for ranking."""

    def __init__(self, view: SegmentView) -> None:
        self.view = view
        self._data = view.data
        self._texts: dict[TextLeaf, Counted] = {}

    def matches(self, tree: Node) -> Array:
        """The sections that `tree` matches, those that are not alive too."""
        size = self._data.sections
        match tree:
            case Not(child):
                return complement(self.matches(child), size)
            case And(children):
                return self._all(children)
            case Or(children):
                return union([self.matches(child) for child in children], size)
            case _:
                return self._leaf(tree)

    def _all(self, children: Sequence[Node]) -> Array:
        found: list[Array] = []
        for child in children:
            found.append(self.matches(child))
            if not len(found[-1]):
                return found[-1]
        return intersection(found, self._data.sections)

    def _leaf(self, leaf: Node) -> Array:
        match leaf:
            case Word() | Prefix():
                return self._word(leaf)
            case Phrase() | Near():
                return self.in_text(leaf).found
            case FieldMatch("title" | "agency", text):
                return self._of_reports(occurrences(Word(text), self._data.grams[leaf.field]).found)
            case FieldMatch(name, text):
                return self._by_criterion(name, text)
            case YearRange(first, last):
                return np.repeat(self._data.accepted("year", year_criterion(first, last)), self._data.sizes)
            case _:
                assert isinstance(leaf, Everything)
                return self._data.every_section

    def _word(self, leaf: Word | Prefix) -> Array:
        named = [occurrences(leaf, self._data.grams[name]) for name in ("title", "agency")]
        if any(reports.number == self._data.reports for reports in named):
            return self._data.every_section
        reports = union([counted.found for counted in named], self._data.reports)
        return union([self.in_text(leaf).found, self._of_reports(reports)], self._data.sections)

    def _by_criterion(self, name: str, text: str) -> Array:
        chosen = self._data.accepted(name, read_filter(name, text))
        return chosen if FILTERS[name].level == "section" else np.repeat(chosen, self._data.sizes)

    def _of_reports(self, reports: Array) -> Array:
        """The sections of these reports."""
        if is_flags(reports):
            return np.repeat(reports, self._data.sizes)
        return spread(self._data.first[reports], self._data.sizes[reports])

    def in_text(self, leaf: TextLeaf) -> Counted:
        """The sections in whose text `leaf` occurs, and how often."""
        if leaf not in self._texts:
            self._texts[leaf] = self._data.recalled(leaf, self._data.sections) or self._data.noted(
                leaf, occurrences(leaf, self._data.grams["text"])
            )
        return self._texts[leaf]

    def counts(self, feature: Feature) -> Counted:
        """The sections that hold the feature in their text, and how often."""
        return self._data.counted("text", feature.term) if feature.leaf is None else self.in_text(feature.leaf)


def _scorers(
    plan: Plan, selected: Sequence[Selection], evaluations: Sequence[Evaluation]
) -> list[SectionScorer] | None:
    """What scores the sections of each segment; `None` when there is nothing to score by."""
    if not plan.features or not any(selection.sections for selection in selected):
        return None
    counted = [[evaluation.counts(feature) for feature in plan.features] for evaluation in evaluations]
    views = [evaluation.view for evaluation in evaluations]
    holding = [
        sum(of_segment[n].within(view.live_sections) for of_segment, view in zip(counted, views, strict=True))
        for n in range(len(plan.features))
    ]
    totals = [sum(column) for column in zip(*(view.totals for view in views), strict=True)]
    scorer = Scorer.of(plan.features, sum(view.sections for view in views), holding, totals)
    return [SectionScorer(view, scorer, plan.features, counts) for view, counts in zip(views, counted, strict=True)]


def _found(hit: Hit, view: SegmentView) -> Found:
    _, report, section, source = view.data.section(hit.section)
    return Found(report, section, source, hit.score, hit.more)
