"""Invented documents for the tests of the archive, and readers for a tiny format of their own.

The tiny format states exactly what a test is about, and its readers can be upgraded, crash or die on command:

    #report 云棠县财政局 2023 scope=own city=昆岚市
    new_received=3
    一段文字。
"""

import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from archive import Outcome
from archive.reader import Hints, Parsed, Reader
from corpus.errors import NotAReportError, ReadError
from corpus.model import (
    AgencyKind,
    Cell,
    CellState,
    Era,
    Finding,
    Paragraph,
    Region,
    Report,
    Scope,
    Section,
    Severity,
)
from corpus.parse.references import find_references

Put = Callable[..., Path]
"""Fixture: writes a document below `in/` and gives its path."""
Run = Callable[..., list[Outcome]]
"""Fixture: ingests paths to the end."""

NOW = "2026-01-31T08:00:00Z"
ROOT = Path(__file__).resolve().parents[2]


def now() -> str:
    """A clock that stands still, so that two archives can be compared."""
    return NOW


def tiny(agency: str | None = "云棠县财政局", year: int | None = 2023, *lines: str, **facts: object) -> str:
    """One report in the tiny format; `facts` go into its first line."""
    head = f"#report {agency or '?'} {year or '?'} " + " ".join(f"{k}={v}" for k, v in facts.items())
    return "\n".join([head.rstrip(), *(lines or ("本年度情况良好。", "全年办理申请若干件，均已答复。"))])


def _tiny_report(block: str, hints: Hints, suffix: str = "") -> Report:
    head, *body = block.strip().split("\n")
    agency, year, *facts = head.split()
    known = dict(fact.split("=", 1) for fact in facts)
    figures = dict(line.split("=", 1) for line in body if "=" in line)
    title = f"{agency}{year}年政府信息公开工作年度报告"
    lines = [title, *(line + suffix for line in body if "=" not in line)]
    rows = [f"{key}\t{value}" for key, value in figures.items()]
    text = "\n".join([*lines, *rows])
    paragraphs, at = [], len(title) + 1
    for line in lines[1:]:
        paragraphs.append(Paragraph(at, at + len(line), line))
        at += len(line) + 1
    table: dict[str, dict[str, Cell]] = {}
    for key, value in figures.items():
        end = at + len(key) + 1 + len(value)
        table[key] = {"total": Cell(CellState.NUMBER, value, int(value), end - len(value), end)}
        at = end + 1
    scope = Scope(known["scope"]) if "scope" in known else None
    region = Region(
        known.get("province"), known.get("city"), known.get("county"), None, known.get("code"),
        {"city": "printed"} if "city" in known else {},
    )  # fmt: skip
    return Report(
        title=title,
        agency=hints.agency or (None if agency == "?" else agency),
        agency_printed=None if agency == "?" else agency,
        agency_kind=AgencyKind.DEPARTMENT,
        year=hints.year or (None if year == "?" else int(year)),
        scope=scope,
        era=Era.FORMAT_2021,
        region=region,
        published=known.get("published"),
        text=text,
        sections=(Section(1, "overview", "总体情况", 0, len(text), tuple(paragraphs)),),
        tables={"applications": table},
        references=find_references(text),
        findings=(Finding("p.row_missing", Severity.PARSE, "invented"),) if "finding" in known else (),
    )


def _parse(data: bytes, hints: Hints, suffix: str = "") -> Parsed:
    text = data.decode("utf-8")
    if "#crash" in text:
        raise ZeroDivisionError("on command")
    if "#die" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "#broken" in text:
        raise ReadError("broken on command")
    front, *blocks = text.split("#report ")
    if not blocks:
        raise NotAReportError("no #report in it")
    site = next((word.partition("=")[2] for word in front.split() if word.startswith("site=")), None)
    return Parsed("text/html", "utf-8", site, [_tiny_report(block, hints, suffix) for block in blocks])


def parse_tiny(data: bytes, name: str, hints: Hints) -> Parsed:
    """The first reader of the tiny format."""
    return _parse(data, hints)


