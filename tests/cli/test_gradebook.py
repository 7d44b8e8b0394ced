"""The gradebook's commands as instructors type them."""

import json
import subprocess
import sys

import pytest

GOOD = "def double(x):\n    return x + x\n"
ABS = "def double(x):\n    return abs(x) * 2\n"
LATE = 'points: 5\nlate:\n  due: "2026-10-01T12:00:00+02:00"\n  penalty: 10%\n'


@pytest.fixture(scope="module")
def template(tmp_path_factory, new_course):
    """A course with a gradebook in which ann has 5 points, bob 2.5 and cy none."""
    made = new_course(tmp_path_factory.mktemp("course"))
    for arguments in (("lock",), ("rubric", "init", "01"), ("gradebook", "init")):
        assert made.tito(*arguments).code == 0
    for name, text in {"ann": GOOD, "bob": ABS, "cy": "def double(x):\n    return 3 * x\n"}.items():
        made.write(f"in/{name}.py", text)
    assert made.tito("grade", "01", "in").code == 0
    return made


@pytest.fixture
def graded(template, tmp_path):
    """A copy of the course that a test may change."""
    return template.copy(tmp_path / "course")


def finals(course):
    rows = json.loads(course.tito("gradebook", "show", "01", "--json").out)["data"]
    return {row["student"]: row["final"] for row in rows}


def test_without_a_gradebook_nothing_is_recorded_and_the_commands_say_how_to_make_one(locked):
    locked.write("in/ann.py", GOOD)
    assert "recorded" not in locked.tito("grade", "01", "in").err
    done = locked.tito("gradebook", "show")
    assert (done.code, done.out) == (2, "")
    assert "there is no gradebook here. Make one with `tito gradebook init`" in done.err
    done = locked.tito("grade", "01", "in", "--gradebook", "mine.db", "--no-gradebook")
    assert done.code == 2
    assert not list(locked.root.glob("*.db"))


def test_a_gradebook_is_where_the_option_the_environment_or_the_setting_says(locked):
    locked.write("in/ann.py", GOOD)
    assert "recorded in" in locked.tito("grade", "01", "in", "--gradebook", "option.db").err
    assert "recorded in" in locked.tito("grade", "01", "in", TITO_GRADEBOOK="variable.db").err
    locked.write("tito.toml", locked.read("tito.toml") + 'gradebook = "setting.db"\n')
    assert "recorded in" in locked.tito("grade", "01", "in").err
    assert {each.name for each in locked.root.glob("*.db")} == {"option.db", "variable.db", "setting.db"}


def test_a_class_is_shown_with_those_who_handed_nothing_in(graded):
    graded.write("roster.csv", "id;first name;last name\nann;Ann;Lee\ndan;Dan;Oh\n")
    done = graded.tito("gradebook", "import-roster", "roster.csv")
    assert done.err == "2 students, 1 of them new, by the column id\n"
    done = graded.tito("gradebook", "show", "01", COLUMNS="80")
    assert [line.split() for line in done.out.splitlines()[3:]] == [
        ["ann", "Ann", "Lee", "5/5", "5/5", "100.0", "graded"],
        ["bob", "2.5/5", "2.5/5", "50.0", "graded"],
        ["cy", "0/5", "0/5", "0.0", "graded"],
        ["dan", "Dan", "Oh", "-", "missing"],
    ]
    assert finals(graded) == {"ann": 5, "bob": 2.5, "cy": 0, "dan": None}
    course = graded.tito("gradebook", "show", COLUMNS="80").out
    assert "2.5/5" in course
    assert "nothing handed in" in course


def test_an_override_has_a_reason_and_holds_through_later_runs(graded):
    arguments = ("gradebook", "override", "bob", "01", "t-double", "2")
    assert "an override needs a reason" in graded.tito(*arguments).err
    assert graded.tito(*arguments, "--reason", "a fair reading", "--author", "ada").code == 0
    assert "override by ada: 0 → 2 points: a fair reading" in graded.tito("gradebook", "student", "bob").out
    assert "override by ada: 0 → 2 points" in graded.tito("grade", "01", "in", "--student", "bob").out
    assert finals(graded)["bob"] == 4.5
    assert graded.tito(*arguments[:-1], "--withdraw", "--reason", "no").code == 0
    assert finals(graded)["bob"] == 2.5


REFUSED = {
    "student": (("bub", "01", "t-double", "2"), "there is no student bub in the gradebook. There are bob."),
    "criterion": (("bob", "01", "t-duble", "2"), "there is no criterion t-duble. There are t-double, t-arrays, t-hidden."),
    "too much": (("bob", "01", "t-double", "3"), "3 points are not possible here. Give 0 to 2.5"),
    "nan": (("bob", "01", "t-double", "nan"), "nan points are not possible here. Give 0 to 2.5"),
    "no number": (("bob", "01", "t-double", "all"), "'all' is no number of points. Write a number such as 2.5."),
    "neither": (("bob", "01", "t-double"), "an override is points or --withdraw. Give one of them."),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED.values(), ids=REFUSED)
