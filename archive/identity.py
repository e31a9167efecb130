"""Which body a report belongs to: compares the evidence of two reports of the same name. Pure; asks no catalog.

A name alone does not name a body (海棠区 exists in more than one city). Evidence is ranked: the levels of the region
first, then the region in the SiteIDCode, then the host. Missing evidence never contradicts anything.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from archive.model import Site
from corpus.model import AgencyKind, CellState, Region, Report, Scope
from corpus.site_codes import is_site_code
from corpus.text import fold_text, squash

_LEVELS = {"province": "省级", "city": "市级", "county": "县级", "township": "乡级"}
_REGIONAL_SITE_CODE = re.compile(r"([1-9][0-9]{5})[0-9]{4}")

_RANK = re.compile(r"(?<=..)(?:地区|自治州|自治县|自治旗|林区|市|州|盟|县|区|旗|镇|乡|街道)$")

_COPY_SHARE = 0.8
"""Share of a text's paragraphs that a copy has in common with it. Copies lose a note or a signature, not a fifth."""
_SHORTEST_PARAGRAPH = 8
"""Folded characters; shorter ones (sub-headings, 无。) are the same in every report."""
_FEWEST_PARAGRAPHS = 3
"""Fewer prove nothing."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells where a body is."""

    region: Region
    kind: AgencyKind | None
    site: Site


class SiteRelation(Enum):
    """How two sites are related, as far as both are known."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


def site_of(url: str | None, code: str | None) -> Site:
    """The site of an address and a SiteIDCode; placeholders of site templates count as nothing."""
    host = None
    if url:
        try:
            host = urlsplit(url).hostname
        except ValueError:
            host = None
    code = (code or "").strip().lower()
    return Site(host.removeprefix("www.") if host else None, code if is_site_code(code) else None)


def relation(a: Site, b: Site) -> SiteRelation:
    """Same when host or code agree; other when what both have differs; else unknown."""
    pairs = [(x, y) for x, y in ((a.host, b.host), (a.code, b.code)) if x is not None and y is not None]
    if not pairs:
        return SiteRelation.UNKNOWN
    return SiteRelation.SAME if any(x == y for x, y in pairs) else SiteRelation.OTHER


def contradiction(a: Evidence, b: Evidence, *, same_year: bool) -> str | None:
    """What proves that two bodies of one name are two, e.g. `市级 昆岚市 / 望州市`; `None` when nothing does.

    Places change over the years: between years a new rank (望州县, 望州区) is no contradiction, and of the codes only
    the province counts.
    """
    for level, label in _LEVELS.items():
        x, y = getattr(a.region, level), getattr(b.region, level)
        if _differ(x, y) and (same_year or _without_rank(x) != _without_rank(y)):
            return f"{label} {x} / {y}"
    if is_pinned(a, b):
        return None
    for name, x, y in (
        ("区划代码", a.region.code, b.region.code),
        ("网站标识码", _site_region(a.site), _site_region(b.site)),
    ):
        if x is not None and y is not None and not _compatible(x, y, same_year):
            return f"{name} {x} / {y}"
    return None


def is_pinned(a: Evidence, b: Evidence) -> bool:
    """Whether what both know (and agree on) leaves no room for a second body of the name.

    Names of prefectural cities are unique in the country, those of counties and districts are not.
    """
    x, y = a.region, b.region
    if any(_differ(getattr(x, level), getattr(y, level)) for level in _LEVELS):
        return False
    if a.kind is AgencyKind.CENTRAL and b.kind is AgencyKind.CENTRAL:
        return True
    if x.code is not None and x.code == y.code:
        return True
    if x.city is not None and y.city is not None:
        return True
    has_county = x.county or y.county or x.township or y.township
    return x.province is not None and y.province is not None and not has_county


def is_elsewhere(a: Evidence, b: Evidence) -> bool:
    """Whether only the sites differ and nothing else says that the body is the same: then the text must decide."""
    return not is_pinned(a, b) and relation(a.site, b.site) is SiteRelation.OTHER


def is_same_text(a: Report, b: Report) -> bool:
    """Whether one is a copy of the other: no figure differs, and most sentences of the shorter stand in the longer.

    Table rows, headings and titles do not count: those of two small bodies are often equal to the last zero.
    """
    if squash(a.text) == squash(b.text):
        return True
    if _figures(a) != _figures(b):
        return False
    shorter, longer = sorted((_paragraphs(a), _paragraphs(b)), key=len)
    return len(shorter) >= _FEWEST_PARAGRAPHS and len(shorter & longer) >= _COPY_SHARE * len(shorter)


def new_report_id(agency: str, scope: Scope | None, year: int, code: str | None, taken: Collection[str]) -> str:
    """An id that is not in `taken`: region code, a digest of agency and scope, year; a counter when that is taken."""
    stem = report_id_stem(agency, scope, year, code)
    number = 2
    report_id = stem
    while report_id in taken:
        report_id = f"{stem}-{number}"
        number += 1
    return report_id


def report_id_stem(agency: str, scope: Scope | None, year: int, code: str | None) -> str:
    """The id that a report gets when no other has it."""
    place = code if code is not None and re.fullmatch(r"[0-9a-z]{2,12}", code) else "cn"
    body = hashlib.sha256(f"{agency}|{scope or ''}".encode()).hexdigest()[:8]
    return f"{place}-{body}-{year}"


def _without_rank(name: str) -> str:
    return _RANK.sub("", name)


def _differ(x: str | None, y: str | None) -> bool:
    return x is not None and y is not None and x != y


def _site_region(site: Site) -> str | None:
    match = _REGIONAL_SITE_CODE.fullmatch(site.code or "")
    return match[1] if match else None


def _compatible(x: str, y: str, same_year: bool) -> bool:
    """Whether one code's region contains the other's (`330200` and `330206`)."""
    if not same_year:
        return x[:2] == y[:2]
    x, y = _significant(x), _significant(y)
    return x.startswith(y) or y.startswith(x)


def _significant(code: str) -> str:
    while code.endswith("00"):
        code = code[:-2]
    return code


def _figures(report: Report) -> dict[tuple[str, str, str], int | float]:
    return {
        (table, row, column): cell.value
        for table, rows in report.tables.items()
        for row, cells in rows.items()
        for column, cell in cells.items()
        if cell.state is CellState.NUMBER and cell.value is not None
    }


def _paragraphs(report: Report) -> set[str]:
    texts = (p.text for section in report.sections if section.key != "front" for p in section.paragraphs)
    return {folded for folded in map(fold_text, texts) if len(folded) >= _SHORTEST_PARAGRAPH}
