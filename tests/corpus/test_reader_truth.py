"""Truth → rendering → reader: what is read equals what the rendering still holds; the rest is absent or flagged.

The generator is an independent witness: it keeps its own wording of the forms and knows nothing of the reader.
"""

from functools import cache
from random import Random

import pytest

from benchmarks.quality.judge import Verdict, compare
from corpus.errors import UsageError
from corpus.model import Era, Report
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.synthetic import LAYOUTS, Rendering, SyntheticReport, generate, render
from corpus.synthetic.defects import ALL_DEFECTS, plant

SEED = 20261121
# One report of each era and of several kinds; the same for every layout.
REPORTS = 6
# Layouts that print no header at all say so (`p.header_incomplete`), images leave whole tables unread (`p.table_missing`).
EXPECTED_NOTES = {"inline": {"p.header_incomplete"}}
SAYING = {"images", "pdf_text"}


@cache
def reports() -> tuple[SyntheticReport, ...]:
    found = generate(SEED, 60)
    eras = [next(r for r in found if r.era is era) for era in Era if any(r.era is era for r in found)]
    return tuple([*eras, *(r for r in found[::7] if r not in eras)][:REPORTS])


def read(rendering: Rendering) -> Report:
    (report,) = parse_document(read_document(rendering.data, rendering.filename))
    return report


def families(report: Report) -> set[str]:
    return {f.id.partition(":")[0] for f in report.findings}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_truth_that_it_holds(layout: str) -> None:
    for truth in reports():
        rendering = render(truth, layout, 1)
        report = read(rendering)
        verdict = Verdict()
        compare(verdict, rendering.held, report, truth)
        assert verdict.faults == [], rendering.filename
        places = [cell for rows in report.tables.values() for row in rows.values() for cell in row.values()]
        assert all(report.text[c.start : c.end] == c.raw for c in places if c.start is not None), rendering.filename
        if layout not in SAYING and not rendering.lost:
            assert families(report) <= EXPECTED_NOTES.get(layout, set()), rendering.filename


@pytest.mark.parametrize("check", [c for c in ALL_DEFECTS if not c.startswith("x.")])
def test_a_planted_defect_is_found_and_nothing_else(check: str) -> None:
    planted = 0
    for truth in generate(SEED, 60):
        try:
            defective = plant(truth, check, Random(check))
        except UsageError:
            continue
        planted += 1
        report = read(render(defective, "text_tabs"))
        assert {f.id for f in report.findings} == {d for d in defective.defects if not d.startswith("x.")}, truth.slug
        if planted == 4:
            break
    assert planted > 0, f"{check} could not be planted in any report"
