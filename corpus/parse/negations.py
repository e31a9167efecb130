"""Clauses that say there was none: 未收到申请, 无结转, 未发生行政诉讼. A qualified negation (被纠错, 超出范围) says nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.parse.clauses import APPLICATIONS, REMEDIES
from corpus.parse.wording import APPLICATION, Setting

_FROM = r"(?:公民、法人(?:或者|或|和|及|以及|与)?其[他它]组织|社会公众|公众|群众|申请人)(?:提出的|提交的|的)"
_MARK = r"(?P<mark>(?:均|也|暂|并|尚|从|又)?(?:未曾|未有|没有|未|无|不存在))"
_TAIL = r"(?:的|情况|情形|现象|案件|事项|事件|案|申请|件|发生|出现|等)*+\Z"

_APPLICATIONS = (
    re.compile(
        rf"{_MARK}(?:新)?(?:收到|接到|接收到|接收|受理|新收)(?:过|和处理|及处理|和办理)?(?:任何|新的|提出|要求|{_FROM})*+{APPLICATION}{_TAIL}"
    ),
    re.compile(
        rf"(?P<mark>(?:均|也|暂|并)?(?:没有|无))(?:任何|新收|新的|新增|{_FROM})*+(?P<named>{APPLICATION}){_TAIL}"
    ),
)
_LAST_YEAR = r"(?:上年度?|上一年度?|去年)"
_NEXT_YEAR = r"(?:下年度?|下一年度?|次年度?|明年)"
_CARRY_OBJECT = rf"(?:继续)?(?:办理|处理|答复)?(?:的)?(?:{APPLICATION})?"
_NONE = r"(?P<mark>(?:均|也|暂|并)?(?:没有|未有|无|未))(?:需|须)?"
_CARRIED = (
    (
        ("carried_in", "carried_out"),
        re.compile(rf"{_NONE}{_LAST_YEAR}结转(?:和|及|、|与|或)结转{_NEXT_YEAR}{_CARRY_OBJECT}{_TAIL}"),
    ),
    (("carried_in",), re.compile(rf"{_NONE}{_LAST_YEAR}(?:结转|转结){_CARRY_OBJECT}{_TAIL}")),
    (("carried_out",), re.compile(rf"{_NONE}{_NEXT_YEAR}(?:结转|转结)(?:办理)?(?:的)?(?:{APPLICATION})?{_TAIL}")),
    (("carried_out",), re.compile(rf"{_NONE}(?:结转|转结)(?:至|到)?{_NEXT_YEAR}?{_CARRY_OBJECT}{_TAIL}")),
)
_CAUSE = (
    r"(?:因|由于|由|涉及|涉|有关|关于)?(?:政府|政务)?信息公开(?:工作|事务|申请|事项|问题|答复|方面|相关|类|事宜)*+(?:而)?"
    r"(?:引起|引发|产生|导致|发生|提起)?(?:的)?"
)
_VERB = r"(?:被)?(?:申请|提起|提出|引起|引发|发生|产生)?"
_REMEDY = r"(?:行政)?(?:复议|诉讼)"
_REMEDIES = re.compile(
    rf"(?P<mark>(?:均|也|暂|并|尚|从)?(?:未曾|未有|没有|未|无人|无|不存在))(?:发生|收到|产生|出现|引发|引起|接到|涉及)?(?:过|任何)?"
    rf"(?P<cause>{_CAUSE})?(?:被?(?:举报|投诉|申诉|信访)[、和及]?)*+{_VERB}(?P<first>{_REMEDY})(?:案件|案|申请|事项|情况)?"
    rf"(?:(?:、|和|或者|或|以及|及|与)(?:被|因此)?{_VERB}(?P<second>{_REMEDY}))?{_TAIL}"
)
_DOCUMENTS = re.compile(rf"{_MARK}(?:新)?(?:制定|制发|印发|发布|出台)+(?:行政)?规范性(?:文件|档案){_TAIL}")
_REPEALED = re.compile(rf"{_MARK}(?:废止|宣布失效)(?:行政)?规范性(?:文件|档案){_TAIL}")

_QUALIFIED = re.compile(
    r"上半年|下半年|季度|去年|往年|上一?年度?|如|若|凡|几乎|通过|网上|网络|在线|平台|信函|邮寄|当面|现场|传真|邮件|领域|方面[^，]|涉及|关于"
    r"|但|不|比|较|[^各]类"
)
_WHOLE_YEAR = re.compile(r"1月1日.{0,8}12月31日|12月31日|12月底")
_MONTH = re.compile(r"[0-9一二三四五六七八九十]月")

_ANY = re.compile("[未无]|没有|不存在")


@dataclass(frozen=True, slots=True)
class Negation:
    """A plain negation at `start:end` of its clause: each of `facts` is 0."""

    facts: tuple[str, ...]
    start: int
    end: int


def read_negation(clause: str, setting: Setting) -> Negation | None:
    """What the clause says there was none of; `None` when it is no plain negation."""
    if _ANY.search(clause) is None:
        return None
    for facts, match in _matches(clause, setting):
        lead = clause[: match.start()]
        if _QUALIFIED.search(lead) is None and _MONTH.search(_WHOLE_YEAR.sub("", lead)) is None:
            return Negation(facts, match.start("mark"), match.end())
        return None
    return None


def _matches(clause: str, setting: Setting) -> Iterator[tuple[tuple[str, ...], re.Match[str]]]:
    if (match := _REMEDIES.search(clause)) is not None and _remedies_known(match, setting):
        yield _remedy_facts(match), match
    for facts, pattern in _CARRIED:
        if (match := pattern.search(clause)) is not None and (setting.subject == APPLICATIONS or "公开" in match[0]):
            yield facts, match
    for pattern in _APPLICATIONS:
        if (match := pattern.search(clause)) is not None and ("公开" in match[0] or setting.about):
            yield ("new_received",), match
    for fact, pattern in (("normative_issued", _DOCUMENTS), ("normative_repealed", _REPEALED)):
        if (match := pattern.search(clause)) is not None:
            yield (fact,), match


def _remedies_known(match: re.Match[str], setting: Setting) -> bool:
    """Whether reviews and suits can only be those about the disclosure of information."""
    return match["cause"] is not None or setting.topic in (APPLICATIONS, REMEDIES) or "公开" in setting.sentence


def _remedy_facts(match: re.Match[str]) -> tuple[str, ...]:
    named = [match["first"], match["second"] or ""]
    found = [("review_total", "复议"), ("suit_total", "诉讼")]
    return tuple(fact for fact, word in found if any(word in name for name in named))
