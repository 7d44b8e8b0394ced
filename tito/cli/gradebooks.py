"""Commands about the gradebook: `tito gradebook …`."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import completing, console
from tito.cli.options import AnyModule, Json, ModuleName, StudentName, here

if TYPE_CHECKING:
    from tito.gradebook.book import Gradebook
    from tito.workflows.book.decide import Case

gradebook = typer.Typer(no_args_is_help=True, help="Keep, correct and hand on grades.")

Place = Annotated[
    str,
    typer.Option(
        "--gradebook",
        metavar="FILE|URL",
        help="The gradebook: a SQLite file or postgresql://…; else TITO_GRADEBOOK, the setting `gradebook`, or "
        "gradebook.db in the course.",
    ),
]
Section = Annotated[str, typer.Option("--section", help="These students alone: a section of the roster.")]
Mine = Annotated[bool, typer.Option("--mine", help="The sections that you look after: see the setting `sections`.")]
Author = Annotated[str, typer.Option(help="Who decides; your account's name by default.")]
Student = StudentName
Module = ModuleName
OneModule = AnyModule
Reason = Annotated[str, typer.Option("--reason", "-r", help="Why; students read it.")]
Withdraw = Annotated[bool, typer.Option("--withdraw", help="Take it back.")]


class System(StrEnum):
    """The learning management systems whose exports are filled."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    BLACKBOARD = "blackboard"


class Table(StrEnum):
    """The forms in which a gradebook is exported."""

    CSV = "csv"
    JSON = "json"


def chosen(place: str, section: str, *, mine: bool) -> "frozenset[str] | None":
    """Return the students of a section, or of one's own; None where neither is asked for."""
    import os

    if not (section or mine):
        return None
    from tito.workflows.book.finding import author, wanted
    from tito.workflows.book.sections import members

    book = opened(place) if wanted(here(), place, os.environ) else None
    return members(here(), book, section, author(), mine=mine)


def opened(place: str, *, create: bool = False, server: bool = False) -> "Gradebook":
    """Open the gradebook of the course around the working directory; tell of an upgrade."""
    from tito.workflows.book.finding import open_book

    book = open_book(here(), place, datetime.now(UTC), create=create, server=server)
    if book.backup:
        console.warn(f"the gradebook was upgraded; {book.backup} is a copy of it as it was")
    return book


@gradebook.command()
def init(place: Place = "") -> None:
    """Make an empty gradebook; one that is there already stays as it is."""
    console.warn(f"gradebook: {opened(place, create=True).location.shown}")


@gradebook.command()
def upgrade(place: Place = "") -> None:
    """Bring the gradebook to this tito's schema; a database on a server is upgraded by this command alone."""
    console.warn(f"up to date: {opened(place, server=True).location.shown}")


@gradebook.command()
def show(
    module: OneModule = "", *, section: Section = "", mine: Mine = False, place: Place = "", json: Json = False
) -> None:
    """Show the grades that count: of the course, or of one module with every line that is not a criterion's."""
    from tito.cli import booktables, tables
    from tito.workflows.book import grades as workflow

    found = workflow.read_book(here(), opened(place), module, among=chosen(place, section, mine=mine))
    if json:
        console.show_json(tables.to_json("gradebook show", workflow.rows(found)))
    elif module:
        console.show(booktables.of_module(found, console.style()))
    else:
        console.show(booktables.of_course(found, console.style(), console.out().width))


@gradebook.command()
def student(student: Student, module: OneModule = "", *, place: Place = "", json: Json = False) -> None:
    """Report a student's grades in full: criteria, explanations, lateness, overrides and comments."""
    from tito.report import grades_json, student_report
    from tito.workflows.book.grades import student_grades

    kept = student_grades(here(), opened(place), student, module)
    if json:
        console.show_json(grades_json("gradebook student", [each.grade for each in kept]))
        return
    for each in kept:
        console.show(student_report(each.grade, style=console.style()))
    if not kept:
        console.warn(f"{student} has no grade yet")


