"""Rubrics: read exactly, and every fault at its line and column."""

from decimal import Decimal
from pathlib import Path

import pytest

from tito.errors import CourseError
from tito.model.document import Role
from tito.model.grader import Grader, LockedCriterion, LockedManual
from tito.model.rubric import Built, Credit, Criterion, Nested, Rubric, Rules
from tito.scoring import dump, load
from tito.scoring.mirror import mirror, unallowed
from tito.scoring.rubric_plain import is_plainly_right
from tito.scoring.rubric_schema import schema_problems
from tito.scoring.yaml_places import read_yaml

ROOT = Path(__file__).parents[3]
GOOD = """module: "m"
title: Module
points: 12.5
criteria:
  - id: a
    points: 2.5
    title: A
    hint: Look.
    credit: proportional
  - id: b
    points: 10
    title: B
    nested: skip
"""


def faults(text):
    with pytest.raises(CourseError) as caught:
        load(text, "r.yaml")
    return [str(each) for each in caught.value.problems]


def test_points_are_exact_and_defaults_are_filled_in():
    rubric = load(GOOD, "r.yaml").rubric
    assert rubric.points == Decimal("12.5")
    assert rubric.criteria[0] == Criterion("a", Decimal("2.5"), "A", "", "Look.", Credit.PROPORTIONAL, Nested.RUN)
    assert rubric.criteria[1].nested is Nested.SKIP


def test_what_tests_may_do_is_allowed_by_criterion():
    leave = "    unanchored: allow\n    beside: allow\n    may_write: [batch, out]\n"
    rubric = load(GOOD + leave, "r.yaml").rubric
    assert [(each.unanchored, each.beside, each.may_write) for each in rubric.criteria] == [
        (False, False, ()),
        (True, True, ("batch", "out")),
    ]
    assert load(dump(rubric), "again.yaml").rubric == rubric


def test_what_a_grader_needs_leave_for_is_named_where_the_rubric_gives_none():
    tests = {"beside": ("t.py::test_b",), "unanchored": ("m.py:3", "m.py:7")}
    grader = Grader("m", "core.m", (LockedCriterion("b", Decimal(10), ("t.py::test_b",), **tests),), ())
    first, second = (str(each) for each in unallowed(load(GOOD, "r.yaml"), grader))
    assert first.startswith("r.yaml:10:5: checks of b rest on the submission's word alone: m.py:3, m.py:7. Compare")
    assert second.startswith("r.yaml:10:5: t.py::test_b of b can only run beside the submission, which can forge it.")
    assert unallowed(load(GOOD + "    unanchored: allow\n    beside: allow\n", "r.yaml"), grader) == ()


def test_a_module_may_be_worth_nothing():
    rubric = load('module: "m"\ntitle: M\npoints: 0\ncriteria:\n  - {id: a, points: 0, title: A}\n', "r.yaml").rubric
    assert rubric.points == 0


def test_many_small_points_sum_exactly():
    items = "".join(f"  - {{id: c{n}, points: 0.1, title: C}}\n" for n in range(30))
    assert load(f'module: "m"\ntitle: M\npoints: 3\ncriteria:\n{items}', "r.yaml").rubric.points == 3


@pytest.mark.parametrize("path", sorted((ROOT / "rubrics").glob("*.yaml")), ids=lambda path: path.name)
def test_the_courses_rubrics_read_back_from_what_they_are_written_as(path):
    rubric = load(path.read_text("utf-8"), path.name).rubric
    assert load(dump(rubric), "again.yaml").rubric == rubric


