"""Headers that every answer carries. Nothing is loaded from elsewhere, nothing inline runs, nobody frames the pages."""

from typing import Final

from flask import Flask, Response

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ORIGINAL_POLICY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""For stored originals: even when a browser shows one, it may run and load nothing."""

_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def _protect(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def protect(app: Flask) -> None:
    """Add the headers to every answer of `app`, error pages and static files included."""
    app.after_request(_protect)
