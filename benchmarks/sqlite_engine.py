"""The rival SQLite FTS5, in two forms; the faster one of each query counts.

Words are looked up as jieba's words, quotes as phrases of pairs of folded characters, the only exact way. Facets are columns of a
narrow table apart from the text: counted by SQL over a temporary table (`sql`), or in Python over rows fetched (`rows`).
"""

import sqlite3
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.rivals import FACETS, TOP, Entry, Reply, pairs
from indexer.documents import IndexDocument
from indexer.fields import FacetValue
from indexer.matching import comparable
from indexer.query import And, Node, Or, Phrase, Prefix, Word

_TABLES = """
CREATE VIRTUAL TABLE words USING fts5(text, title, agency, content='', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE pairs USING fts5(text, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE source (id INTEGER PRIMARY KEY, text BLOB);
CREATE TABLE facet (id INTEGER PRIMARY KEY, year, kind, province, section);
CREATE TABLE reason (value TEXT, id INTEGER, PRIMARY KEY (value, id)) WITHOUT ROWID;
CREATE INDEX reason_by_id ON reason (id);
CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, score REAL);
"""
_PRIVATE = 0xE000
"""FTS5 takes private-use characters for letters: signs are written as such, so that pairs with signs stay whole."""
_SINGLE = tuple(name for name in FACETS if name != "reason")


class SqliteEngine:
    """FTS5 in one file."""

    def __init__(self, path: Path, form: str = "sql") -> None:
        self.name = f"FTS5 ({form})"
        self._form = form
        fresh = not path.exists()
        self.db = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -262144", "temp_store = MEMORY"):
            self.db.execute(f"PRAGMA {pragma}")
        tables = _TABLES if fresh else _TABLES[_TABLES.index("CREATE TEMP") :]
        self.db.executescript(tables)
        self._columns: dict[int, tuple[tuple[FacetValue, ...], ...]] | None = None

    @staticmethod
    def entry(document: IndexDocument) -> Entry:
        return Entry.of(document, _pairs(document.text.text))

    def fill(self, entries: Iterable[Entry]) -> None:
        self.db.execute("BEGIN")
        for number, entry in enumerate(entries, 1):
            self._add(number, entry)
        self.db.execute("COMMIT")
        for name in ("words", "pairs"):
            self.db.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
        self.db.execute("ANALYZE")

    def _add(self, number: int, entry: Entry) -> None:
        spaced = (entry.text, entry.title, entry.agency)
        self.db.execute("INSERT INTO words (rowid, text, title, agency) VALUES (?, ?, ?, ?)", (number, *spaced))
        self.db.execute("INSERT INTO pairs (rowid, text) VALUES (?, ?)", (number, entry.pairs))
        self.db.execute("INSERT INTO source VALUES (?, ?)", (number, entry.source))
        values = dict(zip(FACETS, entry.facets, strict=True))
        single = [next(iter(values[name]), None) for name in _SINGLE]
        self.db.execute("INSERT INTO facet VALUES (?, ?, ?, ?, ?)", (number, *single))
        self.db.executemany("INSERT INTO reason VALUES (?, ?)", [(value, number) for value in values["reason"]])

    def ask(self, tree: Node, filters: Mapping[str, list[str]]) -> Reply:
        table, match = ("pairs", self._match(tree)) if isinstance(tree, Phrase) else ("words", self._match(tree))
        joins, values = _joins(table, filters)
        hits = f"SELECT {table}.rowid, bm25({table}) FROM {table}{joins} WHERE {table} MATCH ?"
        return (self._by_sql if self._form == "sql" else self._by_rows)(hits, [*values, match])

    def _by_sql(self, hits: str, values: list[FacetValue]) -> Reply:
        self.db.execute("DELETE FROM hit")
        self.db.execute(f"INSERT INTO hit {hits}", values)
        total = self.db.execute("SELECT count(*) FROM hit").fetchone()[0]
        facets = {
            name: dict(
                self.db.execute(
                    f"SELECT f.{name}, count(*) FROM hit JOIN facet f USING (id) WHERE f.{name} IS NOT NULL GROUP BY 1"
                ).fetchall()
            )
            for name in _SINGLE
        }
        counted = self.db.execute("SELECT value, count(*) FROM hit JOIN reason USING (id) GROUP BY 1").fetchall()
        best = self.db.execute(f"SELECT id FROM hit ORDER BY score, id LIMIT {TOP}").fetchall()
        return Reply(total, {**facets, "reason": dict(counted)}, self._texts(best))

    def _by_rows(self, hits: str, values: list[FacetValue]) -> Reply:
        found = self.db.execute(hits, values).fetchall()
        columns = self._loaded()
        facets = {
            name: Counter(value for number, _ in found for value in columns[number][n]) for n, name in enumerate(FACETS)
        }
        best = sorted(found, key=lambda hit: (hit[1], hit[0]))[:TOP]
        return Reply(len(found), facets, self._texts(best))

    def _loaded(self) -> dict[int, tuple[tuple[FacetValue, ...], ...]]:
        """The facet values of every section, in memory."""
        if self._columns is None:
            reasons: dict[int, list[str]] = {}
            for value, number in self.db.execute("SELECT value, id FROM reason"):
                reasons.setdefault(number, []).append(value)
            self._columns = {}
            for number, *single in self.db.execute(f"SELECT id, {', '.join(_SINGLE)} FROM facet"):
                held = {name: () if v is None else (v,) for name, v in zip(_SINGLE, single, strict=True)}
                held["reason"] = tuple(reasons.get(number, ()))
                self._columns[number] = tuple(held[name] for name in FACETS)
        return self._columns

    def _texts(self, best: Sequence[tuple[int, ...]]) -> list[str]:
        found = [self.db.execute("SELECT text FROM source WHERE id = ?", (hit[0],)).fetchone()[0] for hit in best]
        return [zlib.decompress(text).decode() for text in found]

    def _match(self, tree: Node) -> str:
        match tree:
            case Word(text):
                return f'"{comparable(text)}"'
            case Prefix(text):
                return f'"{comparable(text)}" *'
            case Phrase(text):
                folded = comparable(text)
                made = " ".join(_pairs(folded))
                return f'"{made}" *' if len(folded) == 1 else f'"{made.rpartition(" ")[0]}"'
            case And(children):
                return " AND ".join(f"({self._match(child)})" for child in children)
            case Or(children):
                return " OR ".join(f"({self._match(child)})" for child in children)
            case _:
                raise NotImplementedError(type(tree).__name__)  # no wrong answer in silence


class _Signs(dict[int, str]):
    """Code point → the character that stands for it; letters and figures stand for themselves."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.category(chr(code))[0] in "LN"
        self[code] = found = chr(code) if letter else chr(_PRIVATE + code % 0x1900)
        return found


_signs = _Signs()


def _pairs(text: str) -> list[str]:
    return pairs(text.translate(_signs))


def _joins(table: str, filters: Mapping[str, list[str]]) -> tuple[str, list[FacetValue]]:
    """Joins that leave what the filters accept: looked up for every hit, which is quicker than the sets the planner makes."""
    parts, values = [], list[FacetValue]()
    for n, (name, (value,)) in enumerate(filters.items()):
        source, column = ("reason", "value") if name == "reason" else ("facet", name)
        parts.append(f" CROSS JOIN {source} f{n} ON f{n}.id = {table}.rowid AND f{n}.{column} = ?")
        values.append(int(value) if name == "year" else value)
    return "".join(parts), values
