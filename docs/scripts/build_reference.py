"""Writes the generated pages of `docs/reference/` from the program itself, so that they cannot say anything else.

    python docs/scripts/build_reference.py           writes the pages
    python docs/scripts/build_reference.py --check   names the stale ones, exit code 1 when there are any

Run it after a change of commands, filters, checks, vocabulary, API or module docstrings; a test fails until it was.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # benchmarks is not installed

from reference_across import agencies_page, references_page
from reference_data import checks_page, vocabulary_page
from reference_layouts import layouts_page
from reference_outside import api_page, commands_page, modules_page, parameters_page

FOLDER = Path(__file__).parents[1] / "reference"
PAGES = {
    "agencies.md": agencies_page,
    "api.md": api_page,
    "checks.md": checks_page,
    "commands.md": commands_page,
    "layouts.md": layouts_page,
    "modules.md": modules_page,
    "parameters.md": parameters_page,
    "references.md": references_page,
    "vocabulary.md": vocabulary_page,
}


def stale() -> list[str]:
    """The names of the pages that differ from what the program says."""
    return [name for name, page in PAGES.items() if not _is_current(FOLDER / name, page())]


def _is_current(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    found = stale()
    if "--check" in arguments:
        print("\n".join(found))
        return 1 if found else 0
    for name in found:
        (FOLDER / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"written: docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
