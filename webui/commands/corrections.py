"""`gongkai amend` and `gongkai withdraw`: what people set right, kept as data with who and when."""

import click

from archive.corrections import amend, withdraw
from corpus.errors import UsageError
from webui.console import say
from webui.session import Session, example, pass_session, user_name, utc_now


@click.command("amend", epilog=example("gongkai amend 330206-9f3a2c1d-2023 --year 2022 --reason '标题误印'"))
@click.argument("report")
@click.option("--agency", help="The right agency.")
@click.option("--year", type=click.IntRange(1990, 2100), help="The right year.")
@click.option("--region", metavar="CODE", help="The right six-digit division code.")
@click.option("--reason", default="", help="Why.")
@pass_session
def amend_command(
    session: Session, report: str, agency: str | None, year: int | None, region: str | None, reason: str
) -> None:
    """Correct agency, year or region of a report. The correction wins over the parser and survives re-reading."""
    given: dict[str, str | int | None] = {"agency": agency, "year": year, "region": region}
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise UsageError("Nothing to correct.", hint="Give --agency, --year or --region.")
    amend(session.archive, report, changes, reason=reason, who=user_name(), now=utc_now())
    session.sync()
    say(f"{report}: " + ", ".join(f"{name} = {value}" for name, value in changes.items()))


@click.command("withdraw", epilog=example("gongkai withdraw 330206-9f3a2c1d-2023 --reason '发布机关撤回'"))
@click.argument("report")
@click.option("--reason", required=True, help="Why; it stays on the tombstone.")
@pass_session
def withdraw_command(session: Session, report: str, reason: str) -> None:
    """Withdraw a report: its address says so for ever, it is no longer found, its original is kept."""
    withdraw(session.archive, report, reason=reason, who=user_name(), now=utc_now())
    session.sync()
    say(f"{report}: withdrawn")
