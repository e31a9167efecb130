"""What ties reports together is kept up to date through every change: citations, likeness, the year before."""

from collections.abc import Callable
from random import Random

import pytest
from archive_samples import NOW, Put, Run, tiny

from archive import Archive
from archive.corrections import amend, withdraw
from archive.derive import derive
from archive.related import related_names
from archive.verify import verify
from corpus.bodies import Relation
from corpus.checks import check_series
from corpus.errors import WithdrawnError
from corpus.likeness import FIGURES, TEXT, Twin, digests, likeness_findings

SENTENCE = "依据《政府信息公开条例》第三十六条和国办公开办函〔2021〕30号办理。"
DAMAGED = "按照国办公开办函〔202130编制。"
LONG = "本年度主动公开政府信息若干条，公开目录及时更新，依申请公开按期办理，没有逾期。" * 10
FIGURES_LINES = ("new_received=37", "granted=21", "partial=4", "other.misc=3", "carried_out=2", "outcome_total=35")
REGULATION = "中华人民共和国政府信息公开条例"


def ids(archive: Archive, report_id: str) -> list[str]:
    return [f.id for f in archive.report(report_id).findings]


def by_agency(archive: Archive) -> dict[str, str]:
    return {s.agency: s.id for s in archive.summaries()}


# --- citations --------------------------------------------------------------------------------------------------------


def test_what_reports_cite_is_counted_and_found_again(archive: Archive, put: Put, run: Run) -> None:
    run(
        put("a.txt", tiny("云棠县财政局", 2022, SENTENCE, SENTENCE)), put("b.txt", tiny("望州市财政局", 2023, SENTENCE))
    )
    assert [(c.kind, c.canonical, c.reports, c.places, c.first_year, c.last_year) for c in archive.cited_names()] == [
        ("law", REGULATION, 2, 3, 2022, 2023),
        ("document", "国办公开办函〔2021〕30号", 2, 3, 2022, 2023),
    ]
    sums = archive.cited_sums(REGULATION)
    assert sums is not None
    assert (sums.kind, sums.reports, sums.places) == ("law", 2, 3)
    assert (sums.reports_by_year, sums.places_by_article) == ({2022: 1, 2023: 1}, {36: 3})
    total, places = archive.cited_places(REGULATION, limit=2)
    assert (total, [p.agency for p in places]) == (3, ["望州市财政局", "云棠县财政局"])
    for place in places:
        text = archive.report(place.report_id, place.version).report.text
        assert text[place.start : place.end] == place.raw == "《政府信息公开条例》第三十六条"
    assert archive.cited_places(REGULATION, limit=2, offset=2)[1][0].agency == "云棠县财政局"
    assert archive.cited_places(REGULATION, article=36, limit=9)[0] == 3
    assert archive.cited_places(REGULATION, article=3, limit=9) == (0, [])
    assert archive.cited_sums("某某条例") is None


def test_damaged_citations_are_kept_apart(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny("云棠县财政局", 2022, DAMAGED)))
    assert archive.cited_names() == []
    total, (place,) = archive.cited_places(None, limit=9)
    assert (total, place.raw) == (1, "国办公开办函〔202130")


def test_citations_follow_the_newest_version_and_go_with_a_withdrawal(archive: Archive, put: Put, run: Run) -> None:
    path = put("a.txt", tiny("云棠县财政局", 2022, SENTENCE))
    run(path)
    put("a.txt", tiny("云棠县财政局", 2022, SENTENCE, SENTENCE))
    run(path)
    (cited,) = [c for c in archive.cited_names() if c.kind == "law"]
    assert (cited.reports, cited.places) == (1, 2)
    assert {p.version for p in archive.cited_places(REGULATION, limit=9)[1]} == {2}
    withdraw(archive, by_agency(archive)["云棠县财政局"], "撤回", "王某", NOW)
    assert archive.cited_names() == [] and archive.cited_sums(REGULATION) is None


# --- likeness ---------------------------------------------------------------------------------------------------------


def test_two_reports_with_the_same_figures_name_each_other(archive: Archive, put: Put, run: Run) -> None:
    run(
        put("a.txt", tiny("云棠县财政局", 2022, *FIGURES_LINES, "甲。")),
        put("b.txt", tiny("望州市教育局", 2023, *FIGURES_LINES)),
    )
    found = by_agency(archive)
    first, second = found["云棠县财政局"], found["望州市教育局"]
    assert ids(archive, first) == ids(archive, second) == ["d.same_figures"]
    assert second in archive.report(first).findings[0].message
    assert first in archive.report(second).findings[0].message
    assert {s.finding_count for s in archive.summaries()} == {1}


def test_a_copied_text_is_found_under_another_name_and_year(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny("云棠县财政局", 2022, f"云棠县财政局2022年{LONG}")))
    outcome = run(put("b.txt", tiny("望州市教育局", 2023, f"望州市教育局2023年{LONG}")))[0]
    assert outcome.findings == 1
    assert {tuple(ids(archive, id)) for id in by_agency(archive).values()} == {("d.same_text",)}


