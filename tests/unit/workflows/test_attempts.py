"""Which attempt counts, and who shares a group's hand-in."""

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tito.collection.folders import find
from tito.collection.layout import Layout
from tito.model.grade import Grade
from tito.workflows.grading.attempts import best, with_attempts, with_groups
from tito.workflows.grading.times import Time, unknown

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def submitted(tmp_path):
    for hour, name in enumerate(
        (".earlier/ann/02_m/m_dev-1.py", ".earlier/ann/02_m/m_dev-2.py", "ann/02_m/m_dev.py")
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"a = {hour}\n")
        os.utime(path, (NOON.timestamp() + 3600 * hour,) * 2)
    (tmp_path / "bob/02_m").mkdir(parents=True)
    (tmp_path / "bob/02_m/m_dev.py").write_text("b = 1\n")
    return tmp_path


def graded(folder, counts):
    found = with_attempts(find([folder], Layout("02_m", "m_dev")), [folder], "02_m", counts)
    return [(each.student, each.path.rpartition("/")[2], each.at) for each in found]


def test_the_latest_attempt_is_graded_alone_and_the_first_at_its_own_time(submitted):
    assert graded(submitted, "latest") == [("ann", "m_dev.py", None), ("bob", "m_dev.py", None)]
    assert graded(submitted, "first") == [("ann", "m_dev-1.py", NOON), ("bob", "m_dev.py", None)]


def test_for_the_best_every_attempt_is_graded_in_order_of_time(submitted):
    names = [name for student, name, _ in graded(submitted, "best") if student == "ann"]
    assert names == ["m_dev-1.py", "m_dev-2.py", "m_dev.py"]


def test_the_best_grade_counts_the_later_of_equal_ones_and_no_refused_one():
    def grade(student, earned, refusal=""):
        return Grade(student, "02_m", "w.py", Decimal(earned), Decimal(10), (), refusal=refusal)

    grades = [grade("ann", 7), grade("ann", 7), grade("ann", 3), grade("bob", 0), grade("bob", 0, "torn")]
    assert best(grades) == [1, 3]


def shared(found, groups, when=unknown):
    return [(each.student, each.by, each.path.rpartition("/")[2], each.notes)
            for each in with_groups(found, groups, when)]  # fmt: skip


def test_a_groups_members_share_one_hand_in(submitted):
    found = find([submitted], Layout("02_m", "m_dev"))
    rows = shared(found, {"ann": "Team 1", "Zoe": "Team 1", "cy": "Team 2"})
    assert rows == [
        ("ann", "ann", "m_dev.py", ()),
        ("bob", "", "m_dev.py", ()),
        ("Zoe", "ann", "m_dev.py", ("handed in by ann for the group Team 1",)),
    ]


def test_of_two_hand_ins_of_a_group_the_latest_counts_and_both_are_named(submitted):
    found = find([submitted], Layout("02_m", "m_dev"))
    late = {"ann": NOON + timedelta(hours=1), "bob": NOON}
    rows = shared(found, {"ANN": "T", "bob": "T"}, lambda each: Time(late[each.student]))
    several = "several hand-ins of the group T: ann, bob; the latest, ann's, counts"
    assert [(*row[:2], row[3]) for row in rows] == [
        ("ann", "ann", (several,)),
        ("bob", "ann", (several, "handed in by ann for the group T")),
    ]


def test_where_the_best_counts_every_attempt_of_a_group_is_graded_for_each_member(submitted):
    found = with_attempts(find([submitted], Layout("02_m", "m_dev")), [submitted], "02_m", "best")
    rows = with_groups(found, {"ann": "T", "cy": "T"}, unknown, "best")
    assert [(each.student, each.path.rpartition("/")[2]) for each in rows if each.student == "cy"] == [
        ("cy", "m_dev-1.py"),
        ("cy", "m_dev-2.py"),
        ("cy", "m_dev.py"),
    ]
