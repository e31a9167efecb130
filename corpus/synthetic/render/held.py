"""The truth that a rendering still holds: what is printed as it is printed, and nothing that the layout lost."""

from collections.abc import Callable, Set
from dataclasses import replace

from corpus.synthetic.render.characters import converted
from corpus.synthetic.render.digits import Hand
from corpus.synthetic.render.style import Style
from corpus.synthetic.truth import NOT_PRINTED, CellTruth, Place, SyntheticReport, TableTruth


def held(report: SyntheticReport, style: Style, hand: Hand, lost: Set[Place]) -> SyntheticReport:
    """`report` as far as it can be read from a rendering in `style` whose layout lost those figures."""

    def change(text: str) -> str:
        return converted(text, style.traditional)

    return replace(
        report,
        agency_printed=change(report.agency_printed),
        title_lines=tuple(map(change, report.title_lines)),
        published=report.published if _date_is_printed(report, style) else None,
        sections=tuple(
            replace(s, heading=change(s.heading), paragraphs=tuple(map(change, s.paragraphs))) for s in report.sections
        ),
        facts=tuple(replace(fact, sentence=change(fact.sentence)) for fact in report.facts),
        references=tuple(replace(ref, raw=change(ref.raw)) for ref in report.references),
        tables={name: _table(name, table, style, hand, lost, change) for name, table in report.tables.items()},
    )


def _table(
    name: str, table: TableTruth, style: Style, hand: Hand, lost: Set[Place], change: Callable[[str], str]
) -> TableTruth:
    def printed(row: str, column: str, cell: CellTruth) -> CellTruth:
        if style.tables == "images" or Place(name, row, column) in lost:
            return NOT_PRINTED
        written = hand.write(cell, Place(name, row, column))
        raw = change(written.raw)
        return written if raw == written.raw else replace(written, raw=raw)

    return {row: {c: printed(row, c, cell) for c, cell in cells.items()} for row, cells in table.items()}


def _date_is_printed(report: SyntheticReport, style: Style) -> bool:
    if report.published is None:
        return False
    if style.text_chrome or (style.container == "html" and style.chrome):
        return True
    year, month, day = (int(part) for part in report.published.split("-"))
    line = f"{year}年{month}月{day}日"
    return any(line in section.paragraphs for section in report.sections)
