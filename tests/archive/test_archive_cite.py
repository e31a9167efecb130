"""Citations to the character, and read back by the programs that will read them."""

import json
import re
from dataclasses import replace
from pathlib import Path

import bibtexparser
import pytest
import rispy
from archive_samples import parse_tiny, tiny
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from archive.cite import STYLES, TARGETS, cite
from archive.model import Source, StoredReport, VersionInfo
from archive.reader import Hints
from corpus.errors import NotFoundError, UsageError
from corpus.model import ABSENT, Era, Paragraph, Report, Section

AGENCY, TITLE = "云棠县财政局", "云棠县财政局2022年政府信息公开工作年度报告"
ORIGINAL, BASE = "https://example.gov.cn/a/1.html", "https://archive.example/"
ID = "990102-f5c04343-2022"
PERMALINK = f"https://archive.example/r/{ID}/v2"
DIGEST = "b" * 64
ROWS = (
    "new_received", "granted", "denied.third_party", "unable.not_held", "other", "outcome_total", "carried_out",
)  # fmt: skip
HEAD = f"{AGENCY}. {TITLE}"


def stored(
    *, url: str | None = ORIGINAL, media_type: str = "text/html", taken: str | None = "2024-04-30T10:00:00Z",
    **changes: object,
) -> StoredReport:  # fmt: skip
    report = parse_tiny(tiny(AGENCY, 2022, published="2023-01-18").encode(), "", Hints()).reports[0]
    columns = dict.fromkeys(("natural_person", "total"), ABSENT)
    report = replace(
        report,
        tables={
            "applications": dict.fromkeys(ROWS, columns),
            "proactive": {"normative_docs": {"issued": ABSENT}},
            "review": {"review": {"upheld": ABSENT}, "suit_direct": {"total": ABSENT}},
            "statistics": {"stat.received": {"count": ABSENT}},
        },
        **changes,
    )  # fmt: skip
    return StoredReport(
        ID, 2, (VersionInfo(1, "a" * 64, "2023-02-01T00:00:00Z"), VersionInfo(2, DIGEST, "2024-05-01T00:00:00Z")),
        report, (Source(url, "a.html", None, media_type, "utf-8", DIGEST, taken),), (), "2024-05-01T00:00:00Z",
    )  # fmt: skip


def cited(style: str, item: StoredReport | None = None, **options: object) -> str:
    arguments = {"of": "original", "accessed": "2024-05-06", "base_url": BASE, **options}
    return cite(item or stored(), style=style, **arguments)


