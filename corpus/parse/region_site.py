"""Compares the region in a name with the code of the site that published the report (网站标识码, first six digits).

It must not replace a printed name: the code confirms it, completes what it leaves open, or contradicts it. Sites carry
dummy codes and portals carry other bodies' reports, so a code fills nothing that lies far above the body.
"""

import re
from dataclasses import dataclass, replace

from corpus import divisions
from corpus.divisions import Division, Level
from corpus.model import Region
from corpus.parse.region import LEVELS, Reading, chain

SITE_CODE = "site_code"


@dataclass(frozen=True, slots=True)
class Compared:
    """The region after the comparison; `conflict` says what the site code means when it contradicts the name."""

    region: Region
    conflict: str | None = None


def compare_with_site(reading: Reading, site_code: str | None, year: int | None) -> Compared:
    """The region of `reading` with the levels that the site's code completes, each marked `site_code`.

    `evidence` gets the code under the key `site_code` when it agrees. Codes that the table of `year` lacks say nothing.
    """
    site = _division(site_code, year)
    if site is None:
        return Compared(reading.region)
    levels = chain(site, year)
    stated = {level: name for level in LEVELS[:3] if (name := getattr(reading.region, level)) is not None}
    if _contradicts(reading, site, levels, stated):
        return Compared(reading.region, f"{site.code} ({''.join(levels.values())})")
    filled = {}
    if _is_near(reading, site, stated):
        lowest = _first_open_level(reading, stated)
        filled = {lv: name for lv, name in levels.items() if lv not in stated and LEVELS.index(lv) < lowest}
    elif not stated:
        return Compared(reading.region)
    evidence = {**reading.region.evidence, SITE_CODE: site.code, **dict.fromkeys(filled, SITE_CODE)}
    region = replace(reading.region, **filled, evidence=evidence)
    return Compared(replace(region, code=region.code or _code(reading, region, site, year)))


def _division(site_code: str | None, year: int | None) -> Division | None:
    digits = re.match(r"[0-9]{6}", site_code or "")
    return divisions.by_code(digits[0], year) if digits and year is not None else None


def _contradicts(reading: Reading, site: Division, levels: dict[str, str], stated: dict[str, str]) -> bool:
    if any(levels[level] != name for level, name in stated.items() if level in levels):
        return True
    return bool(reading.candidates) and not any(_related(candidate, site) for candidate in reading.candidates)


def _related(one: Division, other: Division) -> bool:
    """Whether they are the same or one lies in the other."""
    return one.code == other.code or one.code in _codes_above(other) or other.code in _codes_above(one)


def _codes_above(division: Division) -> set[str]:
    return {above.code for above in divisions.parents(division, division.valid_to or division.valid_from)}


def _is_near(reading: Reading, site: Division, stated: dict[str, str]) -> bool:
    """Whether the site can be the body's own or that of the next level up: 白鹿镇 on the site of a province is not."""
    if reading.candidates:
        return True
    if reading.region.township is not None or not stated:
        return site.level is not Level.PROVINCE
    return LEVELS.index(max(stated, key=LEVELS.index)) - LEVELS.index(site.level.value) <= 1


def _first_open_level(reading: Reading, stated: dict[str, str]) -> int:
    """Index of the level from which on nothing is filled: the lowest stated one, and the county of a zone."""
    if reading.zone:
        return LEVELS.index("county")
    if reading.region.township is not None:
        return LEVELS.index("township")
    return max((LEVELS.index(level) for level in stated), default=len(LEVELS))


def _code(reading: Reading, region: Region, site: Division, year: int | None) -> str | None:
    """The code of the one candidate that the site leaves, or the site's own when it gave the lowest level with a code."""
    if reading.candidates:
        left = [d for d in reading.candidates if _related(d, site) and (year is None or d.valid_in(year))]
        return left[0].code if len(left) == 1 else None
    lowest = max((level for level in LEVELS[:3] if getattr(region, level)), key=LEVELS.index, default=None)
    return site.code if lowest == site.level.value and region.evidence.get(lowest) == SITE_CODE else None
