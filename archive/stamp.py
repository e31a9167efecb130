"""The parser's stamp: a digest of everything in `corpus` that decides how bytes become a report."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

_DATA = (".py", ".toml", ".csv")
_NOT_THE_PARSER = frozenset({"synthetic", "samples", "sources", "__pycache__"})


@cache
def parser_stamp() -> str:
    """Twelve hexadecimal digits that change whenever the parser's code or vocabulary does; nobody can forget to."""
    digest = hashlib.sha256()
    for name, file in sorted(_files(resources.files("corpus"), "")):
        data = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()[:12]


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name not in _NOT_THE_PARSER:
                yield from _files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_DATA):
            yield prefix + entry.name, entry
