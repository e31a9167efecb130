"""Sentence templates → sentences, keeping account of every fact and reference that the sentences state.

A template is a string with placeholders: `{y}` year, `{next}`, `{we}`, `{agency}`, `{place}`, `{all}`, `{site}`, `{six}`;
`{n:2-9}` a number of no meaning; `{pick:a|b}`; `{ref:key}` a reference of prose/references.toml; `{pct:a/b}` a share in
per cent; any other name is a figure, and when that figure is a fact of the domain the sentence states it.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from corpus.synthetic.truth import FactTruth, Number, ReferenceTruth

_PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)(?::([^}]*))?\}")
_WORDS = frozenset({"y", "next", "we", "agency", "place", "all", "site", "six", "n", "pick", "ref", "pct"})
_HAN_DIGITS = "零一二三四五六七八九"


@cache
def prose(name: str) -> dict[str, Any]:
    """The groups of templates in prose/`name`.toml."""
    text = files("corpus.synthetic").joinpath("prose", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def needed_figures(template: str) -> frozenset[str]:
    """The names of the figures that a template prints."""
    names: set[str] = set()
    for match in _PLACEHOLDER.finditer(template):
        if match[1] == "pct":
            names.update(match[2].split("/"))
        elif match[1] not in _WORDS:
            names.add(match[1])
    return frozenset(names)


def han_number(value: int) -> str:
    """A count below 100 in Chinese numerals."""
    tens, ones = divmod(value, 10)
    if not tens:
        return _HAN_DIGITS[ones]
    return ("" if tens == 1 else _HAN_DIGITS[tens]) + "十" + (_HAN_DIGITS[ones] if ones else "")


@dataclass(slots=True)
class Writer:
    """Fills templates for one report. `facts_of` maps the name of a figure to the fact it states (absent: none)."""

    rng: Random
    words: Mapping[str, str]
    numbers: Mapping[str, Number]
    facts_of: Mapping[str, str]
    han_numerals: bool = False
    facts: list[FactTruth] = field(default_factory=list)
    references: list[ReferenceTruth] = field(default_factory=list)

    def can(self, template: str) -> bool:
        """Whether every figure of the template is stated in the report."""
        return needed_figures(template) <= self.numbers.keys()

    def positive(self, name: str) -> bool:
        """Whether that figure is stated and above zero."""
        return self.numbers.get(name, 0) > 0

    def zero(self, name: str) -> bool:
        """Whether that figure is stated and zero."""
        return self.numbers.get(name) == 0

    def choose(self, templates: Sequence[str]) -> str:
        """One of the templates whose figures are all stated, filled; empty when there is none."""
        fitting = [t for t in templates if self.can(t)]
        return self.fill(self.rng.choice(fitting)) if fitting else ""

    def several(self, templates: Sequence[str], low: int, high: int) -> list[str]:
        """Between `low` and `high` different templates in random order, filled."""
        fitting = [t for t in templates if self.can(t)]
        self.rng.shuffle(fitting)
        return [self.fill(t) for t in fitting[: self.rng.randint(low, high)]]

    def fill(self, template: str) -> str:
        """The sentence; its facts and references are noted."""
        stated: list[tuple[str, Number]] = []
        sentence = _PLACEHOLDER.sub(lambda match: self._value(match[1], match[2] or "", stated), template)
        self.facts += [FactTruth(fact, value, sentence) for fact, value in stated]
        return sentence

    def state_zero(self, *names: str, sentence: str) -> None:
        """Note that a sentence without digits states zero for these figures."""
        self.facts += [FactTruth(self.facts_of[n], 0, sentence) for n in names if n in self.facts_of]

    def last_stated(self) -> frozenset[str]:
        """The facts of the sentence filled last."""
        last = self.facts[-1].sentence if self.facts else ""
        return frozenset(fact.fact for fact in self.facts if fact.sentence == last)

    def _value(self, name: str, argument: str, stated: list[tuple[str, Number]]) -> str:
        if name == "n":
            low, high = argument.split("-")
            return str(self.rng.randint(int(low), int(high)))
        if name == "pick":
            return self.rng.choice(argument.split("|"))
        if name == "ref":
            return self._reference(argument)
        if name == "pct":
            part, whole = argument.split("/")
            return f"{100 * self.numbers[part] / self.numbers[whole]:.1f}"
        if name in self.words:
            return self.words[name]
        value = self.numbers[name]
        if name in self.facts_of:
            stated.append((self.facts_of[name], value))
        if self.han_numerals and isinstance(value, int) and 0 < value < 100:
            return han_number(value)
        return str(value)

    def _reference(self, key: str) -> str:
        entry = prose("references")[key]
        printed: str = self.rng.choice(entry["prints"]).replace("{y}", self.words["y"])
        self.references += [ReferenceTruth("law", title, None) for title in re.findall(r"^《[^》]+》", printed)]
        for kind, raw, canonical in entry.get("numbers", ()):
            raw, canonical = (s.replace("{y}", self.words["y"]) for s in (raw, canonical))
            if raw in printed:
                self.references.append(ReferenceTruth(kind, raw, canonical))
        return printed
