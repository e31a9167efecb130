"""How reports are found: fields, query language, engines, highlighting, and the sync from the archive.

Other rooms import from here and never from the modules behind it.
"""

from indexer.engines import open_engine
from indexer.engines.base import Engine
from indexer.fields import FACETS, FIELDS, FILTERS, GROUPS, SORTS, TEXT_FIELDS, Field, Filters
from indexer.highlight import Piece
from indexer.request import (
    DEFAULT_LIMIT,
    MAX_LIMIT,
    MAX_QUERY,
    PARAMETERS,
    SearchRequest,
    parse_filters,
    parse_request,
)
from indexer.results import FacetEntry, Hit, SearchResult, highlight_report, report_ids, search
from indexer.sync import IndexProblem, SyncResult, compare, reindex, sync
from indexer.syntax import Note

__all__ = [
    "DEFAULT_LIMIT",
    "FACETS",
    "FIELDS",
    "FILTERS",
    "GROUPS",
    "MAX_LIMIT",
    "MAX_QUERY",
    "PARAMETERS",
    "SORTS",
    "TEXT_FIELDS",
    "Engine",
    "FacetEntry",
    "Field",
    "Filters",
    "Hit",
    "IndexProblem",
    "Note",
    "Piece",
    "SearchRequest",
    "SearchResult",
    "SyncResult",
    "compare",
    "highlight_report",
    "open_engine",
    "parse_filters",
    "parse_request",
    "reindex",
    "report_ids",
    "search",
    "sync",
]
