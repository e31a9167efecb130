"""What a run makes of documents: outcomes, identity, versions, readings and sources, as contract.md section 2 says."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from archive_samples import NOW, TINY, TINY_MORE, TINY_OTHER, Put, Run, now, report_text, tiny

from archive import Archive, Outcome, OutcomeKind
from archive.catalog import writer_lock
from archive.codec import report_to_json
from archive.ingest import Part, ingest
from corpus.errors import BusyError, UsageError
from corpus.sources import Limits

ADDED, UNCHANGED, NEW_VERSION = OutcomeKind.ADDED, OutcomeKind.UNCHANGED, OutcomeKind.NEW_VERSION
NOT_A_REPORT, FAILED = OutcomeKind.NOT_A_REPORT, OutcomeKind.FAILED


def kinds(outcomes: list[Outcome]) -> list[OutcomeKind]:
    return [outcome.kind for outcome in outcomes]


def make_zip(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)
    return buffer.getvalue()


def sources(archive: Archive, report_id: str | None) -> list[tuple[str, str | None, bool]]:
    assert report_id is not None
    stored = archive.report(report_id)
    return [(Path(s.path).name, s.url, s.is_copy) for s in stored.sources]


# --- one document -----------------------------------------------------------------------------------------------------


def test_report_is_added(archive: Archive, put: Put, run: Run) -> None:
    path = put("a.txt", tiny("云棠县财政局", 2023, "new_received=3", finding=1))
    (outcome,) = run(path)
    digest = sha256(path.read_bytes()).hexdigest()
    assert json.loads(json.dumps(outcome.to_json())) == {
        "path": str(path),
        "member": None,
        "sha256": digest,
        "outcome": "added",
        "report_id": outcome.report_id,
        "version": 1,
        "agency": "云棠县财政局",
        "year": 2023,
        "error": None,
        "findings": 1,
    }
    body = sha256("云棠县财政局|".encode()).hexdigest()[:8]
    assert outcome.report_id == f"cn-{body}-2023"
    assert archive.originals.read(digest) == path.read_bytes()
    stored = archive.report(outcome.report_id)
    assert stored.report.tables["applications"]["new_received"]["total"].value == 3
    assert stored.archived_at == NOW
    original = archive.original(outcome.report_id)
    assert (original.filename, original.media_type, original.sha256) == ("a.txt", "text/html", digest)
    assert original.data_path.read_bytes() == path.read_bytes()


def test_id_begins_with_the_code_of_the_region_and_holds_the_scope(archive: Archive, put: Put, run: Run) -> None:
    (outcome,) = run(put("a.txt", tiny("云棠县财政局", 2023, code="990102", scope="own")))
    body = sha256("云棠县财政局|own".encode()).hexdigest()[:8]
    assert outcome.report_id == f"990102-{body}-2023"


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"no report in it", NOT_A_REPORT, "no #report in it"),
        (b"#broken", FAILED, "broken on command"),
        (b"#crash", FAILED, "ZeroDivisionError：on command"),
        (b"\xff\xfe#report", FAILED, "UnicodeDecodeError"),
        (tiny(None, 2023).encode(), FAILED, "--agency"),
        (tiny("云棠县财政局", None).encode(), FAILED, "--year"),
    ],
    ids=["no report", "unreadable", "parser error", "parser error in bytes", "no agency", "no year"],
)
def test_bad_document_has_an_outcome_and_the_run_goes_on(
    archive: Archive, put: Put, run: Run, content: bytes, kind: OutcomeKind, words: str
) -> None:
    put("b.txt", content)
    put("c.txt", tiny())
    bad, good = run(put("a/../b.txt", content).parent)
    assert (bad.kind, bad.report_id, bad.version) == (kind, None, None)
    assert words in (bad.error or "")
    assert "\n" not in (bad.error or "")
    assert bad.sha256 is not None
    assert archive.originals.read(bad.sha256) == content
    assert good.kind is ADDED


def test_missing_agency_and_year_are_both_named_and_can_be_given(archive: Archive, put: Put, run: Run) -> None:
    path = put("a.txt", tiny(None, None))
    (failed,) = run(path)
    assert "--agency" in (failed.error or "")
    assert "--year" in (failed.error or "")
    (added,) = run(path, agency="云棠县财政局", year=2023)
    assert (added.kind, added.agency, added.year) == (ADDED, "云棠县财政局", 2023)
    assert kinds(run(path)) == [UNCHANGED]


def test_traceback_of_an_unexpected_error_is_in_the_log(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", "#crash"))
    with archive.catalog.snapshot() as db:
        (row,) = db.execute("SELECT outcome, detail FROM outcomes").fetchall()
    assert row["outcome"] == "failed"
    assert "ZeroDivisionError: on command" in row["detail"]
    assert "Traceback" in row["detail"]


def test_place_without_bytes_is_a_failure(archive: Archive, put: Put, run: Run, tmp_path: Path) -> None:
    folder = put("a.txt", tiny()).parent
    (folder / "link.txt").symlink_to(tmp_path / "elsewhere")
    added, link = run(folder)
    missing = run(tmp_path / "missing.txt")
    assert added.kind is ADDED
    assert (link.kind, link.sha256, Path(link.path).name) == (FAILED, None, "link.txt")
    assert "符号链接" in (link.error or "")
    assert (kinds(missing), missing[0].error) == ([FAILED], "没有这个文件或目录。")


def test_broken_zip_fails_and_its_bytes_are_kept(archive: Archive, put: Put, run: Run) -> None:
    data = make_zip(a=tiny())[:-30]
    (outcome,) = run(put("a.zip", data))
    assert (outcome.kind, outcome.member, outcome.sha256) == (FAILED, None, sha256(data).hexdigest())
    assert archive.originals.read(sha256(data).hexdigest()) == data
    with archive.catalog.snapshot() as db:
        assert db.execute("SELECT count(*) FROM originals").fetchone()[0] == 1


def test_file_above_the_limit_fails_with_its_size(put: Put, run: Run) -> None:
    (outcome,) = run(put("a.txt", tiny() + "。" * 1_000_000), limits=Limits(document_bytes=1_000_000))
    assert outcome.kind is FAILED
    assert "超过 1.0 MB 的上限" in (outcome.error or "")


def test_members_of_a_zip_name_their_container(archive: Archive, put: Put, run: Run) -> None:
    path = put("all.zip", make_zip(a=tiny("云棠县财政局"), b=tiny("云棠县教育局"), c="no report"))
    outcomes = run(path)
    assert [(o.member, o.kind) for o in outcomes] == [("a.txt", ADDED), ("b.txt", ADDED), ("c.txt", NOT_A_REPORT)]
    assert {o.path for o in outcomes} == {str(path)}
    assert outcomes[0].sha256 == sha256(tiny("云棠县财政局").encode()).hexdigest()
    assert archive.original(outcomes[0].report_id or "").filename == "a.txt"


def test_own_home_inside_the_given_folder_is_left_out(put: Put, run: Run, tmp_path: Path) -> None:
    run(put("a.txt", tiny()))
    assert kinds(run(tmp_path)) == [UNCHANGED]


# --- the same again ---------------------------------------------------------------------------------------------------


def test_same_bytes_are_unchanged_and_change_nothing(archive: Archive, put: Put, run: Run) -> None:
    path = put("a.txt", tiny())
    (first,) = run(path)
    before = archive.last_change()
    (second,) = run(path)
    assert (second.kind, second.report_id, second.version) == (UNCHANGED, first.report_id, 1)
    assert archive.last_change() == before
    assert sources(archive, first.report_id) == [("a.txt", None, False)]


def test_same_bytes_from_another_path_are_a_further_source(archive: Archive, put: Put, run: Run) -> None:
    first, second = run(put("a.txt", tiny()), put("b.txt", tiny()))
    assert (second.kind, second.report_id, second.version) == (UNCHANGED, first.report_id, 1)
    assert sources(archive, first.report_id) == [("a.txt", None, False), ("b.txt", None, False)]


def test_same_bytes_with_an_address_learn_the_address(archive: Archive, put: Put, run: Run) -> None:
    path = put("a.txt", tiny())
    (first,) = run(path)
    run(path, url="https://www.yuntang.example/a.html")
    assert sources(archive, first.report_id) == [
        ("a.txt", None, False), ("a.txt", "https://www.yuntang.example/a.html", False),
    ]  # fmt: skip


def test_same_text_in_another_file_is_a_further_source(archive: Archive, put: Put, run: Run) -> None:
    first, second = run(put("a.txt", tiny()), put("b.txt", "<!-- another page -->\n" + tiny()))
    assert (second.kind, second.report_id, second.version) == (UNCHANGED, first.report_id, 1)
    stored = archive.report(first.report_id or "")
    assert [s.sha256 for s in stored.sources] == [first.sha256, second.sha256]
    assert archive.original(stored.id).sha256 == first.sha256


def test_naming_stored_bytes_otherwise_is_a_correction_and_says_so(archive: Archive, put: Put, run: Run) -> None:
    path = put("a.txt", tiny())
    (first,) = run(path)
    (second,) = run(path, agency="望州市财政局")
    assert (second.kind, second.report_id) == (FAILED, first.report_id)
    assert f"gongkai amend {first.report_id}" in (second.error or "")
    assert kinds(run(path, agency="云棠县财政局")) == [UNCHANGED]


# --- versions and readings --------------------------------------------------------------------------------------------


def test_changed_text_at_the_same_path_is_a_new_version(archive: Archive, put: Put, run: Run) -> None:
    (first,) = run(put("a.txt", tiny("云棠县财政局", 2023, "旧。")))
    (second,) = run(put("a.txt", tiny("云棠县财政局", 2023, "新。")))
    assert (second.kind, second.report_id, second.version) == (NEW_VERSION, first.report_id, 2)
    report_id = first.report_id or ""
    assert archive.report(report_id).report.sections[0].text == "新。"
    assert archive.report(report_id, 1).report.sections[0].text == "旧。"
    assert [v.sha256 for v in archive.report(report_id).versions] == [first.sha256, second.sha256]
    assert archive.original(report_id, 1).sha256 == first.sha256


def test_changed_original_at_the_same_path_is_a_new_version(put: Put, run: Run) -> None:
    (first,) = run(put("a.txt", "count=1\n" + tiny()))
    (second,) = run(put("a.txt", "count=2\n" + tiny()))
    assert (second.kind, second.report_id, second.version) == (NEW_VERSION, first.report_id, 2)


def test_changed_member_of_the_same_zip_is_a_new_version(put: Put, run: Run) -> None:
    run(put("a.zip", make_zip(a=tiny("云棠县财政局", 2023, "旧。"), b=tiny("云棠县教育局"))))
    outcomes = run(put("a.zip", make_zip(a=tiny("云棠县财政局", 2023, "新。"), b=tiny("云棠县教育局"))))
    assert [(o.member, o.kind, o.version) for o in outcomes] == [("a.txt", NEW_VERSION, 2), ("b.txt", UNCHANGED, 1)]


def test_old_bytes_stay_the_old_version(archive: Archive, put: Put, run: Run) -> None:
    old, new = tiny("云棠县财政局", 2023, "旧。"), tiny("云棠县财政局", 2023, "新。")
    run(put("a.txt", old))
    run(put("a.txt", new))
    (again,) = run(put("a.txt", old))
    assert (again.kind, again.version) == (UNCHANGED, 1)
    assert archive.report(again.report_id or "").version == 2


def test_new_parser_over_the_same_text_is_a_new_reading(archive: Archive, put: Put, run: Run) -> None:
    path = put("a.txt", tiny())
    (first,) = run(path)
    before = archive.last_change()
    (second,) = run(path, reader=TINY_MORE)
    assert (second.kind, second.version, second.findings) == (UNCHANGED, 1, 1)
    stored = archive.report(first.report_id or "")
    assert [f.id for f in stored.findings] == ["p.unknown_label"]
    assert len(stored.versions) == 1
    assert archive.last_change() > before
    with archive.catalog.snapshot() as db:
        assert [tuple(r) for r in db.execute("SELECT reading, parser FROM readings")] == [(1, "tiny-1"), (2, "tiny-2")]


def test_new_parser_that_reads_the_same_leaves_no_trace(archive: Archive, put: Put, run: Run) -> None:
    path = put("a.txt", tiny())
    run(path)
    before = archive.last_change()
    assert kinds(run(path, reader=type(TINY)("tiny-1b", TINY.parse))) == [UNCHANGED]
    assert archive.last_change() == before


def test_new_parser_that_reads_another_text_makes_a_version(archive: Archive, put: Put, run: Run) -> None:
    path = put("a.txt", tiny())
    (first,) = run(path)
    (second,) = run(path, reader=TINY_OTHER)
    assert (second.kind, second.version) == (NEW_VERSION, 2)
    stored = archive.report(first.report_id or "")
    assert {v.sha256 for v in stored.versions} == {first.sha256}
    assert kinds(run(path, reader=TINY_OTHER)) == [UNCHANGED]


def test_new_parser_leaves_older_versions_as_they_were_cited(archive: Archive, put: Put, run: Run) -> None:
    old = put("old.txt", tiny("云棠县财政局", 2023, "旧。"))
    (first,) = run(old)
    run(put("new.txt", tiny("云棠县财政局", 2023, "新。")))
    assert kinds(run(old, reader=TINY_OTHER)) == [UNCHANGED]
    assert archive.report(first.report_id or "", 1).report.sections[0].text == "旧。"
    assert archive.report(first.report_id or "").version == 2


# --- several reports in one document ----------------------------------------------------------------------------------


def test_reports_of_one_page_share_path_and_digest(put: Put, run: Run) -> None:
    page = tiny("云棠县财政局", 2022) + "\n" + tiny("云棠县财政局", 2023) + "\n" + tiny(None, 2024)
    outcomes = run(put("a.txt", page))
    assert [(o.kind, o.year) for o in outcomes] == [(ADDED, 2022), (ADDED, 2023), (FAILED, 2024)]
    assert len({(o.path, o.sha256) for o in outcomes}) == 1
    assert kinds(run(put("a.txt", page))) == [UNCHANGED, UNCHANGED, FAILED]


def test_changed_page_makes_a_version_only_of_the_report_that_changed(archive: Archive, put: Put, run: Run) -> None:
    first = run(put("a.txt", tiny("云棠县财政局", 2022) + "\n" + tiny("云棠县财政局", 2023, "旧。")))
    second = run(put("a.txt", tiny("云棠县财政局", 2022) + "\n" + tiny("云棠县财政局", 2023, "新。")))
    assert [(o.kind, o.version) for o in second] == [(UNCHANGED, 1), (NEW_VERSION, 2)]
    assert [o.report_id for o in second] == [o.report_id for o in first]
    assert len(archive.report(first[0].report_id or "").sources) == 2


def test_report_that_goes_back_to_an_older_text_is_a_new_version(put: Put, run: Run) -> None:
    other = "\n" + tiny("云棠县教育局")
    for text in ("旧。", "新。"):
        run(put("a.txt", tiny("云棠县财政局", 2023, text) + other))
    outcome, _ = run(put("a.txt", "back\n" + tiny("云棠县财政局", 2023, "旧。") + other))
    assert (outcome.kind, outcome.version) == (NEW_VERSION, 3)


def test_two_reports_of_one_name_and_year_on_one_page_are_two(archive: Archive, put: Put, run: Run) -> None:
    page = tiny("云棠县财政局", 2023, "甲。") + "\n" + tiny("云棠县财政局", 2023, "乙。")
    first, second = run(put("a.txt", page))
    assert (first.kind, second.kind) == (ADDED, ADDED)
    assert second.report_id == f"{first.report_id}-2"
    assert [f.id for f in archive.report(second.report_id or "").findings] == ["s.agency_ambiguous"]
    assert kinds(run(put("a.txt", page))) == [UNCHANGED, UNCHANGED]
    again = run(put("a.txt", "changed\n" + page))
    assert [(o.kind, o.report_id) for o in again] == [(UNCHANGED, first.report_id), (UNCHANGED, second.report_id)]


def test_own_and_aggregate_are_two_reports(put: Put, run: Run) -> None:
    outcomes = run(put("a.txt", tiny(scope="own")), put("b.txt", tiny(scope="aggregate")), put("c.txt", tiny()))
    assert kinds(outcomes) == [ADDED, ADDED, ADDED]
    assert len({o.report_id for o in outcomes}) == 3


# --- bodies of the same name ------------------------------------------------------------------------------------------

HAITANG = "海棠区财政局"


@pytest.mark.parametrize(
    ("first", "second", "evidence"),
    [
        (tiny(HAITANG, city="昆岚市"), tiny(HAITANG, 2023, "另文。", city="望州市"), "市级 望州市 / 昆岚市"),
        (tiny(HAITANG, county="甲区"), tiny(HAITANG, 2023, "另文。", county="乙区"), "县级 乙区 / 甲区"),
        (tiny(HAITANG, code="990102"), tiny(HAITANG, 2023, "另文。", code="880102"), "区划代码 880102 / 990102"),
        # the same text proves nothing when the sites belong to different regions
        ("site=9901020001\n" + tiny(HAITANG), "site=8801020001\n" + tiny(HAITANG), "网站标识码 880102 / 990102"),
    ],
    ids=["city", "county", "region code", "site code"],
)
def test_contradicting_evidence_makes_two_reports(
    archive: Archive, put: Put, run: Run, first: str, second: str, evidence: str
) -> None:
    a, b = run(put("a.txt", first), put("b.txt", second))
    assert (a.kind, b.kind) == (ADDED, ADDED)
    assert a.report_id != b.report_id
    assert (a.findings, b.findings) == (0, 1)
    (finding,) = archive.report(b.report_id or "").findings
    assert finding.id == "s.agency_ambiguous"
    assert evidence in finding.message
    assert a.report_id is not None
    assert a.report_id in finding.message
    assert [s.finding_count for s in sorted(archive.summaries(), key=lambda s: s.id == b.report_id)] == [0, 1]
    # and each finds its own again
    again = run(put("a.txt", first + "改。"), put("b.txt", second + "改。"))
    assert [(o.kind, o.report_id) for o in again] == [(NEW_VERSION, a.report_id), (NEW_VERSION, b.report_id)]


def test_other_host_with_another_text_is_another_body(archive: Archive, put: Put, run: Run) -> None:
    (a,) = run(put("a.txt", tiny(HAITANG, 2023, "new_received=3")), url="https://www.kunlan.example/a.html")
    (b,) = run(put("b.txt", tiny(HAITANG, 2023, "new_received=4")), url="https://www.wangzhou.example/a.html")
    assert (a.kind, b.kind, b.findings) == (ADDED, ADDED, 1)
    assert a.report_id != b.report_id
    (finding,) = archive.report(b.report_id or "").findings
    assert "kunlan.example / wangzhou.example" in finding.message


def test_missing_evidence_contradicts_nothing(put: Put, run: Run) -> None:
    outcomes = run(put("a.txt", tiny(HAITANG, city="昆岚市")), put("b.txt", tiny(HAITANG, 2023, "另文。")))
    assert kinds(outcomes) == [ADDED, NEW_VERSION]


def test_body_of_the_same_name_in_another_year_is_told_apart_too(archive: Archive, put: Put, run: Run) -> None:
    _, b = run(put("a.txt", tiny(HAITANG, 2022, city="昆岚市")), put("b.txt", tiny(HAITANG, 2023, city="望州市")))
    assert [f.id for f in archive.report(b.report_id or "").findings] == ["s.agency_ambiguous"]


def test_county_that_became_a_district_is_the_same_body(archive: Archive, put: Put, run: Run) -> None:
    outcomes = run(
        put("a.txt", tiny("青石镇人民政府", 2019, county="望州县")),
        put("b.txt", tiny("青石镇人民政府", 2020, county="望州区")),
    )
    assert [(o.kind, o.findings) for o in outcomes] == [(ADDED, 0), (ADDED, 0)]


# --- copies from other sites ------------------------------------------------------------------------------------------

LINES = [f"第{i}段说明本年度的一项具体工作及其结果。" for i in range(20)]
URL, MIRROR = "https://www.yuntang.example/a.html", "https://mirror.example/copy.html"


@pytest.mark.parametrize(
    ("facts", "copy_lines"),
    [
        ({}, ["site chrome of the mirror"]),  # nothing pins the body down: the text shows that it is a copy
        ({"city": "昆岚市"}, ["一", "完全不同的镜像摘要。"]),  # the body is certain: whatever the text, only a copy
    ],
    ids=["recognised by its text", "recognised by its body"],
)
def test_copy_from_another_site_is_a_source_and_no_version(
    archive: Archive, put: Put, run: Run, facts: dict[str, str], copy_lines: list[str]
) -> None:
    (first,) = run(put("a.txt", tiny("云棠县财政局", 2023, *LINES, **facts)), url=URL)
    lines = [*LINES[:18], *copy_lines] if not facts else copy_lines
    (copy,) = run(put("b.txt", tiny("云棠县财政局", 2023, *lines, **facts)), url=MIRROR)
    assert (copy.kind, copy.report_id, copy.version) == (UNCHANGED, first.report_id, 1)
    assert sources(archive, first.report_id) == [("a.txt", URL, False), ("b.txt", MIRROR, True)]
    stored = archive.report(first.report_id or "")
    assert stored.report.sections[0].text.startswith(LINES[0])
    assert archive.original(stored.id).sha256 == first.sha256
    # a change of the copy, at its own place, is still no version
    (changed,) = run(put("b.txt", tiny("云棠县财政局", 2023, *lines, "再改。", **facts)), url=MIRROR)
    assert (changed.kind, changed.version) == (UNCHANGED, 1)
    # a change on the report's own site is one
    (own,) = run(put("c.txt", tiny("云棠县财政局", 2023, *LINES, "更正。", **facts)), url=URL)
    assert (own.kind, own.report_id, own.version) == (NEW_VERSION, first.report_id, 2)


def test_www_is_the_same_site(put: Put, run: Run) -> None:
    run(put("a.txt", tiny("云棠县财政局", 2023, "旧。")), url="https://www.yuntang.example/1.html")
    (second,) = run(put("b.txt", tiny("云棠县财政局", 2023, "新。")), url="https://yuntang.example/2.html")
    assert (second.kind, second.version) == (NEW_VERSION, 2)


def test_report_without_site_learns_it_from_its_first_source_with_one(put: Put, run: Run) -> None:
    run(put("a.txt", tiny("云棠县财政局", 2023, "旧。")))
    (second,) = run(put("b.txt", tiny("云棠县财政局", 2023, "新。")), url=URL)
    (third,) = run(put("c.txt", tiny("云棠县财政局", 2023, "新。", "又。")), url=MIRROR)
    assert (second.kind, second.version) == (NEW_VERSION, 2)
    assert third.kind is ADDED  # another site, another text, and nothing that says it is the same body


# --- between years ----------------------------------------------------------------------------------------------------


def carry(year: int, out: int, into: int, **facts: object) -> str:
    return tiny("云棠县财政局", year, f"carried_in={into}", f"carried_out={out}", "本年度情况良好。", **facts)


def series(archive: Archive, year: int) -> list[str]:
    (summary,) = [s for s in archive.summaries() if s.year == year]
    found = [f.id for f in archive.report(summary.id).findings if f.id.startswith("x.")]
    assert summary.finding_count == len(archive.report(summary.id).findings)
    return found


@pytest.mark.parametrize("order", [(2022, 2023), (2023, 2022)], ids=["in order", "earlier year later"])
def test_break_between_years_stands_on_the_later_report(
    archive: Archive, put: Put, run: Run, order: tuple[int, int]
) -> None:
    texts = {2022: carry(2022, 5, 0), 2023: carry(2023, 0, 4)}
    for year in order:
        run(put(f"{year}.txt", texts[year]))
    assert series(archive, 2022) == []
    assert series(archive, 2023) == ["x.carry:total"]
    # it goes when either is set right, and the later report counts as changed
    before = archive.last_change()
    run(put("2022.txt", carry(2022, 4, 0)))
    assert series(archive, 2023) == []
    changed = {change.report_id for change in archive.changes(before)}
    assert changed == {s.id for s in archive.summaries()}


def test_older_version_has_no_findings_between_years(archive: Archive, put: Put, run: Run) -> None:
    run(put("2022.txt", carry(2022, 5, 0)), put("2023.txt", carry(2023, 0, 4)))
    (outcome,) = run(put("2023.txt", carry(2023, 1, 4)))
    report_id = outcome.report_id or ""
    assert [f.id for f in archive.report(report_id).findings] == ["x.carry:total"]
    assert archive.report(report_id, 1).findings == ()


def test_years_of_different_bodies_are_not_compared(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", carry(2022, 5, 0, city="昆岚市")), put("b.txt", carry(2023, 0, 4, city="望州市")))
    assert series(archive, 2023) == []


# --- the run ----------------------------------------------------------------------------------------------------------


def test_changes_name_every_report_once_and_grow(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny("云棠县财政局")), put("b.txt", tiny("云棠县教育局")))
    first = list(archive.changes(0))
    assert [change.deleted for change in first] == [False, False]
    run(put("a.txt", tiny("云棠县财政局", 2023, "新。")))
    latest = list(archive.changes(0))
    assert len(latest) == 2
    assert [c.seq for c in latest] == sorted(c.seq for c in latest)
    assert latest[-1].seq == archive.last_change() > first[-1].seq
    assert list(archive.changes(first[-1].seq)) == [latest[-1]]
    assert list(archive.changes(archive.last_change())) == []


def test_log_keeps_every_run(archive: Archive, put: Put, run: Run) -> None:
    folder = put("a.txt", tiny()).parent
    put("b.txt", "no report")
    run(folder)
    run(folder)
    first, second = archive.runs()
    assert (first.started_at, first.finished_at, first.parser) == (NOW, NOW, "tiny-1")
    assert first.arguments["paths"] == [str(folder)]
    assert first.counts == {"added": 1, "not_a_report": 1}
    assert second.counts == {"not_a_report": 1, "unchanged": 1}


def test_parts_share_the_paths_among_them(archive: Archive, put: Put, run: Run) -> None:
    for i in range(12):
        put(f"{i}.txt", tiny(f"云棠县{'甲乙丙丁戊己庚辛壬癸子丑'[i]}局"))
    folder = put("0.txt", tiny("云棠县甲局")).parent
    taken = [[o.path for o in run(folder, part=f"{i}/3")] for i in (1, 2, 3)]
    assert sorted(path for share in taken for path in share) == sorted(str(p) for p in folder.iterdir())


def test_parts_are_of_about_the_same_size() -> None:
    shares = [Part.parse(f"{i}/3") for i in (1, 2, 3)]
    sizes = [sum(share.holds(f"/reports/{i}.txt") for i in range(3000)) for share in shares]
    assert sum(sizes) == 3000
    assert min(sizes) > 850


@pytest.mark.parametrize("part", ["0/2", "3/2", "1", "a/b", "1/0", "-1/2", ""])
def test_impossible_part_is_a_usage_error(part: str) -> None:
    with pytest.raises(UsageError, match="is not a share"):
        Part.parse(part)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"url": "https://a.example/"}, "--url belongs to a single file"),
        ({"url": "javascript:alert(1)", "single": True}, "is no web address"),
        ({"jobs": 0}, "--jobs 0"),
        ({"part": "9/2"}, "is not a share"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_done(
    archive: Archive, put: Put, options: dict[str, object], words: str
) -> None:
    single = options.pop("single", False)
    path = put("a.txt", tiny())
    with pytest.raises(UsageError, match=words):
        ingest(archive, [path if single else path.parent], now=now, reader=TINY, **options)
    assert archive.runs() == []


def test_second_run_raises_busy_when_it_may_not_wait(archive: Archive, put: Put) -> None:
    with writer_lock(archive.lock_path), pytest.raises(BusyError):
        list(ingest(archive, [put("a.txt", tiny())], now=now, reader=TINY, wait=False))


def test_worker_processes_give_the_same_outcomes_in_the_same_order(archive: Archive, put: Put, run: Run) -> None:
    for i in range(8):
        put(f"{i}.txt", [tiny("云棠县财政局", 2010 + i), "no report", "#crash", "#broken"][i % 4])
    put("8.txt", tiny("云棠县财政局", 2010))
    outcomes = run(put("9.txt", tiny("云棠县财政局", 2010, "新。")).parent, jobs=2)
    assert [o.kind for o in outcomes] == [
        ADDED, NOT_A_REPORT, FAILED, FAILED, ADDED, NOT_A_REPORT, FAILED, FAILED, UNCHANGED, NEW_VERSION,
    ]  # fmt: skip
    assert [Path(o.path).name for o in outcomes] == [f"{i}.txt" for i in range(10)]


def test_document_that_kills_its_worker_fails_alone(archive: Archive, put: Put, run: Run) -> None:
    for i in range(5):
        put(f"{i}.txt", tiny("云棠县财政局", 2010 + i) if i != 1 else "#die")
    outcomes = run(put("5.txt", tiny("云棠县财政局", 2015)).parent, jobs=2)
    assert kinds(outcomes) == [ADDED, FAILED, ADDED, ADDED, ADDED, ADDED]
    assert "进程意外终止" in (outcomes[1].error or "")


def test_real_parser_files_a_report_in_the_format_of_2021(archive: Archive, put: Put) -> None:
    path = put("a.txt", report_text("云棠县财政局", 2023, granted=3, refused=1))
    (outcome,) = list(ingest(archive, [path], now=now))
    assert (outcome.kind, outcome.agency, outcome.year, outcome.error) == (ADDED, "云棠县财政局", 2023, None)
    data = report_to_json(archive.report(outcome.report_id or ""))
    assert data["tables"]["applications"]["denied.third_party"]["total"]["value"] == 1
    assert data["denial_reasons"] == ["denied.third_party"]
    assert data["derived"]["denied"] == 1
    assert [s["number"] for s in data["sections"]][-6:] == [1, 2, 3, 4, 5, 6]
    assert kinds(list(ingest(archive, [path], now=now))) == [UNCHANGED]


def test_real_parser_names_what_is_wrong_with_each_bad_document_and_goes_on(
    archive: Archive, put: Put, tmp_path: Path
) -> None:
    documents = {
        "1-empty.txt": b"",
        "2-truncated-gbk.html": report_text("瀍河县财政局").encode("gb18030")[:101],
        "3-no-report.txt": "今天天气很好。".encode(),
        "4-huge.txt": "政府信息公开。\n".encode() * 1_000_000,
        "5-broken.zip": make_zip(a=report_text())[:-40],
        "6-picture.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "8-good.txt": report_text().encode(),
    }
    for name, data in documents.items():
        put(name, data)
    folder = tmp_path / "in"
    (folder / "7-link.txt").symlink_to(folder / "8-good.txt")
    outcomes = list(ingest(archive, [folder], now=now))
    assert [Path(o.path).name for o in outcomes] == sorted([*documents, "7-link.txt"])
    *bad, good = outcomes
    assert good.kind is ADDED
    assert {o.kind for o in bad} <= {FAILED, NOT_A_REPORT}
    assert [o.error for o in bad if "未预料" in (o.error or "未预料")] == []  # every one is foreseen and explained
    by_name = {Path(o.path).name: o for o in outcomes}
    assert by_name["3-no-report.txt"].kind is by_name["6-picture.png"].kind is NOT_A_REPORT
    assert by_name["4-huge.txt"].kind is by_name["5-broken.zip"].kind is by_name["7-link.txt"].kind is FAILED
    for name, data in documents.items():
        digest = sha256(data).hexdigest()
        assert by_name[name].sha256 == digest
        assert archive.originals.read(digest) == data
