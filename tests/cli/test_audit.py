"""`tito audit` as an instructor types it."""

import json

import pytest

ARRAYS = "np.allclose(double(np.arange(3)), [0, 2, 4], atol=LIMIT)"


@pytest.fixture
def weak(course):
    """A course whose tests ask little, so that some mutants survive."""
    source = "modules/01_double/double_dev.py"
    text = (
        course.read(source).replace("double(-3) == -6", "double(-3) < 0").replace("double(2) == 4,", "double(2) > 2,")
    )
    course.write(
        source,
        text.replace(ARRAYS, "double(np.arange(3)).shape == (3,)").replace("double(0.5) == 1", "double(0.5) > 0"),
    )
    assert course.tito("lock").code == 0
    assert course.tito("rubric", "init", "01").code == 0
    return course


def data(done):
    return json.loads(done.out)["data"][0]


def test_a_strong_grader_kills_every_mutant(locked):
    done = locked.tito("audit", "--fail-under", "100")
    assert done.code == 0
    assert "01_double: 6 of 6 mutants killed (100.0 %)" in done.out
    assert "survivors" not in done.out
    assert "free points" not in done.out


def test_the_table_says_what_each_criterion_fails(locked):
    found = data(locked.tito("audit", "01", "--json"))
    assert (found["mutants"], found["killed"], found["survivors"]) == (6, 6, [])
    rows = {each["id"]: (each["tested"], each["killed"], each["alone"], each["stub"]) for each in found["criteria"]}
    assert rows["t-double"] == (6, 6, 0, 0)
    assert all(row[0] == 6 and row[3] == 0 for row in rows.values())


def test_survivors_are_shown_with_id_and_diff_and_fail_a_build(weak):
    done = weak.tito("audit", "--fail-under", "90", "--survivors", COLUMNS="80")
    assert done.code == 1
    assert "line 19, double: `2` → `3` in `2 * x`" in done.out
    assert "-    return 2 * x" in done.out
    assert "+    return 3 * x" in done.out
    assert "double/constant/" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_a_test_that_looks_at_no_answer_asks_for_its_form_all_the_same(weak):
    source = "modules/01_double/double_dev.py"
    weak.write(source, weak.read(source).replace("double(0.5) > 0", "double(0.5) is not NotImplemented"))
    weak.tito("lock")
    done = weak.tito("audit")
    assert done.code == 0
    assert "5 of 6 mutants killed" in done.out
    assert "free points" not in done.out


def test_a_mutant_that_never_ends_is_killed(course):
    source = "modules/01_double/double_dev.py"
    loop = "while x is None:\n        x = x\n    return 2 * x"
    course.write(source, course.read(source).replace("return 2 * x", loop))
    assert course.tito("lock").code == 0
    assert course.tito("rubric", "init", "01").code == 0
    found = data(course.tito("audit", "--json"))
    assert found["broken"] == 0
    assert not [each for each in found["survivors"] if each["mutator"] == "comparison"]


TRIPLE = """
# %% nbgrader={"solution": true, "grade_id": "triple"}
def triple(x):
    ### BEGIN SOLUTION
    return double(x) + x
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "t-triple", "points": 1}
assert triple(2) == 6
"""


@pytest.fixture
def with_more(weak):
    """The weak course, with a part behind it whose test sees more of its mutants, and one that no mutant fails."""
    source = "modules/01_double/double_dev.py"
    free = '\n# %% nbgrader={"grade": true, "grade_id": "t-free", "points": 1}\nassert triple(0) == 0\n'
    weak.write(source, f"{weak.read(source)}{TRIPLE}{free}")
    weak.tito("lock")
    weak.tito("rubric", "init", "01", "--force")
    return weak


def test_a_quick_audit_comes_to_the_same_mutants(with_more):
    whole, quick = (data(with_more.tito("audit", "--json", *more)) for more in ((), ("--quick",)))
    assert (quick["mutants"], quick["killed"]) == (whole["mutants"], whole["killed"])
    assert [each["id"] for each in quick["survivors"]] == [each["id"] for each in whole["survivors"]]
    assert [bool(each["killed"]) for each in quick["criteria"]] == [
        bool(each["killed"]) for each in whole["criteria"]
    ]
    tested = {each["id"]: (each["tested"], each["alone"]) for each in quick["criteria"]}
    assert tested["t-triple"][0] < next(each["tested"] for each in whole["criteria"] if each["id"] == "t-triple")
    assert {alone for _, alone in tested.values()} == {None}


