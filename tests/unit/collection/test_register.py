"""Which student a name is: exactly one, or nobody."""

import pytest

from tito.collection.register import register

CANVAS = [
    {"Student": "    Points Possible", "ID": "", "SIS Login ID": ""},
    {"Student": "Lee, Ann", "ID": "12", "SIS Login ID": "alee"},
    {"Student": "O'Neil, Bob", "ID": "13", "SIS Login ID": "boneil"},
    {"Student": "Ray, Al", "ID": "14", "SIS Login ID": "aray"},
    {"Student": "Ray, Al", "ID": "15", "SIS Login ID": "aray2"},
]
MOODLE = [{"Identifier": "Participant 7", "Full name": "Ann Lee", "ID number": "s7", "Email address": "Ann@x.edu"}]


@pytest.mark.parametrize(
    ("keys", "squeezed", "student"),
    [
        (("12",), "", "alee"),
        (("ALEE",), "", "alee"),
        (("Ann Lee",), "", "alee"),
        (("99",), "oneilbob", "boneil"),
        (("99",), "leean", ""),
    ],
)
def test_a_student_is_found_by_what_the_roster_says(keys, squeezed, student):
    assert register(CANVAS, "SIS Login ID").find(keys, squeezed)[0] == student


def test_two_of_one_name_are_nobody_unless_a_surer_key_comes_first():
    found = register(CANVAS, "SIS Login ID")
    assert found.find(("Ray, Al",)) == ("", "2 students of the roster are named Ray, Al")
    assert found.find(("14", "Ray, Al")) == ("aray", "")


def test_moodles_columns_and_addresses_in_any_case_are_known():
    found = register(MOODLE, "ID number")
    assert found.find(("Participant 7",)) == found.find(("ann@X.EDU",)) == found.find(("Ann Lee",)) == ("s7", "")
    assert found.find(("Participant 8", "Bob")) == ("", "not on the roster")


def test_a_row_without_an_id_is_nobodys():
    assert register(CANVAS, "ID").students == ("12", "13", "14", "15")
    assert register(CANVAS, "ID").find(("Points Possible",)) == ("", "not on the roster")
