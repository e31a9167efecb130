"""Says which report a document is: title, body, kind, year, scope, region and date, each with the evidence for it.

It must not repair a name or settle a contradiction: what is printed stands, what disagrees becomes a finding, and what no
evidence states stays `None`. Stages: 1. title; 2. agency; 3. date and year; 4. scope; 5. kind and region; 6. findings.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.model import AgencyKind, Finding, Region, Scope, Severity, Statement, StatementUse
from corpus.parse.agency import kind_of
from corpus.parse.dates import reporting_period
from corpus.parse.evidence import (
    Claim,
    Page,
    agency_claims,
    beside_title,
    body_name,
    breadcrumb_claims,
    published,
    read_page,
)
from corpus.parse.region import read_region
from corpus.parse.region_site import SITE_CODE, Compared, compare_with_site
from corpus.parse.scope import scope_of_preface
from corpus.parse.testimony import Decided, testimony
from corpus.parse.titles import canonical_name
from corpus.site_codes import StatedCode, stated_codes

_PERIOD_WITHIN = 6000
"""How far into the text a statistical period is looked for, in characters: it stands in the preface or section 1."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which report it is. `title` is empty when no title was found; `evidence` names the source of each field."""

    title: str
    agency: str | None
    agency_printed: str | None
    kind: AgencyKind | None
    year: int | None
    scope: Scope | None
    region: Region
    published: str | None
    evidence: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    statements: tuple[Statement, ...] = ()


def identify(
    document_meta: Mapping[str, str],
    front: Sequence[str],
    tail: Sequence[str],
    body_text: str,
    *,
    agency: str | None = None,
    year: int | None = None,
) -> Identity:
    """The identity of a report from the page's metadata, the lines before its first heading, its last lines and its text.

    `agency` and `year` are a person's statement; they win over all evidence.
    """
    page = read_page(document_meta, front, tail)
    body = Claim(agency, "given") if agency else _agency(page)
    name = canonical_name(body.value) if body else None
    date = published(page)
    period = reporting_period("\n".join([*page.front, body_text])[:_PERIOD_WITHIN])
    stated = Claim(str(year), "given") if year is not None else _year(page, period, date)
    number = int(stated.value) if stated else None
    scope = _scope(page)
    kind = kind_of(name) if name else None
    place, codes = _place(page, name, kind, number)
    title = Claim(page.title.parts.title, page.title_source) if page.title else None
    claims = {"title": title, "agency": body, "year": stated, "published": date, "scope": scope}
    sources = {key: claim.source for key, claim in claims.items() if claim}
    decided = Decided(
        title.value if title else "", name, number, date.value if date else None, place.region, sources, codes
    )
    return Identity(
        title=decided.title,
        agency=name,
        agency_printed="".join(body.value.split()) if body else None,
        kind=kind,
        year=number,
        scope=Scope(scope.value) if scope else None,
        region=place.region,
        published=decided.published,
        evidence=sources,
        findings=(*_year_findings(stated, period, date), *_region_findings(name, place)),
        statements=testimony(page, period, decided),
    )


def _agency(page: Page) -> Claim | None:
    """Stage 2: the name in the title, or the longer name around it that ends with it; without one the other sources."""
    claims = list(agency_claims(page))
    if page.title and page.title.parts.agency:
        first = Claim(page.title.parts.agency_printed, page.title_source)
    elif page.meta_title and page.meta_title.agency:
        first = Claim(page.meta_title.agency_printed, page.meta_title_source)
    elif claims:
        first = claims[0]
    else:
        return next(breadcrumb_claims(page), None)
    return _longest_form(first, [*beside_title(page), *claims])


def _longest_form(first: Claim, others: Iterable[Claim]) -> Claim:
    """The first other name that ends with this one and is longer, else this one."""
    short = canonical_name(first.value)
    for other in others:
        name = body_name(other.value)
        if len(name) > len(short) and name.endswith(short):
            return other
    return first


def _year(page: Page, period: int | None, date: Claim | None) -> Claim | None:
    """Stage 3: title, then statistical period, then the year before the publication."""
    if page.title and page.title.parts.year:
        return Claim(str(page.title.parts.year), page.title_source)
    if page.meta_title and page.meta_title.year:
        return Claim(str(page.meta_title.year), page.meta_title_source)
    if period is not None:
        return Claim(str(period), "period")
    return Claim(str(int(date.value[:4]) - 1), date.source) if date else None


def _scope(page: Page) -> Claim | None:
    """Stage 4: what the title says, else what the lines between title and first heading say."""
    if page.title and page.title.parts.scope:
        return Claim(page.title.parts.scope.value, page.title_source)
    found = scope_of_preface(page.front[page.title.end if page.title else 0 :])
    return Claim(found.value, "preface") if found else None


def _place(
    page: Page, name: str | None, kind: AgencyKind | None, year: int | None
) -> tuple[Compared, tuple[Statement, ...]]:
    """Stage 5: the region in the name, compared with the codes of the site unless the body is a central one.

    Of several codes the first one that does not contradict the name counts; templates leave those of other sites behind.
    """
    codes = list(stated_codes(page.labelled))
    if name is None:
        return Compared(Region()), tuple(_code_statement(code, StatementUse.UNUSABLE) for code in codes)
    reading = read_region(name, year)
    if kind is AgencyKind.CENTRAL:
        return Compared(reading.region), tuple(_code_statement(code, _use_for_central(code)) for code in codes)
    compared = [(code, compare_with_site(reading, code.value if code.usable else None, year)) for code in codes]
    chosen = next((found for _, found in compared if found.region.evidence.get(SITE_CODE)), None)
    conflict = next((found for _, found in compared if found.conflict), None)
    place = chosen or conflict or Compared(reading.region)
    return place, tuple(_code_statement(code, _use_of_code(found, place)) for code, found in compared)


def _use_of_code(found: Compared, place: Compared) -> StatementUse:
    if found.conflict:
        return StatementUse.DIFFERS
    if SITE_CODE not in found.region.evidence:
        return StatementUse.UNUSABLE
    levels = (said for key, said in found.region.evidence.items() if key != SITE_CODE)
    return StatementUse.USED if found is place and SITE_CODE in levels else StatementUse.AGREES


def _use_for_central(code: StatedCode) -> StatementUse:
    """Central bodies have codes of their own; they publish on sites of places too, which says nothing."""
    return StatementUse.AGREES if code.usable and code.value.startswith("bm") else StatementUse.UNUSABLE


def _code_statement(code: StatedCode, use: StatementUse) -> Statement:
    return Statement("region", code.label, code.value, use)


def _year_findings(stated: Claim | None, period: int | None, date: Claim | None) -> Iterator[Finding]:
    """Stage 6: another statistical period, or a date before the year that the report is about."""
    if stated is None:
        return
    year = int(stated.value)
    if period is not None and period != year:
        message = f"标题所载年度为{year}年，统计期限为{period}年"
        yield Finding("s.year_conflict", Severity.SOFT, message, expected=year, found=period, where="s0")
    elif date is not None and (dated := int(date.value[:4])) < year:
        message = f"报告年度为{year}年，所载日期却是{date.value}"
        yield Finding("s.year_conflict", Severity.SOFT, message, expected=year, found=dated)


def _region_findings(name: str | None, place: Compared) -> Iterator[Finding]:
    if place.conflict:
        message = f"网站标识码所属区划为{place.conflict}，与机关名称“{name}”不符"
        yield Finding("s.region_conflict", Severity.SOFT, message)