FAULTS = {
    "leave that is none": (
        GOOD + "    unanchored: maybe\n",
        "r.yaml:14:17: unanchored is 'maybe'. Write allow, or leave it out.",
    ),
    "one name that may be written": (GOOD + "    may_write: out\n", "r.yaml:14:16: may_write is out, not a list"),
    "no name": (GOOD + "    may_write: [3x]\n", "r.yaml:14:17: item 1 of may_write is '3x', which does not fit"),
    "unknown key": (GOOD.replace("hint:", "hnit:"), "r.yaml:8:5: unknown key 'hnit'. Did you mean 'hint'?"),
    "unknown key at the top": (GOOD + "extra: 1\n", "r.yaml:14:1: unknown key 'extra'. The keys are"),
    "missing key": (
        GOOD.replace("    title: A\n", ""),
        "r.yaml:5:5: key 'title' is missing. Add it: The criterion's name",
    ),
    "number for a text": (GOOD.replace('"m"', "02"), "r.yaml:1:9: module is 2, not a text. Put it in quotes."),
    "text for a number": (GOOD.replace("points: 10", "points: ten"), "r.yaml:11:13: points is ten, not a number."),
    "list expected": (
        'module: "m"\ntitle: M\npoints: 1\ncriteria: none\n',
        "r.yaml:4:11: criteria is none, not a list",
    ),
    "closed set": (
        GOOD.replace("proportional", "half"),
        "r.yaml:9:13: credit is 'half'. Use all, proportional or value.",
    ),
    "negative points": (GOOD.replace("points: 2.5", "points: -2.5"), "r.yaml:6:13: points is -2.5. Use a positive"),
    "a negative fraction": (
        GOOD.replace("points: 2.5", "points: -0.5"),
        "r.yaml:6:13: points is -0.5. Use a positive",
    ),
    "a negative total": (GOOD.replace("points: 12.5", "points: -0.5"), "r.yaml:3:9: points is -0.5. Use a positive"),
    "an item that is no criterion": (GOOD + "  - 3\n", "r.yaml:14:5: item 3 of criteria is 3, not a mapping"),
    "a long value": (
        GOOD.replace("points: 10", f"points: {'t' * 40}"),
        "r.yaml:11:13: points is something else, not a number",
    ),
    "a value that is not too long": (
        GOOD.replace("points: 10", f"points: {'t' * 39}"),
        f"r.yaml:11:13: points is {'t' * 39}, not",
    ),
    "a key behind an odd one": (
        GOOD.replace("    hint:", "    <<: {}\n    title: Again\n    hint:"),
        "r.yaml:9:5: key 'title' is there twice",
    ),
    "bad id": (GOOD.replace("id: a", "id: a b"), "r.yaml:5:9: id is 'a b', which does not fit"),
    "repeated id": (GOOD.replace("id: b", "id: a"), "r.yaml:10:9: criterion a is there twice, first on line 5."),
    "wrong sum": (GOOD.replace("12.5", "12"), "r.yaml:3:9: points are 12, but the criteria's sum is 12.5."),
    "repeated key": (GOOD + "title: Again\n", "r.yaml:14:1: key 'title' is there twice. Remove one."),
    "alias": (
        GOOD.replace("hint: Look.", "hint: &x Look.").replace("title: B", "title: *x"),
        "r.yaml:8:11: an alias",
    ),
    "merge key": (GOOD.replace("    hint:", "    <<: {}\n    hint:"), "r.yaml:8:5: only plain keys are allowed."),
    "bad date": (GOOD.replace("Look.", "2025-13-45"), "r.yaml:8:11: '2025-13-45' cannot be read. Put it in quotes."),
    "tab": (GOOD.replace("    hint", "\thint"), "r.yaml:8:1: a tab or another odd character"),
    "unclosed": ("module: [1,\n", "r.yaml:2:1: "),
    "nothing": ("", "r.yaml:1:1: the rubric is nothing, not a mapping."),
    "a text": ("hello", "r.yaml:1:1: the rubric is hello, not a mapping."),
    "two documents": (GOOD + "---\na: 1\n", "r.yaml:14:1: but found another document"),
    "NUL below": ("\nmodule: \x00\n", "r.yaml:2: character U+0000 is not allowed."),
    "NUL": ("module: \x00\n", "r.yaml:1: character U+0000 is not allowed."),
    "deep": ("[" * 5_000, "r.yaml: this file nests too deeply."),
    "huge": ("#" * (1 << 21), "r.yaml: this file is larger than 1 MiB."),
}


