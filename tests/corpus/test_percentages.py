"""Percentages printed behind figures are recomputed from the report's own totals."""

import pytest

from corpus.model import Era, NarrativeFact, Region, Report
from corpus.percentages import percentage_findings


def report(sentence: str, *facts: tuple[str, int, str]) -> Report:
    found = []
    for name, value, quote in facts:
        start = sentence.index(quote)
        found.append(NarrativeFact(name, value, False, start, start + len(quote), quote))
    return Report(
        title="", agency=None, agency_printed=None, agency_kind=None, year=2023, scope=None, era=Era.NARRATIVE_2008,
        region=Region(), published=None, text=sentence, sections=(), tables={}, facts=tuple(found),
    )  # fmt: skip


def found(tail: str) -> list[tuple[str, float | None, float | None]]:
    sentence = f"办结1191件，其中予以公开208件{tail}"
    stated = report(sentence, ("outcome_total", 1191, "办结1191件"), ("granted", 208, "予以公开208件"))
    return [(f.id, f.expected, f.found) for f in percentage_findings(stated)]


@pytest.mark.parametrize(
    "tail",
    [
        "（17.46%）。",
        "，占17.5%。",
        "，占办结总数的17.46％。",
        "，占比17%。",
        "，佔辦結總數的17.4%。",
        "（占17.46%）。",
    ],
)
def test_the_share_of_a_stated_total_is_right(tail: str) -> None:
    assert found(tail) == []


@pytest.mark.parametrize("tail", ["（71.46%）。", "，占办结总数的18.2%。", "，占比17.64%。"])
def test_another_share_is_a_finding_with_the_nearest_one(tail: str) -> None:
    ((id, expected, printed),) = found(tail)
    assert (id, expected) == ("d.percentage_differs:granted", 17.46)
    assert str(printed) in tail


@pytest.mark.parametrize("tail", ["，占约18%。", "，同比增长18%。", "，满意率99%。", "。占比18%。", ""])
def test_what_is_no_plain_share_is_left_alone(tail: str) -> None:
    assert found(tail) == []


def test_a_share_of_nothing_stated_is_left_alone() -> None:
    alone = report("予以公开208件（17.46%）。", ("granted", 208, "予以公开208件"))
    assert list(percentage_findings(alone)) == []
