"""The rival that the project began with: Whoosh as it comes, with `groupedby` facets and phrases over positions of pairs."""

import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index, query, sorting

from benchmarks.rivals import FACETS, TOP, Entry, Reply, pairs
from indexer.documents import IndexDocument
from indexer.matching import comparable
from indexer.query import And, Node, Or, Phrase, Prefix, Word

_FIELDS = ("text", "title", "agency")


class StockWhoosh:
    """An index of sections in a folder."""

    name = "stock Whoosh"

    def __init__(self, folder: Path) -> None:
        spaced = analysis.SpaceSeparatedTokenizer()
        columns = {name: fields.ID(sortable=True) for name in FACETS if name != "reason"}
        schema = fields.Schema(
            **{name: fields.TEXT(analyzer=spaced, phrase=False) for name in _FIELDS},
            pairs=fields.TEXT(analyzer=spaced, phrase=True),
            reason=fields.KEYWORD(sortable=True),
            source=fields.STORED(),
            **columns,
        )
        folder.mkdir(exist_ok=True)
        self.index = (
            index.open_dir(str(folder)) if index.exists_in(str(folder)) else index.create_in(str(folder), schema)
        )
        self.searcher = self.index.searcher()

    @staticmethod
    def entry(document: IndexDocument) -> Entry:
        return Entry.of(document, pairs(document.text.text))

    def fill(self, entries: Iterable[Entry]) -> None:
        writer = self.index.writer(limitmb=256)
        for entry in entries:
            writer.add_document(**_fields(entry))
        writer.commit()
        self.searcher = self.index.searcher()

    def ask(self, tree: Node, filters: Mapping[str, list[str]]) -> Reply:
        wanted = _query(tree)
        if filters:
            wanted = query.And([wanted, *(query.Term(name, value[0]) for name, value in filters.items())])
        groups = sorting.Facets()
        for name in FACETS:
            groups.add_field(name, allow_overlap=name == "reason")
        found = self.searcher.search(wanted, limit=TOP, groupedby=groups)
        counts = {name: {value: len(held) for value, held in found.groups(name).items()} for name in FACETS}
        texts = [zlib.decompress(hit["source"]).decode() for hit in found[:TOP]]
        return Reply(len(found), counts, texts)


def _fields(entry: Entry) -> dict[str, Any]:
    values = {name: " ".join(map(str, held)) for name, held in zip(FACETS, entry.facets, strict=True)}
    return {**{name: getattr(entry, name) for name in (*_FIELDS, "pairs", "source")}, **values}


def _query(tree: Node) -> Any:
    match tree:
        case Word(text):
            return query.Or([query.Term(f, comparable(text)) for f in _FIELDS])
        case Prefix(text):
            return query.Or([query.Prefix(f, comparable(text)) for f in _FIELDS])
        case Phrase(text):
            folded = comparable(text)
            if len(folded) == 1:
                return query.Prefix("pairs", folded)
            return query.Phrase("pairs", [folded[n : n + 2] for n in range(len(folded) - 1)])
        case And(children):
            return query.And([_query(child) for child in children])
        case Or(children):
            return query.Or([_query(child) for child in children])
        case _:
            raise NotImplementedError(type(tree).__name__)  # no wrong answer in silence
