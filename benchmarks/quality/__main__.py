"""`make quality`: reads renderings of known truth and prints, per layout, what became of every figure.

    python -m benchmarks.quality [--random 2000] [--per-layout 40] [--jobs N] [--only GROUP,…] [--pin]

Exit code 1 when a figure is silently wrong or a share of right cells is below its floor. `--pin` raises the floors in
`floors.toml` to what was reached; it never lowers one.
"""

import argparse
import math
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.quality.chromium import program
from benchmarks.quality.judge import FLAGGED, MISSED, RIGHT, WRONG, Verdict, judge
from benchmarks.quality.minimise import choices, minimise
from benchmarks.quality.renderings import GROUPS, PDF, Task, tasks
from corpus.synthetic import Style

FLOORS = Path(__file__).with_name("floors.toml")
_CHUNK = 8
_DIGITS = 4
_SHOWN = 12


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge, print, compare with the floors; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--random", type=int, default=2000, help="random combinations of choices")
    parser.add_argument("--per-layout", type=int, default=40, help="reports in each layout with a name")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", default="", help="groups to judge, joined by commas")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what was reached")
    options = parser.parse_args(arguments)
    wanted = list(tasks(options.per_layout, options.random))
    if program() is None:
        print("No Chromium is installed: nothing is printed to PDF and judged.", file=sys.stderr)
        wanted = [task for task in wanted if task.group != PDF]
    if options.only:
        wanted = [task for task in wanted if task.group in options.only.split(",")]
    found, failing = judge_all(wanted, options.jobs)
    print("\n".join(table(found)))
    for task in failing[:_SHOWN]:
        print("\n" + "\n".join(explain(task)))
    if options.pin:
        FLOORS.write_text(pinned(found, floors()), encoding="utf-8")
    problems = below(found, floors())
    print("\n".join(["", *problems] if problems else ["", "No figure is silently wrong, no floor is missed."]))
    return 1 if problems else 0


def judge_all(wanted: Sequence[Task], jobs: int) -> tuple[dict[str, Verdict], list[Task]]:
    """The verdicts added up per group, and the tasks with a figure that is silently wrong or missed."""
    found: dict[str, Verdict] = {}
    failing = []
    for task, verdict in zip(wanted, _verdicts(wanted, jobs), strict=True):
        found.setdefault(task.group, Verdict()).add(verdict)
        if verdict.faults:
            failing.append(task)
    return found, failing


def _verdicts(wanted: Sequence[Task], jobs: int) -> Iterator[Verdict]:
    if jobs <= 1:
        yield from map(verdict_of, wanted)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(verdict_of, wanted, chunksize=_CHUNK)


def verdict_of(task: Task) -> Verdict:
    """Render and judge one."""
    return judge(task.render(), task.report)


def table(found: Mapping[str, Verdict]) -> list[str]:
    """One line per group, Markdown."""
    lines = [
        "| layout | documents | cells | right | silently wrong | flagged | missed | facts right | facts wrong |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for group, verdict in found.items():
        cells = sum(verdict.cells.values())
        right = f"{math.floor(verdict.share(RIGHT) * 10_000) / 100:.2f} %"
        facts = verdict.facts[RIGHT] + verdict.facts[MISSED]
        numbers = (verdict.cells[WRONG], verdict.cells[FLAGGED], verdict.cells[MISSED])
        row = (
            group,
            verdict.documents,
            cells,
            right,
            *numbers,
            f"{verdict.facts[RIGHT]} of {facts}",
            verdict.facts[WRONG],
        )
        lines.append("| " + " | ".join(map(str, row)) + " |")
    return lines


def explain(task: Task) -> list[str]:
    """What is wrong with a rendering, in the plainest style that still shows the same kind of fault."""
    first = verdict_of(task).faults[0]
    kind = first.partition(":")[0]

    def fails(style: Style) -> bool:
        verdict = judge(task.rendered(style), task.report)
        return any(fault.startswith(kind) for fault in verdict.faults)

    style = minimise(task.style, fails)
    plainest = ", ".join(f"{name}={value!r}" for name, value in choices(style).items())
    faults = judge(task.rendered(style), task.report).faults
    return [f"{task.group} {task.number}: {task.report.slug}, Style({plainest})", *(f"  {f}" for f in faults[:_SHOWN])]


def floors() -> dict[str, float]:
    """Group → least share of right cells."""
    if not FLOORS.exists():
        return {}
    return {group: float(share) for group, share in tomllib.loads(FLOORS.read_text(encoding="utf-8")).items()}


def below(found: Mapping[str, Verdict], least: Mapping[str, float]) -> list[str]:
    """What must not be: figures silently wrong, floors that are missed, groups without a floor."""
    problems = []
    for group, verdict in found.items():
        wrong = verdict.cells[WRONG] + verdict.facts[WRONG]
        if wrong:
            problems.append(f"{group}: {wrong} silently wrong")
        if group not in least:
            problems.append(f"{group}: no floor; run with --pin")
        elif verdict.share(RIGHT) < least[group]:
            problems.append(
                f"{group}: {verdict.share(RIGHT):.4%} of the cells are right, the floor is {least[group]:.4%}"
            )
    return problems


def pinned(found: Mapping[str, Verdict], least: Mapping[str, float]) -> str:
    """The new floors: the old ones, or what was reached where that is more, rounded down."""
    scale = 10**_DIGITS
    reached = {group: math.floor(verdict.share(RIGHT) * scale) / scale for group, verdict in found.items()}
    raised = {group: max(share, least.get(group, 0.0)) for group, share in {**least, **reached}.items()}
    known = [group for group in (*GROUPS, *raised) if group in raised]
    lines = ["# Least share of right cells per layout: `make quality` fails below it, `--pin` only raises it."]
    return "\n".join([*lines, *(f"{group} = {raised[group]}" for group in dict.fromkeys(known))]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
