"""Decides which characters a document's bytes are; no parser ever sees bytes, and no label is believed unchecked.

It does not parse markup, normalise line ends or change a character.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from corpus.errors import ReadError

REPLACEMENT = "\ufffd"

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Control characters that text exports do hold: bell (cell marks of Word), tab, line ends, form feed, DOS end of file.
_CONTROLS = bytes(b for b in range(0x20) if b not in b"\x00\x07\t\n\v\f\r\x1a\x1b") + b"\x7f"
_DECLARATION = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.\-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.\-]{2,40})""",
    re.IGNORECASE,
)
_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]{1,4000}")
_HEAD = 4096
_SAMPLE = 20_000
_DETECTED = 1 << 17
# Characters every report is full of, simplified and traditional, and the punctuation between them. Decoded rightly,
# real and synthetic reports reach 0.3 to 0.6 of their non-ASCII characters; decoded wrongly they stay below 0.03.
_FREQUENT = frozenset(
    "的一二三四五六七八九十年月日市县縣区區府政信息公开開报報告情况況工作数數有不在和为為了是人行中国國机機关關"
    "理主动動申请請办辦法规規条條例项項其他本局大上以个個要进進发發文件部门門对對于務务民会會"
    "，。、：；（）“”《》〔〕　"
)
_PLAUSIBLE = 0.1


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding by its lower-case Python name, and how many U+FFFD stand for bytes that fit nothing."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """`data` as text. `declared` is a label from outside (an HTTP header); labels inside are found in the first 4 KiB.

    1. A byte order mark decides.
    2. UTF-8 decides where the bytes are UTF-8, but for a cut last character or a few broken ones.
    3. Labels (gb2312, gbk → gb18030), the detector's guess, gb18030 and big5: the first that decodes to plausible
       Chinese without a fault, but for a cut last character.
    4. Else the one of them that leaves the fewest bytes over, plausible Chinese first.
    Raises `ReadError` for bytes that are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            damaged = text.count(REPLACEMENT)
            if encoding != "utf-8" or damaged * 50 <= len(text):
                return _checked(text, encoding, damaged)
            data = data[len(mark) :]
            break
    sixteen = _refuse_binary(data)
    if sixteen is not None:
        return sixteen
    return _as_utf8(data) or _by_candidates(data, declared)


def _refuse_binary(data: bytes) -> Decoded | None:
    """UTF-16 without a mark where the zero bytes say so; `ReadError` for what is no text; else `None`."""
    zeros = data.count(0)
    if zeros:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = _strict(data, encoding)
            if text is not None and "\0" not in text[0] and _plausible(text[0], ascii_too=True):
                return Decoded(text[0], encoding, text[1])
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if zeros * 1000 > len(data) or controls * 20 > len(data):
        raise ReadError(
            f"内容是二进制数据，不是文本（{len(data)} 字节中有 {zeros} 个零字节、{controls} 个控制字符）",
            hint="请另存为网页或文本后导入。",
        )
    return None


def _checked(text: str, encoding: str, damaged: int) -> Decoded:
    zeros = text.count("\0")
    if zeros * 1000 > len(text):
        raise ReadError(
            f"内容是二进制数据，不是文本（按 {encoding} 解码后有 {zeros} 个零字符）", hint="请另存为网页或文本后导入。"
        )
    return Decoded(text.replace("\0", REPLACEMENT) if zeros else text, encoding, damaged + zeros)


def _strict(data: bytes, encoding: str) -> tuple[str, int] | None:
    """The text and 1 for a character cut at the very end (0 otherwise); `None` when anything else is not `encoding`."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        text = decoder.decode(data)
        try:
            return text + decoder.decode(b"", True), 0
        except UnicodeDecodeError:
            return text + REPLACEMENT, 1
    except (UnicodeDecodeError, LookupError):
        return None


def _as_utf8(data: bytes) -> Decoded | None:
    """UTF-8 where the bytes are that: whole, cut at the end, or with so few broken places that nothing else fits."""
    strict = _strict(data, "utf-8")
    if strict is not None and (not strict[1] or not strict[0][:-1].isascii()):
        return _checked(strict[0].removeprefix("\ufeff"), "utf-8", strict[1])
    text = data.decode("utf-8", "replace")
    damaged = text.count(REPLACEMENT)
    # GBK read as UTF-8 breaks at nearly every character; a page cut into its description breaks once.
    if damaged * 50 <= len(text) and damaged * 50 <= sum(1 for c in text if c >= "\u0800" and c != REPLACEMENT):
        return _checked(text, "utf-8", damaged)
    return None


def _canonical(label: str) -> str | None:
    encoding: str | None = map_encoding_to_html5(label.strip(), False)
    if encoding in ("gbk", "gb2312"):
        return "gb18030"
    # A label that can be read as ASCII is no UTF-16; UTF-8 has had its turn.
    return None if encoding is None or encoding.startswith(("utf-16", "utf-8")) else encoding.lower()


def _candidates(data: bytes, declared: str | None) -> Iterator[str]:
    labels: list[str] = [declared] if declared else []
    for match in _DECLARATION.finditer(data[:_HEAD]):
        labels.append((match.group(1) or match.group(2)).decode("ascii", "replace"))
    labels.append(str(detect_encoding(data, max_len=_DETECTED)))
    yield from dict.fromkeys(e for e in (*map(_canonical, labels), "gb18030", "big5") if e)


def _by_candidates(data: bytes, declared: str | None) -> Decoded:
    candidates = list(_candidates(data, declared))
    for encoding in candidates:
        strict = _strict(data, encoding)
        if strict is not None and _plausible(strict[0]):
            return _checked(strict[0], encoding, strict[1])
    texts = {e: data.decode(e, "replace") for e in candidates}
    best = min(texts, key=lambda e: (not _plausible(texts[e]), texts[e].count(REPLACEMENT)))
    damaged = texts[best].count(REPLACEMENT)
    if damaged * 5 > sum(map(len, _OUTSIDE_ASCII.findall(texts[best]))):
        raise ReadError(
            f"无法确定文本编码：按 {best} 解码，{len(texts[best])} 个字符中有 {damaged} 个损坏",
            hint="请以 UTF-8 或 GB18030 另存后导入。",
        )
    return _checked(texts[best], best, damaged)


def _plausible(text: str, *, ascii_too: bool = False) -> bool:
    """Whether `text` is Chinese by its most frequent characters; with `ascii_too` plain ASCII is plausible as well."""
    sample = ""
    for run in _OUTSIDE_ASCII.finditer(text):
        sample += run.group()
        if len(sample) >= _SAMPLE:
            break
    if not sample:
        return ascii_too and "\0" not in text
    return sum(map(_FREQUENT.__contains__, sample)) >= _PLAUSIBLE * len(sample)
