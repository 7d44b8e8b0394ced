"""The commands as instructors and students type them: results, messages and exit codes."""

import contextlib
import json
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from tito.cli import completing
from tito.sandbox.system import portable

GOOD = "def double(x):\n    return x + x\n"


def solve(text, answer="return x + x"):
    return text.replace("# YOUR CODE HERE\n    raise NotImplementedError()", answer)


LATE = 'late:\n  due: "2026-10-01T12:00:00+02:00"\n  penalty: 10%\n'
STYLE = "  - id: style\n    kind: manual\n    points: 2\n    title: Style\n    tests: Names say what things are.\n"


def finished(course):
    """Return what the store holds."""
    with contextlib.closing(sqlite3.connect(course.root / ".tito/finished.db")) as store:
        return store.execute("SELECT key FROM finished").fetchall()


def test_help_names_every_command(course):
    done = course.tito("--help")
    for command in (
        "check",
        "export",
        "release",
        "lock",
        "validate",
        "audit",
        "init",
        "module",
        "grade",
        "doctor",
        "rubric",
    ):
        assert command in done.out
    assert course.tito("--version").out.startswith("tito ")


def test_the_whole_line_from_a_source_to_a_graded_class(locked):
    assert locked.tito("rubric", "check").code == 0
    assert locked.tito("validate").code == 0
    assert locked.tito("release", "--out", "ws", "--format", "ipynb").code == 0
    stub = locked.read("ws/modules/01_double/double_dev.ipynb")
    assert "return 2 * x" not in stub
    assert "double(-3)" not in stub
    locked.write("in/ann/01_double/double_dev.ipynb", stub)
    solved = stub.replace('# YOUR CODE HERE\\n",\n    "    raise NotImplementedError()', "return x + x")
    assert solved != stub
    locked.write("in/bob/01_double/double_dev.ipynb", solved)
    done = locked.tito("grade", "01", "in", "--json", "out.json")
    assert done.code == 0
    grades = {each["student"]: each for each in json.loads(locked.read("out.json"))["data"]["grades"]}
    assert (grades["ann"]["earned"], grades["bob"]["earned"], grades["bob"]["possible"]) == (0, 5, 5)
    assert grades["bob"]["notes"] == []
    assert "2 submissions in" in done.err


def test_every_file_has_a_fate_and_what_has_no_place_is_exit_1(locked):
    good = "def double(x):\n    return x + x\n"
    for name in ("ann/01_double/double_dev.py", "bob/my homework.py", "cy/hw1/x.py", "dan/a.py", "dan/b.py"):
        locked.write(f"in/{name}", good)
    locked.write("in/eve/02_next/next_dev.py", good)
    locked.write("in/fay/essay.docx", "words")
    done = locked.tito("grade", "01", "in")
    assert (done.code, done.out.splitlines()[-1]) == (1, "3 graded, 1 refused, 1 not placed, nothing from 1: eve")
    assert "not placed: in/fay/essay.docx: no .py or .ipynb file in what fay handed in" in done.out
    assert "bob: `my homework.py` was taken for double_dev: the only file there" in done.out
    data = json.loads(locked.tito("grade", "01", "in", "--json", "-").out)["data"]
    assert ([each["source"] for each in data["not_placed"]], data["nothing_from"]) == (["in/fay/essay.docx"], ["eve"])
    placed = locked.tito("collect", "01", "in")
    assert (placed.code, placed.out.splitlines()[-1]) == (1, "3 placed, 2 not placed, nothing from 1: eve")


def test_a_students_workspace_needs_only_the_release(locked, tmp_path):
    locked.tito("release", "--out", "ws")
    for name in ("modules", "graders", "rubrics", "tito.toml"):
        (tmp_path / name).rename(tmp_path / f"gone-{name}")
    done = locked.tito("check", cwd="ws")
    assert done.code == 1
    assert "to do: 2 criteria, 3.5 points\n  modules/01_double/double_dev.py:" in done.out
    assert "0 of 5 points are sure" in done.out
    assert "1 hidden criterion, worth 1.5 points, tested when your work is graded" in done.out
    locked.write("ws/modules/01_double/double_dev.py", solve(locked.read("ws/modules/01_double/double_dev.py")))
    done = locked.tito("check", "double", cwd="ws")
    assert done.code == 0
    assert "1 of 5 points are sure" in done.out
    assert "public part passed: 2.5 points, which hidden tests decide" in done.out
    assert locked.tito("export", cwd="ws").code == 0
    assert "return x + x" in locked.read("ws/mini/core/double.py")