@pytest.mark.parametrize(
    ("style", "item", "options", "expected"),
    [
        # the example of the handbook
        ("gbt7714-2015", {}, {}, f"{HEAD}[R/OL]. (2023-01-18)[2024-05-06]. {ORIGINAL}."),
        ("gbt7714-2025", {}, {}, f"{HEAD}[EB/OL]. （2023-01-18）[2024-05-06]. {ORIGINAL}."),
        # a PDF or Word file is a report in both editions
        ("gbt7714-2015", {"media_type": "application/pdf"}, {}, f"{HEAD}[R/OL]. (2023-01-18)[2024-05-06]. {ORIGINAL}."),
        ("gbt7714-2025", {"media_type": "application/pdf"}, {}, f"{HEAD}[R/OL]. 2023-01-18[2024-05-06]. {ORIGINAL}."),
        # what is not known is left out together with its brackets
        ("gbt7714-2015", {"published": None}, {}, f"{HEAD}[R/OL]. [2024-05-06]. {ORIGINAL}."),
        ("gbt7714-2025", {"published": None}, {}, f"{HEAD}[EB/OL]. [2024-05-06]. {ORIGINAL}."),
        ("gbt7714-2015", {"taken": None}, {"accessed": None}, f"{HEAD}[R/OL]. (2023-01-18). {ORIGINAL}."),
        ("gbt7714-2015", {"taken": None, "published": None}, {"accessed": None}, f"{HEAD}[R/OL]. {ORIGINAL}."),
        ("gbt7714-2015", {"agency": None, "agency_printed": None}, {}, f"{TITLE}[R/OL]. (2023-01-18)[2024-05-06]. {ORIGINAL}."),
        # no address is known: no online document, no date of access
        ("gbt7714-2015", {"url": None}, {}, f"{HEAD}[R]. (2023-01-18)."),
        ("gbt7714-2025", {"url": None}, {}, f"{HEAD}[R]. 2023-01-18."),
        # without a day of access, the day on which the bytes were taken
        ("gbt7714-2015", {}, {"accessed": None}, f"{HEAD}[R/OL]. (2023-01-18)[2024-04-30]. {ORIGINAL}."),
        ("gbt7714-2015", {}, {"of": "archived", "accessed": None}, f"{HEAD}[R/OL]. (2023-01-18)[2024-04-30]. {PERMALINK}."),
        ("gbt7714-2015", {"taken": None}, {"of": "archived", "accessed": None}, f"{HEAD}[R/OL]. (2023-01-18)[2024-05-01]. {PERMALINK}."),
        ("gbt7714-2025", {"url": None}, {"of": "archived"}, f"{HEAD}[EB/OL]. （2023-01-18）[2024-05-06]. {PERMALINK}."),
        # a place in the report
        (
            "gbt7714-2015", {}, {"of": "archived", "anchor": "t-applications-denied.third_party-total"},
            f"{HEAD}[R/OL]. (2023-01-18)[2024-05-06]. 第三部分，表中（三）4. {PERMALINK}#t-applications-denied.third_party-total.",
        ),
        ("gbt7714-2015", {}, {"anchor": "s1-p2"}, f"{HEAD}[R/OL]. (2023-01-18)[2024-05-06]. 第一部分第2段. {ORIGINAL}."),
        (
            "plain", {}, {"of": "archived"},
            f"{AGENCY}《{TITLE}》，2023-01-18发布，{PERMALINK}，2024-05-06访问，"
            f"原网页 {ORIGINAL}；存档时间 2024-05-01T00:00:00Z；SHA-256 {DIGEST}。",
        ),
    ],
)  # fmt: skip
def test_string(style: str, item: dict[str, object], options: dict[str, object], expected: str) -> None:
    assert cited(style, stored(**item), **options) == expected


@pytest.mark.parametrize(
    ("anchor", "place"),
    [
        ("s1", "第一部分"),
        ("s1-p2", "第一部分第2段"),
        ("s0", "前言"),
        ("s7", "附件"),
        ("c0-2", "第一部分"),
        ("t-applications-new_received-total", "第三部分，表中一"),
        ("t-applications-granted-total", "第三部分，表中（一）"),
        ("t-applications-denied.third_party-total", "第三部分，表中（三）4"),
        ("t-applications-denied.third_party-natural_person", "第三部分，表中（三）4，自然人"),
        ("t-applications-unable.not_held-total", "第三部分，表中（四）1"),
        ("t-applications-other-total", "第三部分，表中（六）"),
        ("t-applications-outcome_total-total", "第三部分，表中（七）"),
        ("t-applications-carried_out-total", "第三部分，表中四"),
        ("t-proactive-normative_docs-issued", "第二部分，表中行政规范性文件，本年制发件数"),
        ("t-review-review-upheld", "第四部分，表中行政复议，结果维持"),
        ("t-review-suit_direct-total", "第四部分，表中行政诉讼未经复议直接起诉，总计"),
    ],
)
def test_locator(anchor: str, place: str) -> None:
    sections = (
        Section(0, "front", "", 0, 0),
        Section(1, "overview", "总体情况", 0, 10, (Paragraph(0, 2, "一。"), Paragraph(3, 5, "二。"))),
        Section(7, "annex", "附件", 10, 12),
    )
    assert f". {place}. {PERMALINK}#{anchor}." in cited(
        "gbt7714-2015", stored(sections=sections), of="archived", anchor=anchor
    )


