"""The generator: the same everywhere, complete, and consistent within and across years."""

import csv
import hashlib
import re
from collections import Counter, defaultdict
from importlib.resources import files
from itertools import islice, pairwise

import pytest

from corpus.model import AgencyKind, CellState, Era, Scope
from corpus.synthetic import SyntheticReport, generate, history
from corpus.synthetic.templates import prose
from corpus.synthetic.world import agencies, all_agencies

SEED = 7
REPORTS = generate(SEED, 300)
EVERYTHING = [r for agency in agencies() for r in history(SEED, agency.slug)]

APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")
ALL_COLUMNS = (*APPLICANTS, "total")


def value(report: SyntheticReport, table: str, row: str, column: str) -> int | float | None:
    cell = report.tables[table][row][column]
    return cell.value if cell.state is CellState.NUMBER else None


def amount(report: SyntheticReport, table: str, row: str, column: str) -> int | float:
    return value(report, table, row, column) or 0


def test_reports_of_a_seed_never_change():
    """Pinned on purpose: whoever changes the generator changes every recorded sample and says so by changing this."""
    digest = hashlib.sha256(repr(generate(1, 60)).encode()).hexdigest()
    assert digest[:16] == "03f6c7314d60842a"


def test_a_shorter_list_is_the_beginning_of_a_longer_one():
    assert generate(3, 25) == generate(3, 40)[:25]
    assert generate(3, 25) != generate(4, 25)


def test_three_hundred_reports_show_every_kind_era_and_scope_and_recent_years_are_complete():
    assert {r.era for r in REPORTS} == set(Era)
    assert {r.agency_kind for r in REPORTS} == set(AgencyKind) - {AgencyKind.CENTRAL}
    assert {r.scope for r in REPORTS} == {None, Scope.OWN, Scope.AGGREGATE}
    assert {r.year for r in REPORTS} == set(range(2008, 2026))
    years = Counter(r.year for r in REPORTS)
    assert min(years[y] for y in range(2021, 2026)) >= 40
    assert len({r.slug for r in REPORTS}) == 300


def test_more_reports_than_the_province_has_are_still_distinct():
    reports = generate(1, 1000)
    assert len({r.slug for r in reports}) == 1000
    assert len({(r.agency, r.year) for r in reports}) == 1000


def test_some_reports_follow_another_form_than_their_year():
    late = [r for r in EVERYTHING if r.era is Era.FORMAT_2019 and r.year > 2020]
    mixed = [r for r in EVERYTHING if len(set(r.proactive_forms.values())) > 1]
    assert late and mixed
    assert "made" in mixed[0].tables["proactive"]["rules"]


def test_names_change_with_the_reform_and_the_region_stays():
    renamed = {r.year: r for r in history(SEED, "yuntang-nongye")}
    assert (renamed[2018].agency, renamed[2019].agency) == ("云棠县农业局", "云棠县农业农村局")
    assert renamed[2018].region == renamed[2019].region


def test_identities_of_a_year_hold():
    reports = [r for r in EVERYTHING if "applications" in r.tables]
    assert len(reports) > 250
    for report in reports:
        check_identities_of_a_year(report)


def check_identities_of_a_year(report):
    table = report.tables["applications"]
    inner = [row for row in table if row not in ("new_received", "carried_in", "outcome_total", "carried_out")]
    assert len(table) == (25 if report.era is Era.FORMAT_2021 else 23)
    for row in table:
        if value(report, "applications", row, "total") is not None and any(
            value(report, "applications", row, c) is not None for c in APPLICANTS
        ):
            assert sum(amount(report, "applications", row, c) for c in APPLICANTS) == amount(
                report, "applications", row, "total"
            )
    for column in ALL_COLUMNS:
        if any(value(report, "applications", row, column) is not None for row in inner):
            assert sum(amount(report, "applications", row, column) for row in inner) == amount(
                report, "applications", "outcome_total", column
            )
        before = amount(report, "applications", "new_received", column) + amount(
            report, "applications", "carried_in", column
        )
        after = amount(report, "applications", "outcome_total", column) + amount(
            report, "applications", "carried_out", column
        )
        assert before == after
    for block in ("review", "suit_direct", "suit_after_review"):
        parts = sum(amount(report, "review", block, f) for f in ("upheld", "corrected", "other", "pending"))
        assert parts == amount(report, "review", block, "total")


def test_identities_of_the_2014_table_hold():
    reports = [r for r in EVERYTHING if r.era is Era.STAT_TABLE_2014]
    assert len(reports) > 150
    groups = {
        "stat.received": r"stat\.received\.",
        "stat.closed": r"stat\.closed\.",
        "stat.replies": r"stat\.reply\.",
        "stat.reply.denied": r"stat\.denied\.",
        "stat.review": r"stat\.review\.",
        "stat.suit": r"stat\.suit\.",
        "stat.org.staff": r"stat\.org\.staff_",
    }
    for report in reports:
        counts = {row: cells["count"].value or 0 for row, cells in report.tables["statistics"].items()}
        for total, pattern in groups.items():
            assert counts[total] == sum(v for row, v in counts.items() if re.match(pattern, row)), (report.slug, total)
        assert counts["stat.response.press_leader"] <= counts["stat.response.press"]


