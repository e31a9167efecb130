"""Puts the reports of one document into the catalog: new report, new version, new reading or further source.

Runs inside one transaction that the caller holds. Decides by `matching`; the bytes are already among the originals.
"""

import hashlib
import sqlite3
from dataclasses import dataclass

from archive.catalog import ReportRow, SourceRow, VersionRow, across, read, write
from archive.catalog.write import NewReading
from archive.identity import SiteRelation, new_report_id, relation, report_id_stem, site_of
from archive.matching import Candidate, Match, find_match
from archive.model import Outcome, OutcomeKind, Site
from archive.reader import Hints, ReadDocument, Reading
from archive.stored import report_row
from archive.summary import refresh_report
from corpus.model import Report, SourceDocument


@dataclass(frozen=True, slots=True)
class Filing:
    """One document being filed. `document` carries no bytes any more."""

    db: sqlite3.Connection
    document: SourceDocument
    read: ReadDocument
    hints: Hints
    stamp: str
    now: str

    @property
    def site(self) -> Site:
        """Where the document was published."""
        return site_of(self.document.url, self.read.site_code)


def file_document(filing: Filing) -> list[Outcome]:
    """Files every report of the document, in printed order; one outcome each."""
    taken: set[str] = set()
    outcomes = []
    for reading in filing.read.readings:
        outcome = _file_report(filing, reading, taken)
        if outcome.report_id is not None:
            taken.add(outcome.report_id)
        outcomes.append(outcome)
    complete = all(outcome.report_id is not None for outcome in outcomes)
    write.mark_filed(filing.db, filing.document.sha256, filing.stamp if complete else None, len(outcomes))
    return outcomes


def known_outcomes(db: sqlite3.Connection, document: SourceDocument, stamp: str, now: str) -> list[Outcome] | None:
    """The outcomes for bytes that this parser has filed before, from whatever place; `None` when it has not.

    The place is recorded as a further source.
    """
    original = read.original(db, document.sha256)
    if original is None or original.parser != stamp:
        return None
    rows = read.reports_from(db, document.sha256)
    if len(rows) != original.reports:
        return None
    return [_known_outcome(db, document, row, now) for row in rows]


def _known_outcome(db: sqlite3.Connection, document: SourceDocument, row: ReportRow, now: str) -> Outcome:
    if (withdrawn := _withdrawn(db, document, row)) is not None:
        return withdrawn
    version = read.version_from(db, row.id, document.sha256) or row.newest
    known = next(s for s in read.sources_of(db, row.id, version) if s.sha256 == document.sha256)
    site = site_of(document.url, None)
    is_copy = known.is_copy or relation(row.site, site) is SiteRelation.OTHER
    source = SourceRow(
        row.id, version, document.sha256, is_copy, document.url, document.path, document.member,
        known.media_type, known.encoding, site, document.retrieved_at, now,
    )  # fmt: skip
    write.add_source(db, source)
    if not is_copy:
        _adopt_site(db, row, site)
    return _outcome(db, document, OutcomeKind.UNCHANGED, row.id, version)


def _file_report(filing: Filing, reading: Reading, taken: set[str]) -> Outcome:
    document, report = filing.document, reading.report
    if report.agency is None or report.year is None:
        return _nameless(document, report)
    new = Candidate(
        report, report.agency, report.year, document.sha256, document.path, document.member, document.url,
        filing.site, len(filing.read.readings) == 1,
    )  # fmt: skip
    match = find_match(filing.db, new, taken)
    if match.row is None:
        return _add_report(filing, reading, new, match)
    if (withdrawn := _withdrawn(filing.db, document, match.row)) is not None:
        return withdrawn
    if (conflict := _hint_conflict(filing, match.row, new)) is not None:
        return conflict
    kind, version = _join(filing, reading, new, match.row, match.is_copy)
    return _outcome(filing.db, document, kind, match.row.id, version)


def _add_report(filing: Filing, reading: Reading, new: Candidate, match: Match) -> Outcome:
    code = reading.report.region.code
    taken = read.taken_ids(filing.db, report_id_stem(new.agency, reading.report.scope, new.year, code))
    report_id = new_report_id(new.agency, reading.report.scope, new.year, code, taken)
    _add_version(filing, reading, report_id, 1)
    refresh_report(filing.db, report_id, plain=reading.report, site=new.site, rival=(match.rival, match.rival_evidence))
    _add_source(filing, report_id, 1, is_copy=False)
    return _outcome(filing.db, filing.document, OutcomeKind.ADDED, report_id, 1)


def _join(filing: Filing, reading: Reading, new: Candidate, row: ReportRow, is_copy: bool) -> tuple[OutcomeKind, int]:
    """Adds to a stored report what is new: a version, a reading or only a source. Gives the version it is about."""
    if is_copy:
        version = read.version_from(filing.db, row.id, new.sha256) or row.newest
        _add_source(filing, row.id, version, is_copy=True)
        return OutcomeKind.UNCHANGED, version
    known = _version_of(filing, new, row)
    version = known or row.newest + 1
    if known is None:
        _add_version(filing, reading, row.id, version)
    _add_source(filing, row.id, version, is_copy=False)
    _adopt_site(filing.db, row, filing.site)
    if known is None:
        refresh_report(filing.db, row.id, newest=version, plain=reading.report)
        return OutcomeKind.NEW_VERSION, version
    _use_reading(filing, reading, row, version)
    return OutcomeKind.UNCHANGED, version


