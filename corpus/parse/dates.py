"""Years and dates as reports print them: digits of any width, Chinese numerals, with blanks anywhere.

It must not choose between dates, and never corrects one: a day that no calendar has is no date.
"""

import re
import unicodedata
from datetime import date

_ZERO = "〇○零oO0Ｏ"
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | dict.fromkeys(_ZERO, 0)
_HAN_YEAR = rf"二[{_ZERO}][{_ZERO}一二三四五六七八九]{{2}}"
_HAN_SMALL = r"[一二三四五六七八九十]{1,3}"

YEAR = rf"(?<![0-9])(?:20[0-9]{{2}}|{_HAN_YEAR})"
"""Pattern of a year in text without blanks and with digits of normal width."""

_INVISIBLE = re.compile(r"[\s\u200b\ufeff\u00ad]+")
_LONGEST_SIGNATURE = 100

_YEAR_MONTH_DAY = re.compile(
    rf"({YEAR})(?:年([0-9]{{1,2}}|{_HAN_SMALL})月([0-9]{{1,2}}|{_HAN_SMALL})(?:日|号)?|([-./]|[—–]{{1,2}})([0-9]{{1,2}})\4([0-9]{{1,2}}))(?![0-9])"
)
_PERIOD = re.compile(
    rf"({YEAR})年?(?:1|0?1|一)月(?:1|0?1|一)日(?:起|开始)?,?(?:至|到|[-—–―~～])+({YEAR})?年?(?:12|十二)月(?:31|三十一)日"
)


def compact(text: str) -> str:
    """`text` in NFKC without white space and invisible characters; Chinese zeros stay as they are."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def year_number(text: str) -> int:
    """The year that `text`, a match of `YEAR`, stands for."""
    return int("".join(str(_HAN_DIGITS.get(c, c)) for c in text))


def _small_number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN_DIGITS[text] if len(text) == 1 else 0
    return (_HAN_DIGITS[tens] if tens else 1) * 10 + (_HAN_DIGITS[ones] if ones else 0)


def _iso(match: re.Match[str]) -> str | None:
    year, month, day = match[1], match[2] or match[5], match[3] or match[6]
    try:
        return date(year_number(year), _small_number(month), _small_number(day)).isoformat()
    except (ValueError, KeyError):
        return None


def find_date(text: str) -> str | None:
    """The first date in `text` as `YYYY-MM-DD`: 2024年1月18日, 2024-01-18 10:30, 2024/1/18, 二〇二四年一月十八日."""
    # A blank may separate date and hour: only what touches the date's own signs is closed up.
    spaced = unicodedata.normalize("NFKC", text)
    for match in _YEAR_MONTH_DAY.finditer(re.sub(r"\s*([年月日])\s*", r"\1", spaced)):
        if (found := _iso(match)) is not None:
            return found
    return None


def only_date(text: str) -> str | None:
    """The date that all of `text` is, brackets and blanks aside; `None` when it holds anything else."""
    if len(text) > _LONGEST_SIGNATURE:
        return None
    match = _YEAR_MONTH_DAY.fullmatch(compact(text).strip("()[]【】。."))
    return _iso(match) if match else None


def split_date(text: str) -> tuple[str, str | None]:
    """`text` without a date at its end, and that date: 昆岚市财政局 2024年1月18日. A long text is no such line."""
    if len(text) > _LONGEST_SIGNATURE:
        return text, None
    closed = compact(text)
    for match in _YEAR_MONTH_DAY.finditer(closed):
        if match.end() == len(closed.rstrip(")。.")) and (found := _iso(match)) is not None:
            return closed[: match.start()].rstrip("(,，"), found
    return closed, None


def reporting_period(text: str) -> int | None:
    """The year of the first statistical period in `text` (自2023年1月1日起至2023年12月31日止); 年 may be lost."""
    for match in _PERIOD.finditer(compact(text)):
        start = year_number(match[1])
        if match[2] is None or year_number(match[2]) == start:
            return start
    return None
