"""Request parameters → `SearchRequest`: the same words on the command line, in the URL and in the API.

All that is wrong is collected and raised at once as one `QueryError`. Nothing here searches or segments.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.errors import QueryError
from indexer.criteria import Between, Criterion
from indexer.fields import ALL_FACETS, FILTERS, GROUPS, SORTS, TEXT_FIELDS, BadValueError, Filters, read_filter
from indexer.query import Everything, FieldMatch, Node, YearRange
from indexer.syntax import Note, has_content, parse, well_formed

DEFAULT_LIMIT: Final = 20
MAX_LIMIT: Final = 100
MAX_OFFSET: Final = 10_000_000
MAX_QUERY: Final = 2000
"""Code points of a query."""
PARAMETERS: Final = ("q", *FILTERS, "group", "sort", "limit", "offset", "synonyms")

_SEPARATOR = "；"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A checked request. `tree` still holds words as typed; they are segmented when the search runs."""

    q: str = ""
    tree: Node = field(default_factory=Everything)
    notes: tuple[Note, ...] = ()
    filters: Filters = field(default_factory=Filters)
    group: str = "report"
    sort: str = "relevance"
    limit: int = DEFAULT_LIMIT
    offset: int = 0
    synonyms: bool = True
    facets: tuple[str, ...] = ALL_FACETS
    """The facets that are counted; no parameter, for callers that need fewer or none."""


def parse_request(params: Mapping[str, Sequence[str]]) -> SearchRequest:
    """The request that `params` make. Raises `QueryError` with everything that is wrong with them."""
    problems = [f"没有名为“{name}”的参数" for name in params if name not in PARAMETERS]
    reader = _Reader(params, problems)
    q = reader.query()
    filters = reader.filters()
    group = reader.choice("group", GROUPS)
    sort = reader.choice("sort", SORTS)
    limit = reader.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT)
    offset = reader.number("offset", 0, 0, MAX_OFFSET)
    synonyms = reader.choice("synonyms", {"1": "", "0": ""}) == "1"
    if problems:
        raise QueryError(_SEPARATOR.join(problems), hint=f"可用的参数：{'、'.join(PARAMETERS)}")
    parsed = parse(q, check_field)
    return SearchRequest(q, parsed.tree, parsed.notes, filters, group, sort, limit, offset, synonyms)


def parse_filters(params: Mapping[str, Sequence[str]]) -> Filters:
    """Only filters. Raises `QueryError` with everything that is wrong with them."""
    problems = [f"没有名为“{name}”的筛选项" for name in params if name not in FILTERS]
    filters = _Reader(params, problems).filters()
    if problems:
        raise QueryError(_SEPARATOR.join(problems), hint=f"可用的筛选项：{'、'.join(FILTERS)}")
    return filters


def check_field(name: str, text: str) -> FieldMatch | YearRange | str:
    """The leaf for `name:text` in a query, or what is wrong with it."""
    if name not in FILTERS and name not in TEXT_FIELDS:
        return f"没有名为“{name}”的字段"
    if not has_content(text):
        return f"“{name}:”后面缺少取值"
    if name in TEXT_FIELDS:
        return FieldMatch(name, text)
    try:
        criterion = read_filter(name, text)
    except BadValueError as error:
        return f"{name}：{error}"
    return YearRange(criterion.first, criterion.last) if isinstance(criterion, Between) else FieldMatch(name, text)


class _Reader:
    """Reads parameters one by one and notes every problem."""

    def __init__(self, params: Mapping[str, Sequence[str]], problems: list[str]) -> None:
        self._params = params
        self._problems = problems

    def _single(self, name: str) -> str | None:
        values = list(dict.fromkeys(self._params.get(name, ())))
        if len(values) > 1:
            self._problems.append(f"参数 {name} 只能给一次")
        return values[0] if values else None

    def query(self) -> str:
        q = well_formed(self._single("q") or "")
        if len(q) > MAX_QUERY:
            self._problems.append(f"检索式 q 有 {len(q)} 个字，最多 {MAX_QUERY} 个")
            return ""
        return q

    def filters(self) -> Filters:
        criteria: dict[str, tuple[Criterion, ...]] = {}
        given: dict[str, tuple[str, ...]] = {}
        for name in FILTERS:
            texts = tuple(dict.fromkeys(v for v in self._params.get(name, ()) if v.strip()))
            if texts:
                criteria[name] = tuple(c for text in texts if (c := self._criterion(name, text)) is not None)
                given[name] = texts
        return Filters(criteria, given)

    def _criterion(self, name: str, text: str) -> Criterion | None:
        try:
            return read_filter(name, text)
        except BadValueError as error:
            self._problems.append(f"{name}：{error}")
            return None

    def choice(self, name: str, allowed: Mapping[str, object]) -> str:
        value = self._single(name)
        if value is not None and value in allowed:
            return value
        if value:
            self._problems.append(f"{name} 不能是“{value}”，可用：{'、'.join(allowed)}")
        return next(iter(allowed))

    def number(self, name: str, default: int, low: int, high: int) -> int:
        value = self._single(name)
        if value is None or value == "":
            return default
        if not (value.isascii() and value.isdigit() and len(value) < 12 and low <= int(value) <= high):
            self._problems.append(f"{name} 须是 {low} 到 {high} 的整数，不能是“{value}”")
            return default
        return int(value)
