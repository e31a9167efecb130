"""Renderings as they are found inside a zip or WARC file: packed, written to disk, and taken out by the program."""

import tempfile
from dataclasses import replace
from pathlib import Path

from corpus.model import SourceDocument
from corpus.sources import iter_documents
from corpus.synthetic import Rendering
from corpus.synthetic.render import warc_of, zip_of


def in_zip(rendering: Rendering) -> Rendering:
    """The rendering with the bytes that come out of a zip file within a zip file."""
    return _taken_out(rendering, zip_of([rendering], inside="年报/2024.zip"), "given.bin")


def in_warc(rendering: Rendering) -> Rendering:
    """The rendering with the bytes that come out of a packed WARC file."""
    return _taken_out(rendering, warc_of([rendering]), "harvest.warc.gz")


def _taken_out(rendering: Rendering, packed: bytes, name: str) -> Rendering:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(packed)
        found = list(iter_documents([path]))
    documents = [item.data for item in found if isinstance(item, SourceDocument)]
    return replace(rendering, data=documents[0] if len(found) == len(documents) == 1 else b"")
