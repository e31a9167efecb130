"""Questions to the catalog. Every function takes a connection inside a snapshot or transaction and changes nothing."""

import json
import sqlite3
import zlib
from collections.abc import Iterator
from typing import Any

from archive.catalog.rows import OriginalRow, ReportRow, VersionRow
from archive.model import Change, Correction, ReportSummary, Run, Site, Source, Tombstone, VersionInfo
from corpus.model import AgencyKind, Era, Region, Scope

Json = dict[str, Any]


def report(db: sqlite3.Connection, report_id: str) -> ReportRow | None:
    """The report of that id, withdrawn or not."""
    row = db.execute("SELECT * FROM reports WHERE id = ?", (report_id,)).fetchone()
    return None if row is None else _report_row(row)


def reports_named(db: sqlite3.Connection, agency: str) -> list[ReportRow]:
    """All reports of bodies of that name, of any year, in the order of their ids."""
    rows = db.execute("SELECT * FROM reports WHERE agency = ? ORDER BY id", (agency,))
    return [_report_row(row) for row in rows]


def reports_rivalling(db: sqlite3.Connection, report_id: str) -> list[str]:
    """The live reports that are told apart from this one, of another body of the same name."""
    rows = db.execute(
        """SELECT id FROM reports WHERE rival = ? AND id NOT IN (SELECT report_id FROM tombstones) ORDER BY id""",
        (report_id,),
    )
    return [row["id"] for row in rows]


def reports_from(db: sqlite3.Connection, sha256: str) -> list[ReportRow]:
    """All reports that those bytes were filed under, in the order in which they were found."""
    ids = db.execute(
        "SELECT report_id FROM sources WHERE sha256 = ? GROUP BY report_id ORDER BY min(id)", (sha256,)
    ).fetchall()
    return [found for (report_id,) in ids if (found := report(db, report_id)) is not None]


def reports_at(db: sqlite3.Connection, path: str, member: str | None, url: str | None) -> list[ReportRow]:
    """All reports that were ever read from that place: the same address, or the same path without another address."""
    ids = db.execute(
        """SELECT DISTINCT report_id FROM sources
           WHERE is_copy = 0 AND path = :path AND member IS :member AND (url IS NULL OR :url IS NULL OR url = :url)
           UNION SELECT report_id FROM sources WHERE is_copy = 0 AND url = :url AND member IS :member
           ORDER BY report_id""",
        {"path": path, "member": member, "url": url},
    ).fetchall()
    return [found for (report_id,) in ids if (found := report(db, report_id)) is not None]


def taken_ids(db: sqlite3.Connection, stem: str) -> set[str]:
    """The ids that are `stem` or begin with `stem-`."""
    rows = db.execute("SELECT id FROM reports WHERE id = ? OR id GLOB ?", (stem, f"{stem}-*"))
    return {row["id"] for row in rows}


def version(db: sqlite3.Connection, report_id: str, number: int) -> VersionRow | None:
    """That version with its text."""
    row = db.execute("SELECT * FROM versions WHERE report_id = ? AND version = ?", (report_id, number)).fetchone()
    return None if row is None else _version_row(row)


def versions_of(db: sqlite3.Connection, report_id: str) -> tuple[VersionInfo, ...]:
    """All versions, oldest first."""
    rows = db.execute(
        "SELECT version, sha256, archived_at FROM versions WHERE report_id = ? ORDER BY version", (report_id,)
    )
    return tuple(VersionInfo(*row) for row in rows)


def version_with(db: sqlite3.Connection, report_id: str, *, text_sha256: str) -> int | None:
    """The newest version of exactly that text."""
    row = db.execute(
        "SELECT max(version) FROM versions WHERE report_id = ? AND text_sha256 = ?", (report_id, text_sha256)
    ).fetchone()
    number: int | None = row[0]
    return number


