"""The answer of a search as the page shows it: hits, facets with their choices, chips, pages, the strip of years.

Works on the JSON shape of the contract, so that page, API and command line cannot say different numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from webui.messages import message
from webui.params import SearchState
from webui.presenters.values import facet_value

SHOWN_FACETS: Final = ("year", "reason", "section", "agency", "kind", "province", "city", "county", "era", "issue")
_OPEN_FACETS: Final = ("year", "reason", "section")
_FIRST: Final = 8
_MOST: Final = 200
_FILTERS_WITHOUT_FACET: Final = ("body", "township", "cites", "where")

_STRIP_FROM: Final = 2008
_FORMS: Final[Mapping[int, str]] = {2008: "narrative", 2014: "statistics", 2019: "f2019", 2021: "f2021"}
"""Years from which a new form is in use, marked on the strip of years."""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One value of a facet."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet: the choices shown at once, those behind "more", and how many were left out altogether."""

    name: str
    label: str
    first: tuple[ChoiceView, ...]
    more: tuple[ChoiceView, ...]
    left_out: int
    open: bool

    @property
    def chosen(self) -> int:
        """How many values are chosen."""
        return sum(choice.chosen for choice in (*self.first, *self.more))


@dataclass(frozen=True, slots=True)
class ChipView:
    """A chosen filter and the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class BarView:
    """A year of the strip; `height` is 0–100, at least 4 where there is anything."""

    year: int
    count: int
    height: int
    chosen: bool
    url: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class PageView:
    """A link of the pager; `url` is empty for the current page and for a gap."""

    text: str
    url: str
    current: bool = False


def facet_views(
    facets: Mapping[str, Sequence[Mapping[str, Any]]], state: SearchState, language: str
) -> list[FacetView]:
    """All facets that have values or choices, chosen values first, then by count as the index ordered them."""
    views = (_facet(name, facets.get(name, ()), state.values(name), language) for name in SHOWN_FACETS)
    return [view for view in views if view.first]


def _facet(name: str, values: Sequence[Mapping[str, Any]], chosen: Sequence[str], language: str) -> FacetView:
    choices = [
        ChoiceView(
            str(v["value"]), facet_value(name, v["value"], str(v.get("label", "")), language), int(v["count"]), str(v["value"]) in chosen
        )
        for v in values
    ]  # fmt: skip
    listed = {choice.value for choice in choices}
    missing = [ChoiceView(v, facet_value(name, v, v, language), 0, True) for v in chosen if v not in listed]
    if name == "year":
        choices.sort(key=lambda choice: choice.value, reverse=True)
    ordered = [*missing, *(c for c in choices if c.chosen), *(c for c in choices if not c.chosen)]
    shown = ordered[:_MOST]
    first = max(_FIRST, sum(c.chosen for c in shown))
    return FacetView(
        name=name,
        label=message(f"facet.{name}", language),
        first=tuple(shown[:first]),
        more=tuple(shown[first:]),
        left_out=len(ordered) - len(shown),
        open=name in _OPEN_FACETS or bool(chosen),
    )


def chip_views(state: SearchState, labels: Mapping[tuple[str, str], str], language: str) -> list[ChipView]:
    """A chip for every chosen filter. `labels` knows the labels of values that a facet listed."""
    chips = []
    for name, value in state.pairs:
        if name in SHOWN_FACETS or name in _FILTERS_WITHOUT_FACET:
            shown = labels.get((name, value)) or facet_value(name, value, value, language)
            chips.append(ChipView(message(f"facet.{name}", language), shown, state.without_value(name, value).url()))
    return chips


def hidden_pairs(state: SearchState, facets: Sequence[FacetView]) -> list[tuple[str, str]]:
    """Pairs that the form must carry although no box, list or checkbox on the page shows them."""
    shown = {(f.name, c.value) for f in facets for c in (*f.first, *f.more)}
    own = {"q", "sort", "group", "limit", "offset"}
    return [pair for pair in state.pairs if pair[0] not in own and pair not in shown]


def coins(hit: Mapping[str, Any]) -> str:
    """A hit as a COinS description, by which reference managers offer a whole list of results."""
    return urlencode(
        (
            ("ctx_ver", "Z39.88-2004"),
            ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
            ("rft.genre", "report"),
            ("rft.btitle", hit["title"]),
            ("rft.aucorp", hit["agency"]),
        )
    )


def year_bars(counts: Mapping[int, int], state: SearchState) -> list[BarView]:
    """A bar for every year from 2008 (or the first with reports) to the last; a click adds or removes the year."""
    if not counts:
        return []
    first, last, top = min(_STRIP_FROM, *counts), max(counts), max(1, *counts.values())
    chosen = set(state.values("year"))
    bars = []
    for year in range(max(first, last - 60), last + 1):
        count, text = counts.get(year, 0), str(year)
        toggled = state.without_value("year", text) if text in chosen else state.adding("year", text)
        height = max(4, round(100 * count / top)) if count else 0
        bars.append(BarView(year, count, height, text in chosen, toggled.url(), _FORMS.get(year, "")))
    return bars


def page_views(total: int, per_page: int, here: int, url_of: Callable[[int], str]) -> list[PageView]:
    """Links to the first, last and neighbouring pages (counted from 0); empty when everything is on one page."""
    pages = -(-total // per_page)
    if pages <= 1:
        return []
    here = min(here, pages - 1)
    wanted = sorted({0, pages - 1, *range(max(0, here - 2), min(pages, here + 3))})
    views: list[PageView] = []
    for before, page in zip([-1, *wanted], wanted, strict=False):
        if page - before > 1:
            views.append(PageView("…", ""))
        views.append(PageView(str(page + 1), "" if page == here else url_of(page), current=page == here))
    return views


def result_page_url(page: int, limit: int, state: SearchState, path: str = "/search") -> str:
    """The address of a page of results counted from 0, by the contract's `offset`."""
    return (state.replacing("offset", str(page * limit)) if page else state.without("offset")).url(path)


def numbered_page_url(page: int, state: SearchState, path: str) -> str:
    """The address of a page counted from 0 where addresses count pages from 1 (`?page=2`)."""
    return (state.replacing("page", str(page + 1)) if page else state.without("page")).url(path)
