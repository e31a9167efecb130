"""The scores of many sections at once: the formula of `indexer.ranking` on arrays, near enough for all and exact for a few.

`exact` does the same operations on the same 64-bit numbers, in the same order, as `ranking.Scorer.score` does one by one, so
that scores are equal to the last bit on every engine. `near` is the same formula in 32 bits and, for what occurs in many
sections, with gains in steps of 1/65535, which are kept: it says which sections can be among the best, and only those are
scored exactly.
"""

from collections.abc import Hashable, Sequence
from typing import Final

import numpy as np

from indexer.engines.arrays import Array, runs, spread
from indexer.engines.counted import Counted
from indexer.engines.segments import SegmentData, SegmentView
from indexer.ranking import K1, WEIGHTS, B, Feature, Scorer

_ROUNDED: Final = 1e-5
"""What a gain in 32 bits can be off, of a possible 1: a few operations with a relative error of 6e-8."""
_ADDED: Final = 2.0**-23
"""What each of many additions in 32 bits can be off, of the sum."""
_STEPS: Final = 65535
"""Gains of what occurs in many sections are kept in so many steps."""
_PIECE: Final = 1 << 16
"""Sections whose scores are summed at a time."""
BLOCK: Final = 64
"""Sections that follow each other and have one bound of their near scores."""
_SPARSE: Final = 16
"""Of a feature of more than one section in so many the gains are kept."""


