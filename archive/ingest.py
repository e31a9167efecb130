"""A run over documents: keeps every original, has it read, files it, and says what became of it. Resumable.

Stages per document, in the order of the input:
1. its bytes go to the originals, before anything looks at them;
2. a reader (this process, or worker processes) makes reports of them, unless this parser has filed them before;
3. one transaction files the reports and logs the outcomes.

A run that was cut off is simply started again: what is filed is `unchanged`, the rest is done.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from archive.catalog import read, write, writer_lock
from archive.filing import Filing, file_document, known_outcomes
from archive.model import Outcome, OutcomeKind
from archive.reader import Failure, Hints, ReadDocument, Reader, corpus_reader, guarded
from archive.store import Archive
from archive.workers import Inline, Pending, Pool, Workers
from corpus.errors import UsageError
from corpus.model import SourceDocument, SourceProblem
from corpus.sources import DEFAULT_LIMITS, Limits, RejectedDocument, iter_documents


@dataclass(frozen=True, slots=True)
class Part:
    """Every `of`-th share of the paths, counted from 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> "Part":
        """From `2/8`. Raises `UsageError`."""
        number, _, of = text.partition("/")
        if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
            raise UsageError(f"--part {text!r} is not a share.", hint="For example --part 2/8 is the second of eight.")
        return cls(int(number), int(of))

    def holds(self, path: str) -> bool:
        """Whether the path belongs to this share: decided by a digest of it, so every path belongs to exactly one."""
        return int.from_bytes(sha256(path.encode()).digest()[:8], "big") % self.of == self.number - 1


WHOLE = Part(1, 1)
NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class Task:
    """A document on its way. `pending` is `None` for what is not read."""

    found: SourceDocument | SourceProblem
    size: int = 0
    hints: Hints = NO_HINTS
    pending: Pending | None = None


def ingest(
    archive: Archive,
    paths: Sequence[Path],
    *,
    now: Callable[[], str],
    jobs: int = 1,
    agency: str | None = None,
    year: int | None = None,
    url: str | None = None,
    part: str | None = None,
    wait: bool = True,
    notify: Callable[[str], None] = lambda text: None,
    limits: Limits = DEFAULT_LIMITS,
    reader: Reader | None = None,
) -> Iterator[Outcome]:
    """Takes the documents at `paths` into the archive; one outcome per report and per document that holds none.

    `agency` and `year` win over what is printed, `url` is where a single file was fetched from, `part` (`2/8`) takes a
    share of the paths, `jobs` is the number of worker processes. Another run on the same archive is waited for
    (`notify` is told), or raises `BusyError` when `wait` is false. Raises `UsageError` before anything is done.
    """
    if url is not None and (len(paths) != 1 or paths[0].is_dir()):
        raise UsageError("--url belongs to a single file.", hint="Ingest the files one by one, each with its address.")
    if url is not None and urlsplit(url).scheme not in ("http", "https"):
        raise UsageError(f"--url {url!r} is no web address.", hint="It begins with http:// or https://.")
    if jobs < 1:
        raise UsageError(f"--jobs {jobs} is not a number of processes.", hint="Give 1 or more.")
    run = Run(archive, reader or corpus_reader(), Hints(agency, year), now)
    share = WHOLE if part is None else Part.parse(part)
    found = iter_documents(paths, url=url, limits=limits, exclude=(archive.home,), wanted=share.holds)
    arguments: dict[str, object] = {
        "paths": [str(path).encode("utf-8", "backslashreplace").decode() for path in paths],
        "agency": agency,
        "year": year,
        "url": url,
        "part": part,
    }
    return _locked(run, found, arguments, jobs, wait, notify)


def _locked(
    run: "Run",
    found: Iterator[SourceDocument | SourceProblem],
    arguments: dict[str, object],
    jobs: int,
    wait: bool,
    notify: Callable[[str], None],
) -> Iterator[Outcome]:
    with writer_lock(run.archive.lock_path, wait=wait, notify=notify):
        run.archive.originals.remove_leftovers()
        run.start(arguments)
        pool: Pool = Inline(run.reader) if jobs == 1 else Workers(run.reader, jobs)
        with closing(pool):
            for task in pool.ahead(run.prepare(item, pool) for item in found):
                yield from run.finish(task, pool)
        run.end()


