"""White space of HTML source as a browser prints it, with the rule for Chinese: a line end beside Han is no space.

Total functions over text; no-break and ideographic spaces are characters and only trimmed at borders.
"""

import re

_TRIM = (
    " \t\r\n\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff"
)
_BREAK = re.compile(r"[ \t\r\f\v]*[\r\n][ \t\r\f\v\n]*")
_BLANKS = re.compile(r"[ \t\f\v]+")


def _is_wide(char: str) -> bool:
    """Han and everything set solid with it: CJK punctuation, full-width forms, the quotation marks and dashes."""
    return char >= "\u2e80" or "\u2010" <= char <= "\u2027" or char == "\u00a0"


def _space_in_line(match: re.Match[str]) -> str:
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    return "" if not before or not after or _is_wide(before) or _is_wide(after) else " "


def _space_in_cell(match: re.Match[str]) -> str:
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    words = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return " " if words else ""


def squeeze(text: str) -> str:
    """One printed line: runs of blanks are one space, a source line end is a space only between narrow characters."""
    if "\n" in text or "\r" in text:
        text = _BREAK.sub(_space_in_line, text)
    return _BLANKS.sub(" ", text).strip(_TRIM)


def squeeze_cell(text: str) -> str:
    """The text of one cell whose fragments are set apart by line ends: joined, with a space only between ASCII words."""
    if len(text) == 1:
        return "" if text in _TRIM else str(text)
    if "\n" in text or "\r" in text:
        text = _BREAK.sub(_space_in_cell, text.strip(_TRIM))
    return _BLANKS.sub(" ", text).strip(_TRIM)
