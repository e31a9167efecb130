"""What is cited: one report in one version, already reduced to the fields that citations have."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CitedItem:
    """Dates are `YYYY-MM-DD`; `None` means not known and is left out of every format, never made up."""

    key: str
    """ASCII, unique among versions of reports."""
    author: str | None
    """The reporting body."""
    title: str
    """As printed, on one line."""
    published: str | None
    accessed: str | None
    url: str | None
    is_page: bool
    """Whether the original is a web page or text rather than a PDF or Word file."""
    locator: str | None
    """The place in the report, e.g. `第三部分，表中（三）4`."""
    note: str
    """Where and when the original was taken, and its digest."""

    @property
    def year(self) -> str | None:
        """The year of publication, which is not the year reported on."""
        return self.published[:4] if self.published else None


def one_line(text: str) -> str:
    """`text` without line breaks and control characters, so that it cannot start a field of its own in any format."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
