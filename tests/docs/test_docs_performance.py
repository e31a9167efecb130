"""The benchmark runs to its end, and its two engines say the same numbers (it stops where they do not). No time is asserted."""

from pathlib import Path

from benchmarks.compare import run


def test_the_benchmark_prints_a_line_for_everything_it_times(tmp_path: Path) -> None:
    lines = run(tmp_path, 12, jobs=1, repeat=1)
    assert sum(line.startswith("| ") for line in lines) > 20
