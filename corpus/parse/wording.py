"""Types and word lists that the readers of sentences share: what a stretch of words states, and where it stands."""

import re
from dataclasses import dataclass

APPLICATION = (
    r"(?:(?:政府|政务)?信息公开的?申请|依申请公开(?:的)?(?:政府信息|政务信息|信息)?(?:的)?(?:申请|事项|办件)?"
    r"|(?:申请公开|公开)(?:政府|政务)?信息的?申请|政府信息(?:依申请公开申请|依申请公开|公开申请|申请公开|申请)"
    r"|申请公开(?:政府信息|信息|事项)?|公开申请|申请)(?:事项|件)?"
)
FILL = (
    r"(?:总数量|总数|总量|件数|数量|共计|总计|合计|共有|总共|达到|超过|将近|接近|大约|不足|至少"
    r"|的|了|数|量|共|计|为|是|有|达|约|近|超|逾|：|:)*+\Z"
)
OUTCOME_FILL = (
    r"(?:的|政府信息公开申请|公开申请|申请事项|申请|答复|决定|处理|情况|情形|结果|政府信息|信息|范围)*+" + FILL
)

COMPARED = re.compile(r"比|较|同期|去年|往年|历年|以来|上一年|(?<!本)上年|往期|下年|明年|增加|减少|增长|下降")
PARTIAL = re.compile(
    r"上半年|下半年|季度|通过|网上|网络|在线|信函|邮寄|当面|现场|传真|邮件|电话|书面|口头|平台|(?<!全)系统|渠道|方式|[^各]类|领域"
    r"|涉及|关于|主要集中|集中在|未|没有|不|拟|正在|继续|尚|即将|预计|计划|组织|指导|督促|协助"
)
MONTH = re.compile(r"[0-9一二三四五六七八九十]月")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a stretch of words stands. `parent`: the total that a following 其中 divides; `about`: whether the paragraph
    or its headings speak of the disclosure of information; `sentence`: the sentence so far; `year`: the report's."""

    subject: str | None
    topic: str | None
    parent: str | None
    about: bool
    sentence: str
    year: int | None = None
    remedies_of_others: bool = False
    """Whether the sentence has named reviews or suits that are not those against the organ."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A label found at `start` of the stretch (or, `behind`, up to there in what follows the figure). `kind` is a fact or
    one of the verbs; `None` means a figure whose meaning is not clear. A `doubtful` one is believed only if the tables
    agree; doubtful applicants may include those of the applications carried in. `remedies`: about reviews or suits."""

    kind: str | None
    start: int
    doubtful: bool = False
    behind: int = 0
    remedies: bool = False
