"""The vocabulary of the field, loaded from `vocab/*.toml`: sections, rows, columns, reasons, eras and their labels.

Keys are stable and never reused. Nothing here reads a report; matching printed labels is `corpus.parse.labels`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from corpus.model import Era

Entry = Mapping[str, Any]


@cache
def load(name: str) -> Mapping[str, Any]:
    """The parsed file `vocab/{name}.toml`."""
    text = resources.files("corpus").joinpath("vocab", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the vocabulary with the wording of the form and its English gloss."""

    key: str
    label: str
    label_en: str = ""
    article: str = ""
    unit: str | None = None
    aliases: tuple[str, ...] = ()


def _terms(file: str, kind: str) -> tuple[Term, ...]:
    return tuple(
        Term(
            key=e["key"],
            label=e.get("label", e["key"]),
            label_en=e.get("label_en", ""),
            article=e.get("article", ""),
            unit=e.get("unit"),
            aliases=tuple(e.get("aliases", ())),
        )
        for e in load(file).get(kind, ())
    )


SECTIONS: Final = _terms("sections", "section")
SECTION_KEYS: Final[tuple[str, ...]] = tuple(s.key for s in SECTIONS)
STATUTORY_SECTIONS: Final[tuple[str, ...]] = ("overview", "proactive", "applications", "remedies", "problems", "other")

ERAS: Final = _terms("eras", "era")

APPLICATION_COLUMNS: Final[tuple[str, ...]] = tuple(c.key for c in _terms("applications", "column"))
APPLICANT_COLUMNS: Final[tuple[str, ...]] = APPLICATION_COLUMNS[:-1]
_APPLICATION_TERMS: Final = _terms("applications", "row")
APPLICATION_ROWS_2021: Final[tuple[str, ...]] = tuple(t.key for t in _APPLICATION_TERMS if t.key != "other")
APPLICATION_ROWS_2019: Final[tuple[str, ...]] = tuple(
    t.key for t in _APPLICATION_TERMS if not t.key.startswith("other.")
)
APPLICATION_ROWS: Final[Mapping[Era, tuple[str, ...]]] = {
    Era.FORMAT_2019: APPLICATION_ROWS_2019,
    Era.FORMAT_2021: APPLICATION_ROWS_2021,
}

PROACTIVE_FORM: Final[Mapping[Era, Mapping[str, tuple[str, ...]]]] = {
    era: {
        row["key"]: tuple(row["columns"][era.value]) for row in load("proactive")["row"] if era.value in row["columns"]
    }
    for era in (Era.FORMAT_2019, Era.FORMAT_2021)
}

REVIEW_BLOCKS: Final[tuple[str, ...]] = tuple(b.key for b in _terms("review", "block"))
REVIEW_COLUMNS: Final[tuple[str, ...]] = tuple(c.key for c in _terms("review", "column"))

STATISTICS: Final = _terms("statistics", "row")
STATISTICS_ROWS: Final[tuple[str, ...]] = tuple(t.key for t in STATISTICS)

REASONS: Final[tuple[Term, ...]] = tuple(
    t for t in (*_APPLICATION_TERMS, *STATISTICS)
    if t.key.startswith(("denied.", "unable.", "rejected.", "other.", "stat.denied.")) or t.key == "other"
)  # fmt: skip
"""The statutory grounds for not giving what was asked, in the order of the forms."""
REASON_KEYS: Final[tuple[str, ...]] = tuple(t.key for t in REASONS)

PROBLEMS: Final = _terms("problems", "problem")
"""Problems of reading and structure by the family of their finding, `p.row_missing`."""
REJECTIONS: Final = _terms("problems", "rejection")
"""Why a printed figure became no cell, by `RejectedFigure.reason`."""

KIND_LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "people_government": ("人民政府", "People's government"),
    "general_office": ("政府办公厅（室）", "General office"),
    "department": ("政府部门", "Department"),
    "township_government": ("乡镇人民政府", "Township government"),
    "subdistrict_office": ("街道办事处", "Subdistrict office"),
    "zone_committee": ("开发区管委会", "Zone committee"),
    "branch": ("派出机构、分局", "Branch"),
    "vertical": ("垂直管理机构", "Vertically managed body"),
    "central": ("国务院部门", "Central body"),
    "institution": ("公共企事业单位", "Public institution"),
}
TABLE_LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "applications": ("收到和处理政府信息公开申请情况", "Applications"),
    "proactive": ("主动公开政府信息情况", "Proactive disclosure"),
    "review": ("政府信息公开行政复议、行政诉讼情况", "Review and litigation"),
    "statistics": ("政府信息公开情况统计表", "Statistics table"),
}
GROUP_LABELS: Final[Mapping[str, tuple[str, str]]] = {
    g["key"]: (g["label"], g.get("label_en", "")) for g in load("applications")["group"]
}


@cache
def _labels() -> Mapping[tuple[str, str], tuple[str, str]]:
    table: dict[tuple[str, str], tuple[str, str]] = {}
    for scope, terms in (
        ("section", SECTIONS),
        ("era", ERAS),
        ("applications", _APPLICATION_TERMS),
        ("applications.column", _terms("applications", "column")),
        ("proactive", _terms("proactive", "row")),
        ("proactive.column", _terms("proactive", "column")),
        ("review", _terms("review", "block")),
        ("review.column", _terms("review", "column")),
        ("statistics", STATISTICS),
        ("reason", REASONS),
        ("problem", PROBLEMS),
        ("rejection", REJECTIONS),
    ):
        for term in terms:
            table[scope, term.key] = (term.label, term.label_en or term.label)
    for scope, pairs in (("kind", KIND_LABELS), ("table", TABLE_LABELS), ("group", GROUP_LABELS)):
        for key, pair in pairs.items():
            table[scope, key] = pair
    table["section", "front"] = ("标题和前言", "Front matter")
    table["statistics.column", "count"] = ("统计数", "Count")
    return table


def label(key: str, scope: str | None = None, lang: str = "zh") -> str:
    """The wording of the form for `key` (`lang` "zh") or its gloss ("en"); the key itself when it has none.

    `scope` names the axis (`section`, `era`, `kind`, `table`, `group`, `reason`, `applications`, `applications.column`,
    `proactive`, `proactive.column`, `review`, `review.column`, `statistics`, `problem`,
    `rejection`); without it the first that knows the key.
    """
    labels = _labels()
    scopes = [scope] if scope is not None else [s for s, k in labels if k == key]
    pair = labels.get((scopes[0], key)) if scopes else None
    if pair is None:
        return key
    return pair[0] if lang == "zh" else pair[1]


def dictionary_words() -> Iterator[str]:
    """Words of the field that a segmenter should know: labels of the forms and standing terms, shortest useful pieces."""
    seen: set[str] = set()
    for word in load("words")["words"]:
        if word not in seen:
            seen.add(word)
            yield word
