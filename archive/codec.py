"""Report ⇄ JSON: the reading that the catalog keeps, without loss, and the public form of `contract.md` section 2.

Nothing is computed here but the order of keys; figures that follow from others come from `corpus.figures`.
"""

from collections.abc import Mapping
from typing import Any

from archive.model import StoredReport
from corpus.figures import denial_reasons, derived
from corpus.model import (
    AgencyKind,
    Cell,
    CellState,
    Era,
    Finding,
    NarrativeFact,
    Origin,
    Paragraph,
    Reference,
    Region,
    RejectedFigure,
    Report,
    Scope,
    Section,
    Severity,
    Statement,
    StatementUse,
    Table,
)

Json = dict[str, Any]

_TABLES = ("applications", "proactive", "review", "statistics")
_TABLES_WITH_UNITS = ("proactive", "statistics")
_COUNT = "count"


# --- the reading: everything, compactly -------------------------------------------------------------------------------


def reading_of(report: Report) -> Json:
    """The whole report as JSON values; `report_from_reading` gives the same report back."""
    return {
        "title": report.title,
        "agency": report.agency,
        "agency_printed": report.agency_printed,
        "agency_kind": report.agency_kind,
        "year": report.year,
        "scope": report.scope,
        "era": report.era,
        "region": region_to_json(report.region),
        "published": report.published,
        "text": report.text,
        "sections": [_section_reading(s, report.text) for s in report.sections],
        "tables": {
            name: {row: {column: _cell_reading(cell) for column, cell in cells.items()} for row, cells in table.items()}
            for name, table in report.tables.items()
        },
        "facts": [_fact_to_json(fact) for fact in report.facts],
        "references": [_reference_to_json(reference) for reference in report.references],
        "findings": [finding_to_json(finding) for finding in report.findings],
        "rejected": [[r.text, r.start, r.end, r.grid, r.row, r.column, r.reason] for r in report.rejected],
        "evidence": dict(report.evidence),
        "statements": [[s.field, s.source, s.value, s.use] for s in report.statements],
    }


def report_from_reading(data: Mapping[str, Any]) -> Report:
    """The report that `reading_of` wrote down."""
    text = data["text"]
    kind, scope = data["agency_kind"], data["scope"]
    return Report(
        title=data["title"],
        agency=data["agency"],
        agency_printed=data["agency_printed"],
        agency_kind=None if kind is None else AgencyKind(kind),
        year=data["year"],
        scope=None if scope is None else Scope(scope),
        era=Era(data["era"]),
        region=Region(**data["region"]),
        published=data["published"],
        text=text,
        sections=tuple(_section_from(section, text) for section in data["sections"]),
        tables={name: _table_from(table) for name, table in data["tables"].items()},
        facts=tuple(NarrativeFact(**fact) for fact in data["facts"]),
        references=tuple(Reference(**reference) for reference in data["references"]),
        findings=tuple(finding_from_json(finding) for finding in data["findings"]),
        rejected=tuple(RejectedFigure(*figure) for figure in data.get("rejected", ())),
        evidence=data["evidence"],
        statements=tuple(
            Statement(field, source, value, StatementUse(use))
            for field, source, value, use in data.get("statements", ())
        ),
    )


def _section_reading(section: Section, text: str) -> Json:
    # A paragraph is its place; its characters are written out only if they are not what stands there.
    paragraphs: list[list[Any]] = [
        [p.start, p.end] if text[p.start : p.end] == p.text else [p.start, p.end, p.text] for p in section.paragraphs
    ]
    return {
        "number": section.number,
        "key": section.key,
        "heading": section.heading,
        "start": section.start,
        "end": section.end,
        "paragraphs": paragraphs,
    }


def _section_from(data: Mapping[str, Any], text: str) -> Section:
    paragraphs = tuple(
        Paragraph(start, end, other[0] if other else text[start:end]) for start, end, *other in data["paragraphs"]
    )
    return Section(data["number"], data["key"], data["heading"], data["start"], data["end"], paragraphs)


def _cell_reading(cell: Cell) -> Json:
    """Only what differs from an empty cell."""
    data: Json = {"state": cell.state}
    if cell.raw:
        data["raw"] = cell.raw
    for name in ("value", "start", "end", "unit"):
        if (value := getattr(cell, name)) is not None:
            data[name] = value
    if (origin := cell.origin) is not None:
        data["origin"] = [origin.grid, origin.row, origin.column, origin.label, origin.header, origin.rule]
    return data


