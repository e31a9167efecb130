"""Which language the interface speaks to one visitor: `?lang=` first (and kept in a cookie), then the cookie, then Chinese."""

from typing import Final
from urllib.parse import quote, urlencode

from flask import Flask, Response, g, request

from corpus.errors import QueryError
from webui.messages import DEFAULT_LANGUAGE, HTML_LANGUAGE, LANGUAGES, message

LANGUAGE: Final = "lang"
"""The one parameter that every page takes."""

_COOKIE: Final = "lang"
_YEAR: Final = 365 * 24 * 3600


def language() -> str:
    """The language of the current request, a key of `LANGUAGES`."""
    return str(g.get("language", DEFAULT_LANGUAGE))


def t(key: str, /, **values: object) -> str:
    """The message `key` in the language of the current request."""
    return message(key, language(), **values)


def language_url(code: str) -> str:
    """The address of the current page in another language."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != LANGUAGE]
    return f"{quote(request.path)}?{urlencode([*pairs, (LANGUAGE, code)])}"


def _choose() -> None:
    cookie = request.cookies.get(_COOKIE, "")
    g.language = cookie if cookie in LANGUAGES else DEFAULT_LANGUAGE
    wanted = request.args.get(LANGUAGE)
    if wanted is None or request.path.startswith("/api/v1/"):
        return
    if wanted not in LANGUAGES:
        raise QueryError(t("error.language", value=wanted[:40], known="、".join(LANGUAGES)))
    g.language = wanted


def _remember(response: Response) -> Response:
    wanted = request.args.get(LANGUAGE, "")
    if wanted in LANGUAGES:
        response.set_cookie(_COOKIE, wanted, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = HTML_LANGUAGE[language()]
        response.vary.add("Cookie")
    return response


def speak(app: Flask) -> None:
    """Give every request a language and every template `t`, `language` and `languages`."""
    app.before_request(_choose)
    app.after_request(_remember)

    @app.context_processor
    def _words() -> dict[str, object]:
        return {"language": language(), "languages": LANGUAGES, "html_language": HTML_LANGUAGE[language()]}
