"""What is installed: the built wheel holds the data the rooms need, and nothing that is for developers only."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from code_reading import ROOMS, ROOT

WHY_DATA = (
    "Build tools leave out data files without a word, and the first user finds out. Data lives inside its room, and "
    "pyproject.toml names the rooms."
)
WHY_ONLY = (
    "Tests, documentation and benchmarks are not installed; an installed file is one that users get and others import."
)
METADATA = ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")

RUN_FROM_WHEEL = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import archive, corpus, indexer, webui
assert all(m.__file__.startswith(sys.argv[1]) for m in (archive, corpus, indexer, webui)), corpus.__file__
from corpus.divisions import by_code
from corpus.synthetic import generate, render
from corpus.vocabulary import load
from webui.app import create_app
from archive.ingest import ingest
home = Path(sys.argv[2])
rendering = render(generate(1, 1)[0], "html")
document = home / rendering.filename
home.mkdir()
document.write_bytes(rendering.data)
assert load("checks") and by_code("330206", 2023) is not None
with archive.open_archive(home / "a") as kept:
    outcomes = list(ingest(kept, [document], now=lambda: "2026-01-01T00:00:00Z"))
    engine = indexer.open_engine("memory:", home / "a")
    indexer.sync(kept, engine)
    app = create_app(kept, lambda: engine, base_url=None, now=lambda: "2026-01-01T00:00:00Z")
    client = app.test_client()
    pages = ["/", "/search?q=" + outcomes[0].agency, f"/r/{outcomes[0].report_id}", "/static/site.css", "/api/openapi.json"]
    print(*(client.get(page).status_code for page in pages))
"""
"""One report taken in, indexed and shown by the unpacked wheel: every data file that is needed on the way is there."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"The wheel cannot be built:\n{done.stdout}\n{done.stderr}"
    (built,) = folder.glob("gongkai-*.whl")
    return built


def in_tree() -> set[str]:
    """Every file of the four rooms, apart from what Python leaves behind."""
    files = (p for room in ROOMS for p in (ROOT / room).rglob("*") if p.is_file())
    return {p.relative_to(ROOT).as_posix() for p in files if "__pycache__" not in p.parts and p.suffix != ".pyc"}


def test_the_wheel_holds_the_rooms_whole_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.endswith("/")}
    metadata = {name for name in held if name.partition("/")[0].endswith(".dist-info")}
    assert in_tree() - held == set(), f"{WHY_DATA} Missing in the wheel."
    assert held - metadata - in_tree() == set(), f"{WHY_ONLY} Too much in the wheel."
    assert all(any(name.endswith(wanted) for name in metadata) for wanted in METADATA), sorted(metadata)


@pytest.mark.parametrize(
    "pattern",
    [
        "corpus/vocab/*.toml",
        "corpus/divisions.csv",
        "corpus/divisions-NOTICE.txt",
        "archive/catalog/migrations/*.sql",
        "webui/templates/*.html",
        "webui/templates/partials/*.html",
        "webui/static/*.css",
        "webui/static/*.js",
        *(f"{room}/py.typed" for room in ROOMS),
    ],
)
def test_the_wheel_holds_this_data(wheel: Path, pattern: str) -> None:
    with ZipFile(wheel) as archive:
        found = [name for name in archive.namelist() if Path(name).match(pattern)]
    assert found, f"{WHY_DATA} Nothing like {pattern} is in the wheel."


def test_the_wheel_offers_one_command(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/entry_points.txt"))
        lines = archive.read(name).decode().split("\n")
    assert [line for line in lines if "=" in line] == ["gongkai = webui.cli:main"]


def test_the_unpacked_wheel_runs(wheel: Path, tmp_path: Path) -> None:
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "unpacked")
    command = [sys.executable, "-I", "-c", RUN_FROM_WHEEL, str(tmp_path / "unpacked"), str(tmp_path / "home")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=tmp_path)
    assert done.returncode == 0, f"{WHY_DATA}\n{done.stderr}"
    assert done.stdout.split() == ["200"] * 5, f"{WHY_DATA} Pages answered {done.stdout}"
