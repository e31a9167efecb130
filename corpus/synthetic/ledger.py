"""The figures of one agency through all years, such that every identity between them holds. Knows no form and no text."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from random import Random

from corpus.synthetic.truth import Number
from corpus.synthetic.world import YEARS, Agency

APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")
COLUMNS = (*APPLICANTS, "total")

OUTCOMES: Mapping[str, float] = {
    "granted": 0.40,
    "partial": 0.11,
    "denied.state_secret": 0.004,
    "denied.law_prohibited": 0.013,
    "denied.safety_stability": 0.004,
    "denied.third_party": 0.026,
    "denied.internal_affairs": 0.014,
    "denied.process_info": 0.02,
    "denied.enforcement_file": 0.015,
    "denied.admin_query": 0.012,
    "unable.not_held": 0.22,
    "unable.needs_creation": 0.02,
    "unable.unclear": 0.01,
    "rejected.petition": 0.03,
    "rejected.repeat": 0.015,
    "rejected.publication": 0.003,
    "rejected.excessive": 0.002,
    "rejected.confirm_reissue": 0.005,
    "other.correction_overdue": 0.02,
    "other.fee_overdue": 0.004,
    "other.misc": 0.05,
}
"""Rows of 本年度办理结果 (2021) and how often each comes up."""

REVIEW_BLOCKS = ("review", "suit_direct", "suit_after_review")
REVIEW_FIELDS = ("upheld", "corrected", "other", "pending")

_APPLICANT_WEIGHTS = (0.9, 0.065, 0.003, 0.004, 0.014, 0.014)
_EARLY_SHARE = {
    2008: 0.05,
    2009: 0.08,
    2010: 0.12,
    2011: 0.16,
    2012: 0.2,
    2013: 0.25,
    2014: 0.3,
    2015: 0.36,
    2016: 0.42,
}
_EARLY_SHARE |= {2017: 0.5, 2018: 0.6, 2019: 0.7, 2020: 0.8, 2021: 0.9, 2022: 1.0, 2023: 1.05, 2024: 1.12, 2025: 1.2}


@dataclass(frozen=True, slots=True)
class YearFigures:
    """All figures of one agency for one year, keyed as in the widest form."""

    applications: Mapping[str, Mapping[str, int]]
    """Row → column → count, with the rows of 2021."""
    review: Mapping[str, Mapping[str, int]]
    proactive: Mapping[str, Mapping[str, Number]]
    """Row → column → figure, with the columns of 2019 and of 2021."""
    work: Mapping[str, Number]
    """Publishing, responses, staff, meetings: rows of the 2014 table that nothing else determines."""


def split(total: int, weights: Sequence[float], rng: Random) -> list[int]:
    """`total` distributed over the weights at random; the parts add up to it."""
    bounds = list(accumulate(weights))
    parts = [0] * len(weights)
    if total > 300:
        for i, weight in enumerate(weights):
            parts[i] = int(total * weight / bounds[-1] * (0.8 + 0.2 * rng.random()))
    for _ in range(total - sum(parts) if total <= 300 else min(120, total - sum(parts))):
        parts[bisect(bounds, rng.random() * bounds[-1])] += 1
    parts[0] += total - sum(parts)
    return parts


@lru_cache(maxsize=256)
def ledger(agency: Agency, seed: str) -> Mapping[int, YearFigures]:
    """The figures of `agency` for every year: what is carried out of one year is carried into the next."""
    rng = Random(f"{seed}|{agency.slug}|ledger")
    profile = [weight * rng.choice((0.2, 0.6, 1.0, 1.0, 1.8, 3.0)) for weight in OUTCOMES.values()]
    carried = dict.fromkeys(APPLICANTS, 0)
    stock: dict[str, int] = _first_stock(agency, rng)
    years = {}
    for year in YEARS:
        applications = _applications(agency, year, carried, profile, rng)
        carried = {column: applications["carried_out"][column] for column in APPLICANTS}
        years[year] = YearFigures(
            applications=applications,
            review=_review(applications["outcome_total"]["total"], rng),
            proactive=_proactive(agency, stock, rng),
            work=_work(agency, rng),
        )
    return years


def _new_applications(agency: Agency, year: int, rng: Random) -> int:
    expected = agency.volume * _EARLY_SHARE[year]
    if expected < 30:
        return sum(rng.random() < expected / (3 * agency.volume) for _ in range(3 * agency.volume))
    return int(expected * (0.75 + 0.5 * rng.random()))


def _applications(
    agency: Agency, year: int, carried: Mapping[str, int], profile: Sequence[float], rng: Random
) -> dict[str, dict[str, int]]:
    new = dict(zip(APPLICANTS, split(_new_applications(agency, year, rng), _APPLICANT_WEIGHTS, rng), strict=True))
    rate = rng.choice((0.0, 0.01, 0.03, 0.06))
    carried_out = {c: _share(new[c] + carried[c], rate, rng) for c in APPLICANTS}
    rows: dict[str, dict[str, int]] = {"new_received": new, "carried_in": dict(carried)}
    rows |= {row: {} for row in OUTCOMES}
    done = {c: new[c] + carried[c] - carried_out[c] for c in APPLICANTS}
    for column in APPLICANTS:
        for row, part in zip(OUTCOMES, split(done[column], profile, rng), strict=True):
            rows[row][column] = part
    rows |= {"outcome_total": done, "carried_out": carried_out}
    for figures in rows.values():
        figures["total"] = sum(figures.values())
    return rows


def _share(total: int, rate: float, rng: Random) -> int:
    if total > 60:
        return int(total * rate * (0.5 + rng.random()))
    return sum(rng.random() < rate for _ in range(total))


def _review(outcomes: int, rng: Random) -> dict[str, dict[str, int]]:
    blocks = {}
    for block, rate in zip(REVIEW_BLOCKS, (0.04, 0.012, 0.01), strict=True):
        cases = _share(outcomes, rate, rng)
        fields = dict(zip(REVIEW_FIELDS, split(cases, (0.62, 0.1, 0.2, 0.08), rng), strict=True))
        blocks[block] = {**fields, "total": cases}
    return blocks


def _first_stock(agency: Agency, rng: Random) -> dict[str, int]:
    large = agency.is_government
    return {
        "rules": rng.randrange(20, 60) if large and agency.volume > 1000 else 0,
        "normative_docs": rng.randrange(30, 90) if large else rng.choice((0, 0, 1, 3, 6, 12)),
        "licensing": rng.randrange(40, 400) if large else rng.choice((0, 2, 5, 11)),
        "other_services": rng.randrange(20, 200) if large else rng.choice((0, 1, 4, 9)),
        "penalty": rng.randrange(100, 3000) if large else rng.choice((0, 6, 40, 120)),
        "coercion": rng.randrange(10, 90) if large else rng.choice((0, 0, 2, 8)),
        "admin_fees": rng.randrange(4, 40) if large else rng.choice((0, 0, 1, 3)),
    }


def _proactive(agency: Agency, stock: dict[str, int], rng: Random) -> dict[str, dict[str, Number]]:
    """The year's figures of table 2; `stock` is what is in force or listed and moves on to the next year."""
    rows: dict[str, dict[str, Number]] = {}
    for row in ("rules", "normative_docs"):
        issued = rng.randrange(0, 2 + stock[row] // 9) if stock[row] else 0
        repealed = min(stock[row], rng.randrange(0, 2 + stock[row] // 12)) if stock[row] else 0
        stock[row] += issued - repealed
        if row == "normative_docs" and not stock[row] and rng.random() < 0.1:
            issued, stock[row] = issued + 1, 1
        published = min(issued, stock[row])
        rows[row] = {"issued": issued, "repealed": repealed, "in_force": stock[row]}
        rows[row] |= {"made": issued, "newly_published": published, "published_total": stock[row]}
    for row in ("licensing", "other_services", "penalty", "coercion", "admin_fees"):
        prior = stock[row]
        change = rng.choice((0, 0, 0, 1, 2, -1, -2)) if prior > 2 else 0
        stock[row] = prior + change
        rows[row] = {"prior_items": prior, "change": change, "decisions": _decisions(agency, stock[row], rng)}
    rows["admin_fees"]["amount"] = _amount(agency, stock["admin_fees"], rng)
    projects = rng.randrange(20, 900) if agency.is_government else rng.choice((0, 0, 1, 2, 7))
    rows["procurement"] = {"projects": projects, "amount": projects * rng.randrange(900, 260000)}
    return rows


def _decisions(agency: Agency, items: int, rng: Random) -> int:
    if not items:
        return 0
    return rng.randrange(1, 40) * items * (1 + agency.volume // (12 if agency.is_government else 40))


def _amount(agency: Agency, items: int, rng: Random) -> Number:
    if not items:
        return 0
    hundredths = rng.randrange(10, 90000) * items * (20 if agency.is_government else 1)
    return hundredths // 100 if hundredths % 100 == 0 or rng.random() < 0.3 else hundredths / 100


def _work(agency: Agency, rng: Random) -> dict[str, Number]:
    size = 40 if agency.is_government else 1
    website = rng.randrange(30, 700) * size
    press, interview = rng.randrange(0, 3) * size // 4, rng.randrange(0, 5) * size // 8
    meetings = rng.randrange(1, 5) + size // 10
    return {
        "gazette": rng.choice((0, 12, 30)) * (size // 10),
        "website": website,
        "weibo": rng.randrange(0, website),
        "wechat": rng.randrange(0, website),
        "channel_other": rng.randrange(0, 60),
        "normative": rng.randrange(0, 8) * (1 + size // 8),
        "events": rng.randrange(0, 9) * size,
        "press": press,
        "press_leader": rng.randrange(0, press + 1),
        "interview": interview,
        "interview_leader": rng.randrange(0, interview + 1),
        "articles": rng.randrange(0, 20) * (1 + size // 8),
        "social": rng.randrange(0, 30),
        "response_other": rng.randrange(0, 12),
        "extended": rng.random(),
        "complaints": rng.choice((0, 0, 0, 1)),
        "offices": 1 + size // 2,
        "points": 1 + size // 3,
        "staff_full_time": rng.randrange(0, 3) * (1 + size // 6),
        "staff_part_time": rng.randrange(1, 5) * (1 + size // 4),
        "budget": rng.choice((0, 0, 0.5, 2, 3.6, 12)),
        "meetings": meetings,
        "trainings": rng.randrange(0, meetings + 1),
        "trainees": meetings * rng.randrange(8, 60),
        "channel_split": rng.random(),
    }
