"""The five real reports printed in every layout: what is read is what the print holds, and never another figure.

The figures, names and sections are those of the real reports; the print is the generator's. See `test_real_reports`.
"""

import os
from functools import cache
from pathlib import Path

import pytest

from benchmarks.quality.judge import FLAGGED, MISSED, RIGHT, WRONG, Verdict, judge
from corpus.model import Cell, CellState, Report
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.synthetic import LAYOUTS, CellTruth, SectionTruth, SyntheticReport, generate, render

FOLDER = os.environ.get("GONGKAI_REAL_REPORTS")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FOLDER, reason="GONGKAI_REAL_REPORTS does not name the folder of the real reports"),
]
TABLES = {"proactive": "proactive", "applications": "applications", "remedies": "review"}
BLOCKS = ("1", "5", "6", "8")


def read_all() -> list[Report]:
    files = sorted(Path(str(FOLDER)).glob("*.txt"))
    return [report for path in files for report in parse_document(read_document(path.read_bytes(), path.name))]


def printable(cell: Cell) -> CellTruth:
    return CellTruth(cell.state, cell.value, cell.raw, cell.unit)


def as_truth(report: Report) -> SyntheticReport:
    """What the generator needs to print a report that was read."""
    site = generate(1, 1)[0].site
    sections = []
    for section in report.sections:
        paragraphs = tuple(p.text for p in section.paragraphs)
        sections.append(SectionTruth(section.number, section.key, section.heading, paragraphs, TABLES.get(section.key)))
    (front,) = (s for s in sections if s.key == "front")
    title, *rest = front.paragraphs
    sections[sections.index(front)] = SectionTruth(0, "front", "", tuple(rest))
    assert report.agency and report.agency_printed and report.agency_kind and report.year
    return SyntheticReport(
        slug=f"real-{report.year}-{len(report.text)}",
        seed="real",
        agency=report.agency,
        agency_printed=report.agency_printed,
        agency_kind=report.agency_kind,
        year=report.year,
        scope=report.scope,
        era=report.era,
        region=report.region,
        title_lines=(title,),
        published=None,
        site=site,
        sections=tuple(sections),
        tables={
            name: {row: {column: printable(cell) for column, cell in cells.items()} for row, cells in rows.items()}
            for name, rows in report.tables.items()
        },
        numbers={},
        proactive_forms=dict.fromkeys(BLOCKS, report.era),
    )


@cache
def truths() -> tuple[SyntheticReport, ...]:
    return tuple(as_truth(report) for report in read_all())


def test_five_reports_are_printed() -> None:
    assert len(truths()) == 5
    assert all(sum(len(row) for rows in t.tables.values() for row in rows.values()) == 200 for t in truths())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_truth_it_holds(layout: str) -> None:
    total = Verdict()
    for truth in truths():
        rendering = render(truth, layout)
        verdict = judge(rendering, truth)
        held = sum(
            c.state is not CellState.ABSENT
            for t in rendering.held.tables.values()
            for r in t.values()
            for c in r.values()
        )
        assert verdict.cells[WRONG] == verdict.cells[MISSED] == 0, verdict.faults
        assert verdict.cells[RIGHT] + verdict.cells[FLAGGED] == 200 and verdict.cells[FLAGGED] <= 200 - held + 14
        total.add(verdict)
    assert [fault for fault in total.faults if "fact" not in fault] == []
