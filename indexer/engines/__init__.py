"""The engines behind one door: `open_engine` chooses by address. Each engine's library is imported only when it is chosen."""

from pathlib import Path

from corpus.errors import UsageError
from indexer.engines.base import Engine
from indexer.segment import Segmenter


def open_engine(url: str, home: Path) -> Engine:
    """The engine at `url` (`whoosh:` inside `home`, `memory:` for the life of the process). Raises `UsageError`.

    Opening writes nothing. The segmenter keeps its prepared dictionary in `home` when that folder exists.
    """
    scheme = url.partition(":")[0]
    segmenter = Segmenter(home / "jieba.cache" if home.is_dir() else None)
    if url in ("whoosh:", "whoosh"):
        from indexer.engines.whoosh_engine import WhooshEngine

        return WhooshEngine(home / "index", segmenter)
    if url in ("memory:", "memory"):
        from indexer.engines.memory import MemoryEngine

        return MemoryEngine(segmenter)
    if scheme.startswith("opensearch"):
        raise UsageError("This version has no OpenSearch engine.", hint="Use --engine whoosh: instead.")
    raise UsageError(f"There is no engine “{url}”.", hint="Use --engine whoosh: (in the home folder) or memory:.")
