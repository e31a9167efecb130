"""`gongkai show`: one report as a summary, as JSON, as text, as the stored original, or with how each value was read."""

import click

from archive import StoredReport
from archive.codec import report_to_json
from corpus.errors import UsageError
from corpus.explain import evidence, explain
from corpus.figures import derived, positive_reasons
from corpus.vocabulary import label
from webui.console import is_terminal, say, say_bytes, say_json, say_rows
from webui.session import Session, example, pass_session

_CHUNK = 1 << 20


@click.command(
    "show",
    epilog=example(
        "gongkai show 330206-9f3a2c1d-2023 --json", "gongkai show 330206-9f3a2c1d-2023 --original > page.html"
    ),
)
@click.argument("report")
@click.option("--version", "version", type=click.IntRange(1, 999_999_999), help="A version; the newest without it.")
@click.option("--json", "form", flag_value="json", help="Everything, as one JSON document.")
@click.option("--text", "form", flag_value="text", help="The text that all offsets count in.")
@click.option("--original", "form", flag_value="original", help="The stored bytes.")
@click.option("--explain", "form", flag_value="explain", help="How each value and figure was read.")
@pass_session
def show_command(session: Session, report: str, version: int | None, form: str | None) -> None:
    """Show one report."""
    if form == "original":
        _original(session, report, version)
        return
    stored = session.archive.report(report, version)
    if form == "json":
        say_json(report_to_json(stored))
    elif form == "text":
        say(stored.report.text)
    elif form == "explain":
        _explain(stored)
    else:
        _summary(stored)


def _original(session: Session, report: str, version: int | None) -> None:
    if is_terminal():
        raise UsageError("An original is not for a terminal.", hint="Send it to a file: `… --original > FILE`.")
    with session.archive.original(report, version).data_path.open("rb") as file:
        say_bytes(iter(lambda: file.read(_CHUNK), b""))


def _summary(stored: StoredReport) -> None:
    report = stored.report
    region = " ".join(
        p for p in (report.region.province, report.region.city, report.region.county, report.region.township) if p
    )
    say(report.title)
    for name, value in (
        ("id", f"{stored.id} v{stored.version}"),
        ("agency", report.agency),
        ("year", report.year),
        ("form", label(report.era.value, "era")),
        ("region", region),
        ("published", report.published),
        ("source", stored.sources[0].url or stored.sources[0].path if stored.sources else None),
        ("sha256", stored.sources[0].sha256 if stored.sources else None),
    ):
        say(f"{name:<10} {value if value not in (None, '') else 'not known'}")
    say(f"{'sections':<10} " + " · ".join(s.heading for s in report.sections if s.heading))
    figures = ", ".join(f"{label(key, 'group')} {value}" for key, value in derived(report).items() if value is not None)
    say(f"{'figures':<10} {figures or 'none stated'}")
    say(
        f"{'reasons':<10} " + ("、".join(label(key, "reason") for key in positive_reasons(report)) or "none above zero")
    )
    for finding in stored.findings:
        say(f"finding    {finding.severity.value} {finding.id}: {finding.message}")


def _explain(stored: StoredReport) -> None:
    report = stored.report
    for name, said in evidence(report).items():
        say(f"{name}\t{said}")
    statements = [(s.field, s.source, s.value, s.use) for s in report.statements]
    if statements:
        say_rows(("about", "source", "says", "use"), statements)
    rows = []
    for cell in explain(report):
        at = printed = aliases = rule = ""
        if (origin := cell.origin) is not None:
            at = f"grid {origin.grid} row {origin.row} column {origin.column}"
            printed, rule = f"{origin.label} | {origin.header}", origin.rule
            aliases = f"{cell.row_alias} | {cell.column_alias}"
        rows.append((cell.place, cell.state, cell.raw, at or "—", printed, aliases, rule or "、".join(cell.findings)))
    say_rows(("cell", "state", "printed", "place", "labels", "known as", "rule"), rows)
    rejected = [
        (f"c{r.start}-{r.end}", r.text, f"grid {r.grid} row {r.row} column {r.column}", label(r.reason, "rejection"))
        for r in report.rejected
    ]
    if rejected:
        say_rows(("not used", "printed", "place", "why"), rejected)
    for correction in stored.corrections:
        changes = ", ".join(f"{name} = {value}" for name, value in correction.changes.items())
        say(f"corrected\t{changes}\t{correction.reason}\t{correction.who}\t{correction.made_at}")
