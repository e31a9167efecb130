"""A process that writes to an index: `python writing_process.py INDEX COMMITS`, for the tests of two processes.

Commit number n replaces the same three reports so that each holds `第n批`, and is then printed.
"""

import sys
from pathlib import Path

from index_samples import make

from indexer.documents import index_documents
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.segment import Segmenter


class Characters(Segmenter):
    """Cuts into characters: quick to start."""

    def search_words(self, text: str) -> list[str]:
        return list(text)


def main() -> None:
    root, commits = Path(sys.argv[1]), int(sys.argv[2])
    segmenter = Characters()
    engine = WhooshEngine(root, segmenter)
    for n in range(1, commits + 1):
        writer = engine.begin()
        for report_id in ("a", "b", "c"):
            writer.replace(report_id, index_documents(make(report_id, {"overview": f"第{n}批"}, version=n), segmenter))
        writer.commit(n)
        print(n, flush=True)


if __name__ == "__main__":
    main()
