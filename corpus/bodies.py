"""Names of bodies that belong together: aliases, predecessors and successors, by the general patterns of `vocab/bodies.toml`.

It claims no identity: that 望州市国土资源局 became 望州市自然资源和规划局 is presumed from the reform, and no id, version or
check follows from it. A name that is not exactly a place and a known function has no relatives.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from corpus.parse.region import LEVELS, read_region
from corpus.vocabulary import load


class Relation(StrEnum):
    """What another name is to a name."""

    SAME = "same"
    """Another name of the same function: an abbreviation, a fuller form or a variant."""
    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Function:
    """What a kind of body does, by its names behind the place; the first is the fullest."""

    key: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a succession is laid down."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """In a language (`zh`, `en`)."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Succession:
    """Functions that passed to another one. `before` is empty for a function that was new."""

    before: tuple[Function, ...]
    after: Function
    kind: str
    """`renamed`, `merged`, `absorbed` or `founded`."""
    first_year: int
    last_year: int
    source: Source
    note_zh: str = ""
    note_en: str = ""

    def note(self, language: str) -> str:
        """A remark, most often empty."""
        return self.note_zh if language == "zh" else self.note_en


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name taken apart: the levels of its place (highest first, those implied without doubt included) and its function."""

    place: tuple[str | None, ...]
    function: Function


@cache
def functions() -> Mapping[str, Function]:
    """All functions by key."""
    return {e["key"]: Function(e["key"], tuple(e["names"])) for e in load("bodies")["function"]}


@cache
def successions() -> tuple[Succession, ...]:
    """All successions, in the order of the file."""
    known = functions()
    sources = {e["key"]: Source(e["zh"], e["en"]) for e in load("bodies")["source"]}
    return tuple(
        Succession(
            tuple(known[key] for key in e["from"]), known[e["to"]], e["kind"], e["years"][0], e["years"][1], sources[e["source"]],
            e.get("note_zh", ""), e.get("note_en", ""),
        )
        for e in load("bodies")["succession"]
    )  # fmt: skip


@cache
def _by_name() -> Mapping[str, Function]:
    return {name: function for function in functions().values() for name in function.names}


@lru_cache(maxsize=131072)
def parts_of(name: str) -> BodyName | None:
    """Place and function of a simplified name; `None` when it is not exactly a known function, with a place or central."""
    known = _by_name()
    if (function := known.get(name)) is not None:
        return BodyName((None,) * len(LEVELS), function) if function.key.startswith("c.") else None
    reading = read_region(name, None)
    if reading.zone or not reading.region.evidence:
        return None
    function = known.get(reading.rest)
    if function is None or function.key.startswith("c."):
        return None
    return BodyName(tuple(getattr(reading.region, level) for level in LEVELS), function)


@cache
def _reached(key: str, relation: Relation) -> frozenset[str]:
    """Keys of all functions that passed to this one, or that it passed to, over any number of steps."""
    steps = [
        (s.after.key, f.key) if relation is Relation.EARLIER else (f.key, s.after.key)
        for s in successions()
        for f in s.before
    ]
    found: set[str] = set()
    open_keys = {key}
    while open_keys:
        open_keys = {to for at, to in steps if at in open_keys} - found
        found |= open_keys
    return frozenset(found)


@lru_cache(maxsize=65536)
def relation(name: str, other: str) -> Relation | None:
    """What the body called `other` is to the one called `name`; `None` when their names tie them by nothing.

    Siblings (规划局 and 国土资源局, which became one) are not related: neither is an earlier or later form of the other.
    """
    if name == other:
        return Relation.SAME
    a, b = parts_of(name), parts_of(other)
    if a is None or b is None or a.place != b.place:
        return None
    if a.function is b.function:
        return Relation.SAME
    for found in (Relation.EARLIER, Relation.LATER):
        if b.function.key in _reached(a.function.key, found):
            return found
    return None


def history(name: str) -> tuple[Succession, ...]:
    """The successions that led to the body of that name and on from it, oldest first; empty when none is known."""
    parts = parts_of(name)
    if parts is None:
        return ()
    key = parts.function.key
    line = {key, *_reached(key, Relation.EARLIER), *_reached(key, Relation.LATER)}
    found = [s for s in successions() if s.after.key in line and (not s.before or {f.key for f in s.before} & line)]
    return tuple(sorted(found, key=lambda s: (s.first_year, s.last_year)))