def test_a_check_explains_a_failure_with_the_students_line(locked):
    locked.tito("release", "--out", "ws")
    stub = locked.read("ws/modules/01_double/double_dev.py")
    path = locked.write("ws/modules/01_double/double_dev.py", solve(stub, "return 3 * x if x is not None else 1 / 0"))
    done = locked.tito("check", path, "-k", "double", cwd="ws")
    assert done.code == 1
    assert "double(2) is 4, got 6" in done.out
    assert "call:  double(2)  →  6" in done.out
    assert "t-arrays" not in done.out
    locked.write("ws/modules/01_double/double_dev.py", solve(stub, "return 1 / 0"))
    done = locked.tito("check", "--json", cwd="ws")
    frame = json.loads(done.out)["data"]["criteria"][0]["tests"][0]["failure"]["frames"][0]
    assert frame["code"].strip() == "return 1 / 0"
    assert stub.splitlines()[frame["line"] - 1].strip() == "# YOUR CODE HERE"


def test_a_grader_that_was_changed_by_hand_is_refused(locked):
    path = "graders/01_double/test_double.py"
    locked.write(path, locked.read(path).replace("== 4", "== double(2)"))
    assert "test_double.py: edited by hand" in locked.tito("lock", "--check").out
    assert locked.tito("lock", "--check").code == 1
    locked.write("work.py", GOOD)
    done = locked.tito("grade", "01", "work.py")
    assert done.code == 3
    assert "graders/01_double/test_double.py: this file is not the one that was locked" in done.err


def test_a_lock_that_takes_a_name_from_elsewhere_is_drift(locked):
    path = next(locked.root.glob("graders/*/lock.json"))
    path.write_text(path.read_text().replace('"submission: ', '"judge: ', 1))
    done = locked.tito("lock", "--check")
    assert done.code == 1
    assert "what its blocks take from whom no longer as in the source" in " ".join(done.out.split())


def test_a_source_that_has_moved_on_is_drift(locked):
    assert locked.tito("lock", "--check").code == 0
    source = "modules/01_double/double_dev.py"
    locked.write(source, locked.read(source).replace("double(2) == 4,", "double(2) == 4.0,"))
    done = locked.tito("lock", "--check")
    assert done.code == 1
    assert "its source has changed" in done.out
    assert locked.tito("lock").code == 0
    assert locked.tito("lock", "--check").code == 0


def test_hand_written_tests_stand_beside_and_are_locked(locked):
    extra = 'import pytest\nfrom mini.core.double import double\n\n\n@pytest.mark.criterion("extra", points=2)\n'
    extra += '@pytest.mark.parametrize("x", [1, 5])\ndef test_extra(x):\n    assert double(x) == 2 * x\n'
    locked.write("graders/01_double/test_extra.py", extra)
    assert "test_extra.py: not locked" in locked.tito("lock", "--check").out
    assert locked.tito("lock").code == 0
    done = locked.tito("rubric", "check")
    assert done.code == 1
    assert "criterion extra of the grader (2 points) is missing" in " ".join(done.out.split())
    assert locked.tito("rubric", "init", "01", "--force").code == 0
    locked.write("work.py", GOOD)
    locked.tito("grade", "01", "work.py", "--json", "out.json")
    assert json.loads(locked.read("out.json"))["data"]["grades"][0]["earned"] == 7


def test_a_rubric_that_differs_is_refused_before_anyone_is_graded(locked):
    locked.write(
        "rubrics/01_double.yaml",
        locked.read("rubrics/01_double.yaml")
        .replace("points: 2.5", "points: 3")
        .replace("points: 5\n", "points: 5.5\n"),
    )
    locked.write("work.py", GOOD)
    done = locked.tito("grade", "01", "work.py")
    assert (done.code, done.out) == (3, "")
    assert "rubrics/01_double.yaml:7:13: t-double is worth 3 here and 2.5 in the grader." in done.err


def test_a_test_that_the_reference_fails_cannot_be_locked(course):
    course.write(
        "modules/01_double/double_dev.py", course.read("modules/01_double/double_dev.py").replace("== 4,", "== 5,")
    )
    done = course.tito("lock")
    assert done.code == 3
    assert "the reference does not pass test_double.py::test_double: failed" in done.err
    assert not (course.root / "graders").exists()


