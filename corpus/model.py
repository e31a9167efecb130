"""What a report is: frozen values that pass between the stages, without behaviour beyond looking things up.

All offsets (`start`, `end`) are 0-based, half-open, in code points of `Report.text`, the canonical text of the report.
`None` always means "not known" or "not stated"; nothing here is ever a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Era(StrEnum):
    """The form a report follows, decided by its content (labels), not by its year."""

    NARRATIVE_2008 = "narrative_2008"
    STAT_TABLE_2014 = "stat_table_2014"
    FORMAT_2019 = "format_2019"
    FORMAT_2021 = "format_2021"


class CellState(StrEnum):
    """What is printed in a cell. Only `NUMBER` has a value; a blank is never zero."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    SLASH = "slash"
    TEXT = "text"
    ABSENT = "absent"


class Severity(StrEnum):
    """`HARD`: an identity that must hold. `SOFT`: one that may break honestly. `PARSE`: a problem of reading."""

    HARD = "hard"
    SOFT = "soft"
    PARSE = "parse"


class Scope(StrEnum):
    """Whether the figures are the organ's own (本级) or summed over all organs under it (汇总)."""

    OWN = "own"
    AGGREGATE = "aggregate"


class AgencyKind(StrEnum):
    """What sort of body reports."""

    PEOPLE_GOVERNMENT = "people_government"
    GENERAL_OFFICE = "general_office"
    DEPARTMENT = "department"
    TOWNSHIP_GOVERNMENT = "township_government"
    SUBDISTRICT_OFFICE = "subdistrict_office"
    ZONE_COMMITTEE = "zone_committee"
    BRANCH = "branch"
    VERTICAL = "vertical"
    CENTRAL = "central"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True)
class Origin:
    """How a cell was read: the place in the source's own grid and the rule that chose it."""

    grid: int
    """0-based number of the grid in the document."""
    row: int
    column: int
    """0-based place in that grid, spans resolved."""
    label: str = ""
    """The row label as printed."""
    header: str = ""
    """The column label as printed; empty when the column has none."""
    rule: str = ""
    """Name of the rule that assigned the cell, e.g. `label+7` or `aligned`."""


@dataclass(frozen=True, slots=True)
class RejectedFigure:
    """A figure printed in a table of the report that became no cell, and why not."""

    text: str
    start: int
    end: int
    grid: int
    row: int
    column: int
    """0-based place in the source's own grid, as in `Origin`."""
    reason: str
    """A key of the vocabulary `rejection` (`corpus/vocab/problems.toml`): `no_row_label`, `columns_unclear`, `extra_column` …"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One statutory figure as printed. `value` is set only for `CellState.NUMBER`; `start`/`end` are `None` when absent."""

    state: CellState
    raw: str = ""
    value: int | float | None = None
    start: int | None = None
    end: int | None = None
    unit: str | None = None
    origin: Origin | None = None


ABSENT = Cell(CellState.ABSENT)

Row = Mapping[str, Cell]
Table = Mapping[str, Row]
"""Row key → column key → cell. In `statistics` the only column is `count`."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a section; `text` equals `Report.text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. `start`/`end` delimit all of it (heading and tables too) in the report's text."""

    number: int
    """Statutory number 1–6 that belongs to `key`; 0 for the front; counted as printed before 2019."""
    key: str
    heading: str
    """As printed, without its ordinal."""
    start: int
    end: int
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs joined by line feeds: exactly what is searched."""
        return "\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Region:
    """Levels as full names (`浙江省`), the six-digit code of the lowest known level valid in the report's year.

    `evidence` says per level how it is known: `printed`, `derived` (implied by the table of divisions), `site_code` …
    """

    province: str | None = None
    city: str | None = None
    county: str | None = None
    township: str | None = None
    code: str | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NarrativeFact:
    """A figure that a sentence states, e.g. `new_received` 386; `quote` is the text at `start:end`."""

    fact: str
    value: int | float
    approximate: bool
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A law, order, document number or standard named in the text; `canonical` is `None` when it cannot be resolved."""

    kind: str
    canonical: str | None
    raw: str
    start: int
    end: int


class StatementUse(StrEnum):
    """What became of a statement about the document."""

    USED = "used"
    AGREES = "agrees"
    DIFFERS = "differs"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one place on the page said about the document. Evidence is ranked and recorded, never taken for truth."""

    field: str
    """`title`, `agency`, `year`, `published`, `region` or `column`."""
    source: str
    """`title`, `signature`, `contentsource`, `siteidcode`, `网站标识码` …"""
    value: str
    """As printed, shortened where it is long."""
    use: StatementUse


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with, or about, the document. `id` is `check[:subject]`, e.g. `t3.row_sum:denied.third_party`."""

    id: str
    severity: Severity
    message: str
    expected: int | float | None = None
    found: int | float | None = None
    where: str | None = None
    """The cell (`applications.denied.third_party.total`), section (`s3`) or characters (`c102-106`) concerned."""


@dataclass(frozen=True, slots=True)
class Report:
    """One annual report as read: text, sections, figures and what is wrong with them. Nothing printed is repaired."""

    title: str
    agency: str | None
    """Canonical name in simplified characters; `None` when no evidence names one."""
    agency_printed: str | None
    agency_kind: AgencyKind | None
    year: int | None
    """The year reported on."""
    scope: Scope | None
    era: Era
    region: Region
    published: str | None
    """`YYYY-MM-DD`, local, as printed or in the page's `PubDate`."""
    text: str
    sections: tuple[Section, ...]
    tables: Mapping[str, Table]
    """`applications`, `proactive`, `review` (formats of 2019 and 2021) or `statistics` (2014); only those of the era."""
    facts: tuple[NarrativeFact, ...] = ()
    references: tuple[Reference, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Problems of reading and structure (`p.*`, `s.*`) and the results of the checks, in order of place."""
    rejected: tuple[RejectedFigure, ...] = ()
    """Figures printed in tables that no cell took, in order of place."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """How agency, year, scope and date are known: `agency` → `title`, `year` → `period` …"""
    statements: tuple[Statement, ...] = ()
    """What every place on the page said about these, by field and in the order in which its source counts."""

    def cell(self, table: str, row: str, column: str = "count") -> Cell:
        """The cell at that place; `ABSENT` when the report's form has none there."""
        return self.tables.get(table, {}).get(row, {}).get(column, ABSENT)


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The bytes of one document and where they came from."""

    path: str
    """The file that was given."""
    member: str | None
    """Name inside a container, nested containers joined by `!/`; `None` for a plain file."""
    data: bytes
    sha256: str
    url: str | None = None
    retrieved_at: str | None = None
    """UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """A place that gave no bytes (no permission, symbolic link, broken container) and why."""

    path: str
    member: str | None
    message: str