def test_locator_of_the_statistics_table_names_its_row() -> None:
    text = cited("gbt7714-2015", stored(era=Era.STAT_TABLE_2014), anchor="t-statistics-stat.received")
    assert re.search(r"\. 政府信息公开情况统计表，.*收到申请数. https", text)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"style": "chicago"}, UsageError, "Unknown style 'chicago'"),
        ({"of": "copy"}, UsageError, "Cannot cite 'copy'"),
        ({"accessed": "yesterday"}, UsageError, "'yesterday' is no date"),
        ({"accessed": "2024-02-30"}, UsageError, "'2024-02-30' is no date"),
        ({"anchor": "x"}, UsageError, "'x' is no anchor"),
        ({"anchor": 's1"><script>'}, UsageError, "is no anchor"),
        ({"anchor": "s9"}, NotFoundError, "no place 's9'"),
        ({"anchor": "s1-p99"}, NotFoundError, "no place"),
        ({"anchor": "t-applications-granted-research"}, NotFoundError, "no place"),
        ({"anchor": "t-applications-nothing-total"}, NotFoundError, "no place"),
        ({"anchor": "c5-999999"}, NotFoundError, "no place"),
        ({"anchor": "c5-5"}, NotFoundError, "no place"),
    ],
)
def test_impossible_citation_is_refused(options: dict[str, str], error: type[Exception], words: str) -> None:
    style = options.pop("style", "gbt7714-2015")
    with pytest.raises(error, match=re.escape(words)):
        cited(style, **options)


# --- hostile titles, and every format read back -----------------------------------------------------------------------

HOSTILE = '甲{乙}丙} \\input{x} 50% & #1_$^~ "引"\nTY  - JOUR\n%0 Book\n{Title}: 假\u2028题\r\nER  - '
ONE_LINE = '甲{乙}丙} \\input{x} 50% & #1_$^~ "引" TY - JOUR %0 Book {Title}: 假 题 ER -'


def hostile() -> StoredReport:
    item = stored(url="https://example.gov.cn/a b?x=1&y={2}_%20#f")
    return replace(item, report=replace(item.report, title=HOSTILE))


def test_bibtex() -> None:
    assert cited("bibtex", of="archived") == (
        f"@techreport{{gongkai-{ID}-v2,\n"
        f"\tauthor = {{{{{AGENCY}}}}},\n"
        f"\ttitle = {{{{{TITLE}}}}},\n"
        f"\tinstitution = {{{{{AGENCY}}}}},\n"
        "\tyear = {2023},\n"
        "\tdate = {2023-01-18},\n"
        f"\turl = {{{PERMALINK}}},\n"
        "\turldate = {2024-05-06},\n"
        "\tlangid = {chinese},\n"
        f"\tnote = {{原网页 {ORIGINAL}；存档时间 2024-05-01T00:00:00Z；SHA-256 {DIGEST}}}\n"
        "}"
    )


@pytest.mark.parametrize("item", [stored(), hostile()], ids=["plain", "hostile"])
@pytest.mark.parametrize("of", TARGETS)
def test_bibtex_is_read_back_as_one_entry(item: StoredReport, of: str) -> None:
    library = bibtexparser.parse_string(cited("bibtex", item, of=of))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.key == f"gongkai-{ID}-v2"
    assert {"author", "title", "institution", "year", "url"} <= set(entry.fields_dict)
    for field in entry.fields:
        depth = 0
        for char in str(field.value):
            depth += {"{": 1, "}": -1}.get(char, 0)
            assert depth >= 0
        assert depth == 0