def test_likeness_ends_with_a_new_version_and_with_a_withdrawal(archive: Archive, put: Put, run: Run) -> None:
    paths = [put(f"{n}.txt", tiny(f"{n}县财政局", 2022, LONG)) for n in ("云棠", "鹤汀", "望江")]
    run(*paths)
    found = by_agency(archive)
    before = archive.last_change()
    put("望江.txt", tiny("望江县财政局", 2022, LONG + "又及。"))
    run(paths[2])
    assert ids(archive, found["望江县财政局"]) == []
    assert ids(archive, found["云棠县财政局"]) == ids(archive, found["鹤汀县财政局"]) == ["d.same_text"]
    withdraw(archive, found["云棠县财政局"], "撤回", "王某", NOW)
    assert ids(archive, found["鹤汀县财政局"]) == []
    assert {c.report_id for c in archive.changes(before)} == set(found.values()), "the index must follow all three"


def test_older_versions_carry_no_finding_about_other_reports(archive: Archive, put: Put, run: Run) -> None:
    path = put("a.txt", tiny("云棠县财政局", 2022, "旧。"))
    run(path)
    put("a.txt", tiny("云棠县财政局", 2022, LONG))
    run(path, put("b.txt", tiny("望州市教育局", 2022, LONG)))
    report_id = by_agency(archive)["云棠县财政局"]
    assert ids(archive, report_id) == ["d.same_text"]
    assert archive.report(report_id, 1).findings == ()


def test_one_more_of_many_equal_reports_changes_two_findings(archive: Archive, put: Put, run: Run) -> None:
    run(*(put(f"{n}.txt", tiny(f"云棠县第{n}小学", 2022, LONG)) for n in "一二三四五六七八"))
    before = archive.last_change()
    (outcome,) = run(put("九.txt", tiny("云棠县第九小学", 2023, LONG)))
    first = min(s.id for s in archive.summaries() if s.year == 2022)
    assert {c.report_id for c in archive.changes(before)} == {outcome.report_id, first}
    assert "等 8 份报告" in archive.report(first).findings[0].message
    before = archive.last_change()
    run(put("零.txt", tiny("云棠县第十小学", 2021, LONG)))
    assert len(list(archive.changes(before))) == 10, "all name the earliest, which is another one now"


# --- everything together ----------------------------------------------------------------------------------------------


def expected(archive: Archive) -> dict[str, set[str]]:
    """Report → the findings that follow from others, worked out anew from the live reports alone."""
    live = {s.id: archive.report(s.id).report for s in archive.summaries()}
    found: dict[str, set[str]] = {report_id: set() for report_id in live}
    for report_id, report in live.items():
        assert report.year is not None
        before = [
            r for r in live.values()
            if (r.agency, r.scope, r.year) == (report.agency, report.scope, report.year - 1)
        ]  # fmt: skip
        if len(before) == 1:
            found[report_id] |= {f"{f.id} {f.message}" for f in check_series(before[0], report)}
    for kind in (FIGURES, TEXT):
        groups: dict[str, list[Twin]] = {}
        for report_id, report in live.items():
            if (digest := digests(report).get(kind)) is not None:
                groups.setdefault(digest, []).append(Twin(report_id, str(report.agency), int(report.year or 0)))
        for group in groups.values():
            for report_id, finding in likeness_findings(kind, group).items():
                found[report_id] |= {f"{finding.id} {finding.message}"} if finding else set()
    return found


def held(archive: Archive) -> dict[str, set[str]]:
    """The same as the archive holds it."""
    live = {s.id: archive.report(s.id).findings for s in archive.summaries()}
    return {id: {f"{f.id} {f.message}" for f in findings if f.id[:2] in ("x.", "d.")} for id, findings in live.items()}


AGENCIES = ("云棠县财政局", "望州市教育局", "鹤汀县民政局", "澜棠市水务局")


def _ingest(archive: Archive, put: Put, run: Run, rng: Random) -> None:
    agency, year = rng.choice(AGENCIES), rng.randint(2020, 2023)
    figures = (f"carried_in={rng.randint(0, 2)}", f"carried_out={rng.randint(0, 2)}")
    more = (*FIGURES_LINES[:4], "outcome_total=35", "granted.more=9") if rng.random() < 0.4 else ()
    text = (LONG,) if rng.random() < 0.6 else (f"第{rng.randint(1, 99)}次。",)
    run(put(f"{agency}{year}.txt", tiny(agency, year, *figures, *more, *text)))


def _amend(archive: Archive, put: Put, run: Run, rng: Random) -> None:
    report_id = rng.choice([s.id for s in archive.summaries()])
    changes: dict[str, str | int | None] = (
        {"year": rng.randint(2020, 2023)} if rng.random() < 0.5 else {"agency": rng.choice(AGENCIES)}
    )
    amend(archive, report_id, changes, "", "王某", NOW)


def _withdraw(archive: Archive, put: Put, run: Run, rng: Random) -> None:
    withdraw(archive, rng.choice([s.id for s in archive.summaries()]), "撤回", "王某", NOW)


