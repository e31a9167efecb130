"""The pages about the domain's data: the checks and the vocabulary of the forms."""

from collections.abc import Iterator, Mapping
from typing import Any

from markdown import code, page, table

from corpus.checks import CheckKind, check_kinds
from corpus.facts import fact_kinds
from corpus.model import AgencyKind, CellState, Era
from corpus.vocabulary import (
    APPLICATION_COLUMNS,
    APPLICATION_ROWS_2019,
    APPLICATION_ROWS_2021,
    ERAS,
    PROACTIVE_FORM,
    REASONS,
    REVIEW_BLOCKS,
    REVIEW_COLUMNS,
    SECTIONS,
    STATISTICS,
    STATUTORY_SECTIONS,
    label,
    load,
)

READING = {
    "p.row_missing": ("parse", "a row of the form was not found in the table"),
    "p.row_duplicate": ("parse", "a row is printed twice with different figures; the first is taken"),
    "p.columns_shifted": ("parse", "a row has more or fewer cells than the form; which figure belongs where is open, so none is taken"),
    "p.header_order": ("parse", "the columns stand in another order than the form's; they are read by their header"),
    "p.header_incomplete": ("parse", "labels of columns are missing; the form's order is assumed, or nothing taken where that is unsafe"),
    "p.unknown_label": ("parse", "a row is none of the form; its figures are not taken"),
    "p.text_damaged": ("parse", "characters could not be decoded; the file may be incomplete"),
    "p.pages_are_images": ("parse", "pages of a PDF or Word file are pictures; what is on them was not read"),
    "p.text_recognised": ("parse", "the text is a machine's reading of a scanned page; figures are to be compared with the original"),
    "p.conversions_differ": ("parse", "two converters of an old Word file give different figures; compare with the original"),
    "p.orphan_figures": ("parse", "figures stand under no label; they are not taken"),
    "p.table_missing": ("parse", "no figure of a statutory table was read: it may be an image, or not printed"),
    "s.section_missing": ("soft", "one of the six statutory sections was not found"),
    "s.section_empty": ("soft", "a statutory section has a heading and nothing below it"),
    "s.section_misnumbered": ("soft", "a section carries another number than its statutory one"),
    "s.year_conflict": ("soft", "title, period or date state different years"),
    "s.region_conflict": ("soft", "the site's code places the body elsewhere than its name"),
    "s.agency_ambiguous": ("parse", "another body of the same name is in the archive; the two are kept apart"),
    "d.published_late": ("soft", "the stated date is after the statutory one (since 2019 departments 31 January, others 31 March)"),
    "d.percentage_differs": ("soft", "a percentage printed behind a figure of a sentence is the share of none of the report's totals"),
    "d.same_figures": ("soft", "all figures are those of another report; the earliest names the next one, all others name the earliest"),
    "d.same_text": ("soft", "the narrative is that of another report, own name and years aside"),
}  # fmt: skip
"""Findings of reading and structure, by the part of their id before the colon: severity and meaning."""

STATES = {
    CellState.NUMBER: "a number is printed; only this state has a `value`",
    CellState.BLANK: "the cell is printed and empty; never taken for zero",
    CellState.DASH: "a dash: `-`, `—`, `－` …",
    CellState.SLASH: "a slash: `/` or `\\`",
    CellState.TEXT: "words, such as 无 or 不适用, or a number with a remark; `raw` has them",
    CellState.ABSENT: "nothing is printed for this cell, or it cannot be told which figure is its own",
}


# --- checks ----------------------------------------------------------------------------------------------------------


def checks_page() -> str:
    """Every check and every other finding."""
    kinds = check_kinds()
    facts = [
        (code(f"n.{key}"), kind.label, kind.label_en)
        for key, kind in fact_kinds().items()
        if kind.checked and not key.startswith("stat.")
    ]
    return page(
        "Checks and findings",
        "A finding says what is wrong with, or doubtful about, a report. Figures are never repaired: `found` is what is printed, "
        "`expected` what follows from the other figures, `where` the cell, section or characters concerned. An id is "
        "`check` or `check:subject`.",
        table(
            ("severity", "meaning"),
            [
                ("`hard`", "an identity of the form that must hold"),
                ("`soft`", "one that may break honestly, or a sign of carelessness"),
                ("`parse`", "a problem of reading: the report may be right"),
            ],
        ),
        "## Accounting identities",
        "A blank, `/` or `—` among the addends counts as 0 and is named in the message; a sum with words or nothing printed "
        "among its addends is not evaluated, nor one whose total, or whose every addend, states no number.",
        table(("id", "severity", "name", "holds when", "example"), [_check(kind) for kind in kinds.values()]),
        *(f"{code(kind.id)}: {kind.explanation}" for kind in kinds.values() if not kind.id.startswith("ls.")),
        "## Figures in sentences",
        "`n.<fact>`: the figure that a sentence states differs from the table's. Approximate figures (余, 多, 近, 约) take no part. "
        "Reports with the table of 2014 are checked in the same way under the keys of its rows (`n.stat.received` …).",
        table(("id", "fact", "English"), facts),
        "## Reading, structure, document",
        table(("id", "severity", "meaning"), [(code(key), code(s), text) for key, (s, text) in READING.items()]),
    )


