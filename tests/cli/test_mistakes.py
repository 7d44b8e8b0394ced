"""Known mistakes: recorded by `tito audit`, named in reports, and kept from students where they would tell too much."""

import json

import pytest

RUBRIC = "rubrics/01_double.yaml"
RECORD = "graders/01_double/mistakes.json"
SECTION = """\
mutants:
  mistakes:
    - cell: double
      old: 2 * x
      new: 3 * x
      message: It equals three times x.
"""
WRONG = "def double(x):\n    return x + x + x\n"


@pytest.fixture
def knowing(locked):
    """The course, with a known mistake in its rubric."""
    locked.write(RUBRIC, locked.read(RUBRIC) + SECTION)
    return locked


def named(path):
    (grade,) = json.loads(path.read_text("utf-8"))["data"]["grades"]
    return {each["id"]: each["mistake"] for each in grade["criteria"]}


def test_a_known_mistake_is_recorded_and_named_in_reports(knowing):
    assert knowing.tito("audit", "--check").code == 1
    done = knowing.tito("audit")
    assert "1 known mistake: recorded anew" in done.out
    assert knowing.tito("audit", "--check").code == 0
    knowing.write("in/ann.py", WRONG)
    done = knowing.tito("grade", "01", "in", "--json", "out.json", "--student", "ann")
    assert "known mistake: It equals three times x." in done.out
    assert set(named(knowing.root / "out.json").values()) == {"It equals three times x."}
    knowing.write("in/ann.py", WRONG.replace("x + x + x", "4 * x"))
    knowing.tito("grade", "01", "in", "--json", "out.json")
    assert set(named(knowing.root / "out.json").values()) == {""}


def test_what_was_recorded_of_other_tests_is_not_used(knowing):
    knowing.tito("audit")
    source = "modules/01_double/double_dev.py"
    knowing.write(source, knowing.read(source).replace("double(2) == 4,", "double(2) == 4.0,"))
    assert knowing.tito("lock").code == 0
    knowing.write("in/ann.py", WRONG)
    knowing.tito("grade", "01", "in", "--json", "out.json")
    assert set(named(knowing.root / "out.json").values()) == {""}
    assert "stale: run `tito audit`" in knowing.tito("audit", "--check").out


def test_students_get_no_mutants_and_no_mistake_that_shows_a_hidden_test(knowing):
    knowing.tito("audit")
    assert knowing.tito("release", "--out", "ws").code == 0
    assert "mutants" not in knowing.read("ws/" + RUBRIC)
    assert not (knowing.root / "ws" / RECORD).exists()


def test_students_are_told_of_a_mistake_that_visible_tests_show(course):
    source = "modules/01_double/double_dev.py"
    text = course.read(source)
    hidden = text.index("# %% nbgrader", text.index('"t-arrays"'))
    text = text[:hidden].replace("    ### BEGIN HIDDEN TESTS\n", "").replace("    ### END HIDDEN TESTS\n", "")
    course.write(source, text)
    assert course.tito("lock").code == 0
    assert course.tito("rubric", "init", "01").code == 0
    course.write(RUBRIC, course.read(RUBRIC) + SECTION)
    assert course.tito("audit").code == 0
    assert course.tito("release", "--out", "ws").code == 0
    stub = course.read("ws/" + source)
    course.write("ws/" + source, stub.replace("# YOUR CODE HERE\n    raise NotImplementedError()", "return x * 3"))
    assert "known mistake: It equals three times x." in course.tito("check", cwd="ws").out


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("2 * x\n      new: 3", "2 * z\n      new: 3"),
            ":30:12: '2 * z' is there 0 times in the solution of cell double",
        ),
        (("new: 3 * x", "new: x + x"), ":29:7: the tests pass this mistake. Strengthen a test, or remove it here."),
        (("new: 3 * x", "new: __import__('os')._exit(1)"), ":29:7: this mistake fails without a value to tell it by"),
        (
            ("It equals three times x.", "one\n    - {cell: double, old: 2 * x, new: x * 3, message: other}"),
            "this mistake fails just as another does: one. Let one entry name both.",
        ),
    ],
)
def test_a_mistake_that_cannot_be_told_is_refused_with_its_place(knowing, change, told):
    text = knowing.read(RUBRIC)
    assert change[0] in text
    line = text[: text.index("  mistakes")].count("\n") + 1
    knowing.write(RUBRIC, text.replace(*change))
    done = knowing.tito("audit")
    assert done.code == 3
    assert told.replace(":29:", f":{line + 1}:").replace(":30:", f":{line + 2}:") in done.err
    assert not (knowing.root / RECORD).exists()


def test_a_known_mistake_is_told_with_a_gradebook_in_pages_and_in_formats_too(course):
    source = "modules/01_double/double_dev.py"
    text = course.read(source)
    hidden = text.index("# %% nbgrader", text.index('"t-arrays"'))
    text = text[:hidden].replace("    ### BEGIN HIDDEN TESTS\n", "").replace("    ### END HIDDEN TESTS\n", "")
    course.write(source, text)
    for arguments in (("lock",), ("rubric", "init", "01"), ("gradebook", "init")):
        assert course.tito(*arguments).code == 0
    course.write(RUBRIC, course.read(RUBRIC) + SECTION)
    assert course.tito("audit").code == 0
    course.write("in/ann.py", WRONG)
    assert "recorded in" in course.tito("grade", "01", "in", "--json", "out.json", "--html", "pages").err
    told = "It equals three times x."
    assert set(named(course.root / "out.json").values()) == {told}
    assert told in course.read("pages/students/ann.html")
    assert f"known mistake: {told}" in course.tito("gradebook", "student", "ann").out
    assert told in course.tito("report", "01").out
    assert told in course.tito("report", "01", "--format", "gradescope").out
