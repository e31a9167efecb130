"""The command line as its users meet it: a real process where the process matters, `run` where its answer does."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import click
import pytest
from click.testing import CliRunner
from web_samples import PHRASE, with_paragraph

from corpus.synthetic import generate, render
from webui.cli import _COMMANDS, cli, run

OUTCOME = ["path", "member", "sha256", "outcome", "report_id", "version", "agency", "year", "error", "findings"]


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, object]:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


Gongkai = Callable[..., Done]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    modern = [r for r in generate("cli", 8) if r.era == "format_2021"][:4]
    modern[0] = with_paragraph(modern[0], "overview", f"全年{PHRASE}。")
    for report in modern:
        (folder / f"{report.slug}.txt").write_bytes(render(report, "text_tabs").data)
    (folder / "letter.txt").write_text("尊敬的领导：\n\n您好，这不是一份年度报告。\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, documents: Path) -> Path:
    folder = tmp_path_factory.mktemp("cli-home")
    assert run(["--home", str(folder), "ingest", str(documents)]) == 1
    return folder


@pytest.fixture
def gongkai(home: Path, capfd: pytest.CaptureFixture[str]) -> Gongkai:
    """Runs a command over the archive of `home`."""
    capfd.readouterr()

    def command(*arguments: str, home: Path = home) -> Done:
        code = run(["--home", str(home), *arguments])
        captured = capfd.readouterr()
        return Done(code, captured.out, captured.err)

    return command


@pytest.fixture
def report_id(gongkai: Gongkai) -> str:
    return str(gongkai("search", f'"{PHRASE}"', "--json").json()["hits"][0]["report_id"])


def process(*arguments: str) -> Done:
    """The same as a process of its own, in a hostile locale."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "webui.cli", *arguments], capture_output=True, timeout=600, env=environment, check=False
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def test_ingest_prints_one_line_per_document(gongkai: Gongkai, documents: Path, tmp_path: Path) -> None:
    done = gongkai("ingest", str(documents), "--json", home=tmp_path / "fresh")
    rows = done.lines()
    assert done.code == 1
    assert [list(row) for row in rows] == [OUTCOME] * 5
    assert sorted(str(row["outcome"]) for row in rows) == ["added"] * 4 + ["not_a_report"]
    again = gongkai("ingest", str(documents), "--json", home=tmp_path / "fresh").lines()
    assert sorted(str(row["outcome"]) for row in again) == ["not_a_report"] + ["unchanged"] * 4


def test_ingest_without_failures_is_code_0(gongkai: Gongkai, documents: Path, tmp_path: Path) -> None:
    one = next(p for p in documents.iterdir() if p.name != "letter.txt")
    done = gongkai("ingest", str(one), home=tmp_path / "fresh")
    assert (done.code, done.out.splitlines()[-1]) == (0, "added: 1")


def test_ingest_of_nothing_is_wrong_usage(gongkai: Gongkai, tmp_path: Path) -> None:
    done = gongkai("ingest", str(tmp_path / "missing.html"))
    assert (done.code, done.out) == (2, "")
    assert "missing.html" in done.err


