"""The addresses of the API. Each takes parameters, calls one function and answers in the shapes of the contract."""

from collections.abc import Sequence
from dataclasses import asdict

from flask import Response, jsonify, make_response, render_template, request

from archive import ReportSummary, StoredReport
from archive.codec import report_to_json
from corpus.cited import canonical_of
from corpus.errors import NotFoundError
from corpus.explain import explain_to_json
from indexer import FILTERS, MAX_LIMIT, parse_request, report_ids, search
from webui.api import api
from webui.api.openapi import description
from webui.context import public_url, site
from webui.freshness import by_generation
from webui.language import t
from webui.params import known_only, search_words, whole_number
from webui.presenters.values import summary_json


@api.get("/v1/search")
@by_generation
def search_api() -> Response:
    """A search (section 3 of the contract)."""
    return jsonify(search(site().engine, parse_request(search_words(request.args))).to_json())


@api.get("/v1/reports")
def reports() -> Response:
    """All reports that match the filters, never a page."""
    known_only(request.args, *FILTERS)
    wanted = search_words(request.args)
    summaries: Sequence[ReportSummary] = tuple(site().archive.summaries())
    if wanted:
        kept = set(report_ids(site().engine, wanted))
        summaries = [s for s in summaries if s.id in kept]
    return jsonify({"total": len(summaries), "reports": [summary_json(s) for s in summaries]})


@api.get("/v1/reports/<report_id>")
def report(report_id: str) -> Response:
    """A report (section 2 of the contract)."""
    stored = _stored(report_id)
    response = jsonify(report_to_json(stored))
    response.headers["Link"] = f'<{public_url(f"/r/{stored.id}/v{stored.version}")}>; rel="cite-as"'
    return response


@api.get("/v1/reports/<report_id>/text")
def text(report_id: str) -> Response:
    """The text of a report; all offsets of the API count its code points."""
    response = make_response(_stored(report_id).report.text)
    response.mimetype = "text/plain"
    return response


@api.get("/v1/reports/<report_id>/explain")
def explain(report_id: str) -> Response:
    """How each figure of a report was read, and which printed figures were not used."""
    stored = _stored(report_id)
    return jsonify({"id": stored.id, "version": stored.version, **explain_to_json(stored.report)})


@api.get("/v1/references")
def references() -> Response:
    """Everything that reports cite by a certain name, most citing reports first."""
    known_only(request.args)
    cited = site().cited.of(site().archive)
    return jsonify({"total": len(cited), "references": [asdict(c) for c in cited]})


@api.get("/v1/references/<path:name>")
def reference(name: str) -> Response:
    """One law or document by its canonical name, or a printed form of it, with places that cite it."""
    known_only(request.args, "article", "limit", "offset")
    archive = site().archive
    canonical = name if archive.cited_sums(name) is not None else canonical_of(name) or name
    sums = archive.cited_sums(canonical)
    if sums is None:
        raise NotFoundError(t("references.unknown", name=name[:80]))
    limit = min(whole_number(request.args, "limit") or 20, MAX_LIMIT)
    article, offset = whole_number(request.args, "article"), _offset()
    total, places = archive.cited_places(canonical, article=article, limit=limit, offset=offset)
    return jsonify(
        {
            "kind": sums.kind,
            "canonical": canonical,
            "reports": sums.reports,
            "reports_by_year": sums.reports_by_year,
            "places_by_article": sums.places_by_article,
            "total": total,
            "places": [{**asdict(p), "permalink": f"/r/{p.report_id}/v{p.version}#c{p.start}-{p.end}"} for p in places],
        }
    )


def _offset() -> int:
    given = request.args.get("offset", "0")
    return 0 if given.strip("0") == "" else whole_number(request.args, "offset") or 0


@api.get("/openapi.json")
def openapi() -> Response:
    """The description of this API for programs."""
    known_only(request.args)
    return jsonify(description(public_url()))


@api.get("/docs")
def docs() -> str:
    """The description of this API for people."""
    known_only(request.args)
    return render_template("api_docs.html", description=description(public_url()))


def _stored(report_id: str) -> StoredReport:
    known_only(request.args, "version")
    return site().archive.report(report_id, whole_number(request.args, "version"))
