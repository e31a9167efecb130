"""A plan answered over segments: which sections match, how well, and how many have each facet value.

Works on arrays of document numbers and on flags. Must give what the memory engine gives, to the last digit. Nothing here
knows a library of search.
"""

from collections.abc import Sequence

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.base import Answer, Found, Plan
from indexer.engines.facets import FacetTables, facet_counts
from indexer.engines.filtering import accepted
from indexer.engines.occurrences import Counted, occurrences
from indexer.engines.ordering import Hit, page
from indexer.engines.scoring import SectionScorer
from indexer.engines.segments import SegmentView
from indexer.engines.sets import complement, fitting, flags, intersection, numbers, union
from indexer.fields import FILTERS, read_filter, year_criterion
from indexer.query import And, Everything, FieldMatch, Near, Node, Not, Or, Phrase, Prefix, TextLeaf, Word, YearRange
from indexer.ranking import Feature, Scorer


def execute(plan: Plan, views: Sequence[SegmentView], tables: FacetTables) -> Answer:
    """The answer to `plan` over all segments; `tables` are those of the same segments."""
    evaluations = [Evaluation(view) for view in views]
    matched = [evaluation.matches(plan.tree) for evaluation in evaluations]
    selected = [numbers(accepted(found, plan.filters, view)) for found, view in zip(matched, views, strict=True)]
    scores = _scores(plan.features, selected, evaluations)
    total, hits = page(plan, views, selected, scores)
    return Answer(
        total, tuple(_found(hit, views[hit.segment]) for hit in hits), facet_counts(plan, tables, views, matched)
    )


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
                return fitting(self._leaf(tree), size)

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
                return self.in_text(leaf)[0]
            case FieldMatch("title" | "agency", text):
                return self._of_reports(occurrences(Word(text), self._data.grams[leaf.field])[0])
            case FieldMatch(name, text):
                return self._by_criterion(name, text)
            case YearRange(first, last):
                return np.repeat(self._data.accepted("year", year_criterion(first, last)), self._data.sizes)
            case _:
                assert isinstance(leaf, Everything)
                return np.ones(self._data.sections, bool)

    def _word(self, leaf: Word | Prefix) -> Array:
        named = [occurrences(leaf, self._data.grams[name])[0] for name in ("title", "agency")]
        if any(len(reports) == self._data.reports for reports in named):
            return np.ones(self._data.sections, bool)
        return union([self.in_text(leaf)[0], *map(self._of_reports, named)], self._data.sections)

    def _by_criterion(self, name: str, text: str) -> Array:
        chosen = self._data.accepted(name, read_filter(name, text))
        return chosen if FILTERS[name].level == "section" else np.repeat(chosen, self._data.sizes)

    def _of_reports(self, reports: Array) -> Array:
        """The sections of these reports."""
        if not len(reports):
            return reports
        return np.repeat(flags(reports, self._data.reports), self._data.sizes)

    def in_text(self, leaf: TextLeaf) -> Counted:
        """The sections in whose text `leaf` occurs, and how often."""
        if leaf not in self._texts:
            self._texts[leaf] = occurrences(leaf, self._data.grams["text"])
        return self._texts[leaf]

    def counts(self, feature: Feature) -> Counted:
        """The live sections that hold the feature in their text, and how often."""
        sections, counts = (
            self._data.words["text"].postings(feature.term) if feature.leaf is None else self.in_text(feature.leaf)
        )
        alive = self.view.live_sections
        return (sections, counts) if alive is None else (sections[alive[sections]], counts[alive[sections]])


def _scores(wanted: Sequence[Feature], selected: Sequence[Array], evaluations: Sequence[Evaluation]) -> list[Array]:
    """Per segment the score of every selected section."""
    if not wanted or not any(map(len, selected)):
        return [np.zeros(len(sections)) for sections in selected]
    counted = [[evaluation.counts(feature) for feature in wanted] for evaluation in evaluations]
    holding = [sum(len(segment[n][0]) for segment in counted) for n in range(len(wanted))]
    views = [evaluation.view for evaluation in evaluations]
    totals = [sum(column) for column in zip(*(view.totals for view in views), strict=True)]
    scorer = Scorer.of(wanted, sum(view.sections for view in views), holding, totals)
    return [
        SectionScorer(view, scorer).scores(wanted, counts, scorer.idfs, sections)
        for view, counts, sections in zip(views, counted, selected, strict=True)
    ]


def _found(hit: Hit, view: SegmentView) -> Found:
    _, shown, row, source = view.data.section(hit.section)
    return Found(shown.report, row, source, hit.score, hit.more)
