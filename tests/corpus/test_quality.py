"""What `make quality` judges, in small: random combinations are read right, and the judge and the minimiser can fail."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from benchmarks.quality.__main__ import below, floors, pinned
from benchmarks.quality.judge import FLAGGED, MISSED, RIGHT, WRONG, Verdict, compare, judge
from benchmarks.quality.minimise import choices, minimise
from benchmarks.quality.renderings import GROUPS, RANDOM, Task, tasks
from corpus.model import ABSENT, Cell, CellState
from corpus.parse.report import parse_document
from corpus.readers import read_document
from corpus.synthetic import LAYOUTS, Style, generate, plant, render

COMBINATIONS = 200
PARTS = 10


@pytest.mark.parametrize("part", range(PARTS))
def test_random_combinations_are_read_right_or_say_that_they_are_not(part: int) -> None:
    size = COMBINATIONS // PARTS
    total = Verdict()
    for number in range(part * size, (part + 1) * size):
        verdict = judge((task := Task(RANDOM, number)).render(), task.report)
        assert verdict.faults == [], f"{task.report.slug}, {task.style}"
        total.add(verdict)
    assert total.documents == size
    assert total.cells[WRONG] == total.cells[MISSED] == total.facts[WRONG] == 0
    assert total.share(RIGHT) > 0.95


def test_random_combinations_differ() -> None:
    assert len({repr(Task(RANDOM, number).style) for number in range(COMBINATIONS)}) > 150


def test_every_layout_has_its_floor() -> None:
    assert set(floors()) == set(GROUPS) > {*LAYOUTS, RANDOM}
    assert {task.group for task in tasks(1, 1)} == set(floors())


def test_the_judge_sees_what_is_wrong_missed_and_flagged() -> None:
    truth = generate(3, 1)[0]
    rendering = render(truth, "text_tabs")
    (report,) = parse_document(read_document(rendering.data, rendering.filename))
    tables = {name: {row: dict(cells) for row, cells in rows.items()} for name, rows in report.tables.items()}
    tables["applications"]["granted"]["total"] = Cell(CellState.NUMBER, "987654", 987654, 0, 0)
    tables["applications"]["partial"]["total"] = ABSENT
    verdict = Verdict()
    compare(verdict, rendering.held, replace(report, tables=tables), truth)
    assert (verdict.cells[WRONG], verdict.cells[MISSED], verdict.cells[FLAGGED]) == (1, 1, 0)
    assert verdict.cells[RIGHT] == 198
    assert {fault.split()[1] for fault in verdict.faults} == {
        "applications.granted.total",
        "applications.partial.total",
    }


def test_a_planted_fault_of_the_document_is_no_fault_of_the_reader() -> None:
    truth = plant(generate(3, 1)[0], "t3.row_sum", Random(1))
    verdict = judge(render(truth, "html"), truth)
    assert verdict.faults == [] and verdict.cells[RIGHT] == 200


def test_minimising_keeps_only_what_the_fault_needs() -> None:
    style = Style(fragments="line", digits="unit", crlf=True, review="one_line")
    small = minimise(style, lambda s: s.digits == "unit" and s.crlf)
    assert choices(small) == {"digits": "unit", "crlf": True}


def test_floors_only_go_up_and_are_held() -> None:
    found = {"html": Verdict(1, cells=_counter(199, 1)), "pipes": Verdict(1, cells=_counter(200, 0))}
    assert pinned(found, {"html": 0.999, "pipes": 0.5}).splitlines()[1:] == ["pipes = 1.0", "html = 0.999"]
    assert below(found, {"html": 0.999, "pipes": 1.0}) == [
        "html: 99.5000% of the cells are right, the floor is 99.9000%"
    ]
    found["pipes"].cells[WRONG] += 1
    assert below(found, {"html": 0.5, "pipes": 0.5}) == ["pipes: 1 silently wrong"]


def _counter(right: int, flagged: int) -> Counter[str]:
    return Counter({RIGHT: right, FLAGGED: flagged})
