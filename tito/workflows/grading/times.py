"""When a submission was handed in: from its archive, git, a column of a CSV, its file, or as `collect` found it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tito.collection.disk import DiskNode
from tito.collection.folders import Found
from tito.collection.ids import same
from tito.collection.moments import stamp
from tito.errors import CourseError, Problem, UsageError
from tito.model.course import Course
from tito.model.escapes import escaped
from tito.model.rubric import Rubric
from tito.model.submission import Submission
from tito.records import dataclass
from tito.report.text import csv_text
from tito.workflows.grading.columns import Line, id_columns, read_csv, time_column
from tito.workflows.grading.commits import commit_time
from tito.workflows.grading.dates import Dates, is_nothing, is_numbers, order_of, read_date

UNTIMED: Final = "no time of submission is known, so lateness was not looked at"
_LONGEST_TIME: Final = 100
_SOURCES: Final = "archive, git, mtime, nbgrader or FILE.csv:COLUMN; of an LMS's own file, FILE.csv alone"


@dataclass(frozen=True, slots=True)
class Time:
    """When something was handed in, None where that is not known, and what there is to say of it."""

    moment: datetime | None = None
    note: str = ""


When = Callable[[Found], Time]


def times(
    course: Course, given: str, dates: Dates | None = None, collected: Sequence[Path] = (), module: str = ""
) -> When:
    """Return what knows when work was handed in: as given, as the course's setting says, or as `collect` found it.

    `collected` are the folders that are graded: in those that `tito collect` made lies a table of the `module`'s
    times. Raises UsageError for a source that does not exist, CourseError for a column in which a time cannot be
    read.
    """
    source = given or course.settings.time_from
    if not source:
        return _of_collected(collected, module)
    if source in _KNOWN:
        return _KNOWN[source]
    base = Path.cwd() if given else course.root
    if source.casefold().endswith((".csv", ".tsv", ".txt")):
        return _column(base / source, "", dates)
    name, colon, column = source.rpartition(":")
    if colon:
        return _column(base / name, column, dates)
    raise UsageError(Problem(f"there is no source of times named {source}", f"Use {_SOURCES}."))


def unknown(_found: Found) -> Time:
    """Know nothing."""
    return Time()


def timed(submission: Submission, found: Found, rubric: Rubric, when: When) -> Submission:
    """Return a submission with the time at which it was handed in, and a note where lateness needs one and has none.

    A time without a zone is of the due date's.
    """
    time = Time(found.at) if found.at else when(replace(found, student=found.by or found.student))
    moment = time.moment or found.stamped
    if moment and not moment.tzinfo:
        moment = moment.replace(tzinfo=rubric.late.due.tzinfo if rubric.late else UTC)
    notes = [*submission.notes, *([time.note] if time.note and rubric.late else [])]
    if rubric.late and moment is None and when is not unknown:
        notes.append(UNTIMED)
    return replace(submission, submitted=moment, notes=tuple(notes))


def refuse_strangers(when: When, found: Sequence[Found]) -> None:
    """Raise CourseError where times are a column's that names nobody of those who are graded."""
    if isinstance(when, Column) and found and not any(when.rows_of(each.student) for each in found):
        theirs = next((row.cells.get(head, "") for row in when.rows for head in when.ids), "nobody")
        whom = "the one student" if len(found) == 1 else f"any of the {len(found)} students"
        what = f"this file does not name {whom} who handed in: it has {', '.join(when.ids)}, such as {theirs}"
        fix = f"Export it with the ids that submissions have, such as {found[0].student}."
        raise CourseError(Problem(what, fix, when.path))


def _of_archive(found: Found) -> Time:
    return Time(None if found.node is None or isinstance(found.node, DiskNode) else found.node.modified)


def _of_file(found: Found) -> Time:
    return Time(found.node.modified if found.node else None)


def _of_git(found: Found) -> Time:
    return Time(commit_time(Path(found.path)) if isinstance(found.node, DiskNode) else None)


def _of_nbgrader(found: Found) -> Time:
    """Return the time that nbgrader's collect has put beside a submission, as timestamp.txt."""
    path = Path(found.path).parent / "timestamp.txt"
    if not isinstance(found.node, DiskNode) or path.is_symlink() or not path.is_file():
        return Time()
    text = path.read_bytes()[:_LONGEST_TIME].decode("utf-8", "replace").strip()
    return Time(moment) if (moment := stamp(text)) else Time(None, f"timestamp.txt holds no time: {escaped(text)}")


