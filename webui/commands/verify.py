"""`gongkai verify` and `gongkai reindex`: hold originals, catalog and index against each other; rebuild the index."""

import click

from archive.derive import derive
from archive.verify import verify
from indexer import compare, reindex
from webui.console import Ticker, say, say_json
from webui.session import Session, example, pass_session, processes


@click.command("verify", epilog=example("gongkai verify --full"))
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--full", is_flag=True, help="Read every original again and compare its digest.")
@pass_session
def verify_command(session: Session, as_json: bool, full: bool) -> int:
    """Check that every original, the catalog and the index agree. Exit code 1 when they do not."""
    problems = [
        *((p.kind, p.subject, p.message) for p in verify(session.archive, full=full)),
        *((f"index.{p.kind}", p.report_id, p.message) for p in compare(session.archive, session.engine)),
    ]
    if as_json:
        found = [{"kind": kind, "subject": subject, "message": message} for kind, subject, message in problems]
        say_json({"ok": not problems, "problems": found})
    else:
        for problem in problems:
            say("\t".join(problem))
        made = session.engine.made_by
        if made:
            say("index made by\t" + ", ".join(f"{name} {value}" for name, value in made.items()))
        say(f"{len(problems)} problems")
    return 1 if problems else 0


@click.command("reindex", epilog=example("gongkai reindex"))
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_session
def reindex_command(session: Session, as_json: bool) -> None:
    """Rebuild the index beside the old one and swap it in; searches go on meanwhile. Interrupted, it goes on when run again.

    What an older version of the program did not derive from the reports (citations, equal reports) is derived first.
    """
    with Ticker("deriving") as ticker:
        derive(session.archive, progress=ticker.at)
    with Ticker("indexing") as ticker:
        result = reindex(session.archive, session.engine, progress=ticker.at, jobs=processes())
    if as_json:
        say_json({"indexed": result.replaced, "deleted": result.deleted})
    else:
        say(f"{result.replaced} reports indexed")
