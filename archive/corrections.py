"""What people set right: kept as data with who, when and why. It wins over the parser and survives every new reading."""

from collections.abc import Mapping

from archive.catalog import across, read, write, writer_lock
from archive.likeness import refresh_likeness
from archive.model import Correction, StoredReport
from archive.series import refresh_series
from archive.store import Archive
from archive.stored import region_of_code, report_row, stored_report
from archive.summary import refresh_report
from corpus.errors import UsageError
from corpus.text import to_simplified

FIELDS = ("agency", "year", "region")
_FIRST_YEAR = 2007
"""The year of the Regulation; no report is about an earlier one."""
_LAST_YEAR = 2999


def amend(
    archive: Archive, report_id: str, changes: Mapping[str, str | int | None], reason: str, who: str, now: str
) -> StoredReport:
    """Sets `agency`, `year` or `region` (a six-digit code) right; values that are `None` stay as they are.

    The id, every version and every link stay. Raises `UsageError`, `NotFoundError`, `WithdrawnError`, and
    `BusyError` while a run writes.
    """
    wanted = {field: value for field, value in changes.items() if value is not None}
    if unknown := set(wanted) - set(FIELDS):
        raise UsageError(f"Cannot amend {', '.join(sorted(unknown))}.", hint=f"Known: {', '.join(FIELDS)}.")
    if not wanted:
        raise UsageError("Nothing to amend.", hint="Give --agency, --year or --region.")
    with writer_lock(archive.lock_path, wait=False), archive.catalog.transaction() as db:
        row = report_row(db, report_id)
        clean = {field: _checked(field, value, row.year) for field, value in wanted.items()}
        year = int(clean.get("year", row.year))
        if "region" in clean and region_of_code(str(clean["region"]), year) is None:
            raise UsageError(
                f"No province, city or county had the code {clean['region']} in {year}.", hint="Give a six-digit code."
            )
        write.add_correction(db, report_id, Correction(clean, reason.strip(), who, now))
        refresh_report(db, report_id)
        return stored_report(db, report_id, None)


def withdraw(archive: Archive, report_id: str, reason: str, who: str, now: str) -> None:
    """Takes the report out of view: only its tombstone remains, its id is not given again, its bytes are kept.

    Raises `UsageError` without a reason, `NotFoundError`, `WithdrawnError` when it was withdrawn before, `BusyError`.
    """
    if not reason.strip():
        raise UsageError("A withdrawal needs a reason; it is shown in place of the report.", hint="Give --reason.")
    with writer_lock(archive.lock_path, wait=False), archive.catalog.transaction() as db:
        row = report_row(db, report_id)
        write.add_tombstone(db, report_id, reason.strip(), who, now)
        refresh_series(db, row.agency, row.year)
        across.put_citations(db, report_id, ())
        refresh_likeness(db, report_id, None)
        for other in read.reports_rivalling(db, report_id):
            refresh_report(db, other)
        write.note_change(db, report_id, deleted=True)


def corrections(archive: Archive, report_id: str) -> tuple[Correction, ...]:
    """What people set right about a report, oldest first."""
    with archive.catalog.snapshot() as db:
        report_row(db, report_id)
        return read.corrections_of(db, report_id)


def _checked(field: str, value: str | int, year: int) -> str | int:
    if field == "year":
        if not isinstance(value, int) or not _FIRST_YEAR <= value <= _LAST_YEAR:
            raise UsageError(f"{value!r} is no report year.", hint="Give a year such as 2023.")
        return value
    text = to_simplified(" ".join(str(value).split()))
    if not text:
        raise UsageError(f"The new {field} is empty.", hint=f"Leave --{field} out to keep it.")
    return text
