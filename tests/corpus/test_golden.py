"""All that is read of the kept samples, line by line, as someone went through it beside the source.

After a wanted change: `GONGKAI_WRITE_GOLDEN=1 pytest tests/corpus/test_golden.py`, then read the difference.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus
from corpus.checks import check_report
from corpus.model import Report
from corpus.parse.report import parse_document
from corpus.readers import read_document

GOLDEN = Path(__file__).with_name("golden")
SOURCES = sorted((Path(corpus.__file__).parent / "samples").glob("*/source.*"))


def lines(report: Report) -> Iterator[str]:
    region = report.region
    for name, value in (
        ("title", report.title), ("agency", report.agency), ("printed", report.agency_printed), ("kind", report.agency_kind),
        ("year", report.year), ("scope", report.scope), ("form", report.era), ("published", report.published),
        ("region", f"{region.province} {region.city} {region.county} {region.township} {region.code}"),
    ):  # fmt: skip
        yield f"{name}: {value}"
    for section in report.sections:
        yield f"section {section.number} {section.key} {section.start}-{section.end}: {section.heading}"
    for table, rows in report.tables.items():
        for row, columns in rows.items():
            cells = " ".join(f"{c}={cell.raw or '·'}/{cell.state}" for c, cell in columns.items())
            yield f"{table}.{row}: {cells}"
    for fact in report.facts:
        yield f"fact {fact.fact} {fact.value}{' approximate' * fact.approximate}: {fact.quote}"
    for reference in report.references:
        yield f"reference {reference.kind} {reference.canonical}: {reference.raw}"
    for finding in (*report.findings, *check_report(report)):
        yield f"finding {finding.id}: {finding.message}"
    yield from report.text.split("\n")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.name)
def test_everything_read_is_what_was_reviewed(source: Path) -> None:
    (report,) = parse_document(read_document(source.read_bytes(), source.name))
    read = "\n".join(lines(report)) + "\n"
    kept = GOLDEN / f"{source.parent.name}.txt"
    if os.environ.get("GONGKAI_WRITE_GOLDEN"):
        kept.write_text(read, encoding="utf-8")
    assert read == kept.read_text(encoding="utf-8")
