"""The five real reports the project was created from: every cell, every section, no false finding.

They are not part of the project. `GONGKAI_REAL_REPORTS` names the folder that holds them; without it these tests are
skipped, and with CI=true the continuous integration sets it wherever the folder exists.
"""

import os
from pathlib import Path

import pytest

from corpus.figures import denial_reasons, derived
from corpus.model import CellState, Era, Report
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.vocabulary import STATUTORY_SECTIONS

FOLDER = os.environ.get("GONGKAI_REAL_REPORTS")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FOLDER, reason="GONGKAI_REAL_REPORTS does not name the folder of the real reports"),
]

EXPECTED = [
    # file, agency, year, city, county, blank cells
    ("000_09f9b7b760f9e1f4.txt", "宁波市镇海区经济和信息化局", 2023, "宁波市", "镇海区", set()),
    ("001_7352bb2a8fa12f0b.txt", "北仑区人民政府", 2023, "宁波市", "北仑区", set()),
    ("002_204e5eaedf5016b0.txt", "宁波经济技术开发区商务局", 2022, "宁波市", None, {"review.suit_direct.pending"}),
    ("003_03dce372dd454866.txt", "灋河回族区科技和工业信息化局", 2023, None, "灋河回族区", set()),
    ("004_b1b7a26bec250306.txt", "宁波市镇海区机关事务管理局", 2021, "宁波市", "镇海区", set()),
]
BEILUN = "001_7352bb2a8fa12f0b.txt"
# Everything above zero in the report of Beilun, natural persons … total; checked by eye against the print.
BEILUN_ROWS = {
    "new_received": [363, 3, 0, 0, 0, 20, 386],
    "carried_in": [2, 0, 0, 0, 0, 0, 2],
    "granted": [95, 0, 0, 0, 0, 10, 105],
    "partial": [87, 0, 0, 0, 0, 0, 87],
    "denied.law_prohibited": [1, 0, 0, 0, 0, 0, 1],
    "denied.third_party": [8, 0, 0, 0, 0, 0, 8],
    "denied.internal_affairs": [2, 0, 0, 0, 0, 0, 2],
    "denied.enforcement_file": [2, 0, 0, 0, 0, 0, 2],
    "denied.admin_query": [3, 0, 0, 0, 0, 0, 3],
    "unable.not_held": [101, 3, 0, 0, 0, 7, 111],
    "unable.needs_creation": [1, 0, 0, 0, 0, 0, 1],
    "rejected.petition": [15, 0, 0, 0, 0, 0, 15],
    "rejected.repeat": [6, 0, 0, 0, 0, 2, 8],
    "other.correction_overdue": [4, 0, 0, 0, 0, 0, 4],
    "other.misc": [31, 0, 0, 0, 0, 0, 31],
    "outcome_total": [356, 3, 0, 0, 0, 19, 378],
    "carried_out": [9, 0, 0, 0, 0, 1, 10],
}
# Figures of table 2 above zero, per file.
PROACTIVE = {
    "000_09f9b7b760f9e1f4.txt": {"normative_docs.repealed": 1, "normative_docs.in_force": 1},
    BEILUN: {
        "normative_docs.issued": 11,
        "normative_docs.repealed": 84,
        "normative_docs.in_force": 130,
        "licensing.decisions": 458711,
        "penalty.decisions": 889636,
        "coercion.decisions": 14518,
        "admin_fees.amount": 17516,
    },
    "002_204e5eaedf5016b0.txt": {"normative_docs.in_force": 3},
    "003_03dce372dd454866.txt": {},
    "004_b1b7a26bec250306.txt": {},
}


def parse(name: str) -> Report:
    path = Path(str(FOLDER)) / name
    (report,) = parse_document(read_document(path.read_bytes(), name))
    return report


@pytest.mark.parametrize(("name", "agency", "year", "city", "county", "blank"), EXPECTED, ids=[e[0] for e in EXPECTED])
def test_who_when_where(
    name: str, agency: str, year: int, city: str | None, county: str | None, blank: set[str]
) -> None:
    report = parse(name)
    assert (report.agency, report.year) == (agency, year)
    assert (report.region.city, report.region.county) == (city, county)
    assert report.era is Era.FORMAT_2021


@pytest.mark.parametrize(("name", "agency", "year", "city", "county", "blank"), EXPECTED, ids=[e[0] for e in EXPECTED])
def test_every_cell(name: str, agency: str, year: int, city: str | None, county: str | None, blank: set[str]) -> None:
    report = parse(name)
    rows = dict(BEILUN_ROWS) if name == BEILUN else {}
    counted = 0
    for table, cells in report.tables.items():
        for row, columns in cells.items():
            for n, (column, cell) in enumerate(columns.items()):
                path = f"{table}.{row}.{column}"
                counted += 1
                assert report.text[cell.start : cell.end] == cell.raw
                if path in blank:
                    assert (cell.state, cell.value, cell.start) == (CellState.BLANK, None, cell.end)
                    continue
                expected = 0
                if table == "applications":
                    expected = rows.get(row, [0] * 7)[n]
                elif table == "proactive":
                    expected = PROACTIVE[name].get(f"{row}.{column}", 0)
                elif name == BEILUN:
                    expected = {"review.review.upheld": 5, "review.review.total": 5}.get(path, 0)
                    expected = {"review.suit_direct.upheld": 1, "review.suit_direct.total": 1}.get(path, expected)
                assert (path, cell.state, cell.value) == (path, CellState.NUMBER, expected)
    assert counted == 25 * 7 + 10 + 15


@pytest.mark.parametrize("name", [e[0] for e in EXPECTED])
def test_six_sections_and_no_false_finding(name: str) -> None:
    report = parse(name)
    assert [s.key for s in report.sections] == ["front", *STATUTORY_SECTIONS]
    assert [s.number for s in report.sections] == list(range(7))
    assert report.findings == ()
    for section in report.sections:
        for paragraph in section.paragraphs:
            assert report.text[paragraph.start : paragraph.end] == paragraph.text
            assert section.start <= paragraph.start < paragraph.end <= section.end


def test_the_report_of_beilun_shows_five_reasons_and_sixteen_refusals() -> None:
    report = parse(BEILUN)
    assert denial_reasons(report) == [
        "denied.law_prohibited",
        "denied.third_party",
        "denied.internal_affairs",
        "denied.enforcement_file",
        "denied.admin_query",
    ]
    assert derived(report) == {"denied": 16, "unable": 112, "rejected": 23, "other": 35}
