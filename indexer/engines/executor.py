"""A plan answered over segments: which sections match, how well, and how many have each facet value.

Works on bitmaps over what `SegmentSource` stores; exact phrases are found by pairs of characters and then looked up in
the folded text itself. Must give what the memory engine gives, to the last digit. Nothing here knows a library.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer import matching
from indexer.engines import bitmaps
from indexer.engines.base import Answer, Found, Plan, sort_key
from indexer.engines.rows import grams
from indexer.engines.segments import SegmentData, SegmentView
from indexer.fields import FACETS, FacetValue, Field, Filters, read_filter, year_criterion
from indexer.matching import comparable
from indexer.query import And, Everything, FieldMatch, Near, Node, Not, Or, Phrase, Prefix, TextLeaf, Word, YearRange
from indexer.ranking import Feature, Frequencies, Scorer


def execute(plan: Plan, views: Sequence[SegmentView]) -> Answer:
    """The answer to `plan` over all segments."""
    evaluations = [Evaluation(view) for view in views]
    matched = [evaluation.matches(plan.tree) for evaluation in evaluations]
    selected = [bits & accepted(plan.filters, view) for bits, view in zip(matched, views, strict=True)]
    facets = {f.name: _facet(f, plan, matched, views) for f in FACETS}
    scores = _scores(plan.features, selected, evaluations)
    hits = [hit for n, view in enumerate(views) for hit in _hits(plan, n, view, selected[n], scores[n])]
    hits.sort(key=lambda hit: hit.key)
    page = hits[plan.offset : plan.offset + plan.limit]
    return Answer(len(hits), tuple(_found(hit, views[hit.segment].data) for hit in page), facets)


def reports_accepted(filters: Filters, view: SegmentView) -> list[str]:
    """The ids of the view's reports with a section that the filters accept."""
    reports = view.reports_of(view.sections & accepted(filters, view))
    return [view.data.report(n).report.id for n in bitmaps.numbers(reports)]


def accepted(filters: Filters, view: SegmentView, skip: str = "") -> int:
    """The sections that all filters but `skip` accept."""
    bits = view.sections
    for name, criteria in filters.criteria.items():
        if name != skip:
            union = 0
            for criterion in criteria:
                union |= view.data.accepted(name, criterion)
            bits &= union
    return bits


class Evaluation:
    """A query over one segment; what was found out about a leaf is kept for ranking."""

    def __init__(self, view: SegmentView) -> None:
        self.view = view
        self._texts: dict[TextLeaf, int] = {}

    def matches(self, tree: Node) -> int:
        """The live sections that `tree` matches."""
        match tree:
            case Not(child):
                return self.view.sections & ~self.matches(child)
            case And(children):
                bits = self.view.sections
                for child in children:
                    bits &= self.matches(child)
                return bits
            case Or(children):
                bits = 0
                for child in children:
                    bits |= self.matches(child)
                return bits
            case _:
                return self.view.sections & self._leaf(tree)

    def _leaf(self, leaf: Node) -> int:
        data = self.view.data
        match leaf:
            case Word() | Prefix():
                return self.in_text(leaf) | _in_titles(leaf, data) | _in_agencies(leaf, data)
            case Phrase() | Near():
                return self.in_text(leaf)
            case FieldMatch("title", text):
                return _in_titles(Word(text), data)
            case FieldMatch("agency", text):
                return _in_agencies(Word(text), data)
            case FieldMatch(name, text):
                return data.accepted(name, read_filter(name, text))
            case YearRange(first, last):
                return data.accepted("year", year_criterion(first, last))
            case _:
                assert isinstance(leaf, Everything)
                return self.view.sections

    def in_text(self, leaf: TextLeaf) -> int:
        """The live sections in whose text `leaf` occurs."""
        if leaf not in self._texts:
            self._texts[leaf] = _in_text(leaf, self.view)
        return self._texts[leaf]

    def counts(self, feature: Feature) -> dict[int, int]:
        """The live sections that hold the feature in their text, and how often."""
        data, leaf = self.view.data, feature.leaf
        if leaf is None:
            return {n: count for n, count in data.source.word(feature.term) if self.view.sections >> n & 1}
        return {n: matching.count(leaf, data.text(n)) for n in bitmaps.numbers(self.in_text(leaf))}


def _in_titles(leaf: Word | Prefix, data: SegmentData) -> int:
    return bitmaps.from_blocks(data.size, (block for title, block in data.titles if matching.occurs(leaf, title)))


def _in_agencies(leaf: Word | Prefix, data: SegmentData) -> int:
    bits = 0
    for agency, mask in data.agencies:
        if matching.occurs(leaf, agency):
            bits |= mask
    return bits


