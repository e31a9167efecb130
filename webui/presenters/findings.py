"""Findings as the report page lists them: numbered, with the place they concern and what was reported and recomputed."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Finding, Severity
from webui.messages import message
from webui.presenters.tables import cell_anchor
from webui.presenters.values import number_text

_TABLES = ("applications", "proactive", "review", "statistics")


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding: `anchor` is the element on the page it concerns, empty when it concerns the whole report."""

    number: int
    id: str
    family: str
    severity: str
    severity_label: str
    text: str
    reported: str
    recomputed: str
    anchor: str


def anchor_of(where: str | None) -> str:
    """The page's anchor for a finding's place: a cell, a section, characters; empty for none."""
    if not where:
        return ""
    table, _, rest = where.partition(".")
    if table not in _TABLES:
        return where if where[0] in "sc" and "." not in where else ""
    if table == "statistics":
        return cell_anchor(table, rest.removesuffix(".count"), "count")
    row, _, column = rest.rpartition(".")
    return cell_anchor(table, row, column)


def finding_views(findings: Sequence[Finding], language: str) -> list[FindingView]:
    """All findings in their order, numbered from 1."""
    return [_view(number, finding, language) for number, finding in enumerate(findings, 1)]


def _view(number: int, finding: Finding, language: str) -> FindingView:
    return FindingView(
        number=number,
        id=finding.id,
        family=finding.id.partition(":")[0],
        severity=finding.severity.value,
        severity_label=severity_label(finding.severity, language),
        text=finding.message,
        reported="" if finding.found is None else number_text(finding.found),
        recomputed="" if finding.expected is None else number_text(finding.expected),
        anchor=anchor_of(finding.where),
    )


def severity_label(severity: Severity | str, language: str) -> str:
    """What a severity means, in words."""
    return message(f"severity.{Severity(severity).value}", language)


def numbers_by_anchor(views: Sequence[FindingView]) -> dict[str, list[int]]:
    """Anchor → numbers of the findings there."""
    found: dict[str, list[int]] = {}
    for view in views:
        if view.anchor:
            found.setdefault(view.anchor, []).append(view.number)
    return found
