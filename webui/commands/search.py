"""`gongkai search`: the same words, numbers and JSON as the site and the API."""

from collections.abc import Mapping
from typing import Any

import click

from indexer import SORTS, parse_request, search
from webui.console import note, say, say_json
from webui.presenters.notes import note_text
from webui.session import Session, example, filter_options, filters_of, pass_session


@click.command(
    "search",
    epilog=example(
        "gongkai search '\"不予公开\" 商业秘密' --reason denied.third_party --year 2019-2023",
        "gongkai search -- '公开 -主动'",
    ),
)
@click.argument("query", nargs=-1)
@filter_options
@click.option(
    "--group", type=click.Choice(["report", "section"]), default="report", show_default=True, help="What a hit is."
)
@click.option(
    "--sort", type=click.Choice(list(SORTS)), default="relevance", show_default=True, help="Order of the hits."
)
@click.option("--limit", type=int, default=20, show_default=True, help="Hits to show, at most 100.")
@click.option("--offset", type=int, default=0, help="Hits to leave out first.")
@click.option("--no-synonyms", is_flag=True, help="Only the given words.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_session
def search_command(session: Session, /, query: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Search the sections of all reports. Words must occur in the same section; “…” is an exact phrase."""
    words: dict[str, list[str]] = {name: list(values) for name, values in filters_of(options).items()}
    words["q"] = [" ".join(query)]
    for name in ("group", "sort", "limit", "offset"):
        words[name] = [str(options[name])]
    if options["no_synonyms"]:
        words["synonyms"] = ["0"]
    answer = search(session.engine, parse_request(words)).to_json()
    if as_json:
        say_json(answer)
    else:
        _print(session, answer, int(options["offset"]))


def _print(session: Session, answer: Mapping[str, Any], offset: int) -> None:
    for entry in answer["query"]["notes"]:
        note(note_text(entry, "en"))
    say(f"{answer['total']} {answer['query']['group']}{'' if answer['total'] == 1 else 's'}")
    for number, hit in enumerate(answer["hits"], offset + 1):
        heading = hit["section"]["heading"]
        more = f" (+{hit['more']})" if hit["more"] else ""
        say(
            f"\n{number}. {hit['title']}\n   {hit['agency']} · {hit['year']}"
            + (f" · {heading}" if heading else "")
            + more
        )
        say("   " + " ".join("".join(_piece(piece) for piece in hit["snippet"]).split()))
        say(f"   {session.address}{hit['permalink']}")


def _piece(piece: Mapping[str, Any]) -> str:
    if not piece["hit"]:
        return str(piece["text"])
    return f"【{piece['text']}】"
