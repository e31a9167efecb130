"""What a running site holds: archive, index, public address, clock. One value per application, set by the factory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flask import current_app, request

from archive import Archive, CitedName
from indexer import Engine
from webui.kept import Kept
from webui.survey import Survey, survey
from webui.tally import TallyCache

EXTENSION = "gongkai"


@dataclass(frozen=True, slots=True)
class Site:
    """Everything a view may use. `base_url` is `None` when no public address was given; `now` tells the UTC time."""

    archive: Archive
    engine: Engine
    base_url: str | None
    now: Callable[[], str]
    sample: bool = False
    """Whether the archive holds invented reports, which every page then says."""
    surveys: Kept[Survey] = field(default_factory=lambda: Kept(survey))
    cited: Kept[Sequence[CitedName]] = field(default_factory=lambda: Kept(Archive.cited_names))
    tallies: TallyCache = field(default_factory=TallyCache)


def site() -> Site:
    """The site that answers the current request."""
    held = current_app.extensions[EXTENSION]
    assert isinstance(held, Site)
    return held


def public_url(path: str = "") -> str:
    """`path` on the public address; without one, on the address the request came to."""
    base = site().base_url or request.url_root
    return base.rstrip("/") + path
