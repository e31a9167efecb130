"""Recognises the title of an annual report in a line, or over a few lines, and takes it apart.

It must not take a sentence, a menu word or a paper about reports (指南, 通知, 解读) for a title; `None` is the safe answer.
A title is read from its end: wording (政府信息公开工作年度报告), before it year and agency in either order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Scope
from corpus.parse import agency as agencies
from corpus.parse.dates import YEAR, year_number
from corpus.parse.region import read_region
from corpus.text import fold, join_lines, to_simplified

_MAX_TITLE = 90
_SUBJECT = re.compile(r"(?:政府|政务|行政)?(?:信息|资讯)公开|政务公开")
_REST = re.compile(
    r"(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?(?:总结)?的?(?P<noun>报告|年报)"
    r"(?P<suffix>(?:\([^()]{1,20}\)|【[^【】]{1,20}】|\[[^\[\]]{1,20}\]|〔[^〔〕]{1,20}〕)*)[》\"]?(?:\.(?:pdf|docx?|wps|ofd|html?|xlsx?))?"
)
_YEAR_WORD = re.compile(rf"({YEAR})(?![0-9])(?:年年度|年度|年|度)?")
_SUFFIX_YEAR = re.compile(rf"[(【\[〔]({YEAR})(?:年度|年|度)?[)】\]〕]")
_IN_BRACKETS = re.compile(r"[(【\[〔]([^()【】\[\]〔〕]+)[)】\]〕]")
_PREFIX = re.compile(r"(?:【[^【】]{1,8}】|\[[^\[\]]{1,8}\]|附件?[0-9]{0,2}[:、.]|[《\"]|[0-9]{1,3}[、.](?![0-9]))+")
_LABEL = re.compile(r"(?:文件)?(?:名称|标题|题名)[:]")
_LAST_CHARACTERS = "告报報）】〕］》”"
_NO_REPORT = re.compile(
    r"指南|目录|制度|办法|通知|解读|要点|方案|模板|样式|样表|格式|说明|范本|征求|意见|看懂|读懂|问答"
)
"""In a bracket before or behind the title: then it is a paper about the report."""


@dataclass(frozen=True, slots=True)
class TitleParts:
    """A title taken apart. `agency` is simplified, without scope words; empty when the title names none."""

    title: str
    """As printed, on one line, without a label before it (名称：)."""
    agency: str
    agency_printed: str
    year: int | None
    scope: Scope | None
    """Only what the title itself says."""
    annual: bool
    """Whether the wording says 年度 or 年报."""

    @property
    def weight(self) -> int:
        """How much the title states: agency and year count most."""
        return 4 * bool(self.agency) + 4 * bool(self.year) + self.annual


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A title in a list of lines: `lines[start:end]` print it."""

    parts: TitleParts
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before the wording."""

    spans: tuple[tuple[int, int], ...]
    """The parts of the folded text that name the agency, in order."""
    year: int | None
    scope_word: str


def canonical_name(printed: str) -> str:
    """A name as it is compared and stored: simplified, without white space, with full-width brackets."""
    return to_simplified("".join(printed.split())).translate(
        {ord("("): "（", ord(")"): "）", 0x200B: None, 0xFEFF: None}
    )


def looks_like_title(line: str) -> TitleParts | None:
    """The parts of the title that all of `line` is, or `None`.

    A title has an agency or a year: the bare words 政府信息公开工作年度报告 are a menu entry until a line beside them adds one.
    """
    if not _may_be_title(line):
        return None
    folded = fold(line)
    text = folded.text
    if not 8 <= len(text) <= _MAX_TITLE or "公开" not in text:
        return None
    label = _LABEL.match(text)
    start = label.end() if label else 0
    for subject in _SUBJECT.finditer(text, start):
        if (rest := _REST.fullmatch(text, subject.end())) is not None:
            break
    else:
        return None
    if _NO_REPORT.search(rest["suffix"]):
        return None
    annual = "年度" in rest[0] or rest["noun"] == "年报"
    head = _read_head(text, start, subject.start())
    if head is None or (subject[0] == "政务公开" and not annual):
        return None
    printed = "".join(line[folded.offsets[a] : folded.offsets[b]] for a, b in head.spans)
    return _assemble(line[folded.offsets[start] :], "".join(printed.split()), head, rest["suffix"], annual)


def _may_be_title(line: str) -> bool:
    """A cheap look at length, characters and the end: a sentence does not end like a title."""
    end = line.rstrip()[-1:]
    return (
        len(line) <= 2 * _MAX_TITLE
        and (end in _LAST_CHARACTERS or end.isascii())
        and "公" in line
        and any(noun in line for noun in "报報")
    )


def _assemble(title: str, printed: str, head: _Head, suffix: str, annual: bool) -> TitleParts | None:
    year = head.year
    if year is None and (in_suffix := _SUFFIX_YEAR.search(suffix)):
        year = year_number(in_suffix[1])
    name, scope_word = agencies.without_scope(canonical_name(printed))
    if agencies.is_scope_word(name):
        name, scope_word = "", name
    if name and (name[0] in "年月日度" or not agencies.is_agency_name(name)):
        return None  # a name that begins with 年 has its figures elsewhere
    if (not name and year is None) or (year is None and not annual):
        return None
    if scope_word:
        printed = printed[: len(name)]
    scope = _scope(name, scope_word or head.scope_word, suffix)
    return TitleParts(join_lines([title]), name, printed, year, scope, annual)


def _scope(name: str, word: str, suffix: str) -> Scope | None:
    if word:
        return Scope.OWN if agencies.scope_is_own(word) else Scope.AGGREGATE
    if "汇总" in suffix or any(agencies.is_aggregate_word(inner) for inner in _IN_BRACKETS.findall(suffix)):
        return Scope.AGGREGATE
    if any(own in suffix for own in ("本级", "机关", "不含")) or name.endswith("政府机关"):
        return Scope.OWN
    return Scope.AGGREGATE if agencies.stands_for_system(name) else None


def _read_head(text: str, start: int, end: int) -> _Head | None:
    """Year and agency in `text[start:end]`: A Y, Y A, A关于Y, Y alone, A alone, or a region, Y and the rest of the name."""
    if prefix := _PREFIX.match(text, start, end):
        if _NO_REPORT.search(prefix[0]):
            return None
        start = prefix.end()
    years = list(_YEAR_WORD.finditer(text, start, end))
    if not years:
        return _Head(_span(text, start, end), None, "")
    if len({year_number(match[1]) for match in years}) > 1:
        return None
    before = _span(text, start, years[0].start())
    after = _span(text, years[-1].end(), end)
    year = year_number(years[0][1])
    if not (before and after):
        return _Head(before or after, year, "")
    trailing = _text(text, after).strip("()")
    if agencies.is_scope_word(trailing):
        return _Head(before, year, trailing)
    if agencies.is_region_name(_text(text, before)):
        return _Head(before + after, year, "")
    return None


def _text(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return "".join(text[a:b] for a, b in spans)


def _span(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """`start:end` without connecting words and marks at its borders; empty when nothing is left."""
    while start < end:
        if text.startswith("关于", start, end):
            start += 2
        elif text.endswith("关于", start, end):
            end -= 2
        elif text[end - 1] in '的:,-—–·《"':
            end -= 1
        elif text[start] in ":,-—–·":
            start += 1
        else:
            return ((start, end),)
    return ()


def find_title(lines: Sequence[str], limit: int = 80) -> FoundTitle | None:
    """The title among the first `limit` lines: the one that states most, over as few lines as do.

    A title may be broken into up to four lines, also inside a word, or have its agency on a line of its own above.
    """
    best: FoundTitle | None = None
    for start in range(min(limit, len(lines))):
        for end in range(start + 1, min(start + 5, len(lines) + 1)):
            if not all(0 < len(line) <= _MAX_TITLE for line in lines[start:end]):
                break
            parts = looks_like_title(join_lines(lines[start:end]))
            if parts is None:
                continue
            found = FoundTitle(parts, start, end)
            if best is None or _rank(found) > _rank(best):
                best = found
    return _with_line_above(lines, best) if best else None


def _rank(found: FoundTitle) -> tuple[int, int]:
    return found.parts.weight, found.start - found.end


def _with_line_above(lines: Sequence[str], found: FoundTitle) -> FoundTitle:
    """With the line above when the agency is broken over it: 昆岚市海棠区 ⏎ 财政局2023年…, 昆岚市住房和 ⏎ 城乡建设局2023年…

    The line must begin with a region that the agency lacks, and be no other body's whole name.
    """
    if found.start == 0 or not found.parts.agency or read_region(found.parts.agency, None).region.evidence:
        return found
    above = canonical_name(lines[found.start - 1])
    if not read_region(above, None).region.evidence:
        return found
    if agencies.is_agency_name(above) and not agencies.is_region_name(above):
        return found
    parts = looks_like_title(join_lines(lines[found.start - 1 : found.end]))
    return FoundTitle(parts, found.start - 1, found.end) if parts and parts.year == found.parts.year else found
