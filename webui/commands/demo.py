"""`gongkai demo`: a sample archive to look at, in the current folder, served as soon as there is something to see.

On a slow machine the site starts with the first samples while another process takes in the rest; a run that was cut off is
gone on with.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

import click
from click.core import ParameterSource

from archive.ingest import ingest
from corpus.errors import GongkaiError, UsageError
from corpus.synthetic import DEMO_COUNT
from webui.commands.serve import listen
from webui.console import Ticker, note
from webui.sample import begin, finish, is_complete, is_sample, write_documents
from webui.session import Session, example, utc_now

_HOME: Final = Path(".demo")
_JOBS: Final = 2
_FIRST: Final = 8
"""Samples that are there when the site starts, whatever the machine; read without the cost of other processes."""
_PATIENCE: Final = 20.0
"""Seconds from the beginning after which the site no longer waits for the other samples."""


@click.command("demo", epilog=example("gongkai demo --port 8080"))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help="Port; if it is in use, a free one is taken.",
)
@click.option("--no-serve", is_flag=True, help="Only fill the archive.")
@click.pass_context
def demo_command(ctx: click.Context, port: int, no_serve: bool) -> None:
    """Fill an archive with about 300 invented reports (in .demo, unless --home is given) and serve it."""
    group = ctx.parent
    given = group is not None and group.get_parameter_source("home") is ParameterSource.COMMANDLINE
    session = ctx.find_object(Session)
    assert session is not None
    demo = session if given else replace(session, home=_HOME)
    if not is_sample(demo.home) and any(demo.archive.summaries()):
        raise UsageError(
            f"The archive in {demo.home} holds reports of its own.", hint="Give another --home for the samples."
        )
    if no_serve or is_complete(demo.home) or demo.engine_url.startswith("memory"):
        fill(demo)
        if not no_serve:
            listen(demo, "127.0.0.1", port, otherwise_free=True)
        return
    began = time.monotonic()
    take_in(demo, _FIRST, jobs=1)
    with filled_meanwhile(demo, max(0.0, _PATIENCE - (time.monotonic() - began))):
        listen(demo, "127.0.0.1", port, otherwise_free=True)


def fill(session: Session) -> None:
    """Make the whole sample archive; go on where an earlier run was cut off; do nothing when it is complete."""
    if not is_complete(session.home):
        take_in(session, DEMO_COUNT)
        finish(session.home)
    session.sync()


def take_in(session: Session, count: int, jobs: int = _JOBS) -> None:
    """Write, read and index the first `count` samples."""
    begin(session.home)
    folder = session.home / "samples"
    with Ticker("writing samples", count) as ticker:
        for _ in islice(write_documents(folder), count):
            ticker.step()
    with Ticker("reading samples", count) as ticker:
        for _ in ingest(session.archive, [folder], now=utc_now, jobs=jobs, notify=note):
            ticker.step()
    session.sync()


@contextmanager
def filled_meanwhile(session: Session, patience: float) -> Iterator[None]:
    """Have another process take in the rest; wait for it so many seconds, and end it with the block if it is still at it."""
    command = [sys.executable, "-m", "webui.cli", "--home", str(session.home), "--engine", session.engine_url]
    with subprocess.Popen(
        [*command, "demo", "--no-serve"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as helper:
        try:
            if helper.wait(patience) != 0:
                raise GongkaiError("The sample archive could not be filled.", hint="Delete its folder and try again.")
        except subprocess.TimeoutExpired:
            note("The site starts with the samples taken in so far; the rest follows.")
        try:
            yield
        finally:
            helper.terminate()
