"""The same search in other shapes: `/search.json`, `/search.csv` (every hit, never a page), `/search.atom`."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from flask import Response, jsonify, render_template, request, stream_with_context

from indexer import parse_request
from indexer import search as run_search
from webui.context import public_url, site
from webui.freshness import by_generation
from webui.pages import pages
from webui.params import SearchState, search_words

_COLUMNS: Final = (
    "report_id",
    "version",
    "year",
    "agency",
    "title",
    "section",
    "passage",
    "other_sections",
    "permalink",
)
_BATCH: Final = 100
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@pages.get("/search.json")
@by_generation
def results_json() -> Response:
    """The answer as the API gives it."""
    return jsonify(run_search(site().engine, parse_request(search_words(request.args))).to_json())


@pages.get("/search.atom")
def results_atom() -> Response:
    """The newest reports that match, as a feed."""
    words = {**search_words(request.args), "sort": ["year"], "group": ["report"]}
    answer = run_search(site().engine, parse_request(words)).to_json()
    state = SearchState.of(search_words(request.args))
    moments = {r.id: r.archived_at for r in site().surveys.of(site().archive).reports}
    updated = max((moments[h["report_id"]] for h in answer["hits"] if h["report_id"] in moments), default=site().now())
    body = render_template("feed.xml", answer=answer, state=state, base=public_url(), updated=updated, moments=moments)
    return Response(body, mimetype="application/atom+xml")


@pages.get("/search.csv")
def results_csv() -> Response:
    """All hits as a table that spreadsheet programs in China open rightly (UTF-8 with a mark, CRLF)."""
    words = {k: v for k, v in search_words(request.args).items() if k not in ("limit", "offset")}
    first = _batch(words, 0)
    response = Response(stream_with_context(_lines(words, first)), mimetype="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="search.csv"'
    return response


def _batch(words: Mapping[str, Sequence[str]], offset: int) -> dict[str, Any]:
    place = {"limit": [str(_BATCH)], "offset": [str(offset)]}
    return run_search(site().engine, parse_request({**words, **place})).to_json()


def _lines(words: Mapping[str, Sequence[str]], first: Mapping[str, Any]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + _row(_COLUMNS)
    answer, offset = first, 0
    while answer["hits"]:
        for hit in answer["hits"]:
            yield _row(_cells(hit))
        offset += _BATCH
        if offset >= answer["total"]:
            return
        answer = _batch(words, offset)


def _cells(hit: Mapping[str, Any]) -> Sequence[object]:
    passage = "".join(piece["text"] for piece in hit["snippet"])
    place = (hit["section"]["heading"], passage, hit["more"], public_url(hit["permalink"]))
    return (hit["report_id"], hit["version"], hit["year"], hit["agency"], hit["title"], *place)


def _row(cells: Sequence[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([_harmless(str(cell)) for cell in cells])
    return line.getvalue().encode("utf-8")


def _harmless(text: str) -> str:
    """Text that a spreadsheet will not run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
