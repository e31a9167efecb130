"""Rows that hold reports together: what they cite, and which are the same. Decides nothing."""

import json
import sqlite3
from collections.abc import Mapping, Sequence

from archive.model import CitedName, CitedPlace, CitedSums
from corpus.likeness import Twin
from corpus.model import Reference
from corpus.parse.articles import articles

Json = dict[str, object]


# --- citations ----------------------------------------------------------------------------------------------------


def put_citations(db: sqlite3.Connection, report_id: str, references: Sequence[Reference]) -> None:
    """Sets what the report cites."""
    db.execute("DELETE FROM citations WHERE report_id = ?", (report_id,))
    db.executemany(
        "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (report_id, place, r.kind, r.canonical, r.raw, _packed(articles(r.raw)), r.start, r.end)
            for place, r in enumerate(references)
        ],
    )


def _packed(numbers: Sequence[int]) -> str:
    return "".join(f",{number}" for number in numbers) + "," if numbers else ""


def cited_names(db: sqlite3.Connection) -> list[CitedName]:
    """Every law and document that live reports cite by a certain name, most citing reports first."""
    rows = db.execute(
        """SELECT citations.kind, canonical, count(DISTINCT report_id), count(*), min(year), max(year)
           FROM citations JOIN reports ON id = report_id WHERE canonical IS NOT NULL
           GROUP BY citations.kind, canonical ORDER BY 3 DESC, canonical"""
    )
    return [CitedName(*row) for row in rows]


def cited_sums(db: sqlite3.Connection, canonical: str) -> CitedSums | None:
    """Reports and places that cite it, by year and by article; `None` when nothing does."""
    years = db.execute(
        """SELECT year, count(DISTINCT report_id), count(*), min(citations.kind) FROM citations JOIN reports ON id = report_id
           WHERE canonical = ? GROUP BY year ORDER BY year""",
        (canonical,),
    ).fetchall()
    if not years:
        return None
    by_article: dict[int, int] = {}
    for packed, number in db.execute(
        "SELECT articles, count(*) FROM citations WHERE canonical = ? AND articles <> '' GROUP BY articles",
        (canonical,),
    ):
        for article in packed.strip(",").split(","):
            by_article[int(article)] = by_article.get(int(article), 0) + number
    return CitedSums(
        canonical,
        years[0][3],
        {year: reports for year, reports, *_ in years},
        sum(places for _, _, places, _ in years),
        dict(sorted(by_article.items())),
    )


def cited_places(
    db: sqlite3.Connection, canonical: str | None, article: int | None, limit: int, offset: int
) -> tuple[int, list[CitedPlace]]:
    """How many places cite it (`None`: what no canonical name is known of), and some of them, newest year first."""
    where = "canonical IS ?" + (" AND articles LIKE ?" if article is not None else "")
    values: list[object] = [canonical, *([f"%,{article},%"] if article is not None else [])]
    (total,) = db.execute(f"SELECT count(*) FROM citations WHERE {where}", values).fetchone()
    rows = db.execute(
        f"""SELECT report_id, newest, agency, title, year, kind, raw, start_at, end_at FROM (
              SELECT report_id, place, kind, raw, start_at, end_at FROM citations WHERE {where})
            JOIN (SELECT id, newest, agency, title, year FROM reports) ON id = report_id
            ORDER BY year DESC, agency, report_id, place LIMIT ? OFFSET ?""",
        [*values, limit, offset],
    )
    return total, [CitedPlace(*row) for row in rows]


# --- likeness -------------------------------------------------------------------------------------------------------


def likeness_of(db: sqlite3.Connection, report_id: str) -> Mapping[str, str]:
    """Kind → digest of the report."""
    return dict(db.execute("SELECT kind, digest FROM likeness WHERE report_id = ?", (report_id,)).fetchall())


def put_likeness(db: sqlite3.Connection, report_id: str, kind: str, digest: str | None) -> None:
    """Sets or takes away the digest of a kind; its finding is made anew."""
    db.execute("DELETE FROM likeness WHERE report_id = ? AND kind = ?", (report_id, kind))
    if digest is not None:
        db.execute("INSERT INTO likeness VALUES (?, ?, ?, NULL)", (report_id, kind, digest))


def twins(db: sqlite3.Connection, kind: str, digest: str, limit: int = -1) -> list[Twin]:
    """The live reports with that digest, earliest year first; at most `limit`, all by default."""
    rows = db.execute(
        """SELECT id, agency, year FROM likeness JOIN reports ON id = report_id WHERE kind = ? AND digest = ?
           ORDER BY year, id LIMIT ?""",
        (kind, digest, limit),
    )
    return [Twin(*row) for row in rows]


def twin_count(db: sqlite3.Connection, kind: str, digest: str) -> int:
    """How many live reports have that digest."""
    number: int
    (number,) = db.execute("SELECT count(*) FROM likeness WHERE kind = ? AND digest = ?", (kind, digest)).fetchone()
    return number


def put_likeness_finding(db: sqlite3.Connection, report_id: str, kind: str, finding: Json | None) -> bool:
    """Sets the finding of a kind; `True` when that changed."""
    body = None if finding is None else json.dumps(finding, ensure_ascii=False)
    changed = db.execute(
        "UPDATE likeness SET finding = ? WHERE report_id = ? AND kind = ? AND finding IS NOT ?",
        (body, report_id, kind, body),
    )
    return changed.rowcount > 0


def likeness_findings(db: sqlite3.Connection, report_id: str) -> list[Json]:
    """The findings that other reports are the same."""
    rows = db.execute(
        "SELECT finding FROM likeness WHERE report_id = ? AND finding IS NOT NULL ORDER BY kind", (report_id,)
    )
    return [json.loads(row["finding"]) for row in rows]


# --- derivation -------------------------------------------------------------------------------------------------------


def derivation(db: sqlite3.Connection) -> int:
    """The number of the derivation that made these rows; 0 in an archive that was made before there was one."""
    row = db.execute("SELECT number FROM derivation").fetchone()
    return 0 if row is None else int(row["number"])


def set_derivation(db: sqlite3.Connection, number: int) -> None:
    """Notes that all rows are of that derivation."""
    db.execute("DELETE FROM derivation")
    db.execute("INSERT INTO derivation VALUES (?)", (number,))
