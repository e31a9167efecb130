"""The sections of a selection whose exact scores can be among the best: those whose near scores come up to a border.

Of a few sections all near scores are looked at. Of many only those in blocks whose bound comes up to the border.
"""

from functools import cached_property
from typing import Final, Protocol

import numpy as np

from indexer.engines.arrays import Array, runs, spread
from indexer.engines.scoring import BLOCK, SectionScorer
from indexer.engines.selection import Selection

_COLUMNS: Final = 64
"""Scores whose highest stand for them when the best of many are looked for."""
_MOST: Final = 8
"""When more than one block in so many comes up to a border, the scores of all sections are as quickly found."""
_TRIED: Final = 64
"""Blocks that are looked at first to find a border."""


def best(selection: Selection, scorer: SectionScorer, wanted: int) -> Array:
    """The sections that can be among the `wanted` best."""
    found = _near(selection, scorer)
    return found.above(found.border(wanted) - 2 * scorer.slack)[0]


def best_of_reports(selection: Selection, scorer: SectionScorer, wanted: int) -> Array:
    """Sections of all reports whose best one can be among the `wanted` best."""
    found = _near(selection, scorer)
    return found.above(_border_of_reports(selection, found, wanted) - 2 * scorer.slack)[0]


class _Near(Protocol):
    """The near scores of a selection."""

    def border(self, wanted: int) -> float:
        """A score that at least `wanted` sections reach, near the highest such; zero when there are not so many."""

    def above(self, least: float) -> tuple[Array, Array]:
        """The sections, ascending, whose scores are not below `least`, and these; all for zero and less."""


def _near(selection: Selection, scorer: SectionScorer) -> _Near:
    return _InBlocks(selection, scorer) if selection.dense else _Listed(selection.numbers, scorer)


class _Listed:
    """Of a few sections."""

    def __init__(self, sections: Array, scorer: SectionScorer) -> None:
        self._sections, self._scores = sections, scorer.near(sections)

    def border(self, wanted: int) -> float:
        return _border(self._scores, wanted)

    def above(self, least: float) -> tuple[Array, Array]:
        if least <= 0:
            return self._sections, self._scores
        places = (self._scores >= np.float32(least)).nonzero()[0]
        return self._sections[places], self._scores[places]


class _InBlocks:
    """Of many sections, given by flags."""

    def __init__(self, selection: Selection, scorer: SectionScorer) -> None:
        self._selection = selection
        self._flags = selection.found
        self._scorer = scorer
        self._bounds = scorer.bounds()

    def border(self, wanted: int) -> float:
        tried = max(_TRIED, wanted // BLOCK * 4)
        while tried * _MOST < len(self._bounds):
            blocks = self._bounds.argpartition(-tried)[-tried:]
            blocks.sort()
            found = _border(self._scorer.near(self._inside(blocks)), wanted)
            if found > 0:
                return found
            tried *= 8
        return _border(self._every, wanted)

    def above(self, least: float) -> tuple[Array, Array]:
        if least <= 0:
            sections = self._selection.numbers
            return sections, self._every[sections]
        blocks = (self._bounds >= np.float32(least)).nonzero()[0]
        if len(blocks) * _MOST < len(self._bounds):
            return _Listed(self._inside(blocks), self._scorer).above(least)
        sections = np.flatnonzero(self._every >= np.float32(least))
        return sections, self._every[sections]

    @cached_property
    def _every(self) -> Array:
        """The scores of all sections of the segment, zero for those that are not selected."""
        scores = self._scorer.near_of_all()
        if self._selection.sections < len(scores):
            scores *= self._flags
        return scores

    def _inside(self, blocks: Array) -> Array:
        """The selected sections in ascending blocks."""
        starts = blocks * BLOCK
        sections = spread(starts, np.minimum(BLOCK, len(self._flags) - starts))
        chosen: Array = sections[self._flags.take(sections)]
        return chosen


def _border(scores: Array, wanted: int) -> float:
    """A score that at least `wanted` of the scores reach, near the highest such; zero when there are not so many."""
    if wanted > len(scores):
        return 0.0
    if len(scores) >= _COLUMNS * _COLUMNS and wanted * _COLUMNS <= len(scores):
        highest = scores[: len(scores) // _COLUMNS * _COLUMNS].reshape(_COLUMNS, -1)
        highest = np.maximum.reduce(highest, axis=0)
        if wanted <= len(highest):
            scores = scores[scores >= _nth(highest, wanted)]
    return _nth(scores, wanted)


def _border_of_reports(selection: Selection, near: _Near, wanted: int) -> float:
    """A score that the best sections of at least `wanted` reports reach; zero when there are not so many."""
    needed = wanted
    while needed < selection.sections:
        border = near.border(needed)
        if border <= 0:
            break
        sections, scores = near.above(border)
        begins = runs(selection.data.owner.take(sections))
        if len(begins) >= wanted:
            return _nth(np.maximum.reduceat(scores, begins), wanted)
        needed *= 8
    return 0.0


def _nth(values: Array, n: int) -> float:
    """The n-th highest value."""
    values = values.copy()
    values.partition(len(values) - n)
    return float(values[len(values) - n])