_KNOWN: Final[Mapping[str, When]] = {
    "archive": _of_archive, "git": _of_git, "mtime": _of_file, "nbgrader": _of_nbgrader,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of times: the rows of a file, the columns that name a student, and each row's time."""

    path: str
    ids: tuple[str, ...]
    rows: tuple[Line, ...]
    moments: tuple[datetime | None, ...]
    index: Mapping[str, tuple[int, ...]]

    def __call__(self, found: Found) -> Time:
        """Return when a student handed in: of several rows, the latest."""
        places = self.rows_of(found.student)
        known = [moment for place in places if (moment := self.moments[place])]
        if len({tuple(self.rows[place].cells.get(head) for head in self.ids) for place in places}) > 1:
            lines = " and ".join(str(self.rows[place].number) for place in places)
            return Time(None, f"lines {lines} of {self.path} name different students by {found.student}")
        if not known:
            return Time()
        latest = max(known, key=lambda moment: moment.replace(tzinfo=moment.tzinfo or UTC))
        return Time(
            latest, f"{len(known)} times of submission in {self.path}: the latest counts" if known[1:] else ""
        )

    def rows_of(self, student: str) -> tuple[int, ...]:
        """Return the places of the rows that name a student, in whichever of the columns."""
        return self.index.get(same(student), ())


def _column(path: Path, column: str, dates: Dates | None) -> Column:
    if not path.is_file():
        raise UsageError(Problem("there is no such file", f"Name a source of times: {_SOURCES}.", str(path)))
    rows, heads = read_csv(path)
    name = time_column(heads, column, str(path))
    ids = id_columns(heads, str(path))
    if column:
        # With heads of another language, only what stands in a column tells that it names one student a row.
        ids += tuple(head for head in heads if head not in {*ids, name} and _are_distinct(rows, head))
    index: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        names = {same(csv_text(row.cells.get(head, ""))) for head in ids}
        # Moodle's worksheet has "Participant 4101" where its files' names have 4101.
        for key in (names | {name.removeprefix("participant ") for name in names}) - {""}:
            index.setdefault(key, []).append(place)
    places = {key: tuple(found) for key, found in index.items()}
    return Column(str(path), ids, tuple(rows), _moments(rows, name, dates, str(path)), places)


def _are_distinct(rows: Sequence[Line], head: str) -> bool:
    found = [same(row.cells.get(head, "")) for row in rows]
    return bool(found) and "" not in found and len(set(found)) == len(found)


def _moments(rows: Sequence[Line], column: str, dates: Dates | None, path: str) -> tuple[datetime | None, ...]:
    texts = [row.cells.get(column, "") for row in rows]
    dates = dates or _order(rows, texts, path)
    found = [None if is_nothing(text) else read_date(text, dates) for text in texts]
    fix = 'Write it as "2026-10-01T23:59:00+02:00".'
    problems = [
        Problem(f"{text!r} is no date and time", fix, path, row.number)
        for row, text, moment in zip(rows, texts, found, strict=True)
        if moment is None and not is_nothing(text)
    ]
    if problems:
        raise CourseError(*problems)
    return tuple(found)


def _order(rows: Sequence[Line], texts: Sequence[str], path: str) -> Dates | None:
    """Return how a column's dates are meant. Raises CourseError where they do not tell."""
    first = next((place for place, text in enumerate(texts) if is_numbers(text)), None)
    if first is None:
        return None
    orders = order_of(texts)
    if len(orders) == 1:
        return orders[0]
    told = "can be read in two ways" if orders else "and others of this column are written in different orders"
    fix = "Say with --dates mdy or --dates dmy whether the month or the day comes first."
    raise CourseError(Problem(f"{texts[first]!r} {told}", fix, path, rows[first].number))


def _of_collected(folders: Sequence[Path], module: str) -> When:
    """Return the times that `tito collect` wrote beside what it placed, where a folder that is graded has them."""
    paths = (folder / f"times-{module}.csv" for folder in folders)
    tables = [_column(path, "submitted", None) for path in paths if path.is_file()]
    if not tables:
        return unknown

    def when(found: Found) -> Time:
        return next((time for table in tables if (time := table(found)).moment), Time())

    return when