def test_what_is_carried_out_is_carried_in_and_what_is_in_force_follows():
    by_agency = defaultdict(list)
    for report in EVERYTHING:
        if report.era in (Era.FORMAT_2019, Era.FORMAT_2021):
            by_agency[report.agency].append(report)
    carried = in_force = 0
    for earlier, later in (pair for reports in by_agency.values() for pair in pairwise(reports)):
        assert later.year == earlier.year + 1
        for column in ALL_COLUMNS:
            out = amount(earlier, "applications", "carried_out", column)
            assert out == amount(later, "applications", "carried_in", column)
            carried += out > 0
        for row in ("rules", "normative_docs"):
            cells = [later.tables["proactive"][row].get(c) for c in ("in_force", "issued", "repealed")]
            cells.append(earlier.tables["proactive"][row].get("in_force"))
            if all(cell and cell.state is CellState.NUMBER for cell in cells):
                now = amount(earlier, "proactive", row, "in_force") + amount(later, "proactive", row, "issued")
                assert amount(later, "proactive", row, "in_force") == now - amount(later, "proactive", row, "repealed")
                in_force += 1
    assert carried > 100 and in_force > 100


@pytest.mark.parametrize("fact", ["new_received", "outcome_total", "carried_in", "carried_out", "granted", "partial"])
def test_sentences_state_what_the_tables_say(fact):
    agreeing = 0
    for report in EVERYTHING:
        for stated in report.facts:
            if stated.fact == fact and "applications" in report.tables:
                row = report.tables["applications"][fact]
                total = row["total"].value
                assert stated.value == (total if total is not None else sum(row[c].value or 0 for c in APPLICANTS))
                agreeing += 1
    assert agreeing > 50


def test_stated_figures_are_printed_in_their_sentence():
    digits = [f for r in REPORTS for f in r.facts if re.search(r"\d", f.sentence) and f.value]
    printed = sum(str(f.value) in f.sentence for f in digits)
    assert len(digits) > 1000
    assert printed / len(digits) > 0.9  # the rest is in Chinese numerals: 十二件


def test_every_fact_and_reference_stands_in_the_text():
    for report in REPORTS:
        text = "\n".join(s.text for s in report.sections)
        assert all(f.sentence.rstrip("。") in text for f in report.facts), report.slug
        assert all(ref.raw in text for ref in report.references), report.slug


def test_sections_of_the_forms_are_complete_and_numbered():
    for report in REPORTS:
        keys = [s.key for s in report.sections]
        assert keys[0] == "front"
        assert [s.number for s in report.sections] == list(range(len(keys)))
        if report.era in (Era.FORMAT_2019, Era.FORMAT_2021):
            assert keys[1:] == ["overview", "proactive", "applications", "remedies", "problems", "other"]
        assert {s.table for s in report.sections if s.table} == set(report.tables)


def test_every_report_says_that_it_is_a_sample():
    assert all("示例文本" in r.sections[0].text for r in EVERYTHING)


def test_there_are_many_different_sentences():
    templates = set()

    def collect(node):
        if isinstance(node, str):
            templates.add(node)
        else:
            for child in node.values() if isinstance(node, dict) else node:
                collect(child)

    for name in ("front", "overview", "applications", "remedies", "problems", "other", "legacy"):
        collect(prose(name))
    sentences = [t for t in templates if len(t) >= 8]
    assert len(sentences) > 250
    text = "".join("\n".join(s.text for s in r.sections) for r in REPORTS)
    used = [t for t in sentences if re.split(r"[{}]", t)[0] in text]
    assert len(used) / len(sentences) > 0.9


@pytest.mark.parametrize(
    "words", ["未出现应公开而不予公开", "商业秘密", "个人隐私", "第三方不同意公开", "补正", "行政复议", "过程性信息"]
)
def test_searches_worth_making_find_something(words):
    assert sum(words in s.text for r in REPORTS for s in r.sections) > 3


def test_scope_is_stated_where_it_is_known_and_only_there():
    for report in REPORTS:
        front = report.sections[0].text
        said = {Scope.AGGREGATE: "汇总" in front and "本级" not in front, Scope.OWN: "本级" in front}
        assert [s for s, yes in said.items() if yes] == ([report.scope] if report.scope else []), report.slug


def test_invented_agencies_without_end_have_distinct_names_and_none_is_in_a_real_place():
    some = list(islice(all_agencies(), 5000))
    assert len({agency.names[0][1] for agency in some}) == 5000
    invented = {level for a in some for level in (a.region.province, a.region.city, a.region.county) if level}
    with files("corpus").joinpath("divisions.csv").open(encoding="utf-8", newline="") as file:
        real = {row["name"] for row in csv.DictReader(file)}
    assert "云棠县" in invented and "长汀县" in real
    assert invented & real == set()
