"""A report as a Word file (Office Open XML): runs cut anywhere, merged cells, page numbers in the footer."""

import io
import zipfile
from collections.abc import Iterator
from random import Random
from xml.sax.saxutils import escape

from corpus.synthetic.render.characters import converted
from corpus.synthetic.render.flow import Kind, Part, flow
from corpus.synthetic.render.grids import Grids, PrintedCell, PrintedTable
from corpus.synthetic.render.style import Style
from corpus.synthetic.render.text_tables import broken
from corpus.synthetic.truth import SyntheticReport

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# A zip file holds a time for every member; the same arguments give the same bytes.
_WRITTEN = (2024, 1, 15, 9, 30, 0)
_CHINESE_ONE = "chineseCounting"

_FIXED = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>
<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>
</Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>""",
    "word/_rels/document.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_R}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_R}/numbering" Target="numbering.xml"/>
<Relationship Id="rId3" Type="{_R}/footer" Target="footer1.xml"/></Relationships>""",
    "word/styles.xml": f"""<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:default="1" w:styleId="a">
<w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>
<w:basedOn w:val="a"/></w:style></w:styles>""",
    "word/numbering.xml": f"""<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">
<w:start w:val="1"/><w:numFmt w:val="{_CHINESE_ONE}"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>""",
    "word/footer1.xml": f"""<w:ftr xmlns:w="{_W}"><w:p><w:r><w:t>— </w:t></w:r><w:fldSimple w:instr=" PAGE ">
<w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t> —</w:t></w:r></w:p></w:ftr>""",
}
_NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
_PAGE = (
    f'<w:sectPr><w:footerReference xmlns:r="{_R}" w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1588" w:bottom="1440" w:left="1588"/></w:sectPr>'
)
_TEXT_WIDTH = 8730
"""Twentieths of a point between the margins."""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_PICTURE = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="5400000" cy="7200000"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"/></a:graphic></wp:inline></w:drawing>'
)


def docx_document(report: SyntheticReport, style: Style, grids: Grids, rng: Random) -> bytes:
    """The file. With `headings="numbered"` the ordinals of headings are automatic ones, which stand in no text."""
    body = "".join(_part(part, style, rng) for part in flow(report, style, grids))
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}{_PAGE}</w:body></w:document>'
    return _packed({**_FIXED, "word/document.xml": document})


def _packed(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path, text in parts.items():
            info = zipfile.ZipInfo(path, _WRITTEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _HEADER + text)
    return file.getvalue()


def _part(part: Part, style: Style, rng: Random) -> str:
    if part.table is not None:
        # Two tables without a paragraph between them are one table to Word.
        return _table(part.table, style, rng) + "<w:p/>"
    properties = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if part.kind is Kind.PARAGRAPH else ""
    text = converted(part.text, style.traditional)
    if part.kind is Kind.HEADING:
        properties = '<w:pStyle w:val="1"/>' if style.headings == "marked" else ""
        if style.headings == "numbered" and text[1:2] == "、":
            properties, text = _NUMBERED, text[2:]
    elif part.kind in (Kind.TITLE, Kind.CAPTION):
        properties = '<w:jc w:val="center"/>'
    return _paragraph(text, properties, rng)


def _paragraph(text: str, properties: str, rng: Random) -> str:
    runs = "<w:r><w:br/></w:r>".join("".join(_runs(line, rng)) for line in text.split("\n") if line)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _runs(text: str, rng: Random) -> Iterator[str]:
    """Runs as Word leaves them after editing: cut anywhere, also inside numbers."""
    start = 0
    while start < len(text):
        end = start + (rng.choice((1, 2, 4)) if text[start].isascii() else rng.choice((3, 5, 8, 20)))
        yield f'<w:r><w:t xml:space="preserve">{escape(text[start:end])}</w:t></w:r>'
        start = end


def _table(table: PrintedTable, style: Style, rng: Random) -> str:
    if style.tables == "images":
        return f"<w:p><w:r>{_PICTURE}</w:r></w:p>"
    columns = f'<w:gridCol w:w="{_TEXT_WIDTH // table.width}"/>' * table.width
    rows = "".join(f"<w:tr>{row}</w:tr>" for row in _rows(table, style, rng))
    return f"<w:tbl><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _rows(table: PrintedTable, style: Style, rng: Random) -> Iterator[str]:
    for slots in table.slots():
        yield "".join(_cell(cell, starts, style, rng) for cell, starts, inside in slots if inside == 0)


def _cell(cell: PrintedCell, starts: bool, style: Style, rng: Random) -> str:
    """A cell, or its continuation in a row below, which Word writes as an empty one."""
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    merge = "" if cell.rowspan == 1 else '<w:vMerge w:val="restart"/>' if starts else "<w:vMerge/>"
    text = converted(broken(cell, style, rng), style.traditional) if starts else ""
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_paragraph(text, '', rng)}</w:tc>"
