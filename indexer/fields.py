"""The one table of fields: names, labels, what may be filtered, counted and sorted, and how a given value is read.

Request parameters, `field:value` in queries, facets, engine columns and the reference page all come from here. Nothing
here knows an engine.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, Literal

from corpus.checks import check_kind
from corpus.facts import fact_kinds
from corpus.model import AgencyKind, Era
from corpus.text import to_simplified
from corpus.vocabulary import (
    APPLICATION_COLUMNS,
    APPLICATION_ROWS_2019,
    APPLICATION_ROWS_2021,
    PROACTIVE_FORM,
    REASON_KEYS,
    REVIEW_BLOCKS,
    REVIEW_COLUMNS,
    SECTION_KEYS,
    STATISTICS_ROWS,
    label,
)
from indexer.criteria import (
    AllHold,
    Between,
    Cites,
    Condition,
    Criterion,
    InFamily,
    Is,
    IsNamed,
    OfBody,
    Value,
    parse_condition,
    parse_years,
)
from indexer.documents import Number, ReportRow, SectionRow

FacetValue = str | int


class BadValueError(ValueError):
    """A value that a field cannot use; the message says which would do."""


def _values(attribute: str) -> Callable[[ReportRow], tuple[FacetValue, ...]]:
    def read(report: ReportRow) -> tuple[FacetValue, ...]:
        value = getattr(report, attribute)
        if isinstance(value, tuple):
            return value
        return () if value is None else (value,)

    return read


def _name(text: str) -> Criterion:
    if not text.strip():
        raise BadValueError("缺少取值")
    return IsNamed(text.strip())


def _key(kind: str, keys: Iterable[str]) -> Callable[[str], Criterion]:
    known = tuple(keys)

    def read(text: str) -> Criterion:
        if text not in known:
            raise BadValueError(f"没有名为“{text}”的{kind}，可用：{'、'.join(known)}")
        return Is(text)

    return read


def _years(text: str) -> Criterion:
    years = parse_years(text)
    if years is None:
        raise BadValueError(f"“{text}”不是年份，应写作 2023 或 2019-2023")
    return years


def _issue(text: str) -> Criterion:
    prefix = text.strip().rstrip(".:")
    if not prefix or any(c.isspace() for c in prefix):
        raise BadValueError(f"“{text}”不是核对项编号，应写作 t3 或 t3.balance")
    return InFamily(prefix)


def _body(text: str) -> Criterion:
    name = to_simplified("".join(text.split()))
    if not name:
        raise BadValueError("缺少机关名称")
    return OfBody(name)


def _cited(text: str) -> Criterion:
    from corpus.cited import canonical_of  # here, for the patterns of citations take long to load

    if not any(c.isalnum() for c in text):
        raise BadValueError("缺少法规名称或文号")
    return Cites(canonical_of(text) or text.strip())


def _where(text: str) -> Criterion:
    conditions = []
    for piece in text.split(","):
        condition = parse_condition(piece)
        if condition is None:
            raise BadValueError(f"“{piece}”不是条件，应写作 applications.new_received.total>=100")
        conditions.append(_known_path(condition))
    return AllHold(tuple(conditions))


def _known_path(condition: Condition) -> Condition:
    if condition.path not in figure_paths():
        raise BadValueError(f"没有名为“{condition.path}”的数据项，例如 derived.denied、applications.new_received.total")
    return condition


@cache
def figure_paths() -> frozenset[str]:
    """Every path that `where` knows: `table.row.column`, `table.row` for a row's own figure, `derived.name`."""
    tables: dict[str, dict[str, tuple[str, ...]]] = {
        "applications": dict.fromkeys((*APPLICATION_ROWS_2021, *APPLICATION_ROWS_2019), APPLICATION_COLUMNS),
        "review": dict.fromkeys(REVIEW_BLOCKS, REVIEW_COLUMNS),
        "statistics": dict.fromkeys(STATISTICS_ROWS, ("count",)),
        "proactive": {},
    }
    for rows in PROACTIVE_FORM.values():
        for row, columns in rows.items():
            tables["proactive"][row] = (*tables["proactive"].get(row, ()), *columns)
    paths = {f"derived.{name}" for name in ("denied", "unable", "rejected", "other")}
    for table, cells in tables.items():
        for row, columns in cells.items():
            paths.add(f"{table}.{row}")
            paths.update(f"{table}.{row}.{column}" for column in columns)
    return frozenset(paths)


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `read` turns a filter's value into its criterion and raises `BadValueError`."""

    name: str
    zh: str
    en: str
    read: Callable[[str], Criterion]
    level: Literal["report", "section", "figures"] = "report"
    """Whether its values belong to the report, the section, or are the report's figures."""
    facet: bool = False
    values: Callable[[ReportRow], tuple[FacetValue, ...]] = field(default=lambda report: ())
    """The values of a report, each once; of a section see `section_values`."""
    group: Callable[[FacetValue], FacetValue] = field(default=lambda value: value)
    """What a value is counted as in the facet."""
    wording: Callable[[str, str], str] = field(default=lambda value, lang: value)
    """What a value is called in a language (`zh`, `en`)."""

    def label(self, value: FacetValue, lang: str = "zh") -> str:
        """The wording of a facet value."""
        return self.wording(str(value), lang)


