"""Addresses for machines that visit the site: health, robots, sitemap, search plug-in."""

from typing import Final

from flask import Response, current_app, render_template, request, url_for

from indexer import report_ids
from webui.context import public_url, site
from webui.pages import pages
from webui.params import known_only, whole_number

_SITEMAP_SIZE: Final = 10_000


def _text(body: str, mimetype: str) -> Response:
    return Response(body, mimetype=mimetype)


@pages.get("/healthz")
def health() -> Response:
    """200 only when catalog and index answer; the error handlers say 503 otherwise."""
    change = site().archive.last_change()
    found = len(report_ids(site().engine, {}))
    return _text(f"ok\nchanges: {change}\nindexed reports: {found}\n", "text/plain")


@pages.get("/robots.txt")
def robots() -> Response:
    """Reports may be read by robots; searches, which are endless, may not."""
    lines = (
        "User-agent: *",
        "Disallow: /search",
        "Disallow: /api/",
        f"Sitemap: {public_url(url_for('pages.sitemap'))}",
    )
    return _text("\n".join(lines) + "\n", "text/plain")


@pages.get("/sitemap.xml")
def sitemap() -> Response:
    """Addresses of all reports, in parts when there are many: without `part` the list of parts."""
    known_only(request.args, "part")
    reports = site().surveys.of(site().archive).reports
    part = whole_number(request.args, "part")
    parts = max(1, -(-len(reports) // _SITEMAP_SIZE))
    if part is None and parts > 1:
        return _text(render_template("sitemap_index.xml", parts=parts, base=public_url()), "application/xml")
    start = ((part or 1) - 1) * _SITEMAP_SIZE
    shown = reports[start : start + _SITEMAP_SIZE]
    return _text(render_template("sitemap.xml", reports=shown, base=public_url()), "application/xml")


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    """The description that lets a browser add this site as a search engine."""
    known_only(request.args)
    body = render_template("opensearch.xml", base=public_url())
    return _text(body, "application/opensearchdescription+xml")


@pages.get("/favicon.ico")
def favicon() -> Response:
    """The picture that browsers ask for unasked."""
    return current_app.send_static_file("favicon.svg")
