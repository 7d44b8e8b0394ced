"""Where `tito collect` knows students and zones from: a roster's CSV, the gradebook, a rubric's due date."""

from datetime import tzinfo
from pathlib import Path

from tito.collection.register import Register, register
from tito.errors import Problem, UsageError
from tito.gradebook import people
from tito.gradebook.book import Gradebook
from tito.model.course import Course
from tito.scoring import load
from tito.workflows.course.opening import find_module, read_text, shown
from tito.workflows.grading.columns import id_column, read_csv


def of_file(path: Path, column: str) -> Register:
    """Return the students of a CSV; `column` holds their ids. A row without one, as Canvas has, is nobody's."""
    if not path.is_file():
        raise UsageError(Problem("there is no such file", "Name a CSV of students.", str(path)))
    rows, heads = read_csv(path)
    return register([row.cells for row in rows], id_column(heads, column, str(path)))


def of_book(book: Gradebook) -> Register | None:
    """Return the students on a gradebook's roster; None where it has none."""
    with book.reading() as connection:
        roster = people.roster(connection)
    known = ("student id", "full name", "email")
    rows = [
        {**each.more, **dict(zip(known, (each.name, each.full_name, each.email), strict=True))} for each in roster
    ]
    return register(rows, "student id") if rows else None


def due_zone(course: Course, wanted: str) -> tzinfo | None:
    """Return the zone of a module's due date; None where its rubric has none."""
    module = find_module(course, wanted)
    if not module.rubric.is_file():
        return None
    late = load(read_text(module.rubric, "Save it as UTF-8."), shown(course, module.rubric)).rubric.late
    return late.due.tzinfo if late else None
