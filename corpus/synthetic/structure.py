"""Plants defects in the build of a report: a section left out or left empty, a period of another year in the front."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from corpus.errors import UsageError
from corpus.model import Era
from corpus.synthetic.truth import SyntheticReport

_FORMATS = (Era.FORMAT_2019, Era.FORMAT_2021)
_WITHOUT_TABLE = ("problems", "other")


def section_missing(report: SyntheticReport, key: str, rng: Random) -> SyntheticReport:
    """`report` without one of its sections 5 and 6; the others keep their numbers."""
    key = key or rng.choice(_WITHOUT_TABLE)
    _require(report, key)
    sections = tuple(section for section in report.sections if section.key != key)
    return _with_text(replace(report, sections=sections), f"s.section_missing:{key}")


def section_empty(report: SyntheticReport, key: str, rng: Random) -> SyntheticReport:
    """`report` with nothing below the heading of section 5 or 6."""
    key = key or rng.choice(_WITHOUT_TABLE)
    _require(report, key)
    sections = tuple(replace(s, paragraphs=()) if s.key == key else s for s in report.sections)
    return _with_text(replace(report, sections=sections), f"s.section_empty:{key}")


def year_conflict(report: SyntheticReport, key: str, rng: Random) -> SyntheticReport:
    """`report` whose front names the period of the year before, as texts do that were copied from last year's."""
    front = report.sections[0]
    period = f"{report.year}年1月1日"
    if not any(period in paragraph for paragraph in front.paragraphs):
        raise UsageError(f"s.year_conflict cannot be planted in {report.slug}.", hint="Its front names no period.")
    old = tuple(p.replace(f"{report.year}年1", f"{report.year - 1}年1") if period in p else p for p in front.paragraphs)
    return _with_text(
        replace(report, sections=(replace(front, paragraphs=old), *report.sections[1:])), "s.year_conflict"
    )


def _require(report: SyntheticReport, key: str) -> None:
    if report.era not in _FORMATS or key not in _WITHOUT_TABLE:
        hint = f"Only the sections {' and '.join(_WITHOUT_TABLE)} of the formats of 2019 and 2021 can be left out."
        raise UsageError(f"Section {key!r} of {report.slug} cannot be left out.", hint=hint)


def _with_text(report: SyntheticReport, defect: str) -> SyntheticReport:
    """`report` with the facts and references that its sections still state, and one more defect."""
    text = "\n".join(section.text for section in report.sections)
    return replace(
        report,
        facts=tuple(fact for fact in report.facts if fact.sentence.rstrip("。") in text),
        references=tuple(reference for reference in report.references if reference.raw in text),
        defects=(*report.defects, defect),
    )


STRUCTURE_DEFECTS: Mapping[str, Callable[[SyntheticReport, str, Random], SyntheticReport]] = {
    "s.section_missing": section_missing,
    "s.section_empty": section_empty,
    "s.year_conflict": year_conflict,
}
"""Finding id without subject → how it is planted."""
