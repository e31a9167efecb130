"""Numbers in running text: digits of any width, thousands separators, decimals, 万 and 亿, Chinese numerals.

What a printed table cell means is `corpus.parse.numbers`; what a number counts is `corpus.parse.narrative`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

Number = int | float

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2, "兩": 2} | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"貳": 2, "參": 3, "陸": 6}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN = "".join((*_DIGITS, *_SMALL, *_LARGE))

ARABIC = r"(?:[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])|[0-9]{1,15})(?:\.[0-9]{1,6})?"
HAN = f"[{_HAN}]{{1,20}}"
_ARABIC_WHOLE = re.compile(rf"(?P<sign>[+-])?(?P<digits>{ARABIC})(?P<scale>[十百千拾佰仟万萬亿億]{{0,2}})")
_SCALES = "".join((*_SMALL, *_LARGE))
_NUMBER = re.compile(rf"(?<![0-9.{_HAN}])(?:{ARABIC}[{_SCALES}]{{0,2}}|{HAN})(?![0-9{_HAN}])")

_BEFORE = re.compile(r"(?:接近|大概|(?<![预条节签公违合契])约|近|逾|超过|超|突破|不足|不到|至少|最多|不少于|不低于)$")
_AFTER = "余|餘|多|来|來|几|幾"
_BORDER = "以上|以下|以内|左右|上下|余|多"
_ORDINAL_BEFORE = re.compile(r"(?:第|每|任何|某|任)$")
_WORD_BEFORE = re.compile(r"(?:[数几成上]|同|统|唯|之|另|单|专)$")
"""What makes a Chinese numeral behind it vague (数十件) or part of a word (统一件)."""
_LIST_BEFORE = re.compile(rf"[0-9{_HAN}%％][-—–~～至到/、.．:：,，]$")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at `start:end` of a text; `approximate` when the text says so (余, 多, 近, 约) or rounds it (26.4万)."""

    start: int
    end: int
    value: Number
    approximate: bool = False


def _plain(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else float(value)


def parse_number(text: str) -> Number | None:
    """The number that all of `text` is (`１２`, `1,204`, `3.0`, `26.4万`, `十二`, `二〇二一`); `None` if it is none."""
    normal = unicodedata.normalize("NFKC", text).strip()
    normal = "".join(c for c in normal if c not in "\u200b\ufeff\u00ad").replace("−", "-")
    normal = re.sub(r"(?<=[0-9]) (?=[0-9]{3}(?:\D|$))", ",", normal)
    if (match := _ARABIC_WHOLE.fullmatch(normal)) is not None:
        value = Decimal(match["digits"].replace(",", "").replace("，", ""))
        for scale in match["scale"]:
            value *= _SMALL.get(scale) or _LARGE[scale]
        return _plain(-value if match["sign"] == "-" else value)
    return parse_han(normal)


def parse_han(text: str) -> int | None:
    """The value of a Chinese numeral (`十二`, `一百零五`, `一万二千`, `二〇二一`); `None` if it is not well formed."""
    if not text or any(c not in _HAN for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return _positional(text)
    total = section = 0
    digit: int | None = None
    last_small = last_large = 10**9
    for char in text:
        if char in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
        elif char in _SMALL:
            unit = _SMALL[char]
            if unit >= last_small or (not digit and unit != 10):
                return None
            section += (digit or 1) * unit
            digit, last_small = None, unit
        else:
            unit = _LARGE[char]
            section += digit or 0
            if unit >= last_large or section == 0:
                return None
            total += section * unit
            section, digit, last_small, last_large = 0, None, 10**9, unit
    if digit is not None and last_small == 100 and not _has_zero_before_last(text):
        digit *= 10  # 一百二 is 120
    return total + section + (digit or 0)


def _has_zero_before_last(text: str) -> bool:
    return len(text) > 1 and _DIGITS.get(text[-2]) == 0


def _positional(text: str) -> int | None:
    """`二〇二一` → 2021; several digits without a zero or a length of four (`三五`) are a span, not a number."""
    if len(text) == 1 or len(text) == 4:
        return int("".join(str(_DIGITS[c]) for c in text))
    return None


def find_numerals(text: str, units: str) -> Iterator[tuple[Numeral, str]]:
    """Every number directly before one of `units` (a regex alternation) in `text`, with the unit, in order.

    `end` is behind the unit and any 以上, 左右 after it. Left out: ordinals (第三十六条), ranges (3至5件), lists of
    bare numbers (3、5件), vague amounts (数十件, 十几件) and numerals that are part of a word (统一件).
    """
    unit = _unit_pattern(units)
    for match in _NUMBER.finditer(text):
        behind = unit.match(text, match.end())
        if behind is None:
            continue
        before = text[max(0, match.start() - 4) : match.start()]
        bare_scale = match[0] in "百千佰仟万萬亿億"
        value = {**_SMALL, **_LARGE}[match[0]] if bare_scale else parse_number(match[0])
        if value is None or behind[1] in {"几", "幾"} or _no_amount(before, match[0]):
            continue
        approximate = bool(behind[1] or behind[3] or _is_rounded(match[0]) or _BEFORE.search(before))
        if bare_scale and not approximate:
            continue
        yield Numeral(match.start(), behind.end(), value, approximate), behind[2]


@cache
def _unit_pattern(units: str) -> re.Pattern[str]:
    return re.compile(rf"({_AFTER})?({units})({_BORDER})?")


def _no_amount(before: str, numeral: str) -> bool:
    """Whether what stands before the numeral shows that it counts nothing: an ordinal, a range, a list, a word."""
    if _ORDINAL_BEFORE.search(before) or _LIST_BEFORE.search(before):
        return True
    return not numeral[0].isascii() and _WORD_BEFORE.search(before) is not None


def _is_rounded(numeral: str) -> bool:
    """Whether digits are followed by a scale (26.4万): a rounding, unlike 一万二千."""
    return numeral[0].isascii() and numeral[-1] in _SCALES
