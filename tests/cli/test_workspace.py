"""What `tito release` writes beside the modules: a project that pip installs, a page to begin with, handouts."""

import io
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest

from tito.errors import CourseError
from tito.workflows.course.manifest import Lesson
from tito.workflows.course.opening import open_course
from tito.workflows.course.outgoing import write_out
from tito.workflows.course.workspace import handouts, workspace_files


def settings(course, *lines):
    course.write("tito.toml", "\n".join([*lines, 'name = "mini \\"1\\""', 'package = "mini"', "load_seconds = 1"]))


def written(course, form="py"):
    """Write a workspace around a lesson, as a release does once it is proved."""
    opened, out = open_course(course.root), course.root / "ws"
    lessons = {"01_double": Lesson(f"modules/01_double/double_dev.{form}")}
    write_out(out, workspace_files(opened, handouts(opened), out, lessons), lessons)


def test_a_workspace_is_a_project_of_the_courses_package(course):
    settings(course)
    written(course)
    project = tomllib.loads(course.read("ws/pyproject.toml"))
    assert project["project"]["name"] == "mini-workspace"
    assert project["project"]["dependencies"] == ["numpy"]
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"] == {"packages": ["mini"]}
    assert (course.root / "ws/mini/__init__.py").is_file()
    assert tomllib.loads(course.read("ws/tito.toml"))["name"] == 'mini "1"'


def test_its_wheel_is_tito_itself(course, tmp_path):
    written(course)
    (wheel,) = (course.root / "ws/wheels").iterdir()
    with zipfile.ZipFile(io.BytesIO(wheel.read_bytes())) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        (record,) = (archive.read(name).decode() for name in names if name.endswith("RECORD"))
    assert sorted(line.split(",")[0] for line in record.splitlines()) == sorted(names)
    code = "import sys; sys.path.insert(0, sys.argv[1]); import tito; print(tito.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code, wheel], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(str(wheel))


def test_its_page_names_the_install_line_and_the_first_lesson(course):
    written(course)
    page = course.read("ws/README.md")
    assert "python -m pip install ./wheels/tito_autograder-" in page
    assert "modules/01_double/double_dev.py" in page
    assert "tito check 01" in page
    assert "milestone" not in page
    written(course, "ipynb")
    assert "modules/01_double/double_dev.ipynb" in course.read("ws/README.md")


def test_a_courses_own_install_line_takes_the_place_of_the_wheel(course):
    settings(course, 'install = "pip install tito-autograder -e ."')
    written(course)
    assert "\npip install tito-autograder -e .\n" in course.read("ws/README.md")
    assert not (course.root / "ws/wheels").exists()


def test_the_instructors_secret_stays_with_the_instructor(course):
    settings(course, 'secret = "s3cret"', 'gradebook = "here.db"')
    written(course)
    assert "s3cret" not in course.read("ws/tito.toml")
    assert "gradebook" not in course.read("ws/tito.toml")


def test_handouts_travel_as_they_are(course):
    settings(course, 'handouts = ["mini/__init__.py", "mini/shows", "notes.txt"]')
    course.write("mini/__init__.py", "HELLO = 1\n")
    course.write("mini/shows/__pycache__/x.pyc", "")
    course.write("mini/shows/.hidden", "")
    (course.root / "mini/shows/data.bin").write_bytes(b"\x00\xff")
    course.write("notes.txt", "for you\n")
    written(course)
    assert course.read("ws/mini/__init__.py") == "HELLO = 1\n"
    assert (course.root / "ws/mini/shows/data.bin").read_bytes() == b"\x00\xff"
    assert [path.name for path in (course.root / "ws/mini/shows").iterdir()] == ["data.bin"]
    assert "`notes.txt`" in course.read("ws/README.md")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("mini", "mini/core/double.py: handing this out would give solutions or tests away"),
        ("modules/01_double", "double_dev.py: handing this out would give solutions or tests away"),
        ("graders", "test_double.py: handing this out would give solutions or tests away"),
        ("tito.toml", "tito.toml: handing this out would give solutions or tests away"),
        ("..", "..: this handout is not in the course's folder"),
        ("nothing.txt", "nothing.txt: this handout is not in the course's folder"),
    ],
)
def test_what_gives_away_is_no_handout(course, name, told):
    settings(course, f'handouts = ["{name}"]')
    course.write("mini/core/double.py", "")
    course.write("graders/01_double/test_double.py", "")
    with pytest.raises(CourseError, match=re.escape(told)):
        handouts(open_course(course.root))


def test_a_handout_that_links_to_a_solution_is_refused(course):
    settings(course, 'handouts = ["mini/shows"]')
    course.write("mini/core/double.py", "")
    (course.root / "mini/shows").mkdir()
    (course.root / "mini/shows/double.py").symlink_to("../core/double.py")
    with pytest.raises(CourseError, match="handing this out would give"):
        handouts(open_course(course.root))


def test_a_course_without_a_package_can_be_installed_too(course):
    course.write("tito.toml", 'name = "mini"\nload_seconds = 1\n')
    written(course)
    project = tomllib.loads(course.read("ws/pyproject.toml"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"] == {"bypass-selection": True}


def test_a_course_of_no_modules_releases_nothing(course):
    (course.root / "modules/01_double/double_dev.py").unlink()
    done = course.tito("release", "--out", "ws")
    assert done.code == 2
    assert "this course has no module to release" in done.err
    assert not (course.root / "ws").exists()
