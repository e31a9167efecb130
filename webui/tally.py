"""Figures of all reports that pages add up: cases per reason, and findings. Brought up to date by the archive's changes."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archive import Archive
from corpus.errors import NotFoundError
from corpus.figures import Number, row_figure, row_is_positive
from corpus.model import Finding, Report
from corpus.vocabulary import REASON_KEYS


@dataclass(frozen=True, slots=True)
class ReportTally:
    """What one report adds: the figure of every reason above zero, and its findings."""

    id: str
    version: int
    title: str
    agency: str
    year: int
    reasons: Mapping[str, Number]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ReasonSum:
    """How many reports have a reason above zero, and how many cases they state."""

    reports: int = 0
    cases: Number = 0

    def plus(self, cases: Number) -> "ReasonSum":
        """With one more report."""
        return ReasonSum(self.reports + 1, self.cases + cases)


def reason_figures(report: Report) -> dict[str, Number]:
    """Reason → its figure, for every reason of which a cell is above zero."""
    rows = {**report.tables.get("applications", {}), **report.tables.get("statistics", {})}
    return {key: row_figure(rows[key]) or 0 for key in REASON_KEYS if key in rows and row_is_positive(rows[key])}


def by_reason(tallies: Iterable[ReportTally]) -> dict[str, ReasonSum]:
    """Reason → its sum over all reports, in the order of the forms."""
    sums: dict[str, ReasonSum] = {}
    for tally in tallies:
        for key, cases in tally.reasons.items():
            sums[key] = sums.get(key, ReasonSum()).plus(cases)
    return {key: sums[key] for key in REASON_KEYS if key in sums}


def of_reason(tallies: Iterable[ReportTally], keys: Iterable[str], axis: str) -> dict[str | int, ReasonSum]:
    """Value of `axis` (`year` or `agency`) → the sum of the reasons `keys` there."""
    wanted = frozenset(keys)
    sums: dict[str | int, ReasonSum] = {}
    for tally in tallies:
        held = [cases for key, cases in tally.reasons.items() if key in wanted]
        if held:
            value = getattr(tally, axis)
            sums[value] = sums.get(value, ReasonSum()).plus(sum(held))
    return sums


@dataclass(slots=True)
class TallyCache:
    """Keeps the tallies of all live reports; reads only what changed. Safe to use from several threads."""

    _change: int = 0
    _tallies: dict[str, ReportTally] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, archive: Archive) -> tuple[ReportTally, ...]:
        """The tallies of `archive` now: newest year first, then agency, then id."""
        with self._lock:
            for change in archive.changes(self._change):
                self._tallies.pop(change.report_id, None)
                tally = None if change.deleted else _tally(archive, change.report_id)
                if tally is not None:
                    self._tallies[change.report_id] = tally
                self._change = change.seq
            return tuple(sorted(self._tallies.values(), key=lambda t: (-t.year, t.agency, t.id)))


def _tally(archive: Archive, report_id: str) -> ReportTally | None:
    try:
        stored = archive.report(report_id)
    except NotFoundError:  # withdrawn since the change was listed; its own change follows
        return None
    report = stored.report
    return ReportTally(
        id=stored.id,
        version=stored.version,
        title=report.title,
        agency=report.agency or "",
        year=report.year or 0,
        reasons=reason_figures(report),
        findings=stored.findings,
    )
