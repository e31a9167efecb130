"""Reads an HTML page: its own metadata and the blocks of the report in it. The only door to the tree parser.

It takes text, never bytes (`decode.py` decides the encoding), and removes no chrome from the report's own blocks.
"""

import re
import warnings

from bs4 import BeautifulSoup
from bs4.element import Tag

from corpus.readers.blocks import Document
from corpus.readers.chrome_metadata import harvest
from corpus.readers.html_content import Content, choose_content
from corpus.readers.html_space import squeeze
from corpus.readers.html_walk import Walker

# bs4 warns of XHTML served as HTML, and of short texts that look like file names; both are read as they are.
_PROLOG = re.compile(r"\s*<\?xml[^>]*>")


def read_html(text: str, *, encoding: str) -> Document:
    """The page's report as blocks in printed order, with the page's metadata.

    Metas come under their lower-cased names (the first that is not empty), `title` is the HTML title, `breadcrumb`
    the path of the page; labelled values printed outside the report (`发布机构` …) are added.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(_PROLOG.sub("", text, count=1) + "\n", "lxml")
    return read_tree(soup, encoding=encoding)


def read_tree(soup: BeautifulSoup, *, encoding: str) -> Document:
    """What `read_html` gives, from the tree."""
    meta = _metas(soup)
    content = _content(soup)
    if content.breadcrumb:
        meta.setdefault("breadcrumb", content.breadcrumb)
    for name, value in harvest(content.outside).items():
        if name == "siteidcode" and meta.get(name, value) != value:
            name = "网站标识码"  # the footer says another code than the head; which one counts is decided later
        meta.setdefault(name, value)
    return Document(content.blocks, "text/html", encoding, meta)


def _content(soup: BeautifulSoup) -> Content:
    """The report. A page that shows its article by script hides it: where nothing else has headings, it counts."""
    content, hidden_seen = _choose(soup, keep_hidden=False)
    if hidden_seen and not content.headings:
        hidden, _ = _choose(soup, keep_hidden=True)
        if hidden.headings:
            return hidden
    return content


def _choose(soup: BeautifulSoup, *, keep_hidden: bool) -> tuple[Content, bool]:
    walker = Walker(keep_hidden=keep_hidden)
    walker.walk(soup.body or soup, "body")
    return choose_content(walker.pieces, walker.boxes), walker.steps.hidden_seen


def _metas(soup: BeautifulSoup) -> dict[str, str]:
    # A page without a proper head has its metas anywhere.
    head = soup.head if soup.head is not None and soup.head.find("title") is not None else soup
    title = head.find("title")
    found = {"title": squeeze(title.get_text())} if isinstance(title, Tag) else {}
    for tag in head.find_all("meta"):
        name = tag.attrs.get("name") or tag.attrs.get("property")
        value = squeeze(str(tag.attrs.get("content") or ""))
        if name and value and not found.get(str(name).strip().lower()):
            found[str(name).strip().lower()] = value
    return {name: value for name, value in found.items() if value}
