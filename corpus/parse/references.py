"""Laws, orders, document numbers and standards named in a text, by the grammar of the domain handbook, part f.

A damaged number keeps its raw text and gets no canonical form: nothing printed is repaired. Titles are in `titles`.
"""

import re
from collections.abc import Iterator
from functools import cache

from corpus.model import Reference
from corpus.parse.laws import find_laws
from corpus.parse.numerals import parse_number
from corpus.text import to_simplified
from corpus.vocabulary import load

_OPEN = "〔[［【(（﹝〈⟨{｛<＜"
_CLOSE = "〕]］】)）﹞〉⟩}｝>＞"
_GAP = "[ \u00a0\u3000]{0,2}"
_YEAR = "(?:19|20)[0-9]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2}"
_NUMBER = re.compile(
    rf"(?P<open>[{re.escape(_OPEN)}]?){_GAP}(?P<year>{_YEAR})(?P<gap>{_GAP})(?P<close>[{re.escape(_CLOSE)}]?)"
    rf"{_GAP}(?P<nth>第?){_GAP}(?P<serial>[0-9]{{1,4}})(?![0-9]){_GAP}(?P<hao>号?)"
)
_HAN_BEFORE = re.compile(r"[\u3400-\u9fff〇]{0,30}[ \u00a0\u3000]{0,2}\Z")
_LOOK_BACK = 32

_SERIAL = "[0-9]{1,4}|[一二三四五六七八九十百千零〇]{1,9}"
_ORDER = re.compile(
    rf"令{_GAP}(?:第?{_GAP}(?P<serial>{_SERIAL}){_GAP}号|[（(]第?{_GAP}(?P<bracketed>{_SERIAL}){_GAP}号[）)])"
)
_ORDER_BEHIND = re.compile(rf"(?P<organ>国务院|主席){_GAP}第?{_GAP}(?P<serial>{_SERIAL}){_GAP}号令")
_ISSUER = re.compile(r"(?:[\u3400-\u9fff]{1,8}政府|[\u3400-\u9fff]{1,10}(?:部|总局|委员会|委|署|局))令\Z")

_STANDARD = re.compile(
    rf"(?<![A-Za-z0-9])(?P<body>(?:GB|DB[0-9]{{2,6}})(?:/[TZ])?|[A-Z]{{2}}/T){_GAP}(?P<number>[0-9]{{3,6}}(?:\.[0-9]{{1,3}})?)"
    rf"(?:{_GAP}[-－—–―]{{1,2}}{_GAP}(?P<year>(?:19|20)[0-9]{{2}}))?(?![0-9])"
)


def find_references(text: str) -> tuple[Reference, ...]:
    """Every law, order, document number and standard that `text` names, in order of place; `raw` is `text[start:end]`.

    `canonical` is `None` where the printed form cannot be resolved for certain.
    """
    plain = _plain(text)
    found = [*find_laws(text, plain), *_orders(text, plain), *_documents(text, plain), *_standards(text, plain)]
    return tuple(sorted(found, key=lambda r: (r.start, -r.end, r.kind)))


def _plain(text: str) -> str:
    """`text` simplified, full-width letters and digits narrowed, character by character."""
    return "".join(
        chr(ord(c) - 0xFEE0) if "！" <= c <= "～" and c.isalnum() else c for c in to_simplified(text)
    ).replace("／", "/")


def _reference(kind: str, canonical: str | None, text: str, start: int, end: int) -> Reference:
    return Reference(kind, canonical, text[start:end], start, end)


# Document numbers (发文字号) --------------------------------------------------------------------------------


def _documents(text: str, plain: str) -> Iterator[Reference]:
    for match in _NUMBER.finditer(plain):
        code_start, code = _code_before(plain, match.start())
        if not 2 <= len(code) <= 14 or not _is_number(match, code):
            continue
        canonical = None
        if _is_certain(match):
            canonical = f"{code}〔{parse_number(match['year'])}〕{int(match['serial'])}号"
        yield _reference("document", canonical, text, code_start, match.end())


