"""Results handed on, as instructors and CI type it."""

import json
import re

from jsonschema import Draft7Validator

GOOD, HALF = "def double(x):\n    return x + x\n", "def double(x):\n    return 2 * abs(x)\n"


def test_a_grade_is_written_in_a_format_and_as_json_at_once(locked):
    locked.write("in/ann.py", GOOD)
    locked.write("in/bob.py", HALF)
    done = locked.tito("grade", "01", "in", "--format", "csv", "--json", "out.json", "-q")
    assert done.code == 0
    assert [line.split(",")[:4] for line in done.out.splitlines()] == [
        ["student", "status", "final", "possible"], ["ann", "passed", "5", "5"], ["bob", "1 of 3 not passed", "2.5", "5"],
    ]  # fmt: skip
    schema = json.loads(locked.tito("schema", "result").out)
    assert list(Draft7Validator(schema).iter_errors(json.loads(locked.read("out.json")))) == []


def test_a_result_is_handed_on_without_grading_again(locked):
    locked.write("in/bob.py", HALF)
    locked.tito("grade", "01", "in", "--json", "out.json")
    done = locked.tito("report", "01", "bob", "--from", "out.json", "--format", "gradescope", "-o", "r/results.json")
    assert (done.code, done.out) == (0, "")
    assert [each["score"] for each in json.loads(locked.read("r/results.json"))["tests"]] == [0, 1, 1.5]
    assert "**2.5 of 5 points" in locked.tito("report", "double", "bob", "--from", "out.json").out


def test_fail_under_decides_the_exit_code(locked):
    locked.write("in/bob.py", HALF)
    assert locked.tito("grade", "01", "in", "--fail-under", "50").code == 0
    assert locked.tito("grade", "01", "in", "--fail-under", "50.1").code == 1


def test_what_cannot_be_written_is_told_before_anyone_is_graded(locked):
    locked.write("in/bob.py", HALF)
    for arguments, told in (
        (["--format", "xls"], "there is no format xls. The formats are json, csv,"),
        (["--out", "x.csv"], "--out is the file of a format."),
        (["--format", "csv", "--json", "-"], "both go to standard output."),
    ):
        done = locked.tito("grade", "01", "in", *arguments)
        assert (done.code, done.out) == (2, "")
        assert told in " ".join(done.err.split())
    locked.tito("grade", "01", "in", "--json", "out.json")
    assert "this result is of module 01_double" in locked.tito("report", "02", "--from", "out.json").err


def test_help_names_every_format(locked):
    from tito.report.formats import FORMATS

    text = " ".join(locked.tito("report", "--help", COLUMNS="300").out.split())
    assert [name for name in FORMATS if name not in text] == []


def test_schemas_of_results_and_rubrics_are_printed(locked):
    for name in ("result", "rubric"):
        Draft7Validator.check_schema(json.loads(locked.tito("schema", name).out))


def test_pages_are_written_for_the_class_and_for_one_student(locked):
    locked.write("in/ann.py", GOOD)
    locked.write("in/bob.py", HALF)
    done = locked.tito("grade", "01", "in", "--html", "pages", "--json", "out.json")
    assert done.code == 0
    assert "wrote 3 pages: pages/index.html" in done.err
    assert "return 2 * abs(x)" in re.sub(r"<[^>]*>", "", locked.read("pages/students/bob.html"))
    done = locked.tito("report", "01", "ann", "--from", "out.json", "--html", "ann")
    assert "wrote 1 page: ann/students/ann.html" in done.err
    assert not (locked.root / "ann/index.html").exists()
    (locked.root / "in/bob.py").unlink()
    assert locked.tito("report", "01", "--from", "out.json", "--html", "pages").code == 0
    assert "return 2" not in locked.read("pages/students/bob.html")


def test_a_hidden_tests_text_reaches_students_only_where_the_rubric_reveals_it(locked):
    locked.write("in/bob.py", HALF)
    locked.tito("grade", "01", "in", "--json", "out.json")
    tests = [each["tests"][0] for each in json.loads(locked.read("out.json"))["data"]["grades"][0]["criteria"]]
    assert [each["hidden"] for each in tests] == [True, False, True]
    assert "double(-3)" in tests[0]["failure"]["assertion"]
    assert "double(-3)" not in locked.tito("report", "01", "--from", "out.json").out
    rubric = locked.read("rubrics/01_double.yaml").replace('id: "t-double"', 'id: "t-double"\n    reveal: true')
    locked.write("rubrics/01_double.yaml", rubric)
    assert "double(-3)" in locked.tito("grade", "01", "in", "--format", "markdown").out


def test_what_counts_in_the_gradebook_is_reported_without_a_file(locked):
    locked.write("in/ann.py", GOOD)
    locked.write("in/bob.py", HALF)
    locked.tito("gradebook", "init")
    assert locked.tito("report", "01").code == 2
    locked.tito("grade", "01", "in")
    locked.tito("gradebook", "override", "bob", "01", "t-double", "2", "--reason", "a typo", "--author", "ms")
    done = locked.tito("report", "01", "--html", "pages", "--format", "csv")
    assert done.code == 0
    assert [line.split(",")[:3] for line in done.out.splitlines()[1:]] == [
        ["ann", "passed", "5"], ["bob", "1 of 3 not passed", "4.5"],
    ]  # fmt: skip
    page = locked.read("pages/students/bob.html")
    assert "changed by ms from 0: a typo" in page
    assert "double(-3)" not in page
