"""A page per reason: its figures in the tables by year and agency, and the places where narratives speak of it."""

from collections.abc import Mapping
from typing import Final

from flask import render_template, request

from corpus.errors import NotFoundError
from corpus.vocabulary import GROUP_LABELS, REASON_KEYS, REASONS, Term, label
from webui.context import site
from webui.language import language, t
from webui.pages import pages
from webui.params import SearchState, known_only, whole_number
from webui.passages import CONTEXTS, passages
from webui.presenters.results import numbered_page_url, page_views, year_bars
from webui.presenters.values import reason_group, reason_label
from webui.tally import ReasonSum, by_reason, of_reason

GROUPS: Final = ("denied", "unable", "rejected", "other", "stat.denied")
_PER_PAGE: Final = 20
_AGENCIES: Final = 50


def _group_label(group: str) -> str:
    return t("reasons.legacy_group") if group == "stat.denied" else label(group, "group", language())


def _rows(group: str, sums: Mapping[str, ReasonSum]) -> list[tuple[Term, str, ReasonSum | None]]:
    return [(r, reason_label(r.key, language()), sums.get(r.key)) for r in REASONS if reason_group(r.key) == group]


@pages.get("/reasons/")
def reasons() -> str:
    """All reasons with the reports and cases that state them."""
    known_only(request.args)
    sums = by_reason(site().tallies.of(site().archive))
    groups = [(group, _group_label(group), _rows(group, sums)) for group in GROUPS]
    top = max((s.cases for s in sums.values()), default=0)
    return render_template("reasons.html", groups=groups, top=top)


@pages.get("/reasons/<key>")
def reason(key: str) -> str:
    """One reason, or a group of them (`denied`)."""
    known_only(request.args, "page")
    keys = _keys(key)
    page = whole_number(request.args, "page") or 1
    tallies = site().tallies.of(site().archive)
    years = {int(year): found for year, found in of_reason(tallies, keys, "year").items() if year}
    agencies = sorted(of_reason(tallies, keys, "agency").items(), key=lambda item: (-item[1].cases, str(item[0])))
    found = passages(site().archive, site().engine, key, limit=_PER_PAGE, offset=(page - 1) * _PER_PAGE)
    title = reason_label(key, language()) if key in REASON_KEYS else _group_label(key)
    state = SearchState(tuple(("reason", k) for k in keys))
    return render_template(
        "reason.html",
        key=key,
        title=title,
        group=_group_label(reason_group(key)) if key in REASON_KEYS else "",
        article=next((r.article for r in REASONS if r.key == key), ""),
        years=sorted(years.items(), reverse=True),
        bars=year_bars({year: found.reports for year, found in years.items()}, state),
        agencies=agencies[:_AGENCIES],
        more_agencies=max(0, len(agencies) - _AGENCIES),
        passages=found,
        contexts=CONTEXTS,
        page=page,
        per_page=_PER_PAGE,
        state=state,
        addresses={year: state.adding("year", str(year)).url() for year in years},
        pager=page_views(
            found.sections, _PER_PAGE, page - 1, lambda p: numbered_page_url(p, SearchState(()), f"/reasons/{key}")
        ),
    )


def _keys(key: str) -> tuple[str, ...]:
    if key in GROUP_LABELS and key in GROUPS:
        return tuple(k for k in REASON_KEYS if reason_group(k) == key)
    if key in REASON_KEYS:
        return (key,)
    raise NotFoundError(t("reasons.unknown", key=key[:60]), hint=t("reasons.see_all"))
