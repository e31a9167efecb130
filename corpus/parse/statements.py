"""Which figure a stretch of words before a number announces: the grammar of domain b9, precision before recall.

A statement is read only where label and number stand in one of a few fixed shapes; anything else states nothing.
"""

import re
from functools import cache

from corpus.parse.clauses import ALIEN, APPLICATIONS, last_subject
from corpus.parse.side_statements import read_documents, read_remedies, read_statistics
from corpus.parse.wording import APPLICATION, COMPARED, FILL, MONTH, OUTCOME_FILL, PARTIAL, Setting, Statement
from corpus.vocabulary import load

NEW, ACCEPTED, HANDLED, CLOSED, REPLIED = "new", "accepted", "handled", "closed", "replied"
_VERB_KINDS = {
    **dict.fromkeys(("新收到", "新收", "新受理"), NEW),
    **dict.fromkeys(("收到", "受理", "接收", "接到"), ACCEPTED),
    "办理": HANDLED,
    "办结": CLOSED,
    "答复": REPLIED,
}
KINDS = ("granted", "partial", "denied", "unable", "rejected", "other")

_FROM = r"(?:公民、法人(?:或者|或|和|及|以及|与)?其[他它]组织|社会公众|公众|群众|申请人)(?:提出的|提交的|的)"
_OBJECT = rf"(?:了|到|过|的|各类|新的|任何|{_FROM})*+{APPLICATION}"
_ADVERBS = r"(?:情况|方面|工作|全年|本年度|年内|一共|总共|共计|总计|均已|全部|依法|依规|按规定|累计|共|均|已|：|:)*+"
_VERB = "(?P<verb>" + "|".join(_VERB_KINDS) + ")"
_TOTALS = (
    re.compile(rf"{_VERB}{_OBJECT}{FILL}"),
    re.compile(rf"{APPLICATION}{_ADVERBS}{_VERB}(?:的)?{FILL}"),
    re.compile(rf"{_VERB}(?:的)?{FILL}"),
)
_AFTER_OBJECT = re.compile(rf"(?:的)?{APPLICATION}")
_SELF_EVIDENT = re.compile(r"公开")

_NOUNS_OF_VERBS = re.compile(
    r"(?:收到|受理|办理|办结|答复|处理)(?:和|及|、)?(?:受理|办理|办结|答复|处理)?(?:的)?(?:情况|结果|工作|期限|时限)"
)
_OTHER_VERB = re.compile("|".join((*_VERB_KINDS, "结转", "转办")))
_WHOLE_YEAR = re.compile(
    r"(?:自|从)?(?:20[0-9]{2}年)?1月1日(?:起)?(?:至|到|-|—|－|~)(?:20[0-9]{2}年)?12月31日(?:止|期间)?|截至?(?:20[0-9]{2}年)?(?:12月31日|12月底|年底|年末)"
)
_DOUBTFUL = re.compile(r"其中|累计|按时|按期|部门|乡镇|镇街|本级|各")


def read_statement(before: str, after: str, unit: str, setting: Setting, *, stat: bool) -> Statement | None:
    """What the figure with `unit` between `before` and `after` states; `None` when it is nothing known.

    `before` reaches back to the previous figure of the clause, `after` to the next. `stat`: the words of the table of
    2014 count too.
    """
    if unit in ("件", "份", "个") and (statement := read_documents(before, setting)) is not None:
        return statement
    if unit in ("件", "宗", "起", "例") and (statement := read_remedies(before, setting)) is not None:
        return statement
    if unit not in ("件", "条", "宗"):
        return None
    if stat and (statement := read_statistics(before, setting)) is not None:
        return statement
    for reader in (_carried, _outcomes, _applicants):
        if (statement := reader(before, setting)) is not None:
            return statement
    return _totals(before, after, setting) or _labelled_behind(before, after, setting)


# Totals: received, handled, closed, replied --------------------------------------------------------------------------


