"""Answers that a reader already has are not made again: ETag from the state of index and archive, 304 when it is unchanged."""

import hashlib
from collections.abc import Callable
from functools import wraps
from importlib.metadata import PackageNotFoundError, version

from flask import make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from webui.context import site
from webui.language import language

View = Callable[[], ResponseReturnValue]


def by_generation(view: View) -> View:
    """A view whose answer depends on its address, the language, and what is indexed and archived."""

    @wraps(view)
    def wrapped() -> ResponseReturnValue:
        tag = _tag()
        if request.if_none_match.contains_weak(tag):
            response: Response = Response(status=304)
        else:
            response = make_response(view())
        if response.status_code in (200, 304):
            response.set_etag(tag, weak=True)
            response.headers["Cache-Control"] = "no-cache"
        return response

    return wrapped


def _tag() -> str:
    try:
        program = version("gongkai")
    except PackageNotFoundError:  # run from a source tree that was never installed
        program = ""
    state = (request.full_path, language(), site().engine.generation(), site().archive.last_change(), program)
    return hashlib.sha256(repr(state).encode("utf-8", "surrogatepass")).hexdigest()[:24]
