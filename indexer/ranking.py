"""How well a section answers a query: BM25F over words, and over the occurrences of phrases, in one formula for all
engines. Ranking never decides what matches; a match without any score is still a match.

A query gives **features**. Every word, phrase, prefix and proximity gives its occurrences in the text. A word also gives
the words of its search-mode cut, counted in text, heading, title and agency, so that a section that uses it as a word comes
before one where its characters only happen to meet. A feature's weighted frequency is the sum over the
fields of `weight × frequency / length norm`; its gain is `idf × (K1 + 1) × f / (f + K1)`; the score is the sum of the gains.
Sums are formed in the order that `Scorer.score` shows, so that every engine comes to the same last digit.
How many sections of the index hold a feature is counted in their text.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from indexer.query import Near, Node, Phrase, Prefix, TextLeaf, Word, sought

SYNONYM: Final = 0.4
"""Found with the judged queries (`tests/indexer/judged.toml`): nDCG@10 0.972 at 0.3 and 0.4, 0.969 at 0.6, 0.966 at 1."""
K1: Final = 1.2
B: Final = 0.75
WEIGHTS: Final = (1.0, 2.0, 2.0, 3.0)
"""Of text, heading, title, agency. First guess: names and headings are short and say what a section is about."""

Frequencies = tuple[int, int, int, int]
"""Of one feature in text, heading, title and agency; also the lengths of these fields in words."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that is counted: a word of the index (`leaf is None`) or the occurrences of a leaf in the text."""

    term: str = ""
    leaf: TextLeaf | None = None
    weight: float = 1.0
    """What its gain is multiplied by: less for synonyms, so that what was typed comes first."""


def features(
    tree: Node, search_words: Callable[[str], Iterable[str]], synonyms: Collection[str] = ()
) -> tuple[Feature, ...]:
    """The features of a segmented query, each once, in a stable order; words that are `synonyms` weigh less."""
    found: dict[Feature, None] = {}
    typed: set[str] = set()
    leaves = sorted(sought(tree), key=lambda leaf: isinstance(leaf, Word) and leaf.text in synonyms)
    for leaf in leaves:
        match leaf:
            case Word(text) if text in synonyms:
                found[Feature(leaf=leaf, weight=SYNONYM)] = None
                words = [word for word in search_words(text) if word not in typed]
                found.update(dict.fromkeys(Feature(term=word, weight=SYNONYM) for word in words))
            case Word(text):
                found[Feature(leaf=leaf)] = None
                words = list(search_words(text))
                typed.update(words)
                found.update(dict.fromkeys(Feature(term=word) for word in words))
            case Prefix() | Phrase() | Near():
                found[Feature(leaf=leaf)] = None
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Scorer:
    """The formula with the numbers of one state of the index."""

    idfs: tuple[float, ...]
    averages: tuple[float, float, float, float]
    """Mean lengths of text, heading, title and agency, in words."""

    @classmethod
    def of(cls, wanted: Iterable[Feature], sections: int, holding: Iterable[int], totals: Sequence[int]) -> "Scorer":
        """`holding`: per feature, in how many of the `sections` it occurs; `totals`: the summed lengths of the fields."""
        idfs = tuple(
            feature.weight * log(1 + (sections - n + 0.5) / (n + 0.5))
            for feature, n in zip(wanted, holding, strict=True)
        )
        text, heading, title, agency = (total / max(sections, 1) for total in totals)
        return cls(idfs, (text, heading, title, agency))

    def score(self, frequencies: Iterable[Frequencies], lengths: Frequencies) -> float:
        """The score of a section from the frequencies of every feature in it."""
        total = 0.0
        norms = [1 - B + B * n / (mean or 1.0) for n, mean in zip(lengths, self.averages, strict=True)]
        for idf, frequency in zip(self.idfs, frequencies, strict=True):
            text, heading, title, agency = (w * n / norm for w, n, norm in zip(WEIGHTS, frequency, norms, strict=True))
            weighted = (text + heading) + (title + agency)
            total += (K1 + 1) * idf * (weighted / (weighted + K1))
        return total
