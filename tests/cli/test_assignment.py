"""An assignment of two modules in one folder: one total, late once, decided about and reviewed as one."""

import json
import re
import shutil

import pytest

LESSON = """\
# %% nbgrader={{"solution": true, "grade_id": "{0}"}}
def {0}(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% nbgrader={{"grade": true, "grade_id": "t", "points": 4}}
def test_{0}():
    assert {0}(2) == 4

# %%
print("{0} of 3 is", {0}(3))

# %% [markdown] nbgrader={{"grade": true, "solution": true, "grade_id": "why", "points": 1}}
# Because.
"""
LATE = 'late:\n  due: "2026-03-01T12:00:00+00:00"\n  penalty: 2\ncriteria:'
RIGHT, WRONG = ["    return 2 * x", "    return x"]


@pytest.fixture(scope="module")
def made(tmp_path_factory, new_course):
    course = new_course(tmp_path_factory.mktemp("assignment"))
    shutil.rmtree(course.root / "modules")
    shutil.rmtree(course.root / "graders", ignore_errors=True)
    course.write("tito.toml", 'name = "mini"\ntest_seconds = 1\nload_seconds = 1\nlate_days = 1\n')
    for name in ("a", "b"):
        course.write(f"modules/ps1/{name}.py", LESSON.format(name))
    assert course.tito("lock").code == 0
    for name in ("ps1_a", "ps1_b"):
        assert course.tito("rubric", "init", name).code == 0
        dated(course, name)
    assert course.tito("gradebook", "init").code == 0
    hand_in(course, "submitted/ann/ps1", RIGHT, RIGHT)
    hand_in(course, "submitted/bob/ps1", RIGHT)
    course.write("times.csv", "student,submitted\nann,2026-03-03T11:00:00Z\nbob,2026-03-01T11:00:00Z\n")
    done = course.tito("grade", "ps1", "submitted", "--time-from", "times.csv", "--quiet")
    assert done.code == 0, done.out + done.err
    return course


@pytest.fixture
def course(made, tmp_path):
    return made.copy(tmp_path / "course")


def dated(course, name, late=LATE):
    text = course.read(f"rubrics/{name}.yaml")
    course.write(f"rubrics/{name}.yaml", text.replace("criteria:", late, 1))


def hand_in(course, folder, *codes):
    for name, code in zip("ab", codes, strict=False):
        text = LESSON.format(name).replace(RIGHT, code).replace("Because.", f"For {folder}.")
        course.write(f"{folder}/{name}.py", text)


def export(course, *options):
    rows = json.loads(course.tito("gradebook", "export", *options, "--format", "json").out)["data"]
    return {each["student"]: (each["module"], each["earned"], each["final"], each["state"]) for each in rows}


def test_an_assignment_is_late_once_and_spends_the_budget_once(course):
    # Two days late with one day of the budget: 2 of 8 points, not 2 of each module.
    assert export(course)["ann"] == ("ps1", 8, 6, "incomplete")
    assert export(course, "ps1") == export(course)
    again = course.tito("grade", "ps1", "submitted", "--student", "ann")
    assert "1 from the budget (0 of 1 day left)" in " ".join(again.out.split())
    alone = course.tito("grade", "ps1_a", "submitted", "--student", "ann")
    assert "late:" not in alone.out
    assert "ps1_a is a part of ps1, which is late as a whole" in alone.err


def test_what_was_not_handed_in_by_anybody_is_worth_its_points(course):
    shutil.rmtree(course.root / "submitted/ann")
    done = course.tito("grade", "ps1", "submitted", "--no-gradebook", "--json", "-")
    assert [(each["earned"], each["possible"]) for each in json.loads(done.out)["data"]["grades"]] == [(4, 10)]


def test_decisions_about_the_whole_are_the_assignments(course):
    def decide(command, *options):
        return course.tito("gradebook", command, "ann", "ps1", *options).err

    assert "ann, ps1: due 2026-03-03" in decide("extend", "--by", "2d")
    assert export(course)["ann"][2] == 8
    assert "ann, ps1: adjusted by 1 point" in decide("adjust", "--by", "1", "--reason", "neat")
    assert export(course)["ann"][2] == 9
    assert "ann, ps1: comment 1" in decide("comment", "Well done.")
    decide("extend", "--withdraw")
    decide("excuse", "--reason", "ill")
    assert export(course)["ann"][2:] == (7, "excused")
    shown = course.tito("gradebook", "student", "ann", "ps1").out
    assert "Well done." in shown
    assert "neat" in shown
    told = course.tito("gradebook", "history", "ann", "ps1").out
    assert len(re.findall(r"^\S+ \S+ +(?:extension|adjustment|comment|excuse|run)", told, re.MULTILINE)) >= 6, told


