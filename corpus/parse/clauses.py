"""Paragraphs cut into clauses for reading figures: compact text with the way back, and what is being talked of.

No figure gets a meaning here; that is `statements` and `negations`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Section
from corpus.text import to_simplified

_LOOSE = re.compile(r"[\s\u200b\ufeff\u00ad]+")
_NARROW = {ord("０") + n: ord("0") + n for n in range(10)}
_BREAK = re.compile(
    r"(?P<stop>[。；;！!？?\n]|\.(?![0-9]))|(?P<pause>(?<!其中)(?:，|(?<![0-9]),|,(?![0-9]{3})|[（）()\[\]【】]|、(?=[未无没])))"
)


@dataclass(frozen=True, slots=True)
class Compact:
    """A paragraph simplified, narrowed and without white space; `offsets[i]` is the place of character `i` in it."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the paragraph that gave `start:end` (`start < end`)."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between punctuation marks, from `start` of the compact text; `ends_sentence` when a full stop follows."""

    text: str
    start: int
    ends_sentence: bool


def compact(paragraph: str) -> Compact:
    """`paragraph` as clauses are read. A space between two digits stays: whether they are one number is not known."""
    plain = to_simplified(paragraph).translate(_NARROW)
    pieces: list[str] = []
    offsets: list[int] = []
    start = 0
    for match in _LOOSE.finditer(plain):
        stop = match.start() + _parts_digits(plain, match)
        pieces.append(plain[start : match.start()] + " " * (stop - match.start()))
        offsets.extend(range(start, stop))
        start = match.end()
    if start == 0:
        return Compact(plain, range(len(plain)))
    return Compact("".join((*pieces, plain[start:])), (*offsets, *range(start, len(plain))))


def _parts_digits(text: str, gap: re.Match[str]) -> bool:
    """Whether white space stands between two digits; invisible characters alone part nothing."""
    return (
        text[gap.start() - 1 : gap.start()].isdigit()
        and text[gap.end() : gap.end() + 1].isdigit()
        and any(c.isspace() for c in gap[0])
    )


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a compact text in order; 其中，开头 is not cut off from what it introduces."""
    start = 0
    for match in _BREAK.finditer(text):
        ends = match["stop"] is not None and match["stop"] not in "；;"
        yield Clause(text[start : match.start()], start, ends)
        start = match.end()
    yield Clause(text[start:], start, True)


# What is being talked of ----------------------------------------------------------------------------------------------

APPLICATIONS, REMEDIES, DOCUMENTS, ALIEN = "applications", "remedies", "documents", "alien"

_MENTION = re.compile(
    r"(?P<applications>(?:收到|受理|办理|答复|办结|新收|接收|接到|处理)[^，。；、]{0,6}依申请公开"
    r"|依申请公开(?:的)?(?:政府信息|信息)?(?:的)?(?:申请|事项|办件|工作|情况|方面)|信息公开申请|(?<!依)申请)"
    r"|(?P<documents>公文|文件|发文|拟文|(?<!已)(?<!于)主动公开|制发|公开属性|目录)"
    r"|(?P<alien>信访|提案|建议|议案|咨询|留言|来信|来电|热线|网民|网友|信箱|工单|投诉|举报|许可|审批|诉求|来访|问政|舆情"
    r"|法律援助|处罚|补贴|救助|商标|专利)"
)
_HEADING = re.compile(
    r"(?P<sure>[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十][是、.．])|[（(]?[0-9]{1,2}[)）、.．]"
)
_TOPICS = (
    (APPLICATIONS, re.compile(r"依申请公开|(?:信息公开|公开信息)(?:的)?申请|申请公开")),
    (REMEDIES, re.compile(r"行政复议|行政诉讼|复议(?:和|、|及)?诉讼")),
    ("proactive", re.compile(r"主动公开")),
)


def last_subject(text: str, subject: str | None) -> str | None:
    """What `text` mentions last (applications, documents, matters of others); `subject` when it mentions none."""
    for match in _MENTION.finditer(text):
        subject = match.lastgroup
    return subject


def section_topic(section: Section) -> str | None:
    """What the section as a whole is about, by its key or heading."""
    if section.key in (APPLICATIONS, REMEDIES):
        return section.key
    return _topic_of(to_simplified(section.heading))


def heading_topic(text: str) -> tuple[bool, str | None]:
    """Whether the compact paragraph begins with a heading of its own (（二）依申请公开。…), and that heading's topic."""
    match = _HEADING.match(text)
    if match is None:
        return False, None
    head, *rest = re.split(r"([。：:，,；;])", text[match.end() : match.end() + 24], maxsplit=1)
    topic = _topic_of(head)
    if re.search(r"[0-9]+(?:件|条|宗)", head) and topic is None:
        return False, None
    stops = not rest or rest[0] in "。：:"
    return topic is not None or match["sure"] is not None or stops, topic


def _topic_of(heading: str) -> str | None:
    return next((topic for topic, pattern in _TOPICS if pattern.search(heading)), None)
