"""The API: the shapes of the contract, the same numbers as the pages, errors as problem+json, a description that is true."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from web_samples import World

from archive.codec import report_to_json
from indexer import FILTERS, PARAMETERS, parse_request, search
from webui.api.openapi import search_parameters


def test_a_search_is_the_answer_of_the_index(client: FlaskClient, world: World) -> None:
    answer = client.get("/api/v1/search?q=公开&era=format_2021&limit=3").get_json()
    expected = search(world.engine, parse_request({"q": ["公开"], "era": ["format_2021"], "limit": ["3"]})).to_json()
    assert {**answer, "took_ms": 0} == {**expected, "took_ms": 0}


def test_a_report_is_the_archive_s(client: FlaskClient, world: World) -> None:
    stored = world.archive.report(world.phrase)
    answer = client.get(f"/api/v1/reports/{world.phrase}")
    assert answer.get_json() == report_to_json(stored)
    assert list(answer.get_json()) == list(report_to_json(stored))
    assert client.get(f"/api/v1/reports/{world.phrase}/text").data.decode() == stored.report.text
    assert client.get(f"/api/v1/reports/{world.revised}?version=1").get_json()["version"] == 1


def test_characters_are_not_escaped(client: FlaskClient, world: World) -> None:
    assert "\\u" not in client.get(f"/api/v1/reports/{world.phrase}").text


def test_reports_are_listed_whole(client: FlaskClient, world: World) -> None:
    ids = [s.id for s in world.archive.summaries()]
    answer = client.get("/api/v1/reports").get_json()
    assert (answer["total"], [r["id"] for r in answer["reports"]]) == (len(ids), ids)
    some = client.get("/api/v1/reports?era=format_2021").get_json()
    assert {r["format_era"] for r in some["reports"]} == {"format_2021"}
    assert some["total"] == sum(s.era == "format_2021" for s in world.archive.summaries())


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        pytest.param("/api/v1/reports/no-such-report", 404, "no-such-report", id="no such report"),
        pytest.param("/api/v1/reports/no-such-report/text", 404, "no-such-report", id="no such text"),
        pytest.param("/api/v1/search?colour=red", 400, "colour", id="unknown parameter of a search"),
        pytest.param("/api/v1/search?limit=101", 400, "limit", id="limit too high"),
        pytest.param("/api/v1/search?year=abc&sort=size", 400, "abc", id="all problems at once"),
        pytest.param("/api/v1/reports?q=x", 400, "q", id="unknown parameter of the list"),
        pytest.param("/api/v1/reports/no-such-report?version=0", 400, "version", id="no version"),
        pytest.param("/api/v1/nothing", 404, "", id="no such address"),
    ],
)
def test_errors_are_problems(path: str, status: int, named: str, client: FlaskClient) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    body = answer.get_json()
    assert (body["status"], body["instance"]) == (status, path.partition("?")[0])
    assert named in body["detail"]


def test_another_method_is_refused(client: FlaskClient) -> None:
    answer = client.post("/api/v1/search")
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_the_description_holds_every_parameter_of_the_index(client: FlaskClient) -> None:
    body = client.get("/api/openapi.json").get_json()
    assert body["openapi"].startswith("3.1")
    described = [p["name"] for p in body["paths"]["/api/v1/search"]["get"]["parameters"]]
    assert sorted(described) == sorted(PARAMETERS)
    assert [p["name"] for p in search_parameters() if p["schema"]["type"] == "array"] == list(FILTERS)


def test_the_description_names_every_address(client: FlaskClient) -> None:
    rules = {
        str(r).replace("<report_id>", "{id}").replace("<path:name>", "{name}")
        for r in client.application.url_map.iter_rules()
        if "/api/v1" in str(r)
    }
    assert rules == set(client.get("/api/openapi.json").get_json()["paths"])


def test_a_page_an_answer_and_a_facet_say_the_same_number(client: FlaskClient) -> None:
    query = quote("不予公开")
    answer = client.get(f"/api/v1/search?q={query}").get_json()
    for facet in ("year", "reason", "section", "era"):
        for entry in answer["facets"][facet][:3]:
            chosen = client.get(f"/api/v1/search?q={query}&{facet}={entry['value']}").get_json()
            assert chosen["total"] == entry["count"], (facet, entry)