def _check(kind: CheckKind) -> tuple[str, ...]:
    name = kind.id + (f":<{kind.subject}>" if kind.subject and kind.id != "n" else "")
    shown = "n.<fact>" if kind.id == "n" else name
    return code(shown), code(kind.strength.value), f"{kind.label} ({kind.label_en})", kind.formula, kind.example


# --- vocabulary ------------------------------------------------------------------------------------------------------


def vocabulary_page() -> str:
    """Keys and labels of everything a report holds."""
    return page(
        "Vocabulary",
        "Keys are stable and never reused; labels are the wording of the forms. The data is in `corpus/vocab/`, with the other "
        "wordings that are accepted (aliases) and known misprints (slips).",
        "## Eras",
        table(("key", "label", "English", "years", "basis"), list(_eras())),
        "The era is decided by the labels that are printed, not by the year.",
        "## Sections",
        table(("key", "number", "label", "English", "article"), list(_sections())),
        "Before 2019 sections are numbered as printed. `front` is everything before the first heading, `annex` a part of "
        "its own after the last.",
        "## Table 2, proactive disclosure (`proactive`)",
        table(("row", "label", "English", "item of 第二十条", "columns 2021", "columns 2019"), list(_proactive())),
        table(("column", "label", "English"), [_axis(key, "proactive.column") for key in _proactive_columns()]),
        "## Table 3, applications (`applications`)",
        table(("column", "label", "English"), [_axis(key, "applications.column") for key in APPLICATION_COLUMNS]),
        table(("row", "ordinal", "label", "English", "article", "forms"), list(_applications())),
        f"The form of 2021 has {len(APPLICATION_ROWS_2021)} rows, that of 2019 has {len(APPLICATION_ROWS_2019)}.",
        "## Reasons",
        "The rows that say why something was not given, as the filter `reason` takes them.",
        table(("key", "label", "English", "article"), [_reason(term) for term in REASONS]),
        "## Table 4, review and litigation (`review`)",
        table(("row", "label", "English"), [_axis(key, "review") for key in REVIEW_BLOCKS]),
        table(("column", "label", "English"), [_axis(key, "review.column") for key in REVIEW_COLUMNS]),
        "## The table of 2014 (`statistics`)",
        "One column, `count`. The wording of the form is from memory; provinces add rows, which become findings.",
        table(
            ("row", "label", "English", "unit"), [(code(t.key), t.label, t.label_en, t.unit or "") for t in STATISTICS]
        ),
        "## Kinds of bodies",
        table(("key", "label", "English"), [_axis(kind.value, "kind") for kind in AgencyKind]),
        "## States of a cell",
        table(("state", "meaning"), [(code(state.value), STATES[state]) for state in CellState]),
    )


def _axis(key: str, scope: str) -> tuple[str, str, str]:
    return code(key), label(key, scope), label(key, scope, "en")


def _eras() -> Iterator[tuple[str, ...]]:
    entries: dict[str, Mapping[str, Any]] = {e["key"]: e for e in load("eras")["era"]}
    for term in ERAS:
        entry = entries[term.key]
        yield code(term.key), term.label, term.label_en, entry["years"], entry["basis"]


def _sections() -> Iterator[tuple[str, ...]]:
    for term in SECTIONS:
        number = str(STATUTORY_SECTIONS.index(term.key) + 1) if term.key in STATUTORY_SECTIONS else ""
        yield code(term.key), number, term.label, term.label_en, term.article


def _proactive() -> Iterator[tuple[str, ...]]:
    for row in load("proactive")["row"]:
        columns = [PROACTIVE_FORM[era].get(row["key"], ()) for era in (Era.FORMAT_2021, Era.FORMAT_2019)]
        shown = [", ".join(code(key) for key in keys) for keys in columns]
        yield code(row["key"]), row["label"], row.get("label_en", ""), row["item"], *shown


def _proactive_columns() -> list[str]:
    return [column["key"] for column in load("proactive")["column"]]


def _applications() -> Iterator[tuple[str, ...]]:
    groups = {group["key"]: group.get("ordinal", "") for group in load("applications")["group"]}
    for row in load("applications")["row"]:
        key = row["key"]
        forms = [
            name for name, rows in (("2019", APPLICATION_ROWS_2019), ("2021", APPLICATION_ROWS_2021)) if key in rows
        ]
        ordinal = " ".join(part for part in (groups.get(row.get("parent", ""), ""), row.get("ordinal", "")) if part)
        names = (label(key, "applications"), label(key, "applications", "en"))
        yield code(key), ordinal, *names, row.get("article", ""), ", ".join(forms)


def _reason(term: Any) -> tuple[str, ...]:
    return code(term.key), term.label, term.label_en, term.article
