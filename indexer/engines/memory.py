"""The memory engine: every document looked at, one by one. It defines what a query means and is the oracle of the tests.

Written to be read, not to be fast: no index, no caches, no short cuts. Holds nothing beyond the life of the process.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType, TracebackType
from typing import Self

from indexer import matching
from indexer.documents import IndexDocument
from indexer.engines.base import Answer, Found, Pack, Plan, Rebuild, Writer, sort_key
from indexer.fields import FACETS, FacetValue, Field, Filters, any_accepted, field_values, read_filter, year_criterion
from indexer.fields import FILTERS as FIELDS_BY_NAME
from indexer.query import And, Everything, FieldMatch, Near, Node, Not, Or, Phrase, Prefix, Word, YearRange
from indexer.ranking import Feature, Frequencies, Scorer
from indexer.segment import Segmenter


@dataclass(frozen=True, slots=True)
class _State:
    """The documents of every report, by report id, and the change of the archive they reach to."""

    reports: dict[str, tuple[IndexDocument, ...]] = field(default_factory=dict)
    synced: int = 0
    commits: int = 0

    def documents(self) -> list[IndexDocument]:
        return [document for _, documents in sorted(self.reports.items()) for document in documents]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Documents of reports as they are."""

    ids: tuple[str, ...]
    reports: tuple[tuple[IndexDocument, ...], ...]


def bundle(reports: Sequence[Sequence[IndexDocument]], segmenter: Segmenter) -> Bundle:
    """Packs documents without changing them."""
    return Bundle(tuple(report[0].report.id for report in reports), tuple(map(tuple, reports)))


def matches(tree: Node, document: IndexDocument) -> bool:
    """Whether the section is one that `tree` asks for: the meaning of every node."""
    match tree:
        case Everything():
            return True
        case Word() | Prefix():
            return any(matching.occurs(tree, t) for t in (document.text, document.title, document.agency))
        case Phrase() | Near():
            return matching.occurs(tree, document.text)
        case FieldMatch("title", text):
            return matching.occurs(Word(text), document.title)
        case FieldMatch("agency", text):
            return matching.occurs(Word(text), document.agency)
        case FieldMatch(name, text):
            values = field_values(FIELDS_BY_NAME[name], document.report, document.section, document.figures)
            return any_accepted((read_filter(name, text),), values)
        case YearRange(first, last):
            return any_accepted(
                (year_criterion(first, last),), () if document.report.year is None else (document.report.year,)
            )
        case Not(child):
            return not matches(child, document)
        case And(children):
            return all(matches(child, document) for child in children)
        case Or(children):
            return any(matches(child, document) for child in children)


class MemoryEngine:
    """Keeps documents in a dictionary and looks at all of them for every search."""

    name = "memory"
    warnings: tuple[str, ...] = ()
    made_by: Mapping[str, str] = MappingProxyType({})

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._state = _State()

    @property
    def segmenter(self) -> Segmenter:
        return self._segmenter

    def synced(self) -> int:
        return self._state.synced

    def generation(self) -> str:
        return f"memory-{self._state.commits}"

    def begin(self, wait: float = 60.0) -> Writer:
        return _MemoryWriter(self, self._state)

    def rebuild(self) -> Rebuild:
        return _MemoryRebuild(self)

    def publish_state(self, state: _State) -> None:
        """Makes `state` the one that is searched."""
        self._state = state

    def commits(self) -> int:
        """How often something was committed."""
        return self._state.commits

    def contents(self) -> dict[str, int]:
        return {d.report.id: d.report.version for d in self._state.documents()}

    def terms_like(self, pattern: str) -> dict[str, int]:
        wanted = re.compile(pattern)
        words = Counter(word for d in self._state.documents() for word in set(d.words.text))
        return {word: count for word, count in words.items() if wanted.fullmatch(word)}

    def report_ids(self, filters: Filters) -> list[str]:
        accepted = (d for d in self._state.documents() if filters.accept(d.report, d.section, d.figures))
        return list(dict.fromkeys(d.report.id for d in accepted))

    def search(self, plan: Plan) -> Answer:
        documents = self._state.documents()
        matching_tree = [d for d in documents if matches(plan.tree, d)]
        selected = _passing(matching_tree, plan.filters)
        scores = _scores(plan.features, documents, selected)
        hits = _hits(plan, selected, scores)
        facets = {
            f.name: _facet(f, plan, _passing(matching_tree, plan.filters, f.name))
            for f in FACETS
            if f.name in plan.facets
        }
        return Answer(len(hits), tuple(hits[plan.offset : plan.offset + plan.limit]), facets, self.generation())

    def close(self) -> None:
        self._state = _State()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _passing(documents: Iterable[IndexDocument], filters: Filters, skip: str = "") -> list[IndexDocument]:
    return [d for d in documents if filters.accept(d.report, d.section, d.figures, skip)]


