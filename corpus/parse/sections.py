"""The parts of a report: which blocks are headings of which section.

1. Every block that could be a heading is a candidate, with its ordinal, its style and how sure its wording is.
2. For the formats of 2019 and 2021 the best rising run of statutory sections is chosen among the candidates.
3. For older reports the headings in the document's own top-level style are the sections, in printed order.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from corpus.parse.labels import label_form
from corpus.readers.blocks import Block, Grid, TextBlock
from corpus.vocabulary import SECTION_KEYS, STATUTORY_SECTIONS, load

_NUMERALS = "一二三四五六七八九十"
_HEADING_LIMIT = 42
_LEAST_JOINED = 3
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第([{_NUMERALS}]{{1,3}})(?:部分|章)\s*[、.．:：]?\s*")),
    ("han", re.compile(rf"[|l]?\s*([{_NUMERALS}]{{1,3}})\s*[、.．,，:：]\s*")),
    ("paren", re.compile(rf"[（(]\s*([{_NUMERALS}]{{1,3}}|\d{{1,2}})\s*[)）]\s*[、.．]?\s*")),
    ("digit", re.compile(r"(\d{1,2})\s*[、.．,，]\s*(?!\d)")),
    ("han", re.compile(rf"([{_NUMERALS}]{{1,3}})\s+")),
)
_STYLE_RANK = {"part": 4, "han": 4, "": 3, "digit": 2, "paren": 0}
_ENDS = "。：:；;，, \u3000\t"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at block `index`: `text` without its ordinal, `rest` what follows it in the same block."""

    index: int
    key: str
    text: str
    rest: str
    style: str
    ordinal: int | None
    exact: bool
    level: int


