"""`tito milestone` in a student's workspace: what unlocks it, what it measures, what is recorded."""

import json
import re

import pytest

from tito.errors import CourseError
from tito.workflows.course.opening import open_course
from tito.workflows.course.workspace import handouts

PROGRAM = """
import json, pathlib, sys
from mini.core.double import double
print("doubling")
folder = pathlib.Path(sys.argv[1])
(folder / "curve.svg").write_text("<svg/>")
(folder / "result.json").write_text(json.dumps({"twice 2": double(2), "worst error": WORST}))
"""
RESULT = "import pathlib, sys; (pathlib.Path(sys.argv[1]) / 'result.json').write_text({!r})"
STUB = "# YOUR CODE HERE\n    raise NotImplementedError()"
SETTINGS = """
name = "mini"
package = "mini"
handouts = ["mini/shows"]
test_seconds = 1
load_seconds = 1

[milestones.show]
title = "1999: doubling"
history = "Somebody doubled."
program = "mini.shows.show"
needs = ["01"]
goals = { "twice 2" = ">= 4", "worst error" = "<= 0.1" }
"""


class Workspace:
    """A student's workspace with a milestone, and tito in it."""

    def __init__(self, course):
        self.root = course.root / "ws"
        self._course = course

    def tito(self, *arguments, **environment):
        return self._course.tito(*arguments, cwd="ws", **environment)

    def program(self, text):
        (self.root / "mini/shows/show.py").write_text(text, "utf-8")

    def standing(self):
        (found,) = json.loads(self.tito("milestone", "status", "--json").out)["data"]
        return found


@pytest.fixture(scope="module")
def made(new_course, tmp_path_factory):
    """A course with a milestone, locked, with a workspace released and another one of a student who is done."""
    course = new_course(tmp_path_factory.mktemp("made"))
    course.write("tito.toml", SETTINGS)
    course.write("mini/shows/show.py", PROGRAM.replace("WORST", "0.05"))
    for arguments in (("lock",), ("rubric", "init", "01"), ("release", "--out", "ws")):
        done = course.tito(*arguments)
        assert done.code == 0, done.err
    student = course.copy(tmp_path_factory.mktemp("student") / "course")
    path = "ws/modules/01_double/double_dev.py"
    student.write(path, student.read(path).replace(STUB, "return x + x"))
    assert student.tito("module", "complete", "01", cwd="ws").code == 0
    return course, student


@pytest.fixture
def workspace(made, tmp_path):
    return Workspace(made[0].copy(tmp_path / "course"))


@pytest.fixture
def solved(made, tmp_path):
    """The workspace of a student who has completed the lesson."""
    return Workspace(made[1].copy(tmp_path / "solved"))


def test_a_milestone_is_locked_until_its_lessons_are_complete(workspace, solved):
    assert workspace.standing()["state"] == "locked"
    assert workspace.standing()["missing"] == ["01_double"]
    done = workspace.tito("milestone", "run", "show")
    assert done.code == 2
    assert "show is locked: it needs 01_double. Finish what is missing: `tito module complete 01_double`." in done.err
    assert "tito milestone run show" in (workspace.root / "README.md").read_text("utf-8")
    assert solved.standing()["state"] == "open"


def test_a_run_is_recorded_with_its_figures(solved):
    done = solved.tito("milestone", "run", "s")
    assert done.code == 0, done.err
    assert "Somebody doubled." in done.err
    for line in ("doubling", "✓ twice 2: 4 (>= 4)", "✓ worst error: 0.05 (<= 0.1)", "see milestones/show/curve.svg"):
        assert line in done.out
    standing = solved.standing()
    assert standing["state"] == "reached"
    assert [each["value"] for each in standing["figures"]] == [4, 0.05]
    assert "1 of 1 milestones reached" in solved.tito("milestone", "status").out


@pytest.mark.parametrize("worst", ["0.2", "float('nan')", "float('inf')"])
def test_a_goal_that_is_missed_is_told(solved, worst):
    solved.program(PROGRAM.replace("WORST", worst))
    done = solved.tito("milestone", "run", "show")
    assert done.code == 1
    assert "✗ worst error" in done.out
    assert solved.standing()["state"] == "not reached"


@pytest.mark.parametrize(
    ("program", "code", "told"),
    [
        ("raise SystemExit(1)", 1, "its program ended with exit code 1, so nothing was measured"),
        ("print('all goals reached')", 3, "milestones/show/result.json: there is no result of this milestone"),
        (RESULT.format("[1]"), 3, "milestones/show/result.json: this is no result of a milestone"),
        (RESULT.format('{"a": []}'), 3, "milestones/show/result.json: this is no result of a milestone"),
    ],
)
def test_what_a_program_prints_is_no_figure(solved, program, code, told):
    solved.program(program)
    done = solved.tito("milestone", "run", "show")
    assert done.code == code
    assert told in done.out + done.err
    assert solved.standing()["state"] == "open"


def test_a_result_of_an_earlier_run_does_not_count(solved):
    assert solved.tito("milestone", "run", "show").code == 0
    solved.program("")
    assert solved.tito("milestone", "run", "show").code == 3


def test_json_is_one_document_whatever_the_program_prints(solved):
    done = solved.tito("milestone", "run", "show", "--json")
    assert json.loads(done.out)["data"][0]["standing"]["state"] == "reached"
    assert "doubling" in done.err


def test_what_is_wrong_is_a_sentence(workspace):
    done = workspace.tito("milestone", "run", "other")
    assert (done.code, done.out) == (2, "")
    assert "there is no one milestone other. The course has show." in done.err
    (workspace.root / ".tito/milestones.json").write_text("{}", "utf-8")
    assert "this is no record of milestones" in workspace.tito("milestone", "status").err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"<= 0.1"', '"0.1"', "milestone show: the goal of worst error is '0.1'. Write it as"),
        ('title = "1999: doubling"', "", "milestone show: it has no title. Every milestone has one."),
        ("history", "story", "milestone show: unknown key story. The keys are"),
        ('["01"]', '"01"', "milestone show: needs is not a list of texts"),
        ('["01"]', '["07"]', "milestone show: there is no module 07"),
        ('"mini.shows.show"', '"mini/shows/show.py"', "milestone show: its program is 'mini/shows/show.py'"),
        ('"mini.shows.show"', '"mini.shows.no"', "mini/shows/no.py: the program of milestone show is not handed out"),
        ("[milestones.show]", "[milestones]", "milestone title: this is no table. Write [milestones.title]."),
    ],
)
def test_settings_that_are_wrong_are_named(course, old, new, told):
    course.write("tito.toml", SETTINGS.replace(old, new))
    course.write("mini/shows/show.py", PROGRAM)
    with pytest.raises(CourseError, match=re.escape(told)):
        handouts(open_course(course.root))


def test_a_course_without_milestones_says_so(course):
    assert course.tito("milestone", "status").out == "this course has no milestones\n"
