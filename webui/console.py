"""The two streams of the command line: results on standard output, everything else on standard error, always UTF-8.

A report is hostile text: control characters never reach a terminal. Says nothing about what is printed.
"""

import json
import sys
import time
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Final, TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

_SECONDS_BETWEEN_LINES: Final = 10.0
_CONTROLS: Final = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if code not in (9, 10)}


def use_utf8() -> None:
    """Make both streams UTF-8 with plain line feeds, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _shown(text: str, stream: TextIO) -> str:
    return text.translate(_CONTROLS) if stream.isatty() else text


def say(text: str = "") -> None:
    """A line of results."""
    sys.stdout.write(_shown(text, sys.stdout) + "\n")


def say_now(text: str) -> None:
    """A line of results that a waiting reader gets at once."""
    say(text)
    sys.stdout.flush()


def say_json(value: object) -> None:
    """One JSON document on one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def say_bytes(data: Iterable[bytes]) -> None:
    """Bytes as they are."""
    sys.stdout.flush()
    for part in data:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def is_terminal() -> bool:
    """Whether a person reads the results as they come."""
    return sys.stdout.isatty()


def note(text: str) -> None:
    """A line about what happens."""
    sys.stderr.write(_shown(text, sys.stderr) + "\n")
    sys.stderr.flush()


def say_error(message: str, hint: str = "") -> None:
    """The one line that says what went wrong and what to do."""
    note("gongkai: " + " ".join(f"{message} {hint}".split()))


def say_rows(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table: drawn for a terminal, else one line per row with tabs between the cells and no headers."""
    if not is_terminal():
        for row in rows:
            say("\t".join(" ".join(str(cell).split()) for cell in row))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold", no_wrap=header == headers[0])
    for row in rows:
        table.add_row(*(Text(_shown(str(cell), sys.stdout)) for cell in row))
    Console(file=sys.stdout, highlight=False).print(table)


class _Rate(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        return Text("" if task.speed is None else f"{task.speed:.0f}/s")


class Ticker:
    """Shows that work goes on: a bar on a terminal, otherwise a plain line every ten seconds. Use as a context."""

    def __init__(self, label: str, total: int | None = None) -> None:
        self._label, self._total, self._done = label, total, 0
        self._begun = self._last = time.monotonic()
        self._bar: Progress | None = None
        if sys.stderr.isatty():
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                _Rate(),
                TimeRemainingColumn(),
            )
            self._bar = Progress(
                SpinnerColumn(), *columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True
            )
            self._task = self._bar.add_task(escape(label), total=total)

    def __enter__(self) -> "Ticker":
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def at(self, done: int, total: int | None = None) -> None:
        """Work has come to `done` (of `total`)."""
        self._done, self._total = done, total if total is not None else self._total
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=self._total)
        elif time.monotonic() - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = time.monotonic()
            note(f"{self._label}: {done}" + (f" of {self._total}" if self._total else "") + self._pace(done))

    def _pace(self, done: int) -> str:
        """Rate, and the time left where the end is known."""
        rate = done / max(time.monotonic() - self._begun, 1e-9)
        left = f", {(self._total - done) / rate:.0f} s left" if self._total and done else ""
        return f", {rate:.1f}/s{left}"

    def step(self) -> None:
        """One more is done."""
        self.at(self._done + 1)
