"""What an index was made by, written beside it: when any of it changes, the index no longer means what it says.

A differing stamp refuses writing and warns when searching; a differing `layout` cannot be read at all. The remedy is always
`gongkai reindex`.
"""

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from corpus.text import fold_text
from indexer import segment
from indexer.engines.rows import LAYOUT
from indexer.fields import FIELDS

_FILE = "stamp.json"
_PROBE: Final = "ＡＢＣ（一）㈠臺灣後發覆復複　乾幹里裏裡\u200b\u00ad①Ⅷ“”"
"""Characters whose folding has changed, or could change, between versions of the tables."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The rules an index depends on; two equal stamps make equal indexes of the same archive."""

    layout: int
    fields: str
    folding: str
    segmenter: str
    dictionary: str

    def differences(self, other: "Stamp") -> list[str]:
        """The names of the rules that differ."""
        mine, theirs = asdict(self), asdict(other)
        return [name for name in mine if mine[name] != theirs[name]]


@cache
def current() -> Stamp:
    """The stamp of an index made now."""
    table = [(f.name, f.level, f.facet) for f in FIELDS]
    return Stamp(layout=LAYOUT, fields=_digest(repr(table)), folding=_folding(), **segment.identity())


def _folding() -> str:
    return f"opencc {version('OpenCC')} unicode {unicodedata.unidata_version} {_digest(fold_text(_PROBE))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write(folder: Path, stamp: Stamp) -> None:
    """Writes `stamp` into `folder`."""
    (folder / _FILE).write_text(json.dumps(asdict(stamp), indent=1) + "\n", encoding="utf-8")


def read(folder: Path) -> Stamp | None:
    """The stamp in `folder`; `None` when there is none that can be read."""
    try:
        return Stamp(**json.loads((folder / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def changed_at(folder: Path) -> int | None:
    """When the stamp in `folder` was written, in nanoseconds; `None` when there is none."""
    try:
        return (folder / _FILE).stat().st_mtime_ns
    except OSError:
        return None
