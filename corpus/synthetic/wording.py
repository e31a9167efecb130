"""The printed wording of the forms, loaded from wording.toml: the generator's own, independent of the reader's vocabulary."""

import tomllib
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from corpus.model import Era


@cache
def wording() -> dict[str, Any]:
    """The whole file as nested dictionaries."""
    text = files("corpus.synthetic").joinpath("wording.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class Print:
    """The labels of one report. Without `rng` every label is the statutory print, with it one of the seen variants."""

    def __init__(self, era: Era, rng: Random | None = None) -> None:
        self._data = wording()
        self._rng = rng
        self._era = era
        self._drawn: dict[tuple[str, ...], str] = {}

    def _draw(self, *path: str) -> str:
        if path not in self._drawn:
            entry: Any = self._data
            for step in path:
                entry = entry[step]
            choices = [entry] if isinstance(entry, str) else entry
            self._drawn[path] = self._rng.choice(choices) if self._rng else choices[0]
        return self._drawn[path]

    def text(self, table: str, name: str) -> str:
        """A single label of a table, e.g. `applications`, `corner`."""
        return self._draw(table, name)

    def row(self, table: str, key: str, form: Era | None = None) -> str:
        """The label of a row."""
        return self._draw(table, self._of_form(table, "rows", key, form), key)

    def column(self, table: str, key: str, form: Era | None = None) -> str:
        """The label of a column."""
        return self._draw(table, self._of_form(table, "columns", key, form), key)

    def group(self, key: str) -> str:
        """The label of a group of rows of table 3, e.g. `denied`."""
        return self._draw("applications", "groups", key)

    def caption(self, block: str) -> str:
        """The line above a block of table 2."""
        return self._draw("proactive", "captions", block)

    def block(self, key: str) -> str:
        """The label of a block of table 4."""
        return self._draw("review", "blocks", key)

    def _of_form(self, table: str, axis: str, key: str, form: Era | None) -> str:
        older = f"{axis}_2019"
        if (form or self._era) is Era.FORMAT_2019 and key in self._data[table].get(older, {}):
            return older
        return axis


def heading(key: str, era: Era, rng: Random) -> str:
    """A heading for that section, without ordinal, as reports of the era print it."""
    group = "headings" if era in (Era.FORMAT_2019, Era.FORMAT_2021) else "legacy_headings"
    choices: list[str] = wording()[group][key]
    return rng.choice(choices)


def statistics_rows() -> list[tuple[str, str, str]]:
    """Key (empty for a heading row), label and unit of the 2014 table in printed order."""
    return [(key, label, unit) for key, label, unit in wording()["statistics"]["rows"]]
