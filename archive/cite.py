"""One citation of a stored report: the original at its own address, or the version in this archive. Invents nothing."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from archive.citations.bibtex import bibtex
from archive.citations.csl import csl_json
from archive.citations.gbt7714 import gbt7714_2015, gbt7714_2025
from archive.citations.item import CitedItem, one_line
from archive.citations.locator import locator
from archive.citations.ris import ris
from archive.citations.tagged import endnote, noteexpress, plain
from archive.model import Source, StoredReport
from corpus.errors import UsageError

_FORMATS: Mapping[str, Callable[[CitedItem], str]] = MappingProxyType(
    {
        "gbt7714-2015": gbt7714_2015,
        "gbt7714-2025": gbt7714_2025,
        "bibtex": bibtex,
        "ris": ris,
        "csl-json": csl_json,
        "endnote": endnote,
        "noteexpress": noteexpress,
        "plain": plain,
    }
)
STYLES: tuple[str, ...] = tuple(_FORMATS)
TARGETS: tuple[str, ...] = ("original", "archived")

_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")


def cite(
    stored: StoredReport,
    *,
    style: str,
    of: str = "archived",
    accessed: str | None = None,
    base_url: str,
    anchor: str | None = None,
) -> str:
    """The citation in `style` (one of `STYLES`), without a line feed at the end.

    `of` "original" gives the address where the report was published (none is known: it is cited without one),
    "archived" the permalink of this version under `base_url`. `accessed` is a day, `YYYY-MM-DD`; left out, it is the
    day on which the bytes were taken. `anchor` names a place in the report. Raises `UsageError` and `NotFoundError`.
    """
    if style not in _FORMATS:
        raise UsageError(f"Unknown style {style!r}.", hint=f"Known: {', '.join(STYLES)}.")
    if of not in TARGETS:
        raise UsageError(f"Cannot cite {of!r}.", hint=f"Known: {', '.join(TARGETS)}.")
    return _FORMATS[style](cited_item(stored, of=of, accessed=accessed, base_url=base_url, anchor=anchor))


def cited_item(
    stored: StoredReport, *, of: str, accessed: str | None, base_url: str, anchor: str | None = None
) -> CitedItem:
    """The fields of the citation; arguments as for `cite`."""
    report = stored.report
    source = _published_at(stored)
    author = report.agency or report.agency_printed
    if of == "archived":
        url: str | None = permalink(stored, base_url, anchor)
        taken: str | None = source.retrieved_at or stored.archived_at
    else:
        url = one_line(source.url) if source.url else None
        taken = source.retrieved_at
    return CitedItem(
        key=f"gongkai-{stored.id}-v{stored.version}",
        author=one_line(author) if author else None,
        title=one_line(report.title),
        published=report.published,
        accessed=_day(accessed) if accessed else (taken[:10] if taken else None),
        url=url,
        is_page=source.media_type in _PAGES,
        locator=(locator(report, anchor) or None) if anchor else None,
        note=_note(stored, source),
    )


def permalink(stored: StoredReport, base_url: str, anchor: str | None = None) -> str:
    """The absolute address of this version, for ever the same."""
    return f"{base_url.rstrip('/')}/r/{stored.id}/v{stored.version}" + (f"#{anchor}" if anchor else "")


def _published_at(stored: StoredReport) -> Source:
    """The source to cite: the first with an address, its own site before copies; else the one it was read from."""
    return next((source for source in stored.sources if source.url), stored.sources[0])


def _note(stored: StoredReport, source: Source) -> str:
    address = f"原网页 {one_line(source.url)}；" if source.url else ""
    return f"{address}存档时间 {stored.archived_at}；SHA-256 {stored.versions[stored.version - 1].sha256}"


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError as error:
        raise UsageError(f"{text!r} is no date.", hint="Write it as 2024-05-06.") from error
