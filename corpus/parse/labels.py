"""Which entry of the vocabulary a printed label is: exact after squashing, ordinal and known slips aside; never the nearest."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from corpus.text import squash
from corpus.vocabulary import load

# Misprints and look-alikes seen in labels (domain: V21); they occur in no correct label of the forms.
_SLIPS = (
    ("复仪", "复议"), ("转结", "结转"), ("末", "未"), ("己获", "已获"), ("其它", "其他"), ("谘", "咨"),
    ("総", "总"), ("复义", "复议"), ("以结", "已结"), ("规范性档案", "规范性文件"),
)  # fmt: skip
_ORDINAL = re.compile(
    r"^\s*(?:第?\s*[（(【\[]\s*[一二三四五六七八九十\d１-９]{1,3}\s*[)）】\]]|[一二三四五六七八九十]{1,2}\s*[、.．,，:：]|"
    r"\d{1,2}\s*[、.．,，:：)）]|[①-⑩]|[一二三四五六七八九十]\s+)\s*[、.．]?"
)


@lru_cache(maxsize=16384)
def label_form(text: str) -> str:
    """`text` as labels are compared: squashed, slips of V21 mended for the comparison only."""
    form = squash(text)
    for wrong, right in _SLIPS:
        if wrong in form:
            form = form.replace(wrong, right)
    return form


def split_ordinal(text: str) -> tuple[str, str]:
    """`(ordinal, rest)` of a printed label or heading; the ordinal is empty when none is printed."""
    match = _ORDINAL.match(text)
    if match is None or not text[match.end() :].strip():
        return "", text
    return match[0].strip(), text[match.end() :]


@dataclass(frozen=True, slots=True)
class Label:
    """A vocabulary entry recognised in print: `axis` is row, column, group, block, header, heading …"""

    axis: str
    key: str
    ordinal: str = ""
    """The ordinal as printed, `（六）`, `3.`; empty when lost."""
    alias: str = ""
    """The squashed wording that matched."""


Lexicon = Mapping[str, tuple[tuple[str, str], ...]]


def _spellings(entry: Mapping[str, Any]) -> Iterable[str]:
    label = str(entry.get("label", ""))
    yield label
    yield from entry.get("aliases", ())
    if note := entry.get("note"):
        yield f"{label}{note}"
    if item := entry.get("item_label"):
        yield str(item)


@cache
def lexicon(table: str) -> Lexicon:
    """Squashed spelling → the (axis, key) pairs it may stand for, for one table of the vocabulary."""
    found: dict[str, list[tuple[str, str]]] = {}
    for axis, entries in load(table).items():
        if not isinstance(entries, list):
            continue
        for entry in entries:
            if "key" not in entry:
                continue
            for spelling in _spellings(entry):
                form = label_form(spelling)
                if form and (axis, entry["key"]) not in found.setdefault(form, []):
                    found[form].append((axis, entry["key"]))
    return {form: tuple(pairs) for form, pairs in found.items()}


@lru_cache(maxsize=16384)
def find_labels(table: str, text: str) -> tuple[Label, ...]:
    """All entries of `table` that `text` may be: the whole, then without its ordinal, then behind a group's name."""
    words = lexicon(table)
    for ordinal, form in _readings(text):
        if form in words:
            return tuple(Label(axis, key, ordinal, form) for axis, key in words[form])
    return ()


def _readings(text: str) -> Iterable[tuple[str, str]]:
    """`(ordinal, form)` candidates of a printed label, the most literal first."""
    whole = label_form(text)
    yield "", whole
    ordinal, rest = split_ordinal(text)
    if ordinal:
        yield ordinal, label_form(rest)
        text = rest
    elif whole[:1].isdigit():
        bare = whole.lstrip("0123456789")
        yield whole[: len(whole) - len(bare)], bare
    if (form := label_form(text)).startswith("其中"):
        inner_ordinal, inner = split_ordinal(text.lstrip(" \t\u3000")[2:].lstrip("：: "))
        yield inner_ordinal or ordinal, label_form(inner)
        yield ordinal, form[2:]
    if (tail := _behind_group(text)) is not None:
        yield from _readings(tail)


_GROUP_HEAD = re.compile(
    r"^.{0,6}?(?:本年度?办理结果|不予公开|无法提供|不予处理|其他处理)\s*(?=[（(【]?\s*[一二三四五六七1-9]\s*[)）】.．、])"
)


def _behind_group(text: str) -> str | None:
    """The rest of a cell that prints a group and a row together, `（三）不予公开 1.属于国家秘密`."""
    match = _GROUP_HEAD.match(text)
    return text[match.end() :] if match else None


_ITEM = re.compile(r"第(?:二十|20)条第[一二三四五六七八九十\d]{1,3}项")
_MARKERS = frozenset({"统计指标", "统计数", "单位", "条", "件", "次", "篇", "万元", "元", "个", "人", "人次", "份"})


def is_marker(text: str) -> bool:
    """Whether `text` is a word of a table that names no row or column: 第二十条第（五）项, 统计指标, a unit."""
    form = label_form(text)
    return form in _MARKERS or _ITEM.fullmatch(form) is not None


@cache
def prefixes(table: str) -> frozenset[str]:
    """Every proper beginning of a spelling of `table`: what a fragment of a broken label may be."""
    return frozenset(form[:n] for form in lexicon(table) for n in range(1, len(form)))
