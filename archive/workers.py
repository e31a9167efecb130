"""Where documents are read: in this process, or in worker processes that may die without taking the run along."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol, TypeVar

from archive.lifeline import live_with_parent
from archive.model import OutcomeKind
from archive.reader import Failure, Hints, ReadDocument, Reader, read_original

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Pending:
    """A document to be read; `future` only where another process reads it."""

    original: Path
    name: str
    hints: Hints
    future: Future[ReadDocument | Failure] | None = None


class Pool(Protocol):
    """Reads documents now or ahead of time."""

    def submit(self, original: Path, name: str, hints: Hints) -> Pending:
        """Takes a document on."""

    def result(self, pending: Pending) -> ReadDocument | Failure:
        """What became of it."""

    def forget(self, pending: Pending) -> None:
        """Its result is not needed any more."""

    def ahead(self, tasks: Iterable[T]) -> Iterator[T]:
        """The tasks, some of them drawn before they are needed."""

    def close(self) -> None:
        """Lets go of what is still under way."""


class Inline:
    """Reads every document when it is asked for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def submit(self, original: Path, name: str, hints: Hints) -> Pending:
        """Takes a document on."""
        return Pending(original, name, hints)

    def result(self, pending: Pending) -> ReadDocument | Failure:
        """What became of it."""
        return read_original(self._reader, pending.original, pending.name, pending.hints)

    def forget(self, pending: Pending) -> None:
        """Nothing is under way."""

    def ahead(self, tasks: Iterable[T]) -> Iterator[T]:
        """The tasks one by one."""
        return iter(tasks)

    def close(self) -> None:
        """Nothing is under way."""


class Workers:
    """Reads documents in `jobs` fresh processes; a document that kills its process is a failure of that document."""

    def __init__(self, reader: Reader, jobs: int) -> None:
        self._reader = reader
        self._jobs = jobs
        self._open: list[Pending] = []
        self._executor = self._new_executor()

    def submit(self, original: Path, name: str, hints: Hints) -> Pending:
        """Takes a document on."""
        pending = Pending(original, name, hints)
        self._open.append(pending)
        self._start(pending)
        return pending

    def result(self, pending: Pending) -> ReadDocument | Failure:
        """What became of it."""
        self.forget(pending)
        assert pending.future is not None
        try:
            return pending.future.result()
        except BrokenProcessPool:
            return self._read_alone(pending)

    def forget(self, pending: Pending) -> None:
        """Its result is not needed any more."""
        self._open.remove(pending)

    def ahead(self, tasks: Iterable[T]) -> Iterator[T]:
        """The tasks in order; two per process are under way while one is waited for."""
        queue: deque[T] = deque()
        for task in tasks:
            queue.append(task)
            if len(queue) > 2 * self._jobs:
                yield queue.popleft()
        yield from queue

    def close(self) -> None:
        """Lets go of what is still under way."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _new_executor(self, jobs: int | None = None) -> ProcessPoolExecutor:
        # spawn: the same on every system, and no open catalog or lock is inherited
        return ProcessPoolExecutor(jobs or self._jobs, get_context("spawn"), live_with_parent)

    def _start(self, pending: Pending) -> None:
        try:
            pending.future = self._executor.submit(
                read_original, self._reader, pending.original, pending.name, pending.hints
            )
        except BrokenProcessPool as error:
            pending.future = Future()
            pending.future.set_exception(error)

    def _read_alone(self, pending: Pending) -> ReadDocument | Failure:
        """Some document killed a worker, and with it all that were under way: this one gets a process of its own."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        with self._new_executor(1) as alone:
            future = alone.submit(read_original, self._reader, pending.original, pending.name, pending.hints)
            try:
                result: ReadDocument | Failure = future.result()
            except BrokenProcessPool:
                result = Failure(OutcomeKind.FAILED, "读取该文件的进程意外终止（可能内存不足）；原件已存档。")
        self._executor = self._new_executor()
        for other in self._open:
            self._start(other)
        return result
