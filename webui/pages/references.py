"""Who cites what: the list of cited laws and documents, and a page for each with every place that cites it."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from flask import render_template, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from archive import CitedName
from corpus.cited import KINDS, about, canonical_of
from corpus.errors import NotFoundError, QueryError
from corpus.parse.articles import article_name
from corpus.text import squash
from webui.context import site
from webui.language import language, t
from webui.pages import pages
from webui.params import SearchState, known_only, search_words, whole_number
from webui.presenters.citing import citing_views
from webui.presenters.results import numbered_page_url, page_views, year_bars

_PER_LIST: Final = 100
_PER_PAGE: Final = 20
UNRESOLVED: Final = "unresolved"


@pages.get("/references/")
def references() -> str:
    """Everything that reports cite, most citing reports first; `kind` and `name` narrow it down."""
    known_only(request.args, "kind", "name", "page")
    kind, name = _kind(), request.args.get("name", "").strip()
    page = whole_number(request.args, "page") or 1
    cited = site().cited.of(site().archive)
    damaged, places = site().archive.cited_places(None, limit=_PER_PAGE, offset=(page - 1) * _PER_PAGE)
    named = [c for c in cited if _is_called(c, name)]
    shown = [c for c in named if not kind or c.kind == kind]
    per, total = (_PER_PAGE, damaged) if kind == UNRESOLVED else (_PER_LIST, len(shown))
    state = SearchState.of({k: v for k, v in search_words(request.args).items() if k != "page"})
    return render_template(
        "references.html",
        kinds=_kinds(named),
        kind=kind,
        name=name,
        damaged=damaged,
        total=total,
        shown=() if kind == UNRESOLVED else shown[(page - 1) * per : page * per],
        unresolved=list(citing_views(site().archive, places)) if kind == UNRESOLVED else (),
        about=about,
        pager=page_views(total, per, page - 1, lambda p: numbered_page_url(p, state, url_for("pages.references"))),
    )


@pages.get("/references/<path:name>")
def reference(name: str) -> Response | str:
    """One law or document under its canonical name; other printed forms of it lead there."""
    known_only(request.args, "article", "page")
    archive = site().archive
    sums = archive.cited_sums(name)
    if sums is None:
        canonical = canonical_of(name)
        if canonical is not None and canonical != name and archive.cited_sums(canonical) is not None:
            query = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""
            return redirect(url_for("pages.reference", name=canonical) + query, 301)
        raise NotFoundError(t("references.unknown", name=name[:80]), hint=t("references.see_all"))
    article, page = whole_number(request.args, "article"), whole_number(request.args, "page") or 1
    total, places = archive.cited_places(name, article=article, limit=_PER_PAGE, offset=(page - 1) * _PER_PAGE)
    found = SearchState((("cites", name),))
    state = SearchState((("article", str(article)),) if article is not None else ())
    return render_template(
        "reference.html",
        sums=sums,
        known=about(name),
        is_cited=lambda other: archive.cited_sums(other) is not None,
        kind=_kind_label(sums.kind),
        article=article,
        article_name=article_name,
        bars=year_bars(sums.reports_by_year, found),
        addresses={year: found.adding("year", str(year)).url() for year in sums.reports_by_year},
        search_url=found.url(),
        total=total,
        citing=list(citing_views(archive, places)),
        first=(page - 1) * _PER_PAGE + 1,
        pager=page_views(
            total, _PER_PAGE, page - 1,
            lambda p: numbered_page_url(p, state, url_for("pages.reference", name=name)),
        ),
    )  # fmt: skip


def _kind() -> str:
    given = request.args.get("kind", "")
    if given and given not in (*KINDS, UNRESOLVED):
        raise QueryError(t("references.bad_kind", value=given[:40], known="、".join((*KINDS, UNRESOLVED))))
    return given


def _kind_label(kind: str) -> str:
    return KINDS[kind][0 if language() == "zh" else 1]


def _kinds(cited: Sequence[CitedName]) -> list[tuple[str, str, int]]:
    counts = Counter(c.kind for c in cited)
    return [(kind, _kind_label(kind), counts[kind]) for kind in KINDS if counts[kind]]


def _is_called(cited: CitedName, name: str) -> bool:
    """Whether its name, an alias or what is known about it holds `name`, whatever the brackets."""
    known = about(cited.canonical)
    wanted = squash(name)
    return any(wanted in squash(text) for text in (cited.canonical, known.zh, known.en, *known.aliases))
