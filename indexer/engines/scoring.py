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
from indexer.ranking import K1, WEIGHTS, B, Feature, Scorer

_DENSE = 8
"""When more than one section in so many is asked for, all are scored: that is less work than putting numbers side by side."""


class SectionScorer:
    """Scores sections of one segment with the numbers of one state of the index."""

    def __init__(self, view: SegmentView, scorer: Scorer) -> None:
        self._view = view
        self._data = view.data
        self._scorer = scorer
        lengths = self._data.arrays
        names = ("section.text_words", "section.heading_words", "report.title_words", "report.agency_words")
        self._norms = [_norms(lengths[name], mean) for name, mean in zip(names, scorer.averages, strict=True)]

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
        places, counts, sections = _aligned(counted, domain)
        part = WEIGHTS[0] * counts.astype(np.float64) / self._norms[0][sections]
        if feature.leaf is None:
            named = self._named(feature.term, domain)
            if named is not None:
                weighted = np.zeros(len(total))
                weighted[places] = part
                for addition in named:
                    weighted += addition
                total += _gain(weighted, idf)
                return
        total[places] += _gain(part, idf)

    def _named(self, term: str, domain: Array | None) -> list[Array] | None:
        """What heading, title and agency add for the term, over the domain; `None` when the term is in none of them."""
        headings = self._data.words["heading"].postings(term)
        of_report = [self._data.words[name].postings(term) for name in ("title", "agency")]
        if not any(len(docs) for docs, _ in (headings, *of_report)):
            return None
        size = self._data.sections if domain is None else len(domain)
        heading = np.zeros(size)
        places, counts, sections = _aligned(headings, domain)
        heading[places] = WEIGHTS[1] * counts.astype(np.float64) / self._norms[1][sections]
        parts = [heading]
        for weight, norms, (docs, held) in zip(WEIGHTS[2:], self._norms[2:], of_report, strict=True):
            if len(docs):
                by_report = np.zeros(self._data.reports)
                by_report[docs] = weight * held.astype(np.float64) / norms[docs]
                owners = self._data.owner if domain is None else self._data.owner[domain]
                parts.append(by_report[owners])
        return parts


def _norms(lengths: Array, average: float) -> Array:
    made: Array = 1 - B + B * lengths.astype(np.float64) / (average or 1.0)
    return made


def _gain(weighted: Array, idf: float) -> Array:
    gain = idf * weighted
    gain *= K1 + 1
    gain /= weighted + K1
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
