"""The words of a URL: which are known, and links that change one of them and keep the rest.

What the words of a search mean is decided by `indexer.parse_request`; this module only carries them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from corpus.errors import QueryError
from webui.language import LANGUAGE, t

_PLACE_OF_PAGE: Final = ("offset",)
_DEFAULTS: Final[Mapping[str, str]] = {"sort": "relevance", "group": "report", "limit": "20", "offset": "0"}


def known_only(args: "MultiDict[str, str]", *known: str) -> None:
    """Raise `QueryError` naming every parameter that is neither in `known` nor the language."""
    unknown = sorted(set(args) - set(known) - {LANGUAGE})
    if unknown:
        names = "、".join(name[:40] for name in unknown)
        raise QueryError(
            t("error.parameter", names=names), hint=t("error.parameters", names="、".join((*known, LANGUAGE)))
        )


def search_words(args: "MultiDict[str, str]") -> dict[str, list[str]]:
    """The parameters of a search without the language and without empty values (a form sends them)."""
    words = {name: [v for v in values if v != "" or name == "q"] for name, values in args.lists() if name != LANGUAGE}
    return {name: values for name, values in words.items() if values}


def whole_number(args: "MultiDict[str, str]", name: str) -> int | None:
    """The value of `name` as a positive number, `None` when it is not given, `QueryError` when it is anything else."""
    raw = args.get(name)
    if raw is None or raw == "":
        return None
    if not raw.isascii() or not raw.isdigit() or len(raw) > 9 or int(raw) == 0:
        raise QueryError(t("error.number", name=name, value=raw[:40]))
    return int(raw)


@dataclass(frozen=True, slots=True)
class SearchState:
    """A search as its URL says it: pairs in order, defaults and empty values left out."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, words: Mapping[str, Sequence[str]]) -> "SearchState":
        """The state that `words` (of `search_words`) describe."""
        return cls(
            tuple(
                (name, value)
                for name, values in words.items()
                for value in dict.fromkeys(values)
                if value != "" and _DEFAULTS.get(name) != value
            )
        )

    def query(self) -> str:
        """As a query string without the question mark."""
        return urlencode(self.pairs)

    def url(self, path: str = "/search") -> str:
        """The address of this state at `path`."""
        return f"{path}?{self.query()}" if self.pairs else path

    def values(self, name: str) -> tuple[str, ...]:
        """All values of `name`."""
        return tuple(v for n, v in self.pairs if n == name)

    def without(self, *names: str) -> "SearchState":
        """Without the given words, back on the first page."""
        gone = {*names, *_PLACE_OF_PAGE}
        return SearchState(tuple(p for p in self.pairs if p[0] not in gone))

    def without_value(self, name: str, value: str) -> "SearchState":
        """Without one value of one word, back on the first page."""
        return SearchState(tuple(p for p in self.pairs if p != (name, value) and p[0] not in _PLACE_OF_PAGE))

    def adding(self, name: str, value: str) -> "SearchState":
        """With one more value of `name`, back on the first page."""
        kept = self.without_value(name, value).pairs
        return SearchState((*kept, (name, value)))

    def replacing(self, name: str, value: str) -> "SearchState":
        """With `value` as the only value of `name`, back on the first page; the default is left out."""
        kept = self.without(name).pairs
        return SearchState(kept if _DEFAULTS.get(name) == value else (*kept, (name, value)))

    def only(self, names: Iterable[str]) -> "SearchState":
        """Only the given words."""
        wanted = set(names)
        return SearchState(tuple(p for p in self.pairs if p[0] in wanted))
