"""A lesson's folder: its data, helpers and hidden files from the source to the grade, and a newer release of them."""

import json
import shutil
import zipfile

import pytest

LESSON = '''\
# %% nbgrader={"locked": true, "grade_id": "setup"}
import csv
from helper import number
from parts.more import twice

ROWS = [number(row) for row in csv.DictReader(open("data/d.csv"))]

# %% nbgrader={"solution": true, "grade_id": "total"}
def total(path):
    """TODO: return the sum of a column."""
    ### BEGIN SOLUTION
    with open(path) as file:
        return sum(number(row) for row in csv.DictReader(file))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "t-total", "points": 2}
def test_total():
    """Sums the column."""
    assert total("data/d.csv") == sum(number(row) for row in csv.DictReader(open("data/d.csv")))
    assert twice(ROWS[0]) == 2

# %% nbgrader={"grade": true, "grade_id": "t-hidden", "points": 2}
def test_hidden():
    """Sums the column of another file."""
    assert total("data/d.csv") == 6
    ### BEGIN HIDDEN TESTS
    from hidden.check import WANTED
    assert total("data/d.csv") == WANTED == int(open("hidden/wanted.txt").read())
    ### END HIDDEN TESTS
'''
STUB = "    # YOUR CODE HERE\n    raise NotImplementedError()"
RIGHT = "    return sum(number(row) for row in csv.DictReader(open(path)))"
WORK = "modules/01_data/data_dev.py"
CSV = "modules/01_data/data/d.csv"


@pytest.fixture(scope="module")
def made(tmp_path_factory, new_course):
    course = new_course(tmp_path_factory.mktemp("folder"))
    shutil.rmtree(course.root / "modules")
    course.write("tito.toml", 'name = "mini"\ntest_seconds = 1\nload_seconds = 1\n')
    course.write(WORK, LESSON)
    course.write(CSV, "n\n1\n2\n3\n")
    course.write("modules/01_data/helper.py", "def number(row):\n    return int(row['n'])\n")
    course.write("modules/01_data/parts/__init__.py", "")
    course.write("modules/01_data/parts/more.py", "def twice(x):\n    return 2 * x\n")
    course.write("modules/01_data/hidden/check.py", "WANTED = 6\n")
    course.write("modules/01_data/hidden/wanted.txt", "6")
    assert course.tito("lock").code == 0
    assert course.tito("rubric", "init", "01").code == 0
    assert course.tito("release").code == 0
    return course


@pytest.fixture
def course(made, tmp_path):
    return made.copy(tmp_path / "course")


def hand_in(course, name, code):
    text = course.read(f"release/{WORK}").replace(STUB, code)
    course.write(f"submitted/{name}/01_data/data_dev.py", text)


def earned(course, *options, cwd="."):
    """Grade the class, and return the points of each student."""
    out = course.root / "grades.json"
    done = course.tito("grade", "01", course.root / "submitted", "--no-gradebook", "--json", out, *options, cwd=cwd)
    assert done.code <= 1, done.err
    return {each["student"]: each["earned"] for each in json.loads(out.read_text())["data"]["grades"]}


def test_what_students_get_is_all_but_what_is_hidden(made):
    names = {path.relative_to(made.root / "release").as_posix() for path in (made.root / "release").rglob("*")}
    assert {CSV, "modules/01_data/helper.py", "modules/01_data/parts/__init__.py"} <= names
    assert not any("hidden" in name for name in names)


def test_tests_read_the_references_files_whatever_a_submission_does_to_them(course):
    fake = 'open("data/d.csv", "w").write("n\\n7\\n")'
    hand_in(course, "right", RIGHT)
    hand_in(course, "writes", f"    {fake}\n    return 7")
    hand_in(course, "replaces", f'    import os\n    os.remove("data/d.csv")\n    {fake}\n    return 7')
    hand_in(
        course,
        "moves",
        f'    import os\n    os.rename("data", "old")\n    os.mkdir("data")\n    {fake}\n    return 7',
    )
    hand_in(course, "peeks", '    return int(open("hidden/wanted.txt").read())')
    hand_in(course, "own", f'    open("data/mine.csv", "w").write("x")\n{RIGHT}')
    nothing = dict.fromkeys(("writes", "replaces", "moves", "peeks"), 0)
    assert earned(course, "--sandbox", "standard") == {"right": 4, "own": 4, **nothing}


