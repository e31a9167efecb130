"""Old Word files: what two converters say is compared, and without any the outcome says what to install.

The converters are replaced by their results here, since they are other people's programs; where LibreOffice is installed
a real `.doc` is made and read.
"""

import subprocess
from pathlib import Path

import pytest
from word_parts import cell, paragraph, table, word_file

from corpus.errors import NotAReportError
from corpus.parse.report import parse_document
from corpus.readers import Grid, TextBlock, read_document, word_legacy
from corpus.readers.converters import LIBREOFFICE, program
from corpus.synthetic import generate, render

DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00") + "WordDocument".encode("utf-16-le")
DOCBOOK = """<?xml version="1.0"?><book><chapter><title/><para>总体
情况</para><para><informaltable><tgroup cols="1"><colspec colwidth="90.0pt"/><tbody><row><entry>合并</entry></row></tbody>
</tgroup><tgroup cols="2"><colspec colwidth="30.5pt"/><colspec colwidth="59.5pt"/><tbody>
<row><entry>规章</entry><entry>{}</entry></row></tbody></tgroup></informaltable></para></chapter></book>"""


def converters(monkeypatch: pytest.MonkeyPatch, docx: bytes | None, docbook: str | None) -> None:
    monkeypatch.setattr(word_legacy, "to_docx", lambda data, suffix: docx)
    monkeypatch.setattr(word_legacy, "to_docbook", lambda data: docbook and docbook.encode())


def by_office(*figures: str) -> bytes:
    return word_file(paragraph("总体情况") + table(*(cell("规章") + cell(figure) for figure in figures)))


def figures(data: bytes) -> list[str]:
    grids = [block for block in read_document(data, "a.doc").blocks if isinstance(block, Grid)]
    return [c.text for grid in grids for row in grid.rows for c in row if c.text.isdigit()]


@pytest.mark.parametrize(("data", "wanted"), [(DOC, "antiword"), (b"{\\rtf1 text}", "LibreOffice")], ids=["doc", "rtf"])
def test_without_a_converter_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, data: bytes, wanted: str
) -> None:
    converters(monkeypatch, None, None)
    with pytest.raises(NotAReportError) as caught:
        read_document(data, "年报.doc")
    assert wanted in caught.value.hint and "原件已存档" in caught.value.hint and "年报.doc" in caught.value.message


def test_groups_of_rows_share_their_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    converters(monkeypatch, None, DOCBOOK.format(3))
    text, grid = read_document(DOC, "a.doc").blocks
    assert text == TextBlock("总体情况") and isinstance(grid, Grid)
    assert [[(c.text, c.column, c.colspan) for c in row] for row in grid.rows] == [
        [("合并", 0, 2)],
        [("规章", 0, 1), ("3", 1, 1)],
    ]


def test_the_converter_that_lost_figures_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    converters(monkeypatch, by_office(), DOCBOOK.format(3))
    assert figures(DOC) == ["3"]
    converters(monkeypatch, by_office("3", "4"), DOCBOOK.format(3))
    assert figures(DOC) == ["3", "4"]
    assert "conversions_differ" not in read_document(DOC, "a.doc").meta


def test_converters_that_differ_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    converters(monkeypatch, render(generate(3, 1)[0], "docx").data, DOCBOOK.format(987654))
    document = read_document(DOC, "a.doc")
    (report,) = parse_document(document)
    assert "p.conversions_differ" in {f.id for f in report.findings}
    assert report.title


@pytest.mark.skipif(program(LIBREOFFICE) is None, reason="LibreOffice is not installed; no real .doc can be made.")
def test_a_real_doc_gives_the_figures_of_the_docx_it_was_made_from(tmp_path: Path) -> None:
    rendering = render(generate(3, 1)[0], "docx")
    (tmp_path / "a.docx").write_bytes(rendering.data)
    profile = (tmp_path / "profile").as_uri()
    command = [str(program(LIBREOFFICE)), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "a.docx")], check=True, timeout=300)
    (old,) = parse_document(read_document((tmp_path / "a.doc").read_bytes(), "a.doc"))
    (new,) = parse_document(read_document(rendering.data, "a.docx"))
    values = [
        {
            (t, r, c): cell.value
            for t, rows in report.tables.items()
            for r, row in rows.items()
            for c, cell in row.items()
        }
        for report in (old, new)
    ]
    assert values[0] == values[1]
