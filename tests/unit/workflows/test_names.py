"""`tito lock --names`: what a lock file says of names, block by block."""

from dataclasses import replace
from decimal import Decimal

import pytest
from rich.console import Console

from tito.cli import tables
from tito.errors import CourseError
from tito.locking import lock_file
from tito.model.grader import Block, Grader, LockedCriterion, NameSource, Source
from tito.report.style import Style
from tito.workflows.course.names import names
from tito.workflows.course.opening import open_course

GRADER = Grader(
    "01_a",
    "submission",
    (LockedCriterion("t-f", Decimal(1), ("t.py::test_f",)),),
    (),
    blocks=(Block(5, 6), Block(9, 12, "t-f", ("test_f",), ("f",)), Block(15, 16)),
    names=(NameSource("np", 0, Source.JUDGE, "imported, a.py:1"), NameSource("f", 1, Source.SUBMISSION, "a solution binds it, a.py:3")),
)  # fmt: skip


@pytest.fixture
def course(tmp_path):
    def made(grader):
        (tmp_path / "tito.toml").write_text("")
        (tmp_path / "modules" / "01_a").mkdir(parents=True)
        (tmp_path / "modules" / "01_a" / "a.py").write_text("")
        (tmp_path / "graders" / "01_a").mkdir(parents=True)
        (tmp_path / "graders" / "01_a" / "lock.json").write_text(lock_file.dump(grader))
        return open_course(tmp_path)

    return made


def test_each_name_stands_with_its_block_source_and_reason(course):
    assert [(each.block, each.name, each.source, each.why) for each in names(course(GRADER), [])] == [
        ("given, before t-f", "np", "judge", "imported, a.py:1"),
        ("t-f", "f", "submission", "a solution binds it, a.py:3"),
    ]


def test_a_lock_of_version_1_says_nothing_of_names(course):
    with pytest.raises(CourseError, match=r"does not say where names come from\. Run `tito lock 01_a`\."):
        names(course(replace(GRADER, blocks=(), names=())), [])


def test_the_table_names_a_module_once(course, capsys):
    Console(width=120).print(tables.named(names(course(GRADER), []), Style()))
    shown = capsys.readouterr().out
    assert shown.count("01_a") == 1
    assert "given, before t-f" in shown
    assert "a solution binds it, a.py:3" in shown
