"""What the archive holds as a whole: reports by year, region and agency. Read once per change of the archive."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive import Archive, ReportSummary
from corpus.model import Region

LEVELS = ("province", "city", "county", "township")


def place_of(region: Region) -> tuple[str, ...]:
    """The names of the known levels, highest first."""
    return tuple(name for level in LEVELS if (name := getattr(region, level)))


@dataclass(frozen=True, slots=True)
class Place:
    """A region with the reports of its own level and the places inside it."""

    name: str
    path: tuple[str, ...]
    count: int
    """Reports here and below."""
    reports: tuple[ReportSummary, ...]
    places: tuple["Place", ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """All live reports in a stable order (newest year first, then agency, then id)."""

    reports: tuple[ReportSummary, ...]

    @property
    def years(self) -> dict[int, int]:
        """Reports per year, oldest first."""
        return dict(sorted(Counter(r.year for r in self.reports if r.year is not None).items()))

    @property
    def newest(self) -> str | None:
        """When the last report was archived (UTC, ISO 8601)."""
        return max((r.archived_at for r in self.reports if r.archived_at), default=None)

    @property
    def agency_count(self) -> int:
        """Different agency names."""
        return len({r.agency for r in self.reports})

    def of_year(self, year: int) -> "Survey":
        """Only the reports for `year`."""
        return Survey(tuple(r for r in self.reports if r.year == year))

    def of_agency(self, name: str) -> "Survey":
        """Only the reports of agencies called `name`; bodies of the same name in different places are all there."""
        return Survey(tuple(r for r in self.reports if r.agency == name))

    def of_place(self, path: Sequence[str]) -> "Survey":
        """Only reports whose region names all of `path` in this order; a single code matches the region's code."""
        return Survey(tuple(r for r in self.reports if _inside(r.region, path)))

    def tree(self) -> tuple[Place, ...]:
        """The places of the reports, most reports first."""
        return _places(((place_of(r.region), r) for r in self.reports), ())

    def unplaced(self) -> tuple[ReportSummary, ...]:
        """Reports of which no region is known."""
        return tuple(r for r in self.reports if not place_of(r.region))


def _inside(region: Region, path: Sequence[str]) -> bool:
    if len(path) == 1 and region.code is not None and path[0] == region.code:
        return True
    names = iter(place_of(region))
    return bool(path) and all(name in names for name in path)


def _places(items: Iterable[tuple[tuple[str, ...], ReportSummary]], path: tuple[str, ...]) -> tuple[Place, ...]:
    by_name: dict[str, list[tuple[tuple[str, ...], ReportSummary]]] = {}
    for names, report in items:
        if names:
            by_name.setdefault(names[0], []).append((names[1:], report))
    found = (
        Place(
            name=name,
            path=(*path, name),
            count=len(members),
            reports=tuple(report for rest, report in members if not rest),
            places=_places(((rest, report) for rest, report in members if rest), (*path, name)),
        )
        for name, members in by_name.items()
    )
    return tuple(sorted(found, key=lambda place: (-place.count, place.name)))


def _order(report: ReportSummary) -> tuple[int, str, str]:
    return (-(report.year or 0), report.agency or "", report.id)


def survey(archive: Archive) -> Survey:
    """The archive as it is now."""
    return Survey(tuple(sorted(archive.summaries(), key=_order)))
