"""Every sentence the interface itself says, by id and language, read from `catalogue.toml`.

Labels of the forms (rows, columns, reasons) are not here: they belong to `corpus.vocabulary`.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

LANGUAGES: Final[Mapping[str, str]] = {"zh": "中文", "en": "English"}
DEFAULT_LANGUAGE: Final = "zh"
HTML_LANGUAGE: Final[Mapping[str, str]] = {"zh": "zh-CN", "en": "en"}


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Message id (`search.button`) → language → text with `{named}` places."""
    text = resources.files("webui").joinpath("catalogue.toml").read_text(encoding="utf-8")
    groups = tomllib.loads(text)
    return {f"{group}.{name}": entry for group, entries in groups.items() for name, entry in entries.items()}


def message(key: str, language: str = DEFAULT_LANGUAGE, /, **values: object) -> str:
    """The text of `key` in `language`, its places filled. `KeyError` when the catalogue does not hold the key."""
    text = catalogue()[key][language]
    return text.format(**values) if values else text
