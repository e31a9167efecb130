"""Holds the date of publication against the statutory date: what was published late becomes a finding.

The date is the one printed or stated by the page; a page moved to a new site may carry a later one, so the finding says
which date it goes by and accuses nobody. Where the law names no date for a kind of body, nothing is said.
"""

from datetime import date

from corpus.model import AgencyKind, Finding, Report, Severity

_NEW_REGULATION = 2019
"""First report year under the Regulation of 2019, in force from 2019-05-15."""
_BY_JANUARY = frozenset({AgencyKind.DEPARTMENT, AgencyKind.CENTRAL})
_NO_DATE = frozenset({AgencyKind.INSTITUTION})
"""Public institutions publish alike, but article 49 does not name them."""


def statutory_date(kind: AgencyKind | None, year: int) -> date | None:
    """The last day on which a body of that kind may publish its report for `year`; `None` when the law names none.

    Article 49 (2019): departments by 31 January, governments by 31 March; article 31 (2007): every organ by 31 March.
    Bodies that are neither for certain (a zone, a branch, an office, an unknown kind) are held against the later date.
    """
    if kind in _NO_DATE or not 2007 < year < date.max.year:
        return None
    if year >= _NEW_REGULATION and kind in _BY_JANUARY:
        return date(year + 1, 1, 31)
    return date(year + 1, 3, 31)


def late_finding(report: Report) -> tuple[Finding, ...]:
    """That the report states a date of publication after the statutory one, if so."""
    if report.year is None or report.published is None:
        return ()
    last = statutory_date(report.agency_kind, report.year)
    stated = _date(report.published)
    if last is None or stated is None or stated <= last:
        return ()
    article = "2019 年《条例》第四十九条" if report.year >= _NEW_REGULATION else "2007 年《条例》第三十一条"
    message = f"所载发布日期为 {stated}，晚于{article}规定的 {last}（{(stated - last).days} 天）"
    return (Finding("d.published_late", Severity.SOFT, message),)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
