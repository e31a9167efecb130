"""Renderings put into one file as they are handed over and harvested: zip files, nested ones too, and WARC files."""

import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterable

from corpus.synthetic.render.rendering import Rendering

# A zip file holds a time for every member; the same arguments give the same bytes.
_WRITTEN = (2024, 1, 15, 9, 30, 0)
_HARVESTED = "2024-03-01T08:00:00Z"


def zip_of(renderings: Iterable[Rendering], *, inside: str | None = None) -> bytes:
    """A zip file; `inside` is the name of a zip file within it that holds them."""
    packed = _zip({rendering.filename: rendering.data for rendering in renderings})
    return _zip({inside: packed}) if inside is not None else packed


def _zip(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _WRITTEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return file.getvalue()


def warc_of(renderings: Iterable[Rendering], *, packed: bool = True) -> bytes:
    """A WARC file with an answered request per rendering, a redirect and a style sheet between them."""
    records = [
        _record("warcinfo", None, "application/warc-fields", b"software: gongkai\r\nformat: WARC File Format 1.1\r\n")
    ]
    for number, rendering in enumerate(renderings):
        address = address_of(rendering, number)
        site = f"https://{rendering.held.site.host}"
        records += [
            _answer(f"{site}/old/{number}", "302 Found", "text/html", b""),
            _answer(f"{site}/site.css", "200 OK", "text/css", b"td {padding: 2px}"),
            _answer(address, "200 OK", rendering.media_type, rendering.data),
        ]
    return b"".join(gzip.compress(record, mtime=0) if packed else record for record in records)


def address_of(rendering: Rendering, number: int) -> str:
    """The address at which a rendering is said to have been found."""
    return f"https://{rendering.held.site.host}/zwgk/nb/{number}-{rendering.filename}"


def _answer(address: str, status: str, kind: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return _record("response", address, "application/http; msgtype=response", head.encode() + body)


def _record(kind: str, address: str | None, media_type: str, block: bytes) -> bytes:
    digest = hashlib.sha256(block + str(address).encode()).hexdigest()
    identifier = f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
    lines = ["WARC/1.1", f"WARC-Type: {kind}", f"WARC-Record-ID: <urn:uuid:{identifier}>", f"WARC-Date: {_HARVESTED}",
             f"Content-Type: {media_type}", f"Content-Length: {len(block)}"]  # fmt: skip
    if address is not None:
        lines.insert(2, f"WARC-Target-URI: {address}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
