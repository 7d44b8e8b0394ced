"""Whatever is handed in becomes a submission or a refusal: never a traceback, never another student's loss."""

import copy
import io
import json
import tarfile
import tempfile
import tracemalloc
import warnings
import zipfile
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tito.collection.folders import find, read
from tito.collection.ids import student_id
from tito.collection.layout import Layout
from tito.errors import UnreadableError
from tito.model.document import Format, Role
from tito.model.escapes import escaped
from tito.model.grader import Grader, LockedCell
from tito.model.submission import Submission
from tito.source import parse, write
from tito.source.magics import without_magics
from tito.workflows.grading.intake import parsed

ROOT = Path(__file__).parents[2]
SCRIPT = (ROOT / "samples/submitted/ada/02_activations/activations_dev.py").read_bytes()
NOTEBOOK = write(parse(SCRIPT, "a.py", lenient=True), Format.NOTEBOOK).encode()
CELLS = (
    LockedCell("setup", Role.READ_ONLY, "0" * 64, None, "LIMIT = 1"),
    LockedCell("t", Role.TEST, "1" * 64, Decimal(2)),
)
GRADER = Grader("02_m", "core.m", (), (), CELLS, ("sigmoid",))
GOOD = "# %%\na = 1\n"
OFTEN = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])


def submission(found, grader):
    """Return what was found as a judge reads it, or the refusal that its row has."""
    try:
        return parsed(found.student, found.path, read(found), grader)
    except UnreadableError as fault:
        return Submission(found.student, grader.module, found.path, None, refusal=found.refusal or str(fault))


def handed_in(name, content):
    """Return the submissions of a class's folder that holds a file, and one of a good student's."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        (Path(folder) / "zoe.py").write_text(GOOD)
        tracemalloc.start()
        works = [submission(each, GRADER) for each in find([Path(folder)], Layout("02_m", "m_dev"))]
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 200 << 20
    return works


def sound(works):
    """Hold every row to what graders, databases and reports need of it."""
    assert works[-1].student == "zoe"
    assert not works[-1].refusal
    for each in works:
        assert bool(each.refusal) != (each.document is not None)
        for text in (each.student, each.path, *(code.label for code in each.code)):
            assert escaped(text) == text
        assert len(each.notes) < 40
        json.dumps([each.notes, each.refusal])
        for code in each.code:
            code.source.encode()


@st.composite
def changed(draw, content):
    """Return bytes with some of them taken out, put in, repeated or replaced."""
    made = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(made)))
        to = min(len(made), at + draw(st.sampled_from([0, 1, 2, 20, 500])))
        put = draw(
            st.binary(max_size=8)
            | st.sampled_from([b"\0", b'"""', b"}", b"[", b"# %% ", b"\xff\xfe", bytes(made[at:to]) * 3])
        )
        made[at:to] = put
    return bytes(made)


VALUE = st.sampled_from([None, True, 0, -1, 1e400, "", "x", [], {}, [1], {"a": 1}, ["a", 1], "\ud800", "\0", 10**30])


@st.composite
def notebooks(draw):
    """Return a real notebook with values of wrong types in some places, or without them."""
    content = json.loads(NOTEBOOK)
    for _ in range(draw(st.integers(1, 3))):
        place = content
        while isinstance(place, dict | list) and place:
            keys = list(place) if isinstance(place, dict) else range(len(place))
            key = draw(st.sampled_from(keys))
            if draw(st.integers(0, 2)) == 0 or not isinstance(place[key], dict | list) or not place[key]:
                if draw(st.booleans()):
                    place[key] = copy.deepcopy(draw(VALUE))
                else:
                    del place[key]
                break
            place = place[key]
    return json.dumps(content).encode()


PARTS = st.sampled_from(
    [
        "..",
        ".",
        "",
        "ann",
        "Ann",
        "02_m",
        "m_dev.py",
        "a.ipynb",
        "C:",
        "\\",
        "x\x1b",
        "é",
        "__MACOSX",
        ".git",
        "\udcff",
    ]
)
NAMES = st.lists(PARTS, min_size=1, max_size=5).map("/".join) | st.text(max_size=8)
MEMBERS = st.lists(st.tuples(NAMES, st.binary(max_size=20), st.sampled_from(list("05123467gx"))), max_size=6)


def tarred(members, packed):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=f"w:{packed}", errors="surrogateescape") as archive:
        for name, content, kind in members:
            entry = tarfile.TarInfo(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")[:90])
            entry.type, entry.size, entry.linkname = kind.encode(), len(content), "x"
            archive.addfile(entry, io.BytesIO(content))
    return file.getvalue()


def zipped(members):
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content, kind in members:
            entry = zipfile.ZipInfo(name.encode("utf-8", "replace").decode() or "x")
            entry.external_attr = (0o120777 << 16) if kind == "2" else 0
            archive.writestr(entry, content)
    return file.getvalue()


ARCHIVES = st.one_of(
    st.tuples(st.just(".zip"), MEMBERS.map(zipped)),
    *[
        st.tuples(
            st.just(f".tar.{packed}".rstrip(".")), MEMBERS.map(lambda members, packed=packed: tarred(members, packed))
        )
        for packed in ("", "gz", "bz2", "xz")
    ],
)


@OFTEN
@given(ARCHIVES, st.data())
def test_an_archive_of_any_members_is_read_or_refused(archive, data):
    ending, content = archive
    sound(handed_in(f"a{ending}", content))
    sound(handed_in(f"a{ending}", data.draw(changed(content))))


@OFTEN
@given(ARCHIVES)
def test_a_class_archive_of_any_members_is_rows(archive):
    ending, content = archive
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"class{ending}")
        path.write_bytes(content)
        Path(folder, "zoe.py").write_text(GOOD)
        works = [submission(each, GRADER) for each in find([path, path.with_name("zoe.py")], Layout("02_m", "m_dev"))]
        assert {each.name for each in Path(folder).iterdir()} == {path.name, "zoe.py"}
    sound(sorted(works, key=lambda each: each.student == "zoe"))


@OFTEN
@given(st.sampled_from(["a.py", "a.ipynb", "a.zip", "a.tar", "a.tgz", "a.PY"]), st.binary(max_size=200))
def test_random_bytes_are_read_or_refused(name, content):
    sound(handed_in(name, content))


@OFTEN
@given(changed(SCRIPT))
def test_a_changed_script_is_read_or_refused(content):
    sound(handed_in("a.py", content))


@OFTEN
@given(notebooks() | changed(NOTEBOOK))
def test_a_changed_notebook_is_read_or_refused(content):
    sound(handed_in("a.ipynb", content))


@OFTEN
@given(st.text() | st.binary(max_size=8).map(lambda raw: raw.decode("utf-8", "surrogateescape")))
def test_an_id_is_taken_as_it_is_or_refused_and_shown_escaped(name):
    student, fault = student_id(name)
    assert student
    assert escaped(student) == student
    assert "\n" not in student
    assert student_id(student)[0] == student or fault
    if not fault:
        assert "/" not in student
        assert student not in {".", ".."}
        assert len(student) <= 100


LINES = st.sampled_from(["%x", "!ls \\", "  -l", "a = !ls", "b?", "'''", '"""', "(", ")", "a = 1", "# it's", "\\", "%%time", "%%bash", "if a:", "  %y", "s = 'x"])  # fmt: skip


@OFTEN
@given(st.lists(LINES, max_size=8).map("\n".join))
def test_leaving_magics_out_keeps_lines_and_is_done_once(source):
    cleaned, left_out = without_magics(source)
    assert cleaned.count("\n") == source.count("\n")
    assert bool(left_out) == (cleaned != source)