class Run:
    """One run, known to the log of the archive by its number. Only used while the writer lock is held."""

    def __init__(self, archive: Archive, reader: Reader, hints: Hints, now: Callable[[], str]) -> None:
        self.archive = archive
        self.reader = reader
        self.hints = hints
        self.now = now
        self.number = 0

    def start(self, arguments: dict[str, object]) -> None:
        """Opens the entry in the log."""
        with self.archive.catalog.transaction() as db:
            self.number = write.start_run(db, self.reader.stamp, arguments, self.now())

    def end(self) -> None:
        """Closes the entry in the log."""
        with self.archive.catalog.transaction() as db:
            write.finish_run(db, self.number, self.now())

    def prepare(self, found: SourceDocument | SourceProblem, pool: Pool) -> Task:
        """Stages 1 and 2: keeps the bytes and has them read, unless there are none or they were filed before."""
        kept = found.document if isinstance(found, RejectedDocument) else found
        if isinstance(kept, SourceProblem):
            return Task(found)
        self.archive.originals.store(kept.data, kept.sha256)
        size = len(kept.data)
        if isinstance(found, RejectedDocument):
            return Task(replace(found, document=replace(kept, data=b"")), size)
        document = replace(kept, data=b"")  # from here on the bytes are read from the originals
        with self.archive.catalog.snapshot() as db:
            original = read.original(db, kept.sha256)
            is_known = original is not None and original.parser == self.reader.stamp and original.reports > 0
            hints = self.hints if self.hints != NO_HINTS else Hints(*read.hints_for(db, kept.sha256))
        if is_known and self.hints == NO_HINTS:
            return Task(document, size, hints)
        return Task(document, size, hints, pool.submit(self.archive.originals.path(kept.sha256), _name(kept), hints))

    def finish(self, task: Task, pool: Pool) -> list[Outcome]:
        """Stage 3: one transaction for the document."""
        found = task.found
        if isinstance(found, SourceProblem):
            return self._log_failure(task, None, Failure(OutcomeKind.FAILED, found.message))
        if self.hints == NO_HINTS:
            outcomes = self._file_known(found)
            if outcomes is not None:
                if task.pending is not None:  # the same bytes came twice in a row
                    pool.forget(task.pending)
                return outcomes
        pending = task.pending or pool.submit(self.archive.originals.path(found.sha256), _name(found), task.hints)
        result = pool.result(pending)
        filed = result if isinstance(result, Failure) else guarded(lambda: self._file(task, found, result))
        return self._log_failure(task, found, filed) if isinstance(filed, Failure) else filed

    def _file_known(self, document: SourceDocument) -> list[Outcome] | None:
        with self.archive.catalog.transaction() as db:
            outcomes = known_outcomes(db, document, self.reader.stamp, self.now())
            for outcome in outcomes or ():
                write.log_outcome(db, self.number, outcome, None)
        return outcomes

    def _file(self, task: Task, document: SourceDocument, result: ReadDocument) -> list[Outcome]:
        now = self.now()
        with self.archive.catalog.transaction() as db:
            write.add_original(db, document.sha256, task.size, now)
            outcomes = file_document(Filing(db, document, result, task.hints, self.reader.stamp, now))
            for outcome in outcomes:
                write.log_outcome(db, self.number, outcome, None)
        return outcomes

    def _log_failure(self, task: Task, document: SourceDocument | None, failure: Failure) -> list[Outcome]:
        found = task.found
        kept = found.document if isinstance(found, RejectedDocument) else document
        sha = found.sha256 if isinstance(found, SourceDocument | RejectedDocument) else None
        outcome = Outcome(
            found.path, found.member, sha, failure.kind, agency=self.hints.agency, year=self.hints.year,
            error=failure.message,
        )  # fmt: skip
        with self.archive.catalog.transaction() as db:
            if kept is not None:
                write.add_original(db, kept.sha256, task.size, self.now())
            write.log_outcome(db, self.number, outcome, failure.detail)
        return [outcome]


def _name(document: SourceDocument) -> str:
    """What the document is called in messages."""
    return (document.member or document.path).rpartition("/")[2]
