"""`gongkai ingest`: takes documents into the archive and brings the index up to it."""

from collections import Counter
from pathlib import Path

import click

from archive import Outcome, OutcomeKind
from archive.ingest import ingest
from webui.console import Ticker, note, say, say_json
from webui.session import Session, example, pass_session, utc_now

_BAD = (OutcomeKind.FAILED, OutcomeKind.NOT_A_REPORT)


@click.command(
    "ingest",
    epilog=example(
        "gongkai ingest reports/ page.html more.zip", "gongkai ingest page.html --agency 云棠县财政局 --year 2022"
    ),
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON line per report found and per document that holds none."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read documents.")
@click.option("--agency", help="The reporting agency, where the document does not name it.")
@click.option("--year", type=click.IntRange(1990, 2100), help="The year reported on, where the document does not say.")
@click.option("--url", help="Address that the document came from.")
@click.option("--part", metavar="i/N", help="Only the i-th of N shares of the documents.")
@pass_session
def ingest_command(
    session: Session,
    paths: tuple[Path, ...],
    as_json: bool,
    jobs: int,
    agency: str | None,
    year: int | None,
    url: str | None,
    part: str | None,
) -> int:
    """Store originals, read them, check them and make them searchable.

    Takes files, folders, .zip and .warc(.gz). Symbolic links are not followed. Running it again takes only what is new.
    """
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise click.UsageError(f"There is no file or folder {str(path)!r}.")
    counts: Counter[OutcomeKind] = Counter()
    with Ticker("reading") as ticker:
        for outcome in ingest(
            session.archive, paths, now=utc_now, jobs=jobs, agency=agency, year=year, url=url, part=part, notify=note
        ):
            counts[outcome.kind] += 1
            ticker.step()
            say_json(outcome.to_json()) if as_json else _say(outcome)
    session.sync()
    if not as_json:
        say(", ".join(f"{kind.value}: {counts[kind]}" for kind in OutcomeKind if counts[kind]) or "nothing to take in")
    return 1 if any(counts[kind] for kind in _BAD) else 0


def _say(outcome: Outcome) -> None:
    place = outcome.path if outcome.member is None else f"{outcome.path}!/{outcome.member}"
    if outcome.kind in _BAD:
        say(f"{outcome.kind.value}\t{place}\t{outcome.error}")
    else:
        about = f"{outcome.agency} {outcome.year}"
        flags = f"\t{outcome.findings} findings" if outcome.findings else ""
        say(f"{outcome.kind.value}\t{outcome.report_id} v{outcome.version}\t{about}\t{place}{flags}")
