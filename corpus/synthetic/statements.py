"""Which figures a report's sentences may state, by name, and which fact of the domain each name is in its era."""

from collections.abc import Mapping

from corpus.model import CellState, Era
from corpus.synthetic.ledger import APPLICANTS, YearFigures
from corpus.synthetic.truth import CellTruth, Number, RowTruth, TableTruth

GROUPS = ("denied", "unable", "rejected", "other")
FORMAT_FACTS = (
    *("new_received", "carried_in", "outcome_total", "carried_out", "granted", "partial"),
    *GROUPS,
    *("natural_person", "organisations", "review_total", "suit_total", "normative_issued", "normative_repealed"),
    "received_total",
)
STATISTICS_FACTS = {
    "received": "stat.received",
    "closed": "stat.closed",
    "replies": "stat.replies",
    "granted": "stat.reply.granted",
    "partial": "stat.reply.partial",
    "denied": "stat.reply.denied",
    "review_total": "stat.review",
    "suit_total": "stat.suit",
    "website": "stat.channel.website",
    "normative": "stat.proactive.normative_issued",
}
NARRATIVE_FACTS = {
    "received": "new_received",
    "closed": "outcome_total",
    "replies": "outcome_total",
    "granted": "granted",
    "partial": "partial",
    "denied": "denied",
    "review_total": "review_total",
    "suit_total": "suit_total",
    "normative": "normative_issued",
}
_STATISTICS_NAMES = {
    **STATISTICS_FACTS,
    "total": "stat.proactive.total",
    "articles": "stat.response.articles",
    "meetings": "stat.meeting.meetings",
    "trainings": "stat.meeting.trainings",
}


def facts_of(era: Era) -> Mapping[str, str]:
    """Name of a figure in the templates → fact that a sentence with it states."""
    if era is Era.STAT_TABLE_2014:
        return STATISTICS_FACTS
    if era is Era.NARRATIVE_2008:
        return NARRATIVE_FACTS
    return {name: name for name in FORMAT_FACTS}


def numbers(tables: Mapping[str, TableTruth], figures: YearFigures, era: Era) -> dict[str, Number]:
    """The figures that sentences may state; a figure that the table leaves out is left out here."""
    if era is Era.STAT_TABLE_2014:
        return statistics_numbers(tables["statistics"])
    if era is Era.NARRATIVE_2008:
        return _narrative_numbers(figures)
    return format_numbers(tables) | {"website": figures.work["website"]}


def _stated(cell: CellTruth | None) -> Number | None:
    return cell.value if cell is not None and cell.state is CellState.NUMBER else None


def row_figure(row: RowTruth) -> Number | None:
    """The row's total, else the sum of the applicant cells that are numbers, else `None`."""
    if (total := _stated(row.get("total"))) is not None:
        return total
    parts = [value for column in APPLICANTS if (value := _stated(row.get(column))) is not None]
    return sum(parts) if parts else None


def statistics_numbers(table: TableTruth) -> dict[str, Number]:
    """Figures of the 2014 table under the names of the templates."""
    values = {name: _stated(table[key]["count"]) for name, key in _STATISTICS_NAMES.items()}
    return {name: value for name, value in values.items() if value is not None}


def _narrative_numbers(figures: YearFigures) -> dict[str, Number]:
    total = {row: columns["total"] for row, columns in figures.applications.items()}
    return {
        "received": total["new_received"],
        "closed": total["outcome_total"],
        "replies": total["outcome_total"],
        "granted": total["granted"],
        "partial": total["partial"],
        "denied": sum(v for row, v in total.items() if row.startswith("denied.")),
        "review_total": figures.review["review"]["total"],
        "suit_total": figures.review["suit_direct"]["total"] + figures.review["suit_after_review"]["total"],
        "normative": figures.proactive["normative_docs"]["issued"],
        **{name: figures.work[name] for name in ("website", "articles", "meetings", "trainings")},
        "total": figures.work["website"] + figures.work["channel_other"],
    }


def format_numbers(tables: Mapping[str, TableTruth]) -> dict[str, Number]:
    """Figures of tables 2, 3 and 4 as a narrative states them: row figures, group sums, sums of columns."""
    applications = tables["applications"]
    found: dict[str, Number | None] = {
        name: row_figure(applications[name])
        for name in ("new_received", "carried_in", "outcome_total", "carried_out", "granted", "partial")
    }
    for group in GROUPS:
        rows = [row for key, row in applications.items() if key == group or key.startswith(f"{group}.")]
        found[group] = _sum_stated([row_figure(row) for row in rows])
    new = applications["new_received"]
    found["natural_person"] = _stated(new["natural_person"])
    found["organisations"] = _sum_stated([_stated(new[column]) for column in APPLICANTS[1:]])
    received, carried = found["new_received"], found["carried_in"]
    found["received_total"] = received + carried if received is not None and carried is not None else None
    return {
        name: value for name, value in {**found, **_remedies(tables), **_documents(tables)}.items() if value is not None
    }


def _sum_stated(values: list[Number | None]) -> Number | None:
    stated = [value for value in values if value is not None]
    return sum(stated) if stated else None


def _remedies(tables: Mapping[str, TableTruth]) -> dict[str, Number | None]:
    totals = {block: _stated(row.get("total")) for block, row in tables["review"].items()}
    suits = [totals["suit_direct"], totals["suit_after_review"]]
    return {"review_total": totals["review"], "suit_total": _sum_stated(suits)}


def _documents(tables: Mapping[str, TableTruth]) -> dict[str, Number | None]:
    row = tables["proactive"]["normative_docs"]
    return {
        "normative_issued": _stated(row.get("issued") or row.get("made")),
        "normative_repealed": _stated(row.get("repealed")),
    }