def version_from(db: sqlite3.Connection, report_id: str, sha256: str) -> int | None:
    """The newest version that those bytes are a source of."""
    row = db.execute(
        "SELECT max(version) FROM sources WHERE report_id = ? AND sha256 = ?", (report_id, sha256)
    ).fetchone()
    number: int | None = row[0]
    return number


def hints_for(db: sqlite3.Connection, sha256: str) -> tuple[str | None, int | None]:
    """What a person gave as agency and year when those bytes became a version."""
    row = db.execute(
        "SELECT given_agency, given_year FROM versions WHERE sha256 = ? ORDER BY report_id, version LIMIT 1", (sha256,)
    ).fetchone()
    return (None, None) if row is None else (row[0], row[1])


def reading(db: sqlite3.Connection, report_id: str, number: int) -> Json:
    """The reading in use of that version, without its text. `LookupError` without one, `ValueError` for a broken one."""
    row = db.execute(
        """SELECT body FROM readings JOIN versions USING (report_id, version, reading)
           WHERE report_id = ? AND version = ?""",
        (report_id, number),
    ).fetchone()
    if row is None:
        raise LookupError(f"{report_id} v{number} has no reading")
    try:
        body: Json = json.loads(zlib.decompress(row["body"]))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    return body


def sources_of(db: sqlite3.Connection, report_id: str, number: int) -> tuple[Source, ...]:
    """Where that version came from, in the order of their recording, copies from other sites last."""
    rows = db.execute(
        "SELECT * FROM sources WHERE report_id = ? AND version = ? ORDER BY is_copy, id", (report_id, number)
    )
    return tuple(
        Source(
            r["url"], r["path"], r["member"], r["media_type"], r["encoding"], r["sha256"], r["retrieved_at"],
            bool(r["is_copy"]),
        )
        for r in rows
    )  # fmt: skip


def corrections_of(db: sqlite3.Connection, report_id: str) -> tuple[Correction, ...]:
    """What people set right, oldest first."""
    rows = db.execute("SELECT * FROM corrections WHERE report_id = ? ORDER BY id", (report_id,))
    return tuple(Correction(json.loads(r["changes"]), r["reason"], r["who"], r["made_at"]) for r in rows)


def tombstone(db: sqlite3.Connection, report_id: str) -> Tombstone | None:
    """What is left of the report if it was withdrawn."""
    row = db.execute(
        """SELECT id, title, agency, year, reason, who, withdrawn_at
           FROM tombstones JOIN reports ON id = report_id WHERE report_id = ?""",
        (report_id,),
    ).fetchone()
    return None if row is None else Tombstone(*row)


def series_findings(db: sqlite3.Connection, report_id: str) -> list[Json]:
    """The findings that follow from the report of the year before."""
    row = db.execute("SELECT body FROM series_findings WHERE report_id = ?", (report_id,)).fetchone()
    found: list[Json] = [] if row is None else json.loads(row["body"])
    return found


def summaries(db: sqlite3.Connection) -> list[ReportSummary]:
    """Every report that was not withdrawn, ordered by id."""
    rows = db.execute(
        """SELECT reports.*, archived_at, ifnull(series_findings.count, 0) + (
             SELECT count(finding) FROM likeness WHERE likeness.report_id = id) AS tied
           FROM reports JOIN versions ON versions.report_id = id AND version = newest
           LEFT JOIN series_findings ON series_findings.report_id = id
           WHERE id NOT IN (SELECT report_id FROM tombstones) ORDER BY id"""
    ).fetchall()
    return [_summary(_report_row(row), row["tied"], row["archived_at"]) for row in rows]


def change_list(db: sqlite3.Connection, after: int) -> list[Change]:
    """The latest change of every report that changed after that number, oldest first."""
    rows = db.execute("SELECT seq, report_id, deleted FROM changes WHERE seq > ? ORDER BY seq", (after,))
    return [Change(seq, report_id, bool(deleted)) for seq, report_id, deleted in rows]


