"""What a generated report says: frozen values, complete before any rendering exists. No behaviour beyond looking up.

A `SyntheticReport` is the truth. A rendering may lose some of it; it then carries a second `SyntheticReport`, `held`,
that says what can still be read from it. Keys of tables, rows, columns, facts and checks are those of the domain.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.model import AgencyKind, CellState, Era, Region, Scope

Number = int | float


@dataclass(frozen=True, slots=True)
class CellTruth:
    """One statutory figure. `value` is set only for `CellState.NUMBER`; `raw` is what is printed, trimmed."""

    state: CellState
    value: Number | None = None
    raw: str = ""
    unit: str | None = None
    """`元` or `万元` for amounts."""


NOT_PRINTED = CellTruth(CellState.ABSENT)

RowTruth = Mapping[str, CellTruth]
TableTruth = Mapping[str, RowTruth]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """The address of a cell: table, row and column keys; in `statistics` the column is `count`."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"


@dataclass(frozen=True, slots=True)
class SectionTruth:
    """A part of the report. `number` is 1–6 for the statutory sections, counted as printed before 2019, 0 for the front."""

    number: int
    key: str
    heading: str
    """Without its ordinal; empty for the front."""
    paragraphs: tuple[str, ...] = ()
    table: str | None = None
    """`proactive`, `applications`, `review` or `statistics`: the table printed in this section."""
    table_after: int = 0
    """The number of paragraphs printed before the table."""

    @property
    def text(self) -> str:
        """The paragraphs joined by line feeds: what a search over the section sees."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class FactTruth:
    """A figure that a sentence of the report states."""

    fact: str
    value: Number
    sentence: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceTruth:
    """A law or document named in the text; `canonical` is set for document numbers and orders only."""

    kind: str
    raw: str
    canonical: str | None


@dataclass(frozen=True, slots=True)
class Site:
    """The invented web site that published the report."""

    name: str
    host: str
    code: str
    """The ten digits of 网站标识码; they begin with 99, which no division has."""
    index_number: str

    def url(self, year: int) -> str:
        """Where the report for `year` is published."""
        return f"https://{self.host}/zwgk/nb/{year + 1}/t{self.index_number[-5:]}{year % 100:02d}.html"


@dataclass(frozen=True, slots=True)
class SyntheticReport:
    """One invented annual report: who, when, text, figures, and what is deliberately wrong with it."""

    slug: str
    """ASCII name of agency and year, unique among generated reports, e.g. `yuntang-caizheng-2023`."""
    seed: str
    """What all choices within this report were derived from."""
    agency: str
    agency_printed: str
    agency_kind: AgencyKind
    year: int
    scope: Scope | None
    era: Era
    region: Region
    title_lines: tuple[str, ...]
    published: str | None
    """`YYYY-MM-DD` in the year after the one reported on."""
    site: Site
    sections: tuple[SectionTruth, ...]
    tables: Mapping[str, TableTruth]
    numbers: Mapping[str, Number]
    """Figures by fact name, as the narrative may state them; derived from the tables where there are tables."""
    we: str = "本单位"
    """How the agency calls itself in sentences."""
    facts: tuple[FactTruth, ...] = ()
    references: tuple[ReferenceTruth, ...] = ()
    proactive_forms: Mapping[str, Era] = field(default_factory=dict)
    """Per block of table 2 (`1`, `5`, `6`, `8`, `9`: the items of 第二十条) the form it follows; mixed in V22."""
    defects: tuple[str, ...] = ()
    """Ids of findings that were planted, e.g. `t3.row_sum:denied.third_party`; `x.*` need the year before as well."""

    @property
    def title(self) -> str:
        """The title in one line."""
        return "".join(self.title_lines)

    def cell(self, place: Place) -> CellTruth:
        """The cell at `place`, `NOT_PRINTED` when the form has none there."""
        return self.tables.get(place.table, {}).get(place.row, {}).get(place.column, NOT_PRINTED)

    def section(self, key: str) -> SectionTruth | None:
        """The first section of that key."""
        return next((s for s in self.sections if s.key == key), None)