def _hits(plan: Plan, selected: Sequence[IndexDocument], scores: Sequence[float]) -> list[Found]:
    """All hits in order: every section, or of every report the best one (the first among equals)."""
    found = [Found(d.report, d.section, d.source, s, 0) for d, s in zip(selected, scores, strict=True)]
    if plan.group == "report":
        by_report: dict[str, list[Found]] = {}
        for hit in found:
            by_report.setdefault(hit.report.id, []).append(hit)
        found = [_best(hits) for hits in by_report.values()]
    return sorted(found, key=lambda hit: sort_key(plan.sort, hit.report, hit.section, hit.score))


def _best(hits: Sequence[Found]) -> Found:
    best = min(hits, key=lambda hit: (-hit.score, hit.section.ordinal))
    return Found(best.report, best.section, best.source, best.score, len(hits) - 1)


def _facet(facet: Field, plan: Plan, passing: Iterable[IndexDocument]) -> list[tuple[FacetValue, int]]:
    """How many units have each value; a unit counts once for a value."""
    seen: set[tuple[str, int, FacetValue]] = set()
    for document in passing:
        unit = (document.report.id, document.section.ordinal if plan.group == "section" else 0)
        for value in field_values(facet, document.report, document.section, {}):
            assert isinstance(value, str | int)
            seen.add((*unit, facet.group(value)))
    counts = Counter(value for _, _, value in seen)
    return sorted(counts.items(), key=lambda e: (-e[1], facet.label(e[0]), str(e[0])))[: plan.facet_values]


def _scores(
    wanted: Sequence[Feature], documents: Sequence[IndexDocument], selected: Sequence[IndexDocument]
) -> list[float]:
    holding = [sum(1 for d in documents if _frequencies(feature, d)[0]) for feature in wanted]
    lengths = [_lengths(d) for d in documents]
    scorer = Scorer.of(
        wanted, len(documents), holding, [sum(column) for column in zip(*lengths, strict=True)] or (0, 0, 0, 0)
    )
    return [scorer.score([_frequencies(feature, d) for feature in wanted], _lengths(d)) for d in selected]


def _frequencies(feature: Feature, document: IndexDocument) -> Frequencies:
    if feature.leaf is not None:
        return matching.count(feature.leaf, document.text), 0, 0, 0
    words, term = document.words, feature.term
    return words.text.count(term), words.heading.count(term), words.title.count(term), words.agency.count(term)


def _lengths(document: IndexDocument) -> Frequencies:
    words = document.words
    return len(words.text), len(words.heading), len(words.title), len(words.agency)


class _MemoryWriter:
    def __init__(self, target: "MemoryEngine | _MemoryRebuild", state: _State) -> None:
        self._target = target
        self._state = state
        self._reports = dict(state.reports)

    @property
    def synced(self) -> int:
        return self._state.synced

    @property
    def pack(self) -> Pack:
        return bundle

    def replace(self, report_id: str, documents: Sequence[IndexDocument]) -> None:
        self._reports[report_id] = tuple(documents)

    def replace_packed(self, packed: Bundle) -> None:
        self._reports.update(zip(packed.ids, packed.reports, strict=True))

    def delete(self, report_id: str) -> None:
        self._reports.pop(report_id, None)

    def commit(self, synced: int) -> None:
        self._target.publish_state(_State(self._reports, synced, self._state.commits + 1))

    def cancel(self) -> None:
        self._reports = dict(self._state.reports)


class _MemoryRebuild:
    def __init__(self, engine: MemoryEngine) -> None:
        self._engine = engine
        self._state = _State(commits=engine.commits())

    def begin(self, wait: float = 60.0) -> Writer:
        return _MemoryWriter(self, self._state)

    def publish_state(self, state: _State) -> None:
        self._state = state

    def publish(self) -> None:
        self._engine.publish_state(_State(self._state.reports, self._state.synced, self._state.commits + 1))

    def abandon(self) -> None:
        self._state = _State()

    def pause(self) -> None:
        self.abandon()
