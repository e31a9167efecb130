"""Section numbers → the ordinals that reports print before headings, odd ones included (V12)."""

from corpus.synthetic.render.style import Numerals
from corpus.synthetic.truth import SectionTruth, SyntheticReport

_HAN = "零一二三四五六七八九十"


def ordinal(section: SectionTruth, numerals: Numerals) -> str:
    """What is printed before the heading of a section; the annex and the front have none."""
    position = section.number
    if section.key in ("front", "annex") or numerals == "none" or (numerals == "one_lost" and position == 2):
        return ""
    han = _HAN[position] if position < len(_HAN) else str(position)
    if numerals == "skipped" and 5 <= position < len(_HAN) - 1:  # the fifth is counted as the sixth
        han = _HAN[position + 1]
    return {
        "han": f"{han}、",
        "skipped": f"{han}、",
        "one_lost": f"{han}、",
        "spaced": f"{han}、 ",
        "dot": f"{han}.",
        "arabic_pause": f"{position}、",
        "arabic_dot": f"{position}.",
        "brackets": f"（{han}）",
        "part": f"第{han}部分  ",
        "paren": f"（{position}）",
        "none": "",
    }[numerals]


def fitting(report: SyntheticReport, numerals: Numerals) -> Numerals:
    """`numerals`, unless the report's own sub-headings look the same: then the usual ones."""
    lines = [line for section in report.sections for line in section.paragraphs]
    if numerals == "brackets" and any(line.startswith("（一）") for line in lines):
        return "han"
    return numerals
