"""CSL-JSON for citation processors: a list of one item."""

import json
from typing import Any

from archive.citations.item import CitedItem


def csl_json(item: CitedItem) -> str:
    """The item; our id stays out of `archive_location`, which the style of 2025 would print inside the title."""
    data: dict[str, Any] = {
        "id": item.key,
        "type": "report",
        "title": item.title,
        "author": [{"literal": item.author}] if item.author else None,
        "publisher": item.author,
        "issued": _date(item.published),
        "accessed": _date(item.accessed) if item.url else None,
        "URL": item.url,
        "language": "zh-CN",
        "note": "；".join(part for part in (item.locator, item.note) if part),
    }
    return json.dumps([{k: v for k, v in data.items() if v}], ensure_ascii=False, indent=2)


def _date(day: str | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None
