"""The benchmark runs to its end, and its engines say the same numbers of exact quotes (it stops where they do not). No time
is asserted."""

from pathlib import Path

from benchmarks.compare import run


def test_the_benchmark_prints_a_line_for_everything_it_times(tmp_path: Path) -> None:
    lines = run(tmp_path, 30, repeat=1, whoosh=30)
    assert sum(line.startswith("| ") for line in lines) > 40
