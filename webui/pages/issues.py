"""The register of discrepancies: what was reported and what follows from the other figures, never overwritten."""

from collections import Counter
from typing import Final

from flask import render_template, request

from corpus.errors import QueryError
from corpus.model import Severity
from webui.context import site
from webui.language import language, t
from webui.pages import pages
from webui.params import SearchState, known_only, search_words, whole_number
from webui.presenters.findings import FindingView, finding_views
from webui.presenters.results import numbered_page_url, page_views

_PER_PAGE: Final = 50
_WORDS: Final = ("issue", "severity", "year", "page")


@pages.get("/issues")
def issues() -> str:
    """All findings, by family of checks, severity and year; a page of them with their reports."""
    known_only(request.args, *_WORDS)
    page = whole_number(request.args, "page") or 1
    severity, year, issue = _severity(), whole_number(request.args, "year"), request.args.get("issue", "")
    listed = [
        (tally, view)
        for tally in site().tallies.of(site().archive)
        if year is None or tally.year == year
        for view in finding_views(tally.findings, language())
        if severity in ("", view.severity)
    ]
    families = Counter(view.family for _, view in listed)
    shown = [pair for pair in listed if not issue or _is(pair[1], issue)]
    state = SearchState.of({k: v for k, v in search_words(request.args).items() if k != "page"})
    offset = (page - 1) * _PER_PAGE
    return render_template(
        "issues.html",
        families=sorted(families.items(), key=lambda item: (-item[1], item[0])),
        shown=shown[offset : offset + _PER_PAGE],
        total=len(shown),
        reports=len({tally.id for tally, _ in shown}),
        issue=issue,
        severity=severity,
        year=year,
        severities=[s.value for s in Severity],
        years=sorted({tally.year for tally in site().tallies.of(site().archive) if tally.year}, reverse=True),
        state=state,
        pager=page_views(len(shown), _PER_PAGE, page - 1, lambda p: numbered_page_url(p, state, "/issues")),
    )


def _is(view: FindingView, issue: str) -> bool:
    return issue in (view.id, view.family)


def _severity() -> str:
    given = request.args.get("severity", "")
    if given and given not in {s.value for s in Severity}:
        raise QueryError(t("error.severity", value=given[:40], known="、".join(Severity)))
    return given
