"""Each third-party library, and SQL, has one home; what is declared is what is used."""

import ast
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import pytest
from code_reading import ROOT, Module, imports, is_third_party, modules, read_module, strings, within
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOMES = {
    "bs4": (
        "corpus.readers.html",
        "corpus.readers.html_steps",
        "corpus.readers.html_table",
        "corpus.readers.html_walk",
    ),
    "mammoth": ("corpus.readers.word",),
    "pdfplumber": ("corpus.readers.pdf", "corpus.readers.pdf_page", "corpus.readers.pdf_rules"),
    "pdfminer": ("corpus.readers.pdf",),
    "warcio": ("corpus.sources.warc",),
    "opencc": ("corpus.text", "corpus.synthetic.render.characters"),
    "resiliparse": ("corpus.readers.decode",),
    "sqlite3": ("archive",),
    "rispy": ("archive.citations.ris",),
    "bibtexparser": ("archive.citations.bibtex",),
    "jieba": ("indexer.segment",),
    "rjieba": ("indexer.fast_segment",),
    "numpy": ("indexer.engines",),
    "whoosh": ("indexer.engines.whoosh_codec", "indexer.engines.whoosh_engine", "indexer.engines.whoosh_files"),
    "flask": ("webui",),
    "jinja2": ("webui",),
    "werkzeug": ("webui",),
    "click": ("webui",),
    "rich": ("webui.console",),
    "platformdirs": ("webui.cli",),
    "waitress": ("webui.commands.serve",),
}
"""Library → the only modules (or rooms) that may import it."""

WHY_HOMES = (
    "A library that is used in one place can be replaced, mocked away or dropped there, and its types and failures do "
    "not spread. Ask its home for what you need; a new library gets a line in HOMES, in pyproject.toml and in "
    "constraints.txt."
)
WHY_SQL = "The catalog is the only SQL: whoever reads archive/catalog has seen every statement that is run."
WHY_DECLARED = (
    "What is imported must be declared, or a fresh installation breaks; what is declared must be used, or everybody "
    "installs it for nothing."
)

COMES_WITH = {"jinja2": "flask", "werkzeug": "flask", "packaging": "pytest", "pdfminer": "pdfplumber"}
"""Imported by their own names, but required (and their versions chosen) by the declared library on the right."""
BY_NAME = {"lxml": ("corpus.readers.html", "lxml")}
"""Distribution → module that uses it without an import, and the string by which it does (a parser's name)."""

_SQL = (
    "SELECT ",
    "INSERT ",
    "UPDATE ",
    "DELETE ",
    "CREATE ",
    "PRAGMA ",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "ATTACH ",
    "WITH ",
)


def strayed(module: Module) -> list[str]:
    """The imports of libraries outside their homes."""
    return [
        f"{module.at(found.line)} imports {found.target}"
        for found in imports(module.tree)
        if (is_third_party(found.top) or found.top in HOMES) and not within(module.name, *HOMES.get(found.top, ()))
    ]


def test_every_library_stays_in_its_home() -> None:
    wrong = [problem for module in modules() for problem in strayed(module)]
    assert not wrong, f"{WHY_HOMES}\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("name", "line", "problems"),
    [
        ("indexer.segment", "import jieba", 0),
        ("indexer.fields", "import jieba", 1),
        ("indexer.engines.whoosh_codec", "from whoosh.reading import SegmentReader", 0),
        ("indexer.engines.memory", "import whoosh", 1),
        ("corpus.checks", "import sqlite3", 1),
        ("archive.stored", "import sqlite3", 0),
        ("corpus.readers.html_table", "from bs4.element import Tag", 0),
        ("webui.passages", "from bs4 import BeautifulSoup", 1),
        ("corpus.text", "import numpy", 1),
        ("corpus.text", "import re, unicodedata", 0),
    ],
)
def test_the_rule_sees_what_it_should(name: str, line: str, problems: int) -> None:
    assert len(strayed(Module(name, ROOT / "corpus" / "text.py", ast.parse(line)))) == problems


