"""What an instructor decides about a student's grade: overrides, comments and extensions."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from tito.errors import CourseError, Problem, UsageError
from tito.gradebook import people, schema
from tito.gradebook.book import Gradebook
from tito.gradebook.decisions import decide, rows_of
from tito.model.course import Course
from tito.model.points import points, rounded, worth
from tito.model.rubric import Late
from tito.records import dataclass
from tito.scoring.assignment import criterion_within, late_of
from tito.scoring.late_policy import read_moment, read_span
from tito.workflows.course.opening import bare_name, find_assignment, find_module, graded_name, rubric_of, whole_name

_DUE: Final = "a due date"
_UNTIL: Final = ("until", "due", "due date", "due at", "extended due date", "extension due date")
_BY: Final = ("by", "days", "extension", "extension days", "extra days")
_WHY: Final = ("reason", "why", "note", "notes", "comment")


@dataclass(frozen=True, slots=True)
class Case:
    """Whose grade of what, and who decides when."""

    student: str
    module: str
    author: str
    at: datetime


def override(course: Course, book: Gradebook, case: Case, criterion: str, given: str, reason: str) -> str:
    """Put points in the place of what tests or marks gave; take that back where `given` is ""; say what was done.

    Raises UsageError for what is not there, points outside the criterion's, or no reason.
    """
    if not reason.strip():
        raise UsageError(Problem("an override needs a reason", "Give one with --reason: the student reads it."))
    case, criterion = within(course, case, criterion)
    with book.writing() as connection:
        who, module = _who(course, connection, case)
        found = people.criterion(people.rubric(connection, who[1]), criterion)
        value = earned(given, found.points) if given else None
        decide(
            connection, schema.overrides, who, case.author, case.at, criterion=criterion, earned=value, reason=reason
        )
    if value is None:
        return f"{case.student}, {module}, {criterion}: the override is withdrawn"
    return f"{case.student}, {module}, {criterion}: {points(value)} of {points(found.points)} points"


def comment(course: Course, book: Gradebook, case: Case, text: str, criterion: str = "", retract: int = 0) -> str:
    """Write a comment on a submission or one criterion of it, or take one back by its number; say what was done."""
    if not text.strip() and not retract and not criterion:
        raise UsageError(Problem("there is nothing to say", "Write a text, or --retract NUMBER."))
    if criterion:
        case, criterion = within(course, case, criterion)
    with book.writing() as connection:
        who, module = _who(course, connection, case)
        if criterion:
            people.criterion(people.rubric(connection, who[1]), criterion)
        known = {
            row.id for row in rows_of(connection, schema.comments, who) if not row.criterion and not row.retracts
        }
        if retract and retract not in known:
            numbers = ", ".join(map(str, sorted(known))) or "none"
            raise UsageError(Problem(f"{case.student} has no comment {retract} on {module}", f"There are {numbers}."))
        values = {"criterion": criterion, "text": text, "retracts": retract or None}
        number = decide(connection, schema.comments, who, case.author, case.at, **values)
    where = f"{case.student}, {module}{f', {criterion}' if criterion else ''}"
    return f"{where}: comment {retract} is retracted" if retract else f"{where}: comment {number}"


def extend(course: Course, book: Gradebook, case: Case, until: str = "", by: str = "", reason: str = "") -> str:
    """Give a student a due date of their own, or with neither `until` nor `by`, take it back; say what was done."""
    if until and by:
        raise UsageError(Problem("--until and --by are both given", "Give one of them."))
    with book.writing() as connection:
        _, module = _whole(course, connection, case, _DUE)
        moment = _until(_late(course, case.module), until, by) if until or by else None
        # Whoever hands in together is late together.
        together = _group(course, connection, case.student)
        for student in together:
            who, _ = _whole(course, connection, replace(case, student=student), _DUE)
            decide(connection, schema.extensions, who, case.author, case.at, until=moment, reason=reason)
    names = ", ".join(together)
    if moment is None:
        return f"{names}, {module}: the extension is withdrawn"
    return f"{names}, {module}: due {moment:%Y-%m-%d %H:%M:%S %Z}"


@dataclass(frozen=True, slots=True)
class Extension:
    """A line of a file of extensions: whose, until when or by how much, and why."""

    line: int
    student: str
    until: str
    by: str
    reason: str


def extend_many(course: Course, book: Gradebook, case: Case, path: Path, column: str = "") -> tuple[str, ...]:
    """Give the students of a CSV due dates of their own, all of them or none; say what was done.

    Raises CourseError for each line that names no student of the gradebook, or no time.
    """
    lines = _extensions(path, column)
    late = _late(course, case.module)
    problems: list[Problem] = []
    told = []
    with book.writing() as connection:
        known = {each.name for each in people.students(connection)}
        for each in lines:
            try:
                moment = _until(late, each.until, each.by)
            except UsageError as fault:
                problems += [replace(problem, path=str(path), line=each.line) for problem in fault.problems]
                continue
            if each.student not in known:
                fix = "Correct the id, or put the student on the roster."
                problems.append(Problem(f"there is no student {each.student}", fix, str(path), each.line))
                continue
            who, module = _whole(course, connection, replace(case, student=each.student), _DUE)
            decide(connection, schema.extensions, who, case.author, case.at, until=moment, reason=each.reason)
            told.append(f"{each.student}, {module}: due {moment:%Y-%m-%d %H:%M:%S %Z}")
        if problems:
            raise CourseError(*problems)
    return tuple(told)


def _extensions(path: Path, column: str) -> list[Extension]:
    if not path.is_file():
        raise UsageError(Problem("there is no such file", "Name a CSV of extensions.", str(path)))
    from tito.workflows.grading.columns import first_of, id_column, read_csv  # noqa: PLC0415 - for CSV files alone

    rows, heads = read_csv(path)
    ids = id_column(heads, column, str(path))
    until, by, reason = (first_of(heads, names) for names in (_UNTIL, _BY, _WHY))
    if not (until or by):
        fix = f"Name one until (a date) or by (2d, 12h). There are {', '.join(heads)}."
        raise CourseError(Problem("no column says how long", fix, str(path), 1))
    found = []
    for row in rows:
        given = row.cells.get(until, ""), row.cells.get(by, "")
        if any(given):
            length = f"{given[1]}d" if given[1].isdecimal() else given[1]
            found.append(Extension(row.number, row.cells.get(ids, ""), given[0], length, row.cells.get(reason, "")))
    return found


def adjust(course: Course, book: Gradebook, case: Case, by: str = "", to: str = "", reason: str = "") -> str:
    """Change a whole grade by points, or to points; with neither, take that back; say what was done.

    Raises UsageError for no number, for both, and for no reason.
    """
    if by and to:
        raise UsageError(Problem("--by and --to are both given", "Give one of them."))
    if not reason.strip() and (by or to):
        raise UsageError(Problem("an adjustment needs a reason", "Give one with --reason: the student reads it."))
    with book.writing() as connection:
        who, module = _whole(course, connection, case, "an adjustment")
        values = {"plus": _number(by) if by else None, "instead": _number(to, least=0) if to else None}
        decide(connection, schema.adjustments, who, case.author, case.at, reason=reason, **values)
    if not (by or to):
        return f"{case.student}, {module}: the adjustment is withdrawn"
    return f"{case.student}, {module}: adjusted {'by' if by else 'to'} {worth(_number(by or to))}"


def excuse(course: Course, book: Gradebook, case: Case, reason: str = "", *, withdraw: bool = False) -> str:
    """Let a student's grade, or that there is none, count nowhere; or take that back; say what was done."""
    with book.writing() as connection:
        who, module = _whole(course, connection, case, "an excuse")
        decide(connection, schema.excuses, who, case.author, case.at, excused=not withdraw, reason=reason)
    return f"{case.student}, {module}: {'no longer excused' if withdraw else 'excused'}"


