"""Reads the region off the beginning of a body's name: province, city, county, township, and what rest of the name remains.

It must not guess. A name that several places share fills no level above itself, a development zone stands for no county,
and a branch (X市公安局Y分局) belongs to X. Stages: 1. bodies that stand before the region are skipped; 2. names are taken
from left to right, from the table of divisions where it has them, else by suffix; 3. a zone named after a city gives that
city; 4. levels above the names read are filled where all candidates agree. The site's code comes later (`region_site`).
"""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from corpus import divisions
from corpus.divisions import Division, Level
from corpus.model import Region
from corpus.vocabulary import load

LEVELS = ("province", "city", "county", "township")
PRINTED, DERIVED = "printed", "derived"

_HAN = r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff]"
_UNKNOWN = re.compile(
    rf"(?P<name>{_HAN}{{2,6}}?)(?P<suffix>自治区|自治州|自治县|自治旗|地区|林区|街道|民族乡|苏木|[省市盟县区旗镇乡])(?![场级域村])"
)
_SUFFIX_LEVELS = {
    "province": ("省", "自治区"),
    "city": ("市", "自治州", "盟", "地区"),
    "county": ("县", "区", "旗", "自治县", "自治旗", "林区"),
    "township": ("镇", "乡", "民族乡", "苏木", "街道"),
}
_LEVEL_OF = {suffix: level for level, suffixes in _SUFFIX_LEVELS.items() for suffix in suffixes}
# A township is only read where the name goes on like that of its own government: 住房和城乡|建设局 is none.
_AFTER_TOWNSHIP = re.compile(r"人民政府|政府|办事处|办公室|党政|管委会|机关|综合|街道办|（|\(|$")
_PLAIN_DISTRICTS = ("城区", "郊区", "矿区")
_LONGEST_NAME = 15


@dataclass(frozen=True, slots=True)
class Reading:
    """The region that a name states, and the rest of the name."""

    region: Region
    rest: str
    zone: bool = False
    """Whether a development zone follows the region: its county is then not known."""
    candidates: tuple[Division, ...] = ()
    """The divisions that the lowest name above the township can mean; empty when the table does not know it."""


@dataclass(slots=True)
class _State:
    year: int | None
    levels: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    candidates: tuple[Division, ...] | None = None
    """`None` before the first name; empty once a name above the township is not in the table."""

    def floor(self) -> int:
        """Index in `LEVELS` of the first level that may still be read."""
        return max((LEVELS.index(level) + 1 for level in self.levels), default=0)

    def take(self, level: str, name: str, candidates: tuple[Division, ...] | None) -> None:
        self.levels[level] = name
        self.evidence[level] = PRINTED
        if level != "township":
            _derive(self)  # what the names before it imply holds whatever this one is
            self.candidates = candidates or ()


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(sorted(load("agencies")["names"][key], key=len, reverse=True))


@lru_cache(maxsize=4096)
def read_region(name: str, year: int | None) -> Reading:
    """The region stated at the beginning of a body's simplified `name`, by the divisions of `year` (`None`: of any)."""
    state = _State(year)
    position = _skip_bodies_above(name)
    while step := _from_table(name, position, state) or _by_suffix(name, position, state):
        position += step
    zone = _zone(name, position)
    if zone and state.candidates is None:
        _name_of_zone(name[position : position + zone], state)
    if zone:
        position += zone
        position += _township(name, position, state)
    _derive(state)
    region = Region(**state.levels, code=_code(state), evidence=dict(state.evidence))
    return Reading(region, name[position:], zone > 0, state.candidates or ())


def _skip_bodies_above(name: str) -> int:
    for word in (*_words("above_region"), *_words("before_region")):
        if name.startswith(word) and len(name) > len(word):
            return len(word)
    return 0


def _from_table(name: str, position: int, state: _State) -> int:
    """Stage 2, known names: the longest one at `position`; the number of characters taken."""
    if state.candidates == () or state.floor() > 2:
        return 0
    for length in range(min(_LONGEST_NAME, len(name) - position), 1, -1):
        piece = name[position : position + length]
        if found := _known(piece, state):
            state.take(found[0].level.value, _full_name(piece, found), found)
            return length
    if not state.levels:
        return _short_before_full(name, position, state)
    return 0


def _full_name(piece: str, found: tuple[Division, ...]) -> str:
    names = {division.name for division in found}
    return names.pop() if len(names) == 1 else piece


def _known(piece: str, state: _State) -> tuple[Division, ...]:
    found = _inside(divisions.in_use, piece, state)
    if not found and piece[-1] in "州县旗" and len(piece) > 2:  # 恩施州 is 恩施土家族苗族自治州
        autonomous = f"自治{piece[-1]}"
        found = tuple(d for d in _inside(divisions.lookup_short, piece[:-1], state) if d.name.endswith(autonomous))
    if len({division.level for division in found}) > 1:
        found = tuple(d for d in found if d.level is Level.CITY)
    return found


