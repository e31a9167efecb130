"""A quoted passage is found where it stands, everywhere it stands, and nowhere else."""

import pytest
from archive_samples import Put, Run, tiny

from archive import Archive
from archive.corrections import withdraw
from archive.resolve import Passage, resolve
from corpus.errors import UsageError


@pytest.fixture
def filled(archive: Archive, put: Put, run: Run) -> Archive:
    run(
        put("a.txt", tiny("云棠县财政局", 2023, "没有公开不予公开的信息。", "共 ３ 件ＡＢＣ。")),
        put("b.txt", tiny("望州市财政局", 2023, "办理结果均已答复。", "办理结果均已公示。")),
    )
    run(put("b.txt", tiny("望州市财政局", 2023, "办理结果全部公示。")))
    return archive


def quotes(archive: Archive, text: str) -> list[tuple[str, int, bool]]:
    return [(p.quote, p.version, p.is_newest) for p in resolve(archive, text)]


def test_passage_has_report_section_and_offsets(filled: Archive) -> None:
    (passage,) = resolve(filled, "不予公开的信息")
    stored = filled.report(passage.report_id)
    assert stored.report.text[passage.start : passage.end] == passage.quote == "不予公开的信息"
    assert passage == Passage(
        passage.report_id, 1, 1, "overview", passage.start, passage.end, "不予公开的信息", is_newest=True
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沒有公開不予公開", [("没有公开不予公开", 1, True)]),  # Traditional
        ("共3件abc", [("共 ３ 件ＡＢＣ", 1, True)]),  # width, case and spaces
        ("信息。\n共3件", [("信息。\n共 ３ 件", 1, True)]),  # over a line break
        ("公开", [("公开", 2, True), *[("公开", 1, True)] * 3]),  # every place, titles too
        ("办理结果", [("办理结果", 2, True)]),  # of each report only the newest version that has it
        ("均已", [("均已", 1, False), ("均已", 1, False)]),  # lost from the newest version
        ("从未写过的话", []),
    ],
    ids=["traditional", "folded", "line break", "ambiguous", "newest", "lost", "nowhere"],
)
def test_passage_is_compared_folded(filled: Archive, text: str, expected: list[tuple[str, int, bool]]) -> None:
    assert quotes(filled, text) == expected


def test_overlapping_places_are_all_found(archive: Archive, put: Put, run: Run) -> None:
    run(put("a.txt", tiny("云棠县财政局", 2023, "哈哈哈")))
    assert len(resolve(archive, "哈哈")) == 2


def test_withdrawn_reports_are_not_searched(filled: Archive) -> None:
    (passage,) = resolve(filled, "不予公开的信息")
    withdraw(filled, passage.report_id, "x", "王某", "2026-03-01T00:00:00Z")
    assert resolve(filled, "不予公开的信息") == []


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
def test_empty_passage_is_a_usage_error(archive: Archive, text: str) -> None:
    with pytest.raises(UsageError, match="The passage is empty"):
        resolve(archive, text)