@pytest.mark.parametrize(("text", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_at_its_place(text, told):
    assert any(each.startswith(told) for each in faults(text)), faults(text)


def test_every_fault_is_told_at_once_in_the_order_of_the_file():
    told = faults(GOOD.replace('"m"', "02").replace("hint:", "hnit:").replace("skip", "never"))
    assert [each.split(": ")[0] for each in told] == ["r.yaml:1:9", "r.yaml:8:5", "r.yaml:13:13"]


def grader(**points):
    criteria = tuple(LockedCriterion(name, Decimal(str(worth)), ()) for name, worth in points.items())
    return Grader("m", "submission", criteria, ())


def test_a_rubric_that_mirrors_its_grader_has_no_problem():
    assert mirror(load(GOOD, "r.yaml"), grader(a="2.50", b=10)) == ()


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ({"a": 2, "b": 10}, "r.yaml:6:13: a is worth 2.5 here and 2 in the grader. Make them the same."),
        ({"a": 2.5}, "r.yaml:10:9: the grader has no criterion b. Remove it, or run `tito lock`."),
        ({"a": 2.5, "b": 10, "c": 1}, "r.yaml:4:1: criterion c of the grader (1 point) is missing. Add it."),
    ],
)
def test_a_rubric_that_differs_is_told_where(points, told):
    assert [str(each) for each in mirror(load(GOOD, "r.yaml"), grader(**points))] == [told]


def test_a_rubric_of_another_module_is_told():
    other = Grader("n", "submission", grader(a=2.5, b=10).criteria, ())
    assert [each.what for each in mirror(load(GOOD, "r.yaml"), other)] == ["this rubric is for m, the grader for n"]


def test_the_schema_for_editors_is_the_one_that_validates():
    assert (ROOT / "rubrics/schema.json").read_text() == (ROOT / "tito/scoring/rubric.schema.json").read_text()


def test_a_rubric_written_from_names_with_odd_characters_reads_back():
    rubric = Rubric("m", 'a "quoted": # title', Decimal(1), (Criterion("a", Decimal(1), "x: y", "- t", "'h'\n\nß"),))
    assert load(dump(rubric), "r.yaml").rubric == rubric


def locked_by_hand(credit="", value="", **manual):
    criteria = (LockedCriterion("a", Decimal("2.5"), (), value=value), LockedCriterion("b", Decimal(10), ()))
    by_hand = tuple(LockedManual(name, Decimal(points), Role.MANUAL) for name, points in manual.items())
    text = GOOD.replace("credit: proportional", f"credit: {credit}") if credit else GOOD
    return load(text, "r.yaml"), Grader("m", "submission", criteria, (), manual=by_hand)


def test_a_manual_cell_of_the_grader_must_be_manual_in_the_rubric():
    told = [str(each) for each in mirror(*locked_by_hand(c=3))]
    assert told == ["r.yaml:4:1: criterion c of the grader (3 points) is missing. Add it, with `kind: manual`."]
    file, grader = locked_by_hand()
    assert mirror(
        file,
        Grader("m", "submission", (grader.criteria[1],), (), manual=(LockedManual("a", Decimal("2.5"), Role.TASK),)),
    )


def test_a_manual_criterion_of_the_rubrics_own_needs_no_cell():
    text = GOOD.replace("12.5", "13.5") + "  - {id: style, points: 1, title: S, kind: manual}\n"
    assert mirror(load(text, "r.yaml"), grader(a=2.5, b=10)) == ()


VALUES = {
    "none": ("", "r.yaml:9:5: no test of a ends in a number of points. End its cell in one and run `tito lock`"),
    "less": ("2", "r.yaml:9:5: the reference's tests of a end in 2, not in all 2.5 points. Correct the cell"),
    "all": ("2.5", ""),
    "True": ("True", ""),
}


@pytest.mark.parametrize(("value", "told"), VALUES.values(), ids=VALUES)
def test_credit_by_value_is_proved_on_the_reference(value, told):
    problems = [str(each) for each in mirror(*locked_by_hand("value", value))]
    assert (problems == []) if not told else problems[0].startswith(told)


STRUCTURE = """module: "01_m"
title: M
points: 3
criteria:
  - id: t
    points: 1
    title: T
  - id: short
    points: 2
    title: Short
    kind: structure
    of: total
    needs: t
    must: [recursion]
    never: [loop, "call:numpy.linalg.solve"]
"""


