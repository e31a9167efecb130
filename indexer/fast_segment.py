"""The cuts of jieba made by `rjieba`, several times faster: the only user of it. Optional, and never used unproven.

rjieba cuts as jieba does but for runs of ASCII with signs in them (`0574-89285667`), which are cut again here by jieba's own
rule. Whether both give the same tokens is tried out on a probe before an index is written, once for every version and
dictionary, and noted beside jieba's prepared dictionary.
"""

import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

_ASCII_WORD: Final = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_LINES: Final = re.compile(r"\n|[^\n]+")
_SIGNED: Final = re.compile(r"[a-zA-Z0-9]*[-_#&+.%][-a-zA-Z0-9_#&+.%]*")
_FIGURE: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?%?")
"""Runs with such signs; those that are a figure are one word for both."""
_SIGNS: Final = "-_#&+.%"
"""All that a word of jieba can hold beside letters, digits and Han."""
_PROBES: Final = 3000
_RULES: Final = 2
"""Counts the changes of what is done here beside rjieba: what was proven before is not proven now."""


@cache
def installed() -> str:
    """The name and version of the accelerator; empty when it is not installed."""
    try:
        return f"rjieba {version('rjieba')}"
    except PackageNotFoundError:
        return ""


def has_signs(text: str) -> bool:
    """Whether a word of the text can hold anything beside letters, digits and Han."""
    return any(map(text.__contains__, _SIGNS))


class FastTokenizer:
    """Has the two methods of jieba's tokenizer that are used."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        """`frequencies`: the words added to jieba's dictionary with the frequencies jieba gave them, in that order."""
        import rjieba  # here, for it is optional and costs a fifth of a second

        self._jieba: Any = rjieba.Jieba()
        for word, frequency in frequencies.items():
            self._jieba.add_word(word, frequency, None)

    def cut(self, text: str) -> Iterator[str]:
        """The precise cut."""
        return _recut(self._jieba.cut(text))

    def cut_for_search(self, text: str) -> list[str]:
        """The cut of search mode: every word after the known words of two and three characters inside it."""
        found: list[str] = []
        if not has_signs(text) or all(map(_FIGURE.fullmatch, _SIGNED.findall(text))):
            found = self._jieba.cut_for_search(text)
        elif "\n" in text:  # lines are cut by themselves: only those with such runs take the longer way
            for line in _LINES.findall(text):
                found += self.cut_for_search(line)
        else:
            found += self._search_words(text)
        return found

    def _search_words(self, line: str) -> Iterator[str]:
        for word in self.cut(line):
            for size in (2, 3):
                if len(word) > size:
                    pieces = (word[n : n + size] for n in range(len(word) - size + 1))
                    yield from (piece for piece in pieces if self._jieba.has_word(piece))
            yield word


def _recut(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if len(word) > 1 and word.isascii() and has_signs(word):
            yield from (piece for piece in _ASCII_WORD.split(word) if piece)
        else:
            yield word


def proven(note: Path, dictionary: str) -> dict[str, int] | None:
    """The frequencies to cut with, when the note says that the installed versions were found equal with that dictionary."""
    try:
        noted = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    frequencies: dict[str, int] | None = noted.get("frequencies") if isinstance(noted, dict) else None
    return frequencies if frequencies and noted == _note(dictionary, frequencies) else None


def prove(note: Path, dictionary: str, reference: Any, words: Sequence[str]) -> None:
    """Compares both on the probe and notes what came out; the note holds until a version or the dictionary changes."""
    frequencies = {word: int(reference.FREQ[word]) for word in words}
    fast = FastTokenizer(frequencies)
    equal = all(
        list(reference.cut(text)) == list(fast.cut(text))
        and list(reference.cut_for_search(text)) == list(fast.cut_for_search(text))
        for text in probe(words, _PROBES)
    )
    note.write_text(json.dumps(_note(dictionary, frequencies if equal else None)) + "\n", encoding="utf-8")


def _note(dictionary: str, frequencies: Mapping[str, int] | None) -> dict[str, object]:
    versions = {"jieba": version("jieba"), "fast": installed(), "rules": _RULES}
    return {**versions, "dictionary": dictionary, "frequencies": frequencies}


def decided(note: Path, dictionary: str) -> bool:
    """Whether the note, with whatever outcome, is about the installed versions and that dictionary."""
    try:
        noted = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(noted, dict) and _note(dictionary, noted.get("frequencies")) == noted


def probe(words: Sequence[str], count: int) -> Iterator[str]:
    """Texts that could be cut differently: words of the field run together, signs and figures, rare characters."""
    chance = random.Random(20231)
    yield from (f"政府信息{sign}公开\n{sign}\n\n增长3.5%，年度 报告\n" for sign in ("", "+", "a-b", "。"))
    signs = "ab09z" * 2 + "+#&._%-" * 2 + "，。、（）《》：“”年月日件号 /:"
    common = "中国政府信息公开申请行政复议诉讼的了在和有人大不为工作年度报告市县区局委办理部门第一二三十"
    for number in range(count):
        match number % 4:
            case 0:
                yield "".join(chance.choices(words, k=chance.randint(1, 6)))
            case 1:
                yield "".join(chance.choices(signs + common[:8], k=chance.randint(2, 24)))
            case 2:
                pieces = [chance.choice(words) if chance.random() < 0.4 else chance.choice(common) for _ in range(14)]
                yield "".join(pieces) + str(chance.randrange(10_000))
            case _:
                yield "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(chance.randint(2, 20)))