@dataclass(frozen=True, slots=True)
class _Rules:
    aliases: Mapping[str, str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _rules() -> _Rules:
    aliases: dict[str, str] = {}
    patterns: list[tuple[str, re.Pattern[str]]] = []
    for section in load("sections")["section"]:
        for alias in (section["label"], *section["aliases"]):
            aliases.setdefault(label_form(alias), section["key"])
        patterns += [(section["key"], re.compile(p)) for p in section["patterns"]]
    return _Rules(aliases, tuple(patterns))


@lru_cache(maxsize=4096)
def section_key(text: str) -> tuple[str, bool] | None:
    """`(key, exact)` of a heading's wording, `None` when it is no section of any form."""
    form = label_form(text)
    if not form or len(form) > _HEADING_LIMIT:
        return None
    if form in _rules().aliases:
        return _rules().aliases[form], True
    bare = re.sub(r"^(本年度?|20\d\d年度?)", "", form)
    if bare in _rules().aliases:
        return _rules().aliases[bare], False
    for key, pattern in _rules().patterns:
        if pattern.search(form):
            return key, False
    return None


def split_style(text: str) -> tuple[str, int | None, str]:
    """`(style, ordinal, rest)` of a line that may begin with a heading's ordinal."""
    stripped = text.lstrip(" \u3000\u00a0\t#*")
    for style, pattern in _STYLES:
        if (match := pattern.match(stripped)) is not None and stripped[match.end() :]:
            return style, _ordinal(match[1]), stripped[match.end() :]
    return "", None, stripped


def _ordinal(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    tens, found, ones = numeral.partition("十")
    if not found:
        return _NUMERALS.index(numeral[0]) + 1
    return (_NUMERALS.index(tens) + 1 if tens else 1) * 10 + (_NUMERALS.index(ones[0]) + 1 if ones else 0)


_SWALLOWED = re.compile(rf"(?<=[。！；])\s*(?=(?:[{_NUMERALS}]{{1,3}}|\d{{1,2}})\s*[、.．](?!\d))")
_LAST_WORDS = re.compile(r"(?<=[。！；])\s*(?=[^。！；]+\Z)")


def unswallow(blocks: Sequence[Block]) -> list[Block]:
    """Blocks in which a heading stands behind a sentence, cut before it (domain: V12)."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, TextBlock) and (_SWALLOWED.search(block.text) or _LAST_WORDS.search(block.text)):
            out.extend(TextBlock(piece, block.level) for piece in _cut_headings(block.text))
        else:
            out.append(block)
    return out


def _cut_headings(text: str) -> list[str]:
    """The pieces of a paragraph, a new one wherever a heading of exact wording follows the end of a sentence.

    Behind a digit or in brackets, which number lists as well, or without numeral only where the heading ends the paragraph.
    """
    cuts = [0]
    for match in sorted((*_SWALLOWED.finditer(text), *_LAST_WORDS.finditer(text)), key=lambda m: m.end()):
        heading = read_heading(TextBlock(text[match.end() :]))
        if heading is None or not heading.exact or match.end() == cuts[-1]:
            continue
        if heading.style in {"han", "part"} or not heading.rest:
            cuts.append(match.end())
    return [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def candidates(blocks: Sequence[Block]) -> list[Heading]:
    """All blocks whose wording is that of a section, and one-line grids that only repeat a heading as a caption."""
    found: list[Heading] = []
    for index, block in enumerate(blocks):
        if isinstance(block, TextBlock) and (heading := read_heading(block, index)) is not None:
            found.append(heading)
    return found


def read_heading(block: TextBlock, index: int = 0) -> Heading | None:
    """The heading a block is or begins with; `None` when its wording is no section's."""
    style, ordinal, rest = split_style(block.text)
    whole = rest.rstrip(" \u3000\u00a0：:。*#")
    if (match := section_key(whole)) is not None:
        return Heading(index, match[0], whole, "", style, ordinal, match[1], block.level)
    if (
        style != "paren" or block.text.lstrip(" \u3000\u00a0\t#*(（")[:1].isdigit()
    ):  # （一） numbers the parts of a section
        return _leading(rest, index, style, ordinal, block.level)
    return None


def _leading(text: str, index: int, style: str, ordinal: int | None, level: int) -> Heading | None:
    """A heading with its first sentence in the same paragraph: 一、总体情况。本年度……"""
    for end in range(2, min(len(text), _HEADING_LIMIT)):
        if text[end] in _ENDS and (match := section_key(text[:end])) is not None and match[1]:
            return Heading(index, match[0], text[:end], text[end:].lstrip(_ENDS), style, ordinal, True, level)
    return None


def statutory_run(blocks: Sequence[Block], found: Sequence[Heading]) -> list[Heading]:
    """The headings of the six statutory sections: the rising run that scores best."""
    usable = [h for h in found if h.key in STATUTORY_SECTIONS]
    scores = [_score(h, blocks, usable) for h in usable]
    best: list[tuple[float, list[int]]] = []
    for i, heading in enumerate(usable):
        number = STATUTORY_SECTIONS.index(heading.key)
        before = [best[j] for j in range(i) if STATUTORY_SECTIONS.index(usable[j].key) < number]
        top = max(before, key=lambda b: b[0], default=(0.0, []))
        best.append((top[0] + scores[i], [*top[1], i]))
    if not best:
        return []
    chosen = max(best, key=lambda b: b[0])
    return [usable[i] for i in chosen[1]]


def _score(heading: Heading, blocks: Sequence[Block], usable: Sequence[Heading]) -> float:
    number = STATUTORY_SECTIONS.index(heading.key) + 1
    score = 4.0 + _STYLE_RANK[heading.style] + (1.0 if heading.exact else 0.0)
    score += 1.5 if heading.ordinal == number and heading.style != "paren" else 0.0
    score += 0.5 if heading.level else 0.0
    if heading.key in {"proactive", "applications", "remedies"}:
        score += 3.0 if _grid_follows(heading, blocks, usable) else 0.0
    if heading.style == "paren":
        score -= 3.5
    if heading.rest:
        score -= 0.5
    return score


def _grid_follows(heading: Heading, blocks: Sequence[Block], usable: Sequence[Heading]) -> bool:
    """Whether a table is printed between this heading and the next candidate."""
    later = (h.index for h in usable if h.index > heading.index and h.key != heading.key)
    following = min(later, default=len(blocks))
    return any(isinstance(b, Grid) for b in blocks[heading.index + 1 : following])


def legacy_run(blocks: Sequence[Block], found: Sequence[Heading]) -> list[Heading]:
    """The sections of a report before 2019: every short heading in the document's top-level style, as printed."""
    known = {h.index: h for h in found}
    style = _top_style(blocks, found)
    run: list[Heading] = []
    for index, block in enumerate(blocks):
        if not isinstance(block, TextBlock):
            continue
        in_annex = any(h.key == "annex" for h in run)
        heading = known.get(index)
        if heading is None and not in_annex:
            heading = _unknown_heading(block, index, style) or _joined_heading(block, index, style, run)
        if heading is None or (in_annex and heading.key in {h.key for h in run}):
            continue
        if heading.style == style or heading.key == "annex" or style is None:
            run.append(heading)
    return _with_lost_ordinals(run, found)


def _top_style(blocks: Sequence[Block], found: Sequence[Heading]) -> str | None:
    """The style of the document's own sections: numerals, else brackets or digits that begin several paragraphs."""
    styles = [h.style for h in found if h.key != "annex" and h.style in {"han", "part"}]
    if styles:
        return max(set(styles), key=styles.count)
    if sum(not h.style and h.exact and not h.rest and h.key != "annex" for h in found) >= _LEAST_JOINED:
        return None
    for style in ("paren", "digit"):
        split = [split_style(block.text) for block in blocks if isinstance(block, TextBlock)]
        named = {m[0] for own, _, rest in split if own == style and (m := section_key(_first_words(rest))) and m[1]}
        if len(named) >= _LEAST_JOINED:
            return style
    return None


def _first_words(text: str) -> str:
    return re.split("[。：:]", text, maxsplit=1)[0]


def _joined_heading(block: TextBlock, index: int, style: str | None, run: Sequence[Heading]) -> Heading | None:
    """A heading that begins a paragraph and carries a later ordinal; its wording need not be an exact one."""
    own, ordinal, rest = split_style(block.text)
    if own != style or style is None or (ordinal or 0) <= (run[-1].ordinal or 0 if run else 0):
        return None
    text = _first_words(rest)
    match = section_key(text) if 2 <= len(text) < len(rest) else None
    if match is None:
        return None
    return Heading(index, match[0], text, rest[len(text) :].lstrip(_ENDS), own, ordinal, match[1], block.level)


def _with_lost_ordinals(run: Sequence[Heading], found: Sequence[Heading]) -> list[Heading]:
    """The run with the headings that lost their ordinal: exact wording, alone in its block, where just one is missing."""
    whole = list(run)
    for before, after in pairwise(run):
        if before.ordinal is None or after.ordinal != before.ordinal + 2:
            continue
        between = [h for h in found if before.index < h.index < after.index and h.exact and not h.style and not h.rest]
        if len(between) == 1 and between[0].key not in {h.key for h in run}:
            whole.append(between[0])
    return sorted(whole, key=lambda h: h.index)


def _unknown_heading(block: TextBlock, index: int, style: str | None) -> Heading | None:
    if style is None:
        return None
    own, ordinal, rest = split_style(block.text)
    if own != style or len(rest) > _HEADING_LIMIT or rest.rstrip()[-1:] in "。；;，,":
        return None
    return Heading(index, "unnamed", rest.strip(" \u3000"), "", own, ordinal, False, block.level)


assert set(STATUTORY_SECTIONS) <= set(SECTION_KEYS)
