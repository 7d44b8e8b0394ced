"""Lock files: what is written reads back, and what is no lock file is refused."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tito.errors import CourseError
from tito.locking import lock_file
from tito.model.document import Role
from tito.model.grader import (
    Block,
    Grader,
    LeftOut,
    LockedCell,
    LockedCriterion,
    LockedManual,
    Moved,
    NameSource,
    Source,
    Vacuous,
)

GRADER = Grader(
    "m",
    "core.m",
    (
        LockedCriterion("a", Decimal("2.50"), ("t.py::test_a", "t.py::test_b"), beside=("t.py::test_b",)),
        LockedCriterion(
            "b", Decimal(1), ("t.py::test_c",), hidden=True, unanchored=("m.py:3",), partly=True, value="x"
        ),
    ),
    ("core.m.f",),
    (LockedCell("r", Role.READ_ONLY, "d1", None, "import numpy"), LockedCell("a", Role.TEST, "d2", Decimal("2.50"))),
    ("f",),
    ("p.core.n",),
    {"f": "object", "f()": "data"},
    {"t.py": "d3"},
    public=True,
    blocks=(
        Block(8, 9),
        Block(12, 15, "a", ("test_a", "test_b"), ("f",), ("k",), ("import math",), "s", ("z",)),
    ),
    names=(
        NameSource("f", 1, Source.SUBMISSION, "a solution binds it: m.py:3"),
        NameSource("k", 1, Source.JUDGE, "given"),
    ),
    manual=(LockedManual("w", Decimal(3), Role.MANUAL, ("d4", "d5")),),
    seen={"t.py::test_c": 2},
    moved=(Moved("k", 3, "it differs"),),
    vacuous=(Vacuous("test_a", "f()", ("none", "zero"), ("int",)),),
    left_out=(LeftOut("z", Decimal("0.5"), "failed: 1"),),
    writes=("a f",),
    records=("Point",),
)


def test_a_lock_file_reads_back_exactly():
    assert lock_file.load(lock_file.dump(GRADER), "lock.json") == GRADER


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 1}', '{"version": 1, "module": "m", "target": "t", "criteria": 3}']
)
def test_what_is_no_lock_file_is_refused(text):
    with pytest.raises(CourseError, match=r"lock\.json: this is not a lock file\. Run `tito lock`\."):
        lock_file.load(text, "lock.json")


def test_a_lock_file_of_version_1_has_neither_blocks_nor_names():
    content = {key: value for key, value in json.loads(lock_file.dump(GRADER)).items() if key != "blocks"}
    loaded = lock_file.load(json.dumps({**content, "version": 1}), "lock.json")
    assert loaded == replace(GRADER, blocks=(), names=())


def test_a_lock_file_says_its_version_and_nothing_of_what_it_has_not():
    content = json.loads(lock_file.dump(Grader("m", "core.m", (), ())))
    assert content["version"] == 2
    assert not content.keys() & {"manual", "seen", "blocks", "moved", "vacuous", "left_out", "writes", "records"}


def test_a_lock_file_of_another_version_is_refused():
    with pytest.raises(CourseError, match="a lock file of version 9"):
        lock_file.load('{"version": 9}', "lock.json")


def test_a_digest_does_not_count_blank_lines_at_the_ends():
    assert lock_file.digest("\na = 1\n\n") == lock_file.digest("a = 1")
    assert lock_file.digest("a = 1") != lock_file.digest("a = 2")
