"""The door of an engine: what every search engine must do, and the plain values that pass through it.

An engine stores `IndexDocument`s, finds those that a `Plan` asks for, counts facets exactly and says up to which change
of the archive it is. It never parses a query, builds a snippet or reads a report. The memory engine defines the meaning.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

from indexer.documents import IndexDocument, Number, ReportRow, SectionRow, SectionText
from indexer.fields import ALL_FACETS, FacetValue, Filters
from indexer.query import Node
from indexer.ranking import Feature
from indexer.segment import Segmenter

FacetCounts = Mapping[str, Sequence[tuple[FacetValue, int]]]
"""Facet → its values and how many units have each, by count, then label, then value."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine is asked: a segmented tree, filters, and which part of the answer in which order."""

    tree: Node
    features: tuple[Feature, ...]
    filters: Filters
    group: str = "report"
    sort: str = "relevance"
    limit: int = 20
    offset: int = 0
    facets: tuple[str, ...] = ALL_FACETS
    """The facets that are counted."""
    facet_values: int | None = None
    """How many values of a facet are asked for, those that come first. `None` for all."""


class Found(NamedTuple):
    """One hit: a section of a report, and how many other sections of the report match (`group` report only)."""

    report: ReportRow
    section: SectionRow
    source: SectionText
    score: float
    more: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of the asked page; `total` and `facets` count the same units (reports or sections) over all pages."""

    total: int
    found: tuple[Found, ...]
    facets: FacetCounts
    generation: str = ""
    """The state of the index that answered, as `Engine.generation` names it."""
    warnings: tuple[str, ...] = ()
    """What a reader of the answer should know, as `Engine.warnings` says it."""


class Packed(Protocol):
    """Documents of some reports as an engine takes them in; can be handed from process to process."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The reports in it."""


Pack = Callable[[Sequence[Sequence[IndexDocument]], Segmenter], Packed]
"""Packs the documents of reports, which the segmenter has cut; a plain function, so that it can run in any process."""


class Writer(Protocol):
    """Collects changes; nothing is visible before `commit`, then everything at once."""

    @property
    def synced(self) -> int:
        """The archive's change up to which the index is, read under the lock of this writer."""

    @property
    def pack(self) -> Pack:
        """What makes `replace_packed` faster than one `replace` after the other; its packs are for this writer only."""

    def replace(self, report_id: str, documents: Sequence[IndexDocument]) -> None:
        """Makes `documents` all that is indexed of the report."""

    def replace_packed(self, packed: Any) -> None:
        """The same for all reports in what `pack` made."""

    def delete(self, report_id: str) -> None:
        """Takes the report out; one that is not there is no error."""

    def commit(self, synced: int) -> None:
        """Makes the changes visible together with the number of the archive's change they reach to."""

    def cancel(self) -> None:
        """Forgets the changes."""


class Target(Protocol):
    """Something that can be written to: an engine's index, or the one being built beside it."""

    def begin(self, wait: float = 60.0) -> Writer:
        """A writer; waits so many seconds for another one, then raises `BusyError`."""


class Rebuild(Target, Protocol):
    """A new index beside the one in use."""

    def publish(self) -> None:
        """Swaps it in. Readers go on with the old one until their next search."""

    def abandon(self) -> None:
        """Removes it; the one in use stays."""

    def pause(self) -> None:
        """Leaves it as it is, to be gone on with by the next rebuild where the engine can keep it."""


class Engine(Target, Protocol):
    """A search engine over one archive. Methods may be called from several threads."""

    @property
    def name(self) -> str: ...

    @property
    def segmenter(self) -> Segmenter:
        """What cuts documents and queries."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader of the answers should know, e.g. that the index was made by other rules."""

    @property
    def made_by(self) -> Mapping[str, str]:
        """The names and versions of what decided the words of the index, for people to read; empty when it keeps none."""

    def synced(self) -> int:
        """The archive's change up to which the index is; 0 for an empty one."""

    def generation(self) -> str:
        """Differs after every commit and swap, also by another process; the same name means the same answers."""

    def search(self, plan: Plan) -> Answer:
        """The answer to `plan` on the newest commit."""

    def report_ids(self, filters: Filters) -> list[str]:
        """The ids of all reports with a section that the filters accept, in order."""

    def terms_like(self, pattern: str) -> dict[str, int]:
        """The words of the texts that match the regular expression as a whole, and in how many sections they stand.

        Sections that were deleted may still be counted.
        """

    def contents(self) -> dict[str, int]:
        """Every report that is indexed and its version."""

    def rebuild(self) -> Rebuild:
        """A new index beside the one in use: empty, or one that was paused. Raises `BusyError` while it is being built."""

    def close(self) -> None:
        """Lets go of files. The engine cannot be used afterwards."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def sort_key(sort: str, report: ReportRow, section: SectionRow, score: float) -> tuple[Number | str, ...]:
    """What hits are ordered by, smallest first; always ends with the report's id and the section's place."""
    end = (report.id, section.ordinal)
    if sort == "relevance":
        return (-score, *end)
    if sort == "year":
        return (1, 0, *end) if report.year is None else (0, -report.year, *end)
    if sort == "year_asc":
        return (1, 0, *end) if report.year is None else (0, report.year, *end)
    if sort == "agency":
        return (report.agency, *end)
    return (1, 0, *end) if report.refusals is None else (0, -report.refusals, *end)
