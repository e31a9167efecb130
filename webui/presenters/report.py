"""Everything the page of one report shows, made from the stored report: text, findings, sources, versions, citations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archive import StoredReport
from archive.cite import STYLES, cite
from corpus.figures import denial_reasons, derived, figure
from corpus.model import Report
from webui.messages import message
from webui.presenters.body import SectionView, section_views
from webui.presenters.findings import FindingView, finding_views, numbers_by_anchor
from webui.presenters.marks import Span, merged
from webui.presenters.values import number_text, reason_label

FIRST_STYLES: Final = ("gbt7714-2015", "gbt7714-2025")
_KEY_FIGURES: Final = (
    ("new_received", "applications.new_received", "statistics.stat.received"),
    ("outcome_total", "applications.outcome_total", "statistics.stat.replies"),
    ("granted", "applications.granted", "statistics.stat.reply.granted"),
)


@dataclass(frozen=True, slots=True)
class CitationView:
    """One citation in one style, ready to copy."""

    id: str
    label: str
    text: str
    of: str
    """`original` or `archived`."""
    first: bool
    """Whether it is one of the two Chinese standards, which are shown at once."""


SaidView = tuple[str, tuple[tuple[str, str], ...]]
"""A value as printed, and the sources that say it, each with what became of it."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """The page of a report. `marks` is the number of matches of the query in the text."""

    stored: StoredReport
    sections: tuple[SectionView, ...]
    findings: tuple[FindingView, ...]
    figures: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    marks: int
    newest: int
    previous: int | None
    statements: tuple[tuple[str, tuple[SaidView, ...]], ...] = ()
    """Field → what was said of it."""

    @property
    def is_newest(self) -> bool:
        """Whether this is the newest version."""
        return self.stored.version == self.newest


def report_view(stored: StoredReport, spans: Sequence[Span], language: str) -> ReportView:
    """The view of `stored` with the matches at `spans` (offsets into its text) marked."""
    disjoint = merged(spans)
    findings = finding_views(stored.findings, language)
    report = stored.report
    earlier = [v.version for v in stored.versions if v.version < stored.version]
    return ReportView(
        stored=stored,
        sections=section_views(report, disjoint, numbers_by_anchor(findings), language),
        findings=tuple(findings),
        figures=key_figures(report, language),
        reasons=tuple((key, reason_label(key, language)) for key in denial_reasons(report)),
        marks=len(disjoint),
        newest=max((v.version for v in stored.versions), default=stored.version),
        previous=max(earlier, default=None),
        statements=statement_views(report),
    )


def statement_views(report: Report) -> tuple[tuple[str, tuple[SaidView, ...]], ...]:
    """What the page said of the report: by field, equal values together, in the order in which sources count."""
    fields: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for said in report.statements:
        fields.setdefault(said.field, {}).setdefault(said.value, []).append((said.source, said.use.value))
    return tuple((name, tuple((value, tuple(by)) for value, by in values.items())) for name, values in fields.items())


def key_figures(report: Report, language: str) -> tuple[tuple[str, str], ...]:
    """The figures readers look for first, those that the report states."""
    found: list[tuple[str, str]] = []
    for name, *paths in _KEY_FIGURES:
        value = next((v for path in paths if (v := figure(report, path)) is not None), None)
        if value is not None:
            found.append((message(f"figure.{name}", language), number_text(value)))
    denied = derived(report).get("denied")
    if denied is not None:
        found.append((message("figure.denied", language), number_text(denied)))
    return tuple(found)


def citation_views(stored: StoredReport, base_url: str, language: str) -> list[CitationView]:
    """All citations: the two Chinese standards first, each of the archived version and of the original page."""
    styles = [*FIRST_STYLES, *(s for s in STYLES if s not in FIRST_STYLES)]
    wanted = [(style, of) for style in styles for of in ("archived", "original")]
    return [
        CitationView(
            id=f"cite-{style}-{of}",
            label=style_label(style, language),
            text=cite(stored, style=style, of=of, base_url=base_url),
            of=of,
            first=style in FIRST_STYLES,
        )
        for style, of in wanted
        if of == "archived" or has_address(stored)
    ]


def has_address(stored: StoredReport) -> bool:
    """Whether the address of the original page is known, so that it can be cited."""
    return any(source.url for source in stored.sources)


def style_label(style: str, language: str) -> str:
    """The name of a citation style."""
    return message(f"style.{style}", language)
