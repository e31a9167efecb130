"""Documentation that is checked against the program: generated pages, links, functions, command lines."""

import ast
import importlib
import re
import shlex
import sys
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import get_args, get_type_hints

import click
import pytest
from doc_reading import DOCS, FRONT, ROOT, blocks, links

from corpus.synthetic import Style
from webui.cli import cli

COMMANDS = cli.list_commands(click.Context(cli))
ARROWS = ["SourceDocument", "Report", "Finding", "StoredReport", "IndexDocument", "SearchResult", "page"]
ARCHITECTURE = ROOT / "docs" / "architecture.md"


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    """The script that writes the generated pages; it stands outside the packages, beside what it imports."""
    sys.path.insert(0, str(ROOT / "docs" / "scripts"))
    try:
        return importlib.import_module("build_reference")
    finally:
        sys.path.pop(0)


def test_generated_pages_are_current(builder: ModuleType) -> None:
    stale = builder.stale()
    assert not stale, (
        f"{', '.join(stale)} say something else than the program: run `.venv/bin/python docs/scripts/build_reference.py` "
        "and look at what changed; the outside changes only with a line in CHANGELOG.md."
    )


def test_every_finding_of_reading_is_explained(builder: ModuleType) -> None:
    in_code = set()
    for room in ("corpus", "archive"):
        for path in (ROOT / room).rglob("*.py"):
            if "synthetic" not in path.parts:
                in_code |= {
                    match[0]
                    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                    if isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and (match := re.match(r"[dps]\.[a-z]+(?:_[a-z]+)+(?=:|$)", node.value))
                }
    explained = set(importlib.import_module("reference_data").READING)
    assert in_code == explained, (
        "READING in docs/scripts/reference_data.py explains each `d.*`, `p.*` and `s.*` that the code gives."
    )


def test_the_layouts_page_knows_every_variant_and_every_choice(builder: ModuleType) -> None:
    variants = importlib.import_module("reference_layouts").variants()
    assert [v["id"] for v in variants[:25]] == [f"V{n}" for n in range(1, 26)]
    hints = get_type_hints(Style)
    possible = {(f.name, v) for f in fields(Style) for v in (get_args(hints[f.name]) or (True, False))}
    printed = {(field, value) for v in variants for field, values in v.get("choices", {}).items() for value in values}
    assert printed <= possible
    assert possible - printed <= {(f.name, f.default) for f in fields(Style)}
    assert all((ROOT / test).is_file() for v in variants for test in v.get("tests", []))


@pytest.mark.parametrize("path", [*DOCS, *FRONT], ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    for text, target in links(path):
        if target.startswith(("http://", "https://")):
            continue
        file, _, anchor = target.partition("#")
        place = (path.parent / file) if file else path
        assert place.exists(), f"[{text}]({target}) in {name(path)} leads nowhere."
        if anchor:
            assert anchor in anchors(place), f"[{text}]({target}) in {name(path)}: no such heading."


def anchors(path: Path) -> set[str]:
    """The anchors that a forge makes of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def defined(path: Path) -> set[str]:
    """Functions and classes at the top of a module."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, kinds)}


def test_the_architecture_names_what_exists() -> None:
    for text, target in links(ARCHITECTURE):
        if target.endswith(".py"):
            path = (ARCHITECTURE.parent / target).resolve()
            assert text.strip("`") in defined(path), f"{target} has no {text}; docs/architecture.md names it."
    text = ARCHITECTURE.read_text(encoding="utf-8")
    paths = re.findall(r"`((?:corpus|archive|indexer|webui|tests|docs|benchmarks)/[\w./]*)`", text)
    missing = [path for path in paths if not (ROOT / path).exists()]
    assert paths and not missing, f"docs/architecture.md names what is not there: {missing}"


def test_the_architecture_has_one_function_per_arrow() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| (.+?) → (.+?) \| \[`(\w+)`\]\((\S+?)\) \|", text, re.MULTILINE)
    assert [int(row[0]) for row in rows] == list(range(1, 8))
    assert [re.sub(r"`|s$", "", row[2].strip("`")) for row in rows] == ARROWS
    assert len({row[3] for row in rows}) == 7


def example_lines(path: Path) -> list[str]:
    """The lines of a page that call the program, continued lines joined."""
    lines = []
    for block in blocks(path):
        if block.language in ("sh", "console"):
            for line in block.text.replace("\\\n", "").splitlines():
                words = line.removeprefix("$ ").removeprefix(".venv/bin/")
                if words.startswith("gongkai "):
                    lines.append(words)
    return lines


def parse_line(line: str) -> None:
    """Reads a command line as the program would, without running it."""
    words = shlex.split(line.partition(" > ")[0], comments=True)[1:]
    at = next(n for n, word in enumerate(words) if word in COMMANDS)
    with cli.make_context("gongkai", [*words[:at], words[at]], resilient_parsing=True) as context:
        command = cli.get_command(context, words[at])
        assert command is not None
        with command.make_context(words[at], words[at + 1 :], parent=context):
            pass


@pytest.mark.parametrize(
    ("path", "line"), [pytest.param(p, x, id=f"{p.stem}: {x}") for p in [*DOCS, *FRONT] for x in example_lines(p)]
)
def test_command_lines_can_be_typed(path: Path, line: str) -> None:
    try:
        parse_line(line)
    except click.UsageError as error:
        pytest.fail(f"{name(path)} shows `{line}`, but the program says: {error.format_message()}")


@pytest.mark.parametrize("line", ["gongkai search --colour red", "gongkai show", "gongkai list --year"])
def test_a_wrong_command_line_is_seen(line: str) -> None:
    with pytest.raises(click.UsageError):
        parse_line(line)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    found = cli.get_command(click.Context(cli), command)
    assert found is not None and found.help, f"{command} has no help."
    lines = [line.strip() for line in (found.epilog or "").splitlines()]
    examples = [line for line in lines if line.startswith("gongkai ")]
    assert examples, f"The help of {command} shows no example."
    for line in examples:
        parse_line(line)


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "decisions").glob("0*.md")), ids=name)
def test_a_decision_has_context_decision_and_what_was_rejected(path: Path) -> None:
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == ["Context", "Decision", "Rejected"]
    assert path.name in (path.parent / "README.md").read_text(encoding="utf-8"), f"{path.name} is not in the list."
