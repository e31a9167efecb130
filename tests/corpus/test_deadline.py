"""The statutory date of publication: by kind of body and year; nothing is said where the law or the page says nothing."""

import pytest

from corpus.deadline import late_finding, statutory_date
from corpus.model import AgencyKind, Era, Region, Report


def report(published: str | None, kind: AgencyKind | None = AgencyKind.DEPARTMENT, year: int | None = 2023) -> Report:
    return Report(
        "", "云棠县财政局", "云棠县财政局", kind, year, None, Era.FORMAT_2021, Region(), published, "", (), {}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "year", "last"),
    [
        (AgencyKind.DEPARTMENT, 2023, "2024-01-31"),
        (AgencyKind.CENTRAL, 2019, "2020-01-31"),
        (AgencyKind.DEPARTMENT, 2018, "2019-03-31"),  # the Regulation of 2007 was still in force
        (AgencyKind.PEOPLE_GOVERNMENT, 2023, "2024-03-31"),
        (AgencyKind.GENERAL_OFFICE, 2023, "2024-03-31"),  # it publishes the government's report too
        (None, 2023, "2024-03-31"),
        (AgencyKind.INSTITUTION, 2023, None),
        (AgencyKind.DEPARTMENT, 2007, None),  # the Regulation came into force in 2008
        (AgencyKind.DEPARTMENT, 9999, None),
    ],
)
def test_the_statutory_date(kind: AgencyKind | None, year: int, last: str | None) -> None:
    found = statutory_date(kind, year)
    assert (found.isoformat() if found else None) == last


@pytest.mark.parametrize(
    ("published", "days"),
    [("2024-01-31", None), ("2024-02-01", 1), ("2024-03-02", 31), ("2025-01-31", 366), ("2023-12-30", None),
     (None, None), ("2024-02-30", None)],
)  # fmt: skip
def test_late_is_after_the_last_day(published: str | None, days: int | None) -> None:
    found = late_finding(report(published))
    assert [f.id for f in found] == ([] if days is None else ["d.published_late"])
    if days is not None:
        assert f"（{days} 天）" in found[0].message and "2024-01-31" in found[0].message


def test_without_a_year_nothing_is_late() -> None:
    assert late_finding(report("2024-12-31", year=None)) == ()


def test_the_message_names_the_article_in_force() -> None:
    assert "2007 年《条例》第三十一条" in late_finding(report("2016-04-01", year=2015))[0].message
    assert "2019 年《条例》第四十九条" in late_finding(report("2024-04-01"))[0].message
