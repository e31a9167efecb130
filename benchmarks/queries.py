"""The queries that are timed. The rare ones are looked up in the corpus, so that they are rare at any size."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.sqlite_engine import SqliteEngine
from corpus.text import fold_text
from indexer.engines.rows import read_source


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and how the table calls it."""

    name: str
    q: str
    filters: Mapping[str, list[str]] = field(default_factory=dict)


def queries(rival: SqliteEngine) -> list[Query]:
    """The queries of a run, the same for the same corpus."""
    rare = rare_word(rival)
    return [
        Query("frequent word", "公开"),
        Query("two words", "不予公开 商业秘密"),
        Query("rare word", rare),
        Query("frequent phrase", '"政府信息公开工作"'),
        Query("rare phrase", f'"{phrase_around(rival, rare)}"'),
        Query("one character", '"密"'),
        Query("two characters", '"结转"'),
        Query("word, filters", "公开", {"year": ["2021-2023"], "reason": ["denied.third_party"]}),
        Query("everything, facets only", ""),
    ]


def rare_word(rival: SqliteEngine) -> str:
    """A word of two Han characters that stands in the fewest sections (at least two), and is a word there."""
    rival.db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab('main', 'pairs', 'row')")
    for term, _ in rival.db.execute("SELECT term, doc FROM terms WHERE doc >= 2 ORDER BY doc, term").fetchall():
        if len(term) == 2 and all("\u4e00" <= c <= "\u9fff" for c in term) and _is_word(rival, term):
            return str(term)
    raise LookupError("The corpus has no rare word.")


def phrase_around(rival: SqliteEngine, word: str) -> str:
    """Twelve characters of a section with the word in their midst."""
    places = []
    for text in map(fold_text, _texts(rival, word)):
        place = text.find(word)
        places.append(text[max(0, place - 5) : place + 7].replace('"', ""))
    return min(places, key=lambda found: (-len(found), found))


def _is_word(rival: SqliteEngine, term: str) -> bool:
    if rival.segmenter.words(term) != [term]:
        return False
    texts = _texts(rival, term)
    return bool(texts) and all(term in rival.segmenter.words(text) for text in texts)


def _texts(rival: SqliteEngine, pair: str) -> list[str]:
    """The texts of the sections that hold the two characters."""
    found = "SELECT source FROM section WHERE id IN (SELECT rowid FROM pairs WHERE pairs MATCH ?)"
    return [read_source(source).text for (source,) in rival.db.execute(found, (f'text : "{pair}"',))]
