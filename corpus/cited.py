"""What is known about a law or document that reports cite, beyond its name; and the canonical name of what a person types.

The facts are data (`vocab/references.toml`). Nothing is known about most documents: their number is all there is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.parse.references import find_references
from corpus.vocabulary import load

KINDS: Mapping[str, tuple[str, str]] = {
    "law": ("法律法规", "Laws and regulations"),
    "order": ("令", "Orders"),
    "document": ("文件（发文字号）", "Documents by number"),
    "standard": ("标准", "Standards"),
}
"""Kinds of references with their labels."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited law or document. Empty where nothing is known."""

    canonical: str
    zh: str = ""
    """What it is, in one line."""
    en: str = ""
    aliases: tuple[str, ...] = ()
    """Other names that reports use for it."""
    related: tuple[str, ...] = ()
    """Canonical names of the orders or documents that issued it, or of what it issued."""
    note_zh: str = ""
    note_en: str = ""

    def note(self, language: str) -> str:
        """What a reader of its articles must know; most often empty."""
        return self.note_zh if language == "zh" else self.note_en

    def gloss(self, language: str) -> str:
        """What it is, in a language (`zh`, `en`)."""
        return self.zh if language == "zh" else self.en


@cache
def _known() -> Mapping[str, Cited]:
    found = {e["canonical"]: Cited(e["canonical"], e["zh"], e["en"]) for e in load("references")["known"]}
    issued: dict[str, list[str]] = {}
    for title in load("references")["law"]["title"]:
        name, issuers = title["canonical"], tuple(title.get("issued_by", ()))
        found[name] = Cited(
            name, "", title["en"], tuple(title["aliases"]), issuers, title.get("note_zh", ""), title.get("note_en", "")
        )
        for issuer in issuers:
            issued.setdefault(issuer, []).append(name)
    for issuer, names in issued.items():
        known = found[issuer]
        found[issuer] = Cited(issuer, known.zh, known.en, (), tuple(names))
    return found


def about(canonical: str) -> Cited:
    """What is known about it."""
    return _known().get(canonical, Cited(canonical))


def known_cited() -> tuple[Cited, ...]:
    """Everything that something is known about: documents and orders, then laws."""
    return tuple(_known().values())


@lru_cache(maxsize=4096)
def canonical_of(text: str) -> str | None:
    """The canonical name that `text` means: a title with or without 《》, a number in any of its printed forms.

    `None` when it is no citation, or more than one.
    """
    text = text.strip()
    for written in (text, f"《{text}》"):
        names = {reference.canonical for reference in find_references(written[:200])}
        if len(names) == 1 and (name := names.pop()) is not None:
            return name
    return None
