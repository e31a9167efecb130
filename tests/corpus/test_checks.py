"""Accounting identities: each id broken alone, unknown figures, wording, series, and reports that say nothing wrong."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.checks import check_kind, check_kinds, check_report, check_series
from corpus.errors import UsageError
from corpus.model import (
    Cell,
    CellState,
    Era,
    Finding,
    NarrativeFact,
    Paragraph,
    Region,
    Report,
    Scope,
    Section,
    Severity,
    Table,
)
from corpus.parse.narrative import find_facts
from corpus.parse.references import find_references
from corpus.synthetic import DEFECTS, SyntheticReport, generate, plant
from corpus.vocabulary import (
    APPLICATION_COLUMNS,
    APPLICATION_ROWS,
    PROACTIVE_FORM,
    REVIEW_BLOCKS,
    REVIEW_COLUMNS,
    STATISTICS_ROWS,
    load,
)

Printed = int | float | str
"""A number, or the mark printed instead: empty, `/`, `—`, words, `absent`."""

MARKS = {"": CellState.BLANK, "/": CellState.SLASH, "—": CellState.DASH, "absent": CellState.ABSENT}


def cell(printed: Printed) -> Cell:
    if isinstance(printed, str):
        return Cell(MARKS.get(printed, CellState.TEXT), "" if printed == "absent" else printed)
    return Cell(CellState.NUMBER, str(printed), printed)


def form(era: Era) -> dict[str, dict[str, tuple[str, ...]]]:
    if era is Era.STAT_TABLE_2014:
        return {"statistics": dict.fromkeys(STATISTICS_ROWS, ("count",))}
    return {
        "proactive": dict(PROACTIVE_FORM[era]),
        "applications": dict.fromkeys(APPLICATION_ROWS[era], APPLICATION_COLUMNS),
        "review": dict.fromkeys(REVIEW_BLOCKS, REVIEW_COLUMNS),
    }


def report(
    printed: Mapping[str, Printed] | None = None,
    *,
    era: Era = Era.FORMAT_2021,
    year: int = 2023,
    scope: Scope | None = None,
    fill: Printed = 0,
    facts: tuple[NarrativeFact, ...] = (),
) -> Report:
    """A report of zeros (or of `fill`) with the cells named by path (`applications.granted.total`) printed otherwise."""
    tables: dict[str, dict[str, dict[str, Cell]]] = {
        name: {row: dict.fromkeys(columns, cell(fill)) for row, columns in rows.items()}
        for name, rows in (form(era) if era is not Era.NARRATIVE_2008 else {}).items()
    }
    for path, value in (printed or {}).items():
        table, _, rest = path.partition(".")
        row, column = (rest, "count") if table == "statistics" else rest.rsplit(".", 1)
        assert column in tables[table][row], path
        tables[table][row][column] = cell(value)
    return Report(
        title="昆岚市财政局2023年政府信息公开工作年度报告", agency="昆岚市财政局", agency_printed="昆岚市财政局",
        agency_kind=None, year=year, scope=scope, era=era, region=Region(), published=None, text="", sections=(),
        tables=tables, facts=facts,
    )  # fmt: skip


def summary(finding: Finding) -> tuple[str, float | None, float | None, str | None]:
    return finding.id, finding.expected, finding.found, finding.where


NEW, OUT, TOTAL = "applications.new_received", "applications.outcome_total", "applications.granted"


# One identity at a time -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("era", "printed", "expected"),
    [
        pytest.param(
            Era.FORMAT_2021,
            {"applications.denied.third_party.business": 6, "applications.denied.third_party.total": 5,
             f"{OUT}.business": 6, f"{OUT}.total": 5, "applications.other.misc.total": "", "applications.outcome_total.other": -1,
             "applications.granted.other": -1, "applications.granted.total": "无", "applications.carried_in.business": 6,
             "applications.carried_in.other": -1, "applications.carried_in.total": 5},
            ("t3.row_sum:denied.third_party", 6, 5, "applications.denied.third_party.total"),
            id="row_sum",
        ),
        pytest.param(
            Era.FORMAT_2021,
            {"applications.partial.natural_person": 2, "applications.partial.total": "", f"{NEW}.natural_person": 1,
             f"{OUT}.natural_person": 1, f"{NEW}.total": 1, f"{OUT}.total": "见附件"},
            ("t3.outcome_sum:natural_person", 2, 1, "applications.outcome_total.natural_person"),
            id="outcome_sum",
        ),
        pytest.param(
            Era.FORMAT_2019,
            {"applications.other.research": 2, "applications.other.total": "", f"{OUT}.research": 1, f"{NEW}.research": 1,
             f"{NEW}.total": 1, f"{OUT}.total": "无"},
            ("t3.outcome_sum:research", 2, 1, "applications.outcome_total.research"),
            id="outcome_sum-2019-has-one-row-for-other",
        ),
        pytest.param(
            Era.FORMAT_2021,
            {f"{NEW}.business": 3, f"{NEW}.total": ""},
            ("t3.balance:business", 3, 0, "applications.outcome_total.business"),
            id="balance",
        ),
        pytest.param(
            Era.FORMAT_2021,
            {"review.suit_direct.corrected": 2, "review.suit_direct.total": 1},
            ("t4.block_sum:suit_direct", 2, 1, "review.suit_direct.total"),
            id="block_sum",
        ),
        pytest.param(
            Era.FORMAT_2021,
            {"proactive.normative_docs.issued": 11, "proactive.normative_docs.in_force": 3},
            ("t2.in_force_lt_issued:normative_docs", 11, 3, "proactive.normative_docs.in_force"),
            id="in_force_lt_issued",
        ),
        pytest.param(
            Era.FORMAT_2019,
            {"proactive.rules.newly_published": 2, "proactive.rules.published_total": 1},
            ("t2.in_force_lt_issued:rules", 2, 1, "proactive.rules.published_total"),
            id="in_force_lt_issued-2019",
        ),
        *(
            pytest.param(
                Era.STAT_TABLE_2014,
                {f"statistics.{entry['addends'][-1]}": 2, f"statistics.{entry['total']}": 1}
                | ({"statistics.stat.replies": 1} if entry["total"] == "stat.reply.denied" else {}),
                (entry["id"], 2, 1, f"statistics.{entry['total']}"),
                id=entry["id"],
            )
            for entry in load("checks")["check"]
            if "addends" in entry
        ),
        pytest.param(
            Era.STAT_TABLE_2014,
            {"statistics.stat.response.interview_leader": 3, "statistics.stat.response.interview": 2},
            ("ls.leader_subset", 2, 3, "statistics.stat.response.interview_leader"),
            id="leader_subset",
        ),
    ],
)  # fmt: skip
def test_a_broken_identity_is_found_and_nothing_else(
    era: Era, printed: Mapping[str, Printed], expected: tuple[str, float, float, str]
) -> None:
    findings = check_report(report(printed, era=era))
    assert [summary(f) for f in findings] == [expected]
    kind = check_kind(findings[0].id)
    assert kind is not None and findings[0].severity is kind.strength


@pytest.mark.parametrize("era", Era)
def test_all_zeros_are_in_order(era: Era) -> None:
    assert check_report(report(era=era)) == ()


@pytest.mark.parametrize("fill", ["", "/", "—", "无", "absent"])
@pytest.mark.parametrize("era", Era)
def test_a_form_without_numbers_says_nothing_wrong(era: Era, fill: str) -> None:
    assert check_report(report(era=era, fill=fill)) == ()


# Unknown figures ------------------------------------------------------------------------------------------------------


def row_of(*printed: Printed) -> dict[str, Printed]:
    """The row 予以公开 alone, in a form that states nothing else."""
    return {f"applications.granted.{c}": v for c, v in zip(APPLICATION_COLUMNS, printed, strict=True)}


@pytest.mark.parametrize(
    ("printed", "sums"),
    [
        ((1, 1, 0, 0, 0, 0, 2), None),
        ((1, 1, 0, 0, 0, 0, 3), (2, 3)),
        ((1, "", "/", "—", "", "", 3), (1, 3)),  # not stated counts 0
        (("", "", "", "", "", "", 3), None),  # no addend holds a number
        ((1, 1, 0, 0, 0, 0, ""), None),  # nor does the total
        ((1, 1, 0, 0, 0, 0, "2件左右"), None),
        ((1, "无", 0, 0, 0, 0, 3), None),  # words among the addends
        ((1, "absent", 0, 0, 0, 0, 3), None),
        ((1.0, 1, 0, 0, 0, 0, 2), None),
        ((0.1, 0.2, 0, 0, 0, 0, 0.3), None),  # binary fractions are no mistake of the report
        ((10**15, 1, 0, 0, 0, 0, 10**15), (10**15 + 1, 10**15)),
    ],
)
def test_what_is_not_stated_counts_nothing_and_what_is_unreadable_is_not_added(
    printed: tuple[Printed, ...], sums: tuple[float, float] | None
) -> None:
    findings = check_report(report(row_of(*printed), fill=""))
    assert [(f.expected, f.found) for f in findings if f.id == "t3.row_sum:granted"] == ([sums] if sums else [])


def test_addends_without_a_number_are_named() -> None:
    (finding,) = check_report(report(row_of(1, "", "/", 0, 0, 0, 3), fill=""))
    assert finding.message == (
        "“（一）予以公开”各申请人之和为 1（“商业企业”、“科研机构”未填数字，按 0 计），总计印作 3"
    )


@pytest.mark.parametrize(
    ("new", "carried_in", "total", "carried_out", "found"),
    [
        (5, 1, 4, 2, None),
        (5, 1, 4, 1, (6, 5)),
        (5, "", 4, 1, None),
        (5, "", 4, "", (5, 4)),
        ("", 5, 4, 2, None),  # new ones are not stated
        (5, 1, "", 2, None),
        (5, "无", 4, 2, None),
        (5, 1, 4, "absent", None),
    ],
)
def test_the_balance_needs_both_of_its_main_figures(
    new: Printed, carried_in: Printed, total: Printed, carried_out: Printed, found: tuple[int, int] | None
) -> None:
    rows = {"new_received": new, "carried_in": carried_in, "outcome_total": total, "carried_out": carried_out}
    printed = {f"applications.{row}.legal_service": value for row, value in rows.items()}
    findings = [f for f in check_report(report(printed, fill="")) if f.id == "t3.balance:legal_service"]
    assert [(f.expected, f.found) for f in findings] == ([found] if found else [])


@pytest.mark.parametrize("mark", ["", "/", "无", "absent"])
def test_two_figures_are_compared_only_when_both_are_numbers(mark: str) -> None:
    assert check_report(report({"proactive.rules.issued": 5, "proactive.rules.in_force": mark})) == ()
    printed = {"statistics.stat.response.press_leader": 5, "statistics.stat.response.press": mark}
    assert check_report(report(printed, era=Era.STAT_TABLE_2014)) == ()


# Wording --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "message"),
    [
        (
            {"applications.denied.third_party.business": 6, "applications.denied.third_party.total": 5},
            "“（三）4.保护第三方合法权益”各申请人之和为 6（",
        ),
        (
            {f"{NEW}.total": 388, f"{OUT}.total": 378, "applications.carried_out.total": 9},
            "“总计”一列：新收与上年结转之和为 388（“二、上年结转政府信息公开申请数量”未填数字，按 0 计），办理总计与结转下年度之和为 387",
        ),
        (
            {"applications.granted.natural_person": 105, f"{OUT}.natural_person": 104},
            "“自然人”一列各项办理结果之和为 105（",
        ),
        (
            {"review.review.upheld": 5, "review.review.total": 4},
            "“行政复议”四种结果之和为 5（“结果纠正”、“其他结果”、“尚未审结”未填数字，按 0 计），总计印作 4",
        ),
        (
            {"proactive.normative_docs.issued": 11, "proactive.normative_docs.in_force": 3},
            "“行政规范性文件”现行有效件数印作 3，少于本年制发件数 11",
        ),
    ],
)
def test_the_message_names_figures_and_labels(printed: Mapping[str, Printed], message: str) -> None:
    assert any(f.message.startswith(message) for f in check_report(report(printed, fill="")))


def test_the_message_is_short_where_all_is_stated() -> None:
    printed: dict[str, Printed] = {"applications.denied.third_party.total": 5, f"{OUT}.total": 5, f"{NEW}.total": 5}
    messages = [f.message for f in check_report(report(printed)) if f.id == "t3.row_sum:denied.third_party"]
    assert messages == ["“（三）4.保护第三方合法权益”各申请人之和为 0，总计印作 5"]


# Narrative ------------------------------------------------------------------------------------------------------------


def fact(name: str, value: float, approximate: bool = False) -> NarrativeFact:
    return NarrativeFact(name, value, approximate, 102, 106, "说了数字")


@pytest.mark.parametrize(
    ("name", "value", "printed", "table"),
    [
        ("new_received", 386, {f"{NEW}.total": 385}, 385),
        ("new_received", 3, {f"{NEW}.total": "", f"{NEW}.natural_person": 1, f"{NEW}.business": 1}, 2),
        ("denied", 3, {"applications.denied.third_party.total": 1, "applications.denied.process_info.total": 1}, 2),
        ("other", 3, {"applications.other.misc.total": 2}, 2),
        ("natural_person", 3, {f"{NEW}.natural_person": 2}, 2),
        ("organisations", 3, {f"{NEW}.business": 1, f"{NEW}.other": 1}, 2),
        ("review_total", 0, {"review.review.total": 5}, 5),
        ("suit_total", 3, {"review.suit_direct.total": 2}, 2),
        ("normative_issued", 3, {"proactive.normative_docs.issued": 2}, 2),
        ("normative_repealed", 3, {"proactive.normative_docs.repealed": 2}, 2),
    ],
)
def test_a_sentence_that_differs_from_the_table_is_found(
    name: str, value: float, printed: Mapping[str, Printed], table: float
) -> None:
    wrong = report(printed, fill="", facts=(fact(name, value),))
    found = [f for f in check_report(wrong) if f.id.startswith("n.")]
    assert [summary(f) for f in found] == [(f"n.{name}", table, value, "c102-106")]
    assert found[0].severity is Severity.SOFT
    right = replace(wrong, facts=(fact(name, table),))
    assert [f for f in check_report(right) if f.id.startswith("n.")] == []


@pytest.mark.parametrize(
    ("facts", "printed"),
    [
        ((fact("new_received", 300, approximate=True),), {f"{NEW}.total": 386}),
        ((fact("new_received", 300),), {f"{NEW}.total": "/"}),  # the table does not state it
        ((fact("received_total", 300),), {f"{NEW}.total": 386}),
        ((fact("suit_total", 1),), {}),
        ((fact("denied", 1),), {}),
        ((fact("organisations", 1),), {f"{NEW}.business": 3, f"{NEW}.research": "无"}),
    ],
)
def test_no_check_of_what_is_approximate_or_not_stated(
    facts: tuple[NarrativeFact, ...], printed: Mapping[str, Printed]
) -> None:
    assert [f for f in check_report(report(printed, fill="", facts=facts)) if f.id.startswith("n.")] == []


def test_facts_beside_the_table_of_2014_are_checked_under_their_own_keys() -> None:
    stated = report({"statistics.stat.complaints": 1}, era=Era.STAT_TABLE_2014, facts=(fact("stat.received", 4),))
    assert [summary(f) for f in check_report(stated)] == [("n.stat.received", 0, 4, "c102-106")]


# Series ---------------------------------------------------------------------------------------------------------------


def test_what_was_carried_over_must_arrive() -> None:
    earlier = report({"applications.carried_out.total": 10, "applications.carried_out.business": 3}, year=2022)
    later = report({"applications.carried_in.total": 9, "applications.carried_in.business": 3}, year=2023)
    findings = check_series(earlier, later)
    assert [summary(f) for f in findings] == [("x.carry:total", 10, 9, "applications.carried_in.total")]
    assert findings[0].message == "2022 年报告“总计”结转下年度 10，2023 年报告上年结转印作 9"
    assert findings[0].severity is Severity.SOFT


def test_documents_in_force_follow_from_the_year_before() -> None:
    earlier = report({"proactive.normative_docs.in_force": 100}, year=2022)
    printed = {"issued": 11, "repealed": 4, "in_force": 130}
    later = report({f"proactive.normative_docs.{k}": v for k, v in printed.items()})
    assert [summary(f) for f in check_series(earlier, later)] == [
        ("x.in_force:normative_docs", 107, 130, "proactive.normative_docs.in_force")
    ]
    right = report({f"proactive.normative_docs.{k}": v for k, v in {**printed, "in_force": 107}.items()})
    assert check_series(earlier, right) == ()


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (report({"applications.carried_out.total": 1}, year=2021), report(year=2023)),
        (report({"applications.carried_out.total": 1}, year=2023), report(year=2022)),
        (report({"applications.carried_out.total": 1}, year=2022, scope=Scope.OWN), report(year=2023)),
        (report({"applications.carried_out.total": 1}, year=2022), report(year=2023, fill="")),
        (report(year=2022, fill=""), report({"applications.carried_in.total": 1}, year=2023, fill="/")),
        (report(year=2018, era=Era.STAT_TABLE_2014), report({"applications.carried_in.total": 1}, year=2019)),
        (report({"proactive.rules.published_total": 5}, year=2020, era=Era.FORMAT_2019), report(year=2021)),
    ],
    ids=["gap", "backwards", "scope", "blank", "slash", "other-form", "stock-of-another-form"],
)
def test_reports_that_cannot_be_compared_say_nothing(earlier: Report, later: Report) -> None:
    assert check_series(earlier, later) == ()


# The vocabulary -------------------------------------------------------------------------------------------------------


def test_every_check_is_described() -> None:
    kinds = check_kinds()
    assert set(kinds) == {
        "t2.in_force_lt_issued", "t3.row_sum", "t3.outcome_sum", "t3.balance", "t4.block_sum", "x.carry", "x.in_force", "n",
        "ls.received_sum", "ls.closed_sum", "ls.replies_sum", "ls.denied_sum", "ls.review_sum", "ls.suit_sum", "ls.staff_sum",
        "ls.leader_subset",
    }  # fmt: skip
    for kind in kinds.values():
        assert kind.id.split(".")[0] == kind.family
        assert all((kind.label, kind.label_en, kind.formula, kind.explanation, kind.example))


@pytest.mark.parametrize("id", ["p.unknown_label", "s.section_missing", "t3.unknown:total", ""])
def test_other_findings_belong_to_no_check(id: str) -> None:
    assert check_kind(id) is None


def test_rows_of_the_2014_sums_exist() -> None:
    for entry in load("checks")["check"]:
        rows = [entry["total"], *entry["addends"]] if "addends" in entry else []
        rows += [row for pair in entry.get("pairs", ()) for row in pair]
        assert set(rows) <= set(STATISTICS_ROWS)


# Invented reports: an independent generator knows what is wrong with them ---------------------------------------------


def read_truth(truth: SyntheticReport) -> Report:
    """The report that a flawless reader would make of the truth; sentences and citations are read here."""
    text = ""
    sections = []
    for section in truth.sections:
        start = len(text)
        text += f"{section.heading}\n"
        paragraphs = []
        for line in section.paragraphs:
            paragraphs.append(Paragraph(len(text), len(text) + len(line), line))
            text += f"{line}\n"
        sections.append(Section(section.number, section.key, section.heading, start, len(text), tuple(paragraphs)))
    tables: dict[str, Table] = {
        name: {r: {c: Cell(t.state, t.raw, t.value) for c, t in row.items()} for r, row in table.items()}
        for name, table in truth.tables.items()
    }
    return Report(
        title=truth.title, agency=truth.agency, agency_printed=truth.agency_printed, agency_kind=truth.agency_kind,
        year=truth.year, scope=truth.scope, era=truth.era, region=truth.region, published=truth.published, text=text,
        sections=tuple(sections), tables=tables, facts=find_facts(sections, tables, truth.era, truth.year),
        references=find_references(text),
    )  # fmt: skip


REPORTS = generate(17, 120)


def test_invented_reports_state_their_facts_and_have_nothing_wrong() -> None:
    for truth in REPORTS:
        reading = read_truth(truth)
        assert {(f.fact, f.value) for f in truth.facts} <= {(f.fact, f.value) for f in reading.facts}, truth.slug
        assert check_report(reading) == (), truth.slug
        cited = {(r.kind, r.canonical) for r in reading.references}
        assert {(r.kind, r.canonical) for r in truth.references if r.canonical} <= cited, truth.slug


@pytest.mark.parametrize("check", [c for c in DEFECTS if not c.startswith("x.")])
def test_a_planted_defect_is_found_and_nothing_else(check: str) -> None:
    planted = 0
    for number, truth in enumerate(REPORTS):
        try:
            defect = plant(truth, check, Random(number))
        except UsageError:
            continue
        found = {f.id for f in check_report(read_truth(defect))}
        assert found == {d for d in defect.defects if not d.startswith("x.")}, truth.slug
        planted += 1
        if planted == 4:
            return
    assert planted > 0


# Property -------------------------------------------------------------------------------------------------------------

PRINTED = st.one_of(st.integers(0, 3), st.sampled_from(["", "/", "—", "无", "absent"]))


@settings(max_examples=100, deadline=None)
@given(st.lists(PRINTED, min_size=7, max_size=7))
def test_a_row_is_found_exactly_when_its_stated_figures_differ_from_its_total(printed: list[Printed]) -> None:
    *addends, total = printed
    readable = not {"无", "absent"} & {a for a in addends if isinstance(a, str)}
    numbers = [a for a in addends if isinstance(a, int)]
    wrong = isinstance(total, int) and readable and bool(numbers) and sum(numbers) != total
    findings = check_report(report(row_of(*printed), fill=""))
    assert any(f.id == "t3.row_sum:granted" for f in findings) is wrong
