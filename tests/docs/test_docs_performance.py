"""The benchmarks run to their end, and the engines say the same numbers of exact quotes (it stops where they do not). No time
is asserted."""

from pathlib import Path

from benchmarks import building, growth, ingest
from benchmarks.compare import run
from benchmarks.memory import memory_now


def test_the_benchmark_prints_a_line_for_everything_it_times(tmp_path: Path) -> None:
    lines = run(tmp_path, 30, repeat=1, whoosh=30)
    assert sum(line.startswith("| ") for line in lines) > 40


def test_ingest_is_timed_for_every_engine(tmp_path: Path) -> None:
    lines = ingest.run(tmp_path, 400, jobs=2, rounds=1)
    assert [line.split(" | ")[0] for line in lines[2:5]] == ["| ours", "| FTS5", "| tantivy"]


def test_building_tells_time_memory_disk_and_the_page(tmp_path: Path) -> None:
    lines = building.run(tmp_path, 400, jobs=2)
    figures = [float(line.rstrip(" |").rpartition(" | ")[2]) for line in lines[2:]]
    assert len(figures) == 7
    assert all(figure > 0 for figure in figures)


def test_growth_is_time_against_sections() -> None:
    small, large = growth.Cost(2.0, 100), growth.Cost(10.0, 1000)
    costs = {n: dict.fromkeys(growth.QUERIES, cost) for n, cost in ((10, small), (100, large))}
    lines = growth.lines(costs)
    assert lines[2] == "| frequent word: `公开` | 2.00 (100) | 10.00 (1000) | 0.50 |"
    assert len(lines) == 2 + len(growth.QUERIES)


def test_memory_is_that_of_this_process_at_least() -> None:
    seen = memory_now()
    assert seen.processes >= 1
    assert seen.own > 1