def test_an_override_that_cannot_be_is_refused(graded, arguments, sentence):
    done = graded.tito("gradebook", "override", *arguments, "--reason", "r")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"tito: {sentence}")


def test_comments_are_shown_and_can_be_taken_back(graded):
    graded.tito("gradebook", "comment", "bob", "01", "Good [bold]work\x1b[2J")
    graded.tito("gradebook", "comment", "bob", "01", "abs is too much", "--criterion", "t-double")
    out = graded.tito("gradebook", "student", "bob").out
    assert "comment: Good [bold]work\\x1b[2J" in out
    assert "comment: abs is too much" in out
    assert "bob has no comment 9 on 01_double. There are 1." in graded.tito(
        "gradebook", "comment", "bob", "01", "--retract", "9"
    ).err  # fmt: skip
    assert graded.tito("gradebook", "comment", "bob", "01", "--retract", "1").code == 0
    assert "Good" not in graded.tito("gradebook", "student", "bob").out


def test_the_history_has_every_run_and_decision(graded):
    graded.tito("gradebook", "override", "bob", "01", "t-double", "2", "--reason", "fair", "--author", "ada")
    graded.tito("grade", "01", "in")
    events = json.loads(graded.tito("gradebook", "history", "bob", "--json").out)["data"]
    assert [(each["kind"], each["text"].split(":")[0]) for each in events] == [
        ("run", "run 2"), ("override", "t-double"), ("run", "run 5"),
    ]  # fmt: skip
    assert "run 2: 2.5 of 5, earlier: in/bob.py" in events[0]["text"]
    out = graded.tito("gradebook", "history", "bob", COLUMNS="80").out
    assert max(map(len, out.splitlines())) <= 80


def test_an_export_is_a_row_for_each_grade_and_no_cell_is_a_formula(graded):
    graded.write("roster.csv", "id,name\nann,=1+1\n")
    graded.tito("gradebook", "import-roster", "roster.csv")
    head, ann, *rest = graded.tito("gradebook", "export").out.splitlines()
    assert head.startswith("student,full_name,email,module,state,earned,adjustments,final,possible,percent,")
    assert ann.startswith("ann,'=1+1,,01_double,graded,5,0,5,5,100,,0,standard,1,")
    assert len(rest) == 2
    graded.tito("gradebook", "export", "01", "--format", "json", "--out", "book.json")
    assert [row["final"] for row in json.loads(graded.read("book.json"))["data"]] == [5, 2.5, 0]


ROSTERS = {
    "twice": ("id\nann\nann\n", "r.csv:3: ann is there twice, first on line 2. Remove one."),
    "no id": ("id,name\n,Ann\n", "r.csv:2: this student has no id. Fill it in, or remove the line."),
    "no column": ("who,what\na,b\n", "r.csv:1: no column looks like the students' ids. Name it with --id. There are who, what."),
    "empty": ("id\n", "r.csv: this roster is empty. Export it again."),
    "no CSV": ('id\n"ann\n', "r.csv:2: this is not CSV: unexpected end of data. Export it again."),
}  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), ROSTERS.values(), ids=ROSTERS)
def test_a_roster_that_is_wrong_is_refused_at_its_line(course, text, sentence):
    course.write("r.csv", text)
    done = course.tito("gradebook", "import-roster", "r.csv")
    assert (done.code, done.err) == (3, f"tito: {sentence}\n")


def test_a_regrade_is_shown_before_it_counts(graded):
    source = "modules/01_double/double_dev.py"
    graded.write(source, graded.read(source).replace("assert double(-3) == -6", "assert double(-3) in (-6, 6)"))
    assert graded.tito("lock").code == 0
    done = graded.tito("grade", "01", "in", "--diff", COLUMNS="80")
    assert done.code == 0
    assert "t-double: test_double.py::test_double was edited" in done.out
    (bob,) = [line.split() for line in done.out.splitlines() if line.startswith("bob")]
    assert bob == ["bob", "2.5", "5", "+2.5", "T", "double", "+2.5"]
    assert "1 gains points, 2 stay the same\nmean 2.5 → 3.33, median 2.5 → 5" in done.out
    assert finals(graded)["bob"] == 2.5
    assert "`tito grade 01 --accept` makes it count" in done.err
    done = graded.tito("grade", "01", "--accept")
    assert "3 grades of batch 2 count now" in done.err
    assert finals(graded)["bob"] == 5
    assert "there is nothing to accept" in graded.tito("grade", "01", "--accept").err