def _number(text: str, least: int = -1_000_000) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise UsageError(Problem(f"{text!r} is no number of points", "Write a number such as -2.5.")) from None
    if not value.is_finite() or not least <= value <= 1_000_000 or value != rounded(value):  # noqa: PLR2004 - a limit
        fix = f"Give {'0 or more' if least == 0 else 'a number'}, with three decimals at most."
        raise UsageError(Problem(f"{text} points are not possible here", fix))
    return value


def within(course: Course, case: Case, criterion: str) -> tuple[Case, str]:
    """Return a case and a criterion as the module has it, where `case` names an assignment of several.

    Raises UsageError with the names that there are.
    """
    whole = find_assignment(course, case.module)
    if len(whole.modules) == 1:
        return case, criterion
    own = {module: rubric for module in whole.modules if (rubric := rubric_of(course, module))}
    known = {
        criterion_within(bare_name(course, module), each).id: (module, each.id)
        for module, rubric in own.items()
        for each in rubric.criteria
    }
    if criterion not in known:
        what = f"there is no criterion {criterion} in {whole.name}"
        raise UsageError(Problem(what, f"There are {', '.join(known)}."))
    module, name = known[criterion]
    return replace(case, module=module), name


def _who(course: Course, connection: Connection, case: Case) -> tuple[tuple[int, int], str]:
    """Return whose work a decision is about, by numbers, and the name of the module or of the whole assignment."""
    return _numbers(connection, case, graded_name(course, case.module))


