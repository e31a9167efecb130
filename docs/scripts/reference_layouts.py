"""The page about layouts: every variant, what is done about it, which renderings print it and what share is read right."""

import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from markdown import code, page, table

from benchmarks.quality.__main__ import floors
from corpus.synthetic import LAYOUTS, Style

VARIANTS = Path(__file__).with_name("variants.toml")
FORMATS = Path(__file__).with_name("formats.md")


def variants() -> list[dict[str, Any]]:
    """The variants as `variants.toml` lists them."""
    found: list[dict[str, Any]] = tomllib.loads(VARIANTS.read_text(encoding="utf-8"))["variant"]
    return found


def layouts_page() -> str:
    """Formats and encodings, the variants, the layouts with their floors."""
    least = floors()
    return page(
        "Layouts that are read",
        FORMATS.read_text(encoding="utf-8"),
        "## Variants",
        "What is done about each variant seen in real reports, and the choices of the seeded generator that print it (fields of "
        "`Style` in `corpus/synthetic/render/style.py`). Every choice is drawn in the 2,000 random combinations of `make quality` "
        "and the 200 of the tests.",
        table(("", "variant", "what is done", "printed by"), [_row(variant) for variant in variants()]),
        "## Layouts and their floors",
        "The least share of cells that must be right; the rest must be absent or flagged, and no figure may be silently wrong. "
        "`make quality` measures it and fails below; a floor only goes up.",
        table(
            ("layout", "least share right", "choices"),
            [
                (code(name), f"{least[name]:.2%}", ", ".join(code(choice) for choice in _choices(LAYOUTS.get(name))))
                for name in least
            ],
        ),
    )


def _row(variant: dict[str, Any]) -> tuple[str, str, str, str]:
    printed = [code(f"{field}={value}") for field, values in variant.get("choices", {}).items() for value in values]
    return variant["id"], variant["name"], variant["done"], " ".join([*printed, *map(code, variant.get("tests", []))])


def _choices(style: Style | None) -> Iterator[str]:
    """What of a layout differs from the plainest; nothing for the random combinations."""
    for item in fields(Style) if style else ():
        value = getattr(style, item.name)
        if value != item.default:
            yield f"{item.name}={value}"
