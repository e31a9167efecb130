"""Anchor of the report page → words for the place, as a reader of the printed report would name it."""

import re
from functools import cache

from corpus.errors import NotFoundError, UsageError
from corpus.model import Report, Section
from corpus.vocabulary import STATISTICS_ROWS, label, load

_SECTION = re.compile(r"s(\d{1,3})(?:-p(\d{1,5}))?")
_CELL = re.compile(r"t-(applications|proactive|review|statistics)-([a-z_.]+)(?:-([a-z_]+))?")
_CHARACTERS = re.compile(r"c(\d{1,9})-(\d{1,9})")
_DIGITS = "零一二三四五六七八九"
_PARTS = {"applications": "第三部分", "proactive": "第二部分", "review": "第四部分"}


def locator(report: Report, anchor: str) -> str:
    """E.g. `第三部分，表中（三）4` for `t-applications-denied.third_party-total`.

    Raises `UsageError` for what is no anchor, `NotFoundError` for one that this version of the report does not have.
    """
    if match := _SECTION.fullmatch(anchor):
        return _section_place(report, anchor, int(match[1]), match[2])
    if match := _CELL.fullmatch(anchor):
        return _cell_place(report, anchor, match[1], match[2], match[3])
    if match := _CHARACTERS.fullmatch(anchor):
        start, end = int(match[1]), int(match[2])
        section = next((s for s in report.sections if s.start <= start < s.end), None)
        if not start < end <= len(report.text):
            raise _missing(anchor)
        return _part(section) if section else ""
    raise UsageError(
        f"{anchor!r} is no anchor.", hint="For example s1, s1-p3, t-applications-denied.third_party-total, c102-106."
    )


def _missing(anchor: str) -> NotFoundError:
    return NotFoundError(f"This version of the report has no place {anchor!r}.")


def _section_place(report: Report, anchor: str, number: int, paragraph: str | None) -> str:
    section = next((s for s in report.sections if s.number == number), None)
    if section is None or (paragraph and not 1 <= int(paragraph) <= len(section.paragraphs)):
        raise _missing(anchor)
    return _part(section) + (f"第{int(paragraph)}段" if paragraph else "")


def _part(section: Section) -> str:
    if section.key == "front":
        return "前言"
    if section.key == "annex":
        return "附件"
    return f"第{_han(section.number)}部分"


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0 or tens > 9:
        return _DIGITS[ones] if tens == 0 else str(number)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _cell_place(report: Report, anchor: str, table: str, row: str, column: str | None) -> str:
    cells = report.tables.get(table, {}).get(row)
    if cells is None or (column or "count") not in cells:
        raise _missing(anchor)
    if table == "statistics":
        number = STATISTICS_ROWS.index(row) + 1 if row in STATISTICS_ROWS else None
        return f"政府信息公开情况统计表，{label(row, 'statistics')}" if number else "政府信息公开情况统计表"
    if table == "applications":
        place = _application_ordinals().get(row) or label(row, "applications")
        column_name = "" if column == "total" else f"，{label(column or '', 'applications.column')}"
    else:
        place = ("行政诉讼" if row.startswith("suit_") else "") + label(row, table)
        column_name = f"，{label(column or '', f'{table}.column')}"
    return f"{_PARTS[table]}，表中{place}{column_name}"


@cache
def _application_ordinals() -> dict[str, str]:
    """Row → its printed number, e.g. `（三）4`. The rows of 三 begin with its own numbers, so 三 itself is left out."""
    file = load("applications")
    groups = {group["key"]: group.get("ordinal", "") for group in file["group"] if group["key"] != "results"}
    return {row["key"]: groups.get(row.get("parent"), "") + row["ordinal"] for row in file["row"] if "ordinal" in row}
