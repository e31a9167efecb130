"""Collects what a page says about title, body and date, with the place of each statement, in the order in which it counts.

It must not choose between the agency of the title and other names, nor settle contradictions: that is `identity`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.parse.agency import is_agency_name, kind_of
from corpus.parse.dates import find_date, only_date, split_date
from corpus.parse.region import read_region
from corpus.parse.titles import FoundTitle, TitleParts, canonical_name, find_title, looks_like_title

# In this order: what is printed on the form, then what the page says about itself.
AGENCY_LABELS = (
    "填报单位",
    "填表单位",
    "编制单位",
    "发布机构",
    "发布单位",
    "公开机构",
    "发文机关",
    "发文机构",
    "contentsource",
    "信息来源",
    "来源",
)
DATE_LABELS = ("pubdate", "发布日期", "发布时间", "公开日期", "成文日期", "发文日期", "生成日期", "firstpublishedtime")
TITLE_LABELS = ("articletitle", "标题", "名称", "title")

_LABELLED = re.compile(
    r"(填报单位|填表单位|编制单位|发布机构|发布单位|公开机构|发文机关|发文机构|信息来源|来源|发布日期|发布时间|公开日期|成文日期|发文日期|生成日期)"
    r"\s*[:：|]\s*([^\s|]+(?:\s+\d{1,2}:\d{2})?)"
)
_CRUMBS = re.compile(r"[>»›＞→/|]+")
_SITE_SUFFIX = re.compile(r"\s*[-_|–—]+\s*")
_STAMP = re.compile(r"[（(](?:盖章|公章|章|印章)[）)]")
_LONGEST_NAME, _LONGEST_LINE, _LONGEST_VALUE = 80, 200, 300


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about one field, as printed, and where it stands."""

    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Page:
    """What was given, with the title found in it."""

    front: Sequence[str]
    tail: Sequence[str]
    labelled: Mapping[str, str]
    """Values under labels: of the page's metadata, then of lines such as 发布机构：昆岚市教育局."""
    title: FoundTitle | None
    """Its place in `front`; `start == end` when it comes from the metadata."""
    title_source: str
    meta_title: TitleParts | None
    meta_title_source: str


def read_page(meta: Mapping[str, str], front: Sequence[str], tail: Sequence[str]) -> Page:
    """The page with its labelled values and its title: printed before the first heading, else of the metadata."""
    front, tail = _printed(front), _printed(tail)
    labelled = _labelled(meta, (*front, *tail))
    named, source = _title_in_meta(labelled)
    found = find_title(front)
    if found is None and named is not None:
        return Page(front, tail, labelled, FoundTitle(named, 0, 0), source, named, source)
    return Page(front, tail, labelled, found, "title" if found else "", named, source)


def _printed(lines: Sequence[str]) -> list[str]:
    return [stripped for line in lines if (stripped := line.strip())]


def _labelled(meta: Mapping[str, str], lines: Sequence[str]) -> dict[str, str]:
    values = {key: value for key, value in meta.items() if value.strip() and len(value) <= _LONGEST_VALUE}
    for line in lines:
        if len(line) <= _LONGEST_LINE:
            for match in _LABELLED.finditer(line):
                values.setdefault(match[1], match[2])
    return values


def _title_in_meta(labelled: Mapping[str, str]) -> tuple[TitleParts | None, str]:
    for label in TITLE_LABELS:
        value = labelled.get(label, "")
        for text in (value, *_SITE_SUFFIX.split(value)):
            if parts := looks_like_title(text):
                return parts, label if "title" in label else f"title ({label})"
    return None, ""


def body_name(printed: str) -> str:
    """The canonical name that `printed` is when it can be that of a body, else an empty string."""
    if len(printed) > _LONGEST_NAME:
        return ""
    name = canonical_name(_STAMP.sub("", printed))
    return name if is_agency_name(name) else ""


def beside_title(page: Page) -> Iterator[Claim]:
    """The lines directly above and below a printed title."""
    if page.title is None or page.title.start == page.title.end:
        return
    for index in (page.title.start - 1, page.title.end):
        if 0 <= index < len(page.front):
            yield Claim(page.front[index], "line_beside_title")


def agency_claims(page: Page) -> Iterator[Claim]:
    """Bodies named by the signature, by labels on the page and in its metadata."""
    for line in reversed(page.tail):
        name = split_date(_STAMP.sub("", line))[0]
        if body_name(name):
            yield Claim(name, "signature")
    for label in AGENCY_LABELS:
        name = _STAMP.sub("", page.labelled.get(label, "")).strip()
        if kind_of(body_name(name)):
            yield Claim(name, label)


def breadcrumb_claims(page: Page) -> Iterator[Claim]:
    """Bodies in the breadcrumb, nearest first; a crumb counts only when it names its place: not 政府办公室."""
    for crumb in reversed(_CRUMBS.split(page.labelled.get("breadcrumb", ""))):
        name = body_name(crumb)
        if kind_of(name) and read_region(name, None).region.evidence:
            yield Claim(crumb.strip(), "breadcrumb")


def published(page: Page) -> Claim | None:
    """The page's own date, a labelled date, or the date of the signature."""
    for label in DATE_LABELS:
        if found := find_date(page.labelled.get(label, "")):
            return Claim(found, label)
    for line in reversed(page.tail):
        name, found = split_date(line)
        if found and (only_date(line) or body_name(name)):
            return Claim(found, "signature")
    return None
