"""A BibTeX entry, valid for BibTeX and biblatex. Every value is escaped here; the library only sets it out."""

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from archive.citations.item import CitedItem

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # `\{` would still count as an open brace
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
}
_URL_ESCAPES = {"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20", '"': "%22", "<": "%3C", ">": "%3E"}


def bibtex(item: CitedItem) -> str:
    """A `@techreport`; a corporate author and the title stand in double braces, so nothing is taken for a first name."""
    values = {
        "author": item.author and f"{{{_text(item.author)}}}",
        "title": f"{{{_text(item.title)}}}",
        "institution": item.author and f"{{{_text(item.author)}}}",
        "year": item.year,
        "date": item.published,
        "url": item.url and "".join(_URL_ESCAPES.get(c, c) for c in item.url),
        "urldate": item.accessed if item.url else None,
        "langid": "chinese",
        "note": _text("；".join(part for part in (item.locator, item.note) if part)),
    }
    entry = Entry("techreport", item.key, [Field(name, value) for name, value in values.items() if value])
    text: str = write_string(Library([entry]))
    return text.rstrip("\n")


def _text(text: str) -> str:
    return "".join(_ESCAPES.get(c, c) for c in text)
