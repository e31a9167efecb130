"""`gongkai export`: the structured data of all reports that match, with a codebook and a manifest of the query."""

from pathlib import Path
from typing import Any

import click

from archive.export import FORMATS, export
from corpus.errors import UsageError
from webui.console import Ticker, say
from webui.session import Session, example, filter_options, filters_of, pass_session, utc_now

_LATER = ("xlsx", "sqlite", "bagit")


@click.command("export", epilog=example("gongkai export data/ --year 2023 --format csv"))
@click.argument("dest", type=click.Path(path_type=Path), metavar="DEST")
@filter_options
@click.option(
    "--format", "form", required=True, type=click.Choice([*FORMATS, *_LATER]), help="How the data is written."
)
@pass_session
def export_command(session: Session, /, dest: Path, form: str, **options: Any) -> None:
    """Write the data of all matching reports into the folder DEST."""
    if form not in FORMATS:
        raise UsageError(f"The format {form} is not in this version.", hint=f"There are: {', '.join(FORMATS)}.")
    filters = filters_of(options)
    wanted = session.matching(filters)
    ids = wanted if wanted is not None else [s.id for s in session.archive.summaries()]
    manifest = {"filters": {name: list(values) for name, values in filters.items()}, "exported_at": utc_now()}
    with Ticker("exporting", len(ids)):
        export(session.archive, dest, ids, form, manifest)
    say(f"{len(ids)} reports written to {dest}")
