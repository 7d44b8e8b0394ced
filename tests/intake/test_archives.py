"""Archives: every layout is read, every trick is a row with its reason, and nothing is written to disk."""

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import zipfile
import zlib

import pytest
from archives import tarred, zipped

from tito.collection import archive

GOOD = b"a = 1\n"
HEAD = ("ann/02_m/m_dev.py", GOOD)

FORMATS = {
    "zip": zipped,
    "tar": tarred,
    "tar.gz": lambda *members: tarred(*members, packed="gz"),
    "tgz": lambda *members: tarred(*members, packed="gz"),
    "tar.bz2": lambda *members: tarred(*members, packed="bz2"),
    "tar.xz": lambda *members: tarred(*members, packed="xz"),
}


@pytest.mark.parametrize("ending", FORMATS)
def test_a_class_archive_is_a_row_a_student_in_order(rows, tmp_path, ending):
    members = [("bob/02_m/m_dev.ipynb", b"{}"), HEAD, ("cy/01_x/x_dev.py", GOOD), ("readme.txt", b"x" * 99)]
    path = tmp_path / f"class.{ending}"
    path.write_bytes(FORMATS[ending](*members))
    assert rows(path) == [("ann", GOOD), ("bob", b"{}")]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", FORMATS)
def test_an_archive_per_student_in_a_folder_is_a_row_each(rows, tmp_path, ending):
    (tmp_path / f"ann.{ending}").write_bytes(FORMATS[ending](("02_m/m_dev.py", GOOD)))
    (tmp_path / f"Bob.{ending.upper()}").write_bytes(FORMATS[ending](("work/modules/02_m/other.py", GOOD)))
    (tmp_path / "cy").mkdir()
    (tmp_path / f"cy/hand in.{ending}").write_bytes(FORMATS[ending](("m_dev.py", GOOD)))
    assert rows(tmp_path) == [("ann", GOOD), ("Bob", GOOD), ("cy", GOOD)]


LAYOUTS = {
    "a folder around the class": ("hw", [("submitted/ann/02_m/m_dev.py", GOOD)], [("ann", GOOD)]),
    "files named after students": ("hw", [("ann.py", GOOD), ("bob.ipynb", b"{}")], [("ann", GOOD), ("bob", b"{}")]),
    "one student's module": ("ann", [("02_m/m_dev.py", GOOD)], [("ann", GOOD)]),
    "one student's file": ("ann", [("m_dev.py", GOOD)], [("ann", GOOD)]),
    "a student's folder without the module's": ("hw", [("ann/m_dev.py", GOOD), ("bob/x.py", b"")], [("ann", GOOD), ("bob", b"")]),
    "what systems leave behind": (
        "hw",
        [HEAD, ("__MACOSX/ann/02_m/._m_dev.py", b"x"), ("ann/02_m/.ipynb_checkpoints/m_dev.py", b"x"), (".DS_Store", b"")],
        [("ann", GOOD)],
    ),
    "nothing for this module": ("hw", [("ann/01_x/x.py", GOOD)], [("hw", "no submission for 02_m in this archive")]),
    "nothing": ("hw", [], [("hw", "no submission for 02_m in this archive")]),
    "two files": ("hw", [("ann/02_m/a.py", GOOD), ("ann/02_m/b.py", GOOD)], [("ann", "2 files could be the submission: a.py, b.py")]),
    "a folder in a file's place": ("hw", [("ann/02_m/m_dev.py/", b"")], [("ann", "this is a folder, not a file")]),
}  # fmt: skip


