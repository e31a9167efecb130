"""A small real archive, read and indexed once, and the site over it."""

from collections.abc import Callable, Iterator
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_samples import BASE, HOSTILE, HOSTILE_FILE, NOW, PHRASE, World, take_in, with_paragraph

from archive import open_archive
from archive.ingest import ingest
from corpus.synthetic import generate, plant, render
from corpus.synthetic.truth import SyntheticReport
from indexer import open_engine, sync
from webui.app import create_app


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home, files = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("files")
    reports = generate("webui", 14)
    modern = [r for r in reports if r.era == "format_2021"]
    archive = open_archive(home)
    for report in reports:
        if report not in modern[:4]:
            (files / f"{report.slug}.txt").write_bytes(render(report, "text_tabs").data)
    assert all(o.report_id for o in ingest(archive, [files], now=lambda: NOW))
    special = tmp_path_factory.mktemp("special")

    def store(report: SyntheticReport, name: str) -> str:
        path = special / name
        path.write_bytes(render(report, "text_tabs").data)
        return take_in(archive, path)

    hostile = store(with_paragraph(modern[0], "overview", f"本段含标记{HOSTILE}与“引号”。"), HOSTILE_FILE)
    store(modern[1], "revised.txt")
    revised = store(with_paragraph(modern[1], "other", "后来补充的一段说明。"), "revised.txt")
    phrase = store(with_paragraph(modern[2], "overview", f"全年{PHRASE}；经核查，{PHRASE}。"), "phrase.txt")
    doubted = store(plant(modern[3], "t3.row_sum:denied.third_party", Random(1)), "doubted.txt")
    engine = open_engine("whoosh:", home)
    sync(archive, engine)
    yield World(archive, engine, hostile, revised, phrase, doubted)
    archive.close()


@pytest.fixture(scope="session")
def app(world: World) -> Flask:
    made = create_app(world.archive, lambda: world.engine, base_url=BASE, now=lambda: NOW)
    made.testing = True
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Callable[..., str]:
    """The text of a page that must be there."""

    def get(path: str, status: int = 200, **headers: str) -> str:
        response = client.get(path, headers=headers)
        assert response.status_code == status, response.text[:400]
        return response.text

    return get
