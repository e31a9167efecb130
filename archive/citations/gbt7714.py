"""References by GB/T 7714, online documents, in the edition of 2015 and of 2025."""

from archive.citations.item import CitedItem


def gbt7714_2015(item: CitedItem) -> str:
    """`责任者. 题名[R/OL]. (发布日期)[引用日期]. 网址.`; without an address `[R]` and no date of access."""
    carrier = "R/OL" if item.url else "R"
    published = f"({item.published})" if item.published else ""
    return _reference(item, carrier, published + _accessed(item))


def gbt7714_2025(item: CitedItem) -> str:
    """A web page is `[EB/OL]` with full-width brackets around its date, a PDF or Word file `[R/OL]` without brackets.

    The edition drops the date of access for reports in one of its examples and keeps it in others; it is kept here
    (unverified), because the address may change what it shows.
    """
    if not item.url:
        return _reference(item, "R", item.published or "")
    if item.is_page:
        return _reference(item, "EB/OL", (f"（{item.published}）" if item.published else "") + _accessed(item))
    return _reference(item, "R/OL", (item.published or "") + _accessed(item))


def _accessed(item: CitedItem) -> str:
    return f"[{item.accessed}]" if item.accessed and item.url else ""


def _reference(item: CitedItem, carrier: str, dates: str) -> str:
    head = f"{item.author}. " if item.author else ""
    parts = [f"{head}{item.title}[{carrier}]", dates, item.locator or "", item.url or ""]
    return ". ".join(part for part in parts if part) + "."
