"""Markdown's own marks: links, pictures, list marks and escapes taken off, and HTML tables inside Markdown given to the page reader."""

import re

from corpus.readers.blocks import Block
from corpus.readers.html import read_html
from corpus.readers.plain import read_text

_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)(?:\{[^{}\n]*\})?")
_ATTRIBUTES = re.compile(r"^(#{1,6} .*?)\s*\{#[^{}\n]*\}[ ]*$|^:::.*$|^```.*$", re.MULTILINE)
_ITEM = re.compile(r"^[ ]{0,3}[-*+][ ]+(?=[^\s\d-])", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~$'\"])")
_MARKS = re.compile(r"^\s*\|?\s*:?-{3,}:?\s*\||^#{1,3} \S", re.MULTILINE)
_TABLE = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(
    r"</?(?:div|span|p|br|a|center|font|b|strong|em|u|section|article)\b[^<>]*>|<!--.*?-->", re.IGNORECASE
)
_PAGE = re.compile(r"<(?:html|body|head|meta|script|style|tr)\b", re.IGNORECASE)


def is_markdown(text: str) -> bool:
    """Whether a heading or the line below a table's header has Markdown's marks."""
    return _MARKS.search(text) is not None


def is_mixed(text: str) -> bool:
    """Whether markup stands in lines of Markdown: tables of it, or boxes around paragraphs that have no tags."""
    rest = _TABLE.sub("", text)
    if _PAGE.search(rest) or (len(rest) == len(text) and not is_markdown(text)):
        return False
    lines = [line for line in rest.splitlines() if line.strip()]
    bare = sum(_TAG.search(line) is None for line in lines)
    return len(lines) // 2 < bare < len(lines) or (bare > 0 and len(rest) < len(text))


def read_mixed(text: str) -> tuple[Block, ...]:
    """The blocks of such a document in printed order."""
    blocks: list[Block] = []
    end = 0
    for table in _TABLE.finditer(text):
        blocks += read_markdown(_TAG.sub("", text[end : table.start()]))
        blocks += read_html(table[0], encoding="").blocks
        end = table.end()
    return (*blocks, *read_markdown(_TAG.sub("", text[end:])))


def read_markdown(text: str) -> tuple[Block, ...]:
    """The blocks of Markdown, `[words](target)` as its words; `\\|` stays for the table reader."""
    return read_text(
        _ESCAPE.sub(r"\1", _ITEM.sub("", _LINK.sub(r"\1", _PICTURE.sub("", _ATTRIBUTES.sub(r"\1", text)))))
    )