def test_a_criterion_of_structure_reads_back():
    rubric = load(STRUCTURE, "r.yaml").rubric
    assert rubric.criteria[1].built == Built(
        "short", "total", "t", ("recursion",), ("loop", "call:numpy.linalg.solve")
    )
    assert load(dump(rubric), "r.yaml").rubric == rubric


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    of: total\n", "", "key 'of' is missing. Add it: the function that is looked at."),
        ("    needs: t\n", "    needs: short\n", "short is no criterion with tests. Name one of t."),
        ('    must: [recursion]\n    never: [loop, "call:numpy.linalg.solve"]\n', "", "asks for nothing"),
        ("[recursion]", "[recursive]", "item 1 of must is 'recursive', which does not fit"),
        ("    kind: structure\n", "", "of is for how a function is built. Add `kind: structure`, or remove it."),
        (
            "    of: total\n",
            "    of: total\n    credit: value\n",
            "credit is for tests, and this criterion is of structure",
        ),
    ],
)
def test_a_fault_of_structure_is_told(old, new, told):
    with pytest.raises(CourseError) as raised:
        load(STRUCTURE.replace(old, new), "r.yaml")
    assert told in str(raised.value)


# Each makes a criterion that a person grades, which is read without the schema where it is plainly right.
MANUAL = GOOD.replace("    nested: skip\n", "    kind: manual\n")
ODD = {
    "tests that are no text": "    tests: 3\n",
    "a hint that is no text": "    hint: 3\n",
    "no hint in the list": "    hint: []\n",
    "a hint of the list is empty": '    hint: ["a", ""]\n',
    "why it is dropped is empty": '    dropped: ""\n',
    "extra is no yes or no": "    extra: 1\n",
    "no time": "    seconds: 0\n",
    "levels are no list": "    levels: 3\n",
    "no level": "    levels: []\n",
    "a level without points": "    levels: [{name: good}]\n",
    "a level below zero": "    levels: [{name: good, points: -0.5}]\n",
    "a level without a name": '    levels: [{name: "", points: 1}]\n',
    "a level is described by a number": "    levels: [{name: good, points: 1, description: 3}]\n",
    "a level has another key": "    levels: [{name: good, points: 1, descr: x}]\n",
    "a level is nothing": "    levels: [{name: good, points: 1}, null]\n",
}


@pytest.mark.parametrize("line", ODD.values(), ids=ODD)
def test_what_is_not_plainly_right_is_refused_by_the_schema(line):
    assert faults(MANUAL + line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points: 2.5", "points: -0.5"),
        ("points: 12.5", "points: -0.5"),
        ("title: A", 'title: ""'),
        ("title: Module", 'title: ""'),
        ('module: "m"', 'module: ""'),
    ],
)
def test_a_rubric_below_zero_or_without_a_name_is_refused(old, new):
    assert faults(GOOD.replace(old, new))


def with_points(first, total):
    return GOOD.replace("points: 2.5", f"points: {first}").replace("points: 12.5", f"points: {total}")


def test_points_may_have_three_decimals_and_no_more():
    assert load(with_points("2.505", "12.505"), "r.yaml").rubric.points == Decimal("12.505")
    told = faults(with_points("2.5055", "12.5055"))
    assert "r.yaml:6:13: 2.5055 points have more than three decimals. Round them." in told


def test_a_level_may_be_worth_nothing_and_a_hint_be_a_list():
    line = "    levels: [{name: none, points: 0}]\n    hint: [one, two]\n"
    criterion = load(MANUAL + line, "r.yaml").rubric.criteria[1]
    assert (criterion.levels[0].points, criterion.hints) == (0, ("one", "two"))


LINTED = """module: "01_m"
title: M
points: 5
criteria:
  - id: t
    points: 3
    title: T
  - id: clean
    points: 2
    title: Clean
    kind: style
    rules: [E, N802]
    ignore: [E501]
    needs: t
    each: 0.5
"""


