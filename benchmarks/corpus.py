"""Many index documents from a few parsed reports: their sentences mixed anew, with rare words and numbers, by a seed.

Parsing 50,000 documents would take longer than everything that is measured here. Sentences are segmented and folded once;
a document is put together from them, so that text, folded text and words belong together exactly as `index_documents` makes
them. Every engine gets the same documents.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from benchmarks.reports import place_name
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.synthetic import demo_renderings
from indexer.documents import IndexDocument, Paragraph, SectionText, Stored, Words, index_documents
from indexer.matching import FoldedText, folded
from indexer.segment import Segmenter

SEED = 2030
_BASE = 300
"""Reports that are rendered and parsed."""


@dataclass(frozen=True, slots=True)
class Base:
    """A parsed report as the archive hands it out."""

    id: str
    version: int
    report: object
    findings: tuple[object, ...]


@cache
def base_reports(count: int = _BASE) -> tuple[Stored, ...]:
    """Invented reports, rendered and parsed."""
    parsed = (r for name, made in demo_renderings(SEED, count) for r in parse_document(read_document(made.data, name)))
    return tuple(Base(f"b-{n}", 1, report, report.findings) for n, report in enumerate(parsed))


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    folded: FoldedText
    words: tuple[str, ...]


class Corpus:
    """`documents(n)` gives report number n, always the same."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._made: dict[str, _Sentence] = {}
        self._bases = [index_documents(stored, segmenter) for stored in base_reports()]
        self._pools: dict[str, list[str]] = {}
        for documents in self._bases:
            for document in documents:
                pool = self._pools.setdefault(document.section.key, [])
                pool += [s + "。" for s in document.source.text.replace("\n", "").split("。") if s.strip()]

    def documents(self, number: int) -> list[IndexDocument]:
        """The documents of one report."""
        chance = random.Random(SEED * 1_000_003 + number)
        base = self._bases[number % len(self._bases)]
        place = place_name(chance)
        first = base[0].report
        agency = f"{place}{first.agency[-4:]}" if number >= len(self._bases) else first.agency
        title = f"{agency}{first.year}年政府信息公开工作年度报告"
        row = first._replace(id=f"r-{number:06d}", agency=agency, title=title)
        named = self._sentence(title), self._sentence(agency)
        return [self._varied(document, row, named, chance) for document in base]

    def reports(self, count: int) -> Iterator[list[IndexDocument]]:
        """The first `count` reports."""
        return map(self.documents, range(count))

    def _varied(
        self, document: IndexDocument, row: object, named: tuple[_Sentence, _Sentence], chance: random.Random
    ) -> IndexDocument:
        pool = self._pools.get(document.section.key, [])
        many = document.source.text.count("。")
        chosen = chance.sample(pool, min(many, len(pool)))
        if chosen:
            rare = place_name(chance)
            chosen.insert(chance.randrange(len(chosen) + 1), f"{rare}街道办理{chance.randrange(400)}件。")
        parts = [self._sentence(text) for text in chosen]
        text = "".join(part.text for part in parts)
        title, agency = named
        words = Words(tuple(w for p in parts for w in p.words), document.words.heading, title.words, agency.words)
        source = SectionText(text, (Paragraph(0, len(text), False),))
        return document._replace(
            report=row, source=source, text=_joined(parts), title=title.folded, agency=agency.folded, words=words
        )

    def _sentence(self, text: str) -> _Sentence:
        if text not in self._made:
            words = tuple(self._segmenter.search_words(text))
            self._made[text] = _Sentence(text, folded(text), words)
        return self._made[text]


def _joined(parts: Sequence[_Sentence]) -> FoldedText:
    """The folded texts one after the other; a full stop parts them, so no word runs over a border."""
    breaks: set[int] = set()
    at = 0
    for part in parts:
        breaks.update(at + place for place in part.folded.breaks)
        at += len(part.folded.text)
    return FoldedText("".join(part.folded.text for part in parts), frozenset(breaks))
