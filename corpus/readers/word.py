"""Reads `.docx`: its parts are checked and made plain, mammoth turns them into HTML, and the HTML reader reads that.

Merged cells keep their spans; headers, footers, pictures, comments and deleted text are not part of the text.
"""

import io
import re
import zipfile
import zlib
from dataclasses import replace
from xml.etree import ElementTree

import mammoth

from corpus.errors import ReadError
from corpus.readers.blocks import Document
from corpus.readers.foreign import reading
from corpus.readers.formats import Format
from corpus.readers.html import read_html
from corpus.readers.limits import READ_LIMITS, ReadLimits
from corpus.readers.word_numbering import write_numbers
from corpus.readers.word_plain import make_plain

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_READ = re.compile(
    r"(?!docProps/|customXml/|word/(?:theme|glossary|media|charts|diagrams)/).*\.(?:xml|rels)", re.DOTALL
)
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError)
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_HEADINGS = "\n".join(f"p[style-name='heading {n}'] => h{n}:fresh\np.Heading{n} => h{n}:fresh" for n in range(1, 7))
_BODIES = ("word/document.xml", "word/document2.xml")


def read_docx(data: bytes, name: str, limits: ReadLimits = READ_LIMITS) -> Document:
    """The document in a Word file. Raises `ReadError` for a damaged one and for one beyond the limits."""
    with reading(name, Format.DOCX.value, limits.seconds):
        parts, pictures = _plain(_parts(data, name, limits))
        html = mammoth.convert_to_html(
            _packed(parts),
            style_map=_HEADINGS,
            include_default_style_map=False,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(lambda image: {}),
        ).value
        document = read_html(f"<html><body>{html}</body></html>", encoding="")
    is_pictures = pictures > 0 and not document.blocks
    meta = {"image_pages": f"1–{pictures}"} if is_pictures else {}
    return replace(document, media_type=MEDIA_TYPE, encoding=None, meta=meta)


def _plain(parts: dict[str, bytes]) -> tuple[dict[str, bytes], int]:
    """The parts with automatic numbers written out and everything gone that is no text; how many pictures went."""
    body = next((path for path in _BODIES if path in parts), None)
    if body is None:
        return parts, 0
    root = ElementTree.fromstring(parts[body])
    w = root.tag[1:].partition("}")[0]
    write_numbers(root, parts.pop("word/numbering.xml", b""), parts.get("word/styles.xml", b""), w)
    pictures = make_plain(root, w)
    return {**parts, body: ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)}, pictures


def _parts(data: bytes, name: str, limits: ReadLimits) -> dict[str, bytes]:
    """The XML parts that make up the text, unpacked; pictures, fonts and macros stay packed."""
    parts: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                path = info.filename
                if not _READ.fullmatch(path):
                    continue
                if info.flag_bits & 1:
                    raise ReadError(f"{name}：Word 文件已加密", hint="请去掉密码后导入。", code="encrypted")
                with archive.open(info) as stream:
                    part = stream.read(limits.word_part_bytes + 1)
                total += len(part)
                if len(part) > limits.word_part_bytes or total > limits.word_bytes:
                    raise ReadError(
                        f"{name}：Word 文件的 {path} 解压后超过上限",
                        hint="年度报告远小于此；请检查文件，或另存为网页后导入。",
                        code="too_large",
                    )
                parts[path] = part
    except _BROKEN as error:
        raise ReadError(
            f"{name}：Word 文件已损坏：{error or type(error).__name__}", hint="请重新获取。", code="damaged"
        ) from error
    for path, part in parts.items():
        if _ENTITY.search(part[:4096]) or _ENTITY.search(part.replace(b"\x00", b"")[:4096]):
            raise ReadError(
                f"{name}：Word 文件的 {path} 声明了实体（DOCTYPE/ENTITY），不予展开",
                hint="Word 自己保存的文件没有这种声明；请另存后导入。",
                code="entities",
            )
    return parts


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    """The parts as a Word file that holds nothing else."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for path, part in parts.items():
            archive.writestr(path, part)
    file.seek(0)
    return file
