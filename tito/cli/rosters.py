"""Commands about who is in the class: `tito roster …`."""

from pathlib import Path
from typing import Annotated

import typer

from tito.cli import completing, console
from tito.cli.gradebooks import Place, opened
from tito.cli.options import Json

roster = typer.Typer(no_args_is_help=True, help="Who is in the class: names beside ids, and a row for everyone.")
Column = Annotated[
    str, typer.Option("--id", metavar="COLUMN", help="The column that submissions are named by; else by its header.")
]


@roster.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="An LMS's export as it is, or any CSV with a line of column names.")],
    *,
    column: Column = "",
    called: Annotated[
        str, typer.Option("--name", metavar="COLUMN", help="The column of full names, where its head is not known.")
    ] = "",
    place: Place = "",
) -> None:
    """Put a class on the roster: who is new, who changed, and who is not in the file any more."""
    imported(file, column, place, called)


@roster.command()
def show(*, place: Place = "", json: Json = False) -> None:
    """Show the roster: ids, names, addresses."""
    from tito.cli import tables
    from tito.report.book import roster_report
    from tito.workflows.book import roster as workflow

    people = workflow.show(opened(place))
    if json:
        console.show_json(tables.to_json("roster show", people))
    else:
        rows = [(each.name, each.full_name, each.email) for each in people]
        console.show(roster_report(rows, console.style()))


@roster.command()
def remove(
    students: Annotated[list[str] | None, typer.Argument(help="Ids.")] = None,
    *,
    missing: Annotated[
        Path | None, typer.Option("--not-in", metavar="FILE", help="Everyone whom this file does not have.")
    ] = None,
    column: Column = "",
    place: Place = "",
) -> None:
    """Take students off the roster: they are owed no row, and their grades stay in the gradebook."""
    from tito.errors import Problem, UsageError
    from tito.report.words import counted
    from tito.workflows.book import roster as workflow

    if not students and missing is None:
        raise UsageError(Problem("nobody is named", "Give ids, or --not-in FILE."))
    gone = workflow.remove(opened(place), students or [], missing, column)
    console.warn(f"{counted(len(gone), 'student')} removed{_first(gone)}")


@roster.command()
def rename(
    old: Annotated[str, typer.Argument(help="The id that a student has.")],
    new: Annotated[str, typer.Argument(help="The id that the student is to have.")],
    *,
    place: Place = "",
) -> None:
    """Give a student another id, with all grades and decisions."""
    from tito.workflows.book import roster as workflow

    workflow.rename_student(opened(place), old, new)
    console.warn(f"{old} is {new} now")


@roster.command()
def merge(
    old: Annotated[str, typer.Argument(help="The id that goes.", autocompletion=completing.students)],
    into: Annotated[str, typer.Argument(help="The id that stays.", autocompletion=completing.students)],
    *,
    place: Place = "",
) -> None:
    """Make one student of two ids: grades and decisions of the first are the second's, the newer of both counts."""
    from tito.workflows.book import roster as workflow

    workflow.merge_students(opened(place), old, into)
    console.warn(f"{old} and {into} are one: {into}")


def imported(file: Path, column: str, place: str, called: str = "") -> None:
    """Import a roster and say what it changed."""
    from tito.report import safe
    from tito.report.words import counted
    from tito.workflows.book.roster import import_roster

    done = import_roster(opened(place, create=True), file, column, called)
    console.warn(f"{counted(done.students, 'student')}, {done.new} of them new, by the column {safe(done.column)}")
    if done.changed:
        console.warn(f"another name or address: {counted(len(done.changed), 'student')}{_first(done.changed)}")
    if done.gone:
        told = f"not in this file, and still on the roster: {counted(len(done.gone), 'student')}{_first(done.gone)}"
        console.warn(f"{told}; `tito roster remove --not-in {file}` removes them")


def _first(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""  # noqa: PLR2004 - as many as one reads
    return f": {', '.join(names[:5])}{more}"