def parse_tiny_again(data: bytes, name: str, hints: Hints) -> Parsed:
    """A later one that finds more in the same text."""
    parsed = _parse(data, hints)
    more = Finding("p.unknown_label", Severity.PARSE, "seen by the new reader only")
    return replace(parsed, reports=[replace(r, findings=(*r.findings, more)) for r in parsed.reports])


def parse_tiny_otherwise(data: bytes, name: str, hints: Hints) -> Parsed:
    """A later one that reads another text from the same bytes."""
    return _parse(data, hints, suffix="（新）")


TINY = Reader("tiny-1", parse_tiny)
TINY_MORE = Reader("tiny-2", parse_tiny_again)
TINY_OTHER = Reader("tiny-3", parse_tiny_otherwise)

_ROWS = (
    ("一、本年新收政府信息公开申请数量", "new"),
    ("二、上年结转政府信息公开申请数量", "zero"),
    ("三、本年度办理结果（一）予以公开", "granted"),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "zero"),
    ("（三）不予公开 1.属于国家秘密", "zero"),
    ("2.其他法律行政法规禁止公开", "zero"),
    ("3.危及“三安全一稳定”", "zero"),
    ("4.保护第三方合法权益", "refused"),
    ("5.属于三类内部事务信息", "zero"),
    ("6.属于四类过程性信息", "zero"),
    ("7.属于行政执法案卷", "zero"),
    ("8.属于行政查询事项", "zero"),
    ("（四）无法提供 1.本机关不掌握相关政府信息", "zero"),
    ("2.没有现成信息需要另行制作", "zero"),
    ("3.补正后申请内容仍不明确", "zero"),
    ("（五）不予处理 1.信访举报投诉类申请", "zero"),
    ("2.重复申请", "zero"),
    ("3.要求提供公开出版物", "zero"),
    ("4.无正当理由大量反复申请", "zero"),
    ("5.要求行政机关确认或重新出具已获取信息", "zero"),
    ("（六）其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "zero"),
    ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "zero"),
    ("3.其他", "zero"),
    ("（七）总计", "done"),
    ("四、结转下年度继续办理", "zero"),
)


def report_text(agency: str = "云棠县财政局", year: int = 2023, *, granted: int = 3, refused: int = 1) -> str:
    """A plausible report of an invented body in the format of 2021, its tables as pipe rows."""
    figures: Mapping[str, int] = {
        "zero": 0,
        "new": granted + refused,
        "granted": granted,
        "refused": refused,
        "done": granted + refused,
    }
    rows = "\n".join(f"{label} | {figures[key]} | 0 | 0 | 0 | 0 | 0 | {figures[key]} |" for label, key in _ROWS)
    return f"""{agency}{year}年政府信息公开工作年度报告

一、总体情况

本年度收到政府信息公开申请{granted + refused}件，全部按期答复。

二、主动公开政府信息情况

第二十条第（一）项 | | | |
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 0 | 0 | 0 |
行政规范性文件 | 1 | 0 | 4 |
第二十条第（五）项 | | | |
信息内容 | 本年处理决定数量 | | |
行政许可 | 7 | | |
第二十条第（六）项 | | | |
信息内容 | 本年处理决定数量 | | |
行政处罚 | 2 | | |
行政强制 | 0 | | |
第二十条第（八）项 | | | |
信息内容 | 本年收费金额（单位：万元） | | |
行政事业性收费 | 0 | | |

三、收到和处理政府信息公开申请情况

（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 | | | | | | |
 | 自然人 | 法人或其他组织 | | | | | 总计 |
 | | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |
{rows}

四、政府信息公开行政复议、行政诉讼情况

行政复议 | | | | | 行政诉讼 | | | | | | | | | |
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | | | | | 复议后起诉 | | | | |
 | | | | | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |

五、存在的主要问题及改进情况

主动公开的范围还需扩大，下一步将加强培训。

六、其他需要报告的事项

本年度没有收取信息处理费。
"""
