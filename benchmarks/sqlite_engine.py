"""The rival: an engine over SQLite FTS5 that answers the same plans, as one would build it with SQL.

Text is given to FTS5 as pairs of neighbouring folded characters, so that words and phrases match exactly where ours do; facets are
columns of a narrow table and counted by SQL. It ranks by FTS5's own `bm25`. It takes a new index only (its full-text table keeps no
text, so nothing can be taken out again), and only the queries of the benchmark: words, phrases, AND, OR, filters by equal values.
"""

import json
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

from indexer.documents import IndexDocument, ReportRow, SectionRow
from indexer.engines.base import Answer, Found, Plan
from indexer.engines.rows import read_source, source_bytes
from indexer.fields import FACETS, FILTERS, FacetValue, Filters, any_accepted
from indexer.matching import comparable
from indexer.query import And, Everything, Node, Or, Phrase, Word
from indexer.segment import Segmenter

_TABLES = """
CREATE VIRTUAL TABLE pairs USING fts5(text, title, agency, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE section (id INTEGER PRIMARY KEY, report INTEGER, key TEXT, row TEXT, source BLOB);
CREATE INDEX section_by_key ON section (key);
CREATE TABLE report (id INTEGER PRIMARY KEY, name TEXT UNIQUE, row TEXT);
CREATE TABLE facet (field TEXT, value, report INTEGER, PRIMARY KEY (field, value, report)) WITHOUT ROWID;
CREATE INDEX facet_by_report ON facet (report, field, value);
CREATE TABLE state (synced INTEGER);
INSERT INTO state VALUES (0);
CREATE TEMP TABLE hit (section INTEGER PRIMARY KEY, report INTEGER, score REAL);
"""
_PRIVATE = 0xE000
"""FTS5 takes private-use characters for letters: signs are written as such, so that pairs with signs stay whole."""


