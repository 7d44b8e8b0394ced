"""What a student reads of `tito check`: the first thing first, and what it is about."""

import json

import pytest

WORK = "modules/01_double/double_dev.py"
STUB = "# YOUR CODE HERE\n    raise NotImplementedError()"


@pytest.fixture(scope="module")
def released(new_course, tmp_path_factory):
    """A released workspace, to be copied."""
    course = new_course(tmp_path_factory.mktemp("released"))
    assert course.tito("lock").code == 0
    assert course.tito("rubric", "init", "01").code == 0
    assert course.tito("release", "--out", "ws").code == 0
    assert course.tito("release", "--format", "ipynb", "--out", "nb").code == 0
    return course


class Student:
    """A student's workspace, and what `tito check` says in it."""

    def __init__(self, course, folder):
        self.root = course.root / folder
        self.tito = lambda *arguments, **more: course.tito(*arguments, cwd=folder, **more)

    def solve(self, answer, work=WORK):
        path = self.root / work
        path.write_text(path.read_text("utf-8").replace(STUB, answer), "utf-8")

    def notebook(self, answer, number):
        """Write an answer into the notebook's solution cell, which has run as `number`."""
        path = self.root / "modules/01_double/double_dev.ipynb"
        content = json.loads(path.read_text("utf-8"))
        for cell in content["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == "double":
                cell["source"] = "".join(cell["source"]).replace(STUB, answer)
                cell["execution_count"] = number
        path.write_text(json.dumps(content), "utf-8")


@pytest.fixture
def student(released, tmp_path):
    return Student(released.copy(tmp_path / "course"), "ws")


def test_a_syntax_error_is_all_that_is_said(student):
    student.solve("return 2 *")
    done = student.tito("check")
    assert done.code == 1
    assert f"this is not Python yet: {WORK}:" in done.out
    assert "return 2 *\n       │" in done.out
    assert "points" not in done.out
    assert json.loads(student.tito("check", "--json").out)["data"]["possible"] == 3.5


def test_a_cell_that_stops_comes_before_what_it_leaves_undefined(student):
    path = student.root / WORK
    path.write_text(path.read_text("utf-8").replace("def double(x):", "import yaml\ndef double(x):"), "utf-8")
    out = student.tito("check").out
    assert out.index(f"a cell stops: {WORK}:") < out.index("missing\n")
    assert "yaml is installed, but this course's lessons may not import it" in " ".join(out.split())
    assert "for the same reason as" in out


def test_a_renamed_function_is_named(student):
    path = student.root / WORK
    path.write_text(path.read_text("utf-8").replace("def double(x):", "def Double(x):"), "utf-8")
    assert f"Did you mean Double? It is defined at {WORK}:" in " ".join(student.tito("check").out.split())


def test_expected_and_got_stand_below_each_other_with_a_line_to_repeat(student):
    student.solve("return 3 * x")
    out = student.tito("check").out
    assert "\n  expected  4\n  got       6\n" in out
    assert "again: double(2)\n" in out
    assert "first at [1]" in out


def test_a_notebooks_cell_has_jupyters_number(released, tmp_path):
    student = Student(released.copy(tmp_path / "course"), "nb")
    student.notebook("return 1 / 0", 7)
    out = " ".join(student.tito("check").out.split())
    assert "modules/01_double/double_dev.ipynb, In [7] `def double(x):`, line" in out


def test_a_second_file_that_could_be_meant_is_named(student):
    (student.root / WORK).with_name("copy.py").write_text((student.root / WORK).read_text("utf-8"), "utf-8")
    assert "2 files could be the submission: double_dev.py, copy.py" in " ".join(student.tito("check").out.split())


def test_a_check_says_which_file_of_which_module_it_is_about(student):
    out = student.tito("check", "01").out
    assert out.startswith(f"01_double: {WORK}, saved ")


def test_tito_alone_in_a_workspace_says_where_one_is(student):
    done = student.tito()
    assert done.code == 0
    assert "01_double" in done.out
    assert "not started" in done.out
    assert f"next: 01_double: open {WORK}, write what is to do, then `tito check 01`" in done.out
    student.solve("return 2 * x")
    student.tito("check")
    out = student.tito().out
    assert "1/5" in out
    assert "0 of 1 modules complete, 1 of 5 points, 4 more are open until hidden tests ran" in out
    assert "next: `tito module complete 01`" in out


def test_tito_alone_elsewhere_shows_its_help(released):
    done = released.tito()
    assert done.code == 2
    assert "Usage" in done.out


def test_what_passes_says_what_comes_next(student):
    student.solve("return 2 * x")
    assert "next: `tito module complete 01` exports it" in student.tito("check").out
    assert "next: hand it in: `tito submit 01`" in student.tito("module", "complete", "01").out


def test_a_hint_is_one_more_each_time_and_begins_anew_where_it_passed(student):
    rubric = student.root / "rubrics/01_double.yaml"
    text = rubric.read_text("utf-8").replace('hint: ""', 'hint: ["Think of two.", "Two times.", "2 * x."]', 1)
    rubric.write_text(text, "utf-8")
    student.solve("return 3 * x")
    assert "hint: Think of two. (2 more hints: `tito hint`)" in student.tito("check").out
    said = [student.tito("hint").out.splitlines()[1].strip() for _ in range(4)]
    assert said == ["Think of two.", "Two times.", "2 * x.", "2 * x."]
    path = student.root / WORK
    path.write_text(path.read_text("utf-8").replace("3 * x", "2 * x"), "utf-8")
    assert "every visible test passes" in student.tito("hint").out
    path.write_text(path.read_text("utf-8").replace("2 * x", "4 * x"), "utf-8")
    assert "hint 1 of 3" in student.tito("hint", "01", "-k", "double").out


def test_an_export_that_is_older_than_its_lesson_is_named(student):
    from tito.workflows.course.opening import find_module, open_course
    from tito.workflows.grading.grader import load_grader
    from tito.workflows.student.check import _stale

    student.solve("return 2 * x")
    assert student.tito("export").code == 0
    course = open_course(student.root)
    module = find_module(course, "01")
    from dataclasses import replace

    grader = replace(load_grader(course, module), prerequisites=("mini.core.double",))
    assert _stale(course, module, grader) == ""
    path = student.root / WORK
    path.write_text(path.read_text("utf-8").replace("2 * x", "x + x"), "utf-8")
    assert _stale(course, module, grader) == "mini/core/double.py"


@pytest.mark.parametrize("word", ["contract", "CONTRACT", "to do", "to-do", "hid"])
def test_a_word_is_explained(student, word):
    done = student.tito("explain", word)
    assert done.code == 0
    assert len(done.out.splitlines()) > 5


def test_a_word_that_nobody_knows_gets_the_nearest(student):
    done = student.tito("explain", "conract")
    assert done.code == 2
    assert "Did you mean 'contract'?" in done.err


@pytest.mark.parametrize(("arguments", "settings"), [(["--plain"], {}), ([], {"TITO_PLAIN": "1"})])
def test_plain_says_all_in_sentences(student, arguments, settings):
    student.solve("return 3 * x")
    out = student.tito("check", *arguments, **settings).out
    assert ": failed, 0 of 2.5 points." in out
    assert not set(out) & set("─│✓✗○█")
    home = student.tito(*arguments, **settings).out
    assert "01_double: in progress; 0 of 5 points." in home
    page = student.tito("check", "--help", *arguments, **settings).out
    assert "--watch" in page
    assert not set(page) & set("─│╭")


def test_what_stands_behind_two_dashes_is_an_argument():
    from tito.cli.console import take_plain

    assert take_plain(["check", "--", "--plain"]) == ["check", "--", "--plain"]
