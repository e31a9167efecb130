"""Arrays that are likely to be asked for again, as many of the last ones as fit into so many bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from indexer.engines.arrays import Array


class Kept:
    """May be used by several threads; the arrays must not be changed."""

    def __init__(self, limit: int) -> None:
        """`limit`: the most bytes that all arrays may have together."""
        self._limit = limit
        self._size = 0
        self._arrays: OrderedDict[Hashable, Array] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Array | None:
        """The array of that name, if it is still there."""
        with self._lock:
            found = self._arrays.get(key)
            if found is not None:
                self._arrays.move_to_end(key)
            return found

    def put(self, key: Hashable, array: Array) -> None:
        """Keeps the array, and lets go of those that were not asked for longest."""
        with self._lock:
            if key in self._arrays or array.nbytes > self._limit:
                return
            self._arrays[key] = array
            self._size += array.nbytes
            while self._size > self._limit:
                self._size -= self._arrays.popitem(last=False)[1].nbytes
