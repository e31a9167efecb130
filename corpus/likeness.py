"""By what two reports can be recognised as the same: digests of all figures and of the narrative, and the finding.

It must not accuse: equal figures may be one body reported twice. What is equal in many reports by nature (tables of zeros,
sections that say 无) has no digest.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.model import CellState, Finding, Report, Severity

FIGURES, TEXT = "figures", "text"
_SAID = {
    FIGURES: ("d.same_figures", "各统计表所填数字与{other}完全相同"),
    TEXT: ("d.same_text", "除机关名称和年份外，正文与{other}逐字相同"),
}
_FEWEST_VALUES = 6
"""Different figures above 1. A small body's dozen applications, split the same way, give four or five at most."""
_SHORTEST_TEXT = 300
"""Characters without white space; below it stock phrases fill the whole report."""
_YEARS = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Twin:
    """A report that is the same as another one."""

    report_id: str
    agency: str
    year: int


def digests(report: Report) -> Mapping[str, str]:
    """Kind of likeness → digest; without the kinds that say too little to tell reports apart."""
    found = {FIGURES: _figures(report), TEXT: _narrative(report)}
    return {kind: hashlib.sha256(text.encode()).hexdigest()[:32] for kind, text in found.items() if text}


def _figures(report: Report) -> str:
    cells = [
        (table, row, column, cell.value)
        for table, rows in report.tables.items()
        for row, held in rows.items()
        for column, cell in held.items()
        if cell.state is CellState.NUMBER and cell.value
    ]
    telling = {value for *_, value in cells if value is not None and value > 1}
    return repr(sorted(cells)) if len(telling) >= _FEWEST_VALUES else ""


def _narrative(report: Report) -> str:
    """The paragraphs without the body's own name and without years, which a copied report changes."""
    paragraphs = (p.text for s in report.sections if s.key not in ("front", "annex") for p in s.paragraphs)
    text = "\n".join("".join(paragraph.split()) for paragraph in paragraphs)
    for name in filter(None, (report.agency_printed, report.agency)):
        text = text.replace(name, "□")
    return _YEARS.sub("□", text) if len(text) >= _SHORTEST_TEXT else ""


def likeness_findings(kind: str, group: Sequence[Twin], size: int | None = None) -> dict[str, Finding | None]:
    """Report id → its finding. The earliest report of a group names the next one, all others name the earliest.

    `group` may be a part of the whole of `size` reports, as long as the two earliest are in it.
    """
    ordered = sorted(group, key=lambda twin: (twin.year, twin.report_id))
    if len(ordered) < 2:
        return dict.fromkeys((twin.report_id for twin in ordered), None)
    first, second = ordered[:2]
    others = (size or len(ordered)) - 1
    more = f"等 {others} 份报告" if others > 1 else ""
    found: dict[str, Finding | None] = {first.report_id: _finding(kind, f"{_named(second)}{more}")}
    return {**found, **{twin.report_id: _finding(kind, _named(first)) for twin in ordered[1:]}}


def _named(twin: Twin) -> str:
    return f"“{twin.agency}”{twin.year} 年报告（{twin.report_id}）"


def _finding(kind: str, other: str) -> Finding:
    id, text = _SAID[kind]
    return Finding(id, Severity.SOFT, text.format(other=other))