class SectionScorer:
    """Scores sections of one segment with the numbers of one state of the index."""

    def __init__(
        self, view: SegmentView, scorer: Scorer, wanted: Sequence[Feature], counted: Sequence[Counted]
    ) -> None:
        """`counted`: per feature the sections that hold it in their text."""
        self._data = view.data
        self._view = view
        self._scorer = scorer
        self._features = [
            _Counts.of(self._data, feature, counts) for feature, counts in zip(wanted, counted, strict=True)
        ]
        factors = (np.float32((K1 + 1) * idf) for idf in scorer.idfs)
        self._factors = list(zip(self._features, factors, strict=True))
        """The features, and what their gains are multiplied by for near scores."""

    def exact(self, sections: Array) -> Array:
        """The scores of `sections` (ascending numbers)."""
        total = np.zeros(len(sections))
        norms: list[Array] = []
        for feature, idf in zip(self._features, self._scorer.idfs, strict=True):
            if not norms or (feature.named and len(norms) == 1):
                norms, owners = self._exact_norms(sections, named=bool(feature.named))
            weighted = WEIGHTS[0] * feature.text.at(sections) / norms[0]
            if feature.named:  # else nothing is added: zero in each of the others
                held = feature.elsewhere(sections, owners)
                heading, title, agency = (w * n / norm for w, n, norm in zip(WEIGHTS[1:], held, norms[1:], strict=True))
                weighted = (weighted + heading) + (title + agency)
            total += (K1 + 1) * idf * (weighted / (weighted + K1))
        return total

    def _exact_norms(self, sections: Array, *, named: bool) -> tuple[list[Array], Array]:
        """The length norms of text, and if wanted of heading, title and agency, and the reports of the sections."""
        arrays, owners = self._data.arrays, self._data.owner.take(sections)
        lengths = [arrays["section.text_words"].take(sections)]
        if named:
            lengths.append(arrays["section.heading_words"].take(sections))
            lengths += (arrays[f"report.{name}_words"].take(owners) for name in ("title", "agency"))
        averages = self._scorer.averages[: len(lengths)]
        return [
            1 - B + B * n.astype(np.float64) / (mean or 1.0) for n, mean in zip(lengths, averages, strict=True)
        ], owners

    @property
    def slack(self) -> float:
        """The most that a near score can be off: by its gains, and by adding them up in 32 bits."""
        rounded = _ROUNDED + len(self._features) * _ADDED
        return sum(
            (K1 + 1) * idf * (rounded + (0.5 / _STEPS if self._is_dense(feature) else 0))
            for feature, idf in zip(self._features, self._scorer.idfs, strict=True)
        )

    def near(self, sections: Array) -> Array:
        """The scores of `sections` (ascending numbers) in 32 bits."""
        total = np.zeros(len(sections), np.float32)
        for feature, factor in self._factors:
            if self._is_dense(feature):
                total += _scaled(self._steps(feature)[0].take(sections), factor)
            elif feature.text.number:
                total += _gain(self._weights(feature, sections)) * factor
        return total

    def near_of_all(self) -> Array:
        """The near scores of all sections of the segment. Kept gains are added piece by piece, so that a piece of the sum stays
        in the processor's cache."""
        total = np.zeros(self._data.sections, np.float32)
        for feature, factor in self._factors:
            if feature.text.number and not self._is_dense(feature):
                total[feature.text.docs] += _gain(self._weights(feature, feature.text.docs)) * factor
        kept = [(self._steps(feature)[0], factor) for feature, factor in self._factors if self._is_dense(feature)]
        scaled = np.empty(_PIECE, np.float32)
        for start in range(0, len(total), _PIECE):
            piece = total[start : start + _PIECE]
            for steps, factor in kept:
                piece += _scaled(steps[start : start + _PIECE], factor, scaled[: len(piece)])
        return total

    def bounds(self) -> Array:
        """For each block of `BLOCK` sections what no near score in it exceeds. Gains are added up in the same order as for near
        scores, so that rounding makes no bound too low."""
        total = np.zeros(-(-self._data.sections // BLOCK), np.float32)
        for feature, factor in self._factors:
            if self._is_dense(feature):
                total += _scaled(self._steps(feature)[1], factor)
            elif feature.text.number:
                blocks = feature.text.docs // BLOCK
                begins = runs(blocks)
                gains = _gain(self._weights(feature, feature.text.docs)) * factor
                total[blocks[begins]] += np.maximum.reduceat(gains, begins)
        return total

    def _is_dense(self, feature: "_Counts") -> bool:
        """Whether the feature occurs in many sections, or where only looking at all of them tells."""
        return bool(feature.named) or feature.text.number * _SPARSE > self._data.sections

    def _steps(self, feature: "_Counts") -> tuple[Array, Array]:
        """The gains of a feature in all sections, in steps, and the highest of each block of sections."""
        kept = self._view.gains(self._scorer.averages)
        steps, highest = kept.get(feature.key), kept.get((feature.key, BLOCK))
        if steps is None:
            weights = _times(feature.text.every, self._norms[0])
            feature.add_named(weights, self._norms)
            steps = np.rint(_gain(weights) * np.float32(_STEPS)).astype(np.uint16)
            kept.put(feature.key, steps)
        if highest is None:
            highest = np.maximum.reduceat(steps, np.arange(0, len(steps), BLOCK))
            kept.put((feature.key, BLOCK), highest)
        return steps, highest

    def _weights(self, feature: "_Counts", sections: Array) -> Array:
        """The weighted frequencies of a feature that is in texts only."""
        return _times(feature.text.at(sections), self._norms[0].take(sections))

    @property
    def _norms(self) -> list[Array]:
        return self._view.inverse_norms(self._scorer.averages)


class _Counts:
    """Where a feature occurs: in texts by section, and for a word in headings by section, in titles and agencies by report."""

    def __init__(self, data: SegmentData, key: Hashable, text: Counted, named: Sequence[Counted]) -> None:
        self._data = data
        self.key = key
        self.text = text
        self.named = named
        """Heading, title, agency; nothing when it occurs in none of them."""

    @classmethod
    def of(cls, data: SegmentData, feature: Feature, text: Counted) -> "_Counts":
        """The counts of a feature that occurs so often in the texts."""
        key = feature.term, feature.leaf
        if feature.leaf is not None:
            return cls(data, key, text, ())
        named = [data.counted(name, feature.term) for name in ("heading", "title", "agency")]
        return cls(data, key, text, named if any(counts.number for counts in named) else ())

    def elsewhere(self, sections: Array, owners: Array) -> tuple[Array, Array, Array]:
        """How often it occurs in heading, title and agency of `sections`, whose reports are `owners`."""
        if not self.named:
            nothing = np.zeros(len(sections), np.uint8)
            return nothing, nothing, nothing
        heading, title, agency = self.named
        return heading.at(sections), title.at(owners), agency.at(owners)

    def add_named(self, weighted: Array, norms: Sequence[Array]) -> None:
        """Adds, for all sections, what it weighs in heading, title and agency."""
        if not self.named:
            return
        heading = self.named[0]
        if heading.number:
            weighted[heading.docs] += _times(heading.counts, norms[1][heading.docs]) * np.float32(WEIGHTS[1])
        for counts, norm, weight in zip(self.named[1:], norms[2:], WEIGHTS[2:], strict=True):
            if not counts.number:
                continue
            held = _times(counts.counts, norm[counts.docs]) * np.float32(weight)
            if counts.number * 2 > self._data.reports:
                named = np.zeros(self._data.reports, np.float32)
                named[counts.docs] = held
                weighted += named[self._data.owner]
            else:
                sizes = self._data.sizes[counts.docs]
                weighted[spread(self._data.first[counts.docs], sizes)] += np.repeat(held, sizes)


def _times(counts: Array, norms: Array) -> Array:
    made: Array = np.multiply(counts, norms, dtype=np.float32)
    return made


def _scaled(steps: Array, factor: np.float32, out: Array | None = None) -> Array:
    """Gains from steps, times a factor. To convert before multiplying takes half as long as to do both at once."""
    made = np.empty(len(steps), np.float32) if out is None else out
    made[:] = steps
    made *= factor / np.float32(_STEPS)
    return made


def _gain(weighted: Array) -> Array:
    np.divide(weighted, weighted + np.float32(K1), out=weighted)
    return weighted
