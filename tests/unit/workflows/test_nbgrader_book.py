"""nbgrader's database: read and left alone, and what people decided there in a gradebook of tito's."""

import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

sys.path.insert(0, str(Path(__file__).parents[2] / "nbgrader"))

from tables import TABLES

from tito.errors import CourseError
from tito.gradebook import schema
from tito.gradebook.book import open_gradebook
from tito.gradebook.location import is_nbgraders, locate
from tito.gradebook.people import roster
from tito.model.course import Course
from tito.workflows.book.finding import place, wanted
from tito.workflows.book.nbgrader_book import enter, read_nbgrader

ROWS = """
INSERT INTO student VALUES ('ann', 'Ann', 'Lee', 'ann@x.org', '17'), ('bob', NULL, NULL, NULL, NULL);
INSERT INTO assignment VALUES ('a1', 'ps1', '2026-03-02 12:00:00.000000', 'c');
INSERT INTO notebook VALUES ('n1', 'p', 'a1', '');
INSERT INTO submitted_assignment VALUES ('s1', 'a1', 'ann', '2026-03-01 00:00:00', '1970-01-03 00:00:00.000000');
INSERT INTO submitted_notebook VALUES ('sn1', 's1', 'n1', 0, 0);
INSERT INTO base_cell VALUES ('c1', 't', 'n1', 'GradeCell'), ('c2', 'why', 'n1', 'GradeCell');
INSERT INTO grade_cells VALUES ('c1', 2.0, 'code'), ('c2', 3.0, 'markdown');
INSERT INTO grade VALUES ('g1', 'sn1', 'c1', 0.1, NULL, 0.5, 0), ('g2', 'sn1', 'c2', NULL, 3.5, NULL, 0);
INSERT INTO comment VALUES ('m1', 'sn1', 'c2', NULL, ' Well said. ');
"""
NOW = datetime(2026, 4, 1, tzinfo=UTC)
MODULES = {("ps1", "p"): "ps1"}


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(TABLES + ROWS)
    connection.close()
    return path


@pytest.fixture
def book(tmp_path):
    return open_gradebook(locate("ours.db", tmp_path), NOW, create=True)


def rows(book, table):
    with book.reading() as connection:
        return connection.execute(select(table).order_by(table.c.id)).all()


def test_a_database_is_read_and_left_as_it_is(database):
    before = database.read_bytes()
    found = read_nbgrader(database)
    assert [(each.name, each.full_name, each.more) for each in found.students] == [
        ("ann", "Ann Lee", {"lms_user_id": "17"}), ("bob", "", {}),
    ]  # fmt: skip
    assert found.due == {"ps1": datetime(2026, 3, 2, 12, tzinfo=UTC)}
    assert found.extensions == (("ann", "ps1", timedelta(days=2)),)
    assert [(each.cell, each.auto, each.manual, each.extra) for each in found.scores] == [
        ("t", Decimal("0.1"), None, Decimal("0.5")), ("why", None, Decimal("3.5"), Decimal(0)),
    ]  # fmt: skip
    assert (database.read_bytes(), sorted(path.name for path in database.parent.iterdir())) == (before, ["theirs.db"])


def test_what_people_decided_there_is_decided_here(database, book):
    entered = enter(book, read_nbgrader(database), MODULES, NOW)
    assert (entered.students, entered.decisions) == (2, 4)
    with book.reading() as connection:
        assert [each.name for each in roster(connection)] == ["ann", "bob"]
    (override,) = rows(book, schema.overrides)
    # What is above a cell's points is the whole grade's, with what was extra.
    assert (override.criterion, override.earned) == ("why", 3)
    assert [row.plus for row in rows(book, schema.adjustments)] == [1]
    assert [row.text for row in rows(book, schema.comments)] == ["Well said."]
    assert [row.until for row in rows(book, schema.extensions)] == [datetime(2026, 3, 4, 12, tzinfo=UTC)]


def test_entering_it_again_writes_nothing_and_never_over_what_was_decided_since(database, book):
    enter(book, read_nbgrader(database), MODULES, NOW)
    assert enter(book, read_nbgrader(database), MODULES, NOW).decisions == 0
    with book.writing() as connection:
        connection.execute(schema.overrides.insert().from_select(
            ["student_id", "module_id", "criterion", "earned", "reason", "author", "at"],
            select(*(schema.overrides.c[name] for name in ("student_id", "module_id", "criterion", "earned", "reason")),
                   schema.students.c.name, schema.overrides.c.at).join(schema.students),
        ))  # fmt: skip
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE grade SET manual_score = 1 WHERE id = 'g2'")
    connection.close()
    # Ann has overruled it: only what was beyond the cell's points changes.
    assert enter(book, read_nbgrader(database), MODULES, NOW).decisions == 1
    assert [row.author for row in rows(book, schema.overrides)] == ["nbgrader", "ann"]


@pytest.mark.parametrize(
    ("script", "what"),
    [("CREATE TABLE x (y)", "no database of nbgrader's"), ("DROP TABLE base_cell", "an older nbgrader's")],
)
def test_what_is_no_database_of_todays_nbgrader_is_refused(tmp_path, database, script, what):
    path = tmp_path / "other.db" if script.startswith("CREATE") else database
    with sqlite3.connect(path) as connection:
        connection.execute(script)
    connection.close()
    with pytest.raises(CourseError, match=what):
        read_nbgrader(path)


def test_nbgraders_file_of_the_same_name_is_never_a_gradebook(database):
    root = database.parent
    database.rename(root / "gradebook.db")
    assert is_nbgraders(root / "gradebook.db")
    course = Course(root)
    assert not wanted(course, "", {})
    assert place(course, "", {}).file == Path(root, "tito-gradebook.db")
