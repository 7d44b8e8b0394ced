"""Archives of every kind: what is read of them, and what is told of members that are not."""

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tito.collection import archive as archives
from tito.collection.archive import CLASS, STUDENT, open_archive
from tito.collection.members import MAX_BESIDE, Limits, Sips, check_size
from tito.collection.tree import MAX_BYTES, MAX_ENTRIES, Kind, megabytes
from tito.errors import UnreadableError

DOCS = Path(__file__).parents[3] / "docs/intake.md"


def tar(*entries):
    """Return a tar of (name, content) and of whole TarInfos."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as made:
        for entry in entries:
            if isinstance(entry, tarfile.TarInfo):
                made.addfile(entry)
                continue
            info = tarfile.TarInfo(entry[0])
            info.size, info.mtime = len(entry[1]), 86_400
            made.addfile(info, io.BytesIO(entry[1]))
    return whole.getvalue()


def special(name, kind, **fields):
    entry = tarfile.TarInfo(name)
    entry.type = kind
    for field, value in fields.items():
        setattr(entry, field, value)
    return entry


def opened(content, path="a.tar", limits=STUDENT):
    return open_archive(io.BytesIO(content), path, limits)


def told(root, at=""):
    """Return what is in a tree: the content of files, the fault of all else."""
    found = {}
    for node in root.children():
        name = f"{at}{node.name}"
        found[name] = node.fault or (told(node, f"{name}/") if node.kind is Kind.FOLDER else node.held)
    return found


PACKED = {
    "plain": lambda content: content,
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "two xz streams with padding between": lambda content: lzma.compress(content[:700]) + bytes(8) + lzma.compress(content[700:]),
    "xz that is larger than is read at once": lambda content: lzma.compress(content + bytes(200_000), preset=0),
}  # fmt: skip


@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)
def test_a_tar_is_read_however_it_is_packed(pack):
    root, strays = opened(pack(tar(("m.py", b"x = 1\n" * 20_000), ("b/c.py", b"2"))))
    assert told(root) == {"m.py": b"x = 1\n" * 20_000, "b": {"b/c.py": b"2"}}
    assert strays == ()
    assert root.children()[1].modified == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED)
def test_a_tar_that_is_cut_off_is_refused(pack):
    content = pack(tar(("m.py", bytes(range(256)) * 64)))
    with pytest.raises(
        UnreadableError, match=r"a\.tar: this (?:archive is cut off|is not an archive that can be read)"
    ):
        opened(content[: len(content) // 3])


@pytest.mark.parametrize(
    "content", [b"", b"x", b"PK\3\4no zip", b"\x1f\x8bno", b"BZhno", b"\xfd7zXZ\0no", bytes(300)]
)
def test_what_is_no_archive_is_refused_in_a_sentence(content):
    with pytest.raises(UnreadableError, match=r"a\.zip: this (?:is not|archive is)"):
        opened(content, "a.zip")


def test_what_is_neither_file_nor_folder_is_told_and_never_followed():
    root, _ = opened(
        tar(
            special("soft.py", tarfile.SYMTYPE, linkname="/etc/passwd"),
            special("hard.py", tarfile.LNKTYPE, linkname="m.py"),
            special("pipe.py", tarfile.FIFOTYPE),
            special("folder", tarfile.DIRTYPE),
            special("sparse.py", tarfile.GNUTYPE_SPARSE),
        )
    )
    assert told(root) == {
        "folder": {},
        "hard.py": "a link, which is not followed",
        "pipe.py": "this is not a regular file",
        "soft.py": "a link, which is not followed",
        "sparse.py": "this is not a regular file",
    }


def test_a_file_that_is_too_large_is_its_own_fault():
    root, _ = opened(tar(("m.py", bytes((1 << 20) + 1)), ("full.py", bytes(1 << 20)), ("n.ipynb", bytes(8 << 20))))
    faults = {node.name: node.fault for node in root.children()}
    assert faults == {"full.py": "", "m.py": "larger than 1 MiB", "n.ipynb": ""}


def test_what_lies_beside_the_work_is_kept_as_long_as_there_is_room():
    limits = Limits(packed=1 << 20, unpacked=4 << 20, members=10, beside=1 << 20)
    root, _ = opened(
        tar(("a.csv", bytes(1 << 19)), ("b.csv", bytes(1 << 19)), ("c.csv", b"1"), ("m.py", b"2")), limits=limits
    )
    faults = {node.name: node.fault for node in root.children()}
    more = "what lies beside the work in this archive is larger than 1 MiB"
    assert faults == {"a.csv": "", "b.csv": "", "c.csv": more, "m.py": ""}
    (node,) = opened(tar(("a.csv", bytes(MAX_BESIDE + 1))))[0].children()
    assert node.fault == "larger than 16 MiB"


def test_a_tar_unpacks_to_no_more_than_is_allowed():
    limits = Limits(packed=1 << 20, unpacked=1 << 20, members=10, beside=1 << 21)
    with pytest.raises(UnreadableError, match="this archive unpacks to more than 1 MiB"):
        opened(tar(("a.csv", bytes(1 << 20))), limits=limits)


def test_names_that_are_one_file_elsewhere_are_faults_of_each():
    root, _ = opened(
        tar(
            ("a.py", b"1"),
            ("A.py", b"2"),
            ("b.py", b"3"),
            ("b.py", b"4"),
            ("c", b"5"),
            ("c/d.py", b"6"),
            ("./e.py", b"7"),
        )
    )
    found = told(root)
    assert found["a.py"] == found["A.py"] == "names that differ only in case or form: a.py, A.py"
    assert found["b.py"] == "this name is there more than once in the archive"
    assert found["c"] == "there is a file and a folder of this name in the archive"
    assert found["e.py"] == b"7"


def test_what_systems_leave_behind_is_passed_over():
    assert told(opened(tar((".DS_Store", b""), ("__MACOSX/m.py", b""), ("m.py", b"1")))[0]) == {"m.py": b"1"}


UNSAFE = {
    "a\\b.py": "a backslash in its path",
    "/a.py": "an absolute path",
    "C:a.py": "an absolute path",
    "../a.py": "`..` in its path",
    "/".join("abcdefghijklmnopq"): "deeper than 16 folders",
}


@pytest.mark.parametrize("name", UNSAFE)
def test_an_unsafe_path_is_named_and_not_taken(name):
    root, strays = opened(tar((name, b"1"), ("m.py", b"2"), ("/".join("abcdefghijklmnop"), b"3")))
    assert strays == (f"unsafe member {name}: {UNSAFE[name]}",)
    assert sorted(told(root)) == ["a", "m.py"]


@pytest.mark.parametrize("name", ["a.7z", "a.rar", "a.py.gz", "a.tar.zst"])
def test_archives_of_other_kinds_are_refused_by_name(name):
    with pytest.raises(UnreadableError, match=r"this kind of archive is not read\. Hand in a zip\."):
        opened(tar(("m.py", b"1")), name)
    assert archives.suffix(name)


def zipped(*entries):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        for entry, content, *more in entries:
            made.writestr(entry, content, *more)
    return bytearray(whole.getvalue())


def test_a_zips_members_are_read_by_their_kind_and_name():
    link = zipfile.ZipInfo("link.py")
    link.external_attr = 0o120777 << 16
    pipe = zipfile.ZipInfo("pipe.py")
    pipe.external_attr = 0o010644 << 16
    root, _ = opened(bytes(zipped(("m.py", "1"), ("f/", ""), (link, "m.py"), (pipe, ""), ("ü.py", "2"))), "a.zip")
    assert told(root) == {
        "f": {}, "link.py": "a link, which is not followed", "m.py": b"1", "pipe.py": "this is not a regular file", "ü.py": b"2",
    }  # fmt: skip


def test_names_that_macos_packed_are_utf_8_though_nothing_says_so():
    content = zipped(("ü.py", "2"))
    for start in (content.find(b"PK\3\4") + 6, content.find(b"PK\1\2") + 8):
        content[start + 1] &= ~0x08
    assert told(opened(bytes(content), "a.zip")[0]) == {"ü.py": b"2"}


def test_a_zips_member_that_cannot_be_unpacked_is_its_own_fault():
    packed = zipped(
        ("lzma.py", "1", zipfile.ZIP_LZMA), ("ok.py", "1"), ("large.py", bytes((1 << 20) + 1), zipfile.ZIP_DEFLATED)
    )
    root, _ = opened(bytes(packed), "a.zip")
    found = told(root)
    assert found["lzma.py"] == "it is packed by a method that is not read: pack it as a plain zip"
    assert found["large.py"] == "larger than 1 MiB"
    assert found["ok.py"] == b"1"
    locked = zipped(("m.py", "1"))
    locked[locked.find(b"PK\1\2") + 8] |= 1
    assert told(opened(bytes(locked), "a.zip")[0]) == {"m.py": "it is encrypted"}
    torn = zipped(("m.py", "123456"))
    torn[torn.find(b"123456")] = ord("9")
    assert told(opened(bytes(torn), "a.zip")[0])["m.py"].startswith("it cannot be unpacked (Bad CRC-32")


def test_whoever_asks_for_more_than_a_sip_has_believed_a_lie():
    file = Sips(io.BytesIO(b"12345678"), 4)
    assert (file.read(4), file.read(0), file.tell()) == (b"1234", b"", 4)
    with pytest.raises(ValueError, match="claims"):
        file.read(5)
    file.seek(5)
    assert file.read() == b"678"
    file.seek(4)
    with pytest.raises(ValueError, match="larger than it can be"):
        file.read(None)


def test_an_entry_is_read_up_to_a_limit():
    (node,) = opened(tar(("m.py", b"1234")))[0].children()
    assert node.content(4) == b"1234"
    with pytest.raises(UnreadableError, match="larger than 0 MiB"):
        node.content(3)


def test_the_docs_name_the_limits():
    rows = dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", DOCS.read_text("utf-8"), re.MULTILINE))
    for name, limits in (("a class's", CLASS), ("a student's", STUDENT)):
        unpacked = megabytes(limits.unpacked).replace("1024 MiB", "1 GiB")
        assert (
            rows[f"{name} archive: size, unpacked, entries"]
            == f"{megabytes(limits.packed)}, {unpacked}, {limits.members:,}"
        )
    beside = ", ".join(megabytes(each) for each in (STUDENT.beside, CLASS.beside, MAX_BESIDE))
    assert rows["what lies beside the work in a student's archive, in a class's, one file of it"].startswith(
        f"{beside};"
    )
    assert rows["a script, a notebook"] == ", ".join(megabytes(each) for each in MAX_BYTES.values())
    assert rows["a folder on disk"] == f"{MAX_ENTRIES:,} entries"
    check_size(32 << 20, 0, "a")
    with pytest.raises(UnreadableError, match="more than 500 times its size"):
        check_size((32 << 20) + 1, 0, "a")


def test_of_many_names_that_are_one_elsewhere_three_are_named():
    root, _ = opened(tar(*((name, b"1") for name in ("ab.py", "aB.py", "Ab.py", "AB.py"))))
    assert set(told(root).values()) == {"names that differ only in case or form: ab.py, aB.py, Ab.py"}