def test_a_removed_file_is_told_by_name(course):
    hand_in(
        course,
        "ann",
        f'    import os\n    kept = open(path).read()\n    os.remove("data/d.csv")\n    open("data/d.csv", "w").write(kept)\n{RIGHT}',
    )
    done = course.tito("grade", "01", "submitted", "--no-gradebook", "--student", "ann", "--sandbox", "standard")
    assert "the submission removed data/d.csv, which is given and stays as it is" in " ".join(done.out.split())


def test_a_package_holds_the_files_and_grades_by_them(course, tmp_path):
    hand_in(course, "right", RIGHT)
    course.tito("package", "gradescope", "01", "-o", "a.zip", "--sandbox", "limits")
    with zipfile.ZipFile(course.root / "a.zip") as archive:
        assert archive.read("requirements.txt") == b"numpy\n"
        archive.extractall(course.root / "a")
    assert (course.root / "a/course/modules/01_data/hidden/wanted.txt").read_text() == "6"
    assert not (course.root / "a/course" / WORK).exists()
    assert earned(course, cwd="a/course") == {"right": 4}


def test_a_change_of_data_changes_the_result(course):
    hand_in(course, "right", "    return 6")
    assert earned(course) == {"right": 4}
    course.write(CSV, "n\n1\n2\n4\n")
    assert earned(course) == {"right": 2}


def test_a_newer_release_comes_into_a_workspace_and_work_stays(course):
    mine = course.read(f"release/{WORK}").replace(STUB, RIGHT)
    newer = course.copy(course.root / "newer")
    newer.write(WORK, LESSON.replace("return the sum of", "return the whole sum of"))
    newer.write(CSV, "n\n2\n2\n2\n")
    newer.write("modules/01_data/helper.py", "def number(row):\n    return int(row['n'])\n")
    newer.write(WORK, newer.read(WORK).replace("twice(ROWS[0]) == 2", "twice(ROWS[0]) == 4"))
    assert newer.tito("lock").code == 0
    assert newer.tito("release").code == 0
    course.write(f"release/{WORK}", mine)
    course.write(f"release/{CSV}", "n\n0\n")
    told = course.tito("check", "01", cwd="release")
    assert "note: modules/01_data/data/d.csv is not as it was released" in told.out
    done = course.tito("module", "update", newer.root / "release", cwd="release")
    assert done.code == 0
    assert "1 kept" in done.out
    assert RIGHT in course.read(f"release/{WORK}")
    assert "twice(ROWS[0]) == 4" in course.read(f"release/{WORK}")
    assert course.read(f"release/{CSV}") == "n\n2\n2\n2\n"
    assert course.read(f"release/.tito/kept/1/{CSV}") == "n\n0\n"
    assert course.read(f"release/.tito/kept/1/{WORK}") == mine
    assert course.tito("check", "01", cwd="release").code == 0


def test_only_a_release_updates_a_workspace(course):
    done = course.tito("module", "update", "..", cwd="release")
    assert done.code == 2
    assert "this folder is no release: it has no .tito/release.json" in done.err


def test_the_solved_edition_is_written_beside_the_release(made, tmp_path):
    assert made.tito("release", "--solutions", "--out", tmp_path / "solved").code == 0
    text = (tmp_path / "solved" / WORK).read_text()
    assert "return sum(number(row)" in text
    assert "BEGIN SOLUTION" not in text
    assert "hidden/wanted.txt" not in text
    assert (tmp_path / "solved" / CSV).is_file()