def test_whoever_was_graded_again_meanwhile_keeps_the_newer_grade(graded):
    graded.tito("grade", "01", "in", "--diff")
    graded.write("in/cy.py", GOOD)
    graded.tito("grade", "01", "in/cy.py")
    done = graded.tito("grade", "01", "--accept")
    assert "2 grades of batch 2 count now\ngraded again meanwhile, and unchanged: cy" in done.err
    assert finals(graded)["cy"] == 5


def test_a_criterion_that_is_added_or_dropped_is_told(graded):
    rubric = graded.read("rubrics/01_double.yaml")
    dropped = rubric.replace('title: "T double"', 'title: "T double"\n    dropped: "The page was ambiguous."')
    extra = dropped + "  - id: style\n    points: 1\n    title: Style\n    kind: manual\n    extra: true\n"
    graded.write("rubrics/01_double.yaml", extra)
    done = graded.tito("grade", "01", "in", "--diff", "--accept")
    assert "criterion t-double: `dropped` has changed: The page was ambiguous." in done.out
    assert "criterion style is new (1 point)" in done.out
    assert finals(graded) == {"ann": 5, "bob": 5, "cy": 2.5}


def test_an_extension_needs_a_due_date_and_moves_it(graded):
    assert (
        "the rubric of 01_double has no due date" in graded.tito("gradebook", "extend", "bob", "01", "--by", "2d").err
    )
    graded.write("rubrics/01_double.yaml", graded.read("rubrics/01_double.yaml").replace("points: 5\n", LATE))
    done = graded.tito("gradebook", "extend", "bob", "01", "--by", "2d 6h", "--reason", "ill")
    assert done.err == "bob, 01_double: due 2026-10-03 18:00:00 UTC+02:00\n"
    done = graded.tito("gradebook", "extend", "bob", "01", "--until", "2026-10-05 23:59")
    assert done.err == "bob, 01_double: due 2026-10-05 23:59:00 UTC+02:00\n"
    assert "'soon' is no date and time" in graded.tito("gradebook", "extend", "bob", "01", "--until", "soon").err


