"""The invented province: its agencies, their names through the years and their web sites. Knows nothing of figures."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

from corpus.model import AgencyKind, Region, Scope
from corpus.synthetic.truth import Site

FIRST_YEAR = 2008
LAST_YEAR = 2025
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)

_WE = (
    ("厅", "我厅"),
    ("局", "我局"),
    ("分局", "我分局"),
    ("海关", "我关"),
    ("管理委员会", "管委会"),
    ("委员会", "我委"),
    ("中心", "本中心"),
    ("街道办事处", "本街道"),
    ("人民政府办公室", "我办"),
    ("人民政府办公厅", "我厅"),
    ("镇人民政府", "我镇"),
    ("乡人民政府", "我乡"),
    ("县人民政府", "我县"),
    ("区人民政府", "我区"),
    ("市人民政府", "我市"),
    ("省人民政府", "我省"),
    ("县", "我县"),
    ("市", "我市"),
    ("区", "我区"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Agency:
    """One invented body. `volume` is its usual number of applications a year around 2022."""

    slug: str
    names: tuple[tuple[int, str], ...]
    kind: AgencyKind
    scope: Scope | None
    volume: int
    region: Region
    site: Site

    def name(self, year: int) -> str | None:
        """What the body was called in `year`; `None` before it existed."""
        current = None
        for first, name in self.names:
            if first <= year:
                current = name
        return current

    def we(self, year: int) -> str:
        """How the body calls itself in a sentence: 我局, 我县 …"""
        name = self.name(year) or self.names[0][1]
        endings = [(ending, we) for ending, we in _WE if name.endswith(ending)]
        return max(endings, key=lambda pair: len(pair[0]))[1] if endings else "本单位"

    @property
    def is_government(self) -> bool:
        """Whether the body issues rules and reports for organs under it."""
        return self.kind is AgencyKind.PEOPLE_GOVERNMENT


@cache
def _data() -> dict[str, Any]:
    text = files("corpus.synthetic").joinpath("world.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def province() -> str:
    """The full name of the invented province."""
    return str(_data()["province"])


@cache
def agencies() -> tuple[Agency, ...]:
    """The agencies of the invented province, those that every sample should show first."""
    sites = {entry["key"]: entry for entry in _data()["site"]}
    return tuple(_agency(entry, sites, number) for number, entry in enumerate(_data()["agency"]))


def _agency(entry: Mapping[str, Any], sites: Mapping[str, Mapping[str, str]], number: int) -> Agency:
    key = entry.get("site") or entry["slug"].split("-")[0]
    site = sites[key]
    return Agency(
        slug=entry["slug"],
        names=tuple((int(first), str(name)) for first, name in entry["names"]),
        kind=AgencyKind(entry["kind"]),
        scope=Scope(entry["scope"]) if "scope" in entry else None,
        volume=entry["volume"],
        region=_region(entry["region"]),
        site=Site(
            site["name"], site["host"], site["code"], f"{site['code'][2:8]}/{2000 + number}-{10211 + 37 * number}"
        ),
    )


def _region(levels: Mapping[str, str]) -> Region:
    return Region(**levels, evidence=dict.fromkeys(levels, "printed"))


def all_agencies() -> Iterator[Agency]:
    """The agencies of the province, then further invented ones without end."""
    yield from agencies()
    yield from map(_further, count())


def _further(number: int) -> Agency:
    """Agency `number` beyond the province: an office of an invented county in an invented city."""
    more = _data()["more"]
    county, which = divmod(number, len(more["offices"]))
    office, office_slug, volume = more["offices"][which]
    city, county = divmod(county, len(_further_names()) - 1)
    county_name, county_slug = _place_name(city + 1 + county)
    city_name, city_slug = _place_name(city)
    levels = {"city": f"{city_name}市", "county": f"{county_name}县"}
    slug = f"{city_slug}-{county_slug}-{office_slug}"
    code = f"98{number % 10**8:08d}"
    site = Site(
        f"{levels['county']}人民政府门户网站",
        f"www.{county_slug}.{city_slug}.example",
        code,
        f"{number:06d}/1-{number:06d}",
    )
    name = f"{levels['city']}{levels['county']}{office}"
    return Agency(slug, ((FIRST_YEAR, name),), AgencyKind.DEPARTMENT, None, volume, _region(levels), site)


def _place_name(number: int) -> tuple[str, str]:
    pinyin = _data()["more"]["pinyin"]
    name = _further_names()[number % len(_further_names())]
    return name, "".join(pinyin[character] for character in name)


@cache
def _further_names() -> tuple[str, ...]:
    more = _data()["more"]
    return tuple(one + two for two in more["second"] for one in more["first"] if one != two)
