"""Finds where narratives speak of a reason, and says of each place what it is: a refusal, a negation, a title …"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive import Archive, StoredReport
from corpus.model import Paragraph
from corpus.parse.narrative import refusal_context
from indexer import Engine, highlight_report, parse_request, search
from webui.presenters.marks import Piece, Span, merged, pieces

PHRASES: Final = {
    "denied": ("不予公开",),
    "unable": ("无法提供",),
    "rejected": ("不予处理",),
    "other": ("其他处理",),
    "denied.state_secret": ("国家秘密", "涉密", "定密"),
    "denied.law_prohibited": ("法律行政法规禁止公开", "法律、行政法规禁止公开", "法律另有规定"),
    "denied.safety_stability": ("三安全一稳定", "危及社会稳定", "社会稳定"),
    "denied.third_party": ("商业秘密", "个人隐私", "第三方合法权益", "第三方不同意公开"),
    "denied.internal_affairs": ("内部事务信息", "内部管理信息"),
    "denied.process_info": ("过程性信息",),
    "denied.enforcement_file": ("执法案卷", "卷宗", "案卷材料"),
    "denied.admin_query": ("行政查询事项", "依照有关规定查询"),
    "unable.not_held": ("信息不存在", "不属于本机关", "本机关不掌握", "非本机关制作"),
    "unable.needs_creation": ("另行制作", "加工、分析", "汇总、加工"),
    "unable.unclear": ("仍不明确", "内容不明确"),
    "rejected.petition": ("信访", "举报投诉"),
    "rejected.repeat": ("重复申请",),
    "rejected.publication": ("公开出版物",),
    "rejected.excessive": ("反复申请",),
    "rejected.confirm_reissue": ("确认或重新出具", "重新出具"),
    "other.correction_overdue": ("逾期不补正", "视为放弃申请"),
    "other.fee_overdue": ("逾期未按收费通知", "信息处理费"),
    "other.misc": ("撤回申请", "撤销申请", "转作咨询", "并案办理"),
    "stat.denied.state_secret": ("国家秘密", "涉密"),
    "stat.denied.trade_secret": ("商业秘密",),
    "stat.denied.privacy": ("个人隐私",),
    "stat.denied.safety": ("社会稳定",),
    "stat.denied.not_gov_info": ("不是《条例》所指政府信息", "不是条例所指政府信息"),
    "stat.denied.law_other": ("法律法规规定的其他情形",),
}
"""How narratives say a reason. Words that state it, not proof of it: what each place is, `context` tells."""

CONTEXTS: Final = ("refusal", "negation", "document_classification", "heading", "slogan", "unclear")
_AROUND: Final = 60
_STOPS: Final = "。！？\n"


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a narrative: the sentence around it, cut at the match, and what it is."""

    report_id: str
    version: int
    title: str
    agency: str
    year: int | None
    section: str
    anchor: str
    context: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Passages:
    """One page of places. `sections` is the exact number of sections that hold any, on all pages."""

    query: str
    sections: int
    found: tuple[Passage, ...]


def query_for(key: str) -> str:
    """The query that finds the places of a reason: its phrases as alternatives."""
    return " OR ".join(f'"{phrase}"' for phrase in PHRASES.get(key, ()))


def passages(archive: Archive, engine: Engine, key: str, *, limit: int, offset: int) -> Passages:
    """The places of `key` in the sections `offset` … `offset + limit`, newest year first."""
    query = query_for(key)
    if not query:
        return Passages("", 0, ())
    words = {"q": [query], "group": ["section"], "sort": ["year"], "limit": [str(limit)], "offset": [str(offset)]}
    answer = search(engine, parse_request(words)).to_json()
    found: list[Passage] = []
    for hit in answer["hits"]:
        stored = archive.report(hit["report_id"])
        spans = merged(highlight_report(stored.report, query, engine.segmenter))
        found += _in_section(stored, hit["section"]["number"], spans)
    return Passages(query, answer["total"], tuple(found))


def _in_section(stored: StoredReport, number: int, spans: Sequence[Span]) -> Iterator[Passage]:
    """The sentences of a section that hold matches; matches in one sentence that are the same are one passage."""
    report = stored.report
    for section in report.sections:
        if section.number != number:
            continue
        for place, paragraph in enumerate(section.paragraphs, 1):
            inside = [span for span in spans if paragraph.start <= span[0] < paragraph.end]
            for (start, text, context), found in _by_sentence(report.text, paragraph, inside).items():
                yield Passage(
                    report_id=stored.id,
                    version=stored.version,
                    title=report.title,
                    agency=report.agency or "",
                    year=report.year,
                    section=section.heading,
                    anchor=f"s{section.number}-p{place}",
                    context=context,
                    pieces=tuple(pieces(text, start, found)),
                )


def _by_sentence(text: str, paragraph: Paragraph, spans: Sequence[Span]) -> dict[tuple[int, str, str], list[Span]]:
    """(Offset, sentence, context) → the matches in it."""
    groups: dict[tuple[Span, str], list[Span]] = {}
    for span in spans:
        bounds = sentence(text, paragraph, span)
        groups.setdefault((bounds, refusal_context(text, *span)), []).append(span)
    shown = {}
    for ((start, end), context), found in groups.items():
        left, right = max(start, found[0][0] - _AROUND), min(end, found[-1][1] + _AROUND)
        shown[left, text[left:right], context] = found
    return shown


def sentence(text: str, paragraph: Paragraph, span: Span) -> Span:
    """Where the sentence around `span` begins and ends inside its paragraph."""
    start = max(text.rfind(stop, paragraph.start, span[0]) for stop in _STOPS) + 1
    ends = [place + 1 for stop in _STOPS if (place := text.find(stop, span[1], paragraph.end)) >= 0]
    return max(start, paragraph.start), min(ends, default=paragraph.end)