@gradebook.command()
def history(student: Student, module: OneModule = "", *, place: Place = "", json: Json = False) -> None:
    """List all that happened to a student's grades: every run, and what people decided."""
    from tito.cli import tables
    from tito.report.book import history_report
    from tito.workflows.book.grades import student_history

    events = student_history(here(), opened(place), student, module)
    if json:
        console.show_json(tables.to_json("gradebook history", events))
    else:
        console.show(history_report(events, console.style()))


@gradebook.command()
def override(
    student: Student,
    module: Module,
    criterion: Annotated[str, typer.Argument(help="The criterion's id.", autocompletion=completing.criteria)],
    points: Annotated[str, typer.Argument(help="The points that count instead.")] = "",
    *,
    reason: Reason = "",
    withdraw: Withdraw = False,
    author: Author = "",
    place: Place = "",
) -> None:
    """Put points in the place of what tests or marks gave for a criterion; it holds through later runs."""
    from tito.errors import Problem, UsageError
    from tito.workflows.book import decide

    if bool(points) == withdraw:
        raise UsageError(Problem("an override is points or --withdraw", "Give one of them."))
    console.warn(decide.override(here(), opened(place), case_of(student, module, author), criterion, points, reason))


@gradebook.command()
def comment(
    student: Student,
    module: Module,
    text: Annotated[str, typer.Argument(help="What the student reads.")] = "",
    *,
    criterion: Annotated[
        str,
        typer.Option(
            help="On this criterion; a new comment takes the old one's place.", autocompletion=completing.criteria
        ),
    ] = "",
    retract: Annotated[
        int, typer.Option(metavar="NUMBER", help="Take a comment back; `history` has the numbers.")
    ] = 0,
    author: Author = "",
    place: Place = "",
) -> None:
    """Write a comment on a submission, or on one criterion of it."""
    from tito.workflows.book import decide

    case = case_of(student, module, author)
    console.warn(decide.comment(here(), opened(place), case, text, criterion, retract))


@gradebook.command()
def extend(
    student: Student,
    module: Module,
    *,
    until: Annotated[str, typer.Option(help='Due then, such as "2026-10-05 23:59" (the rubric\'s zone).')] = "",
    by: Annotated[str, typer.Option(help='Due that much later, such as "2d" or "12h".')] = "",
    reason: Reason = "",
    withdraw: Withdraw = False,
    author: Author = "",
    place: Place = "",
) -> None:
    """Give a student a due date of their own."""
    from tito.errors import Problem, UsageError
    from tito.workflows.book import decide

    if bool(until or by) == withdraw:
        raise UsageError(Problem("an extension is --until, --by or --withdraw", "Give one of them."))
    console.warn(decide.extend(here(), opened(place), case_of(student, module, author), until, by, reason))


@gradebook.command()
def extensions(
    module: Module,
    file: Annotated[Path, typer.Argument(help="A CSV of ids, with a column until or by, and perhaps reason.")],
    *,
    column: Annotated[str, typer.Option("--id", metavar="COLUMN", help="The column of ids.")] = "",
    author: Author = "",
    place: Place = "",
) -> None:
    """Give many students due dates of their own, from a CSV: all of them, or none where a line is wrong."""
    from tito.report.words import counted
    from tito.workflows.book import decide

    told = decide.extend_many(here(), opened(place), case_of("", module, author), file, column)
    for each in told:
        console.warn(each)
    console.warn(f"{counted(len(told), 'extension')} of {file}")


