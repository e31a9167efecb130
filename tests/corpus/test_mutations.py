"""Documents damaged line by line: no exception escapes, nothing takes for ever, and no figure differs from the print unsaid.

A line that is lost, doubled or torn may cost figures, but a figure that is still stated is the one of the report, or a
finding names its row, its table, or the identity that no longer holds.
"""

import time
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.quality.judge import WRONG, Verdict, compare
from corpus.errors import GongkaiError
from corpus.model import CellState, Report
from corpus.parse.numbers import read_cell
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.synthetic import LAYOUTS, SyntheticReport, generate, render

LIMIT = 20.0
"""CPU seconds for one document of six pages; it takes about a hundredth of that."""
NAMES = [name for name, style in LAYOUTS.items() if name != "images" and style.container != "docx"]
DELETED, DOUBLED, MANY_DELETED = "deleted", "doubled", "many deleted"


@cache
def truths() -> tuple[SyntheticReport, ...]:
    return tuple(generate(11, 24))


def damaged(lines: list[str], rng: Random, kind: str) -> str:
    places = [i for i, line in enumerate(lines) if line.strip() and len(line) < 80] or [0]
    at = rng.choice(places)
    if kind == DELETED:
        del lines[at]
    elif kind == DOUBLED:
        lines.insert(at, lines[at])
    else:
        del lines[at : at + rng.randint(2, 12)]
    return "\n".join(lines)


def read(data: bytes, name: str) -> list[Report]:
    """The reports read; none where the reader says why not. Fails where it takes too long."""
    began = time.process_time()
    try:
        return parse_document(read_document(data, name))
    except GongkaiError as error:
        assert str(error)
        return []
    finally:
        assert time.process_time() - began < LIMIT


def holds_together(report: Report) -> None:
    """Every figure is what is printed at its place."""
    for rows in report.tables.values():
        for row in rows.values():
            for cell in row.values():
                if cell.start is None:
                    assert cell.state in (CellState.ABSENT, CellState.BLANK)
                    continue
                assert report.text[cell.start : cell.end] == cell.raw
                if cell.state is CellState.NUMBER:
                    assert read_cell(cell.raw, signed=True).value == cell.value


@pytest.mark.parametrize("layout", NAMES)
@pytest.mark.parametrize("kind", [DELETED, DOUBLED, MANY_DELETED])
def test_a_damaged_line_changes_no_figure_unsaid(layout: str, kind: str) -> None:
    for number in range(2):
        rng = Random(f"{layout}|{kind}|{number}")
        truth = truths()[rng.randrange(len(truths()))]
        rendering = render(truth, layout)
        text = damaged(rendering.text.split("\n"), rng, kind)
        reports = read(text.encode(rendering.encoding), rendering.filename)
        for report in reports:
            holds_together(report)
        if len(reports) == 1:
            verdict = Verdict()
            compare(verdict, rendering.held, reports[0], truth)
            wrong = [f for f in verdict.faults if f.startswith(f"{WRONG}: ") and f.split()[2] == CellState.NUMBER]
            broken = [f.id for f in reports[0].findings if f.id.startswith("t")]
            assert not wrong or broken, f"{truth.slug} {layout} {kind} {number}: {wrong[:4]}"


@settings(max_examples=60, deadline=None)
@given(
    layout=st.sampled_from(NAMES),
    number=st.integers(0, 23),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.text(max_size=6)), min_size=1, max_size=4),
)
def test_no_damage_breaks_the_reader(layout: str, number: int, cuts: list[tuple[float, int, str]]) -> None:
    rendering = render(truths()[number], layout)
    text = rendering.text
    for place, length, put in cuts:
        at = int(place * len(text))
        text = text[:at] + put + text[at + length :]
    for report in read(text.encode(rendering.encoding, errors="replace"), rendering.filename):
        holds_together(report)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.md", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    for report in read(data, name):
        holds_together(report)
