"""Every module says what it is for, stays small, and hides no failure."""

import ast

import pytest
from code_reading import Module, modules

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
NAMES_OF_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "tools"}
BORDERS = {"archive.reader", "corpus.readers.foreign"}
"""Where an exception that nobody foresaw may be caught: one strange document must not end a run over thousands, and
libraries that read foreign formats raise whatever their code happens to hit."""


def lines(module: Module) -> int:
    return sum(1 for line in module.path.read_text(encoding="utf-8").splitlines() if line.strip())


@pytest.mark.parametrize("module", [m for m in modules() if lines(m)], ids=lambda m: m.name)
def test_a_module_opens_with_its_duty(module: Module) -> None:
    duty = ast.get_docstring(module.tree) or ""
    assert duty, f"{module.at(1)} has no docstring: a newcomer, and docs/reference/modules.md, ask what it is for."
    assert duty[0].isupper() or not duty[0].isascii() or duty[0] == "`", f"{module.at(1)} begins with no sentence."


def test_no_module_is_named_for_nothing() -> None:
    wrong = [str(m.path) for m in modules() if m.path.stem in NAMES_OF_NOTHING]
    assert not wrong, f"A name that fits everything collects everything; name the module for its one job: {wrong}"


def test_modules_and_functions_stay_readable() -> None:
    wrong = [f"{m.at(1)} has {lines(m)} lines" for m in modules() if lines(m) > LONGEST_MODULE]
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > LONGEST_FUNCTION:
                    wrong.append(f"{module.at(node.lineno)} {node.name} has {size} lines")
    assert not wrong, "What does not fit on a few screens does more than one job; split it.\n" + "\n".join(wrong)


def swallows(tree: ast.Module) -> list[int]:
    """Lines of handlers that catch everything and do not raise again."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and (
            node.type is None or _names(node.type) & {"Exception", "BaseException"}
        ):
            again = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
            if not again:
                found.append(node.lineno)
    return found


def _names(node: ast.expr) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def test_no_failure_is_swallowed() -> None:
    wrong = [module.at(line) for module in modules() if module.name not in BORDERS for line in swallows(module.tree)]
    assert not wrong, (
        "A handler for everything hides the errors nobody thought of, and an empty result then stands for a failure. "
        f"Catch what can happen and say what it means: {', '.join(wrong)}"
    )


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("try:\n    f()\nexcept Exception:\n    pass", [3]),
        ("try:\n    f()\nexcept:\n    pass", [3]),
        ("try:\n    f()\nexcept (OSError, Exception) as error:\n    print(error)", [3]),
        ("try:\n    f()\nexcept BaseException:\n    undo()\n    raise", []),
        ("try:\n    f()\nexcept OSError:\n    pass", []),
    ],
)
def test_the_rule_sees_what_it_should(code: str, found: list[int]) -> None:
    assert swallows(ast.parse(code)) == found
