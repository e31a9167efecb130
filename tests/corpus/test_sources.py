"""Where bytes come from: everything that lies in a folder or a zip file is handed out or named, never followed or lost."""

import io
import os
import socket
import stat
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.model import SourceDocument, SourceProblem
from corpus.sources import Limits, RejectedDocument, iter_documents

ROOT = Path(__file__).resolve().parents[2]


def make_zip(members: Sequence[tuple[str, bytes]], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def raw_named_zip(name: bytes, data: bytes = b"x") -> bytes:
    """A zip whose member has exactly these bytes for a name and no UTF-8 flag, as Chinese Windows writes it."""
    placeholder = "n" * len(name)
    return make_zip([(placeholder, data)], compression=zipfile.ZIP_STORED).replace(placeholder.encode(), name)


def found(*paths: Path, **options: object) -> list[SourceDocument | SourceProblem]:
    return list(iter_documents(paths, **options))


def places(items: Sequence[SourceDocument | SourceProblem], base: Path) -> list[tuple[str, str | None]]:
    return [(str(Path(item.path).relative_to(base)), item.member) for item in items]


def test_file_is_handed_out_with_its_digest_and_address(tmp_path: Path) -> None:
    path = tmp_path / "年报.txt"
    path.write_bytes(b"\xb9\xab\xbf\xaa")
    assert found(path, url="https://example.gov.cn/a.html") == [
        SourceDocument(
            str(path),
            None,
            b"\xb9\xab\xbf\xaa",
            sha256(b"\xb9\xab\xbf\xaa").hexdigest(),
            "https://example.gov.cn/a.html",
        )
    ]


def test_empty_file_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert [item.data for item in found(tmp_path) if isinstance(item, SourceDocument)] == [b""]


def test_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c.txt", "b/d/z.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert places(found(tmp_path), tmp_path) == [
        ("a.txt", None), ("b/10.txt", None), ("b/2.txt", None), ("b/d/z.txt", None), ("c.txt", None),
    ]  # fmt: skip


def test_clutter_of_the_system_is_passed_over_in_silence(tmp_path: Path) -> None:
    for name in (".DS_Store", "._a.txt", "Thumbs.db", "desktop.ini", "__MACOSX/a.txt", ".git/config", "a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert places(found(tmp_path), tmp_path) == [("a.txt", None)]


def test_hidden_file_is_read_when_it_is_named(tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text("x")
    assert places(found(tmp_path / ".hidden.txt"), tmp_path) == [(".hidden.txt", None)]


def test_excluded_folder_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "home" / "originals").mkdir(parents=True)
    (tmp_path / "home" / "originals" / "ab").write_text("x")
    (tmp_path / "a.txt").write_text("x")
    assert places(found(tmp_path, exclude=[tmp_path / "home"]), tmp_path) == [("a.txt", None)]


def test_unwanted_path_is_not_opened(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    assert places(found(tmp_path, wanted=lambda path: path.endswith("b.txt")), tmp_path) == [("b.txt", None)]


def test_name_that_is_no_utf8_can_be_printed(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/" + "县.txt".encode("gb18030")
    Path(os.fsdecode(name)).write_text("x")
    (item,) = found(tmp_path)
    assert item.path.endswith("\\xcf\\xd8.txt")
    item.path.encode("utf-8")


# --- what gives no bytes ----------------------------------------------------------------------------------------------


def test_missing_path_is_named(tmp_path: Path) -> None:
    assert found(tmp_path / "no.txt") == [SourceProblem(str(tmp_path / "no.txt"), None, "没有这个文件或目录。")]


@pytest.mark.parametrize("given", ["inside a folder", "itself"])
@pytest.mark.parametrize("target", ["file", "folder", "nothing"])
def test_symbolic_link_is_named_and_not_followed(tmp_path: Path, given: str, target: str) -> None:
    outside = tmp_path / "outside"
    (outside / "folder").mkdir(parents=True)
    (outside / "file").write_text("secret")
    (outside / "folder" / "a.txt").write_text("secret")
    folder = tmp_path / "in"
    folder.mkdir()
    link = folder / "link"
    link.symlink_to(outside / target)
    (item,) = found(folder if given == "inside a folder" else link)
    assert isinstance(item, SourceProblem)
    assert item.path == str(link)
    assert "符号链接" in item.message


def test_link_cycle_ends(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path)
    assert places(found(tmp_path), tmp_path) == [("a", None)]


def test_pipe_and_socket_are_named_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")  # opening it would wait for a writer for ever
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        problems = [item for item in found(tmp_path) if isinstance(item, SourceProblem)]
    assert [(Path(p.path).name, "没有打开" in p.message) for p in problems] == [("fifo", True), ("socket", True)]


def test_device_is_named_and_never_opened() -> None:
    (item,) = found(Path("/dev/zero"))
    assert isinstance(item, SourceProblem)
    assert "字符设备" in item.message


_UNREADABLE = """
import os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from corpus.sources import iter_documents
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)   # permission bits do not bind root
for item in iter_documents([Path({folder!r})]):
    print(Path(item.path).name, getattr(item, "message", "read"), sep="|")
"""


def test_file_and_folder_without_permission_are_named(tmp_path: Path) -> None:
    for above in (tmp_path, *tmp_path.parents):
        if above.stat().st_uid == os.getuid() and above != Path("/"):
            above.chmod(above.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    folder = tmp_path / "in"
    (folder / "closed").mkdir(parents=True)
    (folder / "closed" / "a.txt").write_text("x")
    (folder / "secret.txt").write_text("x")
    (folder / "zopen.txt").write_text("x")
    folder.chmod(0o755)
    (folder / "zopen.txt").chmod(0o644)
    (folder / "secret.txt").chmod(0)
    (folder / "closed").chmod(0)
    script = _UNREADABLE.format(root=str(ROOT), folder=str(folder))
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
        encoding="utf-8",
    )
    (folder / "closed").chmod(0o755)
    lines = [line.split("|") for line in done.stdout.splitlines()]
    assert [name for name, _ in lines] == ["closed", "secret.txt", "zopen.txt"]
    assert "没有读取权限" in lines[0][1]
    assert "没有读取权限" in lines[1][1]
    assert lines[2][1] == "read"


def test_file_above_the_limit_is_named_with_its_size(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(3 * 1024 * 1024)
    (item,) = found(tmp_path, limits=Limits(document_bytes=1024 * 1024))
    assert isinstance(item, SourceProblem)
    assert item.message == "文件有 3.0 MB，超过 1.0 MB 的上限，没有读取。"


# --- zip files --------------------------------------------------------------------------------------------------------


def test_zip_members_are_documents_whatever_the_file_is_called(tmp_path: Path) -> None:
    (tmp_path / "download.html").write_bytes(make_zip([("b/年报.txt", b"2"), ("a.txt", b"1"), ("empty/", b"")]))
    items = found(tmp_path)
    assert places(items, tmp_path) == [("download.html", "a.txt"), ("download.html", "b/年报.txt")]
    assert [item.sha256 for item in items if isinstance(item, SourceDocument)] == [
        sha256(b"1").hexdigest(),
        sha256(b"2").hexdigest(),
    ]


def test_file_that_is_only_called_zip_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("云棠县财政局")
    assert places(found(tmp_path), tmp_path) == [("a.zip", None)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("年报/云棠县.txt".encode("gb18030"), "年报/云棠县.txt"),
        # the second byte of 昞 is a backslash: it must not be taken for a separator
        ("昞.txt".encode("gb18030"), "昞.txt"),
        ("年报\\云棠县.txt".encode("gb18030"), "年报/云棠县.txt"),
        (b"a\xff\xff.txt", "a\\xff\\xff.txt"),
    ],
    ids=["gb18030", "backslash byte", "backslash separator", "undecodable"],
)
def test_member_name_without_utf8_flag_is_gb18030(tmp_path: Path, name: bytes, shown: str) -> None:
    (tmp_path / "a.zip").write_bytes(raw_named_zip(name))
    assert [item.member for item in found(tmp_path)] == [shown]


def test_nested_zips_are_joined(tmp_path: Path) -> None:
    inner = make_zip([("深/报告.txt", b"x")])
    (tmp_path / "a.zip").write_bytes(make_zip([("市/县.zip", inner), ("z.txt", b"y")]))
    assert [item.member for item in found(tmp_path)] == ["z.txt", "市/县.zip!/深/报告.txt"]


@pytest.mark.parametrize("marker", ["[Content_Types].xml", "mimetype", "OFD.xml", "META-INF/container.xml"])
def test_document_that_is_a_zip_inside_is_no_container(tmp_path: Path, marker: str) -> None:
    data = make_zip([(marker, b"<x/>"), ("word/document.xml", b"<y/>")])
    (tmp_path / "a.docx").write_bytes(data)
    (tmp_path / "b.zip").write_bytes(make_zip([("报告.docx", data)]))
    items = found(tmp_path)
    assert places(items, tmp_path) == [("a.docx", None), ("b.zip", "报告.docx")]
    assert all(isinstance(item, SourceDocument) and item.data == data for item in items)


def test_clutter_inside_a_zip_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(make_zip([("__MACOSX/._a.txt", b"x"), (".DS_Store", b"x"), ("a.txt", b"x")]))
    assert [item.member for item in found(tmp_path)] == ["a.txt"]


def _broken(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_broken(make_zip([("a.txt", b"x" * 500)])), "zip 文件已损坏"),
        (b"PK\x03\x04", "zip 文件已损坏"),
        (make_zip([]), "zip 文件是空的"),
        (make_zip([(".DS_Store", b"x")]), "zip 文件是空的"),
    ],
    ids=["truncated", "only magic bytes", "empty", "only clutter"],
)
def test_unusable_zip_is_named_and_its_bytes_are_at_hand(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    (item,) = found(path)
    assert isinstance(item, RejectedDocument)
    assert (item.path, item.member) == (str(path), None)
    assert words in item.message
    assert item.document.data == data
    assert item.sha256 == sha256(data).hexdigest()


def test_broken_zip_inside_a_zip_keeps_the_inner_bytes(tmp_path: Path) -> None:
    inner = _broken(make_zip([("a.txt", b"x" * 500)]))
    (tmp_path / "a.zip").write_bytes(make_zip([("inner.zip", inner)]))
    (item,) = found(tmp_path)
    assert isinstance(item, RejectedDocument)
    assert (item.member, item.document.data) == ("inner.zip", inner)


def test_broken_member_is_named_the_others_are_read_and_the_container_is_at_hand(tmp_path: Path) -> None:
    data = make_zip([("a.txt", b"first"), ("b.txt", b"second")], compression=zipfile.ZIP_STORED)
    data = data.replace(b"first", b"fir5t", 1)  # its checksum fails now
    (tmp_path / "a.zip").write_bytes(data)
    bad, good = found(tmp_path)
    assert isinstance(bad, RejectedDocument)
    assert bad.member == "a.txt"
    assert "已损坏" in bad.message
    assert bad.document.data == data
    assert bad.sha256 is None  # the member's own bytes are not known
    assert isinstance(good, SourceDocument)
    assert good.data == b"second"


def _encrypted(data: bytes) -> bytes:
    """Sets the encryption flag of every entry, in its local and its central header."""
    out = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(magic)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(magic, at + 4)
    return bytes(out)


def test_encrypted_zip_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(_encrypted(make_zip([("a.txt", b"x"), ("b.txt", b"y")])))
    (item,) = found(tmp_path)
    assert isinstance(item, RejectedDocument)
    assert (item.member, item.message) == (None, "zip 文件已加密；请先解密。")


def test_symbolic_link_inside_a_zip_is_named(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    (tmp_path / "a.zip").write_bytes(buffer.getvalue())
    (item,) = found(tmp_path)
    assert isinstance(item, SourceProblem)
    assert item.member == "link.txt"
    assert "符号链接" in item.message


SMALL = Limits(document_bytes=20_000, members=3, unpacked_bytes=25_000, ratio=20, ratio_floor=1_000, depth=2)


def _nested(depth: int) -> bytes:
    data = make_zip([("a.txt", b"x")])
    for _ in range(depth - 1):
        data = make_zip([("n.zip", data)])
    return data


NOISE = bytes((i * i * 7 + i // 3) % 251 for i in range(15_000))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (make_zip([(f"{i}.txt", b"x") for i in range(4)]), "zip 内有 4 个文件"),
        (make_zip([("bomb.txt", b"0" * 19_000)]), "超过压缩时的 20 倍"),
        (make_zip([("big.txt", NOISE * 2)]), "超过 0.0 MB 的上限"),
        (make_zip([("a.txt", NOISE), ("b.txt", NOISE)]), "解压后超过"),
        (_nested(3), "嵌套超过 2 层"),
    ],
    ids=["members", "ratio", "member size", "total", "depth"],
)
def test_limits_stop_what_unpacks_to_too_much(tmp_path: Path, data: bytes, words: str) -> None:
    assert len(data) <= SMALL.document_bytes
    (tmp_path / "a.zip").write_bytes(data)
    problems = [item for item in found(tmp_path, limits=SMALL) if isinstance(item, SourceProblem)]
    assert [words in problem.message for problem in problems] == [True]


SOUND = (
    make_zip([("a.txt", b"x" * 300), ("b/年.txt", b"y" * 50)]),
    make_zip([("a.txt", b"x" * 300)], compression=zipfile.ZIP_LZMA),
    make_zip([("a.txt", b"x" * 300)], compression=zipfile.ZIP_BZIP2),
    make_zip([("n.zip", make_zip([("q", b"1")]))]),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.sampled_from(SOUND),
    damage=st.lists(st.tuples(st.integers(4, 10_000), st.sampled_from([0, 1, 0x80, 0xFF])), max_size=6),
    cut=st.integers(0, 40),
)
# a central directory whose entry has no name
@example(data=SOUND[2], damage=[(-1, 0)], cut=0)
def test_damaged_zip_is_never_an_exception(
    tmp_path: Path, data: bytes, damage: list[tuple[int, int]], cut: int
) -> None:
    broken = bytearray(data)
    for at, value in damage:
        if at < 0:
            broken = broken.replace(b"a.txt", b"\0.txt")
        else:
            broken[4 + at % (len(broken) - 4)] = value
    (tmp_path / "a.zip").write_bytes(broken[: len(broken) - cut])
    for item in found(tmp_path, limits=Limits(document_bytes=100_000, unpacked_bytes=200_000)):
        assert item.path.endswith("a.zip")
