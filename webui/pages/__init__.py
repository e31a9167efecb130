"""The pages of the site: each module takes the parameters of its addresses, calls one function, presents the result."""

from flask import Blueprint

pages = Blueprint("pages", __name__)

from webui.pages import browse, feeds, issues, reasons, references, report, search, service  # noqa: E402, F401  (they add routes)