def _totals(before: str, after: str, setting: Setting) -> Statement | None:
    for bare, pattern in ((False, _TOTALS[0]), (False, _TOTALS[1]), (True, _TOTALS[2])):
        match = pattern.search(before)
        if match is None:
            continue
        lead = before[: match.start()]
        if bare and not _bare_is_clear(match["verb"], lead, after, setting):
            return Statement(None, match.start())
        if not _is_about_information(match[0] + after[:10], setting):
            return None
        kind: str | None = _VERB_KINDS[match["verb"]]
        if _is_blocked(lead) or last_subject(match[0], None) == ALIEN:
            kind = None
        doubt = _DOUBTFUL.search(lead.replace("其中", "") if kind == NEW else lead)
        return Statement(kind, match.start(), doubtful=doubt is not None)
    return None


def _bare_is_clear(verb: str, lead: str, after: str, setting: Setting) -> bool:
    """Whether a verb without its object can only mean applications: 收到8件政府信息公开申请; 办结12件 among applications."""
    if (match := _AFTER_OBJECT.match(after)) is not None:
        return "公开" in match[0] or setting.subject == APPLICATIONS
    return (not after or after[0] in "、和及并") and last_subject(lead, setting.subject) == APPLICATIONS


def _is_about_information(text: str, setting: Setting) -> bool:
    if _SELF_EVIDENT.search(text) is not None:
        return True
    return setting.about and setting.subject != ALIEN


def _is_blocked(lead: str) -> bool:
    """Whether the words before the label make it a part, a comparison, a plan or a figure of several labels."""
    lead = _NOUNS_OF_VERBS.sub("", _WHOLE_YEAR.sub("", lead))
    return any(p.search(lead) for p in (COMPARED, PARTIAL, MONTH, _OTHER_VERB)) or last_subject(lead, None) == ALIEN


# Carried in and out ---------------------------------------------------------------------------------------------------

_CARRY = "(?:结转|转结)"
_CARRY_TAIL = rf"(?:继续)?(?:办理|处理|答复|办结)?(?:的)?(?:{APPLICATION})?{FILL}"
_CARRIED_IN = re.compile(
    rf"(?:(?:上年度?|上一年度?|去年){_CARRY}(?:至|到)?(?:本年度?|今年|来|下来)?|{_CARRY}(?:自)?(?:上年度?|上一年度?|去年))"
    rf"{_CARRY_TAIL}"
)
_LATER = r"(?:下年度?|下一年度?|次年度?|明年|来年)"
_CARRIED_OUT = re.compile(
    rf"(?:{_CARRY}(?:至|到|入|转)?(?:{_LATER}|(?P<year>20[0-9]{{2}})年度?)|(?:转入|转至|转到){_LATER}){_CARRY_TAIL}"
)
_CARRIED_BARE = re.compile(rf"{_CARRY}(?:办理)?(?:的)?(?:{APPLICATION})?{FILL}")
_CARRY_COMPARED = re.compile(r"比|较|去年|上年|上一年|往年|历年|以来|增|减|信访|复议|诉讼|案件|资金")


def _carried(before: str, setting: Setting) -> Statement | None:
    if (match := _CARRIED_IN.search(before)) is not None:
        lead = before[: match.start()]
        blocked = _is_blocked(lead) or not (setting.about or "公开" in match[0])
        return Statement(None if blocked else "carried_in", match.start())
    if (match := _CARRIED_OUT.search(before)) is not None:
        lead = before[: match.start()]
        clear = setting.about and (
            not match["year"] or (setting.year is not None and int(match["year"]) == setting.year + 1)
        )
    elif (match := _CARRIED_BARE.search(before)) is not None:
        lead = before[: match.start()]
        clear = last_subject(lead, setting.subject) == APPLICATIONS and not re.search(r"[0-9]年度?\Z", lead)
    else:
        return None
    clear = (clear or "公开" in match[0]) and _CARRY_COMPARED.search(lead) is None
    return Statement("carried_out" if clear else None, match.start())


# Kinds of outcome -----------------------------------------------------------------------------------------------------

_LEAD = re.compile(
    r"(?:(?:20[0-9]{2}年度?|全年|本年度|年内|当年|其中|另外|另有|还有|分别|包括|依法|依规|依法依规|按规定|按照规定|经审查|经审核"
    r"|办理结果为|办理结果|答复结果|结果为|决定|作出|做出|给予|予|答复|告知|属于|对|已|共|有|含|另|为|即|是|的|和|及|并|均|、|，|,|：|:)"
    r"|[（(]?[一二三四五六七][）)、]|[①-⑩]|[1-9][.．、])*+\Z"
)


