"""Puts the site together: a Flask application over one archive and one index. Reads no settings; all are arguments."""

from collections.abc import Callable
from typing import Any

from flask import Flask, json
from jinja2 import StrictUndefined

from archive import Archive
from indexer import Engine
from webui.api import api
from webui.context import EXTENSION, Site, public_url, site
from webui.errors import answer_errors
from webui.language import language_url, speak, t
from webui.pages import pages
from webui.presenters import values
from webui.presenters.results import coins
from webui.security import protect
from webui.survey import place_of

_MEGABYTE = 1024 * 1024


class _Json(json.provider.DefaultJSONProvider):
    """Characters as they are, keys in the order of the contract."""

    ensure_ascii = False
    sort_keys = False


class _Flask(Flask):
    json_provider_class = _Json


def create_app(
    archive: Archive,
    engine_factory: Callable[[], Engine],
    *,
    base_url: str | None,
    now: Callable[[], str],
    sample: bool = False,
) -> Flask:
    """The site as a WSGI application. `now` tells the UTC time (ISO 8601); `base_url` is the public address, if any."""
    app = _Flask("webui")
    app.config["MAX_CONTENT_LENGTH"] = _MEGABYTE
    app.json.compact = True  # type: ignore[attr-defined]  # a property of the default provider
    app.url_map.strict_slashes = False
    app.extensions[EXTENSION] = Site(archive, engine_factory(), base_url, now, sample)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.autoescape = True
    app.jinja_env.globals.update(_words_of_templates())
    protect(app)
    speak(app)
    answer_errors(app)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    return app


def _words_of_templates() -> dict[str, Any]:
    return {
        "t": t,
        "site": site,
        "public_url": public_url,
        "language_url": language_url,
        "number_text": values.number_text,
        "day": values.day,
        "moment": values.moment,
        "file_name": values.file_name,
        "safe_link": values.safe_link,
        "source_name": values.source_name,
        "facet_value": values.facet_value,
        "place_of": place_of,
        "coins": coins,
    }
