"""`gongkai check`: what is wrong with, or doubtful about, the figures and texts of reports."""

import click

from corpus.model import Severity
from webui.console import say, say_json
from webui.session import Session, example, pass_session


@click.command("check", epilog=example("gongkai check --severity hard", "gongkai check 330206-9f3a2c1d-2023 --json"))
@click.argument("reports", nargs=-1, metavar="[REPORT]…")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per finding.")
@click.option("--severity", type=click.Choice([s.value for s in Severity]), help="Only findings of this severity.")
@pass_session
def check_command(session: Session, reports: tuple[str, ...], as_json: bool, severity: str | None) -> int:
    """Print the findings of the given reports, or of all. Exit code 1 when there are any."""
    found = False
    for report_id in reports or [s.id for s in session.archive.summaries()]:
        stored = session.archive.report(report_id)
        for finding in stored.findings:
            if severity is not None and finding.severity != severity:
                continue
            found = True
            if as_json:
                values = {
                    "id": finding.id,
                    "severity": finding.severity.value,
                    "message": finding.message,
                    "expected": finding.expected,
                    "found": finding.found,
                    "where": finding.where,
                }
                say_json({"report_id": stored.id, "version": stored.version, **values})
            else:
                say(f"{stored.id}\t{finding.severity.value}\t{finding.id}\t{finding.message}")
    return 1 if found else 0