def test_a_test_that_the_stub_passes_cannot_be_released(course):
    source = "modules/01_double/double_dev.py"
    course.write(source, course.read(source).replace("assert double(0.5) == 1", "assert True"))
    course.tito("lock")
    course.tito("rubric", "init", "01")
    done = course.tito("release", "--out", "ws")
    assert done.code == 3
    assert "the stub passes test_double.py::test_t_hidden" in done.err
    assert not (course.root / "ws").exists()
    assert course.tito("validate").code == 1


def test_a_test_that_cannot_be_judged_from_outside_needs_leave_and_is_named(course):
    source = "modules/01_double/double_dev.py"
    text = course.read(source).replace(
        "assert double(2) == 4,",
        "import sys\n    assert sys.modules[double.__module__].double is double\n    assert double(2) == 4,",
    )
    course.write(source, text)
    done = course.tito("lock")
    assert done.code == 0
    assert "test_double.py::test_double runs beside the submission, where it can be forged" in " ".join(
        done.out.split()
    )
    course.tito("rubric", "init", "01")
    assert "add `beside: allow`" in course.tito("validate").out
    course.write("work.py", GOOD)
    refused = course.tito("grade", "01", "work.py")
    assert refused.code == 3
    assert "add `beside: allow`" in refused.err
    rubric = "rubrics/01_double.yaml"
    course.write(rubric, course.read(rubric).replace("    title: ", "    beside: allow\n    title: ", 1))
    course.tito("grade", "01", "work.py", "--json", "out.json")
    (grade,) = json.loads(course.read("out.json"))["data"]["grades"]
    assert grade["earned"] == 5
    assert [each["tests"][0]["beside"] for each in grade["criteria"]] == [True, False, False]


def test_validate_tells_of_every_leave_that_a_rubric_has_to_give(course):
    source = "modules/01_double/double_dev.py"
    course.write(
        source,
        course.read(source)
        .replace(
            "assert double(2) == 4,",
            "import sys\n    assert sys.modules[double.__module__].double is double\n    assert double(2) == 4,",
        )
        .replace("assert double(0.5) == 1", "assert double(0.5) == double(0.5)"),
    )
    course.tito("lock")
    course.tito("rubric", "init", "01")
    said = " ".join(course.tito("validate").out.split())
    assert "add `beside: allow`" in said
    assert "add `unanchored: allow`" in said


def test_exports_are_written_once_and_checked(course):
    assert course.tito("export", "--check").code == 1
    assert course.tito("export").code == 0
    assert course.tito("export", "--check").code == 0
    text = course.read("mini/core/double.py")
    assert "LIMIT = 1e-6" in text
    assert "return 2 * x" in text
    assert "test_double" not in text
    assert "BEGIN" not in text


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["grade", "07", "in"], 2, "there is no module 07. The course has 01_double."),
        (["grade", "01", "in"], 3, "module 01_double has no grader. Run `tito lock 01_double`;"),
        (["check", "gone.py"], 2, "gone.py: there is no such file."),
        (["rubric", "init", "01"], 3, "lock.json: cannot be read"),
        (["chek"], 2, "No such command 'chek'"),
        (["grade"], 2, "Missing argument"),
    ],
)
def test_what_is_not_there_is_told_with_its_exit_code(course, arguments, code, told):
    done = course.tito(*arguments)
    assert done.code == code
    assert told in " ".join(done.err.split())


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('nmae = "x"', "tito.toml: unknown setting nmae. Did you mean name?"),
        ("test_seconds = -1", "tito.toml: setting test_seconds is not a positive number. It is -1."),
        ("packages = 3", "tito.toml: setting packages is not a list of texts."),
        ("name = [", "tito.toml: this is not TOML"),
        ('packages = ["no_such_package"]', "package no_such_package is not installed."),
    ],
)
def test_wrong_settings_are_named(course, settings, told):
    course.write("tito.toml", settings + "\n")
    done = course.tito("lock")
    assert done.code in {3, 4}
    assert told in done.err


def test_outside_a_course_there_is_a_sentence(course, tmp_path):
    (tmp_path / "tito.toml").unlink()
    done = course.tito("lock")
    assert done.code == 2
    assert "this folder belongs to no course." in done.err


def test_one_student_is_reported_in_full(locked):
    locked.write("in/ann.py", GOOD.replace("x + x", "x"))
    locked.write("in/bob.py", GOOD)
    done = locked.tito("grade", "01", "in", "--student", "ann")
    assert done.code == 0
    assert "ann: 01_double" in done.out
    assert "double(2) is 4, got 2" in done.out
    assert "bob" not in done.out
    assert locked.tito("grade", "01", "in", "--student", "cy").code == 2