def test_what_a_student_brings_goes_to_the_subject_alone_and_is_listed(course):
    hand_in(course, "ann", "    import own\n    return own.total(path)")
    course.write(
        "submitted/ann/01_data/own.py",
        "import csv\n\ndef total(path):\n    return sum(int(r['n']) for r in csv.DictReader(open(path)))\n",
    )
    course.write("submitted/ann/01_data/data/more.csv", "1\n")
    hand_in(course, "eve", "    return 6")
    course.write("submitted/eve/01_data/helper.py", "def number(row):\n    return 99\n")
    course.write("submitted/eve/01_data/numpy.py", "")
    course.write("submitted/eve/01_data/data/d.csv", "n\n7\n")
    assert earned(course) == {"ann": 4, "eve": 4}
    told = {each["student"]: each["notes"] for each in json.loads(course.read("grades.json"))["data"]["grades"]}
    assert "handed in besides: data/more.csv, own.py" in told["ann"]
    assert "helper.py was ignored: it would take the place of a given file" in told["eve"]
    assert "data/d.csv was ignored: it would take the place of a given file" in told["eve"]
    assert "numpy.py was ignored: it would hide the module numpy" in told["eve"]
    course.write("submitted/ann/01_data/own.py", "def total(path):\n    return 0\n")
    assert earned(course)["ann"] == 0


TWO = """\
# %%
from helper import TWO

# %% nbgrader={{"solution": true, "grade_id": "{0}"}}
def {0}(x):
    ### BEGIN SOLUTION
    return TWO * x
    ### END SOLUTION

# %% nbgrader={{"grade": true, "grade_id": "t-{0}", "points": 2}}
def test_{0}():
    assert {0}(2) == 4
"""


def test_two_sources_of_a_folder_are_locked_released_checked_and_graded(tmp_path, new_course):
    course = new_course(tmp_path)
    shutil.rmtree(course.root / "modules")
    course.write("tito.toml", 'name = "mini"\ntest_seconds = 1\nload_seconds = 1\n')
    course.write("modules/ps1/helper.py", "TWO = 2\n")
    for name in ("a", "b"):
        course.write(f"modules/ps1/{name}.py", TWO.format(name))
    assert course.tito("lock").code == 0
    for name in ("ps1_a", "ps1_b"):
        assert course.tito("rubric", "init", name).code == 0
    assert course.tito("release", "--format", "ipynb").code == 0
    shown = course.tito("check", "modules/ps1/b.ipynb", cwd="release").out
    assert "0 of 2 points" in shown
    assert "could be the submission" not in shown
    shutil.copytree(course.root / "release/modules/ps1", course.root / "in/ann/ps1")
    (course.root / "in/ann/ps1/b.ipynb").unlink()
    shutil.copytree(course.root / "modules/ps1", course.root / "in/bob/ps1")
    for name, earned in (("ps1_a", [0, 2]), ("ps1_b", [0, 2])):
        course.tito("grade", name, "in", "--no-gradebook", "--json", "out.json")
        grades = json.loads(course.read("out.json"))["data"]["grades"]
        assert [each["earned"] for each in grades] == earned
        refusal = "no .py or .ipynb file" if name == "ps1_b" else ""
        assert grades[0]["refusal"].endswith(refusal)
    (course.root / "release/modules/ps1/a.ipynb").unlink()
    assert "brought modules/ps1/a.ipynb" in course.tito("module", "start", "ps1_a", cwd="release").err


def test_a_visible_line_that_needs_what_is_hidden_is_warned_of(tmp_path):
    from tito.source import parse
    from tito.workflows.course.opening import open_course
    from tito.workflows.course.release import _needing_hidden

    for name, text in {"tito.toml": "", "modules/m/m.py": "", "modules/m/hidden/w.txt": "6"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    course = open_course(tmp_path)
    head = '# %% nbgrader={"grade": true, "grade_id": "t", "points": 1}\n'
    seen = f"{head}assert f() == int(open('hidden/w.txt').read())\n"
    unseen = f"{head}### BEGIN HIDDEN TESTS\nfrom hidden import w\n### END HIDDEN TESTS\nassert f() == 'hidden'\n"
    found = [_needing_hidden(course, course.modules[0], parse(text, "m.py")) for text in (seen, unseen)]
    assert [len(each) for each in found] == [1, 0]
    assert found[0][0].startswith("m.py:2: test t needs the folder hidden")
