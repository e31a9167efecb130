"""The Whoosh index on disk: one process writes while another reads, writers are killed, indexes are swapped and stamped."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from index_samples import SEGMENTER, documents, fill, make

from corpus.errors import ArchiveError, BusyError
from indexer import parse_request, search, stamp
from indexer.engines import whoosh_writer
from indexer.engines.whoosh_engine import WhooshEngine

TESTS = Path(__file__).parent.parent


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(root: Path) -> Iterator[WhooshEngine]:
    with WhooshEngine(root, SEGMENTER) as made:
        yield made


def start_writing(root: Path, commits: int) -> "subprocess.Popen[str]":
    """Another process that commits so many times."""
    paths = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    script = Path(__file__).with_name("writing_process.py")
    command = [sys.executable, "-W", "ignore", str(script), str(root), str(commits)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}, cwd=TESTS.parent
    )


def batches(engine: WhooshEngine) -> list[str]:
    """The texts of all reports, through a search."""
    result = search(engine, parse_request({"q": ['"批"']}))
    assert len(result.hits) == result.total
    return ["".join(piece.text for piece in hit.snippet) for hit in result.hits]


def test_a_reader_sees_whole_commits_of_another_process_while_it_writes(engine: WhooshEngine, root: Path) -> None:
    with start_writing(root, 25) as writing:
        seen: list[set[str]] = []
        deadline = time.monotonic() + 50
        while seen[-1:] != [{"第25批"}] and time.monotonic() < deadline:
            texts = batches(engine)
            assert len(texts) in (0, 3)
            if not seen or seen[-1] != set(texts):
                seen.append(set(texts))
        assert writing.wait(30) == 0
    assert all(len(texts) == 1 for texts in seen[1:])
    assert seen[-1] == {"第25批"}
    assert len(seen) > 3
    assert engine.synced() == 25


def test_threads_share_an_engine_while_it_is_written(engine: WhooshEngine) -> None:
    def ask(n: int) -> set[int]:
        totals = set()
        for _ in range(12):
            hits = search(engine, parse_request({"q": [["公开", '"公开"', "公开 OR year:2023"][n % 3]]})).hits
            totals.add(len(hits))
            assert {hit.version for hit in hits} <= {1, 2, 3}
        return totals

    fill(engine, *(make(f"r-{n}") for n in range(5)))
    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask, n) for n in range(8)]
        for version in (2, 3):
            fill(engine, *(make(f"r-{n}", version=version) for n in range(5)), synced=version)
        assert [future.result() for future in asking] == [{5}] * 8


def test_a_killed_writer_leaves_the_last_commit_and_no_lock(engine: WhooshEngine, root: Path) -> None:
    for stop_after in (1, 3):
        with start_writing(root, 10_000) as writing:
            assert writing.stdout is not None
            for _ in range(stop_after):
                assert writing.stdout.readline()
            time.sleep(0.013 * stop_after)
            writing.kill()
        assert set(batches(engine)) == {f"第{engine.synced()}批"}
        writer = engine.begin(wait=5)
        assert writer.synced == engine.synced()
        writer.replace("d", documents(make("d", {"overview": "公开"})))
        writer.commit(writer.synced)
        assert set(engine.contents()) == {"a", "b", "c", "d"}


def test_a_second_writer_waits_and_then_says_that_it_is_busy(engine: WhooshEngine) -> None:
    first = engine.begin()
    with pytest.raises(BusyError, match="Another process is writing"):
        engine.begin(wait=0.1)
    first.cancel()
    engine.begin(wait=0.1).cancel()


def test_only_one_rebuild_at_a_time(engine: WhooshEngine) -> None:
    beside = engine.rebuild()
    with pytest.raises(BusyError, match="rebuilding"):
        engine.rebuild()
    beside.abandon()
    engine.rebuild().abandon()


def test_a_reader_of_a_swapped_index_finds_the_new_one_and_the_old_folder_goes(
    root: Path, engine: WhooshEngine
) -> None:
    fill(engine, make("a"), synced=3)
    with WhooshEngine(root, SEGMENTER) as reader:
        assert set(reader.contents()) == {"a"}
        beside = engine.rebuild()
        writer = beside.begin()
        writer.replace("b", documents(make("b")))
        writer.commit(4)
        beside.publish()
        assert (set(reader.contents()), reader.synced()) == ({"b"}, 4)
    assert [p.name for p in root.glob("index-*")] == ["index-2"]


@pytest.mark.parametrize("most", [1, 4, 256])
def test_a_rebuild_of_many_commits_is_one_segment_with_the_newest_of_every_report(
    root: Path, engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(whoosh_writer, "_UNREAD_SEGMENTS", most)
    chance, wanted = random.Random(most), dict[str, int]()
    for commit in range(1, 9):
        beside = engine.rebuild()
        writer = beside.begin()
        for _ in range(chance.randrange(4)):
            chosen = {f"r{n}": chance.randrange(1, 99) for n in chance.sample(range(12), chance.randint(1, 5))}
            reports = [documents(make(i, version=v, sections={"other": f"第{v}版"})) for i, v in chosen.items()]
            writer.replace_packed(writer.pack(reports, SEGMENTER))
            wanted.update(chosen)
        for gone in chance.sample(range(12), 2):
            writer.delete(f"r{gone}")
            wanted.pop(f"r{gone}", None)
        writer.commit(commit)
        beside.pause()
    engine.rebuild().publish()
    assert engine.contents() == wanted
    assert len(list(root.glob("index-*/*.seg"))) == 1
    for report_id, version in wanted.items():
        found = search(engine, parse_request({"q": [f'"第{version}版"'], "limit": ["100"]}))
        assert report_id in {hit.report_id for hit in found.hits}
        assert found.total == list(wanted.values()).count(version)


def test_a_segment_that_was_written_and_never_taken_goes_with_the_next_commit(root: Path, engine: WhooshEngine) -> None:
    writer = engine.begin()
    writer.pack([documents(make("a"))], SEGMENTER)
    writer.cancel()
    assert len(list(root.glob("index-*/*.seg"))) == 1
    writer = engine.begin()
    writer.replace("b", documents(make("b")))
    writer.commit(1)
    assert set(engine.contents()) == {"b"}
    assert len(list(root.glob("index-*/*.seg"))) == 1


def test_what_a_killed_rebuild_left_is_removed_by_the_next(root: Path, engine: WhooshEngine) -> None:
    fill(engine, make("a"))
    (root / "index-7").mkdir()
    (root / "index-7" / "half").write_text("…", encoding="utf-8")
    beside = engine.rebuild()
    beside.begin().commit(1)
    beside.publish()
    assert [p.name for p in root.glob("index-*")] == ["index-8"]


def test_an_index_made_by_other_rules_is_searched_with_a_warning_and_not_written(
    root: Path, engine: WhooshEngine
) -> None:
    fill(engine, make("a"))
    assert engine.warnings == ()
    made = stamp.read(root / "index-1")
    assert made is not None
    other = stamp.Stamp(made.layout, made.fields, "opencc 0", made.segmenter, made.dictionary)
    stamp.write(root / "index-1", other)
    result = search(engine, parse_request({"q": ["公开"]}))
    assert result.total == 1
    assert ["folding" in note.message and "gongkai reindex" in note.message for note in result.notes] == [True]
    with pytest.raises(ArchiveError, match="gongkai reindex"):
        engine.begin()
    engine.rebuild().publish()
    engine.begin().cancel()


def test_an_index_of_another_layout_is_not_read(root: Path, engine: WhooshEngine) -> None:
    fill(engine, make("a"))
    made = stamp.current()
    stamp.write(root / "index-1", stamp.Stamp(99, made.fields, made.folding, made.segmenter, made.dictionary))
    with WhooshEngine(root, SEGMENTER) as other, pytest.raises(ArchiveError, match="gongkai reindex"):
        other.contents()


# Whoosh leaves the file open whose reading failed.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("damage", ["missing segment", "cut segment", "cut table of contents", "no table of contents"])
def test_a_damaged_index_is_an_error_with_a_remedy(root: Path, engine: WhooshEngine, damage: str) -> None:
    fill(engine, make("a"))
    kind = "*.toc" if "table" in damage else "*.seg"
    (victim,) = (root / "index-1").glob(kind)
    if damage.startswith("cut"):
        victim.write_bytes(victim.read_bytes()[:40])
    else:
        victim.unlink()
    with WhooshEngine(root, SEGMENTER) as other:
        with pytest.raises(ArchiveError, match="gongkai reindex"):
            other.contents()
        with pytest.raises(ArchiveError, match="gongkai reindex"):
            other.begin()
        other.rebuild().publish()
        assert other.contents() == {}


def test_many_small_commits_leave_few_segments_and_lose_nothing(root: Path, engine: WhooshEngine) -> None:
    for n in range(30):
        fill(engine, make(f"r-{n}", {"overview": f"第{n}号"}), synced=n)
    for n in range(0, 30, 3):
        fill(engine, make(f"r-{n}", {"overview": f"新{n}号"}, version=2), synced=30 + n)
    assert len(list((root / "index-1").glob("*.seg"))) <= 8
    assert engine.contents() == {f"r-{n}": 2 if n % 3 == 0 else 1 for n in range(30)}
    found = search(engine, parse_request({"q": ['"号" -"新"'], "limit": ["100"]}))
    assert {hit.report_id for hit in found.hits} == {f"r-{n}" for n in range(30) if n % 3}


def test_opening_and_searching_writes_nothing(root: Path, engine: WhooshEngine) -> None:
    assert search(engine, parse_request({"q": ["公开"]})).total == 0
    assert not root.exists()