def _is_number(match: re.Match[str], code: str) -> bool:
    """Whether the shape is that of a document number at all, damaged or not."""
    if code.endswith("令"):
        return False
    if match["open"] or match["close"]:
        return bool(match["hao"]) or match["open"] + match["close"] in {"〔〕", "﹝﹞", "〔", "﹝"}
    return bool(match["hao"]) and code.endswith(tuple(load("references")["document"]["endings"]))


def _is_certain(match: re.Match[str]) -> bool:
    """Whether year and serial are told apart by print: not where digits run together (`〔202130`) or 号 is lost."""
    return bool(match["hao"]) and bool(match["close"] or match["gap"] or match["nth"])


def _code_before(plain: str, end: int) -> tuple[int, str]:
    """Where the issuing code that ends at `end` begins, and the code: the longest run of Han without leading prose."""
    start, run = _han_before(plain, end)
    cut = _prose_length(run, plain[start - 1 : start])
    return start + cut, run[cut:]


def _han_before(plain: str, end: int) -> tuple[int, str]:
    """Start and text of the run of Han (at most 30) that ends at `end`, spaces behind it aside."""
    window_start = max(0, end - _LOOK_BACK)
    match = _HAN_BEFORE.search(plain, window_start, end)
    return (match.start(), match[0].rstrip(" \u00a0\u3000")) if match else (end, "")


@cache
def _prose_words() -> re.Pattern[str]:
    words = sorted(load("references")["document"]["prose"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _prose_length(run: str, before: str) -> int:
    """How many leading characters of `run` are prose and no part of the code that ends it; `before` precedes it."""
    words = load("references")["document"]
    cut = 0
    for match in _prose_words().finditer(run):
        if len(run) - match.end() >= 2:
            cut = match.end()
    rest = run[cut:]
    behind_name = run[:cut].endswith(tuple(words["nouns"])) if cut else before in {"》", "）", ")"}
    if rest.startswith(tuple(words["heads"])) or (rest.startswith("和") and behind_name):
        cut += 1
    for beginning in words["central"]:
        cut = max(cut, run.rfind(beginning))
    place = run.find("和", cut)
    if place > cut and run.startswith(tuple(words["provinces"]), place + 1):
        cut = place + 1
    return cut


# Orders (国务院令第711号) ---------------------------------------------------------------------------------------------


def _orders(text: str, plain: str) -> Iterator[Reference]:
    for match in _ORDER.finditer(plain):
        issuer = _issuer_before(plain, match.start() + 1)
        serial = parse_number(match["serial"] or match["bracketed"])
        if issuer is not None and serial is not None:
            yield _reference("order", f"{issuer[1]}第{serial}号", text, issuer[0], match.end())
    for match in _ORDER_BEHIND.finditer(plain):
        serial = parse_number(match["serial"])
        if serial is not None:
            yield _reference("order", f"{match['organ']}令第{serial}号", text, match.start(), match.end())


def _issuer_before(plain: str, end: int) -> tuple[int, str] | None:
    """Start and canonical name of the issuer whose name ends at `end` with 令; `None` when no known kind of issuer."""
    window = plain[max(0, end - 20) : end]
    names = [(name, group[0]) for group in load("references")["order"]["issuers"] for name in group]
    for name, canonical in sorted(names, key=lambda pair: -len(pair[0])):
        if window.endswith(name):
            return end - len(name), canonical
    offset, run = _han_before(plain, end)
    cut = _prose_length(run, plain[offset - 1 : offset])
    issuer = _ISSUER.search(run, cut)
    if issuer is None:
        return None
    return offset + issuer.start(), issuer[0]


# Standards (GB/T 7714—2015) ------------------------------------------------------------------------------------------


def _standards(text: str, plain: str) -> Iterator[Reference]:
    for match in _STANDARD.finditer(plain):
        year = f"—{match['year']}" if match["year"] else ""
        canonical = f"{match['body']} {match['number']}{year}"
        yield _reference("standard", canonical, text, match.start(), match.end())
