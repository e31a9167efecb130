"""Conditions on the values of a field: what one value of a filter accepts. Pure predicates; they read no documents."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import squash
from indexer.matching import comparable

Number = int | float
Value = str | int | Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Is:
    """The value is this key."""

    key: str

    def accepts(self, value: Value) -> bool:
        return value == self.key


@dataclass(frozen=True, slots=True)
class IsNamed:
    """The value is this name, whatever the width, case or variant of its characters."""

    name: str

    def accepts(self, value: Value) -> bool:
        return isinstance(value, str) and comparable(value) == comparable(self.name)


@dataclass(frozen=True, slots=True)
class OfBody:
    """The value is a name of this body, or one that it had before or later by the patterns of the reforms."""

    name: str

    def accepts(self, value: Value) -> bool:
        return isinstance(value, str) and (_related(self.name, value) or comparable(value) == comparable(self.name))


def _related(name: str, other: str) -> bool:
    from corpus.bodies import relation  # here, for names of bodies and places take long to load

    return relation(name, other) is not None


@dataclass(frozen=True, slots=True)
class Cites:
    """The value is this law or document, whatever the brackets around its parts."""

    name: str

    def accepts(self, value: Value) -> bool:
        return isinstance(value, str) and _squashed(value) == _squashed(self.name)


@lru_cache(maxsize=4096)
def _squashed(name: str) -> str:
    return squash(name)


@dataclass(frozen=True, slots=True)
class Between:
    """The year lies between the two, both included; `None` is an open end."""

    first: int | None
    last: int | None

    def accepts(self, value: Value) -> bool:
        if not isinstance(value, int):
            return False
        return (self.first is None or self.first <= value) and (self.last is None or value <= self.last)


@dataclass(frozen=True, slots=True)
class InFamily:
    """The check id is this one, or begins with it up to a `.` or `:`."""

    prefix: str

    def accepts(self, value: Value) -> bool:
        return isinstance(value, str) and (
            value == self.prefix or value.startswith((f"{self.prefix}.", f"{self.prefix}:"))
        )


COMPARISONS: Mapping[str, Callable[[Number, Number], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A figure compared with a number; never true where the report states no number."""

    path: str
    comparison: str
    number: Number

    def holds(self, figures: Mapping[str, Number]) -> bool:
        value = figures.get(self.path)
        return value is not None and COMPARISONS[self.comparison](value, self.number)


@dataclass(frozen=True, slots=True)
class AllHold:
    """All conditions hold on the figures of the same report."""

    conditions: tuple[Condition, ...]

    def accepts(self, value: Value) -> bool:
        return isinstance(value, Mapping) and all(c.holds(value) for c in self.conditions)


Criterion = Is | IsNamed | OfBody | Cites | Between | InFamily | AllHold

_CONDITION = re.compile(
    r"\s*([A-Za-z0-9_.]+?)\s*(>=|<=|!=|==|=|>|<)\s*(-?\d{1,15}(?:\.\d{1,15})?)\s*"
)  # as many digits as are exact
_YEARS = re.compile(r"([0-9]{4})?\s*([-–—~至]|\.\.)?\s*([0-9]{4})?")


def parse_years(text: str) -> Between | None:
    """The range that `2023`, `2019-2023`, `2019..2023`, `2019-` or `-2019` names; `None` when it names none."""
    found = _YEARS.fullmatch(comparable(text))
    if found is None or not (found[1] or found[3]) or (found[1] and found[3] and not found[2]):
        return None
    first, last = (int(y) if y else None for y in (found[1], found[3]))
    if not found[2]:
        return Between(first, first)
    if first is not None and last is not None and first > last:
        return None
    return Between(first, last)


def parse_condition(text: str) -> Condition | None:
    """The condition that `path>=100` names; `None` when it names none or a number too long to be exact. The path is not
    looked up."""
    found = _CONDITION.fullmatch(text)
    if found is None:
        return None
    path, comparison, digits = found.groups()
    return Condition(path, "=" if comparison == "==" else comparison, float(digits) if "." in digits else int(digits))
