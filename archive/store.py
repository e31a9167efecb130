"""The archive as the other rooms see it: opens a home folder and hands out stored reports. Changes none."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from archive.catalog import Catalog, across, read
from archive.model import (
    Change,
    CitedName,
    CitedPlace,
    CitedSums,
    Original,
    ReportSummary,
    Run,
    StoredReport,
    Tombstone,
)
from archive.originals import Originals
from archive.stored import report_row, stored_report
from corpus.errors import ArchiveError, NotFoundError


class Archive:
    """One home folder. May be used from many threads; close it, or use it in a `with` statement."""

    def __init__(self, home: Path, catalog: Catalog, originals: Originals) -> None:
        self.home = home
        self.catalog = catalog
        self.originals = originals

    @property
    def lock_path(self) -> Path:
        """The file that the one writer holds locked."""
        return self.home / "writer.lock"

    def report(self, report_id: str, version: int | None = None) -> StoredReport:
        """One version (`None`: the newest). Raises `NotFoundError`, and `WithdrawnError` for a withdrawn report."""
        with self.catalog.snapshot() as db:
            return stored_report(db, report_id, version)

    def summaries(self) -> Iterator[ReportSummary]:
        """Every live report's newest version, ordered by id."""
        with self.catalog.snapshot() as db:
            return iter(read.summaries(db))

    def original(self, report_id: str, version: int | None = None) -> Original:
        """The stored bytes of a version. Raises like `report`."""
        with self.catalog.snapshot() as db:
            row = report_row(db, report_id)
            number = row.newest if version is None else version
            stored = read.version(db, report_id, number)
            if stored is None:
                raise NotFoundError(
                    f"{report_id} has no version {number}.", hint=f"Its versions are 1 to {row.newest}."
                )
            source = next(s for s in read.sources_of(db, report_id, number) if s.sha256 == stored.sha256)
        name = (source.member or source.path).replace("\\", "/").rpartition("/")[2]
        return Original(self.originals.path(stored.sha256), name, source.media_type, stored.sha256)

    def changes(self, after: int) -> Iterator[Change]:
        """The latest change of every report that changed after number `after`, oldest first."""
        with self.catalog.snapshot() as db:
            return iter(read.change_list(db, after))

    def last_change(self) -> int:
        """The number of the latest change; 0 in an empty archive."""
        with self.catalog.snapshot() as db:
            return read.last_change(db)

    def tombstone(self, report_id: str) -> Tombstone | None:
        """What is left of a withdrawn report; `None` for any other."""
        with self.catalog.snapshot() as db:
            return read.tombstone(db, report_id)

    def cited_names(self) -> list[CitedName]:
        """Every law and document that live reports cite, most citing reports first."""
        with self.catalog.snapshot() as db:
            return across.cited_names(db)

    def cited_sums(self, canonical: str) -> CitedSums | None:
        """How a law or document is cited; `None` when no live report cites it."""
        with self.catalog.snapshot() as db:
            return across.cited_sums(db, canonical)

    def cited_places(
        self, canonical: str | None, *, article: int | None = None, limit: int, offset: int = 0
    ) -> tuple[int, list[CitedPlace]]:
        """The number of places that cite it, and a page of them, newest year first.

        `article` asks for one article of a law; `canonical` `None` for damaged citations, which name nothing for certain.
        """
        with self.catalog.snapshot() as db:
            return across.cited_places(db, canonical, article, limit, offset)

    def runs(self) -> list[Run]:
        """The kept log of ingest runs, oldest first."""
        with self.catalog.snapshot() as db:
            return read.runs(db)

    def close(self) -> None:
        """Closes the catalog."""
        self.catalog.close()

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_archive(home: Path) -> Archive:
    """The archive in `home`; folders and catalog are made when missing and brought up to date. Raises `ArchiveError`."""
    originals = Originals(home / "originals")
    try:
        originals.root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"The home folder {home} cannot be used: {error.strerror}.", hint="Name another with --home."
        ) from error
    return Archive(home, Catalog(home / "catalog.sqlite3"), originals)
