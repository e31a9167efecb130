"""Markdown from values: tables and code, with everything escaped that Markdown would take for its own."""

from collections.abc import Iterable, Sequence

GENERATED = "<!-- Written by docs/scripts/build_reference.py. Do not edit: change the program and run it again. -->"


def code(text: object) -> str:
    """`text` as inline code; a dash for nothing."""
    shown = str(text)
    if not shown:
        return "–"
    fence = "``" if "`" in shown else "`"
    return f"{fence}{shown}{fence}"


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; line feeds and bars inside cells are made harmless."""
    lines = ["| " + " | ".join(headers) + " |", "|" + "---|" * len(headers)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|") or "–"


def page(title: str, *parts: str) -> str:
    """A generated page."""
    return "\n\n".join([f"# {title}", GENERATED, *(part.strip("\n") for part in parts if part)]) + "\n"
