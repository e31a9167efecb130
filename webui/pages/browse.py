"""Ways in without a query: by year, by region, by agency."""

from flask import render_template, request, url_for

from archive.related import related_names
from corpus.bodies import history
from corpus.errors import NotFoundError
from webui.context import site
from webui.language import t
from webui.pages import pages
from webui.params import SearchState, known_only, whole_number
from webui.presenters.results import year_bars
from webui.survey import LEVELS, Survey


def _survey() -> Survey:
    return site().surveys.of(site().archive)


@pages.get("/browse/")
def browse() -> str:
    """Years, and inside the chosen year (or all) the regions with their agencies."""
    known_only(request.args, "year")
    whole, year = _survey(), whole_number(request.args, "year")
    shown = whole.of_year(year) if year is not None else whole
    state = SearchState((("year", str(year)),) if year is not None else ())
    addresses = {y: url_for("pages.browse", year=y) for y in whole.years}
    return render_template(
        "browse.html", survey=shown, year=year, bars=year_bars(whole.years, state), addresses=addresses
    )


@pages.get("/years/<int:year>")
def year(year: int) -> str:
    """All reports for one year, by region."""
    known_only(request.args)
    shown = _found(_survey().of_year(year), t("browse.no_year", year=year))
    found = SearchState((("year", str(year)),))
    return render_template("listing.html", survey=shown, title=t("browse.of_year", year=year), search_url=found.url())


@pages.get("/agencies/<path:name>")
def agency(name: str) -> str:
    """All reports of one agency (of every body of that name), and what is presumed of its earlier and later names."""
    known_only(request.args)
    shown = _found(_survey().of_agency(name), t("browse.no_agency", name=name))
    return render_template(
        "agency.html",
        survey=shown,
        title=name,
        search_url=SearchState((("agency", name),)).url(),
        body_url=SearchState((("body", name),)).url(),
        history=history(name),
        related=related_names(_survey().reports, name),
    )


@pages.get("/regions/<path:place>")
def region(place: str) -> str:
    """All reports of a region, given by code, by name or by names from the top (`浙江省/宁波市`)."""
    known_only(request.args)
    path = tuple(part for part in place.split("/") if part)
    shown = _found(_survey().of_place(path), t("browse.no_region", name=place))
    found = _region_search(shown, path)
    return render_template("listing.html", survey=shown, title=" ".join(path), search_url=found.url())


def _region_search(survey: Survey, path: tuple[str, ...]) -> SearchState:
    """The filters that name the same places as `path` (by the first report there; a code has no filter of its own)."""
    region = survey.reports[0].region
    return SearchState(tuple((level, name) for level in LEVELS if (name := getattr(region, level)) in path))


def _found(survey: Survey, message: str) -> Survey:
    if not survey.reports:
        raise NotFoundError(message)
    return survey
