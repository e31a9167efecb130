"""Recomputes the percentages printed behind the figures of sentences: 不予公开12件，占办结总数的9.7%.

A percentage is held against every total that the report states, since sentences seldom say of what it is one; only one that
agrees with none is a finding. Approximate ones (约, 近, 超过) and shares of other things are left alone.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from corpus.facts import table_figure
from corpus.figures import row_figure
from corpus.model import Finding, NarrativeFact, Report, Severity
from corpus.text import to_simplified

_SHARE = re.compile(
    r"\s*[，,、]?\s*(?:[（(]\s*(?:占(?:比|[^，,。；;（）()\d]{0,20}?的)?)?|占(?P<of>比|[^，,。；;（）()\d]{0,20}?(?:的|数|量))?)"
    r"(?:比例|比重)?(?:为|是|达|:|：)?\s*(?P<printed>\d{1,3}(?:\.\d{1,3})?)\s*[%％]"
)
_TOTALS = (
    "new_received",
    "received_total",
    "outcome_total",
    "carried_in",
    "stat.received",
    "stat.closed",
    "stat.replies",
)
_PARTS = ("granted", "partial", "denied", "unable", "rejected", "other")
_SHARED = frozenset(
    {*_PARTS, "natural_person", "organisations", "carried_out", "carried_in", "review_total", "suit_total"}
)


def percentage_findings(report: Report) -> Iterator[Finding]:
    """One finding per printed percentage that no total of the report gives."""
    totals = _totals(report)
    text = to_simplified(report.text)  # as long as the text: the offsets hold
    for fact in report.facts:
        match = _SHARE.match(text, fact.end)
        if match is None or fact.approximate or not (fact.fact in _SHARED or fact.fact.startswith("stat.")):
            continue
        of = [total for total in totals if total > fact.value]
        if (
            of
            and float(match["printed"]) != 100
            and not any(_agrees(fact.value, total, match["printed"]) for total in of)
        ):
            yield _finding(fact, match, of)


def _totals(report: Report) -> list[int | float]:
    """Every figure that can be the whole, from tables and sentences, once each."""
    tables = report.tables
    found = [fact.value for fact in report.facts if not fact.approximate and fact.fact in (*_TOTALS, *_PARTS)]
    found += [value for name in (*_TOTALS, *_PARTS) if (value := table_figure(tables, name)) is not None]
    applications = tables.get("applications", {})
    new, carried = (row_figure(applications.get(row, {})) for row in ("new_received", "carried_in"))
    if new is not None and carried is not None:
        found.append(new + carried)
    return sorted({value for value in found if value > 0}, reverse=True)


def _agrees(part: int | float, whole: int | float, printed: str) -> bool:
    """Whether the printed digits are the share, rounded or cut off."""
    share, shown = Decimal(str(part)) * 100 / Decimal(str(whole)), Decimal(printed)
    step = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    return shown in (share.quantize(step, ROUND_HALF_UP), share.quantize(step, "ROUND_DOWN"))


def _finding(fact: NarrativeFact, match: re.Match[str], of: list[int | float]) -> Finding:
    printed = float(match["printed"])
    shares = [round(100 * fact.value / total, 2) for total in of]
    nearest = min(shares, key=lambda share: abs(share - printed))
    whole = of[shares.index(nearest)]
    message = f"“{fact.quote}”后所印 {match['printed']}% 与报告所载各总数均不相符，最接近的为 {nearest}%（{fact.value} / {whole}）"
    return Finding(
        f"d.percentage_differs:{fact.fact}",
        Severity.SOFT,
        message,
        expected=nearest,
        found=printed,
        where=f"c{fact.start}-{match.end()}",
    )
