"""`gongkai serve`: the site on a production WSGI server."""

import errno
import signal
import sys
from collections.abc import Callable
from threading import Thread
from types import FrameType
from typing import Any, Final

import click
import waitress

from corpus.errors import GongkaiError
from webui.app import create_app
from webui.console import note, say_now
from webui.sample import is_sample
from webui.session import Session, example, pass_session, utc_now

_THREADS: Final = 8


@click.command(
    "serve", epilog=example("gongkai serve --port 8080", "gongkai --base-url https://example.org serve --host 0.0.0.0")
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Port; 0 picks a free one."
)
@pass_session
def serve_command(session: Session, host: str, port: int) -> None:
    """Serve the site until interrupted."""
    session.sync()
    listen(session, host, port)


def listen(session: Session, host: str, port: int, *, otherwise_free: bool = False) -> None:
    """Serve the site of `session`; with `otherwise_free` a port in use is replaced by a free one."""
    app = create_app(
        session.archive,
        lambda: session.engine,
        base_url=session.base_url,
        now=utc_now,
        sample=is_sample(session.home),
    )
    server = _server(app, host, port, otherwise_free)
    signal.signal(signal.SIGTERM, _leave)
    shown = f"[{server.effective_host}]" if ":" in server.effective_host else server.effective_host
    say_now(f"Listening on http://{shown}:{server.effective_port}")
    # The dictionary takes a second to load: before the first question rather than during it.
    Thread(target=session.engine.segmenter.words, args=("公开",), daemon=True).start()
    server.run()


def _server(app: Callable[..., Any], host: str, port: int, otherwise_free: bool) -> Any:
    try:
        return waitress.create_server(app, host=host, port=port, threads=_THREADS, ident=None)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise GongkaiError(
                f"Cannot listen on {host}:{port}: {error.strerror}.", hint="Choose another --host or --port."
            ) from error
        if not otherwise_free:
            raise GongkaiError(f"Port {port} is in use.", hint="Choose another, or --port 0 for a free one.") from error
        note(f"Port {port} is in use; taking a free one.")
        return _server(app, host, 0, False)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)
