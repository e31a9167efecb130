"""`gongkai cite` and `gongkai resolve`: from a report to a citation, and from a quotation back to its place."""

import re

import click

from archive.cite import STYLES, cite
from archive.resolve import Passage, resolve
from webui.console import say, say_json
from webui.session import Session, example, pass_session

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _date(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _DATE.fullmatch(value):
        raise click.BadParameter(f"{value!r} is not a date like 2024-05-06.", ctx, param)
    return value


@click.command("cite", epilog=example("gongkai cite 330206-9f3a2c1d-2023#s3-p2 --style gbt7714-2015"))
@click.argument("report", metavar="REPORT[#anchor]")
@click.option(
    "--style", type=click.Choice(list(STYLES)), default="gbt7714-2025", show_default=True, help="The citation style."
)
@click.option(
    "--of",
    type=click.Choice(["original", "archived"]),
    default="archived",
    show_default=True,
    help="What is cited: the page as published, or this archive's version.",
)
@click.option(
    "--accessed",
    metavar="DATE",
    callback=_date,
    help="The day of access; the day on which the bytes were taken without it.",
)
@pass_session
def cite_command(session: Session, report: str, style: str, of: str, accessed: str | None) -> None:
    """Print one citation."""
    report_id, _, anchor = report.partition("#")
    stored = session.archive.report(report_id)
    say(cite(stored, style=style, of=of, accessed=accessed, base_url=session.address, anchor=anchor or None))


@click.command("resolve", epilog=example("gongkai resolve '没有公开不予公开的信息'"))
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_session
def resolve_command(session: Session, text: str, as_json: bool) -> None:
    """Find where a quoted passage stands; says so when it stands in several places or in none."""
    found = list(resolve(session.archive, text))
    status = "lost" if not found else "found" if len(found) == 1 else "ambiguous"
    if as_json:
        say_json({"text": text, "status": status, "passages": [_json(passage) for passage in found]})
        return
    say({"lost": "No report holds this text.", "found": "1 place", "ambiguous": f"{len(found)} places"}[status])
    for passage in found:
        say(
            f"{passage.report_id} v{passage.version}\t{passage.section_key}\t{passage.start}-{passage.end}\t{_link(session, passage)}"
        )


def _link(session: Session, passage: Passage) -> str:
    return f"{session.address}/r/{passage.report_id}/v{passage.version}#c{passage.start}-{passage.end}"


def _json(passage: Passage) -> dict[str, object]:
    return {
        "report_id": passage.report_id,
        "version": passage.version,
        "section": {"number": passage.section_number, "key": passage.section_key},
        "start": passage.start,
        "end": passage.end,
        "quote": passage.quote,
        "permalink": f"/r/{passage.report_id}/v{passage.version}#c{passage.start}-{passage.end}",
    }