def last_change(db: sqlite3.Connection) -> int:
    """The number of the latest change; 0 in an empty archive."""
    row = db.execute("SELECT ifnull(max(seq), 0) FROM changes").fetchone()
    number: int = row[0]
    return number


def original(db: sqlite3.Connection, sha256: str) -> OriginalRow | None:
    """What is known of those bytes."""
    row = db.execute("SELECT sha256, size, parser, reports FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else OriginalRow(*row)


def originals(db: sqlite3.Connection) -> list[OriginalRow]:
    """All stored bytes, in the order of their digests."""
    return [OriginalRow(*r) for r in db.execute("SELECT sha256, size, parser, reports FROM originals ORDER BY sha256")]


def all_versions(db: sqlite3.Connection) -> Iterator[VersionRow]:
    """Every version of every report with its text, one after the other."""
    for row in db.execute("SELECT * FROM versions ORDER BY report_id, version"):
        yield _version_row(row)


def live_texts(db: sqlite3.Connection) -> Iterator[tuple[str, int, str]]:
    """Report id, version and text of every version of every report that was not withdrawn, newest versions first."""
    yield from db.execute(
        """SELECT report_id, version, text FROM versions
           WHERE report_id NOT IN (SELECT report_id FROM tombstones) ORDER BY report_id, version DESC"""
    )


def runs(db: sqlite3.Connection) -> list[Run]:
    """The log of ingest runs, oldest first."""
    counts: dict[int, dict[str, int]] = {}
    for run_id, outcome, number in db.execute(
        "SELECT run_id, outcome, count(*) FROM outcomes GROUP BY run_id, outcome ORDER BY outcome"
    ):
        counts.setdefault(run_id, {})[outcome] = number
    return [
        Run(
            r["id"], r["started_at"], r["finished_at"], r["parser"], json.loads(r["arguments"]), counts.get(r["id"], {})
        )
        for r in db.execute("SELECT * FROM runs ORDER BY id")
    ]


def integrity_problems(db: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds wrong with the file and the references in it."""
    found = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check"):
        found.append(f"row {rowid} of {table} refers to a missing row of {parent}")
    return found


def summary_problems(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Reports whose summary does not name their newest version, with what is wrong."""
    rows = db.execute(
        """SELECT id, newest, max(version) AS actual, count(version) AS number FROM reports
           LEFT JOIN versions ON report_id = id GROUP BY id HAVING actual IS NOT newest OR number <> newest ORDER BY id"""
    )
    return [(r["id"], f"Version {r['newest']} should be the newest of {r['number']}.") for r in rows]


def _report_row(row: sqlite3.Row) -> ReportRow:
    kind, scope = row["agency_kind"], row["scope"]
    return ReportRow(
        id=row["id"],
        newest=row["newest"],
        title=row["title"],
        agency=row["agency"],
        agency_kind=None if kind is None else AgencyKind(kind),
        year=row["year"],
        scope=None if scope is None else Scope(scope),
        era=Era(row["era"]),
        region=Region(
            row["province"], row["city"], row["county"], row["township"], row["region_code"],
            json.loads(row["region_evidence"]),
        ),
        read_agency=row["read_agency"],
        read_year=row["read_year"],
        site=Site(row["site_host"], row["site_code"]),
        rival=row["rival"],
        rival_evidence=row["rival_evidence"],
        findings=row["findings"],
    )  # fmt: skip


def _version_row(row: sqlite3.Row) -> VersionRow:
    return VersionRow(
        row["report_id"], row["version"], row["sha256"], row["text"], row["text_sha256"], row["given_agency"],
        row["given_year"], row["archived_at"],
    )  # fmt: skip


def _summary(row: ReportRow, tied: int, archived_at: str) -> ReportSummary:
    return ReportSummary(
        row.id, row.newest, row.title, row.agency, row.agency_kind, row.year, row.era, row.scope, row.region,
        row.findings + tied, archived_at,
    )  # fmt: skip
