"""`gongkai list`: every report that matches, never a page."""

from typing import Any

import click

from webui.console import say_json, say_rows
from webui.presenters.values import summary_json
from webui.session import Session, example, filter_options, filters_of, pass_session


@click.command("list", epilog=example("gongkai list --year 2019-2023 --province 浙江省"))
@filter_options
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_session
def list_command(session: Session, /, as_json: bool, **options: Any) -> None:
    """List all reports that match the filters."""
    wanted = session.matching(filters_of(options))
    kept = None if wanted is None else set(wanted)
    reports = [summary_json(s) for s in session.archive.summaries() if kept is None or s.id in kept]
    if as_json:
        say_json({"total": len(reports), "reports": reports})
        return
    columns = ("id", "version", "year", "agency", "title", "findings")
    say_rows(columns, ([report[c] for c in columns] for report in reports))
