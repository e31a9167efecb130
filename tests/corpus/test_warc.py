"""WARC files: every page with its address and time; what is damaged is named and the rest is read."""

from pathlib import Path

import pytest

from corpus.model import SourceDocument, SourceProblem
from corpus.sources import Limits, iter_documents, warc
from corpus.synthetic import Rendering, generate, render
from corpus.synthetic.render import address_of, warc_of, zip_of

RENDERINGS = [
    render(r, layout) for r, layout in zip(generate(3, 4), ["html", "docx", "text_tabs", "html"], strict=True)
]


def found(tmp_path: Path, data: bytes, limits: Limits | None = None) -> list[SourceDocument | SourceProblem]:
    path = tmp_path / "given"
    path.write_bytes(data)
    return list(iter_documents([path], limits=limits or Limits()))


def address(number: int) -> str:
    return address_of(RENDERINGS[number], number)


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_every_page_is_a_document_with_its_address(tmp_path: Path, packed: bool) -> None:
    documents = found(tmp_path, warc_of(RENDERINGS, packed=packed))
    assert [d.data for d in documents if isinstance(d, SourceDocument)] == [r.data for r in RENDERINGS]
    for number, document in enumerate(documents):
        assert isinstance(document, SourceDocument)
        assert document.member == document.url == address(number)
        assert document.retrieved_at == "2024-03-01T08:00:00Z"


def test_a_warc_inside_a_zip_is_looked_into(tmp_path: Path) -> None:
    inner = Rendering(
        warc_of(RENDERINGS[:1]), "站点.warc.gz", "", "", "", RENDERINGS[0].style, RENDERINGS[0].held, frozenset()
    )
    (document,) = found(tmp_path, zip_of([inner]))
    assert isinstance(document, SourceDocument)
    assert document.member == f"站点.warc.gz!/{address(0)}" and document.url == address(0)


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_a_file_cut_off_gives_what_is_whole_and_says_so(tmp_path: Path, packed: bool) -> None:
    data = warc_of(RENDERINGS, packed=packed)
    *whole, last = found(tmp_path, data[:-100])
    assert whole and all(isinstance(item, SourceDocument) for item in whole)
    assert isinstance(last, SourceProblem) and ("不完整" in last.message or "损坏" in last.message)


def test_answers_without_a_page_are_named(tmp_path: Path) -> None:
    data = warc_of(RENDERINGS[:1], packed=False).replace(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html", b"HTTP/1.1 404 No\r\nContent-Type: text/html"
    )
    (problem,) = found(tmp_path, data)
    assert isinstance(problem, SourceProblem) and "404" in problem.message and problem.member == address(0)


def test_limits_are_named(tmp_path: Path) -> None:
    data = warc_of(RENDERINGS)
    problems = [x for x in found(tmp_path, data, Limits(document_bytes=9000)) if isinstance(x, SourceProblem)]
    assert problems and all("上限" in p.message for p in problems)
    assert "条记录" in found(tmp_path, data, Limits(members=3))[-1].message


def test_without_the_extra_the_message_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "ArchiveIterator", None)
    (problem,) = found(tmp_path, warc_of(RENDERINGS))
    assert isinstance(problem, SourceProblem) and "gongkai[harvest]" in problem.message


def test_what_is_no_warc_is_none() -> None:
    assert not any(map(warc.is_warc, (b"", b"\x1f\x8b", b"\x1f\x8b\x08\x00junk", b"WAR", b"<html>")))
