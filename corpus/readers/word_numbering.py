"""Automatic numbers of a Word file written out as text: `一、`, `（一）`, `1.` are printed, but stand nowhere in its text.

Works on the tree of the document before it is converted. Bullets are marks of the list and stay away.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_HAN_DIGITS = "零一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_COUNTING = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                       "taiwaneseCountingThousand", "ideographDigital", "japaneseDigitalTenThousand",
                       "taiwaneseDigital", "koreanDigital2", "koreanCounting"})  # fmt: skip
_FORMAL = frozenset({"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"})


@dataclass(slots=True)
class _Level:
    """One level of a list: where it starts counting, how, and what is printed around the numbers."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _Numbering:
    """The lists of a document, and what was counted so far."""

    lists: dict[str, dict[int, _Level]]
    shared: dict[str, str]
    """List → the abstract list whose count it continues."""
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def next(self, number: str, level: int) -> str | None:
        """What is printed before the next paragraph of a list, `None` when nothing is."""
        levels = self.lists.get(number)
        if levels is None or level not in levels:
            return None
        counts = self.counts.setdefault(self.shared[number], [None] * _LEVELS)
        counts[level] = levels[level].start if counts[level] is None else (counts[level] or 0) + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        if levels[level].form in ("bullet", "none"):
            return None

        def printed(match: re.Match[str]) -> str:
            of = int(match[1]) - 1
            known = levels.get(of, _Level())
            return _number(counts[of] if counts[of] is not None else known.start, known.form)

        return _PLACEHOLDER.sub(printed, levels[level].text)


def write_numbers(root: ElementTree.Element, lists: bytes, styles: bytes, w: str) -> None:
    """Puts every automatic number as text in front of its paragraph in the tree of a document; `w` is its namespace.

    `lists` and `styles` are the parts `numbering.xml` and `styles.xml`, empty where there is none.
    """
    if not lists:
        return
    numbering = _lists(ElementTree.fromstring(lists), w)
    by_style = _styles(ElementTree.fromstring(styles), w) if styles else {}
    for paragraph in root.iter(f"{{{w}}}p"):
        _write_number(paragraph, numbering, by_style, w)


def _value(element: ElementTree.Element | None, path: str, w: str) -> str | None:
    found = element.find(path, {"w": w}) if element is not None else None
    return found.get(f"{{{w}}}val") if found is not None else None


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"\d{1,5}", text) else otherwise


def _lists(root: ElementTree.Element, w: str) -> _Numbering:
    abstract = {
        element.get(f"{{{w}}}abstractNumId", ""): {
            _integer(level.get(f"{{{w}}}ilvl"), 0): _level(level, w) for level in element.findall("w:lvl", {"w": w})
        }
        for element in root.findall("w:abstractNum", {"w": w})
    }
    lists: dict[str, dict[int, _Level]] = {}
    shared: dict[str, str] = {}
    for element in root.findall("w:num", {"w": w}):
        number = element.get(f"{{{w}}}numId", "")
        of = _value(element, "w:abstractNumId", w) or ""
        levels = dict(abstract.get(of, {}))
        shared[number] = of
        for override in element.findall("w:lvlOverride", {"w": w}):
            index = _integer(override.get(f"{{{w}}}ilvl"), 0)
            own = override.find("w:lvl", {"w": w})
            level = _level(own, w) if own is not None else levels.get(index, _Level())
            start = _value(override, "w:startOverride", w)
            if start is not None:
                level = _Level(_integer(start, 1), level.form, level.text)
                shared[number] = f"{of}|{number}"
            levels[index] = level
        lists[number] = levels
    return _Numbering(lists, shared)


def _level(element: ElementTree.Element, w: str) -> _Level:
    return _Level(
        _integer(_value(element, "w:start", w), 1),
        _value(element, "w:numFmt", w) or "decimal",
        _value(element, "w:lvlText", w) or "",
    )


def _styles(root: ElementTree.Element, w: str) -> dict[str, tuple[str, int]]:
    """Paragraph style → its list and level, its own or inherited."""
    parents: dict[str, str | None] = {}
    own: dict[str, tuple[str | None, str | None]] = {}
    for style in root.findall("w:style", {"w": w}):
        name = style.get(f"{{{w}}}styleId", "")
        parents[name] = _value(style, "w:basedOn", w)
        own[name] = (_value(style, "w:pPr/w:numPr/w:numId", w), _value(style, "w:pPr/w:numPr/w:ilvl", w))
    found: dict[str, tuple[str, int]] = {}
    for name in own:
        at: str | None = name
        seen: set[str] = set()
        number = level = None
        while at is not None and at in own and at not in seen:
            seen.add(at)
            number, level = number or own[at][0], level or own[at][1]
            at = parents[at]
        if number is not None:
            found[name] = (number, min(_integer(level, 0), _LEVELS - 1))
    return found


def _write_number(
    paragraph: ElementTree.Element, numbering: _Numbering, by_style: Mapping[str, tuple[str, int]], w: str
) -> None:
    properties = paragraph.find("w:pPr", {"w": w})
    style = by_style.get(_value(properties, "w:pStyle", w) or "")
    number, level = style or (None, 0)
    own = properties.find("w:numPr", {"w": w}) if properties is not None else None
    if properties is not None and own is not None:
        number = _value(own, "w:numId", w) or number
        level = min(_integer(_value(own, "w:ilvl", w), level), _LEVELS - 1)
    has_text = any(element.text for element in paragraph.iter(f"{{{w}}}t"))
    if number is None or number == "0" or not has_text:
        return
    printed = numbering.next(number, level)
    if printed is None:
        return
    run = ElementTree.Element(f"{{{w}}}r")
    text = ElementTree.SubElement(run, f"{{{w}}}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = printed
    paragraph.insert(0 if properties is None else list(paragraph).index(properties) + 1, run)


def _number(value: int | None, form: str) -> str:
    n = value or 0
    if form in _COUNTING:
        return _han(n)
    if form in _FORMAL:
        return "".join(_FORMAL_DIGITS[int(d)] for d in str(n)) if n > 10 else "拾" if n == 10 else _FORMAL_DIGITS[n]
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1) if n else ""
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(n)
        return roman.upper() if form == "upperRoman" else roman
    if form == "decimalEnclosedCircle" and 1 <= n <= 20:
        return chr(0x2460 + n - 1)
    if form == "ideographTraditional" and n:
        return _STEMS[(n - 1) % 10]
    if form == "ideographZodiac" and n:
        return _BRANCHES[(n - 1) % 12]
    if form == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(d)) for d in str(n))
    return f"{n:02d}" if form == "decimalZero" else str(n)


def _han(n: int) -> str:
    """一 … 九十九; larger numbers digit by digit."""
    if n > 99:
        return "".join(_HAN_DIGITS[int(d)] for d in str(n))
    tens, ones = divmod(n, 10)
    if not tens:
        return _HAN_DIGITS[ones]
    return ("" if tens == 1 else _HAN_DIGITS[tens]) + "十" + (_HAN_DIGITS[ones] if ones else "")


def _roman(n: int) -> str:
    out = []
    for value, letters in _ROMAN:
        out.append(letters * (n // value))
        n %= value
    return "".join(out)
