"""The line-by-line formats of EndNote (.enw) and NoteExpress (.net), and a plain note."""

from archive.citations.item import CitedItem


def endnote(item: CitedItem) -> str:
    """EndNote's tagged format."""
    return _lines(
        ("%0 ", "Report"),
        ("%A ", item.author and f"{item.author},"),  # the comma marks a corporate author
        ("%T ", item.title),
        ("%I ", item.author),
        ("%D ", item.year),
        ("%8 ", item.published),
        ("%U ", item.url),
        ("%[ ", item.accessed if item.url else None),
        ("%G ", "zh-CN"),
        ("%& ", item.locator),
        ("%Z ", item.note),
    )


def noteexpress(item: CitedItem) -> str:
    """NoteExpress's tagged format."""
    return _lines(
        ("{Reference Type}: ", "Report"),
        ("{Title}: ", item.title),
        ("{Author}: ", item.author),
        ("{Institution}: ", item.author),
        ("{Year}: ", item.year),
        ("{Date}: ", item.published),
        ("{URL}: ", item.url),
        ("{Access Date}: ", item.accessed if item.url else None),
        ("{Section}: ", item.locator),
        ("{Language}: ", "Chinese"),
        ("{Notes}: ", item.note),
    )


def plain(item: CitedItem) -> str:
    """One sentence for a footnote that follows no standard, with where the original was and how it is proven."""
    parts = [
        f"{item.author or ''}《{item.title}》",
        f"{item.published}发布" if item.published else None,
        item.locator,
        item.url,
        f"{item.accessed}访问" if item.accessed and item.url else None,
        item.note,
    ]
    return "，".join(part for part in parts if part) + "。"


def _lines(*fields: tuple[str, str | None]) -> str:
    return "\n".join(f"{tag}{value}" for tag, value in fields if value)
