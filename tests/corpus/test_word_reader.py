"""Word files: what is printed comes out as paragraphs and grids; what is not, and what is too much, does not."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from word_parts import W, cell, paragraph, table, word_file

from corpus.errors import NotAReportError, ReadError
from corpus.parse.report import parse_document
from corpus.readers import Grid, TextBlock, read_document
from corpus.readers.limits import ReadLimits
from corpus.readers.word import read_docx
from corpus.synthetic import Style, generate, render


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_docx(data, "a.docx").blocks if isinstance(block, TextBlock)]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (("收到申请12", "04", "件。"), "收到申请1204件。"),  # a figure cut over runs
        (("甲", "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>", "乙"), "甲乙"),  # deleted text
        (("甲", "<w:ins><w:r><w:t>加入</w:t></w:r></w:ins>", "乙"), "甲加入乙"),
        (("甲", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>", "乙"), "甲乙"),
        (("甲", '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>不隐藏</w:t></w:r>', "乙"), "甲不隐藏乙"),
        (("甲", "<w:r><w:tab/></w:r>", "乙"), "甲 乙"),
        (("甲", '<w:bookmarkStart w:id="0" w:name="b"/>', "乙"), "甲乙"),
        (("共１２件", " "), "共１２件"),  # full width stays as printed
    ],
    ids=["runs", "deleted", "inserted", "hidden", "shown", "tab", "bookmark", "full_width"],
)
def test_the_text_of_a_paragraph(runs: tuple[str, ...], expected: str) -> None:
    assert texts(word_file(paragraph(*runs))) == [expected]


def test_a_text_box_is_text() -> None:
    box = (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
        f"{paragraph('框中文字')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    assert texts(word_file(paragraph("正文", box))) == ["正文", "框中文字"]


NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="4">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum>
<w:num w:numId="2"><w:abstractNumId w:val="4"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="a"><w:name w:val="章"/>
<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="b"><w:name w:val="章二"/><w:basedOn w:val="a"/></w:style></w:styles>"""


def numbered(text: str, level: int, number: int = 2) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_printed() -> None:
    body = [
        numbered("总体情况", 0), numbered("主动公开", 1), numbered("依申请公开", 1), numbered("网站", 2), numbered("点", 3),
        numbered("主动公开政府信息情况", 0), numbered("再次从头", 1), numbered("另起", 0, 3), paragraph("无编号"),
        paragraph("按样式", properties='<w:pStyle w:val="b"/>'),
        paragraph("取消", properties='<w:pStyle w:val="b"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
    ]  # fmt: skip
    assert texts(word_file("".join(body), numbering=NUMBERING, styles=STYLES)) == [
        "一、总体情况", "（一）主动公开", "（二）依申请公开", "3.网站", "点", "二、主动公开政府信息情况", "（一）再次从头", "十一、另起",
        "无编号", "三、按样式", "取消",
    ]  # fmt: skip


def test_merged_cells_keep_their_spans() -> None:
    rows = (
        cell("不予公开", '<w:vMerge w:val="restart"/>') + cell("合并两列", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("1.属于国家秘密") + cell("0（备注）"),
    )
    (grid,) = read_docx(word_file(table(*rows)), "a.docx").blocks
    assert isinstance(grid, Grid)
    found = [[(c.text, c.column, c.rowspan, c.colspan) for c in row] for row in grid.rows]
    assert found == [
        [("不予公开", 0, 2, 1), ("合并两列", 1, 1, 2)],
        [("1.属于国家秘密", 1, 1, 1), ("0（备注）", 2, 1, 1)],
    ]


def test_a_table_that_is_a_picture_leaves_its_figures_absent() -> None:
    truth = next(r for r in generate(5, 20) if "applications" in r.tables)
    (report,) = parse_document(read_document(render(truth, Style(container="docx", tables="images")).data, "a.docx"))
    assert {f.id for f in report.findings} >= {"p.table_missing:applications", "p.table_missing:review"}
    assert {c.state.value for row in report.tables["applications"].values() for c in row.values()} == {"absent"}


def test_a_file_of_pictures_alone_is_a_scan() -> None:
    data = word_file("<w:p><w:r><w:drawing/></w:r></w:p>" * 3)
    with pytest.raises(ReadError, match="扫描件"):
        parse_document(read_document(data, "a.docx"))


def test_entities_are_not_expanded() -> None:
    data = word_file("")
    with ZipFile(BytesIO(data)) as source, ZipFile(target := BytesIO(), "w") as archive:
        for info in source.infolist():
            part = source.read(info)
            if info.filename == "word/document.xml":
                part = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + part
            archive.writestr(info.filename, part)
    with pytest.raises(ReadError) as caught:
        read_docx(target.getvalue(), "a.docx")
    assert caught.value.code == "entities"


def test_what_unpacks_to_more_than_the_limit_is_refused() -> None:
    file = BytesIO(word_file(""))
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr("word/footnotes.xml", b" " * 3_000_000)
    with pytest.raises(ReadError) as caught:
        read_docx(file.getvalue(), "a.docx", ReadLimits(word_part_bytes=2_000_000))
    assert (caught.value.code, "word/footnotes.xml" in caught.value.message) == ("too_large", True)


@pytest.mark.parametrize("body", ["<w:p>", "<w:p><w:r>&nbsp;</w:r></w:p>", "\x00"], ids=["open", "entity", "no_xml"])
def test_a_damaged_file_is_named(body: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_docx(word_file(body), "年报.docx")
    assert caught.value.code == "damaged" and "年报.docx" in caught.value.message


def test_a_file_cut_off_is_no_word_file_any_more() -> None:
    data = render(generate(5, 1)[0], "docx").data
    with pytest.raises((ReadError, NotAReportError)):
        read_document(data[: len(data) // 2], "a.docx")
