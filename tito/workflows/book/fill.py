"""`tito gradebook export --lms`: the grades that count, into the teacher's own export of an LMS's gradebook."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tito.errors import Problem, UsageError
from tito.gradebook.book import Gradebook
from tito.model.course import Course
from tito.report.lms import SYSTEMS, Filled, Score, System, Target, fill
from tito.workflows.book.grades import Standing, read_book
from tito.workflows.course.opening import graded_name, write_bytes


def fill_export(  # noqa: PLR0913 - what an instructor may say of a file
    course: Course,
    book: Gradebook,
    wanted: str,
    lms: str,
    into: Path,
    *,
    column: str,
    ids: str = "",
    scale: bool,
    out: Path | None,
    among: frozenset[str] | None = None,
) -> Filled:
    """Fill one column of the file `into` with a module's final points; write it to `out`, or in its place.

    The column is the one named `column`, or else after the module's title or id; students are found by the column
    `ids`, or the system's own. A grade that is broken or
    incomplete, and a student who has no row of his own, stay out and are named. Raises UsageError as `fill` does.
    """
    system, name = SYSTEMS[lms], graded_name(course, wanted)
    system = replace(system, ids=(ids,)) if ids else system
    if not into.is_file():
        raise UsageError(Problem("there is no such file", f"Export the gradebook from {lms} first.", str(into)))
    found = read_book(course, book, wanted, among=among)
    if not found.rubrics:
        raise UsageError(Problem(f"the gradebook has no grades of {name}", "Run `tito grade` first."))
    (rubric,) = found.rubrics
    titles = (column,) if column else (rubric.title, name)
    scores = tuple(_scores(found.standings, system))
    content = into.read_bytes()
    filled = fill(content, str(into), system, scores, Target(titles, rubric.points, scale, bool(column)))
    if out or filled.content != content:
        write_bytes(out or into, filled.content)
    return filled


def _scores(standings: Iterable[Standing], system: System) -> Iterable[Score]:
    names = {each.casefold() for each in system.ids}
    for each in standings:
        if each.grade is None and not each.excused:
            continue
        person = each.person
        own = {value for head, value in person.more.items() if head.casefold() in names}
        ids = frozenset({person.name, person.email, *own} - {""})
        if each.excused or each.grade is None:
            yield Score(person.name, ids, None, f"excused: {each.excused}")
        elif each.grade.broken:
            yield Score(person.name, ids, None, "broken: tito or the machine failed, grade it again")
        elif not each.grade.complete:
            yield Score(person.name, ids, None, "incomplete: a person has yet to grade a part")
        else:
            yield Score(person.name, ids, each.grade.final)
