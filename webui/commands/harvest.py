"""`gongkai harvest`: fetching from the web, which this version cannot do; it says so and what to do instead."""

import click

from corpus.errors import GongkaiError
from webui.session import example


@click.command("harvest", epilog=example("gongkai harvest https://example.gov.cn/zfxxgk/nb/ --depth 1"))
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
@click.option("--depth", type=click.IntRange(0), default=0, help="How many links to follow.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per document.")
def harvest_command(urls: tuple[str, ...], depth: int, as_json: bool) -> None:
    """Fetch pages politely and take them in (not in this version)."""
    raise GongkaiError(
        "Fetching from the web is not in this version.",
        hint="Save the page with a browser or wget and run `gongkai ingest FILE --url URL`.",
        code="not_available",
    )
