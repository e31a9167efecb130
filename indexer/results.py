"""SearchRequest → SearchResult: the plan for the engine, and its answer made into hits, facets and JSON.

Nothing here matches or counts: engines do. `SearchResult.to_json()` is section 3 of the contract.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from corpus.model import Report
from indexer.documents import SectionRow, section_text
from indexer.engines.base import Engine, Found
from indexer.fields import FILTERS, FacetValue, Filters
from indexer.highlight import Marker, Piece, places, section_marks, snippet
from indexer.matching import Span
from indexer.planning import plan_for
from indexer.query import to_text
from indexer.request import SearchRequest, check_field, parse_filters
from indexer.segment import Segmenter
from indexer.suggest import suggestion
from indexer.synonyms import expand
from indexer.syntax import Note, parse

MAX_SPANS: Final = 50
"""Spans of one hit; the report page marks all of them."""


class Hit(NamedTuple):
    """One found section, ready to be shown."""

    report_id: str
    version: int
    title: str
    agency: str
    year: int | None
    section: SectionRow
    more: int
    """The report's other matching sections; 0 when sections are counted."""
    permalink: str
    open: str
    """The permalink with the query, so that the page shows the marks."""
    snippet: tuple[Piece, ...]
    spans: tuple[Span, ...]
    """In the report's text."""
    score: float

    def to_json(self) -> dict[str, Any]:
        """The hit as the contract shows it."""
        return {
            "report_id": self.report_id,
            "version": self.version,
            "title": self.title,
            "agency": self.agency,
            "year": self.year,
            "section": {"number": self.section.number, "key": self.section.key, "heading": self.section.heading},
            "more": self.more,
            "permalink": self.permalink,
            "open": self.open,
            "snippet": [{"text": piece.text, "hit": piece.hit} for piece in self.snippet],
            "spans": [list(span) for span in self.spans],
            "score": round(self.score, 4),
        }


class FacetEntry(NamedTuple):
    """How many reports (or sections) have a value; what choosing it would find."""

    value: FacetValue
    label: str
    count: int  # type: ignore[assignment]  # hides the method of tuples


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a request. `total` and all counts count reports or, with `group` section, sections."""

    request: SearchRequest
    interpreted: str
    notes: tuple[Note, ...]
    also_searched: tuple[str, ...]
    """Synonyms that were searched beside what was typed."""
    did_you_mean: str | None
    """A query that finds more, when this one finds next to nothing."""
    total: int
    took_ms: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetEntry, ...]]
    generation: str
    """The state of the index that answered."""

    def to_json(self) -> dict[str, Any]:
        """The answer as the contract shows it."""
        request = self.request
        return {
            "query": {
                "q": request.q,
                "interpreted": self.interpreted,
                "filters": {name: list(values) for name, values in request.filters.given.items()},
                "sort": request.sort,
                "group": request.group,
                "also_searched": list(self.also_searched),
                "did_you_mean": self.did_you_mean,
                "notes": [{"message": note.message, "position": note.position} for note in self.notes],
            },
            "total": self.total,
            "took_ms": self.took_ms,
            "hits": [hit.to_json() for hit in self.hits],
            "facets": {
                name: [{"value": e.value, "label": e.label, "count": e.count} for e in entries]
                for name, entries in self.facets.items()
            },
        }


def search(engine: Engine, request: SearchRequest) -> SearchResult:
    """The answer of `engine`. Raises `QueryError` when the query has too many words, `ArchiveError` without an index."""
    started = perf_counter()
    planned = plan_for(request, engine.segmenter)
    plan = planned.plan
    answer = engine.search(plan)
    instead = suggestion(engine, request, answer.total)
    asked = f"?q={quote(request.q, safe='')}" if request.q else ""
    marker = Marker(plan.tree)
    hits = tuple(_hit(found, marker, asked) for found in answer.found)
    notes = (*request.notes, *(Note(warning) for warning in answer.warnings))
    facets = {name: entries(counts, FILTERS[name].label) for name, counts in answer.facets.items()}
    interpreted = to_text(planned.interpreted)
    took = int((perf_counter() - started) * 1000)
    return SearchResult(
        request, interpreted, notes, planned.added, instead, answer.total, took, hits, facets, answer.generation
    )


def entries(counts: Sequence[tuple[FacetValue, int]], label: Callable[[FacetValue], str]) -> tuple[FacetEntry, ...]:
    """Facet counts with the names of the values."""
    return tuple([FacetEntry(value, label(value), count) for value, count in counts])


def _hit(found: Found, marker: Marker, asked: str) -> Hit:
    spans = marker.marks(found.source.text, found.source.folded)
    where = places(spans[:MAX_SPANS], found.source.paragraphs)
    report = found.report
    anchor = f"s{found.section.number}" + (f"-p{where.paragraphs[0]}" if where.paragraphs else "")
    page = f"/r/{report.id}/v{report.version}"
    return Hit(
        report_id=report.id,
        version=report.version,
        title=report.title,
        agency=report.agency,
        year=report.year,
        section=found.section,
        more=found.more,
        permalink=f"{page}#{anchor}",
        open=f"{page}{asked}#{anchor}",
        snippet=snippet(found.source.text, spans),
        spans=tuple(where.spans[:MAX_SPANS]),
        score=found.score,
    )


def report_ids(engine: Engine, filters: Filters | Mapping[str, Sequence[str]]) -> list[str]:
    """The ids of all reports that the filters accept, in order, never a page. Raises `QueryError` for bad filters."""
    return engine.report_ids(filters if isinstance(filters, Filters) else parse_filters(filters))


def highlight_report(report: Report, q: str, segmenter: Segmenter | None = None) -> list[Span]:
    """The spans in `report.text` of everything in its sections that the query `q` matches, in order."""
    tree, _ = expand(parse(q, check_field).tree, (segmenter or Segmenter()).words)
    return sorted(span for section in report.sections for span in section_marks(tree, section_text(report, section)))
