"""The pages about what others see of the program: commands, parameters, API, and the modules themselves."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from markdown import code, page, table

from corpus.model import AgencyKind, Era
from corpus.vocabulary import REASON_KEYS
from indexer import (
    DEFAULT_LIMIT,
    FIELDS,
    FILTERS,
    GROUPS,
    MAX_LIMIT,
    MAX_QUERY,
    SORTS,
    TEXT_FIELDS,
    Field,
    parse_filters,
)
from webui.api.openapi import description
from webui.cli import cli

ROOT = Path(__file__).parents[2]
ROOMS = {
    "corpus": "What a report is: model, vocabulary, readers, parser, checks, and the generator of samples.",
    "archive": "What is kept, under which identity, in which versions.",
    "indexer": "How reports are found: fields, query language, engines, highlighting.",
    "webui": "How it is shown: pages, API, command line.",
}
ADDRESS = "https://example.org"

# --- commands --------------------------------------------------------------------------------------------------------


def commands_page() -> str:
    """Every command with its arguments, options and example."""
    context = click.Context(cli, info_name="gongkai")
    parts = [
        "`gongkai [global options] COMMAND [options]`. Results go to standard output, everything else to standard error.",
        table(
            ("exit code", "meaning"),
            [
                ("0", "done; a search without hits is 0"),
                (
                    "1",
                    "done, but a document failed or was no report (`ingest`), or there are findings (`check`, `verify`)",
                ),
                ("2", "wrong usage"),
                ("3", "could not do it"),
            ],
        ),
        "## Global options",
        _options(cli, context),
    ]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        parts += list(_command(name, command, context))
    return page("Commands", *parts)


def _command(name: str, command: click.Command, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent)
    yield f"## {name}"
    yield code(" ".join(["gongkai", name, *command.collect_usage_pieces(context)]))
    yield _paragraphs(command.help or "")
    yield _options(command, context)
    lines = [line.strip() for line in (command.epilog or "").splitlines() if line.strip().startswith("gongkai ")]
    yield "```sh\n" + "\n".join(lines) + "\n```"


def _paragraphs(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _options(command: click.Command, context: click.Context) -> str:
    options = [o for o in command.get_params(context) if isinstance(o, click.Option) and not o.is_eager]
    filters = [o for o in options if o.name in FILTERS and o.multiple]
    rows = [
        (code(_spelling(option, context)), _meaning(option), _default(option), code(option.envvar or ""))
        for option in options
        if option not in filters
    ]
    if filters:
        assert len(filters) == len(FILTERS), f"{command.name} takes only some of the filters"
        rows.insert(0, ("`--year VALUE` …", "any [filter](parameters.md#filters); may be repeated", "–", "–"))
    if not rows:
        return ""
    if any(row[3] != "–" for row in rows):
        return table(("option", "meaning", "default", "environment"), rows)
    return table(("option", "meaning", "default"), [row[:3] for row in rows])


def _spelling(option: click.Option, context: click.Context) -> str:
    names = ", ".join(option.opts)
    if option.is_flag:
        return names
    metavar = "N" if isinstance(option.type, click.IntRange) else option.make_metavar(context)
    return f"{names} {metavar}"


def _meaning(option: click.Option) -> str:
    text = option.help or ""
    if not isinstance(option.type, click.IntRange):
        return text
    low, high = option.type.min, option.type.max
    return f"{text} ({low} to {high})" if high is not None else f"{text} (from {low})"


def _default(option: click.Option) -> str:
    if option.required:
        return "required"
    if option.is_flag or option.multiple or option.default in (None, "") or not isinstance(option.default, str | int):
        return "–"
    return code(option.default)


# --- parameters ------------------------------------------------------------------------------------------------------

_KINDS = "、".join(code(k.value) for k in AgencyKind)
VALUES = {
    "year": ("`2023`, `2019-2023`, `2019-`, `-2023`", "2019-2023"),
    "agency": ("the whole name; width, case and Traditional writing do not matter", "云棠县财政局"),
    "body": (
        "a name of the body; finds its reports under [earlier and later names](agencies.md) too",
        "望州市自然资源局",
    ),
    "kind": (f"one of {_KINDS}", "department"),
    "province": ("the whole name", "昆岚省"),
    "city": ("the whole name", "昆岚市"),
    "county": ("the whole name", "云棠县"),
    "township": ("the whole name", "苇塘镇"),
    "reason": ("a key of [the reasons](vocabulary.md#reasons); any cell of that row is above zero", REASON_KEYS[0]),
    "section": ("a key of [the sections](vocabulary.md#sections), or `front`", "problems"),
    "era": (f"one of {'、'.join(code(e.value) for e in Era)}", "format_2021"),
    "issue": ("a [check](checks.md) or the beginning of one: `t3`, `t3.balance`, `t3.balance:total`", "t3.balance"),
    "cites": (
        "a law, order, document number or standard, [canonical or as printed](references.md)",
        "国办公开办函〔2021〕30号",
    ),
    "where": (
        "a figure compared with a number, see below; conditions joined by `,` must all hold",
        "derived.denied>=3",
    ),
}
"""Filter → what it takes, and an example, which is read by the real parser whenever this page is made."""


def parameters_page() -> str:
    """The filters and parameters of a search, the same on the command line, in addresses and in the API."""
    parse_filters({name: [example] for name, (_, example) in VALUES.items()})
    others = [
        ("`q`", f"the query, at most {MAX_QUERY:,} characters; see [the query language](query.md)", "–"),
        ("`group`", f"what a hit is, and what all numbers count: {_choices(GROUPS)}", code(next(iter(GROUPS)))),
        ("`sort`", f"order of the hits: {_choices(SORTS)}; ties are ordered by report", code(next(iter(SORTS)))),
        ("`limit`", f"hits in one answer, 1 to {MAX_LIMIT}; more is an error", code(DEFAULT_LIMIT)),
        ("`offset`", "hits to leave out first", "`0`"),
        ("`synonyms`", "`0` turns synonyms off (on the command line `--no-synonyms`); no synonyms exist yet", "`1`"),
    ]
    return page(
        "Filters and parameters",
        "The same words on the command line (`--year 2023`), in addresses (`?year=2023`) and in the API. A filter may be "
        "repeated: values of one filter are alternatives, different filters must all hold. An unknown name or an unusable "
        "value is an error that names everything wrong at once.",
        "## Filters",
        table(
            ("filter", "Chinese", "English", "takes", "example", "counted"),
            [_filter(field) for field in FIELDS],
        ),
        "“Counted” filters are facets: every answer counts their values, each facet ignoring its own choices.",
        "## Conditions on figures (`where`)",
        "`path COMPARISON number` with `>=`, `<=`, `>`, `<`, `=`, `!=`. A path is `table.row.column`; without a column it is "
        "the row's figure (its total, or the sum of its applicants where the total is no number). A report that prints no "
        "number there never matches. `derived.denied`, `derived.unable`, `derived.rejected` and `derived.other` are the sums "
        "of the groups. Keys are in [the vocabulary](vocabulary.md).",
        "```sh\ngongkai list --where 'applications.new_received.total>=100' --where 'derived.denied>0'\n```",
        "## Other parameters of a search",
        table(("parameter", "meaning", "default"), others),
        "## Fields in a query",
        "`field:value` inside `q` takes every filter above with the same values, and two fields that are searched by their "
        "characters: "
        + ", ".join(f"{code(name + ':')} ({zh}, {en})" for name, (zh, en) in TEXT_FIELDS.items())
        + ". In a query `agency:` means the latter.",
    )


def _filter(field: Field) -> tuple[str, ...]:
    takes, example = VALUES[field.name]
    return code(field.name), field.zh, field.en, takes, code(example), "yes" if field.facet else "no"


def _choices(values: Any) -> str:
    return ", ".join(f"{code(name)} ({zh}, {en})" for name, (zh, en) in values.items())


# --- API -------------------------------------------------------------------------------------------------------------


def api_page() -> str:
    """The addresses of the API."""
    document = description(ADDRESS)
    parts = [
        f"{document['info']['summary']} The description for programs is served at `/api/openapi.json` "
        f"(OpenAPI {document['openapi']}), the one for people at `/api/docs`. Errors are `application/problem+json` (RFC 9457).",
    ]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            parts += [f"## {method.upper()} {path}", f"{operation['summary']}.", _api_parameters(operation)]
            parts.append(table(("status", "answer"), _answers(operation)))
    parts += ["## Shapes", *_shapes(document["components"]["schemas"])]
    return page("API", *parts)


def _api_parameters(operation: dict[str, Any]) -> str:
    rows = []
    for parameter in operation["parameters"]:
        schema = parameter["schema"]
        kind = schema["items"]["type"] + ", repeatable" if schema["type"] == "array" else schema["type"]
        limits = [f"{key} {schema[key]}" for key in ("minimum", "maximum", "pattern", "default") if key in schema]
        choices = [" · ".join(code(value) for value in schema["enum"])] if "enum" in schema else []
        rows.append((code(parameter["name"]), "; ".join([kind, *choices, *limits]), parameter["description"]))
    return table(("parameter", "type", "meaning"), rows)


def _answers(operation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for status, answer in operation["responses"].items():
        media, content = next(iter(answer["content"].items()))
        shape = content["schema"].get("$ref", "").rpartition("/")[2]
        yield status, f"{answer['description']} {code(media)}{f' {code(shape)}' if shape else ''}"


def _shapes(schemas: dict[str, Any]) -> Iterator[str]:
    for name, schema in schemas.items():
        yield f"### {name}"
        yield schema["description"]
        yield table(("key", "type"), [(code(key), _type(value)) for key, value in schema["properties"].items()])


def _type(schema: dict[str, Any]) -> str:
    kind = schema.get("type", "")
    if kind == "array":
        return f"list of {_type(schema.get('items', {})) or 'values'}"
    return " or ".join(kind) if isinstance(kind, list) else kind


# --- modules ---------------------------------------------------------------------------------------------------------


def modules_page() -> str:
    """What each file is for, in its own words."""
    parts = [
        "One sentence per module, the first of its docstring. How they work together: [architecture](../architecture.md)."
    ]
    for room, duty in ROOMS.items():
        parts += [f"## {room}", duty, table(("file", "what it is for"), _modules(room))]
    return page("Modules", *parts)


def _modules(room: str) -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / room).rglob("*.py")):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if docstring:
            name = path.relative_to(ROOT).as_posix()
            yield f"[{name}](../../{name})", first_sentence(docstring)


def first_sentence(text: str) -> str:
    """Up to the first full stop that ends a sentence: what follows it is a capital, a sign, or nothing."""
    paragraph = " ".join(text.split("\n\n")[0].split())
    match = re.search(r"(?<!e\.g)[.!?](?=$|\s+[A-Z`§*])", paragraph)
    return paragraph[: match.end()] if match else paragraph
