"""The patterns of `vocab/chrome.toml`, compiled: what a page prints around a report and how a report's landmarks look.

It recognises single lines; what is removed where is decided in `chrome.py` and, for HTML, in `html_content.py`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from corpus.text import to_simplified
from corpus.vocabulary import load

_INVISIBLE = re.compile(r"[\s\u200b\ufeff\u00ad]+")
# Mirrors polluted with pinyin (V19) print 来(lái)源; 总值(GDP) is no gloss.
_GLOSS = r"[(（][a-zü\u00e0-\u01dc]{1,6}[)）]"
_PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff]){_GLOSS}")
_SEPARATORS = r"[\s|/\\·•:,、>»<«()\[\]{}【】〖〗☆★※*_~+×-]*+"
_LONGEST_LANDMARK = 90
_LONGEST_CHROME = 400
_LONGEST_CRUMB = 300
_LONGEST_PAGE_NUMBER = 30
_CRUMB = re.compile(r"\s*[您你]?(?:现在|当前|目前)?的?(?:当前|所在)?的?\s*(?:位置|栏目)\s*(?:是|[:：>»›])\s*")


class Place(StrEnum):
    """Where a pattern removes a line: `EDGE` is before the first section and after the last heading only."""

    ANYWHERE = "anywhere"
    EDGE = "edge"
    END = "end"
    """Like `EDGE`; after the last heading nothing below the line belongs to the report."""


@dataclass(frozen=True, slots=True)
class LinePattern:
    """One kind of chrome line with the examples that a test executes."""

    name: str
    place: Place
    pattern: re.Pattern[str]
    matches: tuple[str, ...]
    keeps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChromeVocabulary:
    """Everything in `chrome.toml`, ready to match against flat lines (see `flat`)."""

    lines: tuple[LinePattern, ...]
    landmarks: Mapping[str, LinePattern]
    hints: Mapping[str, frozenset[str]]
    """Per landmark the characters of which its lines hold at least one."""
    menu_line: re.Pattern[str]
    tool_line: re.Pattern[str]
    ambiguous: frozenset[str]
    labels: frozenset[str]
    generic: frozenset[str]
    furniture: frozenset[str]
    long_values: frozenset[str]
    label_at: re.Pattern[str]
    """A label with its colon, anywhere in a simplified line; blanks may stand between its characters."""
    content_names: frozenset[str]
    furniture_names: frozenset[str]
    crumb_names: frozenset[str]


def flat(line: str) -> str:
    """`line` as the patterns see it: NFKC, simplified, without white space, invisible characters and pinyin glosses."""
    bare = _INVISIBLE.sub("", unicodedata.normalize("NFKC", line))
    return to_simplified(_PINYIN.sub("", bare) if "(" in bare else bare)


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _only_words(words: Iterable[str]) -> re.Pattern[str]:
    # Atomic: 政务公开 is never tried again as 政务 + 公开, so a long line that is no menu fails in linear time.
    return re.compile(f"(?:{_SEPARATORS}(?>{_alternatives(words)}))++{_SEPARATORS}")


def _label_at(labels: Iterable[str]) -> re.Pattern[str]:
    # A short label (来源) must not be the tail of a longer word; a long one may follow a value without a gap.
    gap = rf"(?:{_GLOSS})?\s*"
    ordered = sorted(set(labels), key=lambda w: (-len(w), w))
    words = "|".join(gap.join(map(re.escape, word)) for word in ordered if len(word) > 3)
    short = "|".join(gap.join(map(re.escape, word)) for word in ordered if len(word) <= 3)
    return re.compile(rf"((?:{words})|(?<![\u4e00-\u9fff])(?:{short})){gap}[】\]]?\s*[:：]")


def _line_pattern(entry: Mapping[str, object], place: Place) -> LinePattern:
    matches, keeps = entry["matches"], entry["keeps"]
    assert isinstance(matches, list) and isinstance(keeps, list)
    return LinePattern(str(entry["name"]), place, re.compile(str(entry["pattern"])), tuple(matches), tuple(keeps))


@cache
def chrome_vocabulary() -> ChromeVocabulary:
    """The vocabulary, read once from the package's data."""
    data = load("chrome")
    words, metadata, page = data["words"], data["metadata"], data["page"]
    labels = [*metadata["labels"], *metadata["generic"], *metadata["furniture"]]
    return ChromeVocabulary(
        lines=tuple(_line_pattern(entry, Place(entry["place"])) for entry in data["line"]),
        landmarks={entry["name"]: _line_pattern(entry, Place.ANYWHERE) for entry in data["landmark"]},
        hints={entry["name"]: frozenset(entry["hint"]) for entry in data["landmark"]},
        menu_line=_only_words([*words["menu"], *words["tools"]]),
        tool_line=_only_words(words["tools"]),
        ambiguous=frozenset(words["ambiguous"]),
        labels=frozenset(metadata["labels"]),
        generic=frozenset(metadata["generic"]),
        furniture=frozenset(metadata["furniture"]),
        long_values=frozenset(metadata["long_values"]),
        label_at=_label_at(labels),
        content_names=frozenset(page["content"]),
        furniture_names=frozenset(page["furniture"]),
        crumb_names=frozenset(page["crumb"]),
    )


