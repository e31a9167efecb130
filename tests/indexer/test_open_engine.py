"""Engines by their address, and the stamp that an index carries."""

from pathlib import Path

import pytest

from corpus.errors import UsageError
from indexer import open_engine, stamp


@pytest.mark.parametrize(("url", "name"), [("whoosh:", "whoosh"), ("memory:", "memory")])
def test_an_engine_by_its_address(tmp_path: Path, url: str, name: str) -> None:
    with open_engine(url, tmp_path / "nowhere") as engine:
        assert (engine.name, engine.synced(), engine.warnings) == (name, 0, ())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("opensearch://host:9200/prefix", "This version has no OpenSearch engine."),
        ("lucene:", "There is no engine “lucene:”."),
        ("", "There is no engine “”."),
    ],
)
def test_an_address_without_an_engine(tmp_path: Path, url: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_engine(url, tmp_path)
    assert (caught.value.message, "whoosh:" in caught.value.hint) == (message, True)


def test_a_stamp_comes_back_and_names_what_differs(tmp_path: Path) -> None:
    made = stamp.current()
    stamp.write(tmp_path, made)
    assert stamp.read(tmp_path) == made
    other = stamp.Stamp(made.layout, "x", made.folding, "jieba 0", made.dictionary)
    assert made.differences(other) == ["fields", "segmenter"]
    assert made.differences(made) == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"layout": 1}', '{"colour": "red"}'])
def test_a_stamp_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "stamp.json").write_text(content, encoding="utf-8")
    assert stamp.read(tmp_path) is None


def test_no_stamp_is_none(tmp_path: Path) -> None:
    assert stamp.read(tmp_path) is None
