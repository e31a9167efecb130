"""What the commands share: the global options, the opened archive and index, the clock, the filters. Environment is read here only."""

import getpass
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from indexer import FILTERS, Engine, SyncResult, open_engine, report_ids, sync
from webui.console import Ticker

if TYPE_CHECKING:  # loaded when it is opened: most searches never look into it
    from archive import Archive

F = TypeVar("F", bound=Callable[..., Any])

LOCAL_ADDRESS: Final = "http://127.0.0.1:8080"
"""Stands in citations when no public address is given."""


def utc_now() -> str:
    """The present moment, UTC, ISO 8601, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def processes() -> int:
    """How many processes can work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def user_name() -> str:
    """Who corrects: the name of the account."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"


@dataclass(slots=True)
class Session:
    """One run of the command line. Archive and index are opened when first used."""

    home: Path
    engine_url: str
    base_url: str | None
    _archive: "Archive | None" = field(default=None, repr=False)
    _engine: Engine | None = field(default=None, repr=False)

    @property
    def archive(self) -> "Archive":
        """The archive in the home folder, created when there is none."""
        if self._archive is None:
            from archive import open_archive

            self._archive = open_archive(self.home)
        return self._archive

    @property
    def engine(self) -> Engine:
        """The index."""
        if self._engine is None:
            self._engine = open_engine(self.engine_url, self.home)
            if self._engine.synced() == 0 and self.archive.last_change() > 0:
                self.sync()  # never built, or of an engine that keeps nothing between runs
        return self._engine

    @property
    def address(self) -> str:
        """The public address, or the local one."""
        return (self.base_url or LOCAL_ADDRESS).rstrip("/")

    def close(self) -> None:
        """Close what was opened."""
        if self._archive is not None:
            self._archive.close()

    def sync(self) -> SyncResult:
        """Bring the index up to the archive, showing progress."""
        with Ticker("indexing") as ticker:
            return sync(self.archive, self.engine, progress=ticker.at, jobs=processes())

    def matching(self, filters: dict[str, Sequence[str]]) -> list[str] | None:
        """Ids of all reports that match the filters; `None` when there are no filters (all reports)."""
        wanted = {name: list(values) for name, values in filters.items() if values}
        return report_ids(self.engine, wanted) if wanted else None


pass_session = click.make_pass_decorator(Session)


def filter_options(command: F) -> F:
    """One repeatable option per filter of the index, in its order, with its own description."""
    for name, entry in reversed(list(FILTERS.items())):
        text = f"{entry.en} ({entry.zh}); may be repeated."
        command = click.option(f"--{name}", name, multiple=True, metavar="VALUE", help=text)(command)
    return command


def filters_of(options: dict[str, Any]) -> dict[str, Sequence[str]]:
    """The filters among the options of a command."""
    return {name: options[name] for name in FILTERS if options.get(name)}


def example(*lines: str) -> str:
    """The end of a help text: how the command is typed."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)