@pytest.mark.parametrize("command", [("extend", "--by", "1d"), ("excuse",), ("adjust", "--by", "1", "--reason", "x")])
def test_what_is_the_whole_assignments_is_refused_for_a_part_of_it(course, command):
    done = course.tito("gradebook", command[0], "ann", "ps1_a", *command[1:])
    assert done.code == 2
    assert "ps1_a is a part of ps1" in done.err
    assert "Name ps1." in done.err


def test_a_criterion_is_named_with_its_module(course):
    assert course.tito("gradebook", "override", "bob", "ps1", "a-t", "3", "--reason", "late copy").code == 0
    assert export(course)["bob"][1] == 3
    done = course.tito("gradebook", "override", "bob", "ps1", "t", "3", "--reason", "x")
    assert done.code == 2
    assert "there is no criterion t in ps1. There are a-t, a-why, b-t, b-why." in " ".join(done.err.split())


def test_pages_show_what_the_cells_of_each_module_showed(course, tmp_path):
    def showed(*arguments):
        assert course.tito(*arguments, "--html", str(tmp_path)).code == 0
        page = next((tmp_path / "students").glob("ann*")).read_text()
        return re.findall(r"[ab] of 3 is \d", page)

    assert showed("grade", "ps1", "submitted", "--quiet") == ["a of 3 is 6", "b of 3 is 6"]
    assert showed("report", "ps1") == ["a of 3 is 6", "b of 3 is 6"]
    assert course.tito("report", "ps1", "--feedback", "nbgrader", "--out", str(tmp_path / "sent")).code == 0
    assert "b of 3 is 6" in (tmp_path / "sent/ann/ps1/ps1.html").read_text()


def test_answers_are_reviewed_over_all_modules(course):
    listed = course.tito("review", "ps1", "--list").out
    assert re.search(r"a-why .* 0 +2", listed), listed
    assert re.search(r"b-why .* 0 +1", listed), listed
    for name in ("a-why", "b-why"):
        assert course.tito("review", "ps1", "--student", "ann", "--criterion", name, "--points", "1").code == 0
    assert export(course)["ann"] == ("ps1", 10, 8, "graded")


def test_rubrics_that_differ_in_lateness_are_refused_before_anyone_is_graded(course):
    text = course.read("rubrics/ps1_b.yaml")
    course.write("rubrics/ps1_b.yaml", text.replace("penalty: 2", "penalty: 3"))
    done = course.tito("grade", "ps1", "submitted")
    assert done.code == 3
    assert "ps1_a and ps1_b are ps1, and their rubrics differ in `late:`" in done.err


def test_the_best_attempt_is_one_of_the_whole(course):
    course.write("tito.toml", course.read("tito.toml") + 'attempts = "best"\n')
    shutil.rmtree(course.root / "submitted")
    # One attempt has a right and the other b: no attempt has both.
    for when, codes in (("2026-02-01 10:00:00 UTC", (RIGHT, WRONG)), ("2026-02-02 10:00:00 UTC", (WRONG, RIGHT))):
        hand_in(course, f"inbound/ann+ps1+{when}", *codes)
    done = course.tito("collect", "ps1", "inbound", "--out", "submitted", "--keep", "all")
    assert done.code == 0, done.out + done.err
    done = course.tito("grade", "ps1", "submitted", "--no-gradebook", "--json", "-")
    (grade,) = json.loads(done.out)["data"]["grades"]
    assert grade["earned"] == 4
    assert [each["earned"] for each in grade["criteria"]][::2] == [0, 4]


def test_a_page_of_an_assignment_shows_the_code_of_all_its_modules(course):
    assert course.tito("report", "ps1", "--html", "pages").code == 0
    page = course.read("pages/students/ann.html")
    assert "def a(x)" in re.sub("<[^>]+>", "", page)
    assert "def b(x)" in re.sub("<[^>]+>", "", page)
