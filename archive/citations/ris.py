"""A RIS record for EndNote, Zotero and their kin."""

from typing import Any

import rispy

from archive.citations.item import CitedItem


class _Writer(rispy.RisWriter):  # type: ignore[misc]
    def set_header(self, count: int) -> str:
        """No number before the record, as the format has none."""
        return ""


def ris(item: CitedItem) -> str:
    """One record of type RPRT; `PB` is where reference managers look for the institution of a report."""
    record: dict[str, Any] = {
        "type_of_reference": "RPRT",
        "authors": [item.author] if item.author else None,
        "title": item.title,
        "publisher": item.author,
        "year": item.year,
        "date": _date(item.published),
        "urls": [item.url] if item.url else None,
        "access_date": _date(item.accessed) if item.url else None,
        "section": item.locator,
        "language": "zh-CN",
        "id": item.key,
        "notes": [item.note],
    }
    text: str = rispy.dumps([{k: v for k, v in record.items() if v}], implementation=_Writer)
    return text.rstrip("\n")


def _date(day: str | None) -> str | None:
    return day.replace("-", "/") if day else None
