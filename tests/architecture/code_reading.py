"""The project's own source as the architecture tests see it: modules, their imports, the dotted names they use."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("corpus", "archive", "indexer", "webui")
"""In the direction in which data flows."""


@dataclass(frozen=True)
class Module:
    """One source file. `name` is dotted; a package has the name of its folder."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]

    def at(self, line: int) -> str:
        """The place as editors open it."""
        return f"{self.path.relative_to(ROOT)}:{line}"


@dataclass(frozen=True)
class Import:
    """One imported module, and the names taken from it (none for `import x`)."""

    target: str
    names: tuple[str, ...]
    line: int

    @property
    def top(self) -> str:
        return self.target.partition(".")[0]

    def modules(self, known: frozenset[str]) -> Iterator[str]:
        """The modules of `known` that are meant: `from corpus import divisions` names a module, not a value."""
        inside = [f"{self.target}.{name}" for name in self.names if f"{self.target}.{name}" in known]
        yield from inside or [self.target]


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the four rooms."""
    return tuple(read_module(path) for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))


@cache
def module_names() -> frozenset[str]:
    return frozenset(m.name for m in modules())


@cache
def read_module(path: Path) -> Module:
    """The module in `path`, which lies below the root of the project."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, ast.parse(path.read_text(encoding="utf-8")))


@cache
def imports(tree: ast.Module) -> tuple[Import, ...]:
    """All imports, those inside functions and under `if TYPE_CHECKING` too."""
    return tuple(_imports(tree))


def _imports(tree: ast.Module) -> Iterator[Import]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, (), node.lineno)
        elif isinstance(node, ast.ImportFrom):
            yield Import("." * node.level + (node.module or ""), tuple(alias.name for alias in node.names), node.lineno)


def is_third_party(top: str) -> bool:
    """Whether a top-level name belongs to neither Python nor this project."""
    return top not in sys.stdlib_module_names and top not in ROOMS


def within(name: str, *homes: str) -> bool:
    """Whether the dotted `name` is one of `homes` or below one of them."""
    return any(name == home or name.startswith(f"{home}.") for home in homes)


def used_names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every dotted name that is used, imports resolved: `datetime.now` becomes `datetime.datetime.now`.

    A method of a value that no import names keeps only its last part with a leading dot: `.expanduser`.
    """
    known = _imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield _dotted(node, known), node.lineno
        elif isinstance(node, ast.Name) and node.id in known:
            yield known[node.id], node.lineno
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def _imported_names(tree: ast.Module) -> dict[str, str]:
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                known[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return known


def _dotted(node: ast.Attribute, known: dict[str, str]) -> str:
    parts = [node.attr]
    value: ast.expr = node.value
    while isinstance(value, ast.Attribute):
        parts.append(value.attr)
        value = value.value
    if isinstance(value, ast.Name) and value.id in known:
        return ".".join([known[value.id], *reversed(parts)])
    return f".{node.attr}"


def strings(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every string literal with its line, docstrings and other bare strings left out."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value, node.lineno