def _whole(course: Course, connection: Connection, case: Case, what: str) -> tuple[tuple[int, int], str]:
    """Do so for `what` belongs to a whole assignment. Raises UsageError where the case names a part of one."""
    return _numbers(connection, case, whole_name(course, case.module, what))


def _numbers(connection: Connection, case: Case, name: str) -> tuple[tuple[int, int], str]:
    return (people.student(connection, case.student), people.ensure_module(connection, name)), name


def _group(course: Course, connection: Connection, student: str) -> list[str]:
    """Return a student and those who hand in together with them."""
    column = course.settings.groups
    groups = {each.name: each.more.get(column, "").strip() for each in people.roster(connection)} if column else {}
    own = groups.get(student, "")
    return [student, *(name for name, group in groups.items() if own and group == own and name != student)]


def _late(course: Course, wanted: str) -> Late:
    """Return what being late costs in an assignment. Raises UsageError where its rubrics have no due date."""
    whole = find_assignment(course, wanted)
    # What judges, for a module of which nothing is in the gradebook yet.
    from tito.workflows.grading.grader import load_grader, load_rubric  # noqa: PLC0415

    modules = [find_module(course, name) for name in whole.modules]
    rubrics = [load_rubric(course, module, load_grader(course, module)).rubric for module in modules]
    late = late_of(whole.name, rubrics)
    if late is None:
        names = " and ".join(rubric.module for rubric in rubrics)
        what = f"the rubric of {names} has no due date"
        raise UsageError(Problem(what, "Add `late:` with `due:` to it."))
    return late


def earned(text: str, most: Decimal) -> Decimal:
    """Return points as a person wrote them. Raises UsageError for no number, or more than there are."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise UsageError(Problem(f"{text!r} is no number of points", "Write a number such as 2.5.")) from None
    if not value.is_finite() or not 0 <= value <= most or value != round(value, 3):
        fix = f"Give 0 to {points(most)}, with three decimals at most."
        raise UsageError(Problem(f"{text} points are not possible here", fix))
    return value


def _until(late: Late, until: str, by: str) -> datetime:
    due = late.due
    try:
        if by:
            return due + read_span(by)
        return read_moment(until) if _has_zone(until) else read_moment(until, "UTC").replace(tzinfo=due.tzinfo)
    except ValueError as fault:
        what, _, fix = str(fault).partition(": ")
        raise UsageError(Problem(what, fix)) from None


def _has_zone(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
