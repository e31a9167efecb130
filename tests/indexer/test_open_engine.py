"""Engines by their address, and the stamp that an index carries."""

import dataclasses
import json
from pathlib import Path

import pytest
from index_samples import SEGMENTER, fill, make

from corpus.errors import UsageError
from indexer import fast_segment, open_engine, parse_request, search, stamp
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.segment import Segmenter


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


def test_what_cut_in_the_segmenters_stead_is_noted_and_is_no_difference(tmp_path: Path) -> None:
    made = stamp.current()
    stamp.write(tmp_path, made)
    for name in ("", "rjieba 1", "rjieba 2", "rjieba 1"):
        stamp.note_accelerator(tmp_path, name)
    noted = stamp.read(tmp_path)
    assert noted is not None
    assert noted.accelerators == ("rjieba 1", "rjieba 2")
    assert noted.differences(made) == made.differences(noted) == []
    assert noted.words() == {
        "segmenter": made.segmenter, "dictionary": made.dictionary, "cut_by": "rjieba 1, rjieba 2"
    }  # fmt: skip


def test_an_older_stamp_names_no_accelerator(tmp_path: Path) -> None:
    made = dataclasses.asdict(stamp.current())
    del made["accelerators"]
    (tmp_path / "stamp.json").write_text(json.dumps(made), encoding="utf-8")
    assert stamp.read(tmp_path) == stamp.current()


def test_nothing_is_noted_where_there_is_no_stamp(tmp_path: Path) -> None:
    stamp.note_accelerator(tmp_path, "rjieba 1")
    assert list(tmp_path.iterdir()) == []


def test_an_index_begun_by_jieba_goes_on_with_the_accelerator_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast_segment, "_PROBES", 200)
    segmenter = Segmenter(tmp_path / "jieba.cache")
    engine = WhooshEngine(tmp_path / "index", segmenter)
    fill(engine, make("a-2023", {"overview": "主动公开工作。"}))
    assert "cut_by" not in engine.made_by
    segmenter.accelerate()
    fill(engine, make("b-2023", {"overview": "依申请公开。"}), synced=2)
    assert engine.made_by["cut_by"] == fast_segment.installed()
    assert engine.made_by["segmenter"] == stamp.current().segmenter
    with WhooshEngine(tmp_path / "index", SEGMENTER) as by_jieba:
        assert by_jieba.warnings == ()
        fill(by_jieba, make("c-2023", {"overview": "公开。"}), synced=3)
        assert search(by_jieba, parse_request({"q": ["公开"]})).total == 3
        assert by_jieba.made_by == engine.made_by


@pytest.mark.parametrize("content", ["", "{", "[]", '{"layout": 1}', '{"colour": "red"}'])
def test_a_stamp_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "stamp.json").write_text(content, encoding="utf-8")
    assert stamp.read(tmp_path) is None


def test_no_stamp_is_none(tmp_path: Path) -> None:
    assert stamp.read(tmp_path) is None