@gradebook.command()
def adjust(
    student: Student,
    module: Module,
    *,
    by: Annotated[str, typer.Option(help="So many points more, or less: -10.")] = "",
    to: Annotated[str, typer.Option(help="So many points in the place of all.")] = "",
    reason: Reason = "",
    withdraw: Withdraw = False,
    author: Author = "",
    place: Place = "",
) -> None:
    """Change a student's whole grade; it is a line of its own and holds through later runs."""
    from tito.errors import Problem, UsageError
    from tito.workflows.book import decide

    if bool(by or to) == withdraw:
        raise UsageError(Problem("an adjustment is --by, --to or --withdraw", "Give one of them."))
    console.warn(decide.adjust(here(), opened(place), case_of(student, module, author), by, to, reason))


@gradebook.command()
def excuse(
    student: Student,
    module: Module,
    *,
    reason: Reason = "",
    withdraw: Withdraw = False,
    author: Author = "",
    place: Place = "",
) -> None:
    """Excuse a student from a module: whatever is handed in, or not, counts nowhere."""
    from tito.workflows.book import decide

    console.warn(decide.excuse(here(), opened(place), case_of(student, module, author), reason, withdraw=withdraw))


@gradebook.command("import-roster")
def import_roster(
    file: Annotated[Path, typer.Argument(help="A CSV of students, with a first line of column names.")],
    *,
    column: Annotated[
        str, typer.Option("--id", metavar="COLUMN", help="The column that submissions are named by.")
    ] = "",
    place: Place = "",
) -> None:
    """Put a class on the roster, so that those who handed nothing in have a row as well."""
    from tito.cli.rosters import imported

    imported(file, column, place)


@gradebook.command()
def export(
    module: OneModule = "",
    *,
    form: Annotated[Table, typer.Option("--format", help="csv or json.")] = Table.CSV,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file; standard output by default.")] = None,
    lms: Annotated[System | None, typer.Option(help="Fill this LMS's own export instead: see --into.")] = None,
    into: Annotated[Path | None, typer.Option(help="The export to fill: in its place, or to --out.")] = None,
    column: Annotated[str, typer.Option(help="Its column; by default the one named after the module.")] = "",
    ids: Annotated[
        str, typer.Option("--id", help="Its column that names students, where it has heads of another language.")
    ] = "",
    scale: Annotated[bool, typer.Option("--scale", help="Make points of the column's own maximum.")] = False,
    section: Section = "",
    mine: Mine = False,
    place: Place = "",
) -> None:
    """Write the grades that count as a table, a row for each student and module; or fill an LMS's own export."""
    among = chosen(place, section, mine=mine)
    if lms or into:
        _fill(module, lms, into, column, place, out, among, ids=ids, scale=scale)
        return
    from tito.cli import tables
    from tito.report.book import csv_table
    from tito.workflows.book import grades as workflow
    from tito.workflows.course.opening import write_text

    rows = workflow.rows(workflow.read_book(here(), opened(place), module, among=among))
    text = csv_table(rows) if form is Table.CSV else tables.to_json("gradebook export", rows)
    if out:
        write_text(out, text)
    else:
        console.show_json(text)


def _fill(  # noqa: PLR0917 - what an instructor may say of a file
    module: str,
    lms: System | None,
    into: Path | None,
    column: str,
    place: str,
    out: Path | None,
    among: "frozenset[str] | None",
    *,
    ids: str,
    scale: bool,
) -> None:
    from tito.cli import tables
    from tito.errors import Exit, Problem, UsageError
    from tito.workflows.book.fill import fill_export

    if not (lms and into and module):
        raise UsageError(Problem("filling an export takes a module, --lms and --into", "Name all three."))
    book = opened(place)
    filled = fill_export(
        here(), book, module, lms.value, into, column=column, ids=ids, scale=scale, out=out, among=among
    )
    console.show(tables.filled(filled, str(out or into)))
    if filled.left:
        raise typer.Exit(Exit.NO)


def case_of(student: str, module: str, author: str) -> "Case":
    """Return whose grade of what is decided on now, and by whom."""
    from tito.workflows.book.decide import Case
    from tito.workflows.book.finding import author as known

    return Case(student, module, known(author), datetime.now(UTC))
