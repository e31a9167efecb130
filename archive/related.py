"""Reports of a body under its earlier, later and other names, as far as nothing contradicts it. Claims no identity."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.identity import Evidence, contradiction
from archive.model import ReportSummary, Site
from corpus.bodies import Relation, relation


@dataclass(frozen=True, slots=True)
class RelatedName:
    """Another name of the body with the reports that bear it, newest first."""

    name: str
    relation: Relation
    reports: tuple[ReportSummary, ...]


def related_names(summaries: Sequence[ReportSummary], name: str) -> tuple[RelatedName, ...]:
    """The other names under which the archive holds reports that may be those of the body called `name`.

    Names are tied by the patterns of the reforms; a report whose region contradicts every report of that name is left out.
    The earliest names come first.
    """
    own = [summary for summary in summaries if summary.agency == name]
    found: dict[str, list[ReportSummary]] = {}
    for summary in summaries:
        if summary.agency != name and relation(name, summary.agency) is not None and _may_be_of(summary, own):
            found.setdefault(summary.agency, []).append(summary)
    names = [
        RelatedName(other, tie, tuple(sorted(reports, key=lambda r: (-r.year, r.id))))
        for other, reports in found.items()
        if (tie := relation(name, other)) is not None
    ]
    return tuple(sorted(names, key=lambda n: (min(r.year for r in n.reports), n.name)))


def _may_be_of(other: ReportSummary, own: Sequence[ReportSummary]) -> bool:
    return any(contradiction(_evidence(other), _evidence(report), same_year=False) is None for report in own)


def _evidence(summary: ReportSummary) -> Evidence:
    return Evidence(summary.region, summary.agency_kind, Site())
