"""What a mention of 不予公开 (or of another reason) means where it stands: a refusal, or one of the traps of domain c."""

import re
from typing import Literal

from corpus.parse.clauses import APPLICATIONS, DOCUMENTS, last_subject
from corpus.text import to_simplified

RefusalContext = Literal["refusal", "negation", "document_classification", "heading", "slogan", "unclear"]

_STOPS = "。；！？;!?\n"
_PAUSES = "，,、（）()"
_REACH = 300

_HEADING_PHRASE = re.compile(r"(?:依申请公开)(?:政府信息)?(?:和|及|与|、)不予公开(?:政府信息)?(?:的)?情况")
_ORDINAL = re.compile(r"\s*(?:第?[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|[#*]+)\s*")
_HEADING_END = re.compile(r"(?:情况|统计|统计表|事项|数量|范围|理由)[:：]?\s*\Z")
_SLOGAN = re.compile(r"\A[\s“”\"]*(?:的)?(?:是|作)?为?(?:例外|特例)")
_NEGATED = re.compile(
    r"没有|未(?:发现|发生|出现|收到|产生|有|作出|存在)|无(?!法|正当|偿|关|理)|不存在|杜绝|避免|防止|严禁|不得|不允许"
)
_NEGATED_TAIL = re.compile(
    r"(?:的|等)*(?:政府信息|信息|情况|现象|行为|问题|情形|申请|答复|决定|事项|案件|内容|发生|出现|的)*\Z"
)
_ZERO_BEHIND = re.compile(
    r"\A(?:的|政府信息|信息|申请|答复|决定|处理|情况|数量|共|均|为|：|:|\s)*(?:0|０|零|〇)\s*(?:件|条|宗|例)"
)
_ZERO_BEFORE = re.compile(r"(?<![0-9０-９.])(?:0|０|零|〇)\s*(?:件|条|宗)(?:申请)?\s*\Z")
_FIGURE_BEHIND = re.compile(r"\A[^，。；、]{0,8}?[0-9０-９一二三四五六七八九十百千]+\s*余?(?:件|条|宗)")
_FIGURE_BEFORE = re.compile(r"[0-9０-９一二三四五六七八九十百千]+\s*余?(?:件|条|宗)[^，。；、]{0,4}\Z")
_CLASSES = re.compile(r"主动公开[^，。；]{0,12}依申请公开[^，。；]{0,12}\Z|公开属性|(?:公文|文件)[^，。；]{0,12}\Z")
_RULE = re.compile(
    r"应当|应(?!对)|必须|须|严格|规范|完善|健全|明确|制度|流程|程序|机制|加强|进一步|不断|逐步|做到|确保|如有|凡"
)
_DONE = re.compile(r"答复|告知|作出|做出|决定|办结|认定|已|依法|依据|根据|按照|属于|申请")


def refusal_context(text: str, start: int, end: int) -> RefusalContext:
    """What the match `text[start:end]` is: a refusal of an application, a negation, a class of documents, (part of) a
    heading, a slogan, or unclear. Any text and place is accepted; nothing outside the match's line is looked at."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    line_start = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    line_end = text.find("\n", end, end + _REACH)
    line = to_simplified(text[line_start : line_end if line_end >= 0 else end + _REACH])
    return _in_line(line, start - line_start, end - line_start)


def _in_line(line: str, start: int, end: int) -> RefusalContext:
    if _is_heading(line, start, end):
        return "heading"
    before, after = _sentence(line, start, end)
    if _SLOGAN.search(after):
        return "slogan"
    if _is_negated(before, line[start:end], after):
        return "negation"
    subject = last_subject(line[:start], None)
    if subject == DOCUMENTS or (_CLASSES.search(before) and subject != APPLICATIONS):
        return "document_classification"
    if last_subject(before + line[start:end] + after, subject) == APPLICATIONS and _is_instance(before, after):
        return "refusal"
    return "unclear"


def _is_heading(line: str, start: int, end: int) -> bool:
    """Whether the line is a heading, or the match is part of a section title quoted in a sentence."""
    if any(m.start() <= start and end <= m.end() for m in _HEADING_PHRASE.finditer(line)):
        return True
    whole = line.strip()
    ordinal = _ORDINAL.match(line)
    rest = whole[ordinal.end() :] if ordinal else whole
    if len(rest) > 40 or re.search("[。，；,;]", rest):
        return False
    if re.search(r"[0-9０-９零一二三四五六七八九十百]\s*(?:件|条|宗)", rest):
        return False
    return bool(ordinal) or _HEADING_END.search(rest) is not None or line[start:end].strip() == whole


def _sentence(line: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind the match in its sentence."""
    begin = max((line.rfind(stop, 0, start) for stop in _STOPS), default=-1) + 1
    stops = [place for stop in _STOPS if (place := line.find(stop, end)) >= 0]
    return line[begin:start], line[end : min(stops, default=len(line))]


def _is_negated(before: str, match: str, after: str) -> bool:
    if _ZERO_BEHIND.search(after) or _ZERO_BEFORE.search(before):
        return True
    if _FIGURE_BEHIND.search(after):
        return False
    piece = re.split("[，,；（）()]", before)[-1]
    near = piece.rsplit("、", 1)[-1]
    if _NEGATED.search(near):
        return True
    return _NEGATED.search(piece) is not None and _NEGATED_TAIL.match(re.split("[，,]", after)[0]) is not None


def _is_instance(before: str, after: str) -> bool:
    """Whether the sentence tells of an application handled, not of how applications shall be handled."""
    if _FIGURE_BEHIND.search(after) or _FIGURE_BEFORE.search(before):
        return True
    return _DONE.search(before + after) is not None and _RULE.search(before + after) is None
