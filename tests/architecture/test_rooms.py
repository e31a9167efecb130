"""Who may import whom: data flows corpus → archive → indexer → webui, imports only go back."""

import ast
import subprocess
import sys

import pytest
from code_reading import ROOMS, ROOT, Import, Module, imports, module_names, modules, within

MAY_IMPORT = {
    "corpus": (),
    "archive": ("corpus",),
    "indexer": ("corpus",),
    "webui": ("corpus", "archive", "indexer"),
}
EXCEPTIONS = {"indexer.sync": ("archive",)}
"""The index is brought up to the archive in one place; the rest of the room can be used without an archive."""

WHY_ROOMS = (
    "Data flows corpus → archive → indexer → webui and imports only go the other way: an earlier room must be "
    "understandable, testable and usable without the later ones."
)
WHY_FRONT_DOORS = (
    "What is behind a room's front door may change without asking the other rooms; what they need belongs into its "
    "`__all__` (or, for the archive, into one of the modules that its docstring names)."
)
WHY_WITNESS = (
    "The generator is an independent witness of the reader: a mistake in a shared list of labels would be written and "
    "read alike, and no test would see it."
)
DOORS = {
    "archive": ("codec", "ingest", "verify", "cite", "corrections", "derive", "related", "resolve", "export"),
    "indexer": (),
}
"""Room → modules of it that later rooms may import from, besides the room itself."""
GENERATOR_MAY_USE = ("corpus.synthetic", "corpus.model", "corpus.errors")


def crossing(module: Module, found: Import) -> str:
    """What is wrong with this import between rooms; empty when nothing is."""
    if found.target.startswith("."):
        return "is relative; full names show which room is meant"
    if found.top not in ROOMS or found.top == module.room:
        return ""
    allowed = (*MAY_IMPORT[module.room], *EXCEPTIONS.get(module.name, ()))
    return "" if found.top in allowed else f"reaches into {found.top}"


def test_rooms_import_only_earlier_rooms() -> None:
    wrong = [
        f"{module.at(found.line)} import of {found.target} {problem}"
        for module in modules()
        for found in imports(module.tree)
        if (problem := crossing(module, found))
    ]
    assert not wrong, f"{WHY_ROOMS}\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("name", "line", "wrong"),
    [
        ("corpus.text", "from archive import Archive", True),
        ("corpus.text", "import indexer.fields", True),
        ("archive.cite", "from corpus.model import Report", False),
        ("archive.cite", "from indexer import search", True),
        ("indexer.results", "from archive import Archive", True),
        ("indexer.sync", "from archive import Archive", False),
        ("indexer.sync", "from webui.cli import cli", True),
        ("webui.app", "from archive import Archive", False),
        ("webui.app", "from .context import site", True),
        ("corpus.text", "import archives", False),
    ],
)
def test_the_rule_sees_what_it_should(name: str, line: str, wrong: bool) -> None:
    module = Module(name, ROOT / "corpus" / "text.py", ast.parse(line))
    (found,) = imports(module.tree)
    assert bool(crossing(module, found)) is wrong


def through_the_door(found: Import) -> bool:
    """Whether the import takes only what the room offers."""
    if found.target == found.top:
        return set(found.names) <= set(__import__(found.top).__all__)
    return found.target in {f"{found.top}.{door}" for door in DOORS[found.top]}


def test_later_rooms_use_front_doors() -> None:
    wrong = [
        f"{module.at(found.line)} imports {', '.join(found.names)} from {found.target}"
        for module in modules()
        for found in imports(module.tree)
        if found.top in DOORS and found.top != module.room and not through_the_door(found)
    ]
    assert not wrong, f"{WHY_FRONT_DOORS}\n" + "\n".join(wrong)


@pytest.mark.parametrize("room", ["archive", "indexer"])
def test_a_front_door_lists_exactly_what_it_offers(room: str) -> None:
    package = __import__(room)
    tree = next(m.tree for m in modules() if m.name == room)
    offered = {name for found in imports(tree) for name in found.names}
    assert package.__all__ == sorted(package.__all__, key=lambda n: (not n.isupper(), not n[0].isupper(), n)), (
        f"{room}.__all__ is read by people: constants, then classes, then functions, each in order of the alphabet."
    )
    assert set(package.__all__) == offered, f"{room}/__init__.py must list in `__all__` what it imports, and no more."


def test_the_generator_shares_nothing_with_the_reader() -> None:
    wrong = [
        f"{module.at(found.line)} imports {target}"
        for module in modules()
        if within(module.name, "corpus.synthetic")
        for found in imports(module.tree)
        if found.top in ROOMS
        for target in found.modules(module_names())
        if not within(target, *GENERATOR_MAY_USE)
    ]
    assert not wrong, f"{WHY_WITNESS}\n" + "\n".join(wrong)


def test_listing_reports_loads_neither_site_nor_segmenter_nor_engine() -> None:
    code = (
        "import sys, webui.cli, webui.commands.listing, archive, indexer\n"
        "print(*sorted({'flask', 'waitress', 'jieba', 'whoosh'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [], (
        "Every command would pay for loading these: import them where they are used (inside the function or behind "
        f"`open_engine`). Loaded: {done.stdout}"
    )
