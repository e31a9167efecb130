"""Programs that may be installed beside this one and read the old Word format: LibreOffice and antiword.

Each runs in a folder of its own that is removed afterwards, with a limit of time; neither is needed for anything else.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

LIBREOFFICE = ("soffice", "libreoffice")
ANTIWORD = ("antiword",)
_SECONDS = 120


def program(names: Sequence[str]) -> str | None:
    """The path of the first of these programs that is installed."""
    return next((found for name in names if (found := shutil.which(name)) is not None), None)


def to_docx(data: bytes, suffix: str) -> bytes | None:
    """The document as `.docx`, by LibreOffice; `None` when it is not installed or gives nothing."""
    office = program(LIBREOFFICE)
    if office is None:
        return None
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to",
                   "docx:MS Word 2007 XML", "--outdir", str(Path(folder, "out")), str(source)]  # fmt: skip
        _run(command, folder)
        converted = Path(folder, "out", "document.docx")
        return converted.read_bytes() if converted.is_file() else None


def to_docbook(data: bytes) -> bytes | None:
    """The document as DocBook XML, by antiword; `None` when it is not installed or gives nothing."""
    antiword = program(ANTIWORD)
    if antiword is None:
        return None
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        output = _run([antiword, "-x", "db", str(source)], folder)
        return output if b"<book" in output else None


def _run(command: Sequence[str], folder: str) -> bytes:
    """What the program prints. One that takes too long is ended with all that it started, and has printed nothing."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd=folder,
        start_new_session=True,
    )  # fmt: skip
    try:
        output, _ = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.communicate()
        return b""
    return output