def test_a_quick_audit_shows_no_column_that_it_does_not_know(with_more):
    done = with_more.tito("audit", "--quick")
    (head,) = (line for line in done.out.splitlines() if line.startswith("criterion"))
    assert head.split() == ["criterion", "points", "killed", "stub", "gets"]


@pytest.mark.parametrize(
    ("body", "test", "fooled"),
    [
        ("return len(x)", "double([3, 4]) == 2", False),
        ("return [each - x[0] for each in x]", "double([0, 2])[0] == 0", True),
    ],
)
def test_a_test_passes_for_nobodys_work_where_another_answer_would_do(course, body, test, fooled):
    lines = "def double(x):\n    ### BEGIN SOLUTION\n    {}\n    ### END SOLUTION\n\n# %% nbgrader={}\nassert {}\n"
    cell = '{"grade": true, "grade_id": "t", "points": 1}'
    solution = '# %% nbgrader={"solution": true, "grade_id": "double"}\n'
    course.write("modules/01_double/double_dev.py", solution + lines.format(body, cell, test))
    assert course.tito("lock").code == 0
    course.tito("rubric", "init", "01", "--force")
    done = course.tito("audit", "--fail-under", "1")
    assert ("with its arguments rewritten" in " ".join(done.out.split()), done.code) == (fooled, int(fooled))


def test_without_a_grader_there_is_a_sentence(course):
    done = course.tito("audit")
    assert done.code == 2
    assert "no module here has a grader. Run `tito lock`." in done.err


def test_an_equivalent_mutant_counts_no_more(weak):
    before = data(weak.tito("audit", "--json"))
    name = before["survivors"][0]["id"]
    rubric = weak.read("rubrics/01_double.yaml")
    weak.write(
        "rubrics/01_double.yaml", f"{rubric}mutants:\n  equivalent:\n    - id: {name}\n      reason: for a test\n"
    )
    after = data(weak.tito("audit", "--json"))
    assert after["equivalent"] == 1
    assert (after["mutants"], after["killed"]) == (before["mutants"] - 1, before["killed"])
    assert name not in {each["id"] for each in after["survivors"]}


def test_an_id_that_is_stale_or_no_equivalent_is_told_with_its_line(locked):
    rubric = locked.read("rubrics/01_double.yaml")
    line = rubric.count("\n") + 3
    section = "mutants:\n  equivalent:\n    - id: double/constant/000000\n      reason: for a test\n"
    locked.write("rubrics/01_double.yaml", rubric + section)
    done = locked.tito("audit")
    assert done.code == 3
    assert f"rubrics/01_double.yaml:{line}:11: there is no mutant double/constant/000000." in done.err
    locked.write("rubrics/01_double.yaml", rubric)
    killed = next(each for each in ids(locked) if "/constant/" in each)
    locked.write("rubrics/01_double.yaml", rubric + section.replace("double/constant/000000", killed))
    done = locked.tito("audit")
    assert done.code == 3
    assert f"{line}:11: mutant {killed} is called equivalent, but it fails t-double, t-arrays, t-hidden." in done.err


def ids(course):
    from tito.audit.mutants import mutants
    from tito.source import parse

    return [each.id for each in mutants(parse(course.read("modules/01_double/double_dev.py"), "double_dev.py"))]


def test_a_grader_that_its_source_has_left_behind_is_refused(locked):
    source = "modules/01_double/double_dev.py"
    locked.write(source, locked.read(source).replace("return 2 * x", "return 3 * x"))
    done = locked.tito("audit")
    assert done.code == 3
    assert "the reference does not pass test_double.py::test_double (failed). Run `tito lock 01_double`." in done.err


def test_the_report_is_words_alone_where_it_must_be(weak):
    done = weak.tito("audit", COLUMNS="60", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.out.isascii()
    assert "`2` -> `3`" in done.out
    assert max(map(len, done.out.splitlines())) <= 60
