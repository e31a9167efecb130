"""The rival tantivy: words as given, quotes as phrases of every second pair of characters (its fastest exact way).

Facets are aggregations over fast fields; tantivy matches once for the best hits and once for the aggregations.
"""

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import tantivy

from benchmarks.rivals import FACETS, TOP, Entry, Reply, pairs
from indexer.documents import IndexDocument
from indexer.fields import FacetValue
from indexer.matching import comparable
from indexer.query import And, Node, Or, Phrase, Prefix, Word

_FIELDS = ("text", "title", "agency")


class TantivyEngine:
    """One index in a folder, one segment."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        for name in (*_FIELDS, "pairs"):
            builder.add_text_field(name, stored=False, tokenizer_name="whitespace")
        builder.add_bytes_field("source", stored=True)
        for name in FACETS:
            builder.add_unsigned_field(name, stored=False, indexed=True, fast=True)
        self.schema = builder.build()
        folder.mkdir(exist_ok=True)
        self.index = tantivy.Index(self.schema, str(folder), reuse=True)
        self.searcher = self.index.searcher()
        self._names = folder / "codes.json"
        self._codes: dict[str, dict[FacetValue, int]] = {name: {} for name in FACETS}
        if self._names.exists():
            kept: dict[str, list[FacetValue]] = json.loads(self._names.read_text(encoding="utf-8"))
            self._codes = {name: {value: n for n, value in enumerate(values)} for name, values in kept.items()}

    @staticmethod
    def entry(document: IndexDocument) -> Entry:
        return Entry.of(document, pairs(document.text.text))

    def fill(self, entries: Iterable[Entry]) -> None:
        writer = self.index.writer(256_000_000, 2)
        for entry in entries:
            writer.add_document(self._document(entry))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self._names.write_text(json.dumps({name: list(codes) for name, codes in self._codes.items()}), encoding="utf-8")

    def _document(self, entry: Entry) -> tantivy.Document:
        made = tantivy.Document()
        for name in (*_FIELDS, "pairs"):
            made.add_text(name, getattr(entry, name))
        made.add_bytes("source", entry.source)
        for name, values in zip(FACETS, entry.facets, strict=True):
            codes = self._codes[name]
            for value in values:
                made.add_unsigned(name, codes.setdefault(value, len(codes)))
        return made

    def ask(self, tree: Node, filters: Mapping[str, list[str]]) -> Reply:
        query = self._query(tree)
        if filters:
            must = [
                (tantivy.Occur.Must, query),
                *((tantivy.Occur.Must, self._filter(n, v[0])) for n, v in filters.items()),
            ]
            query = tantivy.Query.boolean_query(must)
        found = self.searcher.search(query, TOP, count=True)
        wanted = {name: {"terms": {"field": name, "size": 1000}} for name in FACETS}
        counted = self.searcher.aggregate(query, wanted)
        facets = {}
        for name in FACETS:
            values = list(self._codes[name])
            facets[name] = {values[int(b["key"])]: int(b["doc_count"]) for b in counted[name]["buckets"]}
        sources = (self.searcher.doc(address)["source"][0] for _, address in found.hits)
        return Reply(found.count, facets, [zlib.decompress(bytes(source)).decode() for source in sources])

    def _filter(self, name: str, value: str) -> tantivy.Query:
        given: FacetValue = int(value) if name == "year" else value
        return tantivy.Query.term_query(self.schema, name, self._codes[name].get(given, 1 << 40))

    def _query(self, tree: Node) -> tantivy.Query:
        match tree:
            case Word(text):
                return self._any(tantivy.Query.term_query(self.schema, f, comparable(text)) for f in _FIELDS)
            case Prefix(text):
                pattern = re.escape(comparable(text)) + ".*"
                return self._any(tantivy.Query.regex_query(self.schema, f, pattern) for f in _FIELDS)
            case Phrase(text):
                return self._phrase(comparable(text))
            case And(children):
                return tantivy.Query.boolean_query([(tantivy.Occur.Must, self._query(c)) for c in children])
            case Or(children):
                return self._any(map(self._query, children))
            case _:
                raise NotImplementedError(type(tree).__name__)  # no wrong answer in silence

    @staticmethod
    def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])

    def _phrase(self, text: str) -> tantivy.Query:
        """A single character is the beginning of any pair; two are one pair; of more every second pair and the last."""
        if len(text) == 1:
            return tantivy.Query.regex_query(self.schema, "pairs", re.escape(text) + ".?")
        if len(text) == 2:
            return tantivy.Query.term_query(self.schema, "pairs", text)
        places = sorted({*range(0, len(text) - 1, 2), len(text) - 2})
        return tantivy.Query.phrase_query(self.schema, "pairs", [(n, text[n : n + 2]) for n in places])
