"""The border to libraries that read foreign formats: whatever they raise, and however long they take, is a `ReadError`."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from corpus.errors import GongkaiError, ReadError

_AGAIN = 0.5
"""Seconds after which the alarm goes off once more: one that falls into a finalizer or a callback of the collector is lost."""


class _OutOfTime(BaseException):
    """Not an `Exception`: libraries that swallow every error must not swallow this one."""


@contextmanager
def reading(name: str, kind: str, seconds: int) -> Iterator[None]:
    """Everything raised inside is a deliberate error, or becomes the `ReadError` that `name` is a damaged `kind` file.

    `seconds` of processor time are allowed; where the system cannot count them, or in a thread, time is not limited.
    """
    try:
        with _processor_time(seconds):
            yield
    except _OutOfTime:
        raise ReadError(
            f"{name}：读取这个 {kind} 文件用去了 {seconds} 秒的计算时间，已停止",
            hint="年度报告通常只需一秒；请检查文件，或另存为网页、文本后导入。",
            code="too_slow",
        ) from None
    except GongkaiError:
        raise
    # The libraries raise whatever their code happens to hit on damaged data: KeyError, AssertionError, struct.error …
    except Exception as error:
        reason = str(error)[:200] or type(error).__name__
        raise ReadError(
            f"{name}：{kind} 文件已损坏或不规范：{reason}",
            hint="请重新获取，或另存为网页、文本后导入。",
            code="damaged",
        ) from error


@contextmanager
def _processor_time(seconds: int) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise _OutOfTime
