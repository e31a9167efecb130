"""`make fuzz`: coverage-guided fuzzing of one target after the other with atheris.

    python -m benchmarks.fuzz [--seconds 600] [--target document|word|container] [--folder .fuzz]

Inputs that break something are left in the folder as `crash-…`; the exit code is 1 when there are any.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import atheris

_SECONDS_AN_INPUT = 60
_LONGEST_INPUT = 200_000
_MEGABYTES = 4096


def main() -> int:
    """Fuzz every target in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=600, help="for each target")
    parser.add_argument("--target", default="", help="only this one")
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"))
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        fuzz(options.target, options.folder, options.seconds)
        return 0
    failed = 0
    for target in [options.target] if options.target else ["document", "word", "container"]:
        command = [sys.executable, "-m", "benchmarks.fuzz", "--inside", "--target", target]
        command += ["--folder", str(options.folder), "--seconds", str(options.seconds)]
        failed += subprocess.run(command, check=False).returncode != 0
    return 1 if failed else 0


def fuzz(target: str, folder: Path, seconds: int) -> None:
    """Fuzz one target in this process; it ends with the process."""
    with atheris.instrument_imports(include=["corpus", "mammoth", "pdfplumber", "pdfminer", "warcio"]):
        from benchmarks.fuzz.targets import TARGETS
    from benchmarks.fuzz.seeds import seeds

    inputs, first = folder / target, folder / f"{target}-seeds"
    for place in (inputs, first):
        place.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(target)):
        (first / f"{number:03}").write_bytes(data)
    arguments = [sys.argv[0], f"-max_total_time={seconds}", f"-timeout={_SECONDS_AN_INPUT}", f"-max_len={_LONGEST_INPUT}",
                 f"-rss_limit_mb={_MEGABYTES}", f"-artifact_prefix={folder}/crash-{target}-", str(inputs), str(first)]  # fmt: skip
    atheris.Setup(arguments, TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
