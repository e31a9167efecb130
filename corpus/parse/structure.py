"""Findings about the build of a report: sections missing, misnumbered or empty, tables that are not there (`s.*`, `p.*`)."""

from collections.abc import Iterable, Mapping, Sequence

from corpus.model import CellState, Era, Finding, Section, Severity, Table
from corpus.parse.sections import Heading
from corpus.vocabulary import STATUTORY_SECTIONS, TABLE_LABELS, label


def structure_findings(
    era: Era,
    headings: Iterable[Heading],
    sections: Sequence[Section],
    grid_sections: Sequence[str],
    tables: Mapping[str, Table],
) -> list[Finding]:
    """What is wrong with the build of a report in the format of 2019 or 2021; older reports have no fixed build."""
    findings = list(_missing_tables(tables))
    if era not in (Era.FORMAT_2019, Era.FORMAT_2021):
        return findings
    by_key = {s.key: s for s in sections}
    for number, key in enumerate(STATUTORY_SECTIONS, 1):
        section = by_key.get(key)
        if section is None:
            findings.append(_soft(f"s.section_missing:{key}", f"未找到第{number}部分“{label(key, 'section')}”", None))
        elif not section.paragraphs and key not in grid_sections:
            findings.append(_soft(f"s.section_empty:{key}", f"“{section.heading}”部分没有内容", f"s{number}"))
    for heading in headings:
        number = STATUTORY_SECTIONS.index(heading.key) + 1 if heading.key in STATUTORY_SECTIONS else 0
        if number and heading.style in {"han", "part"} and heading.ordinal not in (None, number):
            findings.append(
                Finding(
                    f"s.section_misnumbered:{heading.key}",
                    Severity.SOFT,
                    f"“{heading.text}”应为第{number}部分，编号印作{heading.ordinal}",
                    expected=number,
                    found=heading.ordinal,
                    where=f"s{number}",
                )
            )
    return findings


def damage_findings(meta: Mapping[str, str]) -> Iterable[Finding]:
    """What the reader could not read: characters of no encoding, pages that are pictures, converters that disagree."""
    if count := meta.get("damaged"):
        message = f"有 {count} 个字符无法解码（文件可能不完整），相应文字以替代符号显示"
        yield Finding("p.text_damaged", Severity.PARSE, message)
    if pages := meta.get("image_pages"):
        message = f"第 {pages} 页是图片（扫描件），其中的文字和数字没有读取"
        yield Finding("p.pages_are_images", Severity.PARSE, message)
    if pages := meta.get("recognised_pages"):
        message = f"第 {pages} 页是扫描图像，所附文字为机器识别，数字可能有误，请核对原件"
        yield Finding("p.text_recognised", Severity.PARSE, message)
    if count := meta.get("conversions_differ"):
        message = f"LibreOffice 与 antiword 读出的表格有 {count} 个数字不同，请核对原件"
        yield Finding("p.conversions_differ", Severity.PARSE, message)


def _missing_tables(tables: Mapping[str, Table]) -> Iterable[Finding]:
    for name, table in tables.items():
        if all(cell.state is CellState.ABSENT for row in table.values() for cell in row.values()):
            message = f"未读到“{TABLE_LABELS[name][0]}”表的任何数字（可能是图片或没有刊出）"
            yield Finding(f"p.table_missing:{name}", Severity.PARSE, message, where=name)


def _soft(id: str, message: str, where: str | None) -> Finding:
    return Finding(id, Severity.SOFT, message, where=where)