def _version_of(filing: Filing, new: Candidate, row: ReportRow) -> int | None:
    """The version that the new document is a source of; `None` when it makes a new one.

    A version is a changed original or a changed text. Where several reports share a page, a change of the page is
    nobody's change until the report's own text differs; a file at another place with the same text is a further source.
    """
    same_bytes = read.version_from(filing.db, row.id, new.sha256)
    same_text = read.version_with(filing.db, row.id, text_sha256=_digest(new.report.text))
    if same_bytes is not None and same_bytes < row.newest:
        return same_bytes  # whatever a new parser reads from it: an older version stays as it was cited
    newest = row.newest if same_text == row.newest else None
    if same_bytes is not None:
        return newest
    at_place = read.reports_at(filing.db, new.path, new.member, new.url)
    if all(other.id != row.id for other in at_place):
        return same_text
    return None if new.alone else newest


def _add_version(filing: Filing, reading: Reading, report_id: str, version: int) -> None:
    text = reading.report.text
    write.add_version(
        filing.db,
        VersionRow(
            report_id, version, filing.document.sha256, text, _digest(text), filing.hints.agency, filing.hints.year,
            filing.now,
        ),
    )  # fmt: skip
    write.use_reading(filing.db, report_id, version, NewReading(reading.body, filing.stamp, filing.now))


def _use_reading(filing: Filing, reading: Reading, row: ReportRow, version: int) -> None:
    """A new reading of the newest version, if its text is still what the parser reads."""
    stored = read.version(filing.db, row.id, version)
    if stored is None or version != row.newest or stored.text != reading.report.text:
        return
    new = NewReading(reading.body, filing.stamp, filing.now)
    if write.use_reading(filing.db, row.id, version, new):
        refresh_report(filing.db, row.id)


def _add_source(filing: Filing, report_id: str, version: int, *, is_copy: bool) -> None:
    document = filing.document
    write.add_source(
        filing.db,
        SourceRow(
            report_id, version, document.sha256, is_copy, document.url, document.path, document.member,
            filing.read.media_type, filing.read.encoding, filing.site, document.retrieved_at, filing.now,
        ),
    )  # fmt: skip


def _adopt_site(db: sqlite3.Connection, row: ReportRow, learned: Site) -> None:
    """What was not known about the report's own site is learned from its own sources."""
    site = Site(row.site.host or learned.host, row.site.code or learned.code)
    if site != row.site:
        write.set_site(db, row.id, site)


def _outcome(
    db: sqlite3.Connection, document: SourceDocument, kind: OutcomeKind, report_id: str, version: int
) -> Outcome:
    row = report_row(db, report_id)
    tied = len(read.series_findings(db, report_id)) + len(across.likeness_findings(db, report_id))
    return Outcome(
        document.path, document.member, document.sha256, kind, report_id, version, row.agency, row.year, None,
        row.findings + tied,
    )  # fmt: skip


def _nameless(document: SourceDocument, report: Report) -> Outcome:
    missing = []
    if report.agency is None:
        missing.append("机关名称（用 --agency 给出）")
    if report.year is None:
        missing.append("报告年度（用 --year 给出）")
    message = f"报告中未找到{'和'.join(missing)}；原件已存档。可用 --agency 机关 --year 年度 重新导入。"
    return Outcome(
        document.path, document.member, document.sha256, OutcomeKind.FAILED, agency=report.agency, year=report.year,
        error=message, findings=len(report.findings),
    )  # fmt: skip


def _withdrawn(db: sqlite3.Connection, document: SourceDocument, row: ReportRow) -> Outcome | None:
    """The outcome for a report that a person withdrew: it stays withdrawn."""
    stone = read.tombstone(db, row.id)
    if stone is None:
        return None
    message = f"该报告已于 {stone.withdrawn_at[:10]} 撤下（{stone.reason}），不重新收录。"
    return Outcome(
        document.path, document.member, document.sha256, OutcomeKind.UNCHANGED, row.id, row.newest, row.agency,
        row.year, message,
    )  # fmt: skip


def _hint_conflict(filing: Filing, row: ReportRow, new: Candidate) -> Outcome | None:
    """The outcome when a person now names stored bytes otherwise than the archive does: that is a correction."""
    document, hints = filing.document, filing.hints
    if hints == Hints() or (new.agency, new.year) in {(row.agency, row.year), (row.read_agency, row.read_year)}:
        return None
    message = f"同一文件已作为 {row.agency} {row.year} 年报告存档（{row.id}）；如需更正，请用 gongkai amend {row.id}。"
    return Outcome(
        document.path, document.member, document.sha256, OutcomeKind.FAILED, row.id, row.newest, row.agency, row.year,
        message,
    )  # fmt: skip


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
