"""A failing rendering made small: every choice of its style that the fault does not need is set back to the plainest."""

from collections.abc import Callable
from dataclasses import fields, replace
from random import Random

from corpus.synthetic import Style
from corpus.synthetic.render import possible

PLAINEST = Style()


def minimise(style: Style, fails: Callable[[Style], bool]) -> Style:
    """The style with the fewest unusual choices for which `fails` still holds; `fails(style)` must hold.

    Each choice is tried once and then all again until none can go, so that no single one of what is left is superfluous.
    """
    smaller = True
    while smaller:
        smaller = False
        for name in choices(style):
            candidate = replace(style, **{name: getattr(PLAINEST, name)})
            if possible(candidate, Random(0)) == candidate and fails(candidate):
                style, smaller = candidate, True
    return style


def choices(style: Style) -> dict[str, object]:
    """What in a style is not the plainest: name and value."""
    found = {item.name: getattr(style, item.name) for item in fields(style)}
    return {name: value for name, value in found.items() if value != getattr(PLAINEST, name)}
