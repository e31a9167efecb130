"""What an index was made by, written beside it: when any of it changes, the index no longer means what it says.

A differing stamp refuses writing and warns when searching; a differing `layout` cannot be read at all. The remedy is always
`gongkai reindex`. What cut the words in the segmenter's stead is noted too, and is no difference: it was found to give the
same words with the same segmenter and dictionary before it cut any.
"""

import hashlib
import json
import unicodedata
from dataclasses import asdict, dataclass, replace
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
    accelerators: tuple[str, ...] = ()
    """What cut in the segmenter's stead, with versions, in the order of first use."""

    def differences(self, other: "Stamp") -> list[str]:
        """The names of the rules that differ."""
        mine, theirs = asdict(self), asdict(other)
        return [name for name in mine if mine[name] != theirs[name] and name != "accelerators"]

    def words(self) -> dict[str, str]:
        """What decided the words, for people to read."""
        made = {"segmenter": self.segmenter, "dictionary": self.dictionary, "cut_by": ", ".join(self.accelerators)}
        return {name: value for name, value in made.items() if value}


@cache
def current() -> Stamp:
    """The stamp of an index made now."""
    table = [(f.name, f.level, f.facet) for f in FIELDS]
    cut = segment.identity()
    return Stamp(LAYOUT, _digest(repr(table)), _folding(), cut["segmenter"], cut["dictionary"])


def _folding() -> str:
    return f"opencc {version('OpenCC')} unicode {unicodedata.unidata_version} {_digest(fold_text(_PROBE))}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write(folder: Path, stamp: Stamp) -> None:
    """Writes `stamp` into `folder`; a reader sees the one before or this one."""
    beside = folder / f"{_FILE}.new"
    beside.write_text(json.dumps(asdict(stamp), indent=1) + "\n", encoding="utf-8")
    beside.replace(folder / _FILE)


def note_accelerator(folder: Path, name: str) -> None:
    """Adds what cut words of the index in `folder`; nothing when it is the segmenter itself (empty) or known."""
    made = read(folder)
    if made is not None and name and name not in made.accelerators:
        write(folder, replace(made, accelerators=(*made.accelerators, name)))


def read(folder: Path) -> Stamp | None:
    """The stamp in `folder`; `None` when there is none that can be read."""
    try:
        noted = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return Stamp(**{**noted, "accelerators": tuple(noted.get("accelerators", ()))})
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def changed_at(folder: Path) -> int | None:
    """When the stamp in `folder` was written, in nanoseconds; `None` when there is none."""
    try:
        return (folder / _FILE).stat().st_mtime_ns
    except OSError:
        return None
