"""Changes → a commit: documents are written as segments while they come, by whichever process has them, and merged with others
when there are too many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from indexer import stamp
from indexer.documents import IndexDocument
from indexer.engines import whoosh_files
from indexer.engines.arrays import Array, make_lasting, read_arrays, write_arrays
from indexer.engines.base import Pack
from indexer.engines.blocks import Source, build_block, merge_segments
from indexer.engines.segments import SegmentData
from indexer.engines.whoosh_codec import ArraySegment
from indexer.engines.whoosh_files import new_segment
from indexer.segment import Segmenter

_BLOCK: Final = 200
"""Reports that are kept as documents before they become a block."""
_MAX_SEGMENTS: Final = 8
_KEPT_SEGMENTS: Final = 3
_UNREAD_SEGMENTS: Final = 256
"""So many segments may an index have that nobody reads before it is made one."""


@dataclass(frozen=True, slots=True)
class PackedSegment:
    """A segment that is on disk and part of no commit yet, and the reports in it."""

    ids: tuple[str, ...]
    segment: ArraySegment


def write_segment(folder: Path, reports: Sequence[Sequence[IndexDocument]], segmenter: Segmenter) -> PackedSegment:
    """Writes documents into a segment of the index in `folder`; goes with the next commit unless that holds it."""
    block = build_block(reports, segmenter)
    segment = new_segment()
    segment.set_doc_count(sum(map(len, reports)))
    write_arrays(segment.path(folder), block.arrays, lasting=False)
    return PackedSegment(block.ids, segment)


class WhooshWriter:
    """Collects changes to the index in `folder`, of documents that `segmenter` has cut; holds `lock` until it is done.

    The segments of a commit become one; where the index is `unread` yet, they stay as they are until there are many.
    """

    def __init__(
        self,
        folder: Path,
        segmenter: Segmenter,
        lock: Any = None,
        known: Mapping[str, SegmentData] | None = None,
        *,
        unread: bool = False,
    ) -> None:
        self._folder = folder
        self._unread = unread
        self._segmenter = segmenter
        self._lock = lock
        segments = whoosh_files.read_segments(folder)
        self.synced = whoosh_files.synced(segments)
        self._old = [(s, _opened(folder, s, known or {})) for s in segments if s.doc_count_all()]
        self._index_lock = whoosh_files.locked(
            folder / "MAIN_WRITELOCK", 10.0, "Another process is writing to the search index."
        )
        self._documents: dict[str, Sequence[IndexDocument]] = {}
        self._changed: set[str] = set()
        self._new: list[tuple[ArraySegment, SegmentData]] = []
        self._replaced: list[Array] = []
        """Per new segment, which of its reports came again later."""
        self._places: dict[str, tuple[int, int]] = {}
        """New report → its segment among the new ones, and its number there."""

    @property
    def pack(self) -> Pack:
        return partial(write_segment, self._folder)  # what another process writes need not be handed over

    def replace(self, report_id: str, documents: Sequence[IndexDocument]) -> None:
        """Makes `documents` all that is indexed of the report."""
        self._forget(report_id)
        self._documents[report_id] = documents
        if len(self._documents) >= _BLOCK:
            self._write_documents()

    def replace_packed(self, packed: PackedSegment) -> None:
        """Replaces all reports of the segment at once."""
        self._write_documents()
        for report_id in packed.ids:
            self._forget(report_id)
        if packed.ids:
            self._take(packed)

    def delete(self, report_id: str) -> None:
        """Takes the report out; one that is not there is no error."""
        self._forget(report_id)

    def commit(self, synced: int) -> None:
        """Makes the changes visible together with the number of the archive's change they reach to."""
        try:
            self._write_documents()
            live = [self._live(segment, data) for segment, data in self._old]
            new = [~replaced for replaced in self._replaced]
            found = [*zip(self._old, live, strict=True), *zip(self._new, new, strict=True)]
            segments = self._merged(found, len(self._old))
            if self._new:
                stamp.note_accelerator(self._folder, self._segmenter.accelerator)
            whoosh_files.commit(self._folder, segments, synced)
        finally:
            self._release()

    def cancel(self) -> None:
        """Forgets the changes."""
        for segment, _ in self._new:
            segment.path(self._folder).unlink(missing_ok=True)
        self._release()

    def optimize(self) -> None:
        """Makes one segment of all that was committed."""
        try:
            if len(self._old) > 1:
                merged = self._merge([Source(d.arrays, self._live(s, d)) for s, d in self._old])
                whoosh_files.commit(self._folder, [merged], self.synced)
        finally:
            self._release()

    def _release(self) -> None:
        self._documents, self._changed, self._new, self._replaced, self._places = {}, set(), [], [], {}
        self._index_lock.release()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _forget(self, report_id: str) -> None:
        self._changed.add(report_id)
        self._documents.pop(report_id, None)
        place = self._places.pop(report_id, None)
        if place is not None:
            self._replaced[place[0]][place[1]] = True

    def _write_documents(self) -> None:
        reports = [documents for documents in self._documents.values() if documents]
        self._documents = {}
        if reports:
            self._take(write_segment(self._folder, reports, self._segmenter))

    def _take(self, packed: PackedSegment) -> None:
        path = packed.segment.path(self._folder)
        if self._unread:
            make_lasting(path)
        data = SegmentData(read_arrays(path))
        self._places.update({report_id: (len(self._new), n) for n, report_id in enumerate(packed.ids)})
        self._new.append((packed.segment, data))
        self._replaced.append(np.zeros(data.reports, bool))

    def _live(self, segment: ArraySegment, data: SegmentData) -> Array:
        """The reports of a segment of earlier commits that are still alive."""
        live = ~segment.dead()[data.first[:-1]]
        if len(self._changed) < data.reports:
            replaced = [n for report_id in self._changed if (n := data.number(report_id)) is not None]
        else:
            changed = {report_id.encode("utf-8", "surrogatepass") for report_id in self._changed}
            replaced = [n for n, report_id in enumerate(data.ids.tolist()) if report_id in changed]
        live[replaced] = False
        return live

    def _merged(self, found: Sequence[tuple[tuple[ArraySegment, SegmentData], Array]], old: int) -> list[ArraySegment]:
        """The segments of the commit: the new ones become one, together with old ones that are small or half dead."""
        alive = [(segment, data, live) for (segment, data), live in found if live.any()]
        whole = set() if self._unread else {id(segment) for (segment, _), _ in found[old:]}
        joining = [e for e in alive if id(e[0]) in whole or int(e[2].sum()) * 2 < e[1].reports]
        kept = [e for e in alive if id(e) not in map(id, joining)]
        if len(kept) + bool(joining) > (_UNREAD_SEGMENTS if self._unread else _MAX_SEGMENTS):
            small = sorted(kept, key=lambda e: -int(e[2].sum()))[_KEPT_SEGMENTS:]
            joining += small
            kept = [e for e in kept if id(e) not in map(id, small)]
        for segment, data, live in kept:
            segment.set_dead(~np.repeat(live, data.sizes))
        segments = [segment for segment, _, _ in kept]
        if len(joining) == 1 and joining[0][2].all():
            make_lasting(joining[0][0].path(self._folder))
            return [*segments, joining[0][0]]
        return [*segments, self._merge([Source(d.arrays, live) for _, d, live in joining])] if joining else segments

    def _merge(self, sources: Sequence[Source]) -> ArraySegment:
        segment = new_segment()
        segment.set_doc_count(merge_segments(segment.path(self._folder), sources))
        return segment


def _opened(folder: Path, segment: ArraySegment, known: Mapping[str, SegmentData]) -> SegmentData:
    """The data of a segment, which may be open already."""
    return known.get(segment.segment_id()) or SegmentData(read_arrays(segment.path(folder)))
