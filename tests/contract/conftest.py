"""Every engine, empty, behind one fixture: the same tests hold all of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from index_samples import SEGMENTER

from indexer import Engine
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh_engine import WhooshEngine

ENGINES: dict[str, Callable[[Path], Engine]] = {
    "memory": lambda home: MemoryEngine(SEGMENTER),
    "whoosh": lambda home: WhooshEngine(home / "index", SEGMENTER),
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty engine of each kind."""
    with ENGINES[request.param](tmp_path) as made:
        yield made
