"""Exports are whole, safe to open in a spreadsheet, and say what they hold."""

import csv
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from archive_samples import TINY, Put, Run, parse_tiny, tiny

from archive import Archive
from archive.codebook import codebook
from archive.codec import report_to_json
from archive.export import CELL_COLUMNS, CODEBOOK_COLUMNS, FORMATS, REPORT_COLUMNS, export
from archive.reader import Hints, Parsed
from corpus.errors import NotFoundError, UsageError
from corpus.vocabulary import APPLICATION_COLUMNS, APPLICATION_ROWS_2019, APPLICATION_ROWS_2021, STATISTICS_ROWS

MANIFEST = {"query": "year=2023", "exported_at": "2026-03-01T00:00:00Z"}


@pytest.fixture
def ids(archive: Archive, put: Put, run: Run) -> list[str]:
    run(
        put("a.txt", tiny("云棠县财政局", 2023, "new_received=3", "denied.third_party=2", "文，“引”。")),
        put("b.txt", tiny("望州市财政局", 2023, "文。", finding=1)),
    )
    return [summary.id for summary in archive.summaries()]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_holds_reports_and_cells(archive: Archive, ids: list[str], tmp_path: Path) -> None:
    dest = tmp_path / "new" / "out"
    files = export(archive, dest, ids, "csv", MANIFEST)
    names = ["reports.csv", "cells.csv", "sections.csv", "facts.csv", "findings.csv", "codebook.csv", "manifest.json"]
    assert [file.name for file in files] == names
    assert sorted(p.name for p in dest.iterdir()) == sorted(names)  # no temporary file is left
    data = (dest / "reports.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 3
    reports = rows(dest / "reports.csv")
    assert tuple(reports[0]) == REPORT_COLUMNS
    assert [r["report_id"] for r in reports] == ids
    one = next(r for r in reports if r["agency"] == "云棠县财政局")
    assert (one["year"], one["denied"], one["unable"], one["denial_reasons"]) == ("2023", "2", "", "denied.third_party")
    cells = rows(dest / "cells.csv")
    assert tuple(cells[0]) == CELL_COLUMNS
    assert [(c["row"], c["column"], c["state"], c["value"]) for c in cells] == [
        ("new_received", "total", "number", "3"), ("denied.third_party", "total", "number", "2"),
    ]  # fmt: skip
    assert {s["text"] for s in rows(dest / "sections.csv")} == {"文，“引”。", "文。"}
    assert [f["id"] for f in rows(dest / "findings.csv")] == ["p.row_missing"]


def test_jsonl_holds_the_public_form(archive: Archive, ids: list[str], tmp_path: Path) -> None:
    files = export(archive, tmp_path / "out", list(reversed(ids)), "jsonl", MANIFEST)
    assert [file.name for file in files] == ["reports.jsonl", "codebook.csv", "manifest.json"]
    lines = (tmp_path / "out" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [report_to_json(archive.report(i)) for i in reversed(ids)]


@pytest.mark.parametrize("format", FORMATS)
def test_manifest_names_query_and_files(archive: Archive, ids: list[str], tmp_path: Path, format: str) -> None:
    *files, _ = export(archive, tmp_path / "out", ids, format, MANIFEST)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["query"] == "year=2023"
    assert manifest["exported_at"] == "2026-03-01T00:00:00Z"
    assert (manifest["format"], manifest["reports"]) == (format, 2)
    assert manifest["files"] == [
        {"name": f.name, "bytes": f.stat().st_size, "sha256": sha256(f.read_bytes()).hexdigest()} for f in files
    ]


def parse_hostile(data: bytes, name: str, hints: Hints) -> Parsed:
    parsed = parse_tiny(data, name, hints)
    title = '=HYPERLINK("http://x.example","y")\r\n'
    return replace(parsed, reports=[replace(r, title=title, agency_printed="-2+3") for r in parsed.reports])


def test_formulas_are_guarded_and_numbers_are_not(archive: Archive, put: Put, run: Run, tmp_path: Path) -> None:
    run(put("a.txt", tiny("云棠县财政局", 2023, "change=-2", "@文。")), reader=replace(TINY, parse=parse_hostile))
    export(archive, tmp_path / "out", [s.id for s in archive.summaries()], "csv", {})
    (report,) = rows(tmp_path / "out" / "reports.csv")
    assert report["title"].startswith("'=HYPERLINK")
    assert report["agency_printed"] == "'-2+3"
    (cell,) = rows(tmp_path / "out" / "cells.csv")
    assert (cell["value"], cell["raw"]) == ("-2", "'-2")
    (section,) = rows(tmp_path / "out" / "sections.csv")
    assert section["text"] == "'@文。"


def test_codebook_explains_every_key_of_the_tables() -> None:
    lines = [dict(zip(CODEBOOK_COLUMNS, line, strict=True)) for line in codebook()]
    known = {(line["table"], line["axis"], line["key"]) for line in lines}
    assert len(known) == len(lines)
    assert all(line["label_zh"] and line["label_en"] for line in lines)
    wanted = {("applications", "row", key) for key in (*APPLICATION_ROWS_2019, *APPLICATION_ROWS_2021)}
    wanted |= {("applications", "column", key) for key in APPLICATION_COLUMNS}
    wanted |= {("statistics", "row", key) for key in STATISTICS_ROWS}
    wanted |= {("cells", "state", key) for key in ("number", "blank", "dash", "slash", "text", "absent")}
    assert wanted <= known
    third_party = next(line for line in lines if line["key"] == "denied.third_party")
    assert (third_party["label_zh"], third_party["article"]) == ("保护第三方合法权益", "第十五条")


def test_existing_folder_is_not_written_into(archive: Archive, ids: list[str], tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    (tmp_path / "file").touch()
    for name in ("full", "file"):
        with pytest.raises(UsageError, match="exists and is not an empty folder"):
            export(archive, tmp_path / name, ids, "csv", {})
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_unknown_format_and_unknown_report_are_refused(archive: Archive, ids: list[str], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Unknown format 'docx'"):
        export(archive, tmp_path / "out", ids, "docx", {})
    with pytest.raises(NotFoundError):
        export(archive, tmp_path / "out", ["nothing"], "csv", {})
