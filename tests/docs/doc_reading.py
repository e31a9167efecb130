"""Markdown files as the tests see them: fenced blocks, tables, links."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
FRONT = [ROOT / "README.md", ROOT / "README.zh-CN.md"]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """One fenced block. `file` is the name that the sentence before it gives: “Save this as `name`:”."""

    language: str
    text: str
    file: str | None


def blocks(path: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    text = path.read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(text):
        before = re.search(r"Save this as `([^`]+)`:\s*\Z", text[: match.start()])
        found.append(Block(match[1], match[2], before[1] if before else None))
    return found


def links(path: Path) -> list[tuple[str, str]]:
    """Text and target of every link outside fenced blocks."""
    return _LINK.findall(_FENCE.sub("", path.read_text(encoding="utf-8")))


def table(path: Path, *headers: str) -> list[list[str]]:
    """The rows of the table with these headers; the backticks around a cell that is code are taken off."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index("| " + " | ".join(headers) + " |") + 2
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([_plain(cell.strip()) for cell in line.strip("|").split(" | ")])
    return rows


def _plain(cell: str) -> str:
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == "`" else cell
