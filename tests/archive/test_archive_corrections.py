"""Human corrections win over the parser, survive re-reading, and leave ids and links alone; withdrawals leave a stone."""

import pytest
from archive_samples import NOW, TINY_MORE, TINY_OTHER, Put, Run, tiny

from archive import Archive, OutcomeKind
from archive.catalog import writer_lock
from archive.codec import report_to_json
from archive.corrections import amend, corrections, withdraw
from archive.verify import verify
from corpus.errors import BusyError, NotFoundError, UsageError, WithdrawnError
from corpus.model import AgencyKind

LATER = "2026-03-01T00:00:00Z"


def only(archive: Archive) -> str:
    (summary,) = archive.summaries()
    return summary.id


def test_amended_fields_win_and_are_shown_with_who_and_why(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny("云棠县", 2023)))
    report_id = only(archive)
    before = archive.last_change()
    amend(archive, report_id, {"agency": "雲棠縣人民政府", "year": 2022, "region": None}, "标题有误", "王某", LATER)
    stored = archive.report(report_id)
    assert (stored.report.agency, stored.report.year) == ("云棠县人民政府", 2022)
    assert stored.report.agency_kind is AgencyKind.PEOPLE_GOVERNMENT
    assert stored.report.agency_printed == "云棠县"
    assert stored.report.evidence["agency"] == stored.report.evidence["year"] == "corrected"
    assert report_to_json(stored)["corrections"] == [
        {"changes": {"agency": "云棠县人民政府", "year": 2022}, "reason": "标题有误", "who": "王某", "made_at": LATER}
    ]
    (summary,) = archive.summaries()
    assert (summary.id, summary.agency, summary.year, summary.version) == (report_id, "云棠县人民政府", 2022, 1)
    assert [c.report_id for c in archive.changes(before)] == [report_id]
    assert list(verify(archive, full=True)) == []


def test_region_is_set_by_its_code(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny("海棠区财政局", 2023)))
    amend(archive, only(archive), {"region": "330206"}, "", "王某", LATER)
    region = archive.report(only(archive)).report.region
    assert (region.province, region.city, region.county, region.code) == ("浙江省", "宁波市", "北仑区", "330206")
    assert set(region.evidence.values()) == {"corrected"}


def test_later_correction_wins_and_the_others_stay(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny()))
    report_id = only(archive)
    amend(archive, report_id, {"year": 2021}, "一", "王某", NOW)
    amend(archive, report_id, {"year": 2022}, "二", "李某", LATER)
    assert archive.report(report_id).report.year == 2022
    assert [(c.changes, c.reason, c.who) for c in corrections(archive, report_id)] == [
        ({"year": 2021}, "一", "王某"), ({"year": 2022}, "二", "李某"),
    ]  # fmt: skip


@pytest.mark.parametrize("reader", [TINY_MORE, TINY_OTHER], ids=["new reading", "new version"])
def test_correction_survives_a_new_parser(archive: Archive, put: Put, run: Run, reader: object) -> None:
    path = put("a.txt", tiny())
    run(path)
    report_id = only(archive)
    amend(archive, report_id, {"agency": "云棠县教育局"}, "", "王某", LATER)
    (outcome,) = run(path, reader=reader)
    assert (outcome.report_id, outcome.agency) == (report_id, "云棠县教育局")
    assert archive.report(report_id).report.agency == "云棠县教育局"


def test_changed_page_finds_its_amended_report(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny("云棠县", 2023, "旧。")))
    report_id = only(archive)
    amend(archive, report_id, {"agency": "云棠县财政局", "year": 2022}, "", "王某", LATER)
    (outcome,) = run(put("a.txt", tiny("云棠县", 2023, "新。")))
    assert (outcome.kind, outcome.report_id, outcome.version) == (OutcomeKind.NEW_VERSION, report_id, 2)


def test_report_of_the_name_that_was_wrong_is_another_one(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny("云棠县", 2023, "其实是财政局的。")))
    report_id = only(archive)
    amend(archive, report_id, {"agency": "云棠县财政局"}, "", "王某", LATER)
    (outcome,) = run(put("b.txt", tiny("云棠县", 2023, "真是县政府的。")))
    assert (outcome.kind, outcome.agency) == (OutcomeKind.ADDED, "云棠县")
    assert outcome.report_id == f"{report_id}-2"  # an id is never given twice


