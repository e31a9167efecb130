"""An answer that did not change is not sent again; a commit changes it at once."""

import pytest
from flask.testing import FlaskClient
from web_samples import World


@pytest.mark.parametrize("path", ["/search?q=公开", "/search.json?q=公开", "/api/v1/search?q=公开"])
def test_the_same_question_is_answered_by_304_until_something_changes(
    client: FlaskClient, world: World, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(path)
    tag = first.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert again.headers["ETag"] == tag
    assert client.get(path + "申请", headers={"If-None-Match": tag}).status_code == 200
    monkeypatch.setattr(world.engine, "generation", lambda: "another commit")
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_a_refused_question_carries_no_tag(client: FlaskClient) -> None:
    assert "ETag" not in client.get("/api/v1/search?q=公开&limit=0").headers


def test_a_suggestion_is_a_link(client: FlaskClient) -> None:
    page = client.get("/search?q=行政复意").text
    assert "您要找的是不是" in page
    assert "行政复议</a>" in page
