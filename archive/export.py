"""Writes the structured data of chosen reports to a new folder, with a codebook and a manifest of the query.

CSV for spreadsheets (UTF-8 with BOM, CRLF), JSON Lines for programs. Chooses no reports and computes no figures.
"""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from archive.codebook import codebook
from archive.codec import report_to_json
from archive.model import StoredReport
from archive.store import Archive
from corpus.errors import ArchiveError, UsageError
from corpus.figures import denial_reasons, derived

FORMATS = ("csv", "jsonl")

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
Value = str | int | float | None
Rows = Iterator[Sequence[Value]]


def export(
    archive: Archive, dest: Path, report_ids: Sequence[str], format: str, manifest: Mapping[str, object]
) -> list[Path]:
    """Writes the newest versions of `report_ids`, in that order; the files written, the manifest last.

    `manifest` says what was asked for (query, filters, time); counts and digests of the files are added to it. Raises
    `UsageError` for an unknown format and for a folder that holds something, `ArchiveError` when it cannot be written.
    """
    if format not in FORMATS:
        raise UsageError(f"Unknown format {format!r}.", hint=f"Known: {', '.join(FORMATS)}.")
    try:
        if dest.exists() and (not dest.is_dir() or any(dest.iterdir())):
            raise UsageError(f"{dest} exists and is not an empty folder.", hint="Name a new folder.")
        dest.mkdir(parents=True, exist_ok=True)
        files = _write_csv(archive, dest, report_ids) if format == "csv" else _write_jsonl(archive, dest, report_ids)
        files.append(_write(dest / "codebook.csv", lambda out: _write_rows(out, CODEBOOK_COLUMNS, codebook())))
        files.append(_write_manifest(dest, files, report_ids, format, manifest))
    except OSError as error:
        raise ArchiveError(f"{dest} cannot be written: {error.strerror}.") from error
    return files


CODEBOOK_COLUMNS = ("table", "axis", "key", "label_zh", "label_en", "article")

REPORT_COLUMNS = (
    "report_id", "version", "agency", "agency_printed", "agency_kind", "year", "scope", "format_era", "province", "city",
    "county", "township", "region_code", "title", "published", "denied", "unable", "rejected", "other",
    "denial_reasons", "findings", "source_url", "source_path", "sha256", "archived_at", "cite_as",
)  # fmt: skip
CELL_COLUMNS = ("report_id", "version", "agency", "year", "table", "row", "column", "state", "value", "raw", "unit")
SECTION_COLUMNS = ("report_id", "version", "agency", "year", "number", "key", "heading", "text")
FACT_COLUMNS = ("report_id", "version", "agency", "year", "fact", "value", "approximate", "quote", "start", "end")
FINDING_COLUMNS = ("report_id", "version", "agency", "year", "id", "severity", "message", "expected", "found", "where")


def _write_csv(archive: Archive, dest: Path, report_ids: Sequence[str]) -> list[Path]:
    tables: tuple[tuple[str, Sequence[str], Callable[[StoredReport], Rows]], ...] = (
        ("reports.csv", REPORT_COLUMNS, _report_rows),
        ("cells.csv", CELL_COLUMNS, _cell_rows),
        ("sections.csv", SECTION_COLUMNS, _section_rows),
        ("facts.csv", FACT_COLUMNS, _fact_rows),
        ("findings.csv", FINDING_COLUMNS, _finding_rows),
    )

    def fill(columns: Sequence[str], rows_of: Callable[[StoredReport], Rows]) -> Callable[[TextIO], None]:
        every = (row for report_id in report_ids for row in rows_of(archive.report(report_id)))
        return lambda out: _write_rows(out, columns, every)

    return [_write(dest / name, fill(columns, rows_of)) for name, columns, rows_of in tables]


def _write_jsonl(archive: Archive, dest: Path, report_ids: Sequence[str]) -> list[Path]:
    def fill(out: TextIO) -> None:
        for report_id in report_ids:
            out.write(json.dumps(report_to_json(archive.report(report_id)), ensure_ascii=False) + "\n")

    return [_write(dest / "reports.jsonl", fill, encoding="utf-8")]


def _write(path: Path, fill: Callable[[TextIO], None], encoding: str = "utf-8-sig") -> Path:
    """Fills a file under a temporary name, so that an export that was cut off is not taken for a whole one."""
    temporary = path.with_name(f".{path.name}.part")
    with temporary.open("w", encoding=encoding, newline="") as out:
        fill(out)
    temporary.replace(path)
    return path


def _write_rows(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_guarded(value) for value in row] for row in rows)


def _guarded(value: Value) -> Value:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _write_manifest(
    dest: Path, files: Sequence[Path], report_ids: Sequence[str], format: str, manifest: Mapping[str, object]
) -> Path:
    content = {
        **manifest,
        "format": format,
        "reports": len(report_ids),
        "files": [
            {
                "name": path.name,
                "bytes": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
            for path in files
        ],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    def fill(out: TextIO) -> None:
        out.write(text)

    return _write(dest / "manifest.json", fill, encoding="utf-8")


def _stem(stored: StoredReport) -> tuple[Value, ...]:
    return stored.id, stored.version, stored.report.agency, stored.report.year


def _report_rows(stored: StoredReport) -> Rows:
    report, source = stored.report, stored.sources[0]
    region, sums = report.region, derived(report)
    yield (
        stored.id, stored.version, report.agency, report.agency_printed, report.agency_kind, report.year, report.scope,
        report.era, region.province, region.city, region.county, region.township, region.code, report.title,
        report.published, sums["denied"], sums["unable"], sums["rejected"], sums["other"],
        " ".join(denial_reasons(report)), len(stored.findings), source.url, source.path, source.sha256,
        stored.archived_at, f"/r/{stored.id}/v{stored.version}",
    )  # fmt: skip


def _cell_rows(stored: StoredReport) -> Rows:
    for table, rows in stored.report.tables.items():
        for row, cells in rows.items():
            for column, cell in cells.items():
                yield (*_stem(stored), table, row, column, cell.state, cell.value, cell.raw, cell.unit)


def _section_rows(stored: StoredReport) -> Rows:
    for section in stored.report.sections:
        yield (*_stem(stored), section.number, section.key, section.heading, section.text)


def _fact_rows(stored: StoredReport) -> Rows:
    for fact in stored.report.facts:
        approximate = "true" if fact.approximate else "false"
        yield (*_stem(stored), fact.fact, fact.value, approximate, fact.quote, fact.start, fact.end)


def _finding_rows(stored: StoredReport) -> Rows:
    for f in stored.findings:
        yield (*_stem(stored), f.id, f.severity, f.message, f.expected, f.found, f.where)
