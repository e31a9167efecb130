"""What a running site holds: archive, index, public address, clock. One value per application, set by the factory."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import current_app, request

from archive import Archive
from indexer import Engine
from webui.survey import SurveyCache
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
    surveys: SurveyCache = field(default_factory=SurveyCache)
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
