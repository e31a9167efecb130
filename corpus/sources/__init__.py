"""Where bytes come from: files, folders, zip and WARC files given by a person. The front door is `iter_documents`.

Nothing here reads a report; a place that gives no bytes is a `SourceProblem`, never an exception and never silence.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus.model import SourceDocument, SourceProblem
from corpus.sources.containers import is_zip, open_container
from corpus.sources.files import file_key, open_regular, walk
from corpus.sources.found import Found, RejectedDocument, document, megabytes, shown
from corpus.sources.limits import DEFAULT_LIMITS, Limits
from corpus.sources.warc import is_warc, open_warc

__all__ = ["DEFAULT_LIMITS", "Limits", "RejectedDocument", "iter_documents", "shown"]

_LONGEST_MAGIC = 512


def iter_documents(
    paths: Sequence[Path],
    *,
    url: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    exclude: Sequence[Path] = (),
    wanted: Callable[[str], bool] = lambda path: True,
) -> Iterator[SourceDocument | SourceProblem]:
    """Every document at `paths`, folders walked by name, zip and WARC files looked into; what gives no bytes is a problem.

    `url` is the address all of it was fetched from. Folders in `exclude` are not entered. `wanted` is asked with the
    path before a file is opened.
    """
    keys = {key for key in map(file_key, exclude) if key is not None}
    for start in paths:
        for found in walk(start, keys):
            path = found.path if isinstance(found, SourceProblem) else shown(found)
            if not wanted(path):
                continue
            if isinstance(found, SourceProblem):
                yield found
            else:
                yield from _read(found, path, url, limits)


def _read(file_path: Path, path: str, url: str | None, limits: Limits) -> Iterator[Found]:
    opened = open_regular(file_path)
    if isinstance(opened, SourceProblem):
        yield opened
        return
    with opened as file:
        try:
            size = file.seek(0, 2)
            file.seek(0)
            start = file.read(_LONGEST_MAGIC)
            packed, web = is_zip(start), is_warc(start)
            container = packed or web
            limit = limits.container_bytes if container else limits.document_bytes
            if size > limit:
                message = f"文件有 {megabytes(size)}，超过 {megabytes(limit)} 的上限，没有读取。"
                yield SourceProblem(path, None, message)
            elif packed:
                yield from open_container(path, file, size, url, limits)
            elif web:
                file.seek(0)
                yield from open_warc(path, None, file, limits)
            else:
                file.seek(0)
                yield document(path, None, file.read(limit), url)
        except OSError as error:
            yield SourceProblem(path, None, f"文件读取中断：{error.strerror}。")