def section_values(section: SectionRow) -> tuple[FacetValue, ...]:
    """The values of the only field of level `section`."""
    return (section.key,)


def _family(issue: FacetValue) -> FacetValue:
    return str(issue).partition(":")[0]


def _in_scope(scope: str) -> Callable[[str, str], str]:
    return lru_cache(maxsize=1024)(lambda value, lang: label(value, scope, lang))


@lru_cache(maxsize=1024)
def _check_wording(check: str, lang: str) -> str:
    """What a check or a problem of reading is called, with the figure for those of the narrative."""
    kind = check_kind(check)
    if kind is None:
        return label(check, "problem", lang)
    name = kind.label if lang == "zh" else kind.label_en
    fact = fact_kinds().get(check.removeprefix("n."))
    if fact is None or not check.startswith("n."):
        return name
    return f"{name}：{fact.label}" if lang == "zh" else f"{name}: {fact.label_en}"


_SECTIONS = tuple(dict.fromkeys(("front", *SECTION_KEYS)))

FIELDS: Final[tuple[Field, ...]] = (
    Field("year", "年份", "Year", _years, facet=True, values=_values("year")),
    Field("agency", "行政机关", "Agency", _name, facet=True, values=_values("agency")),
    Field("body", "机关（连同更名前后）", "Body under its earlier and later names", _body, values=_values("agency")),
    Field("kind", "机关类型", "Kind of body", _key("机关类型", AgencyKind), facet=True, values=_values("kind"),
          wording=_in_scope("kind")),
    Field("province", "省级", "Province", _name, facet=True, values=_values("province")),
    Field("city", "地级", "City", _name, facet=True, values=_values("city")),
    Field("county", "县级", "County", _name, facet=True, values=_values("county")),
    Field("township", "乡级", "Township", _name, values=_values("township")),
    Field("reason", "不予公开等理由", "Reason", _key("理由", REASON_KEYS), facet=True, values=_values("reasons"),
          wording=_in_scope("reason")),
    Field("section", "章节", "Section", _key("章节", _SECTIONS), level="section", facet=True, wording=_in_scope("section")),
    Field("era", "报告格式", "Format", _key("报告格式", Era), facet=True, values=_values("era"), wording=_in_scope("era")),
    Field("issue", "核对问题", "Discrepancy", _issue, facet=True, values=_values("issues"), group=_family,
          wording=_check_wording),
    Field("cites", "引用法规文件", "Cited law or document", _cited, values=_values("cites")),
    Field("where", "数据条件", "Condition on figures", _where, level="figures"),
)  # fmt: skip

FACETS: Final[tuple[Field, ...]] = tuple(f for f in FIELDS if f.facet)
"""In the order of the answer."""
ALL_FACETS: Final = tuple(f.name for f in FACETS)
FILTERS: Final[Mapping[str, Field]] = {f.name: f for f in FIELDS}
TEXT_FIELDS: Final[Mapping[str, tuple[str, str]]] = {"title": ("标题", "Title"), "agency": ("行政机关", "Agency")}
"""Fields that a query may search by their characters, with their labels; in queries `agency:` means this one."""
SORTS: Final[Mapping[str, tuple[str, str]]] = {
    "relevance": ("相关度", "Relevance"),
    "year": ("年份从新到旧", "Newest first"),
    "year_asc": ("年份从旧到新", "Oldest first"),
    "agency": ("行政机关", "Agency"),
    "refusals": ("不予公开件数", "Number of refusals"),
}
GROUPS: Final[Mapping[str, tuple[str, str]]] = {"report": ("按报告", "By report"), "section": ("按章节", "By section")}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which reports and sections may be found: the criteria of one field are alternatives, all fields must agree."""

    criteria: Mapping[str, tuple[Criterion, ...]] = field(default_factory=dict)
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The values as they were given."""

    def accept(self, report: ReportRow, section: SectionRow, figures: Mapping[str, Number], skip: str = "") -> bool:
        """Whether all filters but `skip` accept the section of the report."""
        return all(
            any_accepted(criteria, field_values(FILTERS[name], report, section, figures))
            for name, criteria in self.criteria.items()
            if name != skip
        )


def field_values(
    field: Field, report: ReportRow, section: SectionRow, figures: Mapping[str, Number]
) -> tuple[Value, ...]:
    """The values of `field` that a filter is held against."""
    if field.level == "section":
        return section_values(section)
    if field.level == "figures":
        return (figures,)
    return field.values(report)


def any_accepted(criteria: Iterable[Criterion], values: Iterable[Value]) -> bool:
    """Whether any of the criteria accepts any of the values."""
    kept = tuple(values)
    return any(criterion.accepts(value) for criterion in criteria for value in kept)


def read_filter(name: str, text: str) -> Criterion:
    """The criterion of the filter `name` for the value `text`. Raises `BadValueError`."""
    return FILTERS[name].read(text)


def year_criterion(first: int | None, last: int | None) -> Criterion:
    """The criterion of a range of years in a query."""
    return Between(first, last)