@cache
def _outcome_words() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {w: e["key"] for e in load("facts")["fact"] if e["key"] in KINDS for w in e["words"]}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<![不已未])(?:" + "|".join(map(re.escape, longest_first)) + ")"), words


def _outcomes(before: str, setting: Setting) -> Statement | None:
    pattern, words = _outcome_words()
    labels = list(pattern.finditer(before))
    if not labels:
        return None
    label = labels[-1]
    lead = before[: label.start()]
    clear = len(labels) == 1 and re.match(OUTCOME_FILL, before[label.end() :]) is not None
    if not clear or not _is_outcome_lead(lead, setting) or setting.parent in ("unknown", "person", "carried_in"):
        return Statement(None, label.start())
    return Statement(words[label[0]], label.start())


_OF_ALL = re.compile(
    r"(?:全年|本年度|年内)?(?:全部|所有|已?办理的|已?办结的|受理的|收到的)?(?:政府信息公开)?申请中(?:，)?"
)


def _is_outcome_lead(lead: str, setting: Setting) -> bool:
    lead = _OF_ALL.sub("", lead)
    return last_subject(lead, setting.subject) == APPLICATIONS and _LEAD.match(lead) is not None


def _labelled_behind(before: str, after: str, setting: Setting) -> Statement | None:
    """`其中105件予以公开` and `10件结转下年度继续办理`: only where nothing else stands in the clause."""
    if not re.fullmatch(r"(?:其中|另外|另|有|还有|尚有|共有|共|剩余|其余|，|,|、|：|:)*+", before):
        return None
    if setting.subject != APPLICATIONS or setting.parent in ("unknown", "person", "carried_in"):
        return None
    pattern, words = _outcome_words()
    rest = re.sub(r"\A(?:政府信息公开申请|申请|政府信息|信息)?(?:作出|做出|属于|被|依法|的)?", "", after)
    skipped = len(after) - len(rest)
    if (match := pattern.match(rest)) is not None and re.fullmatch(
        r"(?:答复|决定|处理|的)?[、和]?", rest[match.end() :]
    ):
        return Statement(words[match[0]], 0, behind=skipped + match.end())
    carried = re.match(
        rf"(?:需|须|将)?{_CARRY}(?:至|到|入)?(?:{_LATER}|20[0-9]{{2}}年度?)(?:继续)?(?:办理|处理|答复)?", rest
    )
    if carried is not None and rest[carried.end() :] in ("", "、"):
        return Statement("carried_out", 0, behind=skipped + carried.end())
    return None


# Applicants -----------------------------------------------------------------------------------------------------------

_APPLICANT = re.compile(
    r"(?P<natural_person>自然人)|(?P<organisations>(?<!公民、)法人(?:或者|或|和|及|以及|与|、)其[他它]组织)"
)
_APPLICANT_FILL = re.compile(rf"(?:提出|提交)?(?:的)?(?:{APPLICATION})?{FILL}")
_APPLICANT_LEAD = re.compile(
    r"(?:其中|按申请人分|按申请人类型分|申请人为|申请人中|来自|由|收到|新收|受理|本年度?|全年|20[0-9]{2}年度?|共|有|的|为|、|，|,|：|:|"
    r"新收(?:政府信息公开)?申请中)*+\Z"
)


def _applicants(before: str, setting: Setting) -> Statement | None:
    labels = list(_APPLICANT.finditer(before))
    if not labels:
        return None
    label = labels[-1]
    lead = before[: label.start()]
    clear = len(labels) == 1 and _APPLICANT_FILL.match(before, label.end()) is not None
    verb = re.search("收到|新收|受理", lead)
    if not clear or _APPLICANT_LEAD.match(lead) is None:
        return Statement(None, label.start())
    if verb is None and setting.parent not in ("new_received", "received_total"):
        return Statement(None, label.start())
    with_carried = setting.parent == "received_total" if verb is None else verb[0] != "新收"
    return Statement(label.lastgroup, label.start(), doubtful=with_carried)