def test_a_link_is_named_not_followed(gongkai: Gongkai, documents: Path, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(documents / "letter.txt")
    done = gongkai("ingest", str(tmp_path / "link.txt"), "--json", home=tmp_path / "fresh")
    assert done.code == 1
    assert [row["outcome"] for row in done.lines()] == ["failed"]


def test_list_is_never_a_page(gongkai: Gongkai) -> None:
    found = gongkai("list", "--json").json()
    assert found["total"] == len(found["reports"]) == 4
    assert list(found["reports"][0]) == ["id", "version", "title", "agency", "year", "format_era", "findings"]
    year = str(found["reports"][0]["year"])
    some = gongkai("list", "--year", year, "--json").json()
    assert {str(r["year"]) for r in some["reports"]} == {year}
    assert len(gongkai("list").out.splitlines()) == 4


def test_show_in_all_its_forms(gongkai: Gongkai, report_id: str, documents: Path) -> None:
    report = gongkai("show", report_id, "--json").json()
    text = gongkai("show", report_id, "--text").out.removesuffix("\n")
    assert (report["id"], report["permalink"], report["cite_as"]) == (
        report_id,
        f"/r/{report_id}",
        f"/r/{report_id}/v1",
    )
    for section in report["sections"]:
        for line in section["text"].splitlines():
            assert line in text[section["start"] : section["end"]]
    assert gongkai("show", report_id, "--original").out == next(
        p.read_text(encoding="utf-8") for p in documents.iterdir() if PHRASE in p.read_text(encoding="utf-8")
    )
    explained = gongkai("show", report_id, "--explain").out
    assert "applications.new_received.total\tnumber" in explained
    assert str(report["title"]) in gongkai("show", report_id).out


def test_search_finds_and_says_the_same_as_its_json(gongkai: Gongkai, report_id: str) -> None:
    found = gongkai("search", f'"{PHRASE}"', "--json").json()
    assert (found["total"], found["query"]["q"]) == (1, f'"{PHRASE}"')
    shown = gongkai("search", f'"{PHRASE}"')
    assert shown.out.startswith("1 report\n")
    assert f"【{PHRASE}】" in shown.out
    assert f"/r/{report_id}/v1#s1-p" in shown.out


def test_several_words_need_no_quotes(gongkai: Gongkai) -> None:
    assert gongkai("search", "公开", "申请", "--json").json()["query"]["q"] == "公开 申请"


def test_a_broken_query_is_told_and_searched(gongkai: Gongkai) -> None:
    done = gongkai("search", '公开 "不予')
    assert done.code == 0
    assert done.err.startswith("At character 4: ")


def test_no_hit_is_code_0(gongkai: Gongkai) -> None:
    assert gongkai("search", '"青蛙王子的故事"', "--json").json()["total"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        pytest.param(["frobnicate"], 2, "frobnicate", id="unknown command"),
        pytest.param(["search", "x", "--limit", "101"], 2, "limit", id="limit too high"),
        pytest.param(["search", "x", "--year", "abc"], 2, "abc", id="no year"),
        pytest.param(["search", "x", "--reason", "denied.none"], 2, "denied.none", id="no reason"),
        pytest.param(["search", "x", "--colour", "red"], 2, "--colour", id="unknown option"),
        pytest.param(["show", "no-such-report", "--json"], 3, "no-such-report", id="no report"),
        pytest.param(["amend", "no-such-report"], 2, "--agency", id="nothing to correct"),
        pytest.param(["cite", "no-such-report"], 3, "no-such-report", id="nothing to cite"),
        pytest.param(["cite", "x", "--accessed", "5月"], 2, "5月", id="no date"),
        pytest.param(["export", "out", "--format", "xlsx"], 2, "csv, jsonl", id="a format of later"),
        pytest.param(["harvest", "https://example.gov.cn/"], 3, "not in this version", id="harvest"),
        pytest.param(["ingest"], 2, "PATH", id="no path"),
        pytest.param(
            ["--engine", "opensearch://h:9200/p", "list", "--year", "2023"], 2, "OpenSearch", id="engine of later"
        ),
        pytest.param(["--base-url", "archive.example", "list"], 2, "archive.example", id="no address"),
    ],
)
def test_an_error_is_one_line_and_a_code(arguments: list[str], code: int, named: str, gongkai: Gongkai) -> None:
    done = gongkai(*arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith("gongkai: ")
    assert len(done.err.splitlines()) == 1
    assert named in done.err


def test_check_prints_findings_and_code_1(gongkai: Gongkai, home: Path) -> None:
    done = gongkai("check", "--json")
    rows = done.lines()
    assert done.code == (1 if rows else 0)
    assert all(list(row)[:3] == ["report_id", "version", "id"] for row in rows)
    hard = gongkai("check", "--json", "--severity", "hard").lines()
    assert len(hard) == sum(row["severity"] == "hard" for row in rows)


def test_verify_and_reindex_agree(gongkai: Gongkai, home: Path) -> None:
    assert gongkai("verify", "--full", "--json").json() == {"ok": True, "problems": []}
    assert gongkai("reindex", "--json").json()["indexed"] == 4
    assert gongkai("verify", "--json").code == 0


def test_verify_names_an_original_that_changed(gongkai: Gongkai, documents: Path, tmp_path: Path) -> None:
    home = tmp_path / "fresh"
    gongkai("ingest", str(documents), home=home)
    kept = next(p for p in (home / "originals").rglob("*") if p.is_file())
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes()[:-1] + b"!")
    done = gongkai("verify", "--full", "--json", home=home)
    assert done.code == 1
    assert done.json()["problems"][0]["kind"] == "original.digest"


