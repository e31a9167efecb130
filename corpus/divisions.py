"""Provinces, cities and counties, each valid in its years: looks names and codes up in `divisions.csv`.

It must not guess: a lookup answers with every candidate and leaves the choice to the caller. Townships are not in it.
The table is built by `docs/scripts/build_divisions.py`; sources and licences are in `docs/reference/divisions.md`.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Protocol

FIRST_YEAR = 2007
"""The first year the table knows; before it every lookup is empty."""


class Level(StrEnum):
    """The levels of the table, from high to low."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Division:
    """A division under one code, name and parent, through an unbroken run of years.

    A change counts from the year of its approval on, as in the official code book: a county that became a district in
    2017 has its old name until 2016. `parent` is `None` for a province; a county directly under a province has that
    province as its parent. `valid_to` is `None` while the division exists.
    """

    code: str
    name: str
    short: str
    level: Level
    parent: str | None
    valid_from: int
    valid_to: int | None
    source: str

    def valid_in(self, year: int) -> bool:
        """Whether the table of that year has it; years after the table's last count as the last."""
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True, slots=True)
class _Table:
    by_name: dict[str, tuple[Division, ...]]
    by_short: dict[str, tuple[Division, ...]]
    by_code: dict[str, tuple[Division, ...]]


@cache
def _table() -> _Table:
    names: dict[str, list[Division]] = defaultdict(list)
    shorts: dict[str, list[Division]] = defaultdict(list)
    codes: dict[str, list[Division]] = defaultdict(list)
    levels = {level.value: level for level in Level}
    rows = csv.reader(resources.files("corpus").joinpath("divisions.csv").read_text(encoding="utf-8").splitlines())
    next(rows)
    for code, name, short, level, parent, start, end, source in rows:
        years = int(start), int(end) if end else None
        division = Division(code, name, short, levels[level], parent or None, *years, source)
        names[name].append(division)
        shorts[short].append(division)
        codes[code].append(division)
    return _Table(*({key: tuple(found) for key, found in index.items()} for index in (names, shorts, codes)))


def _choose(
    found: tuple[Division, ...], year: int | None, level: Level | None, within: Division | None
) -> tuple[Division, ...]:
    return tuple(
        division
        for division in found
        if (year is None or division.valid_in(year))
        and (level is None or division.level is level)
        and (within is None or _is_within(division, within))
    )


def _is_within(division: Division, higher: Division) -> bool:
    at = division.valid_from if higher.valid_from <= division.valid_from else higher.valid_from
    return any(parent.code == higher.code for parent in parents(division, at))


class Finder(Protocol):
    """What `lookup`, `lookup_short` and `in_use` have in common."""

    def __call__(
        self, name: str, year: int | None, /, level: Level | None = None, within: Division | None = None
    ) -> tuple[Division, ...]: ...


def lookup(
    name: str, year: int | None, level: Level | None = None, within: Division | None = None
) -> tuple[Division, ...]:
    """Every division of that full name in that year, ordered by code; `year=None` asks for all years.

    `within` keeps those that lie anywhere inside that division.
    """
    return _choose(_table().by_name.get(name, ()), year, level, within)


def lookup_short(
    short: str, year: int | None, level: Level | None = None, within: Division | None = None
) -> tuple[Division, ...]:
    """Like `lookup`, by the name without its suffix (`宁波`, `恩施`, `景宁`)."""
    return _choose(_table().by_short.get(short, ()), year, level, within)


def in_use(
    name: str, year: int | None, level: Level | None = None, within: Division | None = None
) -> tuple[Division, ...]:
    """Every division that a report about `year` can mean by that name.

    A report about a year of change may carry the old name (a change approved in December takes effect in spring) or,
    when only the following table has it, the new one. So a division that ended in `year` is a candidate too, unless the
    same name went on under another code. More than one candidate means: not known.
    """
    valid = lookup(name, year, level, within)
    if year is None:
        return valid
    codes = {division.code for division in valid}
    before = {division.code: division for division in lookup(name, year - 1, level, within)}
    ended = tuple(division for code, division in before.items() if code not in codes)
    if ended and not codes - before.keys():
        return valid + ended
    return valid or lookup(name, year + 1, level, within)


def by_code(code: str, year: int) -> Division | None:
    """The division that had that six-digit code in that year."""
    for division in _table().by_code.get(code, ()):
        if division.valid_in(year):
            return division
    return None


def parents(division: Division, year: int) -> tuple[Division, ...]:
    """The divisions above it in that year, highest first; a year in which it did not exist counts as its nearest own."""
    year = max(division.valid_from, year if division.valid_to is None else min(year, division.valid_to))
    above: list[Division] = []
    code = division.parent
    while code is not None:
        parent = by_code(code, year)
        if parent is None:
            break
        above.insert(0, parent)
        code = parent.parent
    return tuple(above)
