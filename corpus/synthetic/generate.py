"""A seed → invented annual reports whose figures, years and sentences agree with each other."""

from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from itertools import cycle, islice
from random import Random

from corpus.model import AgencyKind, Era
from corpus.synthetic.compose import compose
from corpus.synthetic.ledger import ledger
from corpus.synthetic.statements import numbers
from corpus.synthetic.tabulate import HABITS, PROACTIVE_ROWS, choose_habit, tables
from corpus.synthetic.truth import SyntheticReport
from corpus.synthetic.world import YEARS, Agency, agencies, all_agencies

_TITLES = (
    *["{a}{y}年政府信息公开工作年度报告"] * 6,
    *["{a}|{y}年度政府信息公开工作年度报告"] * 3,
    *["{a}|{y}年政府信息公开工作年度报告"] * 3,
    *["{a}{y}年度政府信息公开工作年度报告"] * 3,
    *["{y}年{a}政府信息公开工作年度报告"] * 2,
    "{a}{y}年政府信息公开年度报告",
    "{a}{y}年度政府信息公开工作报告",
    "{a}关于{y}年政府信息公开工作的报告",
    "{a} {y} 年政府信息公开工作年度报告",
    "{a}{y}年政务信息公开年度报告",
    "{a}{y}年度政府|信息公开工作年度报告",
)
_MIX = "2" * 12 + "1" * 3 + "4" * 2 + "8"
"""How eras alternate while there are reports of each: formats of 2021, 2019, table of 2014, narrative of 2008."""


def generate(seed: int | str, count: int) -> list[SyntheticReport]:
    """`count` reports, the same for the same seed everywhere; a shorter list is the beginning of a longer one."""
    return list(islice(stream(seed), count))


def stream(seed: int | str) -> Iterator[SyntheticReport]:
    """The reports of `generate` one by one, as long as the province has any."""
    return (report(seed, agency, year) for agency, year in _plan())


def history(seed: int | str, slug: str) -> list[SyntheticReport]:
    """Every yearly report of one agency of the province, oldest first."""
    agency = next(a for a in agencies() if a.slug == slug)
    return [report(seed, agency, year) for year in YEARS if agency.name(year)]


def _plan() -> Iterator[tuple[Agency, int]]:
    """Agencies and years in the order in which they are taken: recent years first to be complete, all eras early."""
    yield from _alternating(agencies())
    further = islice(all_agencies(), len(agencies()), None)
    for agency in further:
        yield from ((agency, year) for year in reversed(YEARS))


def _alternating(bodies: tuple[Agency, ...]) -> Iterator[tuple[Agency, int]]:
    spans = {"2": range(2021, YEARS.stop), "1": range(2019, 2021), "4": range(2014, 2019), "8": range(2008, 2014)}
    queues = {
        key: deque((agency, year) for agency in bodies for year in span if agency.name(year))
        for key, span in spans.items()
    }
    for key in cycle(_MIX):
        if queues[key]:
            yield queues[key].popleft()
        elif not any(queues.values()):
            return


@lru_cache(maxsize=4096)
def _era(seed: str, slug: str, year: int) -> Era:
    """The form a body used that year; some were late to change."""
    late = Random(f"{seed}|{slug}|{year}|era").random()
    if year < 2014 or (year < 2016 and late < 0.12):
        return Era.NARRATIVE_2008
    if year < 2019:
        return Era.STAT_TABLE_2014
    if year < 2021 or (year <= 2023 and late < 0.04):
        return Era.FORMAT_2019
    return Era.FORMAT_2021


def _proactive_forms(era: Era, year: int, rng: Random) -> dict[str, Era]:
    """The form of each block of table 2; the first block of 2021 was sometimes filled in the old form."""
    if era not in (Era.FORMAT_2019, Era.FORMAT_2021):
        return {}
    forms: dict[str, Era] = {block: era for block, rows in PROACTIVE_ROWS.items() if rows[era]}
    if era is Era.FORMAT_2021 and year == 2021 and rng.random() < 0.12:
        forms["1"] = Era.FORMAT_2019
    return forms


def report(seed: int | str, agency: Agency, year: int) -> SyntheticReport:
    """The report of `agency` for `year`."""
    seed = str(seed)
    own_seed = f"{seed}|{agency.slug}|{year}"
    rng = Random(f"{own_seed}|report")
    era = _era(seed, agency.slug, year)
    figures = ledger(agency, seed)[year]
    forms = _proactive_forms(era, year, rng)
    found = tables(figures, era, forms, HABITS[choose_habit(seed, agency.slug)], rng)
    name = agency.name(year) or agency.names[0][1]
    skeleton = SyntheticReport(
        slug=f"{agency.slug}-{year}",
        seed=own_seed,
        agency=name,
        agency_printed=name,
        agency_kind=agency.kind,
        year=year,
        scope=agency.scope,
        era=era,
        region=agency.region,
        title_lines=_title(name, year, rng),
        published=_published(agency.kind, year, rng),
        site=agency.site,
        sections=(),
        tables=found,
        numbers=numbers(found, figures, era),
        proactive_forms=forms,
        we=agency.we(year),
    )
    return compose(skeleton)


def _published(kind: AgencyKind, year: int, rng: Random) -> str:
    """A day in time: since the report for 2019 departments have until the end of January, all others until March."""
    month, day = rng.randint(1, 3), rng.randint(4, 28)
    if year >= 2019 and kind in (AgencyKind.DEPARTMENT, AgencyKind.CENTRAL):
        month = 1
    return f"{year + 1}-{month:02d}-{day:02d}"


def _title(agency: str, year: int, rng: Random) -> tuple[str, ...]:
    return tuple(rng.choice(_TITLES).format(a=agency, y=year).split("|"))