def test_findings_between_years_follow_the_corrected_year(archive: Archive, put: Put, run: Run) -> None:
    run(
        put("a.txt", tiny("云棠县财政局", 2022, "carried_in=0", "carried_out=5", "文。")),
        put("b.txt", tiny("云棠县财政局", 2023, "carried_in=4", "carried_out=0", "文。")),
    )
    earlier, later = [s.id for s in archive.summaries()]
    assert [f.id for f in archive.report(later).findings] == ["x.carry:total"]
    amend(archive, earlier, {"year": 2020}, "", "王某", LATER)
    assert archive.report(later).findings == ()
    amend(archive, earlier, {"year": 2022}, "", "王某", LATER)
    withdraw(archive, earlier, "误收", "王某", LATER)
    assert archive.report(later).findings == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Nothing to amend"),
        ({"agency": None}, "Nothing to amend"),
        ({"title": "x"}, "Cannot amend title"),
        ({"agency": " "}, "The new agency is empty"),
        ({"year": 1999}, "1999 is no report year"),
        ({"year": "2023"}, "'2023' is no report year"),
        ({"region": "990102"}, "had the code 990102 in 2023"),
    ],
)
def test_impossible_correction_is_refused(
    archive: Archive, put: Put, run: Run, changes: dict[str, str | int | None], words: str
) -> None:
    run(put("a.txt", tiny()))
    before = archive.last_change()
    with pytest.raises(UsageError, match=words):
        amend(archive, only(archive), changes, "", "王某", LATER)
    assert archive.last_change() == before
    assert archive.report(only(archive)).corrections == ()


def test_withdrawn_report_leaves_a_tombstone(archive: Archive, put: Put, run: Run) -> None:
    path = put("a.txt", tiny())
    run(path)
    report_id = only(archive)
    before = archive.last_change()
    withdraw(archive, report_id, "重复收录", "王某", LATER)
    assert list(archive.summaries()) == []
    assert [(c.report_id, c.deleted) for c in archive.changes(before)] == [(report_id, True)]
    stone = archive.tombstone(report_id)
    assert stone is not None
    assert (stone.agency, stone.year, stone.reason, stone.who, stone.withdrawn_at) == (
        "云棠县财政局", 2023, "重复收录", "王某", LATER,
    )  # fmt: skip
    for ask in (archive.report, archive.original):
        with pytest.raises(WithdrawnError, match=r"was withdrawn on 2026-03-01: 重复收录"):
            ask(report_id)
    # its bytes and versions are kept, and ingesting it again does not bring it back
    (outcome,) = run(path)
    assert (outcome.kind, outcome.report_id) == (OutcomeKind.UNCHANGED, report_id)
    assert "撤下" in (outcome.error or "")
    (changed,) = run(put("a.txt", tiny("云棠县财政局", 2023, "新。")))
    assert (changed.kind, changed.report_id) == (OutcomeKind.UNCHANGED, report_id)
    assert list(archive.summaries()) == []
    assert list(verify(archive, full=True)) == []


def test_withdrawal_needs_a_reason_and_a_report(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny()))
    report_id = only(archive)
    with pytest.raises(UsageError, match="needs a reason"):
        withdraw(archive, report_id, "  ", "王某", LATER)
    with pytest.raises(NotFoundError):
        withdraw(archive, "nothing", "x", "王某", LATER)
    withdraw(archive, report_id, "x", "王某", LATER)
    with pytest.raises(WithdrawnError):
        withdraw(archive, report_id, "x", "王某", LATER)
    with pytest.raises(WithdrawnError):
        amend(archive, report_id, {"year": 2022}, "", "王某", LATER)


def test_correction_during_a_run_says_that_it_is_busy(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny()))
    with writer_lock(archive.lock_path), pytest.raises(BusyError, match="Another process is writing"):
        amend(archive, only(archive), {"year": 2022}, "", "王某", LATER)
