"""How each figure of a report was read: its cell in print, the wording of the vocabulary that matched, the rule; or why not."""

from dataclasses import asdict, dataclass
from typing import Any

from corpus.model import Cell, Origin, Report
from corpus.parse.labels import find_labels
from corpus.vocabulary import label


@dataclass(frozen=True, slots=True)
class Explanation:
    """One cell of the report's form and the way it was read; of a cell that was not read, what the findings say."""

    place: str
    """`applications.denied.third_party.total`."""
    state: str
    raw: str
    value: int | float | None
    start: int | None
    end: int | None
    origin: Origin | None
    row_alias: str
    """The wording of the vocabulary that the printed row label matched, squashed; empty when it was known by place."""
    column_alias: str
    findings: tuple[str, ...]
    """Ids of the findings that name this cell, its row or its table."""


def explain(report: Report) -> list[Explanation]:
    """Every cell of the report's form, in the order of the form."""
    return [
        _explanation(report, table, row, column, cell)
        for table, rows in report.tables.items()
        for row, columns in rows.items()
        for column, cell in columns.items()
    ]


def _explanation(report: Report, table: str, row: str, column: str, cell: Cell) -> Explanation:
    place = f"{table}.{row}.{column}"
    origin = cell.origin
    return Explanation(
        place=place,
        state=cell.state.value,
        raw=cell.raw,
        value=cell.value,
        start=cell.start,
        end=cell.end,
        origin=origin,
        row_alias=_alias(table, origin.label, row) if origin else "",
        column_alias=_alias(table, origin.header, column) if origin else "",
        findings=tuple(f.id for f in report.findings if f.where in {table, f"{table}.{row}", place}),
    )


def _alias(table: str, printed: str, key: str) -> str:
    return next((found.alias for found in find_labels(table, printed) if found.key == key), "")


def evidence(report: Report) -> dict[str, str]:
    """What each statement about who, when and where rests on; those about the region as `region.city` and so on."""
    return {**report.evidence, **{f"region.{key}": said for key, said in report.region.evidence.items()}}


def explain_to_json(report: Report) -> dict[str, Any]:
    """`evidence` and `statements`: who, when, where; `cells` with their way; `rejected`: figures that no cell took, and why."""
    return {
        "evidence": evidence(report),
        "statements": [asdict(statement) for statement in report.statements],
        "cells": [asdict(explanation) for explanation in explain(report)],
        "rejected": [{**asdict(r), "why": label(r.reason, "rejection")} for r in report.rejected],
    }