class SqliteEngine:
    """FTS5 in one file. Used through `indexer.sync` and `indexer.search`, like ours."""

    name = "sqlite"
    warnings: tuple[str, ...] = ()

    def __init__(self, path: Path, segmenter: Segmenter) -> None:
        self.path = path
        self.segmenter = segmenter
        self.db = sqlite3.connect(path, isolation_level=None)
        self._signs: dict[str, str] = {}
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -65536", "temp_store = MEMORY"):
            self.db.execute(f"PRAGMA {pragma}")
        self.db.executescript(_TABLES)

    # --- writing -----------------------------------------------------------------------------------------------------

    def synced(self) -> int:
        return int(self.db.execute("SELECT synced FROM state").fetchone()[0])

    def generation(self) -> str:
        return f"sqlite-{self.synced()}"

    def begin(self, wait: float = 60.0) -> "_Writer":
        self.db.execute("BEGIN")
        return _Writer(self)

    def add(self, documents: Sequence[IndexDocument]) -> None:
        """One report: its row, its facet values, and its sections with their pairs."""
        first = documents[0]
        row = json.dumps(astuple(first.report))
        report = self.db.execute("INSERT INTO report (name, row) VALUES (?, ?)", (first.report.id, row)).lastrowid
        values = {(f.name, f.group(v), report) for f in FACETS if f.level == "report" for v in f.values(first.report)}
        self.db.executemany("INSERT INTO facet VALUES (?, ?, ?)", sorted(values, key=str))
        for document in documents:
            section = (
                report,
                document.section.key,
                json.dumps(astuple(document.section)),
                source_bytes(document.source),
            )
            number = self.db.execute(
                "INSERT INTO section (report, key, row, source) VALUES (?, ?, ?, ?)", section
            ).lastrowid
            texts = (self.pairs(t.text) for t in (document.text, document.title, document.agency))
            self.db.execute("INSERT INTO pairs (rowid, text, title, agency) VALUES (?, ?, ?, ?)", (number, *texts))

    def finish(self) -> None:
        """What one does after a load: one segment, statistics for the planner."""
        self.db.execute("INSERT INTO pairs (pairs) VALUES ('optimize')")
        self.db.execute("ANALYZE")

    def pairs(self, text: str) -> str:
        """The pairs of neighbouring characters, and the last character alone, as tokens."""
        plain = "".join(c if unicodedata.category(c)[0] in "LN" else self._sign(c) for c in text)
        return " ".join(plain[n : n + 2] for n in range(len(plain)))

    def _sign(self, char: str) -> str:
        return self._signs.setdefault(char, chr(_PRIVATE + len(self._signs)))

    # --- searching ---------------------------------------------------------------------------------------------------

    def search(self, plan: Plan) -> Answer:
        self.db.execute("DELETE FROM hit")
        if isinstance(plan.tree, Everything):
            self.db.execute("INSERT INTO hit SELECT id, report, 0 FROM section")
        else:
            self.db.execute(
                "INSERT INTO hit SELECT p.rowid, s.report, bm25(pairs) FROM pairs p JOIN section s ON s.id = p.rowid "
                "WHERE pairs MATCH ?",
                (self._match(plan.tree),),
            )
        where, values = self._where(plan.filters)
        total = self.db.execute(f"SELECT count(DISTINCT report) FROM hit WHERE {where}", values).fetchone()[0]
        return Answer(int(total), tuple(self._page(plan, where, values)), self._facets(plan.filters))

    def _match(self, tree: Node) -> str:
        match tree:
            case Word(text):
                return self._quoted(text)
            case Phrase(text):
                return f"text : {self._quoted(text)}"
            case And(children):
                return " AND ".join(f"({self._match(child)})" for child in children)
            case Or(children):
                return " OR ".join(f"({self._match(child)})" for child in children)
            case _:  # a new query of the benchmark must not be answered wrong in silence
                raise NotImplementedError(f"The rival has no {type(tree).__name__}.")

    def _quoted(self, text: str) -> str:
        """Pairs one after the other; of one character the beginning of any pair. The last pair must not be half."""
        folded = comparable(text)
        pairs = self.pairs(folded)
        return f'"{pairs}" *' if len(folded) == 1 else f'"{pairs.rpartition(" ")[0]}"'

    def _where(self, filters: Filters, skip: str = "") -> tuple[str, list[FacetValue]]:
        clauses, values = ["1"], []
        for name, criteria in filters.criteria.items():
            if name == skip:
                continue
            section = FILTERS[name].level == "section"
            known = (
                "SELECT DISTINCT key FROM section" if section else "SELECT DISTINCT value FROM facet WHERE field = ?"
            )
            found = [v for (v,) in self.db.execute(known, () if section else (name,)) if any_accepted(criteria, (v,))]
            marks = ", ".join("?" * len(found))
            if section:
                clauses.append(f"section IN (SELECT id FROM section WHERE key IN ({marks}))")
                values += found
            else:
                clauses.append(f"report IN (SELECT report FROM facet WHERE field = ? AND value IN ({marks}))")
                values += [name, *found]
        return " AND ".join(clauses), values

    def _page(self, plan: Plan, where: str, values: Sequence[FacetValue]) -> Iterator[Found]:
        best = self.db.execute(
            "SELECT h.section, min(h.score) AS best, count(*), r.row, r.name FROM hit h JOIN report r ON r.id = h.report "
            f"WHERE {where} GROUP BY h.report ORDER BY best, r.name LIMIT ? OFFSET ?",
            [*values, plan.limit, plan.offset],
        )
        for section, score, count, report, _ in best.fetchall():
            row, source = self.db.execute("SELECT row, source FROM section WHERE id = ?", (section,)).fetchone()
            yield Found(
                ReportRow(*json.loads(report)), SectionRow(*json.loads(row)), read_source(source), -score, count - 1
            )

    def _facets(self, filters: Filters) -> Mapping[str, Mapping[FacetValue, int]]:
        counts: dict[str, dict[FacetValue, int]] = {f.name: {} for f in FACETS}
        own = [name for name in filters.criteria if name in counts]
        for name in ("", *own):  # the facets without a choice of their own together, the others one by one
            where, values = self._where(filters, name)
            fields = [name] if name else [n for n in counts if n not in own]
            marks = ", ".join("?" * len(fields))
            rows = self.db.execute(
                f"SELECT field, value, count(*) FROM facet WHERE report IN (SELECT report FROM hit WHERE {where}) "
                f"AND field IN ({marks}) GROUP BY field, value",
                [*values, *fields],
            )
            for field, value, count in rows:
                counts[field][value] = count
            if "section" in fields:
                counts["section"] = self._sections(where, values)
        return counts

    def _sections(self, where: str, values: Sequence[FacetValue]) -> dict[FacetValue, int]:
        rows = self.db.execute(
            "SELECT s.key, count(DISTINCT h.report) FROM hit h JOIN section s ON s.id = h.section "
            f"WHERE {where.replace('report IN', 'h.report IN').replace('section IN', 'h.section IN')} GROUP BY s.key",
            list(values),
        )
        return dict(rows.fetchall())

    def close(self) -> None:
        self.db.close()


class _Writer:
    """One transaction."""

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine
        self.synced = engine.synced()

    def replace(self, report_id: str, documents: Sequence[IndexDocument]) -> None:
        self._engine.add(documents)

    def delete(self, report_id: str) -> None:
        # The benchmark never deletes; this completes the protocol `Writer`.
        raise NotImplementedError("The rival takes a new index only.")

    def commit(self, synced: int) -> None:
        self._engine.db.execute("UPDATE state SET synced = ?", (synced,))
        self._engine.db.execute("COMMIT")

    def cancel(self) -> None:
        self._engine.db.execute("ROLLBACK")
