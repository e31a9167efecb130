"""Laws named by title: nested 《》 and 〈〉, declared short forms, articles behind the title.

Only titles that end like a law are references; a 通知 is known by its document number (`references`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.model import Reference
from corpus.vocabulary import load

_PAIRS = {"《": "》", "〈": "〉", "＜": "＞", "<": ">", "⟨": "⟩"}
_BORDERS = re.compile(r"[《》〈〉＜＞<>⟨⟩\n]")
_LONGEST = 120

_GAP = "[ \u00a0\u3000]{0,2}"
_ORDINAL = "[0-9一二三四五六七八九十百零〇]{1,6}"
_ITEM = rf"(?:{_GAP}第{_GAP}{_ORDINAL}{_GAP}款)?(?:{_GAP}第?{_GAP}[（(]?{_GAP}{_ORDINAL}{_GAP}[）)]?{_GAP}项)?"
_ARTICLE = rf"第{_GAP}{_ORDINAL}{_GAP}条{_ITEM}"
_ARTICLES = re.compile(rf"{_GAP}{_ARTICLE}(?:(?:、|和|及|，|至){_GAP}{_ARTICLE}){{0,8}}")
_DECLARED = re.compile(
    r"(?:以下简称|以下统称|以下称|下称|下文简称|简称)(?:为)?[:：]?[“\"‘「]?(?P<name>《[^《》\n]{1,30}》|[^《》“”\"’」（）()，,。\n]{2,20})"
)
_SAYS_WHICH = re.compile(r"(?:[（(][^（）()\n]{0,60}(?:令|简称|下称|统称|修订|修正)[^（）()\n]{0,40}[）)]){1,2}")
_REVISION = re.compile(r"[（(](?:[12][0-9]{3}年?)?(?:新?修订|修正|修订版|修订本|修正本|[0-9]{4}年版?)[）)]\Z")
_SUFFIX = re.compile(r"[（(](?:试行|暂行|修订|试用)[）)]\Z")


@dataclass(frozen=True, slots=True)
class _Title:
    """A title between its marks, which are part of `start:end`; `depth` 0 is outermost."""

    start: int
    end: int
    depth: int
    name: str


def find_laws(text: str, plain: str) -> Iterator[Reference]:
    """Every law that a title in `text` names; `plain` is `text` simplified, of the same length.

    A short form is resolved by its declaration, else by the only law named before it that ends so; else it is `None`.
    """
    declared: dict[str, str] = {}
    named: dict[str, set[str]] = {word: set() for word in _short_words()}
    reached = 0
    for title in _titles(plain):
        if title.end <= reached:
            continue
        canonical = declared.get(title.name) or _law_name(title.name)
        if canonical is not None:
            _remember(canonical, named)
            declared.update(dict.fromkeys(_declared_after(plain, title.end), canonical))
        elif (candidates := named.get(title.name)) is not None:
            canonical = next(iter(candidates)) if len(candidates) == 1 else None
        else:
            continue
        article = _ARTICLES.match(plain, title.end) or _ARTICLES.match(plain, _after_brackets(plain, title.end))
        reached = article.end() if article else title.end
        yield Reference("law", canonical, text[title.start : reached], title.start, reached)


def _titles(plain: str) -> list[_Title]:
    """Every title, nested ones too, in order of their beginnings; one pass, marks that do not pair are ignored."""
    stack: list[tuple[str, int]] = []
    titles: list[_Title] = []
    for match in _BORDERS.finditer(plain):
        mark, place = match[0], match.start()
        if mark == "\n":
            stack.clear()
        elif mark in _PAIRS:
            if mark == "《" or stack:
                stack.append((mark, place))
        elif stack and mark == _PAIRS[stack[-1][0]]:
            start = stack.pop()[1]
            if place - start <= _LONGEST:
                titles.append(_Title(start, place + 1, len(stack), _clean(plain[start + 1 : place])))
    return sorted(titles, key=lambda t: t.start)


def _clean(inner: str) -> str:
    """A title as it is compared: no white space, nested marks as 〈〉."""
    name = "".join(c for c in inner if not c.isspace() and c not in "\u200b\ufeff\u00ad")
    return name.translate({ord(c): "〈" for c in "《＜<⟨"} | {ord(c): "〉" for c in "》＞>⟩"})


@cache
def _aliases() -> dict[str, str]:
    titles = load("references")["law"]["title"]
    return {name: t["canonical"] for t in titles for name in (t["canonical"], *t["aliases"])}


@cache
def _short_words() -> frozenset[str]:
    return frozenset(load("references")["law"]["endings"]) - {"法", "宪法", "法典"}


def _law_name(name: str) -> str | None:
    """The canonical title of a law, `None` when the title is not that of a law."""
    name = _REVISION.sub("", name)
    if (known := _aliases().get(name)) is not None:
        return known
    words = load("references")["law"]
    stem = _SUFFIX.sub("", name)
    is_law = stem.endswith(tuple(words["endings"])) and not stem.endswith(tuple(words["not_endings"]))
    if not is_law or len(stem) < 4 or any(draft in name for draft in words["drafts"]):
        return None
    return name


def _declared_after(plain: str, end: int) -> Iterator[str]:
    """Short names that the brackets directly behind a title declare: （国务院令第711号，以下简称《条例》）."""
    for _ in range(2):
        if plain[end : end + 1] not in ("（", "("):
            return
        close = min(
            (p for p in (plain.find("）", end, end + 80), plain.find(")", end, end + 80)) if p >= 0), default=-1
        )
        if close < 0:
            return
        for match in _DECLARED.finditer(plain, end, close):
            yield _clean(match["name"].strip("《》"))
        end = close + 1


def _after_brackets(plain: str, end: int) -> int:
    """Where the text goes on behind the brackets that tell the number or the short form of a law; `end` without any."""
    bracket = _SAYS_WHICH.match(plain, end)
    return bracket.end() if bracket else end


def _remember(canonical: str, named: dict[str, set[str]]) -> None:
    """Put a law under every short word that its title ends in."""
    for word, laws in named.items():
        if canonical.endswith(word):
            laws.add(canonical)
