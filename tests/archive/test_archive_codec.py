"""Report ⇄ JSON: the kept reading loses nothing, the public form is the contract's to the order of its keys."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.codec import reading_of, report_from_reading, report_to_json
from archive.model import Correction, Source, StoredReport, VersionInfo
from corpus.model import (
    AgencyKind,
    Cell,
    CellState,
    Era,
    Finding,
    NarrativeFact,
    Origin,
    Paragraph,
    Reference,
    Region,
    Report,
    Scope,
    Section,
    Severity,
)

TEXT = "云棠县财政局2023年政府信息公开工作年度报告\n一、总体情况\n收到申请3件。\n三、收到\n新收\t3\t\t/\n"


def cell(raw: str, state: CellState = CellState.NUMBER, **more: Any) -> Cell:
    start = TEXT.index(raw) if raw else 5
    return Cell(state, raw, int(raw) if state is CellState.NUMBER else None, start, start + len(raw), **more)


REPORT = Report(
    title="云棠县财政局2023年政府信息公开工作年度报告",
    agency="云棠县财政局",
    agency_printed="雲棠縣財政局",
    agency_kind=AgencyKind.DEPARTMENT,
    year=2023,
    scope=Scope.OWN,
    era=Era.FORMAT_2021,
    region=Region(None, "昆岚市", "云棠县", None, None, {"city": "printed", "county": "printed"}),
    published="2024-01-18",
    text=TEXT,
    sections=(
        Section(0, "front", "", 0, 22),
        Section(1, "overview", "总体情况", 23, 38, (Paragraph(30, 37, TEXT[30:37]),)),
    ),
    tables={
        "applications": {
            "new_received": {
                "natural_person": cell("3", origin=Origin(0, 1, 2, "新收", "自然人", "label+7")),
                "business": cell("", CellState.BLANK),
                "total": Cell(CellState.SLASH, "/", None, 50, 51),
                "other": Cell(CellState.ABSENT),
            },
            "denied.third_party": {"total": Cell(CellState.NUMBER, "2", 2, 1, 2)},
        },
        "proactive": {"admin_fees": {"amount": Cell(CellState.NUMBER, "1.5", 1.5, 2, 5, "万元")}},
    },
    facts=(NarrativeFact("new_received", 3, False, 34, 36, "3件"),),
    references=(Reference("order", None, "国务院令第711号", 1, 2),),
    findings=(Finding("t3.row_sum:new_received", Severity.HARD, "不等", 3, 4, "applications.new_received.total"),),
    evidence={"agency": "title"},
)

STORED = StoredReport(
    id="cn-01234567-2023",
    version=2,
    versions=(VersionInfo(1, "a" * 64, "2025-01-01T00:00:00Z"), VersionInfo(2, "b" * 64, "2025-02-01T00:00:00Z")),
    report=REPORT,
    sources=(Source(None, "a/b.html", None, "text/html", "gb18030", "b" * 64, None),),
    findings=REPORT.findings,
    archived_at="2025-02-01T00:00:00Z",
)


def test_public_form_is_the_contracts() -> None:
    data = report_to_json(STORED)
    assert list(data) == [
        "id", "version", "versions", "permalink", "cite_as", "title", "agency", "agency_printed", "agency_kind", "year",
        "scope", "format_era", "region", "published", "sources", "sections", "tables", "derived", "denial_reasons",
        "narrative_facts", "references", "findings",
    ]  # fmt: skip
    assert data["permalink"] == "/r/cn-01234567-2023"
    assert data["cite_as"] == "/r/cn-01234567-2023/v2"
    assert data["versions"][1] == {"version": 2, "sha256": "b" * 64, "archived_at": "2025-02-01T00:00:00Z"}
    assert list(data["region"]) == ["province", "city", "county", "township", "code", "evidence"]
    assert list(data["sources"][0]) == [
        "url", "path", "member", "media_type", "encoding", "sha256", "retrieved_at",
    ]  # fmt: skip
    assert data["sections"][1] == {
        "number": 1, "key": "overview", "heading": "总体情况", "start": 23, "end": 38, "text": TEXT[30:37],
    }  # fmt: skip
    assert data["derived"] == {"denied": 2, "unable": None, "rejected": None, "other": None}
    assert data["denial_reasons"] == ["denied.third_party"]
    assert data["narrative_facts"] == [
        {"fact": "new_received", "value": 3, "approximate": False, "start": 34, "end": 36, "quote": "3件"}
    ]
    assert list(data["references"][0]) == ["kind", "canonical", "raw", "start", "end"]
    assert data["findings"] == [
        {
            "id": "t3.row_sum:new_received", "severity": "hard", "message": "不等", "expected": 3, "found": 4,
            "where": "applications.new_received.total",
        }
    ]  # fmt: skip
    assert json.loads(json.dumps(data)) == data  # nothing but JSON values


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("applications", "new_received", "natural_person"), ("value", 3, "raw", "3", "state", "number", "start", 9, "end", 10)),
        (("applications", "new_received", "business"), ("value", None, "raw", "", "state", "blank", "start", 5, "end", 5)),
        (("applications", "new_received", "total"), ("value", None, "raw", "/", "state", "slash", "start", 50, "end", 51)),
        (("applications", "new_received", "other"), ("value", None, "raw", "", "state", "absent", "start", None, "end", None)),
        (("proactive", "admin_fees", "amount"), ("value", 1.5, "raw", "1.5", "state", "number", "unit", "万元", "start", 2, "end", 5)),
    ],
    ids=["number", "blank", "slash", "absent", "amount with unit"],
)  # fmt: skip
def test_cell_has_the_contracts_keys_in_order(path: tuple[str, str, str], expected: tuple[object, ...]) -> None:
    table, row, column = path
    found = report_to_json(STORED)["tables"][table][row][column]
    assert list(found.items()) == list(zip(expected[::2], expected[1::2], strict=True))


def test_statistics_row_is_a_cell() -> None:
    table = {"stat.received": {"count": Cell(CellState.NUMBER, "9", 9, 3, 4)}}
    report = Report(**{**_fields(REPORT), "era": Era.STAT_TABLE_2014, "tables": {"statistics": table}})
    stored = StoredReport("x-1", 1, STORED.versions[:1], report, STORED.sources, (), "2025-01-01T00:00:00Z")
    assert report_to_json(stored)["tables"] == {
        "statistics": {"stat.received": {"value": 9, "raw": "9", "state": "number", "unit": None, "start": 3, "end": 4}}
    }


def test_corrections_are_shown_where_there_are_some() -> None:
    correction = Correction({"year": 2022}, "标题误印", "王某", "2025-03-01T00:00:00Z")
    stored = StoredReport(
        STORED.id, 2, STORED.versions, REPORT, STORED.sources, (), STORED.archived_at, (correction,)
    )  # fmt: skip
    assert report_to_json(stored)["corrections"] == [
        {"changes": {"year": 2022}, "reason": "标题误印", "who": "王某", "made_at": "2025-03-01T00:00:00Z"}
    ]


def _fields(report: Report) -> Mapping[str, Any]:
    return {name: getattr(report, name) for name in Report.__slots__}


# --- the round trip ---------------------------------------------------------------------------------------------------

words = st.text(max_size=12)
maybe_words = st.none() | words
offsets = st.integers(0, 10_000)
numbers = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False, width=32)
maybe_number = st.none() | numbers
origins = st.builds(Origin, offsets, offsets, offsets, words, words, words)
cells = st.builds(
    Cell, st.sampled_from(CellState), words, maybe_number, st.none() | offsets, st.none() | offsets, maybe_words,
    st.none() | origins,
)  # fmt: skip
tables = st.dictionaries(words, st.dictionaries(words, cells, max_size=2), max_size=2)
paragraphs = st.builds(Paragraph, offsets, offsets, words)
sections = st.builds(
    Section, st.integers(0, 9), words, words, offsets, offsets, st.lists(paragraphs, max_size=3).map(tuple)
)
mappings = st.dictionaries(words, words, max_size=3)
regions = st.builds(Region, maybe_words, maybe_words, maybe_words, maybe_words, maybe_words, mappings)
reports = st.builds(
    Report,
    title=words,
    agency=maybe_words,
    agency_printed=maybe_words,
    agency_kind=st.none() | st.sampled_from(AgencyKind),
    year=st.none() | st.integers(1900, 2100),
    scope=st.none() | st.sampled_from(Scope),
    era=st.sampled_from(Era),
    region=regions,
    published=maybe_words,
    text=st.text(max_size=200),
    sections=st.lists(sections, max_size=3).map(tuple),
    tables=st.dictionaries(words, tables, max_size=2),
    facts=st.lists(st.builds(NarrativeFact, words, numbers, st.booleans(), offsets, offsets, words), max_size=2).map(
        tuple
    ),
    references=st.lists(st.builds(Reference, words, maybe_words, words, offsets, offsets), max_size=2).map(tuple),
    findings=st.lists(
        st.builds(Finding, words, st.sampled_from(Severity), words, maybe_number, maybe_number, maybe_words),
        max_size=2,
    ).map(tuple),
    evidence=mappings,
)


def same(a: Report, b: Report) -> bool:
    """Equal, and equal in the types of numbers too (1 is not 1.0 here)."""
    return a == b and repr(a) == repr(b)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports)
def test_reading_gives_the_same_report_back(report: Report) -> None:
    kept = json.dumps(reading_of(report))
    assert same(report_from_reading(json.loads(kept)), report)


def test_real_shape_gives_the_same_report_back() -> None:
    assert same(report_from_reading(json.loads(json.dumps(reading_of(REPORT)))), REPORT)


def test_paragraphs_are_kept_as_places() -> None:
    assert reading_of(REPORT)["sections"][1]["paragraphs"] == [[30, 37]]
