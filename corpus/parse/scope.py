"""Reads the scope of the figures off the preface: the organ's own (本级) or summed over the organs under it (汇总).

It must not guess: what the preface says of another report, of the law or of a plan does not count, and a preface that
says both things says nothing.
"""

import re
from collections.abc import Sequence

from corpus.model import Scope
from corpus.parse.dates import compact
from corpus.text import to_simplified

_CLAUSE = re.compile(r"[。；;，,！!]")
_ELSEWHERE = re.compile(r"另行|单独(?:公布|公开|发布|编制)|分别(?:公布|公开|发布|编制)|详见")
_CITES = re.compile(r"^(?:现)?(?:根据|按照|依据|依照|遵照|为贯彻)|要求|通知")
_EXCLUDES = re.compile(r"不含|不包括|不包含|不涉及|未包含|不计入")
_SUMMED = re.compile(
    r"汇总|涵盖.{0,30}各.{0,6}(?:部门|单位|乡镇|街道|区县|县区|县市|镇)|(?:全系统|全市|全县|全区|全省|全州|全盟|全旗|全镇|全关)"
)
_OWN = re.compile(r"本级|(?:局|厅|委|署|部|政府|办公厅|办公室)机关(?!事务|党|工委|干部|作风|服务|效能)|机关本级")
_MOST_LINES, _LONGEST_LINE = 60, 3000
_ABOUT_FIGURES = re.compile(r"报告|统计|数据|汇总|涵盖|包括|包含|范围|口径")


def scope_of_preface(lines: Sequence[str]) -> Scope | None:
    """The scope that the lines between title and first heading state; `None` when they state none, or both."""
    preface = [line[:_LONGEST_LINE] for line in lines[:_MOST_LINES]]
    found = {scope for line in preface for clause in _clauses(line) if (scope := _scope_of_clause(clause)) is not None}
    return found.pop() if len(found) == 1 else None


def _clauses(line: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(to_simplified(compact(line))) if clause]


def _scope_of_clause(clause: str) -> Scope | None:
    if _ELSEWHERE.search(clause) or _CITES.search(clause) or not (_ABOUT_FIGURES.search(clause) or "不含" in clause):
        return None
    if _EXCLUDES.search(clause):
        return Scope.OWN if re.search(r"下属|所属|直属|各部门|下级|各街道|各乡镇|汇总", clause) else None
    if _SUMMED.search(clause):
        return Scope.AGGREGATE
    return Scope.OWN if _OWN.search(clause) else None
