"""Opens regular files and walks folders in a fixed order. Never follows a link, never opens a device or a pipe."""

import errno
import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from corpus.model import SourceProblem
from corpus.sources.found import is_clutter, shown

FileKey = tuple[int, int]

_KINDS = (
    (stat.S_ISFIFO, "命名管道（FIFO）"),
    (stat.S_ISSOCK, "套接字（socket）"),
    (stat.S_ISCHR, "字符设备"),
    (stat.S_ISBLK, "块设备"),
)
_LINK = "这是符号链接（symbolic link），不予跟随；请直接给出它指向的文件或目录。"


def file_key(path: Path) -> FileKey | None:
    """What makes a file the same file under any name; `None` when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def walk(start: Path, exclude: Collection[FileKey]) -> Iterator[Path | SourceProblem]:
    """The regular files at and below `start` in the order of their names; everything else that is there as a problem.

    Hidden files inside folders are passed over; folders in `exclude` are not entered.
    """
    stack = [start]
    while stack:
        path = stack.pop()
        try:
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) not in exclude:
                    names = sorted((p.name for p in path.iterdir() if not is_clutter(p.name)), reverse=True)
                    stack.extend(path / name for name in names)
                continue
        except OSError as error:
            yield _problem(path, error)
            continue
        if stat.S_ISREG(status.st_mode):
            yield path
        else:
            yield SourceProblem(shown(path), None, _not_regular(status.st_mode))


def open_regular(path: Path) -> BinaryIO | SourceProblem:
    """The open file, or why it cannot be opened; what became a link or a pipe since the walk is refused too."""
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        return _problem(path, error)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        return SourceProblem(shown(path), None, _not_regular(mode))
    return os.fdopen(descriptor, "rb")


def _not_regular(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return _LINK
    kind = next((text for test, text in _KINDS if test(mode)), "特殊文件")
    return f"这是{kind}，不是普通文件，没有打开。"


def _problem(path: Path, error: OSError) -> SourceProblem:
    if error.errno == errno.ELOOP:
        return SourceProblem(shown(path), None, _LINK)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return SourceProblem(shown(path), None, "没有这个文件或目录。")
    if error.errno in (errno.EACCES, errno.EPERM):
        return SourceProblem(shown(path), None, "没有读取权限（permission denied）；请修改权限或改用其所有者运行。")
    return SourceProblem(shown(path), None, f"无法读取：{error.strerror or type(error).__name__}。")
