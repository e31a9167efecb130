"""Figures of a year → the cells of the statutory tables of an era, with the habits of agencies that leave zeros out."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from random import Random

from corpus.model import CellState, Era
from corpus.synthetic.ledger import APPLICANTS, COLUMNS, OUTCOMES, REVIEW_BLOCKS, REVIEW_FIELDS, YearFigures, split
from corpus.synthetic.truth import CellTruth, Number, Place, TableTruth

BLANK = CellTruth(CellState.BLANK)

TABLES = ("proactive", "applications", "review", "statistics")

_HEAD_ROWS = ("new_received", "carried_in")
_TAIL_ROWS = ("outcome_total", "carried_out")

PROACTIVE_ROWS: Mapping[str, Mapping[Era, Mapping[str, tuple[str, ...]]]] = {
    "1": {
        Era.FORMAT_2021: dict.fromkeys(("rules", "normative_docs"), ("issued", "repealed", "in_force")),
        Era.FORMAT_2019: dict.fromkeys(("rules", "normative_docs"), ("made", "newly_published", "published_total")),
    },
    "5": {
        Era.FORMAT_2021: {"licensing": ("decisions",)},
        Era.FORMAT_2019: dict.fromkeys(("licensing", "other_services"), ("prior_items", "change", "decisions")),
    },
    "6": {
        Era.FORMAT_2021: dict.fromkeys(("penalty", "coercion"), ("decisions",)),
        Era.FORMAT_2019: dict.fromkeys(("penalty", "coercion"), ("prior_items", "change", "decisions")),
    },
    "8": {
        Era.FORMAT_2021: {"admin_fees": ("amount",)},
        Era.FORMAT_2019: {"admin_fees": ("prior_items", "change")},
    },
    "9": {Era.FORMAT_2021: {}, Era.FORMAT_2019: {"procurement": ("projects", "amount")}},
}
"""Block (item of 第二十条) → form → row → columns; an empty block is not printed."""

Cells = dict[str, dict[str, CellTruth]]
Habit = Callable[[Place, CellTruth], CellTruth]


@lru_cache(maxsize=4096)
def number_cell(value: Number, *, signed: bool = False, unit: str | None = None, suffix: str = "") -> CellTruth:
    """A printed number; `signed` prints a plus before a growth, `suffix` the unit behind the digits."""
    raw = f"{value:+d}" if signed and value and isinstance(value, int) else str(value)
    return CellTruth(CellState.NUMBER, value, raw + suffix, unit)


def application_rows(era: Era) -> tuple[str, ...]:
    """Row keys of table 3 in printed order: 25 in 2021, 23 in 2019, where 其他处理 is one row."""
    outcomes = [row for row in OUTCOMES if era is Era.FORMAT_2021 or not row.startswith("other.")]
    if era is not Era.FORMAT_2021:
        outcomes.append("other")
    return (*_HEAD_ROWS, *outcomes, *_TAIL_ROWS)


def tables(
    figures: YearFigures, era: Era, forms: Mapping[str, Era], habit: Habit, rng: Random
) -> dict[str, TableTruth]:
    """The tables a report of that era prints; none for the narrative era."""
    if era is Era.NARRATIVE_2008:
        return {}
    if era is Era.STAT_TABLE_2014:
        return {"statistics": _with_habit("statistics", _statistics(figures, rng), habit)}
    plain = {
        "proactive": _proactive(figures, forms, rng),
        "applications": _applications(figures, era),
        "review": _review(figures),
    }
    return {name: _with_habit(name, cells, habit) for name, cells in plain.items()}


def _with_habit(table: str, cells: Cells, habit: Habit) -> TableTruth:
    return {r: {c: habit(Place(table, r, c), cell) for c, cell in row.items()} for r, row in cells.items()}


def _applications(figures: YearFigures, era: Era) -> Cells:
    counts = dict(figures.applications)
    counts["other"] = {c: sum(counts[r][c] for r in OUTCOMES if r.startswith("other.")) for c in COLUMNS}
    return {row: {c: number_cell(counts[row][c]) for c in COLUMNS} for row in application_rows(era)}


def _review(figures: YearFigures) -> Cells:
    fields = (*REVIEW_FIELDS, "total")
    return {block: {f: number_cell(figures.review[block][f]) for f in fields} for block in REVIEW_BLOCKS}


def _proactive(figures: YearFigures, forms: Mapping[str, Era], rng: Random) -> Cells:
    cells: Cells = {}
    for block, form in forms.items():
        for row, columns in PROACTIVE_ROWS[block][form].items():
            cells[row] = {c: _proactive_cell(row, c, figures.proactive[row][c], rng) for c in columns}
    return cells


def _proactive_cell(row: str, column: str, value: Number, rng: Random) -> CellTruth:
    if column == "amount" and row == "admin_fees":
        return number_cell(value, unit="万元")
    if column == "amount":
        return _procurement_amount(int(value), rng)
    return number_cell(value, signed=column == "change")


def _procurement_amount(yuan: int, rng: Random) -> CellTruth:
    kind = rng.choice(("bare", "元", "万元"))
    if kind == "元":
        return number_cell(yuan, unit="元", suffix="元")
    if kind == "万元":
        hundredths = yuan // 100
        ten_thousands = hundredths // 100 if hundredths % 100 == 0 else hundredths / 100
        return number_cell(ten_thousands, unit="万元", suffix="万元")
    return number_cell(yuan)


# The table of 2014 ---------------------------------------------------------------------------------------------------


def statistics_counts(figures: YearFigures, rng: Random) -> dict[str, Number]:
    """The figures of the 2014 table by key; its sums hold."""
    work = figures.work
    counts: dict[str, Number] = {
        "stat.proactive.total": work["website"] + work["channel_other"],
        "stat.proactive.normative": min(work["normative"], work["website"]),
        "stat.proactive.normative_issued": work["normative"],
        **{f"stat.channel.{c}": work[c] for c in ("gazette", "website", "weibo", "wechat")},
        "stat.channel.other": work["channel_other"],
        **{f"stat.response.{k}": work[k] for k in ("events", "press", "press_leader", "interview", "interview_leader")},
        "stat.response.articles": work["articles"],
        "stat.response.social": work["social"],
        "stat.response.other": work["response_other"],
        "stat.complaints": work["complaints"],
        "stat.fees": 0,
        **{f"stat.org.{k}": work[k] for k in ("offices", "points", "staff_full_time", "staff_part_time", "budget")},
        "stat.org.staff": work["staff_full_time"] + work["staff_part_time"],
        **{f"stat.meeting.{k}": work[k] for k in ("meetings", "trainings", "trainees")},
    }
    return counts | _statistics_of_requests(figures, rng) | _statistics_of_remedies(figures)


def _statistics_of_requests(figures: YearFigures, rng: Random) -> dict[str, Number]:
    total = {row: columns["total"] for row, columns in figures.applications.items()}
    received, closed = total["new_received"], total["outcome_total"]
    channels = dict(zip(("online", "in_person", "letter", "fax"), split(received, (5, 3, 2, 0.4), rng), strict=True))
    extended = int(closed * 0.08 * figures.work["extended"])
    trade, privacy = split(total["denied.third_party"], (1, 1), rng)
    public, granted = split(total["granted"], (1, 2), rng)
    not_exist, not_ours = split(total["unable.not_held"], (1, 1), rng)
    insiders = ("internal_affairs", "process_info", "enforcement_file", "admin_query")
    denied = {
        "state_secret": total["denied.state_secret"],
        "trade_secret": trade,
        "privacy": privacy,
        "safety": total["denied.safety_stability"],
        "not_gov_info": sum(total[f"denied.{row}"] for row in insiders),
        "law_other": total["denied.law_prohibited"],
    }
    replies = {
        "already_public": public,
        "granted": granted,
        "partial": total["partial"],
        "denied": sum(denied.values()),
        "not_ours": not_ours,
        "not_exist": not_exist,
        "correction": total["unable.unclear"] + total["other.correction_overdue"],
    }
    replies["other_channel"] = closed - sum(replies.values())
    return {
        "stat.received": received,
        **{f"stat.received.{k}": v for k, v in channels.items()},
        "stat.closed": closed,
        "stat.closed.on_time": closed - extended,
        "stat.closed.extended": extended,
        "stat.replies": closed,
        **{f"stat.reply.{k}": v for k, v in replies.items()},
        **{f"stat.denied.{k}": v for k, v in denied.items()},
    }


def _statistics_of_remedies(figures: YearFigures) -> dict[str, Number]:
    counts: dict[str, Number] = {}
    for key, blocks in (("stat.review", ("review",)), ("stat.suit", ("suit_direct", "suit_after_review"))):
        for column in ("upheld", "corrected"):
            counts[f"{key}.{column}"] = sum(figures.review[b][column] for b in blocks)
        counts[f"{key}.other"] = sum(figures.review[b][f] for b in blocks for f in ("other", "pending"))
        counts[key] = sum(figures.review[b]["total"] for b in blocks)
    return counts


def _statistics(figures: YearFigures, rng: Random) -> Cells:
    money = ("stat.fees", "stat.org.budget")
    counts = statistics_counts(figures, rng)
    return {k: {"count": number_cell(v, unit="万元" if k in money else None)} for k, v in counts.items()}


# Habits --------------------------------------------------------------------------------------------------------------


def _is_zero(cell: CellTruth) -> bool:
    return cell.state is CellState.NUMBER and cell.value == 0


def _keep(place: Place, cell: CellTruth) -> CellTruth:
    return cell


def _marks_for_rules(mark: CellTruth) -> Habit:
    """Bodies that make no rules and take no fees strike those cells out."""

    def habit(place: Place, cell: CellTruth) -> CellTruth:
        struck = place.table == "proactive" and place.row in ("rules", "admin_fees")
        return mark if struck and _is_zero(cell) else cell

    return habit


def _marks_for_zeros(mark: CellTruth) -> Habit:
    """Every zero of tables 3 and 4 (or of the 2014 table) is left blank or struck out."""

    def habit(place: Place, cell: CellTruth) -> CellTruth:
        return mark if place.table != "proactive" and _is_zero(cell) else cell

    return habit


def _only_totals(place: Place, cell: CellTruth) -> CellTruth:
    return BLANK if place.table == "applications" and place.column in APPLICANTS else cell


def _totals_of_main_rows(place: Place, cell: CellTruth) -> CellTruth:
    inner = place.table == "applications" and place.row not in (*_HEAD_ROWS, *_TAIL_ROWS)
    return BLANK if inner and place.column == "total" else cell


def _one_blank(place: Place, cell: CellTruth) -> CellTruth:
    lone = place == Place("review", "suit_direct", "pending")
    return BLANK if lone and _is_zero(cell) else cell


def _remarks(place: Place, cell: CellTruth) -> CellTruth:
    """A remark behind the figure makes the cell words: 22（其中修订16件）."""
    if place.row != "normative_docs" or place.column not in ("issued", "made") or not cell.value:
        return cell
    return CellTruth(CellState.TEXT, raw=f"{cell.raw}（其中修订1件）")


HABITS: Mapping[str, Habit] = {
    "zeros": _keep,
    "rules_slash": _marks_for_rules(CellTruth(CellState.SLASH, raw="/")),
    "rules_dash": _marks_for_rules(CellTruth(CellState.DASH, raw="—")),
    "rules_words": _marks_for_rules(CellTruth(CellState.TEXT, raw="无")),
    "zeros_blank": _marks_for_zeros(BLANK),
    "zeros_dash": _marks_for_zeros(CellTruth(CellState.DASH, raw="-")),
    "only_totals": _only_totals,
    "totals_of_main_rows": _totals_of_main_rows,
    "one_blank": _one_blank,
    "remarks": _remarks,
}
"""How an agency fills in its forms; the first prints every zero."""


def choose_habit(seed: str, slug: str) -> str:
    """The habit of an agency, the same in all years so that what is carried over stays comparable."""
    rng = Random(f"{seed}|{slug}|habit")
    if rng.random() < 0.62:
        return "zeros"
    return rng.choice([name for name in HABITS if name != "zeros"])