def _table_from(data: Mapping[str, Any]) -> Table:
    return {row: {column: _cell_from(cell) for column, cell in cells.items()} for row, cells in data.items()}


def _cell_from(data: Mapping[str, Any]) -> Cell:
    origin = data.get("origin")
    return Cell(
        CellState(data["state"]),
        data.get("raw", ""),
        data.get("value"),
        data.get("start"),
        data.get("end"),
        data.get("unit"),
        None if origin is None else Origin(*origin),
    )


# --- shared by both forms ---------------------------------------------------------------------------------------------


def region_to_json(region: Region) -> Json:
    """The levels of a region in the contract's order."""
    return {
        "province": region.province,
        "city": region.city,
        "county": region.county,
        "township": region.township,
        "code": region.code,
        "evidence": dict(region.evidence),
    }


def finding_to_json(finding: Finding) -> Json:
    """One finding in the contract's order."""
    return {
        "id": finding.id,
        "severity": finding.severity,
        "message": finding.message,
        "expected": finding.expected,
        "found": finding.found,
        "where": finding.where,
    }


def finding_from_json(data: Mapping[str, Any]) -> Finding:
    """The finding that `finding_to_json` wrote down."""
    return Finding(
        data["id"], Severity(data["severity"]), data["message"], data["expected"], data["found"], data["where"]
    )


def _fact_to_json(fact: NarrativeFact) -> Json:
    return {
        "fact": fact.fact,
        "value": fact.value,
        "approximate": fact.approximate,
        "start": fact.start,
        "end": fact.end,
        "quote": fact.quote,
    }


def _reference_to_json(reference: Reference) -> Json:
    return {
        "kind": reference.kind,
        "canonical": reference.canonical,
        "raw": reference.raw,
        "start": reference.start,
        "end": reference.end,
    }


# --- the public form --------------------------------------------------------------------------------------------------


def report_to_json(stored: StoredReport) -> Json:
    """A stored report exactly as `contract.md` section 2 says. `corrections` is there only when a person made some."""
    report = stored.report
    data: Json = {
        "id": stored.id,
        "version": stored.version,
        "versions": [{"version": v.version, "sha256": v.sha256, "archived_at": v.archived_at} for v in stored.versions],
        "permalink": f"/r/{stored.id}",
        "cite_as": f"/r/{stored.id}/v{stored.version}",
        "title": report.title,
        "agency": report.agency,
        "agency_printed": report.agency_printed,
        "agency_kind": report.agency_kind,
        "year": report.year,
        "scope": report.scope,
        "format_era": report.era,
        "region": region_to_json(report.region),
        "published": report.published,
        "sources": [
            {
                "url": s.url,
                "path": s.path,
                "member": s.member,
                "media_type": s.media_type,
                "encoding": s.encoding,
                "sha256": s.sha256,
                "retrieved_at": s.retrieved_at,
            }
            for s in stored.sources
        ],
        "sections": [
            {"number": s.number, "key": s.key, "heading": s.heading, "start": s.start, "end": s.end, "text": s.text}
            for s in report.sections
        ],
        "tables": {name: _table_to_json(name, report.tables[name]) for name in _TABLES if name in report.tables},
        "derived": derived(report),
        "denial_reasons": denial_reasons(report),
        "narrative_facts": [_fact_to_json(fact) for fact in report.facts],
        "references": [_reference_to_json(reference) for reference in report.references],
        "findings": [finding_to_json(finding) for finding in stored.findings],
    }
    if stored.corrections:
        data["corrections"] = [
            {"changes": dict(c.changes), "reason": c.reason, "who": c.who, "made_at": c.made_at}
            for c in stored.corrections
        ]
    return data


def _table_to_json(name: str, table: Table) -> Json:
    if name == "statistics":
        return {row: _cell_to_json(name, cells[_COUNT]) for row, cells in table.items()}
    return {row: {column: _cell_to_json(name, cell) for column, cell in cells.items()} for row, cells in table.items()}


def _cell_to_json(table: str, cell: Cell) -> Json:
    data: Json = {"value": cell.value, "raw": cell.raw, "state": cell.state}
    if table in _TABLES_WITH_UNITS or cell.unit is not None:
        data["unit"] = cell.unit
    data["start"] = cell.start
    data["end"] = cell.end
    return data