def test_corrections_are_kept_and_found(gongkai: Gongkai, documents: Path, tmp_path: Path) -> None:
    home = tmp_path / "fresh"
    gongkai("ingest", str(documents), home=home)
    first = gongkai("list", "--json", home=home).json()["reports"][0]["id"]
    assert gongkai("amend", first, "--year", "2012", "--reason", "标题误印", home=home).code == 0
    assert gongkai("list", "--year", "2012", "--json", home=home).json()["total"] == 1
    assert gongkai("withdraw", first, "--reason", "撤回", home=home).code == 0
    gone = gongkai("show", first, home=home)
    assert (gone.code, "撤回" in gone.err) == (3, True)
    assert gongkai("list", "--year", "2012", "--json", home=home).json()["total"] == 0


def test_cite_and_resolve_lead_to_each_other(gongkai: Gongkai, report_id: str) -> None:
    cited = gongkai("--base-url", "https://archive.example", "cite", f"{report_id}#s1", "--style", "gbt7714-2015")
    assert f"https://archive.example/r/{report_id}/v1#s1" in cited.out
    found = gongkai("resolve", PHRASE, "--json").json()
    assert found["status"] == "found"
    assert found["passages"][0]["report_id"] == report_id
    assert gongkai("resolve", "政府信息公开", "--json").json()["status"] == "ambiguous"
    assert gongkai("resolve", "青蛙王子的故事", "--json").json() == {
        "text": "青蛙王子的故事",
        "status": "lost",
        "passages": [],
    }


def test_export_writes_what_matches_with_its_manifest(gongkai: Gongkai, tmp_path: Path) -> None:
    done = gongkai("export", str(tmp_path / "out"), "--format", "csv", "--era", "format_2021")
    assert done.code == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["filters"] == {"era": ["format_2021"]}
    assert manifest["reports"] == 4


def test_output_is_utf_8_whatever_the_locale(home: Path) -> None:
    done = process("--home", str(home), "list")
    assert (done.code, done.err) == (0, "")
    assert "政府信息公开" in done.out


def test_a_reader_that_goes_away_is_no_error(home: Path) -> None:
    command = f"{sys.executable} -m webui.cli --home {home} check --json | head -n 0; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=600, check=False)
    assert (done.returncode in (0, 1), done.stderr) == (True, b"")


def test_the_home_comes_from_the_environment(home: Path) -> None:
    environment = {**os.environ, "GONGKAI_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", "webui.cli", "list", "--json"],
        capture_output=True,
        timeout=600,
        env=environment,
        check=True,
    )
    assert json.loads(done.stdout)["total"] == 4


@pytest.mark.parametrize("name", ["", *_COMMANDS])
def test_every_help_has_an_example(name: str) -> None:
    done = CliRunner().invoke(cli, [name, "--help"] if name else ["--help"])
    assert done.exit_code == 0
    assert re.search(r"Example:\n\s+gongkai ", done.output)


def test_every_option_is_described() -> None:
    context = click.Context(cli)
    for name in _COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, (name, parameter.name)


@pytest.fixture
def server(home: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "webui.cli", "--home", str(home), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        try:
            assert running.stdout is not None
            found = re.fullmatch(rb"Listening on (http://127\.0\.0\.1:\d+)\n", running.stdout.readline())
            assert found is not None
            yield found[1].decode()
        finally:
            running.send_signal(signal.SIGTERM)
            _, err = running.communicate(timeout=600)
            assert (running.returncode, b"Traceback" in err) == (0, False)


def test_serve_says_where_and_answers(server: str) -> None:
    with urlopen(server + "/healthz", timeout=600) as answer:
        assert answer.status == 200
        assert "Server" not in answer.headers
    with pytest.raises(HTTPError) as raised:
        urlopen(server + "/api/v1/reports/none", timeout=600)
    with raised.value as answer:
        assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_serve_on_a_port_in_use_says_so(server: str, home: Path) -> None:
    done = process("--home", str(home), "serve", "--port", server.rpartition(":")[2])
    assert (done.code, "in use" in done.err) == (3, True)


def test_demo_refuses_an_archive_of_real_reports(gongkai: Gongkai) -> None:
    done = gongkai("demo", "--no-serve")
    assert (done.code, "reports of its own" in done.err) == (2, True)