def test_every_home_is_lived_in() -> None:
    used = {(found.top, module.name) for module in modules() for found in imports(module.tree)}
    empty = [
        f"{library}: {home}"
        for library, homes in HOMES.items()
        for home in homes
        if not any(library == top and within(name, home) for top, name in used)
    ]
    assert not empty, f"HOMES names modules that do not use the library any more: {', '.join(empty)}"


def test_sql_is_written_in_the_catalog_only() -> None:
    wrong = [
        f"{module.at(line)} {text[:40]!r}"
        for module in modules()
        if not within(module.name, "archive.catalog")
        for text, line in strings(module.tree)
        if text.lstrip().startswith(_SQL)
    ]
    assert not wrong, f"{WHY_SQL}\n" + "\n".join(wrong)


def test_the_rule_about_sql_sees_the_catalog() -> None:
    inside = [m for m in modules() if within(m.name, "archive.catalog")]
    assert any(text.lstrip().startswith(_SQL) for m in inside for text, _ in strings(m.tree))


def project() -> dict[str, object]:
    table: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return table


def declared() -> set[str]:
    """Distributions that are installed with the program, or with one of its extras."""
    table: dict[str, dict[str, list[str]]] = project()["project"]
    extras = [line for lines in table["optional-dependencies"].values() for line in lines]
    return {canonicalize_name(Requirement(line).name) for line in [*table["dependencies"], *extras]}


def for_developers() -> set[str]:
    """Distributions of the groups for developers."""
    groups: dict[str, list[str]] = project()["dependency-groups"]
    return {canonicalize_name(Requirement(line).name) for lines in groups.values() for line in lines}


installed = cache(packages_distributions)


def distributions(tops: set[str]) -> set[str]:
    """The distributions that give these top-level modules."""
    return {canonicalize_name(name) for top in tops for name in installed().get(top, [top])[:1]}


def imported(paths: list[Module]) -> set[str]:
    """Top-level modules of libraries that these modules import."""
    return {found.top for module in paths for found in imports(module.tree) if is_third_party(found.top)}


def test_declared_dependencies_are_the_imported_ones() -> None:
    used = distributions({COMES_WITH.get(top, top) for top in imported(list(modules()))})
    for name, (home, word) in BY_NAME.items():
        tree = next(m.tree for m in modules() if m.name == home)
        assert any(text == word for text, _ in strings(tree)), f"{home} does not use {name} any more; drop it."
        used.add(name)
    assert used - declared() == set(), f"{WHY_DECLARED} Imported and not declared in pyproject.toml."
    assert declared() - used == set(), f"{WHY_DECLARED} Declared in pyproject.toml and not imported."


@pytest.mark.parametrize("folder", ["tests", "benchmarks"])
def test_what_tests_and_benchmarks_import_is_declared_for_developers(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.py"))
    own = {path.stem for path in files} | {"benchmarks"}
    used = distributions({COMES_WITH.get(top, top) for top in imported([read_module(p) for p in files]) - own})
    missing = used - declared() - for_developers()
    assert missing == set(), f"{WHY_DECLARED} Add to a group of pyproject.toml."


def test_constraints_pin_every_declared_library_within_its_range() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    pins = {canonicalize_name(r.name): r for r in map(Requirement, lines)}
    table = project()
    extras = [line for lines in table["project"]["optional-dependencies"].values() for line in lines]
    groups = [
        *table["project"]["dependencies"],
        *table["dependency-groups"]["dev"],
        *table["dependency-groups"]["fuzz"],
        *extras,
    ]
    wrong = []
    for wanted in map(Requirement, groups):
        pin = pins.get(canonicalize_name(wanted.name))
        version = next(iter(pin.specifier)).version if pin else None
        if version is None or version not in wanted.specifier:
            wrong.append(f"{wanted} is pinned to {version}")
    assert not wrong, "Installations must be repeatable: `make constraints` writes the pins. " + "; ".join(wrong)
