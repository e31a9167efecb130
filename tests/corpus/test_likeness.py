"""What makes two reports the same, and which reports say too little to be compared."""

from dataclasses import replace

from corpus.likeness import FIGURES, TEXT, Twin, digests, likeness_findings
from corpus.model import Cell, CellState, Era, Paragraph, Region, Report, Section

TELLING = (37, 21, 4, 3, 2, 7, 11)
LONG = "本年度主动公开政府信息若干条，公开目录及时更新，依申请公开按期办理，没有逾期。" * 10


def report(
    agency: str = "云棠县财政局", year: int = 2023, figures: tuple[int, ...] = TELLING, text: str = LONG
) -> Report:
    written = text.replace("{a}", agency).replace("{y}", str(year))
    rows = {f"row{n}": {"total": Cell(CellState.NUMBER, str(value), value)} for n, value in enumerate(figures)}
    section = Section(1, "overview", "总体情况", 0, len(written), (Paragraph(0, len(written), written),))
    return Report(
        f"{agency}{year}年报告", agency, agency, None, year, None, Era.FORMAT_2021, Region(), None, written, (section,),
        {"applications": rows},
    )  # fmt: skip


def test_equal_figures_and_equal_text_are_two_things() -> None:
    a = digests(report())
    assert digests(report("望州市财政局", 2022)) == a
    assert digests(report(text=LONG + "另有一句。"))[FIGURES] == a[FIGURES]
    assert digests(report(text=LONG + "另有一句。"))[TEXT] != a[TEXT]
    assert digests(report(figures=(38, *TELLING[1:])))[FIGURES] != a[FIGURES]
    assert digests(report(figures=(38, *TELLING[1:])))[TEXT] == a[TEXT]


def test_own_name_and_years_do_not_make_a_text_another_one() -> None:
    text = "{a}{y}年工作开展情况如下。" + LONG
    assert (
        digests(report("云棠县财政局", 2022, text=text))[TEXT] == digests(report("望州市教育局", 2023, text=text))[TEXT]
    )


def test_what_is_equal_by_nature_is_not_compared() -> None:
    assert digests(report(figures=(0,) * 60, text="无。")) == {}
    assert FIGURES not in digests(report(figures=(1, 1, 2, 2, 3, 4, 5, 0)))  # a handful of applications
    assert TEXT not in digests(report(text="未收到申请。" * 20))


def test_blank_and_unreadable_cells_take_no_part() -> None:
    plain = report()
    row = {"total": Cell(CellState.TEXT, "无")}
    other = replace(plain, tables={"applications": {**plain.tables["applications"], "more": row}})
    assert digests(other) == digests(plain)


def test_the_earliest_names_the_next_and_all_others_name_the_earliest() -> None:
    group = [Twin("c", "丙局", 2023), Twin("a", "甲局", 2022), Twin("b", "乙局", 2023)]
    found = likeness_findings(FIGURES, group)
    assert {id: f.message for id, f in found.items() if f} == {
        "a": "各统计表所填数字与“乙局”2023 年报告（b）等 2 份报告完全相同",
        "b": "各统计表所填数字与“甲局”2022 年报告（a）完全相同",
        "c": "各统计表所填数字与“甲局”2022 年报告（a）完全相同",
    }
    assert {f.id for f in found.values() if f} == {"d.same_figures"}
    assert likeness_findings(TEXT, group[:1]) == {"c": None}
    assert likeness_findings(TEXT, ()) == {}
