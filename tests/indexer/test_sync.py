"""Archive → index: everything arrives, changes and withdrawals follow, a killed run is repeated to the same end."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from index_samples import SEGMENTER

from archive import Archive, open_archive
from archive.corrections import withdraw
from archive.ingest import ingest
from corpus.errors import ArchiveError
from corpus.synthetic import demo_archive
from indexer import Engine, SyncResult, compare, parse_request, preparing, reindex, search, sync
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh_engine import WhooshEngine

NOW = "2024-03-01T00:00:00Z"


def now() -> str:
    return NOW


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an archive of some invented reports."""
    folder = tmp_path_factory.mktemp("sync")
    for name, data in demo_archive("sync", 7):
        path = folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with open_archive(folder / "home") as opened:
        assert [o.error for o in ingest(opened, [folder / "in"], now=now) if o.error] == []
    return folder / "home"


@pytest.fixture
def archive(filled: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of it."""
    shutil.copytree(filled, tmp_path / "home")
    with open_archive(tmp_path / "home") as opened:
        yield opened


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    makers: dict[str, Callable[[], Engine]] = {
        "memory": lambda: MemoryEngine(SEGMENTER),
        "whoosh": lambda: WhooshEngine(tmp_path / "index", SEGMENTER),
    }
    with makers[request.param]() as made:
        yield made


def ids(archive: Archive) -> dict[str, int]:
    return {summary.id: summary.version for summary in archive.summaries()}


def test_everything_arrives_and_a_second_run_does_nothing(archive: Archive, engine: Engine) -> None:
    live = ids(archive)
    assert len(live) == 7
    assert len(list(compare(archive, engine))) == 7
    seen: list[tuple[int, int]] = []
    assert sync(archive, engine, batch=3, progress=lambda *at: seen.append(at)) == SyncResult(
        7, 0, archive.last_change()
    )
    assert seen == [(3, 7), (6, 7), (7, 7)]
    assert (engine.contents(), engine.synced()) == (live, archive.last_change())
    before = engine.generation()
    assert sync(archive, engine) == SyncResult(0, 0, archive.last_change())
    assert engine.generation() == before
    assert list(compare(archive, engine)) == []


def test_what_is_searched_is_the_text_of_the_sections(archive: Archive, engine: Engine) -> None:
    sync(archive, engine)
    result = search(engine, parse_request({"q": ["公开"], "group": ["section"], "limit": ["100"]}))
    assert result.total > 10
    for hit in result.hits:
        report = archive.report(hit.report_id).report
        section = report.sections[hit.section.ordinal]
        assert (section.key, section.number) == (hit.section.key, hit.section.number)
        for start, end in hit.spans:
            assert section.start <= start < end <= section.end
            assert report.text[start:end] in ("公开", "公開")


def test_a_withdrawn_report_is_taken_out(archive: Archive, engine: Engine) -> None:
    sync(archive, engine)
    gone = min(ids(archive))
    withdraw(archive, gone, "duplicate", "tester", now())
    assert [(p.kind, p.report_id) for p in compare(archive, engine)] == [("extra", gone)]
    assert sync(archive, engine).deleted == 1
    assert engine.contents() == ids(archive)
    assert gone not in engine.contents()


def test_a_run_that_is_stopped_is_repeated_to_the_same_end(archive: Archive, engine: Engine) -> None:
    def stop_in_the_third_batch(done: int, total: int) -> None:
        if done > 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(archive, engine, progress=stop_in_the_third_batch, batch=2)
    assert len(engine.contents()) == 4
    assert sync(archive, engine).replaced == 3
    assert engine.contents() == ids(archive)


def test_reindex_builds_the_same_index_beside(archive: Archive, engine: Engine) -> None:
    sync(archive, engine)
    request = parse_request({"q": ["公开 申请"], "limit": ["100"]})
    before = {**search(engine, request).to_json(), "took_ms": 0}
    generation = engine.generation()
    assert reindex(archive, engine) == SyncResult(7, 0, archive.last_change())
    assert {**search(engine, request).to_json(), "took_ms": 0} == before
    assert engine.generation() != generation


def test_a_stopped_reindex_leaves_the_index_alone(archive: Archive, engine: Engine) -> None:
    sync(archive, engine)

    def stop(done: int, total: int) -> None:
        if done > 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex(archive, engine, progress=stop, batch=2)
    assert engine.contents() == ids(archive)
    # What was committed beside is gone on with by an engine that keeps things.
    assert reindex(archive, engine).replaced == (7 if engine.name == "memory" else 3)
    assert (engine.contents(), engine.synced()) == (ids(archive), archive.last_change())
    assert reindex(archive, engine).replaced == 7


def test_several_processes_make_the_same_index(
    archive: Archive, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "_WORTH", 1)
    monkeypatch.setattr(preparing, "_PIECE", 2)
    gone = min(ids(archive))
    withdraw(archive, gone, "duplicate", "tester", now())
    assert sync(archive, engine, jobs=2).replaced == 6
    assert engine.contents() == ids(archive)
    alone = MemoryEngine(SEGMENTER)
    sync(archive, alone)
    request = parse_request({"q": ["公开 申请"], "limit": ["100"]})
    answers = [{**search(made, request).to_json(), "took_ms": 0} for made in (engine, alone)]
    assert answers[0] == answers[1]


def test_an_index_that_is_ahead_of_the_archive_is_not_its_own(tmp_path: Path, archive: Archive, engine: Engine) -> None:
    sync(archive, engine)
    with open_archive(tmp_path / "other") as other:
        with pytest.raises(ArchiveError, match="gongkai reindex"):
            sync(other, engine)
        assert reindex(other, engine) == SyncResult(0, 0, 0)
    assert engine.contents() == {}
