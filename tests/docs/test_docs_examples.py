"""Examples in the documentation are run: queries through the real parser, commands through the real program."""

import re
import shlex
from pathlib import Path

import pytest
from doc_reading import DOCS, ROOT, blocks, table
from index_samples import SEGMENTER, documents, make

from indexer import parse_request
from indexer.engines.memory import matches
from indexer.planning import segmented
from indexer.query import to_text
from indexer.synonyms import expand
from webui.cli import run

QUERIES = ROOT / "docs" / "reference" / "query.md"


@pytest.mark.parametrize(("query", "read_as", "_"), table(QUERIES, "query", "read as", "meaning"))
def test_a_query_is_read_as_the_page_says(query: str, read_as: str, _: str) -> None:
    request = parse_request({"q": [query]})
    assert (to_text(segmented(request.tree, SEGMENTER)), request.notes) == (read_as, ())


@pytest.mark.parametrize(("query", "read_as", "place"), table(QUERIES, "query", "read as", "note at"))
def test_a_broken_query_is_read_as_the_page_says(query: str, read_as: str, place: str) -> None:
    request = parse_request({"q": [query]})
    assert to_text(segmented(request.tree, SEGMENTER)) == read_as
    assert [note.position for note in request.notes] == [int(place)]


@pytest.mark.parametrize(("text", "query", "found"), table(QUERIES, "text of a section", "query", "found"))
def test_a_query_finds_what_the_page_says(text: str, query: str, found: str) -> None:
    (document,) = documents(make(sections={"overview": text}, title="样本", agency="样本"))
    tree = segmented(parse_request({"q": [query]}).tree, SEGMENTER)
    assert matches(tree, document) is {"yes": True, "no": False}[found]


@pytest.mark.parametrize(("query", "also"), table(QUERIES, "query", "also searched"))
def test_a_query_searches_beside_itself_what_the_page_says(query: str, also: str) -> None:
    _, added = expand(parse_request({"q": [query]}).tree, SEGMENTER.words)
    assert list(added) == [term for term in also.split("、") if term]


def sessions(path: Path) -> list[tuple[list[str], str]]:
    """Every command that a page types after `$`, and the output that it shows below."""
    found: list[tuple[list[str], str]] = []
    for block in blocks(path):
        if block.language == "console":
            for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
                line, _, output = part.partition("\n")
                found.append((shlex.split(line)[1:], output))
    return found


@pytest.mark.parametrize("path", [p for p in DOCS if sessions(p)], ids=lambda p: p.stem)
def test_a_page_shows_what_the_program_prints(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("GONGKAI_ENGINE", raising=False)
    monkeypatch.delenv("GONGKAI_BASE_URL", raising=False)
    for block in blocks(path):
        if block.file:
            place = tmp_path / block.file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.text, encoding="utf-8")
    for words, shown in sessions(path):
        run(words)
        printed = capsys.readouterr().out
        # … stands for anything that is left out.
        pattern = ".*".join(re.escape(piece) for piece in shown.split("…"))
        assert re.fullmatch(pattern, printed, re.DOTALL), f"{path.name}: gongkai {' '.join(words)} printed\n{printed}"
