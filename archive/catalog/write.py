"""Changes of the catalog. Every function takes a connection inside a transaction and decides nothing."""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from archive.catalog.rows import ReportRow, SourceRow, VersionRow
from archive.model import Correction, Outcome, Site


def add_original(db: sqlite3.Connection, sha256: str, size: int, now: str) -> None:
    """Notes that the bytes are stored; nothing when that is known."""
    db.execute("INSERT OR IGNORE INTO originals (sha256, size, stored_at) VALUES (?, ?, ?)", (sha256, size, now))


def mark_filed(db: sqlite3.Connection, sha256: str, parser: str | None, reports: int) -> None:
    """Notes that this parser found so many reports in the bytes and all were filed (`None`: not all)."""
    db.execute("UPDATE originals SET parser = ?, reports = ? WHERE sha256 = ?", (parser, reports, sha256))


def add_version(db: sqlite3.Connection, row: VersionRow) -> None:
    """Adds the version; its first reading must follow in the same transaction."""
    db.execute(
        "INSERT INTO versions VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)",
        (
            row.report_id, row.version, row.sha256, row.text, row.text_sha256, row.given_agency, row.given_year,
            row.archived_at,
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewReading:
    """What a parser made of a version: its JSON without the text, and the parser's stamp."""

    body: str
    parser: str
    read_at: str


def use_reading(db: sqlite3.Connection, report_id: str, version: int, new: NewReading) -> bool:
    """Makes this the reading in use; `True` when it is not the one that was in use. An equal one is not kept twice."""
    key = (report_id, version)
    digest = hashlib.sha256(new.body.encode()).hexdigest()
    row = db.execute(
        "SELECT reading FROM readings WHERE report_id = ? AND version = ? AND digest = ?", (*key, digest)
    ).fetchone()
    if row is None:
        (highest,) = db.execute(
            "SELECT ifnull(max(reading), 0) FROM readings WHERE report_id = ? AND version = ?", key
        ).fetchone()
        number = highest + 1
        db.execute(
            "INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*key, number, digest, new.parser, new.read_at, zlib.compress(new.body.encode(), 6)),
        )
    else:
        number = row["reading"]
    changed = db.execute(
        "UPDATE versions SET reading = ? WHERE report_id = ? AND version = ? AND reading <> ?", (number, *key, number)
    )
    return row is None or changed.rowcount > 0


def add_source(db: sqlite3.Connection, row: SourceRow) -> None:
    """Records where bytes came from; nothing when exactly that is recorded."""
    db.execute(
        """INSERT OR IGNORE INTO sources (report_id, version, sha256, is_copy, url, path, member, media_type, encoding,
           site_host, site_code, retrieved_at, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            row.report_id, row.version, row.sha256, row.is_copy, row.url, row.path, row.member, row.media_type,
            row.encoding, row.site.host, row.site.code, row.retrieved_at, row.recorded_at,
        ),
    )  # fmt: skip


def put_report(db: sqlite3.Connection, row: ReportRow) -> None:
    """Adds the report, or brings its row up to date."""
    values: dict[str, object] = {
        "id": row.id,
        "newest": row.newest,
        "title": row.title,
        "agency": row.agency,
        "agency_kind": row.agency_kind,
        "year": row.year,
        "scope": row.scope,
        "era": row.era,
        "province": row.region.province,
        "city": row.region.city,
        "county": row.region.county,
        "township": row.region.township,
        "region_code": row.region.code,
        "region_evidence": _json(row.region.evidence),
        "read_agency": row.read_agency,
        "read_year": row.read_year,
        "site_host": row.site.host,
        "site_code": row.site.code,
        "rival": row.rival,
        "rival_evidence": row.rival_evidence,
        "findings": row.findings,
    }
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    updates = ", ".join(f"{name} = excluded.{name}" for name in values if name != "id")
    db.execute(f"INSERT INTO reports ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {updates}", values)


def set_site(db: sqlite3.Connection, report_id: str, site: Site) -> None:
    """Sets the site whose changes make versions."""
    db.execute("UPDATE reports SET site_host = ?, site_code = ? WHERE id = ?", (site.host, site.code, report_id))


def put_series_findings(
    db: sqlite3.Connection, report_id: str, earlier_id: str | None, findings: list[Mapping[str, object]]
) -> bool:
    """Sets what follows from the report of the year before; `True` when that changed."""
    row = db.execute("SELECT body FROM series_findings WHERE report_id = ?", (report_id,)).fetchone()
    body = _json(findings) if findings else None
    if (None if row is None else row["body"]) == body:
        return False
    db.execute("DELETE FROM series_findings WHERE report_id = ?", (report_id,))
    if body is not None:
        db.execute("INSERT INTO series_findings VALUES (?, ?, ?, ?)", (report_id, earlier_id, len(findings), body))
    return True


def add_correction(db: sqlite3.Connection, report_id: str, correction: Correction) -> None:
    """Adds what a person set right."""
    db.execute(
        "INSERT INTO corrections (report_id, changes, reason, who, made_at) VALUES (?, ?, ?, ?, ?)",
        (report_id, _json(correction.changes), correction.reason, correction.who, correction.made_at),
    )


def add_tombstone(db: sqlite3.Connection, report_id: str, reason: str, who: str, now: str) -> None:
    """Notes that the report was withdrawn."""
    db.execute("INSERT INTO tombstones VALUES (?, ?, ?, ?)", (report_id, reason, who, now))


def note_change(db: sqlite3.Connection, report_id: str, *, deleted: bool = False) -> None:
    """Gives the report the next change number."""
    db.execute("DELETE FROM changes WHERE report_id = ?", (report_id,))
    db.execute("INSERT INTO changes (report_id, deleted) VALUES (?, ?)", (report_id, deleted))


def start_run(db: sqlite3.Connection, parser: str, arguments: Mapping[str, object], now: str) -> int:
    """Opens an entry in the log; its number."""
    cursor = db.execute(
        "INSERT INTO runs (started_at, parser, arguments) VALUES (?, ?, ?)", (now, parser, _json(arguments))
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def finish_run(db: sqlite3.Connection, run_id: int, now: str) -> None:
    """Notes that the run went to its end."""
    db.execute("UPDATE runs SET finished_at = ? WHERE id = ?", (now, run_id))


def log_outcome(db: sqlite3.Connection, run_id: int, outcome: Outcome, detail: str | None) -> None:
    """Adds a line to the log of the run; `detail` is the traceback of an unexpected error."""
    db.execute(
        """INSERT INTO outcomes (run_id, path, member, sha256, outcome, report_id, version, agency, year, error,
           findings, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            run_id, outcome.path, outcome.member, outcome.sha256, outcome.kind, outcome.report_id, outcome.version,
            outcome.agency, outcome.year, outcome.error, outcome.findings, detail,
        ),
    )  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
