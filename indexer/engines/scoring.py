"""The scores of many sections at once: the formula of `indexer.ranking`, term by term and in the same order, on arrays.

Every step is the same operation on the same 64-bit numbers as `ranking.Scorer.score` does one by one, so that scores are
equal to the last bit on every engine.
"""

from collections.abc import Sequence

import numpy as np

from indexer.engines.arrays import Array
from indexer.engines.occurrences import Counted
from indexer.engines.segments import SegmentView
from indexer.engines.sets import held_by
from indexer.ranking import K1, WEIGHTS, Feature, Scorer

_DENSE = 8
"""When more than one section in so many is asked for, all are scored: that is less work than putting numbers side by side."""


class SectionScorer:
    """Scores sections of one segment with the numbers of one state of the index."""

    def __init__(self, view: SegmentView, scorer: Scorer) -> None:
        self._data = view.data
        self._norms = view.norms(scorer.averages)

    def scores(
        self, wanted: Sequence[Feature], counted: Sequence[Counted], idfs: Sequence[float], sections: Array
    ) -> Array:
        """The scores of `sections` (ascending numbers); `counted`: per feature the sections that hold it in their text."""
        everything = len(sections) * _DENSE > self._data.sections
        domain = None if everything else sections
        total = np.zeros(self._data.sections if everything else len(sections))
        for feature, counts, idf in zip(wanted, counted, idfs, strict=True):
            self._add(total, feature, counts, idf, domain)
        return total[sections] if everything and len(sections) < len(total) else total

    def _add(self, total: Array, feature: Feature, counted: Counted, idf: float, domain: Array | None) -> None:
        text = self._weighted(0, counted, domain)
        named = None if feature.leaf is not None else self._of_reports(feature.term)
        heading = None if feature.leaf is not None else self._data.words["heading"].postings(feature.term)
        if named is None and (heading is None or not len(heading[0])):
            places, part = text
            total[places] += _gain(part, idf)
            return
        weighted = _spread_out(text, len(total))
        if heading is not None and len(heading[0]):
            places, part = self._weighted(1, heading, domain)
            weighted[places] += part
        if named is not None:
            weighted += np.repeat(named, self._data.sizes) if domain is None else named[self._data.owner[domain]]
        total += _gain(weighted, idf)

    def _weighted(self, field: int, counted: Counted, domain: Array | None) -> tuple[Array, Array]:
        """Places in the domain, and what the field (0 text, 1 heading) adds there."""
        places, counts, sections = _aligned(counted, domain)
        norms = self._norms[field]
        part = counts * WEIGHTS[field]
        part /= norms if len(sections) == len(norms) else norms[sections]
        return places, part

    def _of_reports(self, term: str) -> Array | None:
        """What title and agency add, by report; `None` when the term is in neither."""
        held = [self._data.words[name].postings(term) for name in ("title", "agency")]
        if not any(len(reports) for reports, _ in held):
            return None
        total = np.zeros(self._data.reports)
        for weight, norms, (reports, counts) in zip(WEIGHTS[2:], self._norms[2:], held, strict=True):
            total[reports] += counts * weight / norms[reports]
        return total


def _spread_out(found: tuple[Array, Array], size: int) -> Array:
    """Values at their places, zero elsewhere."""
    places, values = found
    if len(places) == size:
        return values
    made = np.zeros(size)
    made[places] = values
    return made


def _gain(weighted: Array, idf: float) -> Array:
    gain = weighted + K1
    np.divide(weighted, gain, out=gain)
    gain *= (K1 + 1) * idf
    return gain


def _aligned(counted: Counted, domain: Array | None) -> tuple[Array, Array, Array]:
    """Where in the domain the counted sections stand, their counts and their numbers."""
    sections, counts = counted
    if domain is None:
        return sections, counts, sections
    if len(sections) <= len(domain):
        kept = held_by(domain, sections)
        sections, counts = sections[kept], counts[kept]
        return np.searchsorted(domain, sections), counts, sections
    places = np.flatnonzero(held_by(sections, domain))
    sections = domain[places]
    return places, counts[np.searchsorted(counted[0], sections)], sections
