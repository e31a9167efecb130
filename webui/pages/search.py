"""The search home `/` and the results `/search`: the whole state is in the address."""

from flask import render_template, request

from indexer import GROUPS, SORTS, parse_request
from indexer import search as run_search
from webui.context import site
from webui.freshness import by_generation
from webui.language import language
from webui.pages import pages
from webui.params import SearchState, known_only, search_words
from webui.presenters.notes import note_view
from webui.presenters.results import chip_views, facet_views, hidden_pairs, page_views, result_page_url, year_bars

EXAMPLES = (
    "不予公开",
    "“没有公开不予公开的信息”",
    "商业秘密 OR 个人隐私",
    "“公开 第三方”~12",
    "行政复议 -维持",
    "title:财政局 结转",
)


@pages.get("/")
def home() -> str:
    """What this is, how much it holds, and the box."""
    known_only(request.args)
    survey = site().surveys.of(site().archive)
    bars = year_bars(survey.years, SearchState(()))
    return render_template("home.html", survey=survey, bars=bars, examples=EXAMPLES, state=SearchState(()))


@pages.get("/search")
@by_generation
def results() -> str:
    """The hits of a search with facets, chips and pages."""
    words = search_words(request.args)
    answer = run_search(site().engine, parse_request(words)).to_json()
    state = SearchState.of(words)
    limit, offset = int(state.values("limit")[0] if state.values("limit") else 20), _offset(state)
    facets = facet_views(answer["facets"], state, language())
    labels = {(f.name, c.value): c.label for f in facets for c in (*f.first, *f.more)}
    years = {int(v["value"]): int(v["count"]) for v in answer["facets"]["year"]}
    total = answer["total"]
    shown = {hit["report_id"] for hit in answer["hits"]}
    return render_template(
        "results.html",
        answer=answer,
        notes=[note_view(note, answer["query"]["q"], language()) for note in answer["query"]["notes"]],
        state=state,
        facets=facets,
        chips=chip_views(state, labels, language()),
        hidden=hidden_pairs(state, facets),
        bars=year_bars(years, state),
        pager=page_views(total, limit, offset // limit, lambda page: result_page_url(page, limit, state)),
        previous=result_page_url(offset // limit - 1, limit, state) if offset >= limit else "",
        following=result_page_url(offset // limit + 1, limit, state) if offset + limit < total else "",
        first=offset + 1,
        sorts=SORTS,
        groups=GROUPS,
        findings={r.id: r.finding_count for r in site().surveys.of(site().archive).reports if r.id in shown},
    )


def _offset(state: SearchState) -> int:
    values = state.values("offset")
    return int(values[0]) if values else 0
