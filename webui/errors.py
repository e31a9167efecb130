"""Says an error once, in one shape: a status, a title and a detail, as problem+json under `/api` and as a page elsewhere."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from corpus.errors import ArchiveError, DocumentError, GongkaiError, NotFoundError, UsageError, WithdrawnError
from webui.language import t

_log = logging.getLogger("gongkai.web")

_STATUS: Final[tuple[tuple[type[GongkaiError], int], ...]] = (
    (WithdrawnError, 410),
    (NotFoundError, 404),
    (UsageError, 400),
    (DocumentError, 422),
    (ArchiveError, 503),
)
_TITLED: Final = frozenset({400, 404, 405, 410, 422, 500, 503})


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as the outside sees it (RFC 9457)."""

    status: int
    code: str
    detail: str
    hint: str = ""
    tombstone: Mapping[str, object] | None = None
    """What is left of a withdrawn report, where that is the problem."""


def status_of(error: GongkaiError) -> int:
    """The HTTP status that belongs to an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def _answer(problem: Problem) -> Response:
    if request.path.startswith("/api/"):
        body = {
            "type": "about:blank",
            "title": problem.code,
            "status": problem.status,
            "detail": problem.detail,
            "hint": problem.hint,
            "instance": request.path,
            "tombstone": problem.tombstone,
        }
        response = jsonify({name: value for name, value in body.items() if value not in ("", None)})
        response.content_type = "application/problem+json"
    else:
        title = t(f"error.{problem.status if problem.status in _TITLED else 500}")
        page = "error.html" if problem.tombstone is None else "tombstone.html"
        response = make_response(render_template(page, problem=problem, title=title))
    response.status_code = problem.status
    response.headers["Cache-Control"] = "no-store"
    return response


def _deliberate(error: GongkaiError) -> Response:
    facts = error.facts if isinstance(error, WithdrawnError) and error.facts else None
    return _answer(Problem(status_of(error), error.code, error.message, error.hint, facts))


def _http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400 and isinstance(error.response, Response):
        return error.response
    response = error.get_response()
    if response.status_code < 400:
        return make_response(response)
    problem = Problem(response.status_code, error.name.lower().replace(" ", "_"), error.description or error.name)
    answer = _answer(problem)
    if "Allow" in response.headers:
        answer.headers["Allow"] = response.headers["Allow"]
    return answer


def _unexpected(error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    if current_app.testing:
        raise error
    return _answer(Problem(500, "internal", t("error.internal")))


def answer_errors(app: Flask) -> None:
    """Turn every error of `app` into the one shape."""
    app.register_error_handler(GongkaiError, _deliberate)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)