def _is_landmark(name: str, line: str) -> bool:
    vocabulary = chrome_vocabulary()
    if len(line) > _LONGEST_LANDMARK or vocabulary.hints[name].isdisjoint(line):
        return False
    return vocabulary.landmarks[name].pattern.fullmatch(flat(line)) is not None


def is_title(line: str) -> bool:
    """Whether `line` looks like the title of an annual report, or the last line of a broken one."""
    return _is_landmark("title", line)


def is_section_heading(line: str) -> bool:
    """Whether `line` looks like the heading of a statutory section, in the wording of any era."""
    return _is_landmark("section", line)


def is_opening_heading(line: str) -> bool:
    """Whether `line` looks like the heading of a report's first section."""
    return _is_landmark("opening", line)


def chrome_place(line: str) -> Place | None:
    """Where `line`, a whole line, counts as chrome; `None` when it is none. Words of menus count at the edges."""
    if len(line) > _LONGEST_CHROME or not (flattened := flat(line)):
        return None
    vocabulary = chrome_vocabulary()
    for entry in vocabulary.lines:
        if entry.pattern.fullmatch(flattened):
            return entry.place
    if vocabulary.tool_line.fullmatch(flattened) or vocabulary.menu_line.fullmatch(flattened):
        return Place.EDGE
    return None


def is_chrome_anywhere(line: str) -> bool:
    """Whether `line`, a whole line, is chrome even inside a report: a page number."""
    if not 2 < len(line) <= _LONGEST_PAGE_NUMBER:
        return False
    flattened = flat(line)
    return any(p.place is Place.ANYWHERE and p.pattern.fullmatch(flattened) for p in chrome_vocabulary().lines)


def is_ambiguous_word(line: str) -> bool:
    """Whether the whole line is a menu word that may as well be a line of a broken title."""
    return flat(line) in chrome_vocabulary().ambiguous


def crumb_path(line: str) -> str | None:
    """The path that a breadcrumb line states after 当前位置 and the like; `None` when the line is no breadcrumb."""
    if len(line) > _LONGEST_CRUMB:
        return None
    start = to_simplified(line[:16])
    match = _CRUMB.match(start) if "位" in start or "栏" in start else None
    if match is not None:
        return line[match.end() :].strip()
    if not start.startswith(("首页", "网站首页")):
        return None
    (pattern,) = [entry.pattern for entry in chrome_vocabulary().lines if entry.name == "breadcrumb"]
    return line.strip() if pattern.fullmatch(flat(line)) else None