def test_ris() -> None:
    assert cited("ris", of="archived") == "\n".join(
        [
            "TY  - RPRT",
            f"AU  - {AGENCY}",
            f"TI  - {TITLE}",
            f"PB  - {AGENCY}",
            "PY  - 2023",
            "DA  - 2023/01/18",
            f"UR  - {PERMALINK}",
            "Y2  - 2024/05/06",
            "LA  - zh-CN",
            f"ID  - gongkai-{ID}-v2",
            f"N1  - 原网页 {ORIGINAL}；存档时间 2024-05-01T00:00:00Z；SHA-256 {DIGEST}",
            "ER  - ",
        ]
    )


@pytest.mark.parametrize("item", [stored(), hostile()], ids=["plain", "hostile"])
def test_ris_is_read_back_as_one_record(item: StoredReport) -> None:
    (record,) = rispy.loads(cited("ris", item) + "\n")
    assert record["type_of_reference"] == "RPRT"
    assert record["authors"] == [AGENCY]
    assert record["title"] == (TITLE if item.report.title == TITLE else ONE_LINE)
    assert record["year"] == "2023"


def test_csl_json() -> None:
    assert json.loads(cited("csl-json")) == [
        {
            "id": f"gongkai-{ID}-v2",
            "type": "report",
            "title": TITLE,
            "author": [{"literal": AGENCY}],
            "publisher": AGENCY,
            "issued": {"date-parts": [[2023, 1, 18]]},
            "accessed": {"date-parts": [[2024, 5, 6]]},
            "URL": ORIGINAL,
            "language": "zh-CN",
            "note": f"原网页 {ORIGINAL}；存档时间 2024-05-01T00:00:00Z；SHA-256 {DIGEST}",
        }
    ]


# The layout of an online report in GB/T 7714-2015, written once more in the language of citation styles.
STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>online report</title><id>x</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout suffix=".">
    <group delimiter=". ">
      <names variable="author"><name/></names>
      <group><text variable="title"/><text value="[R/OL]"/></group>
      <group>
        <date variable="issued" prefix="(" suffix=")" delimiter="-">
          <date-part name="year"/><date-part name="month" form="numeric-leading-zeros"/>
          <date-part name="day" form="numeric-leading-zeros"/>
        </date>
        <date variable="accessed" prefix="[" suffix="]" delimiter="-">
          <date-part name="year"/><date-part name="month" form="numeric-leading-zeros"/>
          <date-part name="day" form="numeric-leading-zeros"/>
        </date>
      </group>
      <text variable="URL"/>
    </group>
  </layout></bibliography>
</style>
"""


@pytest.mark.parametrize("of", TARGETS)
def test_citation_processor_makes_our_string_of_our_csl_json(of: str, tmp_path: Path) -> None:
    (tmp_path / "style.csl").write_text(STYLE)
    (item,) = json.loads(cited("csl-json", of=of))
    del item["language"]  # the processor ships no Chinese locale
    style = CitationStylesStyle(str(tmp_path / "style.csl"), validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    (entry,) = bibliography.bibliography()
    assert str(entry) == cited("gbt7714-2015", of=of)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("of", TARGETS)
def test_nothing_of_a_hostile_title_starts_a_line_of_its_own(style: str, of: str) -> None:
    harmless = replace(hostile(), report=replace(hostile().report, title="题"))
    assert len(cited(style, hostile(), of=of).splitlines()) == len(cited(style, harmless, of=of).splitlines())


def test_endnote_and_noteexpress() -> None:
    assert cited("endnote", anchor="s1").splitlines()[:4] == [
        "%0 Report",
        f"%A {AGENCY},",
        f"%T {TITLE}",
        f"%I {AGENCY}",
    ]
    lines = cited("noteexpress").splitlines()
    assert lines[:3] == ["{Reference Type}: Report", f"{{Title}}: {TITLE}", f"{{Author}}: {AGENCY}"]
    assert f"{{URL}}: {ORIGINAL}" in lines


def test_report_is_not_changed_by_being_cited() -> None:
    item = stored()
    before: Report = item.report
    for style in STYLES:
        cited(style, item)
    assert item.report == before