def test_two_graders_at_once_lose_nothing(graded):
    command = [sys.executable, "-c", "from tito.cli import main; main()", "grade", "01"]
    before = json.loads(graded.tito("gradebook", "history", "ann", "--json").out)["data"]
    running = [
        subprocess.Popen([*command, "in"], cwd=graded.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert all(b"recorded in" in each.communicate(timeout=120)[1] for each in running)
    for name in ("ann", "bob", "cy"):
        events = json.loads(graded.tito("gradebook", "history", name, "--json").out)["data"]
        assert len(events) == len(before) + 3
        assert sum("counts" in each["text"] for each in events) == 1


def test_lateness_is_a_line_of_its_own_and_an_extension_takes_it_away(graded):
    graded.write("rubrics/01_double.yaml", graded.read("rubrics/01_double.yaml").replace("points: 5\n", LATE))
    done = graded.tito("grade", "01", "in")
    assert "nothing says when work was handed in: see --time-from" in done.err
    graded.write("t.csv", "id,when\nann,2026-10-01 11:00\nbob,2026-10-02T13:00:00+02:00\n")
    out = graded.tito("grade", "01", "in", "--time-from", "t.csv:when", COLUMNS="80").out
    (bob,) = [line.split() for line in out.splitlines() if line.startswith("bob")][:1]
    assert bob[-5:-2] == ["-1", "1.5", "30.0"]
    assert "bob: -1  1 day 1 h late: 2 days at 10 %" in out
    assert "cy: no time of submission is known, so lateness was not looked at" in out
    out = graded.tito("gradebook", "student", "bob").out
    assert "2.5 of 5 points from the criteria\n-1  1 day 1 h late: 2 days at 10 %\n1.5 of 5 points (30.0 %)" in out
    assert graded.tito("gradebook", "extend", "bob", "01", "--by", "1d").code == 0
    assert "-0.5  1 h late: 1 day at 10 %" in graded.tito("gradebook", "student", "bob").out
    assert finals(graded) == {"ann": 5, "bob": 2, "cy": 0}


def test_looking_at_a_late_student_changes_nothing_and_a_known_time_stays_known(graded):
    graded.write("rubrics/01_double.yaml", graded.read("rubrics/01_double.yaml").replace("points: 5\n", LATE))
    graded.write("t.csv", "id,when\nann,2026-10-01 11:00\nbob,2026-10-02T13:00:00+02:00\ncy,-\n")
    graded.tito("grade", "01", "in", "--time-from", "t.csv:when")
    before = (graded.root / "gradebook.db").read_bytes()
    done = graded.tito("grade", "01", "in", "--student", "bob")
    assert "-1  1 day 1 h late: 2 days at 10 %" in done.out
    assert "recorded" not in done.err
    assert (graded.root / "gradebook.db").read_bytes() == before
    assert "-1  1 day 1 h late" in graded.tito("grade", "01", "in").out
    assert finals(graded) == {"ann": 5, "bob": 1.5, "cy": 0}
    done = graded.tito("grade", "01", "in", "--student", "bob", "--diff")
    assert (done.code, done.err.startswith("tito: --student looks at one grade and records nothing")) == (2, True)


def test_a_students_look_shows_what_people_decided(graded):
    graded.tito("gradebook", "override", "bob", "01", "t-double", "2", "--reason", "fair", "--author", "ada")
    graded.tito("gradebook", "comment", "bob", "01", "see me")
    out = graded.tito("grade", "01", "in", "--student", "bob").out
    assert "override by ada: 0 → 2 points: fair" in out
    assert "comment: see me" in out
    events = json.loads(graded.tito("gradebook", "history", "bob", "--json").out)["data"]
    assert [each["kind"] for each in events] == ["run", "override", "comment"]


def test_a_whole_grade_is_adjusted_and_a_student_excused(graded):
    graded.write("roster.csv", "id,name\nbob,Bob Ray\ndan,Dan Oh\n")
    graded.tito("gradebook", "import-roster", "roster.csv")
    adjust = ("gradebook", "adjust", "bob", "01")
    assert "an adjustment needs a reason" in graded.tito(*adjust, "--by", "-1").err
    assert "an adjustment is --by, --to or --withdraw" in graded.tito(*adjust).err
    assert graded.tito(*adjust, "--by", "-1", "--reason", "copied", "--author", "ada").code == 0
    assert "-1  adjusted: copied (ada)" in graded.tito("gradebook", "student", "bob").out
    assert finals(graded)["bob"] == 1.5
    assert graded.tito("gradebook", "excuse", "dan", "01", "--reason", "ill").err == "dan, 01_double: excused\n"
    rows = {row["student"]: row for row in json.loads(graded.tito("gradebook", "show", "01", "--json").out)["data"]}
    assert [rows[name]["state"] for name in ("bob", "dan")] == ["graded", "excused"]
    assert "dan       Dan Oh" in graded.tito("gradebook", "show", "01").out
    events = json.loads(graded.tito("gradebook", "history", "bob", "--json").out)["data"]
    assert events[-1]["text"] == "by -1 point: copied"
    assert graded.tito(*adjust, "--withdraw").code == 0
    assert finals(graded)["bob"] == 2.5


def test_a_teachers_own_export_is_filled_and_those_left_out_are_named(graded):
    export = 'Student,ID,SIS Login ID,Section,01 Double (7),Final Grade\r\n    Points Possible,,,,5,(read only)\r\n"Lee, Ann",12,ann,1,,A\r\n"Oh, Dan",15,dan,1,3,B\r\n'
    (graded.root / "canvas.csv").write_bytes(export.encode())
    done = graded.tito(
        "gradebook", "export", "01", "--lms", "canvas", "--into", "canvas.csv", "--column", "01 Double"
    )
    assert done.code == 1
    assert "1 grade in column 01 Double (7) of canvas.csv, 1 new or changed" in done.out
    assert "not filled: bob: not in the file" in done.out
    assert "no grade for: Oh, Dan" in done.out
    assert (graded.root / "canvas.csv").read_bytes() == export.replace("ann,1,,A", "ann,1,5,A").encode()
    done = graded.tito("gradebook", "export", "01", "--lms", "canvas", "--into", "canvas.csv")
    assert (done.code, done.out) == (2, "")
    assert "no column is named Double or 01_double." in done.err


def test_a_class_and_a_course_are_shown_in_numbers_and_a_group_gets_one_comment(locked):
    locked.tito("gradebook", "init")
    for name in ("ann", "bob"):
        locked.write(f"in/{name}.py", "def double(x):\n    return x\n")
    locked.write("in/cy.py", "def double(x):\n    return 2 * x\n")
    locked.tito("grade", "01", "in")
    (course,) = json.loads(locked.tito("stats", "--json").out)["data"]
    assert [(each["student"], each["total"]["percent"]) for each in course["students"]][-1] == ("cy", 100)
    (module,) = json.loads(locked.tito("stats", "01", "--json").out)["data"]
    group = next(each for each in module["alike"] if each["criterion"] == "t-double")
    assert group["students"] == ["ann", "bob"]
    assert group["key"] in locked.tito("review", "01", "--alike").out
    told = locked.tito("review", "01", "--group", group["key"], "--comment", "Twice, not once.")
    assert "t-double: 2 students have the comment" in told.err
    assert "Twice, not once." in locked.tito("gradebook", "student", "bob", "01").out
    assert locked.tito("review", "01", "--group", "zzz", "--comment", "x").code == 2
    assert locked.tito("stats", "--html", "course.html").code == 0
    assert "cy" in locked.read("course.html")
