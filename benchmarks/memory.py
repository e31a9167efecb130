"""The memory of this process and all below it, looked at again and again while something runs. Linux only.

`own` is what the processes hold themselves, parts that they share counted once (proportional set size without files);
`mapped` is what of mapped files is in memory, which the system can drop at any time.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Final, Self

_PAUSE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of all processes together."""

    own: float
    mapped: float
    processes: int


def memory_now() -> Memory:
    """The memory at this moment; a process that ends meanwhile counts nothing."""
    own = mapped = 0
    processes = _family(os.getpid())
    for process in processes:
        held = _held(process)
        own += sum(held.get(name, 0) for name in ("Pss_Anon", "Pss_Shmem", "SwapPss"))
        mapped += held.get("Pss_File", 0)
    return Memory(own / 1024, mapped / 1024, len(processes))


def _family(process: int) -> list[int]:
    found = [process]
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            below = children.read_text().split()
        except OSError:
            continue
        for child in below:
            found += _family(int(child))
    return found


def _held(process: int) -> dict[str, int]:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return {}
    return {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}


class Watch:
    """Looks while the `with` block runs; `highest` is the moment at which the processes held the most themselves."""

    def __init__(self) -> None:
        self.highest = memory_now()
        self.most_mapped = self.highest.mapped
        self._ended = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while not self._ended.wait(_PAUSE):
            seen = memory_now()
            self.most_mapped = max(self.most_mapped, seen.mapped)
            if seen.own > self.highest.own:
                self.highest = seen

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