def _inside(find: divisions.Finder, text: str, state: _State) -> tuple[Division, ...]:
    if state.candidates is None:
        return find(text, state.year)
    found = {d: None for above in state.candidates for d in find(text, state.year, within=above)}
    return tuple(d for d in found if LEVELS.index(d.level.value) >= state.floor())


def _short_before_full(name: str, position: int, state: _State) -> int:
    """北京海淀区, 内蒙古包头市: a short name counts as printed only when a full name inside that place follows."""
    for length in (3, 2):
        short = name[position : position + length]
        for above in divisions.lookup_short(short, state.year):
            trial = _State(state.year)
            if above.level is Level.COUNTY:
                continue
            trial.take(above.level.value, above.name, (above,))
            start = position + length
            for size in range(min(_LONGEST_NAME, len(name) - start), 1, -1):
                if _known(name[start : start + size], trial):
                    state.take(above.level.value, above.name, (above,))
                    return length
    return 0


def _by_suffix(name: str, position: int, state: _State) -> int:
    """Stage 2, names that the table does not know: at least two characters before the suffix."""
    rest = name[position:]
    floor = state.floor()
    if floor == 2 and (plain := next((p for p in _PLAIN_DISTRICTS if rest.startswith(p)), None)):
        state.take("county", plain, ())
        return len(plain)
    match = _UNKNOWN.match(rest)
    if match is None:
        return 0
    piece, level = match[0], _LEVEL_OF[match["suffix"]]
    after = rest[match.end() :]
    if level != "township" and after.startswith("街道"):
        piece, level, after = f"{piece}街道", "township", after[2:]
    if match["suffix"] == "市" and floor == 2:
        level = "county"
    if LEVELS.index(level) < floor or not _reads_as_name(piece, level, after):
        return 0
    state.take(level, piece, ())
    return len(piece)


def _reads_as_name(piece: str, level: str, after: str) -> bool:
    if level == "township":
        return piece[0] not in "各全本我" and _AFTER_TOWNSHIP.match(after) is not None
    return not (piece.endswith((*_words("zones"), *_words("not_regions"))) or piece.startswith(_words("functions")))


def _township(name: str, position: int, state: _State) -> int:
    match = _UNKNOWN.match(name[position:])
    if (
        match is None
        or _LEVEL_OF[match["suffix"]] != "township"
        or not _AFTER_TOWNSHIP.match(name, position + match.end())
    ):
        return 0
    state.take("township", match[0], None)
    return match.end()


def _zone(name: str, position: int) -> int:
    """Length of the development zone that follows, with the name it bears; 0 for none."""
    match = _zone_pattern().match(name, position)
    return match.end() - position if match else 0


@cache
def _zone_pattern() -> re.Pattern[str]:
    return re.compile(rf"{_HAN}{{0,8}}?(?:{'|'.join(map(re.escape, _words('zones')))})(?!域|划|级)")


def _name_of_zone(text: str, state: _State) -> None:
    """Stage 3: a zone called by nothing but the short name of a province or city lies in it."""
    bare = next((text.removesuffix(zone) for zone in _words("zones") if text.endswith(zone)), text)
    found = divisions.lookup_short(bare, state.year)
    if not any(division.level is not Level.COUNTY for division in found):
        return
    for level in ("province", "city"):
        names = {chain(division, state.year).get(level) for division in found}
        if len(names) == 1 and (name := names.pop()) is not None:
            state.levels[level], state.evidence[level] = name, DERIVED
    if state.levels:
        lowest = max(state.levels, key=LEVELS.index)
        state.candidates = tuple(d for d in found if d.level.value == lowest)


def chain(division: Division, year: int | None) -> dict[str, str]:
    """Level → name of the division and of all above it."""
    above = divisions.parents(division, year if year is not None else division.valid_to or division.valid_from)
    return {d.level.value: d.name for d in (*above, division)}


def _derive(state: _State) -> None:
    """Stage 4: a level that all candidates share is implied without doubt."""
    if not state.candidates:
        return
    chains = [chain(division, state.year) for division in state.candidates]
    for level in LEVELS[:3]:
        if level in state.levels or LEVELS.index(level) >= LEVELS.index(state.candidates[0].level.value):
            continue
        names = {names.get(level) for names in chains}
        if len(names) == 1 and (name := names.pop()) is not None:
            state.levels[level], state.evidence[level] = name, DERIVED


def _code(state: _State) -> str | None:
    """The code of the lowest level with codes, when exactly one division can be meant and had it in that year."""
    year = state.year
    codes = {division.code for division in state.candidates or () if year is None or division.valid_in(year)}
    return codes.pop() if len(codes) == 1 and len({d.code for d in state.candidates or ()}) == 1 else None