def _in_text(leaf: TextLeaf, view: SegmentView) -> int:
    """The live sections in whose text `leaf` occurs."""
    parts = leaf.parts if isinstance(leaf, Near) else (leaf.text,)
    candidates = view.sections
    for part in parts:
        candidates &= _holding_grams(comparable(part), view.data)
        if not candidates:
            return 0
    if _grams_suffice(leaf):
        return candidates
    texts = ((n, view.data.text(n)) for n in bitmaps.numbers(candidates))
    return bitmaps.from_numbers(view.data.size, (n for n, text in texts if matching.occurs(leaf, text)))


def _grams_suffice(leaf: TextLeaf) -> bool:
    """Whether holding the grams is already holding the leaf: at most one pair, and no borders to look at."""
    if isinstance(leaf, Near):
        return False
    text = comparable(leaf.text)
    return len(text) <= 2 and (isinstance(leaf, Phrase) or not any(c.isascii() for c in text))


def _holding_grams(text: str, data: SegmentData) -> int:
    """The sections that hold every pair of neighbouring characters of `text`; for one character, that character."""
    source = data.source
    if not text:
        return 0
    if len(text) == 1:
        bits = 0
        for gram in source.grams_beginning(text):
            bits |= bitmaps.from_numbers(data.size, source.gram(gram))
        return bits
    pairs = sorted(pair for pair in grams(text) if len(pair) == 2)
    bits = data.sections
    for pair in sorted(pairs, key=source.gram_count):
        bits &= bitmaps.from_numbers(data.size, source.gram(pair))
        if not bits:
            break
    return bits


def _facet(field: Field, plan: Plan, matched: Sequence[int], views: Sequence[SegmentView]) -> dict[FacetValue, int]:
    """How many reports or sections have each value of the field, whatever the field's own filter says."""
    counts: dict[FacetValue, int] = {}
    for bits, view in zip(matched, views, strict=True):
        passing = bits & accepted(plan.filters, view, field.name)
        by_report = plan.group == "report" and field.level == "report"
        units = view.reports_of(passing) if by_report else passing
        for value, documents in view.data.facets[field.name].items():
            having = units & documents
            if plan.group == "report" and not by_report:
                having = view.reports_of(having)
            if having:
                counts[value] = counts.get(value, 0) + having.bit_count()
    return counts


@dataclass(frozen=True, slots=True)
class _Hit:
    key: tuple[int | float | str, ...]
    segment: int
    document: int
    score: float
    more: int


def _hits(plan: Plan, segment: int, view: SegmentView, selected: int, scores: dict[int, float]) -> list[_Hit]:
    """The segment's hits: every selected section, or of every report the best (the first among equals)."""
    data = view.data
    chosen: dict[int, tuple[int, int]] = {}
    for document in bitmaps.numbers(selected):
        unit = data.owner[document] if plan.group == "report" else document
        best, count = chosen.get(unit, (document, 0))
        chosen[unit] = (document if scores[document] > scores[best] else best, count + 1)
    hits = []
    for document, count in chosen.values():
        report, section = data.report(data.owner[document]).report, data.section(document).section
        key = sort_key(plan.sort, report, section, scores[document])
        hits.append(_Hit(key, segment, document, scores[document], count - 1))
    return hits


def _found(hit: _Hit, data: SegmentData) -> Found:
    report, section = data.report(data.owner[hit.document]).report, data.section(hit.document).section
    return Found(report, section, data.original(hit.document), hit.score, hit.more)


def _scores(
    wanted: Sequence[Feature], selected: Sequence[int], evaluations: Sequence[Evaluation]
) -> list[dict[int, float]]:
    """Per segment the score of every selected section."""
    if not wanted:
        return [dict.fromkeys(bitmaps.numbers(bits), 0.0) for bits in selected]
    views = [evaluation.view for evaluation in evaluations]
    counts = [[evaluation.counts(feature) for feature in wanted] for evaluation in evaluations]
    holding = [sum(len(segment[n]) for segment in counts) for n in range(len(wanted))]
    totals = [sum(column) for column in zip(*(view.totals for view in views), strict=True)] or [0, 0, 0, 0]
    scorer = Scorer.of(sum(view.sections.bit_count() for view in views), holding, totals)
    return [
        {n: _score(scorer, wanted, segment, view.data, n) for n in bitmaps.numbers(bits)}
        for segment, bits, view in zip(counts, selected, views, strict=True)
    ]


def _score(
    scorer: Scorer, wanted: Sequence[Feature], counts: Sequence[dict[int, int]], data: SegmentData, document: int
) -> float:
    entry, report = data.section(document), data.report(data.owner[document])
    lengths = (entry.length, len(entry.heading_words), len(report.title_words), len(report.agency_words))
    frequencies: list[Frequencies] = []
    for feature, held in zip(wanted, counts, strict=True):
        if feature.leaf is not None:
            frequencies.append((held.get(document, 0), 0, 0, 0))
            continue
        term = feature.term
        in_names = report.title_words.count(term), report.agency_words.count(term)
        frequencies.append((held.get(document, 0), entry.heading_words.count(term), *in_names))
    return scorer.score(frequencies, lengths)
