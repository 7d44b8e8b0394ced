"""The `mutants:` section of a rubric."""

import pytest

from tito.errors import CourseError
from tito.model.mutants import Equivalent, Mistake, Mutants
from tito.scoring import dump, load

RUBRIC = """\
module: "01"
title: One
points: 5
criteria:
  - id: a
    points: 5
    title: A
"""
EQUIVALENT = "  equivalent:\n    - id: cell/swap/123456\n      reason: the order does not matter\n"
BY_ID = "    - id: cell/drop-term/abcdef\n      message: it forgets the shift\n"
BY_TEXT = '    - cell: cell\n      old: "x + y"\n      new: ""\n      message: it forgets all\n'


def loaded(section):
    return load(RUBRIC + "mutants:\n" + section, "r.yaml").rubric


def test_a_rubric_without_the_section_names_no_mutants():
    assert load(RUBRIC, "r.yaml").rubric.mutants == Mutants()


@pytest.mark.parametrize(
    ("section", "mutants"),
    [
        (EQUIVALENT, Mutants((Equivalent("cell/swap/123456", "the order does not matter"),))),
        (
            "  mistakes:\n" + BY_ID + BY_TEXT,
            Mutants(
                (),
                (
                    Mistake("it forgets the shift", "cell/drop-term/abcdef"),
                    Mistake("it forgets all", "", "cell", "x + y", ""),
                ),
            ),
        ),
        ("  equivalent: []\n", Mutants()),
    ],
)
def test_the_section_is_read_and_written(section, mutants):
    rubric = loaded(section)
    assert rubric.mutants == mutants
    assert load(dump(rubric), "r.yaml").rubric == rubric


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ("  equivalent:\n    - id: a/b/1\n", "r.yaml:10:7: key 'reason' is missing."),
        ("  equivalnt: []\n", "r.yaml:9:3: unknown key 'equivalnt'. Did you mean 'equivalent'?"),
        ("  equivalent:\n    - id: 3\n      reason: x\n", "r.yaml:10:11: id is 3, not a text. Put it in quotes."),
        ("  mistakes: 3\n", "r.yaml:9:13: mistakes is 3, not a list. Write a list."),
        ("  mistakes:\n    - message: x\n", "r.yaml:10:7: a mistake is a mutant's id, or a cell with old and new."),
        (
            "  mistakes:\n" + BY_ID + "      old: x\n",
            "r.yaml:10:7: a mistake is a mutant's id, or a cell with old and new.",
        ),
        ("  mistakes:\n" + BY_ID + BY_ID, "r.yaml:12:11: mutant cell/drop-term/abcdef is there twice. Remove one."),
    ],
)
def test_what_is_wrong_in_the_section_is_told_with_its_place(section, told):
    with pytest.raises(CourseError) as caught:
        loaded(section)
    assert str(caught.value).startswith(told)
