"""Figures beside the applications: reviews and suits, normative documents, and what only the table of 2014 counts.

The grammar of `statements` goes on here: fixed shapes only, anything else states nothing.
"""

import re
from functools import cache

from corpus.parse.clauses import ALIEN, APPLICATIONS, DOCUMENTS, REMEDIES, last_subject
from corpus.parse.wording import COMPARED, FILL, MONTH, OUTCOME_FILL, PARTIAL, Setting, Statement
from corpus.vocabulary import load

# Reviews and suits ----------------------------------------------------------------------------------------------------

_REMEDY = re.compile(rf"(?:(?P<review_total>(?:行政)?复议)|(?P<suit_total>(?:行政)?诉讼))(?:案件|案|申请|事项)?{FILL}")
_REMEDY_CAUSE = re.compile(r"(?:因|由于|由|涉及|涉|关于|有关)?(?:政府|政务)?信息公开.*\Z")
_REMEDY_LEAD = re.compile(
    r"(?:20[0-9]{2}年度?|本年度?|全年|年内|其中|(?:政府|政务)?信息公开|依申请公开|由于|涉及|关于|有关|工作|事务|申请|事项|问题|答复|方面|相关"
    r"|我[局委办厅县市区镇乡街道部]{1,2}|本(?:行政机关|机关|单位|局)|引起|引发|产生|导致|发生|提起|提出|收到|新增|共计|总计|因|由|涉|对|被|类|的|而|另|有|也|均|共|和|及|、|，|,|：|:)*+\Z"
)


def read_remedies(before: str, setting: Setting) -> Statement | None:
    match = _REMEDY.search(before)
    if match is None:
        return None
    lead = before[: match.start()]
    cause = _REMEDY_CAUSE.search(lead)
    known = cause is not None or setting.topic in (APPLICATIONS, REMEDIES) or "信息公开" in setting.sentence
    if cause is not None:
        before_cause, lead = lead[: cause.start()], cause[0]
        known = known and not COMPARED.search(before_cause)
    if not known or _REMEDY_LEAD.match(lead) is None or (setting.remedies_of_others and cause is None):
        return Statement(None, match.start(), remedies=True)
    return Statement(match.lastgroup, match.start(), remedies=True)


# Normative documents --------------------------------------------------------------------------------------------------

_LEVEL = r"(?:本?[省市区县镇乡局委办]|街道|部门|本)?级?"
_ISSUE = r"(?:制定|起草|新)?(?:制发|印发|发布|出台)(?:(?:、|和|并|及)?(?:制发|印发|发布|出台|公布|实施))*+"
_REPEAL = r"(?:宣布)?(?:废止|失效)(?:(?:、|和|或|或者|并|及)?(?:宣布)?(?:废止|失效))*+"
_ADVERB = r"(?:全年|本年度|年内|共计|总计|新|共|已|均|经清理|集中|清理|：|:)*+"
_DOCUMENTS = tuple(
    (
        fact,
        re.compile(rf"{verb}(?:了|的)?{_LEVEL}(?:行政)?规范性(?:文件|档案){FILL}"),
        re.compile(rf"(?:行政)?规范性(?:文件|档案)(?:数)?{_ADVERB}{verb}(?:的)?{FILL}"),
        re.compile(rf"\A(?:另|并|同时|共|已|、|和|，)*+{verb}{FILL}"),
    )
    for fact, verb in (("normative_issued", _ISSUE), ("normative_repealed", _REPEAL))
)
_REPEAL_SHORT = re.compile(rf"{_REPEAL}(?:了|的)?{_LEVEL}行政规范性{FILL}")
_DOCUMENT_BLOCK = re.compile(
    r"公开|解读|备案|审查|审核|拟|修订|修改|修正|转|名义|累计|历年|以来|公文|党|规章|比|较|评估|上年|去年|建议|应|需|将"
)
_DOCUMENT_NOUN = re.compile(
    r"(?P<normative>规范性(?:文件|档案))|文件|公文|规章|信息|政策|解读|办法|制度|目录|通知|意见|方案"
)


def read_documents(before: str, setting: Setting) -> Statement | None:
    for fact, verb_first, noun_first, verb_only in _DOCUMENTS:
        match = verb_first.search(before) or noun_first.search(before)
        if match is None and fact == "normative_repealed":
            match = _REPEAL_SHORT.search(before)
        if match is None and _speaks_of_normative(setting.sentence):
            match = verb_only.search(before)
        if match is None:
            continue
        lead = before[: match.start()]
        blocked = _DOCUMENT_BLOCK.search(lead) is not None or re.search(r".(?:和|、|及)\Z", lead) is not None
        return Statement(None if blocked else fact, match.start())
    return None


def _speaks_of_normative(sentence: str) -> bool:
    """Whether 规范性文件 is the last kind of document that the sentence named."""
    nouns = list(_DOCUMENT_NOUN.finditer(sentence))
    return bool(nouns) and nouns[-1]["normative"] is not None


# The table of 2014 ----------------------------------------------------------------------------------------------------

_STAT_LEAD = re.compile(
    r"(?:20[0-9]{2}年度?|全年|本年度?|年内|其中|共计|总计|包括|通过|以|在|共|有|为|我局|我县|我市|我区|本机关|、|，|,|：|:)*+\Z"
)
_PUBLISHED = "stat.proactive.total"


@cache
def _statistic_words() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {w: e["key"] for e in load("facts")["statistic"] if e["key"] != "stat.replies" for w in e["words"]}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))}){OUTCOME_FILL}"), words


def read_statistics(before: str, setting: Setting) -> Statement | None:
    pattern, words = _statistic_words()
    match = pattern.search(before)
    if match is None:
        return None
    key = next(words[w] for w in sorted(words, key=len, reverse=True) if match[0].startswith(w))
    lead = before[: match.start()]
    if key == _PUBLISHED:
        clear = not any(p.search(lead) for p in (COMPARED, PARTIAL, MONTH)) and "其中" not in lead
    else:
        clear = _STAT_LEAD.match(lead) is not None and _subject_fits(key, lead, setting)
    return Statement(key if clear else None, match.start())


def _subject_fits(key: str, lead: str, setting: Setting) -> bool:
    if key.startswith("stat.channel."):
        return True
    return last_subject(lead, setting.subject) not in (ALIEN, DOCUMENTS) and setting.about
