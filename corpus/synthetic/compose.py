"""Figures → text: gives a report its sections, and lists the facts and references that they state."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from corpus.model import Era
from corpus.synthetic import prose_formats, prose_legacy
from corpus.synthetic.statements import facts_of
from corpus.synthetic.templates import Writer, prose
from corpus.synthetic.truth import Number, SectionTruth, SyntheticReport
from corpus.synthetic.world import province

_SUFFIX_OF_ALL = {"省": "全省", "市": "全市", "区": "全区", "县": "全县"}


def compose(report: SyntheticReport, misstated: Mapping[str, Number] | None = None) -> SyntheticReport:
    """`report` with its sections written from its figures. The same report gives the same text.

    `misstated` maps facts to the wrong value that the text shall state instead of the table's.
    """
    writer = _writer(report, misstated or {})
    layout = Random(f"{report.seed}|layout")
    front: tuple[str, ...]
    if report.era in (Era.FORMAT_2019, Era.FORMAT_2021):
        titles = prose_formats.headings(report.era, layout)
        writer.words = {**writer.words, "six": "、".join(titles.values())}
        front = tuple(prose_formats.preface(writer, report.era, report.scope))
        sections = prose_formats.sections(writer, titles, report.era)
    else:
        front = tuple(prose_legacy.preface(writer, report.scope))
        sections = prose_legacy.sections(writer, report.era, layout)
    _state_the_rest(sections, writer, misstated or {})
    if layout.random() < 0.4:
        _sign(sections, report)
    return replace(
        report,
        sections=(SectionTruth(0, "front", "", front), *sections),
        facts=tuple(dict.fromkeys(writer.facts)),
        references=tuple(dict.fromkeys(writer.references)),
    )


def _writer(report: SyntheticReport, misstated: Mapping[str, Number]) -> Writer:
    rng = Random(f"{report.seed}|prose")
    facts = dict(facts_of(report.era))
    numbers = dict(report.numbers)
    if numbers.get("carried_in") == 0:
        facts["received_total"] = "new_received"
    if misstated:
        numbers.pop("received_total", None)
    numbers |= {name: misstated[fact] for name, fact in facts.items() if fact in misstated and name != "received_total"}
    for row, cells in report.tables.get("applications", {}).items():
        numbers[f"reason:{row}"] = int(any((cell.value or 0) > 0 for cell in cells.values()))
    return Writer(rng, _words(report), numbers, facts, han_numerals=rng.random() < 0.06)


def _words(report: SyntheticReport) -> dict[str, str]:
    region = report.region
    place = region.county or region.city or region.province or province()
    return {
        "y": str(report.year),
        "next": str(report.year + 1),
        "we": report.we,
        "agency": report.agency,
        "place": place,
        "all": _SUFFIX_OF_ALL[place[-1]],
        "site": report.site.name,
    }


def _state_the_rest(sections: list[SectionTruth], writer: Writer, misstated: Mapping[str, Number]) -> None:
    """Add a plain sentence for every misstated fact that the chosen sentences do not state."""
    stated = {fact.fact for fact in writer.facts}
    extra = [writer.fill(prose("applications")["fact"][fact]) for fact in misstated if fact not in stated]
    if extra:
        overview = sections[0]
        sections[0] = replace(overview, paragraphs=(*overview.paragraphs, "".join(extra)))


def _sign(sections: list[SectionTruth], report: SyntheticReport) -> None:
    """Put agency and date under the last section that is no annex."""
    if report.published is None:
        return
    year, month, day = (int(part) for part in report.published.split("-"))
    last = max(i for i, section in enumerate(sections) if section.key != "annex")
    lines = (report.agency, f"{year}年{month}月{day}日")
    sections[last] = replace(sections[last], paragraphs=(*sections[last].paragraphs, *lines))
