"""The page of one report, `/r/ID` (newest) and `/r/ID/vN` (that version for ever), and its stored original."""

from collections import Counter

from flask import Response, make_response, render_template, request, send_file, url_for

from archive import StoredReport
from indexer import highlight_report, parse_request
from webui.context import public_url, site
from webui.language import language
from webui.pages import pages
from webui.params import known_only, whole_number
from webui.presenters.report import citation_views, report_view
from webui.security import ORIGINAL_POLICY
from webui.survey import place_of


@pages.get("/r/<report_id>")
def newest(report_id: str) -> Response:
    """The newest version of a report."""
    known_only(request.args, "q")
    return _page(site().archive.report(report_id))


@pages.get("/r/<report_id>/v<int:version>")
def version(report_id: str, version: int) -> Response:
    """One version of a report."""
    known_only(request.args, "q")
    return _page(site().archive.report(report_id, version))


@pages.get("/r/<report_id>/original")
def original(report_id: str) -> Response:
    """The stored bytes as they were found, as a harmless attachment."""
    known_only(request.args, "version")
    kept = site().archive.original(report_id, whole_number(request.args, "version"))
    response = send_file(
        kept.data_path.resolve(),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=kept.filename,
        etag=kept.sha256,
    )
    response.headers["Content-Security-Policy"] = ORIGINAL_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _page(stored: StoredReport) -> Response:
    query = request.args.get("q", "")
    parse_request({"q": [query]})  # a query that is too long is refused here as everywhere
    spans = highlight_report(stored.report, query, site().engine.segmenter) if query.strip() else []
    view = report_view(stored, spans, language())
    citations = citation_views(stored, public_url(), language())
    address = url_for("pages.version", report_id=stored.id, version=stored.version)
    response = make_response(
        render_template(
            "report.html",
            view=view,
            stored=stored,
            report=stored.report,
            citations=citations,
            query=query,
            address=address,
            places=_places(stored),
            cited=Counter(r.canonical for r in stored.report.references if r.canonical).most_common(),
            public_address=public_url(address),
        )
    )
    response.headers["Link"] = ", ".join(_links(stored, view.newest, view.previous, address))
    return response


def _places(stored: StoredReport) -> list[tuple[str, str]]:
    """The region's names, each with its address from the top."""
    names = place_of(stored.report.region)
    return [(name, "/".join(names[: depth + 1])) for depth, name in enumerate(names)]


def _links(stored: StoredReport, newest_version: int, previous: int | None, address: str) -> list[str]:
    def link(path: str, relation: str) -> str:
        return f'<{public_url(path)}>; rel="{relation}"'

    links = [link(address, "cite-as"), link(url_for("pages.newest", report_id=stored.id), "latest-version")]
    if stored.version != newest_version:
        after = min(v.version for v in stored.versions if v.version > stored.version)
        links.append(link(url_for("pages.version", report_id=stored.id, version=after), "successor-version"))
    if previous is not None:
        links.append(link(url_for("pages.version", report_id=stored.id, version=previous), "predecessor-version"))
    links.append(
        link(url_for("api.report", report_id=stored.id, version=stored.version), "alternate")
        + '; type="application/json"'
    )
    return links
