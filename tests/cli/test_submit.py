"""`tito submit`: one file to upload, and a receipt that collect and grade know again."""

import json
import shutil
import zipfile

import pytest

WORK = "modules/01_double/double_dev.py"
STUB = "# YOUR CODE HERE\n    raise NotImplementedError()"


@pytest.fixture(scope="module")
def released(new_course, tmp_path_factory):
    course = new_course(tmp_path_factory.mktemp("handed"))
    assert course.tito("lock").code == 0
    assert course.tito("rubric", "init", "01").code == 0
    assert course.tito("release", "--out", "ws").code == 0
    return course


@pytest.fixture
def course(released, tmp_path):
    return released.copy(tmp_path / "course")


def solve(course, answer="return 2 * x"):
    course.write(f"ws/{WORK}", course.read(f"ws/{WORK}").replace(STUB, answer))


def packed(course):
    (path,) = (course.root / "ws/submissions").glob("*.zip")
    return path


def test_one_file_is_packed_with_a_receipt_of_it(course):
    solve(course)
    done = course.tito("submit", "01", cwd="ws")
    assert done.code == 0
    assert "public points: 3.5 of 3.5" in done.out
    assert f"upload this file: submissions/{packed(course).name}" in done.out
    with zipfile.ZipFile(packed(course)) as archive:
        assert archive.namelist() == ["01_double/double_dev.py", "01_double/receipt.json"]
        assert archive.read("01_double/double_dev.py").decode() == course.read(f"ws/{WORK}")


@pytest.mark.parametrize("unpacked", [False, True])
def test_collect_and_grade_know_it_again(course, unpacked):
    solve(course)
    course.tito("submit", cwd="ws")
    (course.root / "in/ann").mkdir(parents=True)
    if unpacked:
        shutil.unpack_archive(packed(course), course.root / "in/ann")
    else:
        shutil.copy(packed(course), course.root / "in/ann")
    assert "this very file, 3.5 of 3.5 public points then" in course.tito("collect", "01", "in").out
    told = json.loads(course.tito("grade", "01", "submitted", "--json", "-", "-q").out)["data"]["grades"][0]
    assert [note for note in told["notes"] if note.startswith("receipt of ") and "this very file" in note]
    assert "receipt" not in course.tito("grade", "01", "submitted", "-q").out


def test_a_file_that_was_changed_afterwards_is_not_the_receipts(course):
    solve(course)
    course.tito("submit", cwd="ws")
    shutil.unpack_archive(packed(course), course.root / "submitted/ann")
    path = "submitted/ann/01_double/double_dev.py"
    course.write(path, course.read(path).replace("2 * x", "x + x"))
    done = course.tito("grade", "01", "submitted", "-q")
    assert "is for another file" in done.out
    assert " 5 " in done.out


def test_a_forged_receipt_says_nothing(course):
    solve(course)
    for student, text in (
        ("ann", "[" * 3_000),
        ("bob", '{"receipt": 1}'),
        ("cy", "x" * 9_000),
        ("di", '{"receipt": 2}'),
    ):
        course.write(f"submitted/{student}/01_double/double_dev.py", course.read(f"ws/{WORK}"))
        course.write(f"submitted/{student}/01_double/receipt.json", text)
    told = json.loads(course.tito("grade", "01", "submitted", "--json", "-", "-q").out)["data"]["grades"]
    assert [each["final"] for each in told] == [5] * 4
    assert not [note for each in told for note in each["notes"]]


def test_what_is_not_python_is_packed_only_when_that_is_asked_for(course):
    solve(course, "return 2 *")
    done = course.tito("submit", cwd="ws")
    assert done.code == 1
    assert "nothing was packed" in done.err
    assert not (course.root / "ws/submissions").exists()
    assert course.tito("submit", "--anyway", cwd="ws").code == 0


def test_another_lessons_file_is_refused(course):
    course.write(f"ws/{WORK}", "# %%\nx = 1\n")
    done = course.tito("submit", "01", cwd="ws")
    assert done.code == 2
    assert f"{WORK}: this file holds no cell of 01_double" in done.err


def test_what_the_student_made_beside_it_comes_along_and_what_was_released_does_not(course):
    course.write("ws/modules/01_double/mine.py", "TWO = 2\n")
    solve(course, "from mine import TWO\n    return TWO * x")
    assert course.tito("submit", cwd="ws").code == 0
    with zipfile.ZipFile(packed(course)) as archive:
        assert sorted(archive.namelist()) == [
            "01_double/double_dev.py", "01_double/mine.py", "01_double/receipt.json",
        ]  # fmt: skip
    shutil.unpack_archive(packed(course), course.root / "submitted/ann")
    assert " 5 " in course.tito("grade", "01", "submitted", "-q").out
