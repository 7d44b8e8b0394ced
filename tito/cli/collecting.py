"""`tito collect`: what was handed in, from wherever it was, into one layout."""

from datetime import UTC, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import console
from tito.cli.gradebooks import Place
from tito.cli.options import Json, ModuleName, here
from tito.errors import Exit

if TYPE_CHECKING:
    from tito.collection.register import Register
    from tito.model.course import Course


class Source(StrEnum):
    """Whose downloads are known by their names."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    BLACKBOARD = "blackboard"
    GRADESCOPE = "gradescope"
    NBGRADER = "nbgrader"


class Keep(StrEnum):
    """Which attempts of a student are kept."""

    LATEST = "latest"
    ALL = "all"


def collect(
    module: ModuleName,
    sources: Annotated[list[Path], typer.Argument(help="Downloads (zip or folder), folders, git checkouts.")],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to: <student>/<module>/ below it.")] = Path(
        "submitted"
    ),
    roster: Annotated[
        Path | None, typer.Option(help="A CSV of students, such as an LMS's gradebook; else the gradebook's roster.")
    ] = None,
    column: Annotated[str, typer.Option("--id", help="The roster's column with the students' ids.")] = "",
    lms: Annotated[Source | None, typer.Option(help="Whose download it is, where its names do not tell.")] = None,
    prefix: Annotated[str, typer.Option(help="What the names of git checkouts begin with.")] = "",
    keep: Annotated[
        Keep | None,
        typer.Option(
            help="all: earlier attempts go to .earlier, where they are graded if the setting `attempts` is best or "
            "first, which make this the default."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    place: Place = "",
    json: Json = False,
) -> None:
    """Place submissions from downloads, folders and checkouts, the latest of each student; name what has no place.

    Times are kept as the files' own and in times-<module>.csv: grade with --time-from mtime.
    """
    from tito.cli import tables
    from tito.collection.lms import Lms
    from tito.workflows.course.opening import find_assignment
    from tito.workflows.grading.collect import Wanted, collect_all

    course = here()
    how = Wanted(
        out,
        Lms(lms) if lms else None,
        _register(course, roster, column, place),
        prefix,
        every=(keep or _kept(course)) is Keep.ALL,
        write=not dry_run,
        zone=_zone(course, find_assignment(course, module).modules[0]),
    )
    collected = collect_all(course, module, sources, how)
    left = any(each.left for each in collected)
    if json:
        console.show_json(tables.to_json("collect", collected, ok=not left))
    for each in () if json else collected:
        console.show(tables.collected(each, console.style()))
    if left:
        raise typer.Exit(Exit.NO)


def _register(course: "Course", roster: Path | None, column: str, place: str) -> "Register | None":
    import os

    from tito.cli.gradebooks import opened
    from tito.workflows.book.finding import wanted
    from tito.workflows.grading.registers import of_book, of_file

    if roster:
        return of_file(roster, column)
    return of_book(opened(place)) if wanted(course, place, os.environ) else None


def _kept(course: "Course") -> Keep:
    return Keep.LATEST if course.settings.attempts == "latest" else Keep.ALL


def _zone(course: "Course", module: str) -> tzinfo:
    """Return the zone of the module's due date, for times that have none."""
    from tito.workflows.grading.registers import due_zone

    return due_zone(course, module) or UTC
