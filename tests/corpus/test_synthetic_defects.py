"""Planted defects: each breaks what it names, as little else as the form allows, and says exactly what."""

from random import Random

import pytest

from corpus.errors import UsageError
from corpus.model import CellState, Era
from corpus.synthetic import DEFECTS, Place, generate, history, plant, render
from corpus.synthetic.identities import broken

REPORTS = generate(7, 300)
REPORT = next(r for r in REPORTS if r.slug == "tinglan-2023")
QUIET = next(  # nothing carried over: then every sum can be broken alone
    r for r in REPORTS if r.numbers.get("carried_in") == 0 == r.numbers.get("carried_out") and r.numbers["granted"]
)
TABLE_2014 = next(r for r in REPORTS if r.era is Era.STAT_TABLE_2014)


def changed_cells(before, after):
    return [
        Place(t, r, c)
        for t, rows in before.tables.items()
        for r, row in rows.items()
        for c, cell in row.items()
        if after.tables[t][r][c] != cell
    ]


def test_generated_reports_have_no_defect():
    assert [r.slug for r in REPORTS if broken(r) or r.defects] == []


@pytest.mark.parametrize("check", DEFECTS)
def test_every_check_can_be_broken_somewhere(check):
    planted = []
    for number, report in enumerate(REPORTS[:90]):
        try:
            planted.append(plant(report, check, Random(number)))
        except UsageError:
            continue
    assert len(planted) > 5
    assert all(any(d.split(":")[0] == check for d in p.defects) for p in planted)
    alone = [p for p in planted if len(p.defects) == 1]
    if check == "x.carry":  # what one applicant carries in, the total carries in too
        assert all(p.defects[-1] == "x.carry:total" for p in planted)
    else:
        assert len(alone) > len(planted) * 0.7


@pytest.mark.parametrize(
    "check",
    [
        "t3.row_sum:denied.third_party",
        "t3.row_sum:new_received",
        "t3.outcome_sum:natural_person",
        "t3.outcome_sum:total",
        "t3.balance:business",
        "t3.balance:total",
        "t4.block_sum:suit_direct",
        "t2.in_force_lt_issued:normative_docs",
    ],
)
def test_a_named_subject_is_broken_and_nothing_else(check):
    planted = plant(QUIET, check, Random(1))
    assert planted.defects == (check,)
    assert broken(planted) == (check,)


def test_a_broken_row_sum_is_a_wrong_total():
    """Spelled out by hand: the six applicants no longer add up to the total."""
    planted = plant(REPORT, "t3.row_sum:granted", Random(3))
    row = planted.tables["applications"]["granted"]
    assert sum(row[c].value for c in row if c != "total") != row["total"].value
    assert Place("applications", "granted", "total") in changed_cells(REPORT, planted)
    assert len(changed_cells(REPORT, planted)) <= 2


def test_a_balance_is_broken_by_one_figure_and_one_blank():
    planted = plant(REPORT, "t3.balance:natural_person", Random(3))
    places = [Place("applications", "new_received", c) for c in ("natural_person", "total")]
    assert changed_cells(REPORT, planted) == places
    assert planted.cell(places[1]).state is CellState.BLANK


def test_a_misstated_figure_leaves_the_tables_alone():
    planted = plant(REPORT, "n.denied", Random(3))
    assert changed_cells(REPORT, planted) == []
    stated = next(f for f in planted.facts if f.fact == "denied")
    assert stated.value != REPORT.numbers["denied"]
    assert stated.sentence.rstrip("。") in planted.section("overview").text


def test_what_was_carried_in_differs_from_what_was_carried_out():
    before, report = (r for r in history(7, "tinglan") if r.year in (2022, 2023))
    planted = plant(report, "x.carry:natural_person", Random(3))
    assert planted.defects == ("x.carry:natural_person", "x.carry:total")
    carried_in = planted.tables["applications"]["carried_in"]
    carried_out = before.tables["applications"]["carried_out"]
    assert [c for c in carried_in if carried_in[c].value != carried_out[c].value] == ["natural_person", "total"]
    assert broken(planted) == ()


def test_documents_in_force_no_longer_follow():
    before, report = (r for r in history(7, "heting") if r.year in (2022, 2023))
    planted = plant(report, "x.in_force:normative_docs", Random(3))
    row = planted.tables["proactive"]["normative_docs"]
    in_force = before.tables["proactive"]["normative_docs"]["in_force"].value
    assert row["in_force"].value != in_force + row["issued"].value - row["repealed"].value


def test_the_text_follows_a_planted_figure():
    planted = plant(REPORT, "x.carry", Random(3))
    facts = {f.fact: f.value for f in planted.facts}
    assert facts.get("outcome_total", planted.numbers["outcome_total"]) == planted.numbers["outcome_total"]
    assert planted.numbers["outcome_total"] > REPORT.numbers["outcome_total"]


def test_planting_is_repeatable():
    assert plant(REPORT, "t3.row_sum", Random(5)) == plant(REPORT, "t3.row_sum", Random(5))


def test_what_cannot_be_planted_is_said():
    with pytest.raises(UsageError, match=r"No defect is called 't9\.sum'"):
        plant(REPORT, "t9.sum", Random(1))
    with pytest.raises(UsageError, match="cannot be planted in"):
        plant(TABLE_2014, "t3.row_sum", Random(1))
    with pytest.raises(UsageError, match="cannot be planted in"):
        plant(REPORT, "ls.received_sum", Random(1))


@pytest.mark.parametrize("key", ["problems", "other"])
def test_a_section_may_be_missing_or_empty(key):
    without = plant(REPORT, f"s.section_missing:{key}", Random(1))
    assert without.section(key) is None
    assert without.defects == (f"s.section_missing:{key}",)
    assert [s.number for s in without.sections] == [n for n in range(7) if n != {"problems": 5, "other": 6}[key]]
    emptied = plant(REPORT, f"s.section_empty:{key}", Random(1))
    assert emptied.section(key).text == ""
    text = render(emptied, "text_tabs").text
    assert emptied.section(key).heading in text


def test_the_front_may_name_the_wrong_year():
    dated = next(r for r in REPORTS if f"{r.year}年1月1日" in r.sections[0].text)
    planted = plant(dated, "s.year_conflict", Random(1))
    assert f"{dated.year - 1}年1月1日" in planted.sections[0].text
    assert planted.year == dated.year
    undated = next(r for r in REPORTS if "1月1日" not in r.sections[0].text)
    with pytest.raises(UsageError, match="names no period"):
        plant(undated, "s.year_conflict", Random(1))