@pytest.mark.parametrize("seed", range(20))
def test_any_order_of_events_gives_what_a_fresh_look_gives(seed: int, archive: Archive, put: Put, run: Run) -> None:
    """Arrivals in any order, new versions, corrections of agency and year, withdrawals; then everything derived anew."""
    rng = Random(seed)
    steps: list[Callable[[Archive, Put, Run, Random], None]] = [_ingest] * 6 + [_amend, _amend, _withdraw]
    _ingest(archive, put, run, rng)
    for _ in range(30):
        step = rng.choice(steps) if list(archive.summaries()) else _ingest
        step(archive, put, run, rng)
        assert held(archive) == expected(archive)
    kept = held(archive)
    cited = archive.cited_names()
    assert derive(archive) == 0, "nothing is derived twice"
    assert derive(archive, force=True) == len(kept)
    assert (held(archive), archive.cited_names()) == (kept, cited)
    assert list(verify(archive, full=True)) == []


def test_an_archive_of_an_older_program_is_derived_once(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny("云棠县财政局", 2022, SENTENCE, LONG)), put("b.txt", tiny("望州市教育局", 2022, LONG)))
    cited, found = archive.cited_names(), held(archive)
    with archive.catalog.transaction() as db:
        for table in ("citations", "likeness", "derivation"):
            db.execute(f"DELETE FROM {table}")
    assert archive.cited_names() == []
    assert {len(findings) for findings in held(archive).values()} == {0}
    told: list[int] = []
    assert derive(archive, progress=told.append) == 2 and told == [2]
    assert (archive.cited_names(), held(archive)) == (cited, found)
    assert derive(archive) == 0


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_corrected_agency_brings_its_own_place(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny("海棠区财政局", 2023, city="望州市")))
    (summary,) = archive.summaries()
    amend(archive, summary.id, {"agency": "宁波市北仑区财政局"}, "", "王某", NOW)
    region = archive.report(summary.id).report.region
    assert (region.province, region.city, region.county, region.code) == ("浙江省", "宁波市", "北仑区", "330206")
    assert set(region.evidence.values()) == {"corrected"}
    amend(archive, summary.id, {"agency": "财政局"}, "", "王某", NOW)
    assert archive.report(summary.id).report.region.city == "望州市", (
        "a name without a place keeps the one that was read"
    )


def test_being_late_follows_the_corrected_year(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny("云棠县财政局", 2023, published="2024-01-20")))
    (summary,) = archive.summaries()
    assert ids(archive, summary.id) == []
    amend(archive, summary.id, {"year": 2022}, "", "王某", NOW)
    assert ids(archive, summary.id) == ["d.published_late"]
    amend(archive, summary.id, {"year": 2023}, "", "王某", NOW)
    assert ids(archive, summary.id) == []


def test_a_tombstone_tells_programs_what_it_says(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny("云棠县财政局", 2023)))
    (summary,) = archive.summaries()
    withdraw(archive, summary.id, "发布机关撤回", "王某", NOW)
    with pytest.raises(WithdrawnError) as caught:
        archive.report(summary.id)
    assert caught.value.facts == {
        "report_id": summary.id, "title": "云棠县财政局2023年政府信息公开工作年度报告", "agency": "云棠县财政局", "year": 2023,
        "reason": "发布机关撤回", "who": "王某", "withdrawn_at": NOW,
    }  # fmt: skip


def test_a_namesake_that_is_withdrawn_is_no_namesake_any_more(archive: Archive, put: Put, run: Run) -> None:
    run(
        put("a.txt", tiny("海棠区财政局", 2023, city="望州市")), put("b.txt", tiny("海棠区财政局", 2023, city="澜棠市"))
    )
    first, second = (next(s.id for s in archive.summaries() if s.region.city == city) for city in ("望州市", "澜棠市"))
    assert ids(archive, second) == ["s.agency_ambiguous"]
    withdraw(archive, first, "撤回", "王某", NOW)
    assert ids(archive, second) == []
    assert [s.finding_count for s in archive.summaries()] == [0]


# --- bodies -----------------------------------------------------------------------------------------------------------


def test_earlier_names_are_shown_unless_the_place_contradicts(archive: Archive, put: Put, run: Run) -> None:
    run(
        put("a.txt", tiny("海棠区自然资源局", 2020, city="望州市")),
        put("b.txt", tiny("海棠区国土资源局", 2017, city="望州市")),
        put("c.txt", tiny("海棠区规划局", 2017, city="澜棠市")),
        put("d.txt", tiny("海棠区财政局", 2017, city="望州市")),
    )
    summaries = list(archive.summaries())
    found = related_names(summaries, "海棠区自然资源局")
    assert [(n.name, n.relation, [r.year for r in n.reports]) for n in found] == [
        ("海棠区国土资源局", Relation.EARLIER, [2017])
    ]
    assert related_names(summaries, "海棠区财政局") == ()
    assert len({s.id for s in summaries}) == 4, "no report becomes another's version"
