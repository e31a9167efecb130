"""Writes down what every place on a page said about who, when and where, and what became of it. Decides nothing.

`identity` weighs the same evidence; this record lets a reader see the sources that agreed, that differed and that were no use.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.model import Region, Statement, StatementUse
from corpus.parse.dates import find_date
from corpus.parse.evidence import (
    AGENCY_LABELS,
    DATE_LABELS,
    TITLE_LABELS,
    Page,
    agency_claims,
    beside_title,
    body_name,
    breadcrumb_claims,
    published,
)
from corpus.parse.region import LEVELS, read_region
from corpus.parse.titles import canonical_name
from corpus.text import squash

_LONGEST = 120
_YEARLY = ("年报", "年度报告")
_COLUMNS = ("columntype", "columnname")


@dataclass(frozen=True, slots=True)
class Decided:
    """What `identity` decided, and from which source each field came."""

    title: str
    agency: str | None
    year: int | None
    published: str | None
    region: Region
    sources: Mapping[str, str]
    codes: tuple[Statement, ...] = ()
    """What the site codes said."""


def testimony(page: Page, period: int | None, decided: Decided) -> tuple[Statement, ...]:
    """Every statement, by field and in the order in which its source counts; each once."""
    found = (
        *_titles(page, decided),
        *_agencies(page, decided),
        *_years(page, period, decided),
        *_dates(page, decided),
        *decided.codes,
        *_site(page, decided),
    )
    return tuple(dict.fromkeys(found))


def _statement(field: str, source: str, value: str, use: StatementUse) -> Statement:
    return Statement(field, source, " ".join(value.split())[:_LONGEST], use)


def _use(field: str, source: str, same: bool, decided: Decided) -> StatementUse:
    if not same:
        return StatementUse.DIFFERS
    return StatementUse.USED if decided.sources.get(field) == source else StatementUse.AGREES


def _titles(page: Page, decided: Decided) -> Iterator[Statement]:
    if page.title is not None:
        yield _statement("title", page.title_source, page.title.parts.title, StatementUse.USED)
    for label in TITLE_LABELS:
        if (value := page.labelled.get(label)) is not None:
            same = bool(decided.title) and squash(decided.title) in squash(value)
            source = "html_title" if label == "title" else label
            yield _statement("title", source, value, _use("title", source, same, decided))


def _agencies(page: Page, decided: Decided) -> Iterator[Statement]:
    if page.title is not None and (printed := page.title.parts.agency_printed):
        yield _agency(page.title_source, printed, decided)
    for claim in (*beside_title(page), *agency_claims(page), *breadcrumb_claims(page)):
        if body_name(claim.value):
            yield _agency(claim.source, claim.value, decided)
    for label in AGENCY_LABELS:
        value = page.labelled.get(label, "")
        if value and not body_name(value):
            yield _statement("agency", label, value, StatementUse.UNUSABLE)


def _agency(source: str, printed: str, decided: Decided) -> Statement:
    name, whole = canonical_name(printed), decided.agency or ""
    same = bool(name) and (whole == name or whole == body_name(printed))
    if not same and name and whole.endswith(name):
        return _statement("agency", source, printed, StatementUse.AGREES)  # the same body by its shorter name
    return _statement("agency", source, printed, _use("agency", source, same, decided))


def _years(page: Page, period: int | None, decided: Decided) -> Iterator[Statement]:
    stated: list[tuple[str, int]] = []
    if page.title is not None and page.title.parts.year:
        stated.append((page.title_source, page.title.parts.year))
    if page.meta_title is not None and page.meta_title.year:
        stated.append((page.meta_title_source, page.meta_title.year))
    if period is not None:
        stated.append(("period", period))
    for source, year in stated:
        yield _statement("year", source, str(year), _use("year", source, year == decided.year, decided))
    if decided.sources.get("year") not in {source for source, _ in stated} and decided.published:
        source = decided.sources.get("year", "")
        if source != "given":
            yield _statement("year", source, decided.published, StatementUse.USED)


def _dates(page: Page, decided: Decided) -> Iterator[Statement]:
    for label in DATE_LABELS:
        if value := page.labelled.get(label):
            found = find_date(value)
            use = _use("published", label, found == decided.published, decided) if found else StatementUse.UNUSABLE
            yield _statement("published", label, value, use)
    if (claim := published(page)) is not None and claim.source == "signature":
        yield _statement("published", claim.source, claim.value, StatementUse.USED)


def _site(page: Page, decided: Decided) -> Iterator[Statement]:
    """The name of the site tells where it is, never who reports; the column tells that the page is a yearly report."""
    if name := page.labelled.get("sitename"):
        region = read_region(canonical_name(name), decided.year).region
        pairs = [(getattr(region, level), getattr(decided.region, level)) for level in LEVELS]
        known = [(said, held) for said, held in pairs if said is not None and held is not None]
        use = StatementUse.AGREES if all(a == b for a, b in known) else StatementUse.DIFFERS
        yield _statement("region", "sitename", name, use if known else StatementUse.UNUSABLE)
    for label in _COLUMNS:
        if value := page.labelled.get(label):
            fits = any(word in value for word in _YEARLY)
            yield _statement("column", label, value, StatementUse.AGREES if fits else StatementUse.UNUSABLE)
