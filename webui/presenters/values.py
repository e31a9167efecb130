"""Small display values shared by pages: labels of closed sets, dates, sizes. Pure functions of value and language."""

from collections.abc import Mapping
from typing import Final

from archive import ReportSummary
from corpus.model import Cell, CellState
from corpus.vocabulary import label, load
from webui.messages import message

_LABELLED: Final[Mapping[str, str]] = {"kind": "kind", "era": "era", "reason": "reason", "section": "section"}
"""Facets whose values are keys of the vocabulary, and the scope of their labels."""

SOURCES_WITHOUT_LABEL: Final = frozenset(
    {"title", "html_title", "signature", "line_beside_title", "breadcrumb", "period", "given", "preface", "siteidcode"}
)
"""Places on a page that have no printed label of their own."""
_META_TAGS: Final[Mapping[str, str]] = {
    name.lower(): name for name in ("ContentSource", "PubDate", "ArticleTitle", "ColumnType", "ColumnName", "SiteName")
}
"""Meta tags of government sites as the standard writes them."""
_GROUPED: Final = ("denied", "unable", "rejected", "other")


def facet_value(facet: str, value: object, given: str, language: str) -> str:
    """The label of one facet value: from the vocabulary for closed sets, else as `given` by the index."""
    key = str(value)
    if facet == "reason":
        return reason_label(key, language)
    if facet in _LABELLED:
        return label(key, _LABELLED[facet], language)
    if facet == "issue":
        return check_label(key, language)
    return given or key


def check_label(family: str, language: str) -> str:
    """What a check holds against each other, or a problem of reading is called, with its id (`收办不平 t3.balance`)."""
    checks = {entry["id"]: entry for entry in load("checks")["check"]}
    found = checks.get(family) or checks.get(family.partition(".")[0])
    if found is None:
        name = label(family, "problem", language)
        return family if name == family else f"{name} {family}"
    return f"{found['label' if language == 'zh' else 'label_en']} {family}"


def reason_label(key: str, language: str) -> str:
    """A reason with what sets it apart from its namesakes (`其他处理：其他`, `统计表：涉及国家秘密`)."""
    name = label(key, "reason", language)
    if key.startswith("stat."):
        return message("reasons.legacy", language, name=name)
    if key == "other.misc":
        return message("reasons.within", language, group=label("other", "group", language), name=name)
    return name


def reason_group(key: str) -> str:
    """The group a reason belongs to: `denied`, `unable`, `rejected`, `other` or `stat.denied`."""
    if key.startswith("stat.denied."):
        return "stat.denied"
    head = key.partition(".")[0]
    return head if head in _GROUPED else "other"


def day(moment: str | None) -> str:
    """The day of an ISO moment; empty when unknown."""
    return (moment or "")[:10]


def moment(text: str | None) -> str:
    """An ISO moment to the minute, as people read it (`2024-05-06 08:30 UTC`); empty when unknown."""
    if not text:
        return ""
    return f"{text[:10]} {text[11:16]} UTC" if len(text) >= 16 else text


def file_name(path: str) -> str:
    """The name of a file without its folders, which are nobody's business."""
    return path.replace("\\", "/").rpartition("/")[2]


def safe_link(url: str) -> bool:
    """Whether an address from a document may be a link: web addresses only."""
    return url.startswith(("http://", "https://"))


def source_name(source: str, language: str) -> str:
    """What a place on a page is called; labels printed there, and meta tags, are their own name."""
    if source in SOURCES_WITHOUT_LABEL:
        return message(f"evidence_source.{source}", language)
    return _META_TAGS.get(source, source)


def number_text(value: float | None) -> str:
    """A number as people read it (`1,204`, `3.5`); a dash when there is none."""
    if value is None:
        return "—"
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,}"
    return f"{int(value):,}"


def cell_text(cell: Cell) -> str:
    """What is printed in a cell; empty for a blank or absent one."""
    return cell.raw.strip() if cell.state not in (CellState.BLANK, CellState.ABSENT) else ""


def summary_json(summary: ReportSummary) -> dict[str, object]:
    """A line of `list --json` and of `/api/v1/reports`."""
    return {
        "id": summary.id,
        "version": summary.version,
        "title": summary.title,
        "agency": summary.agency,
        "year": summary.year,
        "format_era": summary.era.value,
        "findings": summary.finding_count,
    }
