"""What exports and mirrors do to running text: lost digits, pinyin readings, entities. Figures in tables stay untouched."""

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from random import Random

from corpus.synthetic.truth import SyntheticReport

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(?=[至止，])")
_NUMBER_END = re.compile(r"(〔\d{4})〕(\d{1,4})号")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def dropped_digits(report: SyntheticReport) -> SyntheticReport:
    """`report` after an export that lost 年 in periods and 〕…号 in document numbers (V14); such numbers name nothing."""

    def damage(text: str) -> str:
        return _NUMBER_END.sub(r"\1\2", _DATE.sub(r"\1\2月\3日", text))

    sections = tuple(replace(s, paragraphs=tuple(map(damage, s.paragraphs))) for s in report.sections)
    text = "\n".join(section.text for section in sections)
    return replace(
        report,
        sections=sections,
        facts=tuple(replace(fact, sentence=damage(fact.sentence)) for fact in report.facts),
        references=tuple(reference for reference in report.references if reference.raw in text),
    )


@cache
def _readings() -> dict[str, str]:
    text = files("corpus.synthetic").joinpath("pinyin.toml").read_text(encoding="utf-8")
    readings: dict[str, str] = tomllib.loads(text)["reading"]
    return readings


def with_pinyin(text: str) -> str:
    """`text` with the reading behind every character that the table knows: `统(tǒng)` (V19)."""
    readings = _readings()
    return "".join(f"{char}({readings[char]})" if char in readings else char for char in text)


def with_entities(markup: str, rng: Random) -> str:
    """A page with some Han characters of its body written as numeric entities (V20)."""
    head, body, rest = markup.partition("<body")
    changed = _HAN.sub(lambda match: f"&#{ord(match[0])};" if rng.random() < 0.05 else match[0], rest)
    return head + body + changed
