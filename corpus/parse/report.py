"""Document → reports. The stages, in order:

1. Site chrome and publication metadata are taken off (`readers.chrome`); metadata values go to `meta`.
2. Loose labels and figures become stream grids (`regrid`); only where no marks of a table were printed.
   Tables cut by a page break are put together (`continued`).
3. The document is split at the titles of reports, where it holds several (`split`).
4. Headings are chosen: the statutory six, or the document's own before 2019 (`sections`).
5. Text, sections and grids are written down with their offsets (`compose`).
6. The statutory tables are read (`tables`); they decide the era, headings and year do where there is none.
7. Agency, year, region, scope, date (`identity`); figures in sentences (`narrative`); references.
8. Findings: of reading, of structure, of the accounting identities (`checks`).

A document with neither a report's title nor its sections nor its tables is no report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.checks import check_report
from corpus.deadline import late_finding
from corpus.errors import NotAReportError, ReadError
from corpus.model import Era, Finding, Report, Section, Table
from corpus.parse.compose import Composition, compose
from corpus.parse.continued import join_tables
from corpus.parse.identity import Identity, identify
from corpus.parse.narrative import find_facts
from corpus.parse.references import find_references
from corpus.parse.regrid import regrid
from corpus.parse.sections import Heading, candidates, legacy_run, statutory_run, unswallow
from corpus.parse.split import split_reports
from corpus.parse.structure import damage_findings, structure_findings
from corpus.parse.tables import TableReading, read_tables
from corpus.percentages import percentage_findings
from corpus.readers.blocks import Block, Document
from corpus.readers.chrome import strip_chrome
from corpus.text import to_simplified
from corpus.vocabulary import STATUTORY_SECTIONS

_LEAST_FIGURES = 10
_TAIL_LINES = 10


def parse_document(document: Document, *, agency: str | None = None, year: int | None = None) -> list[Report]:
    """All reports the document holds, in printed order.

    `agency` and `year`, given by a person, win over what is printed. Raises `NotAReportError` where there is none,
    `ReadError` for a scan without text; such a scan is a report without figures where both are given.
    """
    blocks, meta = strip_chrome(document.blocks, document.meta)
    parts = split_reports(join_tables(regrid(unswallow(blocks))))
    found = [report for part in parts if (report := _parse_part(part, meta, agency, year)) is not None]
    if not found and "image_pages" in meta:
        raise ReadError(
            "这是扫描件：各页都是图片，没有可读的文字，数字不作识别（无 OCR）",
            hint="原件已存档。可用 --agency 机关 --year 年度 登记为一份报告（其数字均为缺失），或另寻文字版本。",
            code="scanned",
        )
    if not found:
        raise NotAReportError(
            "没有找到年度报告的标题、章节或统计表",
            hint="如果它确是年度报告，请检查正文是否为图片，或另存为网页、文本后再导入。",
        )
    return found


@dataclass(frozen=True, slots=True)
class _Layout:
    """A part after stages 4–6."""

    headings: Sequence[Heading]
    composition: Composition
    reading: TableReading
    era: Era


def _parse_part(
    blocks: Sequence[Block], meta: Mapping[str, str], agency: str | None, year: int | None
) -> Report | None:
    layout = _lay_out(blocks)
    text, sections = layout.composition.text, layout.composition.sections
    identity = _identify(text, sections, meta, agency, year)
    said = agency is not None and year is not None and "image_pages" in meta
    if not said and not _is_report(layout, identity):
        return None
    era = _settle_era(layout, identity.year)
    tables = layout.reading.tables(era)
    report = Report(
        title=identity.title,
        agency=identity.agency,
        agency_printed=identity.agency_printed,
        agency_kind=identity.kind,
        year=identity.year,
        scope=identity.scope,
        era=era,
        region=identity.region,
        published=identity.published,
        text=text,
        sections=sections,
        tables=tables,
        facts=tuple(find_facts(sections, tables, era, identity.year)),
        references=tuple(find_references(text)),
        rejected=layout.reading.rejected(tables),
        evidence=identity.evidence,
        statements=identity.statements,
    )
    damage = tuple(damage_findings(meta))
    return replace(report, findings=(*damage, *_findings(report, layout, tables, identity)))


def _findings(report: Report, layout: _Layout, tables: Mapping[str, Table], identity: Identity) -> tuple[Finding, ...]:
    reading = layout.reading.findings(tables)
    structure = structure_findings(
        report.era, layout.headings, report.sections, layout.composition.grid_sections, tables
    )
    stated = (*late_finding(report), *percentage_findings(report))
    return (*identity.findings, *stated, *structure, *reading, *check_report(report))


def _lay_out(blocks: Sequence[Block]) -> _Layout:
    found = candidates(blocks)
    run = statutory_run(blocks, found)
    statutory = _is_statutory(run)
    headings = [*run, *_annexes(found, run)] if statutory else legacy_run(blocks, found)
    composition = compose(blocks, {h.index: h for h in headings}, _numbers(headings, not statutory))
    reading = read_tables(composition.grids, composition.grid_sections)
    era = reading.era
    if era is None:
        era = _era_by_headings(run, headings)
    elif era is Era.STAT_TABLE_2014 and statutory:
        headings = legacy_run(blocks, found)
        composition = compose(blocks, {h.index: h for h in headings}, _numbers(headings, True))
        reading = read_tables(composition.grids, composition.grid_sections)
    elif era in (Era.FORMAT_2019, Era.FORMAT_2021) and not statutory and run:
        headings = [*run, *_annexes(found, run)]
        composition = compose(blocks, {h.index: h for h in headings}, _numbers(headings, False))
        reading = read_tables(composition.grids, composition.grid_sections)
    return _Layout(headings, composition, reading, era)


def _era_by_headings(run: Sequence[Heading], headings: Sequence[Heading]) -> Era:
    if _is_statutory(run):
        return Era.FORMAT_2021
    with_form = any(h.key == "annex" and "统计表" in to_simplified(h.text) for h in headings)
    return Era.STAT_TABLE_2014 if with_form else Era.NARRATIVE_2008


def _is_statutory(run: Sequence[Heading]) -> bool:
    """Whether the headings are those of the formats of 2019 and 2021: 收到和处理… is the one no older report has."""
    return len(run) >= 4 and any(h.key == "applications" and "处理" in to_simplified(h.text) for h in run)


def _annexes(found: Sequence[Heading], run: Sequence[Heading]) -> list[Heading]:
    last = run[-1].index if run else 0
    return [h for h in found if h.key == "annex" and h.index > last][:1]


def _numbers(headings: Sequence[Heading], as_printed: bool) -> dict[int, int]:
    """Block index → number: the statutory one of the key, or the place in the document before 2019."""
    if as_printed:
        return {h.index: n for n, h in enumerate(headings, 1)}
    known = {key: n for n, key in enumerate(STATUTORY_SECTIONS, 1)}
    return {h.index: known.get(h.key, len(known) + 1) for h in headings}


def _settle_era(layout: _Layout, year: int | None) -> Era:
    """The tables decide; without any that tells, headings of the new formats and the year do; of a scan the year alone."""
    if layout.reading.era is None and not layout.composition.text and year is not None and year >= 2014:
        return Era.STAT_TABLE_2014 if year < 2019 else Era.FORMAT_2019 if year < 2021 else Era.FORMAT_2021
    if layout.reading.era is not None or layout.era is not Era.FORMAT_2021:
        return layout.era
    return Era.FORMAT_2019 if year is not None and year in (2019, 2020) else Era.FORMAT_2021


def _identify(
    text: str, sections: Sequence[Section], meta: Mapping[str, str], agency: str | None, year: int | None
) -> Identity:
    front = [p.text for s in sections if s.key == "front" for p in s.paragraphs]
    lines = [p.text for s in sections for p in s.paragraphs]
    return identify(meta, front, lines[-_TAIL_LINES:], text, agency=agency, year=year)


def _is_report(layout: _Layout, identity: Identity) -> bool:
    figures = sum(len(row) for reading in layout.reading.readings.values() for row in reading.cells.values())
    named = "title" in identity.evidence.get("title", "")
    headings = len(layout.headings)
    return figures >= _LEAST_FIGURES or _is_statutory(layout.headings) or (named and headings >= 2)