def test_a_criterion_of_style_reads_back():
    rubric = load(LINTED, "r.yaml").rubric
    assert rubric.criteria[1].linted == Rules("clean", ("E", "N802"), "t", ("E501",))
    assert rubric.criteria[1].each == Decimal("0.5")
    assert load(dump(rubric), "r.yaml").rubric == rubric


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    rules: [E, N802]\n", "", "key 'rules' is missing. Add it: which of ruff's rules count"),
        ("    needs: t\n", "", "key 'needs' is missing. Add it: the criterion whose tests must pass"),
        ("    needs: t\n", "    needs: clean\n", "clean is no criterion with tests. Name one of t."),
        ("[E501]", "[e501]", "item 1 of ignore is 'e501', which does not fit"),
        ("each: 0.5", "each: 0", "each is 0. Use a positive number."),
        ("each: 0.5", "each: 0.0001", "0.0001 points have more than three decimals"),
        ("    kind: style\n", "", "rules is for what ruff finds. Add `kind: style`, or remove it."),
        ("    each: 0.5\n", "    nested: skip\n", "nested is for tests, and this criterion is of style"),
        ("    each: 0.5\n", "    never: [loop]\n", "never is for how a function is built. Add `kind: structure`"),
    ],
)
def test_a_fault_of_style_is_told(old, new, told):
    with pytest.raises(CourseError) as raised:
        load(LINTED.replace(old, new), "r.yaml")
    assert told in str(raised.value)


PLAIN = {
    "all of it": GOOD,
    "nothing to earn": 'module: "m"\ntitle: M\npoints: 0\ncriteria:\n  - {id: a, points: 0, title: A}\n',
    "hints": GOOD.replace("hint: Look.", "hint: [Look., Again.]"),
    "seconds and extra": GOOD + "    seconds: 0.5\n    extra: true\n    dropped: unclear\n    tests: All.\n",
    "leave": GOOD + "    unanchored: allow\n    beside: allow\n",
    "levels": GOOD + "    kind: manual\n    levels:\n      - {name: good, points: 10, description: All.}\n      - {name: none, points: 0}\n",
    "late": GOOD + 'late:\n  due: "2026-10-01"\n  penalty: "10 %"\n  cap: 0\n  floor: 2\n  zone: UTC\n  grace: 15m\n  per: hour\n',
    "late alone": GOOD + 'late:\n  due: "2026-10-01T00:00Z"\n  penalty: 2\n',
    "mutants": GOOD + "mutants:\n  equivalent:\n    - {id: x, reason: y}\n  mistakes:\n    - {id: z, message: m}\n    - {cell: a, old: b, new: '', message: m}\n",
    "no mutants": GOOD + "mutants: {}\n",
}  # fmt: skip
NOT_PLAIN = {
    "seconds of none": GOOD + "    seconds: 0\n",
    "a level below nothing": GOOD + "    levels:\n      - {name: none, points: -0.5}\n",
    "no levels": GOOD + "    levels: []\n",
    "no hints": GOOD.replace("hint: Look.", "hint: []"),
    "an empty reason": GOOD + "    dropped: ''\n",
    "a penalty below nothing": GOOD + 'late:\n  due: "2026-10-01"\n  penalty: -0.5\n',
    "an unknown period": GOOD + 'late:\n  due: "2026-10-01"\n  penalty: 2\n  per: week\n',
    "a mutant without a reason": GOOD + "mutants:\n  equivalent:\n    - {id: x}\n",
    "another section of mutants": GOOD + "mutants:\n  others: []\n",
    "equivalents that are no list": GOOD + "mutants:\n  equivalent: x\n",
    "mistakes that are no list": GOOD + "mutants:\n  mistakes: x\n",
    "a list of mutants": GOOD + "mutants: []\n",
    "points below nothing": GOOD.replace("points: 10", "points: -0.5"),
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_what_fits_the_schema_is_seen_without_loading_it(text):
    placed = read_yaml(text, "r.yaml")
    assert is_plainly_right(placed.content)
    assert list(schema_problems(placed)) == []


@pytest.mark.parametrize("text", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_what_does_not_fit_is_never_taken_for_plain(text):
    placed = read_yaml(text, "r.yaml")
    assert not is_plainly_right(placed.content)
    assert list(schema_problems(placed))


def test_a_fault_is_told_at_the_nearest_thing_that_has_a_place():
    placed = read_yaml(GOOD, "r.yaml")
    found = placed.problem("what", "fix", ("criteria", 1, "levels", 0, "name"), value=True)
    assert (found.line, found.column) == (10, 5)
    assert placed.problem("what", "fix", ("criteria", 1, "points")).line == 11
    assert (placed.problem("what", "fix", ("late", "due")).line, placed.problem("what", "fix", ()).line) == (1, 1)
