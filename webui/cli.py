"""The command `gongkai`: global options, the commands, and how an error becomes one line and an exit code.

Exit codes: 0 done · 1 done, with findings or failed documents · 2 wrong usage · 3 could not do it.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import click
import platformdirs

from corpus.errors import GongkaiError, UsageError
from webui.console import say_error, use_utf8
from webui.session import Session, example

DONE, FINDINGS, USAGE, FAILED, INTERRUPTED = 0, 1, 2, 3, 130

_COMMANDS: Final = {
    "demo": "demo",
    "ingest": "ingest",
    "harvest": "harvest",
    "list": "listing",
    "show": "show",
    "search": "search",
    "check": "check",
    "amend": "corrections",
    "withdraw": "corrections",
    "verify": "verify",
    "reindex": "verify",
    "cite": "cite",
    "resolve": "cite",
    "export": "export",
    "serve": "serve",
}
"""Command → module of `webui.commands` that holds it; loaded only when it is used."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command = getattr(import_module(f"webui.commands.{_COMMANDS[name]}"), f"{name}_command")
        assert isinstance(command, click.Command)
        return command


def _version() -> str:
    try:
        return version("gongkai")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "unknown"


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=example("gongkai ingest reports/", "gongkai search '\"不予公开\"' --year 2023"),
)
@click.version_option(_version(), prog_name="gongkai")
@click.option(
    "--home", type=click.Path(path_type=Path, file_okay=False), envvar="GONGKAI_HOME", help="The archive's folder."
)
@click.option(
    "--engine", default="whoosh:", show_default=True, metavar="URL", envvar="GONGKAI_ENGINE", help="The search engine."
)
@click.option(
    "--base-url", metavar="URL", envvar="GONGKAI_BASE_URL", help="Public address used in citations, feeds and sitemaps."
)
@click.pass_context
def cli(ctx: click.Context, home: Path | None, engine: str, base_url: str | None) -> None:
    """Archive, read, check and search the annual reports on open government information (政府信息公开工作年度报告)."""
    if base_url is not None and not base_url.startswith(("http://", "https://")):
        raise UsageError(
            f"The public address {base_url!r} is not a web address.", hint="It begins with http:// or https://."
        )
    chosen = home or Path(platformdirs.user_data_dir("gongkai", appauthor=False))
    ctx.obj = Session(chosen, engine, base_url)
    ctx.call_on_close(ctx.obj.close)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code. Every error becomes one line on standard error."""
    try:
        code = cli.main(args=arguments, prog_name="gongkai", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except click.ClickException as error:
        say_error(error.format_message(), _usage_hint(error))
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        say_error("Interrupted.", "What was finished is kept; run the command again to go on.")
        return INTERRUPTED
    except GongkaiError as error:
        say_error(error.message, error.hint)
        return USAGE if isinstance(error, UsageError) else FAILED
    except BrokenPipeError:
        # The reader went away (`| head`). What is still buffered goes nowhere, without a complaint at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        say_error(f"{error.strerror or error}{place}.", "Check the folder, its permissions and the free space.")
        return FAILED


def _usage_hint(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"See `{context.command_path if context else 'gongkai'} --help`."


def main() -> None:
    """The entry point of the installed command."""
    use_utf8()
    sys.exit(run())


if __name__ == "__main__":
    main()