@pytest.mark.skipif(portable(), reason="nothing is forked, so nothing is promised")
def test_doctor_tries_every_promise(course):
    done = course.tito("doctor", "--json")
    (data,) = json.loads(done.out)["data"]
    assert done.code == 0
    assert data["level"] in {"standard", "strong"}
    assert all(each["held"] for each in data["promises"])
    assert f"strongest level: {data['level']}" in course.tito("doctor").out


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_stream_that_is_not_utf_8_gets_words(locked, encoding):
    locked.write("work.py", GOOD.replace("x + x", "x"))
    done = locked.tito("grade", "01", "work.py", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.code == 0
    assert done.out.isascii()
    assert "3 failed" in done.out


def test_output_has_no_colour_in_a_pipe(locked):
    locked.write("work.py", GOOD)
    assert "\x1b" not in locked.tito("grade", "01", "work.py").out
    assert "\x1b" not in locked.tito("grade", "01", "work.py", NO_COLOR="1").out


def test_help_starts_without_the_heavy_libraries(course):
    code = "import sys\nfrom tito.cli.app import app_of\napp_of()\nprint(sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for name in ("numpy", "pytest", "nbformat", "jupytext", "jsonschema", "yaml", "libcst"):
        assert f"'{name}'" not in loaded


SHORT = """  - id: no-loop
    kind: structure
    points: 2
    title: Without a loop
    of: double
    needs: t-double
    never: [loop]
"""


def test_how_a_function_is_built_is_a_criterion_that_the_reference_must_meet(locked):
    rubric = locked.read("rubrics/01_double.yaml").replace("points: 5\n", "points: 7\n", 1)
    locked.write("rubrics/01_double.yaml", rubric + SHORT)
    assert locked.tito("rubric", "check").code == 0
    locked.write("in/ann.py", GOOD)
    locked.write("in/bob.py", "def double(x):\n    for _ in range(1):\n        x = x + x\n    return x\n")
    locked.write("in/cy.py", "def double(x):\n    return x\n")
    data = json.loads(locked.tito("grade", "01", "in", "--json", "-").out)["data"]
    assert [each["criteria"][-1]["status"] for each in data["grades"]] == ["passed", "failed", "blocked"]
    assert [each["earned"] for each in data["grades"]] == [7, 5, 0]
    locked.write("rubrics/01_double.yaml", rubric + SHORT.replace("never", "must"))
    done = locked.tito("validate")
    assert (
        done.code,
        "the reference does not meet no-loop: double must use a loop" in " ".join(done.out.split()),
    ) == (1, True)


def test_a_lock_of_nothing_is_an_answer(course):
    course.write("modules/01_double/double_dev.py", "x = 1\n")
    done = course.tito("lock")
    assert (done.code, "01_double has nothing to grade: give a test cell" in done.err) == (1, True)
    (course.root / "modules/01_double/double_dev.py").unlink()
    done = course.tito("lock")
    assert (done.code, done.err.split(":")[0]) == (1, "there is nothing to lock")


def test_a_shell_is_offered_modules_criteria_students_and_formats(locked, monkeypatch):
    locked.tito("gradebook", "init")
    locked.write("r.csv", "id\nann\nbob\n")
    locked.tito("roster", "import", "r.csv")
    monkeypatch.chdir(locked.root)
    assert completing.modules("0") == ["01_double"]
    assert completing.criteria("t-") == ["t-double", "t-arrays", "t-hidden"]
    assert completing.students("a") == ["ann"]
    assert completing.formats("gi") == ["github-classroom"]
    monkeypatch.chdir("/")
    assert completing.modules("") == []


def test_a_command_about_grades_loads_nothing_that_judges_or_writes(locked):
    locked.tito("gradebook", "init")
    code = """
        import sys
        from tito.cli import main
        sys.argv = ["tito", "gradebook", "show"]
        try:
            main()
        except SystemExit:
            pass
        print([name for name in sys.modules if name.startswith(("tito.judging", "tito.source", "tito.locking"))])
        print(*sys.modules)
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    told = subprocess.run(command, cwd=locked.root, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[-2] == "[]"
    for name in (
        "numpy",
        "pytest",
        "jupytext",
        "jsonschema",
        "alembic",
        "sqlalchemy.dialects.postgresql",
    ):
        assert name not in told[-1].split()


def test_what_changes_nothing_that_is_judged_is_not_judged_again(locked):
    locked.write("in/ann.py", GOOD)
    assert locked.tito("grade", "01", "in").code == 0
    rubric = locked.read("rubrics/01_double.yaml").replace("points: 5\n", "points: 7\n" + LATE, 1)
    locked.write("rubrics/01_double.yaml", rubric.replace("title: Doubling", "title: Twice") + STYLE)
    before = finished(locked)
    graded = locked.tito("grade", "01", "in", "--json", "-", "--no-gradebook")
    (grade,) = json.loads(graded.out)["data"]["grades"]
    assert [each["id"] for each in grade["criteria"]][-1] == "style"
    assert (grade["complete"], finished(locked)) == (False, before)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["grade", "-h"]])
def test_a_help_page_is_drawn_without_markdown_and_leaves_it_to_others(arguments):
    code = f"""
        import sys
        from tito.cli import main
        sys.argv = ["tito", *{arguments}]
        try:
            main()
        except SystemExit:
            pass
        print([name for name in ("markdown_it", "rich.markdown", "rich.traceback") if name in sys.modules])
        from rich.markdown import Markdown
        print(Markdown("**bold**").markup)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert "Usage: tito" in "".join(done[:4])
    assert done[-2:] == ["[]", "**bold**"]


def test_a_judge_that_dies_before_hidden_tests_run_costs_the_test_at_hand(course):
    source = course.read("modules/01_double/double_dev.py")
    deadly = "if double(2) == 5:\n    import os\n    os._exit(3)\nassert np.allclose(double(np"
    course.write("modules/01_double/double_dev.py", source.replace("assert np.allclose(double(np", deadly))
    assert course.tito("lock").code == 0
    assert course.tito("rubric", "init", "01").code == 0
    course.write("handed/ann.py", "def double(x):\n    return 5 if isinstance(x, int) and x == 2 else x + x\n")
    (grade,) = json.loads(course.tito("grade", "01", "handed", "--json", "-").out)["data"]["grades"]
    assert [each["status"] for each in grade["criteria"]] == ["failed", "memory", "passed"]


CLEAN = """  - id: clean
    kind: style
    points: 2
    title: Clean code
    rules: [E, F]
    needs: t-double
    each: 0.5
"""


def test_what_ruff_finds_is_a_criterion_that_the_reference_must_meet(locked):
    rubric = locked.read("rubrics/01_double.yaml").replace("points: 5\n", "points: 7\n", 1)
    locked.write("rubrics/01_double.yaml", rubric + CLEAN)
    assert locked.tito("rubric", "check").code == 0
    locked.write("in/ann.py", GOOD)
    locked.write("in/bob.py", "import os\nl = 1\n" + GOOD)
    locked.write("in/cy.py", "def double(x):\n    return x\n")
    data = json.loads(locked.tito("grade", "01", "in", "--json", "-").out)["data"]
    assert [each["criteria"][-1]["status"] for each in data["grades"]] == ["passed", "failed", "blocked"]
    assert [each["criteria"][-1]["earned"] for each in data["grades"]] == [2, 1, 0]
    locked.write("rubrics/01_double.yaml", rubric + CLEAN.replace("[E, F]", "[ANN]"))
    out = " ".join(locked.tito("validate").out.split())
    assert "the reference does not meet clean: double_dev.py:16: ANN" in out
    locked.write("rubrics/01_double.yaml", rubric + CLEAN.replace("[E, F]", "[E, ZZZ9]"))
    for done in (locked.tito("rubric", "check"), locked.tito("grade", "01", "in")):
        assert "knows no rule ZZZ9" in " ".join((done.out + done.err).split())


@pytest.mark.parametrize("module", ["tito.judging.begun", "tito.cli.main", "tito.cli.app", "tito.cli.helping"])
def test_an_interruption_while_tito_loads_is_no_traceback(module, tmp_path):
    program = f"""
import sys
class Impatient:
    def find_spec(self, name, *_):
        if name == {module!r}: raise KeyboardInterrupt
sys.meta_path.insert(0, Impatient())
sys.argv = ["tito", "check"]
from tito.cli import main
main()
"""
    if portable() and module == "tito.judging.begun":
        pytest.skip("no worker is begun ahead here")
    run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (130, "tito: interrupted\n")
