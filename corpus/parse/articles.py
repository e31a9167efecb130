"""The articles that a citation names behind a law's title: 第二十条第（一）项, 第16条、第17条, 第三十条至第三十二条.

It reads the raw text of a reference and judges nothing: whether the law has such an article is not asked.
"""

import re

from corpus.parse.numerals import parse_number
from corpus.text import to_simplified

_ORDINAL = "[0-9０-９一二三四五六七八九十百零〇]{1,6}"
_ARTICLE = re.compile(rf"(?P<range>至\s*)?第\s*(?P<number>{_ORDINAL})\s*条")
_LONGEST_RANGE = 60
_DIGITS = "零一二三四五六七八九"


def articles(raw: str) -> tuple[int, ...]:
    """The numbers of the articles in `raw`, each once, in order of place; a range gives all articles in it."""
    found: dict[int, None] = {}
    last = 0
    for match in _ARTICLE.finditer(to_simplified(raw)):
        number = parse_number(match["number"])
        if not isinstance(number, int) or number < 1:
            continue
        first = last + 1 if match["range"] and 0 < number - last <= _LONGEST_RANGE else number
        found.update(dict.fromkeys(range(first, number + 1)))
        last = number
    return tuple(found)


def article_name(number: int) -> str:
    """The number as laws print it: 第十六条, 第一百零二条."""
    return f"第{_han(number)}条"


def _han(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if number > 999:
        return str(number)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    tens, ones = divmod(rest, 10)
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not number else "")
