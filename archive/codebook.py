"""The meaning of every key that an export holds, taken from the vocabulary."""

from collections.abc import Iterator

from corpus.vocabulary import ERAS, REASONS, SECTION_KEYS, STATISTICS, label, load

Line = tuple[str, str, str, str, str, str]


def codebook() -> Iterator[Line]:
    """Table, axis, key, the wording of the form, its English gloss, the article of the Regulation."""
    for table, rows, columns in (
        ("applications", "row", "column"),
        ("proactive", "row", "column"),
        ("review", "block", "column"),
    ):
        for axis, kind in (("row", rows), ("column", columns)):
            scope = table if axis == "row" else f"{table}.column"
            for entry in load(table)[kind]:
                yield _line(table, axis, entry["key"], scope, entry.get("article", ""))
    for term in STATISTICS:
        yield _line("statistics", "row", term.key, "statistics", term.article)
    yield _line("statistics", "column", "count", "statistics.column", "")
    for key in SECTION_KEYS:
        yield _line("sections", "key", key, "section", "")
    for era in ERAS:
        yield _line("reports", "format_era", era.key, "era", "")
    for reason in REASONS:
        yield _line("reports", "denial_reasons", reason.key, "reason", reason.article)
    for state, meaning in _STATES.items():
        yield ("cells", "state", state, *meaning, "")


_STATES = {
    "number": ("印有数字", "A number is printed; only then there is a value"),
    "blank": ("空白", "Nothing is printed in the cell; never zero"),
    "dash": ("横线", "A dash is printed"),
    "slash": ("斜线", "A slash is printed"),
    "text": ("文字", "Words are printed, see raw"),
    "absent": ("未刊出", "The report does not print this cell"),
}


def _line(table: str, axis: str, key: str, scope: str, article: str) -> Line:
    return table, axis, key, label(key, scope), label(key, scope, "en"), article