@pytest.mark.parametrize(("name", "members", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_layouts_of_a_named_archive(rows, tmp_path, name, members, expected):
    path = tmp_path / f"{name}.zip"
    path.write_bytes(zipped(*members))
    assert rows(path) == expected


STUDENTS = {
    "a module of another number": ([("01_x/x_dev.py", GOOD)], "no .py or .ipynb file"),
    "a folder of the student's name": ([("Ann/work.py", GOOD)], GOOD),
    "deep in a workspace": ([("ws/course/02_m/m_dev.py", GOOD), ("ws/course/01_x/x.py", b"")], GOOD),
    "two modules of the name": ([("a/02_m/m_dev.py", GOOD), ("b/02_m/m_dev.py", GOOD)], "2 files could be the submission: a/02_m/m_dev.py, b/02_m/m_dev.py"),
    "an archive within": ([("ann.zip", zipped(("m_dev.py", GOOD)))], "an archive within an archive, which is not opened: unpack the outer one"),
    "an archive in its place": ([("02_m/m.tar.gz", b"x")], "an archive within an archive, which is not opened: unpack the outer one"),
}  # fmt: skip


@pytest.mark.parametrize(("members", "expected"), STUDENTS.values(), ids=STUDENTS)
def test_what_a_students_archive_holds(rows, tmp_path, members, expected):
    (tmp_path / "ann.zip").write_bytes(zipped(*members))
    assert rows(tmp_path) == [("ann", expected)]


LINKS = {
    "in the module's place": [("02_m", "/etc", "link"), ("m_dev.py", GOOD)],
    "in the file's place": [("src/m_dev.py", "/etc/passwd", "link"), ("other.py", GOOD)],
    "alone": [("work", "/etc/passwd", "link")],
}


@pytest.mark.parametrize("build", [zipped, tarred])
@pytest.mark.parametrize("case", LINKS)
def test_a_students_archive_whose_work_is_a_link_is_refused(rows, tmp_path, build, case):
    (tmp_path / "ann.zip").write_bytes(build(*LINKS[case]))
    assert rows(tmp_path) == [("ann", "a link, which is not followed")]


UNSAFE = {
    "up": ("../../ann.py", "../../ann.py: `..` in its path"),
    "up, hidden within": ("a/../../ann.py", "a/../../ann.py: `..` in its path"),
    "absolute": ("/etc/ann.py", "/etc/ann.py: an absolute path"),
    "a drive": ("C:/ann.py", "C:/ann.py: an absolute path"),
    "backslash": ("..\\ann.py", "..\\ann.py: a backslash in its path"),
    "deep": ("a/" * 20 + "ann.py", f"{'a/' * 20}ann.py: deeper than 16 folders"),
    "long": ("a" * 2_000 + ".py", f"{'a' * 80}: its name is empty, too long or holds a NUL"),
}


@pytest.mark.parametrize("build", [zipped, tarred])
@pytest.mark.parametrize(("name", "told"), UNSAFE.values(), ids=UNSAFE)
def test_an_unsafe_path_is_a_row_and_the_class_is_graded(rows, tmp_path, build, name, told):
    path = tmp_path / "class.zip"
    path.write_bytes(build(HEAD, (name, GOOD)))
    assert rows(path) == [("ann", GOOD), ("class.zip", f"unsafe member {told}")]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("build", [zipped, tarred])
def test_a_students_archive_with_an_unsafe_path_is_refused_whole(rows, tmp_path, build):
    (tmp_path / "ann.zip").write_bytes(build(("02_m/m_dev.py", GOOD), ("../x", b""), ("/y", b"")))
    assert rows(tmp_path) == [("ann", "unsafe member ../x: `..` in its path, and 1 more")]


KINDS = {
    "link": "a link, which is not followed",
    "hard link": "a link, which is not followed",
    "device": "this is not a regular file",
    "pipe": "this is not a regular file",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("build", [zipped, tarred])
def test_links_and_devices_are_refused_and_the_class_is_graded(rows, tmp_path, build, kind):
    if build is zipped and kind == "hard link":
        pytest.skip("zip has no hard links")
    path = tmp_path / "class.zip"
    path.write_bytes(build(HEAD, ("bob/02_m/m_dev.py", "/etc/passwd", kind), ("cy", "/etc", kind)))
    expected = [("ann", GOOD), ("bob", KINDS[kind])] + ([("cy", KINDS[kind])] if "link" in kind else [])
    assert rows(path) == expected


def test_repeated_and_case_folded_names_refuse_their_student_alone(rows, tmp_path):
    path = tmp_path / "class.tar"
    path.write_bytes(
        tarred(
            HEAD,
            ("bob/02_m/m_dev.py", GOOD),
            ("bob/02_m/m_dev.py", b"b = 2\n"),
            ("cy/02_m/m_dev.py", GOOD),
            ("cy/02_m/M_DEV.py", b"c = 3\n"),
            ("dee/02_m/m_dev.py", GOOD),
            ("Dee/02_m/m_dev.py", GOOD),
            ("eve/02_m", b"a file"),
            ("eve/02_m/m_dev.py", GOOD),
        )
    )
    assert rows(path) == [
        ("ann", GOOD),
        ("bob", "this name is there more than once in the archive"),
        ("cy", "names that differ only in case or form: m_dev.py, M_DEV.py"),
        ("Dee", f"several submissions of one student: {path}/Dee, {path}/dee"),
        ("dee", f"several submissions of one student: {path}/Dee, {path}/dee"),
        ("eve", "there is a file and a folder of this name in the archive"),
    ]


def encrypted(content):
    """Set the flag of encryption in the local header and the directory of a zip with one member."""
    content = bytearray(content)
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def test_an_encrypted_member_is_refused(rows, tmp_path):
    (tmp_path / "ann.zip").write_bytes(encrypted(zipped(("m_dev.py", GOOD))))
    assert rows(tmp_path) == [("ann", "it is encrypted")]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_packed_by_another_method_is_refused(rows, tmp_path, method):
    (tmp_path / "ann.zip").write_bytes(zipped(("m_dev.py", GOOD), method=method))
    assert rows(tmp_path) == [("ann", "it is packed by a method that is not read: pack it as a plain zip")]


def damaged():
    content = bytearray(zipped(("m_dev.py", b"x" * 99), method=zipfile.ZIP_STORED))
    content[50] ^= 255
    return bytes(content)


BROKEN = {
    "empty.zip": (b"", "this is not an archive that can be read (empty file)"),
    "text.zip": (b"a = 1\n", "this is not an archive that can be read (truncated header)"),
    "cut.zip": (zipped(("m_dev.py", GOOD))[:-9], "this is not a zip that can be read (File is not a zip file)"),
    "cut.tar": (tarred(("m_dev.py", GOOD))[:1024], "this archive is cut off or damaged"),
    "cut.tar.gz": (tarred(("m_dev.py", GOOD), packed="gz")[:-20], "this is not an archive that can be read (Compressed file ended before the end-of-stream marker was reached)"),
    "cut.tar.xz": (tarred(("m_dev.py", GOOD), packed="xz")[:-40], "this is not an archive that can be read (it is cut off)"),
    "odd.tar": (tarred(("m_dev.py", GOOD))[:1024] + b"x" * 1024, "this archive is cut off or damaged"),
    "damaged.zip": (damaged(), "it cannot be unpacked (Bad CRC-32 for file 'm_dev.py')"),
    "other.rar": (b"Rar!\x1a\x07", "this kind of archive is not read"),
    "other.7z": (b"7z\xbc\xaf", "this kind of archive is not read"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_archive_is_a_row_with_its_reason(rows, tmp_path, name):
    content, told = BROKEN[name]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zoe.py").write_bytes(GOOD)
    assert rows(tmp_path) == [(archive_stem(name), told), ("zoe", GOOD)]


def archive_stem(name):
    return name[: -len(archive.suffix(name))]


def claims(member, size):
    """Return a tar of one member whose header claims another size."""
    content = bytearray(tarred(member))
    content[124:136] = f"{size:011o}\0".encode() if size >= 0 else b"\xff" * 4 + struct.pack(">q", size)
    content[148:156] = b" " * 8
    content[148:156] = f"{sum(content[:512]):06o}\0 ".encode()
    return bytes(content)


def globals_of(count):
    file = io.BytesIO()
    names = {f"k{number}": "v" for number in range(count)}
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT, pax_headers=names) as made:
        made.addfile(tarfile.TarInfo("m_dev.py"))
    return file.getvalue()


def many_in_directory():
    """Return a zip whose directory is larger than any honest one: of 100,000 entries with long names."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 90, 0, 0, 0, 0, 0, 0) + b"n" * 90
    directory = entry * 100_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), 4, 0)
    return b"PK\x03\x04" + directory + end


def huge_dictionary():
    """Return an xz file whose header asks for a dictionary of 4 GiB."""
    content = bytearray(lzma.compress(b"x" * 100))
    content[16] = 40
    content[20:24] = struct.pack("<L", zlib.crc32(content[12:20]))
    return bytes(content)


ZEROS = bytes(33 << 20)
LOOSE = os.urandom(1 << 18) + bytes((8 << 20) - (1 << 18))
BOMBS = {
    "a zip that grows": (lambda: zipped(("m_dev.py", ZEROS)), "this archive unpacks to more than 500 times its size"),
    "a tar that grows": (lambda: tarred(("x.bin", ZEROS), packed="gz"), "this archive unpacks to more than 500 times its size"),
    "xz that grows": (lambda: tarred(("x.bin", ZEROS), packed="xz"), "this archive unpacks to more than 500 times its size"),
    "bzip2 that grows": (lambda: tarred(("x.bin", ZEROS), packed="bz2"), "this archive unpacks to more than 500 times its size"),
    "gzip without a tar": (lambda: gzip.compress(ZEROS), "this archive unpacks to more than 500 times its size"),
    "a member that is too large": (lambda: zipped(("m_dev.py", bytes(2 << 20)), method=zipfile.ZIP_STORED), "larger than 1 MiB"),
    "a notebook that is too large": (lambda: tarred(("m_dev.ipynb", bytes(9 << 20))), "larger than 8 MiB"),
    "many members": (lambda: zipped(*[(f"{number}.txt", b"") for number in range(2_001)]), "this archive holds more than 2,000 entries"),
    "many members of a tar": (lambda: tarred(*[(f"{number}.txt", b"") for number in range(2_001)]), "this archive holds more than 2,000 entries"),
    "many submissions": (lambda: zipped(*[(f"{number}.ipynb", LOOSE) for number in range(9)]), "the submissions in this archive are larger than 64 MiB"),
    "a huge directory": (many_in_directory, "this is not a zip that can be read (it claims to be larger than it can be)"),
    "a huge claim": (lambda: claims(("x.bin", b""), 8 << 30), "this is not an archive that can be read (unexpected end of data)"),
    "a negative claim": (lambda: claims(("x.bin", b""), -512), "this archive is cut off or damaged"),
    "a claim that goes back": (lambda: claims(("x.bin", b""), -1536), "this is not an archive that can be read (its headers point backwards)"),
    "headers without end": (lambda: globals_of(100), "this archive has headers that no tool writes"),
    "a huge header": (lambda: tarred(("m_dev.py", GOOD), ("n" * (1 << 17), b"")), "this is not an archive that can be read (it claims to be larger than it can be)"),
    "a huge dictionary": (huge_dictionary, "this is not an archive that can be read (Memory usage limit exceeded)"),
    "bzip2 of nothing": (lambda: bz2.compress(b""), "this is not an archive that can be read (empty file)"),
}  # fmt: skip


@pytest.mark.parametrize(("build", "told"), BOMBS.values(), ids=BOMBS)
def test_what_is_made_to_grow_is_refused(rows, tmp_path, build, told):
    (tmp_path / "ann.zip").write_bytes(build())
    assert rows(tmp_path) == [("ann", told)]
