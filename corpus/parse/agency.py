"""Says what kind of body a name belongs to, and whether a piece of text can be the name of a reporting body at all.

It must not decide which body reports; `corpus.parse.identity` weighs the evidence. Suffixes are in `vocab/agencies.toml`.
"""

import re
from functools import cache, lru_cache

from corpus.model import AgencyKind
from corpus.parse.region import read_region
from corpus.vocabulary import load

_NAME = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff（）()〔〕、·•“”]{2,50}")
_LAST_BRACKET = re.compile(r"[（(]([^（）()]*)[）)]$")
_SPEAKS_OF_DISCLOSURE = re.compile(r"公开(?!办|领导|工作|服务|和|与)")
_STARTS_INSIDE_NAME = ("和", "与", "及", "或", "等", "、", "）", ")", "·", "•", "并", "对", "在", "将", "由", "向")
"""Real places begin with these characters too (和平区, 对青山镇): they are names when a region is read there."""
_SOLE_KINDS = {
    "province": AgencyKind.PEOPLE_GOVERNMENT,
    "city": AgencyKind.PEOPLE_GOVERNMENT,
    "county": AgencyKind.PEOPLE_GOVERNMENT,
    "township": AgencyKind.TOWNSHIP_GOVERNMENT,
}


@cache
def _exact() -> dict[str, AgencyKind]:
    return {name: AgencyKind(kind["key"]) for kind in load("agencies")["kinds"] for name in kind.get("exact", ())}


@cache
def _suffixes() -> dict[str, AgencyKind]:
    return {suffix: AgencyKind(kind["key"]) for kind in load("agencies")["kinds"] for suffix in kind["suffixes"]}


@cache
def _longest() -> int:
    return max(map(len, _suffixes()))


@cache
def _names(key: str) -> tuple[str, ...]:
    return tuple(load("agencies")["names"][key])


@lru_cache(maxsize=4096)
def kind_of(name: str) -> AgencyKind | None:
    """The kind of the body with that simplified name; `None` when the end of the name says nothing.

    Order: exact names of central bodies, local organs of central bodies, names that are only a region, the longest
    suffix. A bracket at the end counts only when it names the government's own office (…（市人民政府办公厅）).
    """
    if bracket := _LAST_BRACKET.search(name):
        inner = kind_of(bracket[1]) if bracket[1] else None
        return inner if inner is AgencyKind.GENERAL_OFFICE else kind_of(name[: bracket.start()])
    if (exact := _exact().get(name.removeprefix("中华人民共和国"))) is not None:
        return exact
    if name.startswith(_names("above_region")):
        return AgencyKind.VERTICAL
    if (sole := _kind_of_region(name)) is not None:
        return sole
    for length in range(min(_longest(), len(name) - 1), 0, -1):
        if (kind := _suffixes().get(name[-length:])) is not None:
            return kind
    return None


def _kind_of_region(name: str) -> AgencyKind | None:
    """The kind of a name that is a region and nothing else (贵阳市, 唐村镇, 滨河街道)."""
    reading = read_region(name, None)
    if reading.rest or reading.zone:
        return None
    lowest = [level for level in _SOLE_KINDS if getattr(reading.region, level) is not None][-1:]
    if lowest == ["township"] and name.endswith("街道"):
        return AgencyKind.SUBDISTRICT_OFFICE
    return _SOLE_KINDS[lowest[0]] if lowest else None


@lru_cache(maxsize=4096)
def is_agency_name(name: str) -> bool:
    """Whether simplified `name` can be the whole name of a reporting body: characters, words, beginning and kind fit."""
    if not _NAME.fullmatch(name) or _SPEAKS_OF_DISCLOSURE.search(name) or any(w in name for w in _names("not_names")):
        return False
    if name.count("（") + name.count("(") != name.count("）") + name.count(")"):
        return False
    if name.startswith(_STARTS_INSIDE_NAME) and not read_region(name, None).region.evidence:
        return False
    return kind_of(name) is not None or name.endswith(_names("aggregate_names"))


def is_region_name(name: str) -> bool:
    """Whether simplified `name` is a region and nothing else."""
    return _kind_of_region(name) is not None


def stands_for_system(name: str) -> bool:
    """Whether the name means a whole branch of administration (大同市气象部门, 广州海关关区), not one organ."""
    return name.endswith(_names("aggregate_names"))


def without_scope(name: str) -> tuple[str, str]:
    """`name` without a scope word at its end or in a bracket there, and that word: 海关总署（本级机关） → 海关总署, 本级机关.

    A word that belongs to the name stays in it (城口县人民政府机关).
    """
    if (bracket := _LAST_BRACKET.search(name)) and bracket.start() and is_scope_word(bracket[1]):
        return name[: bracket.start()], bracket[1]
    for word in sorted((*_names("own"), *_names("aggregate")), key=len, reverse=True):
        shorter = name.removesuffix(word)
        if shorter != name and not name.endswith("政府机关") and is_agency_name(shorter):
            return shorter, word
    return name, ""


def is_scope_word(text: str) -> bool:
    """Whether `text` is a word for the report's scope and nothing else (本级, 汇总, 全市)."""
    return text in _names("own") or text in _names("aggregate")


def is_aggregate_word(text: str) -> bool:
    """Whether `text` is a word for figures summed over many organs and nothing else (汇总, 全市)."""
    return text in _names("aggregate")


def scope_is_own(word: str) -> bool:
    """Whether a scope word means the organ's own figures."""
    return word in _names("own")
