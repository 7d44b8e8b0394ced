"""When a submission was handed in: from its archive, git, a column of a CSV, or its file, as the instructor says."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from tito.collection.disk import DiskNode
from tito.collection.folders import Found
from tito.errors import CourseError, Problem, UsageError
from tito.model.course import Course
from tito.model.rubric import Rubric
from tito.model.submission import Submission
from tito.workflows.grading.columns import id_column, read_csv
from tito.workflows.grading.commits import commit_time

When = Callable[[Found], datetime | None]
_SOURCES: Final = "archive, git, mtime or FILE.csv:COLUMN"
# Canvas and others, Gradescope, Moodle in English.
_FORMS: Final = ("%Y-%m-%d %H:%M:%S %Z", "%Y-%m-%d %H:%M:%S %z", "%A, %d %B %Y, %I:%M %p", "%m/%d/%Y %H:%M:%S")


def times(course: Course, given: str) -> When:
    """Return what knows when work was handed in: as given, as the course's setting says, or nothing.

    Raises UsageError for a source that does not exist, CourseError for a column in which a time cannot be read.
    """
    source = given or course.settings.time_from
    if source in _KNOWN:
        return _KNOWN[source]
    name, colon, column = source.rpartition(":")
    if colon:
        base = Path.cwd() if given else course.root
        return partial(_of_column, _column(base / name, column))
    raise UsageError(Problem(f"there is no source of times named {source}", f"Use {_SOURCES}."))


def unknown(_found: Found) -> datetime | None:
    """Know nothing."""
    return None


def timed(submission: Submission, found: Found, rubric: Rubric, when: When) -> Submission:
    """Return a submission with the time at which it was handed in, and a note where lateness needs one and has none.

    A time without a zone is of the due date's.
    """
    moment = when(found)
    if moment and not moment.tzinfo:
        moment = moment.replace(tzinfo=rubric.late.due.tzinfo if rubric.late else UTC)
    notes = submission.notes
    if rubric.late and moment is None and when is not unknown:
        notes = (*notes, "no time of submission is known, so lateness was not looked at")
    return replace(submission, submitted=moment, notes=notes)


def _of_archive(found: Found) -> datetime | None:
    return None if found.node is None or isinstance(found.node, DiskNode) else found.node.modified


def _of_file(found: Found) -> datetime | None:
    return found.node.modified if found.node else None


def _of_git(found: Found) -> datetime | None:
    return commit_time(Path(found.path)) if isinstance(found.node, DiskNode) else None


def _of_column(known: Mapping[str, datetime], found: Found) -> datetime | None:
    return known.get(found.student)


_KNOWN: Final[Mapping[str, When]] = {"": unknown, "archive": _of_archive, "git": _of_git, "mtime": _of_file}


def _column(path: Path, column: str) -> Mapping[str, datetime]:
    if not path.is_file():
        raise UsageError(Problem("there is no such file", f"Name a source of times: {_SOURCES}.", str(path)))
    rows, heads = read_csv(path)
    if column not in heads:
        raise UsageError(Problem(f"there is no column {column}", f"There are {', '.join(heads)}.", str(path), 1))
    name = id_column(heads, "", str(path))
    found, problems = {}, []
    for line, row in rows:
        text = row.get(column, "")
        moment = _read(text)
        if moment:
            found[row.get(name, "")] = moment
        elif text:
            fix = 'Write it as "2026-10-01T23:59:00+02:00".'
            problems.append(Problem(f"{text!r} is no date and time", fix, str(path), line))
    if problems:
        raise CourseError(*problems)
    return found


def _read(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in _FORMS:
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 - the due date's zone is added where it has none
        except ValueError:
            continue
        return moment.replace(tzinfo=UTC) if form.endswith("%Z") else moment
    return None
