"""The JSON API under `/api`: the same words, numbers and shapes as the command line; errors as problem+json."""

from flask import Blueprint

api = Blueprint("api", __name__, url_prefix="/api")

from webui.api import routes  # noqa: E402, F401  (it adds the routes)
