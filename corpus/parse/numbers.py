"""What is printed in one cell: a number, nothing, a dash, a slash or words. Nothing is repaired.

Only forms that cannot mean anything else are numbers: digits (full width too), thousands separators in groups of three,
spaces inside digits, a sign, decimals, and a unit behind. `22（其中修订16件）` is text; so is a percentage.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import CellState
from corpus.text import to_simplified

_TRIM = " \t\r\n\u00a0\u3000\u200b\ufeff\u00ad"
_UNITS = "万元|元|人次|件|条|项|个|次|宗|份|篇|期|人"
_NUMBER = re.compile(
    rf"(?P<sign>[+-]?)(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?: \d{{3}})+|\d+)(?:\.(?P<fraction>\d+))?\s*(?P<unit>{_UNITS})?"
)
_SIGNED_WORD = re.compile(rf"(?P<word>增加|增|减少|减)\s*(?P<digits>\d+)\s*(?:{_UNITS})?")
_DASHES = frozenset("-—–―－‐‑−─一")
_SLASHES = frozenset("/\\／＼")


@dataclass(frozen=True, slots=True)
class Printed:
    """The reading of one printed cell; `value` only for `CellState.NUMBER`, `unit` as printed behind the digits."""

    state: CellState
    value: int | float | None = None
    unit: str | None = None


_BLANK = Printed(CellState.BLANK)
_TEXT = Printed(CellState.TEXT)


def trim(raw: str) -> str:
    """`raw` without the white space and invisible characters at its borders."""
    return raw.strip(_TRIM)


@lru_cache(maxsize=8192)
def read_cell(raw: str, *, signed: bool = False) -> Printed:
    """The state and value of a printed cell. `signed` admits 增加3, 减2, 无变化 (column 本年增/减 of the 2019 form)."""
    text = trim(raw)
    if not text:
        return _BLANK
    if text.isdigit() and text.isascii():
        return Printed(CellState.NUMBER, int(text))
    if _is_marks(text, _SLASHES):
        return Printed(CellState.SLASH)
    if _is_marks(text, _DASHES) and text != "一":
        return Printed(CellState.DASH)
    normal = _normal(text)
    if (match := _NUMBER.fullmatch(normal)) is not None:
        return _number(match)
    if signed:
        return _signed(normal)
    return _TEXT


def _is_marks(text: str, marks: frozenset[str]) -> bool:
    return all(c in marks or c in _TRIM for c in text)


def _normal(text: str) -> str:
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if c not in "\u200b\ufeff\u00ad")
    return to_simplified(text).replace("−", "-").replace("–", "-").replace("，", ",").strip()


def _number(match: re.Match[str]) -> Printed:
    whole = re.sub(r"[ ,]", "", match["digits"])
    sign = -1 if match["sign"] == "-" else 1
    fraction = match["fraction"]
    value: int | float = int(whole) if not fraction or not fraction.strip("0") else float(f"{whole}.{fraction}")
    return Printed(CellState.NUMBER, sign * value, match["unit"])


def _signed(normal: str) -> Printed:
    if normal in {"无变化", "不变", "持平", "无增减"}:
        return Printed(CellState.NUMBER, 0)
    if (match := _SIGNED_WORD.fullmatch(normal)) is not None:
        sign = -1 if match["word"].startswith("减") else 1
        return Printed(CellState.NUMBER, sign * int(match["digits"]))
    return _TEXT


@lru_cache(maxsize=8192)
def is_data(raw: str) -> bool:
    """Whether a cell can stand in a figure's place: blank, number, dash, slash, or a word that says "none"."""
    text = trim(raw)
    if not text:
        return True
    printed = read_cell(text)
    if printed.state is not CellState.TEXT:
        return True
    return (text[0].isdigit() and not _ORDINAL.match(text) and not _DATE.match(text)) or text in _NONE_WORDS


_ORDINAL = re.compile(
    r"\d{1,2}\s*(?:[.．、,，)）:：]?\s*[^\d\s.,，%％（(件条项个次宗份篇期人万元余多]|[.．、,，)）:：]\Z)"
)
_DATE = re.compile(r"(?:19|20)\d{2}\s*年|(?:19|20)\d{2}([-./])\d{1,2}\1\d{1,2}")
_NONE_WORDS = frozenset(
    {"无", "無", "不适用", "不適用", "无此项", "未统计", "N/A", "n/a", "NA", "空", "无数据", "未发生"}
)
