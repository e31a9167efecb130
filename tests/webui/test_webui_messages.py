"""The catalogue and the code that uses it agree, in every language."""

import re
import string
from pathlib import Path

import pytest

import webui
from corpus.bodies import Relation
from corpus.model import CellState, Scope, Severity, StatementUse
from indexer import FACETS, GROUPS, SORTS
from webui.messages import LANGUAGES, catalogue, message
from webui.passages import CONTEXTS
from webui.presenters.report import STYLES
from webui.presenters.results import SHOWN_FACETS
from webui.presenters.values import SOURCES_WITHOUT_LABEL

FOLDER = Path(webui.__file__).parent
SOURCES = [p for p in FOLDER.rglob("*") if p.suffix in {".py", ".html", ".xml"}]
_USED = re.compile(r"""\b(?:t|say|message)\(\s*["']([a-z]+\.[a-z0-9_.-]+)["'][,)]""")
_MADE = (
    *(f"cell.{state.value}" for state in CellState if state is not CellState.NUMBER),
    *(f"scope.{scope.value}" for scope in Scope),
    *(f"severity.{severity.value}" for severity in Severity),
    *(f"facet.{name}" for name in (*SHOWN_FACETS, "body", "township", "cites", "where")),
    *(f"facet.{field.name}" for field in FACETS),
    *(f"sort.{name}" for name in SORTS),
    *(f"group.{name}" for name in GROUPS),
    *(f"results.total_{name}" for name in GROUPS),
    *(f"style.{style}" for style in STYLES),
    *(f"context.{context}" for context in CONTEXTS),
    *(f"body.{relation.value}" for relation in Relation),
    *(f"body.{kind}" for kind in ("renamed", "merged", "absorbed", "founded")),
    *(f"evidence.{use.value}" for use in StatementUse),
    *(f"evidence_field.{field}" for field in ("title", "agency", "year", "published", "region", "column")),
    *(f"evidence_source.{source}" for source in SOURCES_WITHOUT_LABEL),
    *(f"years.{form}" for form in ("narrative", "statistics", "f2019", "f2021")),
    *(f"error.{status}" for status in (400, 404, 405, 410, 422, 500, 503)),
    *(f"figure.{name}" for name in ("new_received", "outcome_total", "granted", "denied")),
)
"""Ids that the code puts together from a key."""


def used() -> set[str]:
    return {key for path in SOURCES for key in _USED.findall(path.read_text(encoding="utf-8"))} | set(_MADE)


def test_every_message_that_is_used_exists() -> None:
    assert sorted(used() - set(catalogue())) == []


def test_every_message_is_used() -> None:
    assert sorted(set(catalogue()) - used()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_in_every_language(language: str) -> None:
    assert [key for key, texts in catalogue().items() if language not in texts] == []


def test_the_languages_have_the_same_places() -> None:
    def places(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    different = [
        k for k, texts in catalogue().items() if k != "table.suit" and places(texts["zh"]) != places(texts["en"])
    ]
    assert different == []


def test_places_are_filled_and_unknown_ids_are_an_error() -> None:
    assert message("results.total_report", "zh", n="3") == "3 份报告"
    with pytest.raises(KeyError):
        message("no.such", "zh")
