"""Commands about tito itself."""

from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import console
from tito.cli.options import Json, here
from tito.errors import Exit, TitoError, UsageError

if TYPE_CHECKING:
    from tito.model.course import Course


def print_version(wanted: bool) -> None:  # noqa: FBT001 - Typer's callback
    """Print the version and exit, where it is asked for."""
    if wanted:
        from tito.workflows.machine.versions import version

        console.show_json(f"tito {version('tito-autograder')}")
        raise typer.Exit


def doctor(
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="In a workspace, too: every layer and promise of confinement.")
    ] = False,
    json: Json = False,
) -> None:
    """Say what is installed and what confines submissions here, each layer, promise and package tried.

    In a student's workspace, say what its lessons need, and what is missing.
    """
    if not everything and not json and (course := _workspace()):
        _student(course)
        return
    from tito.cli import tables
    from tito.cli.diagnosis import diagnosed
    from tito.workflows.machine.doctor import diagnose

    diagnosis = diagnose(packages=_packages())
    if json:
        console.show_json(tables.to_json("doctor", [diagnosis], ok=diagnosis.grades))
    else:
        console.show(diagnosed(diagnosis, console.style()))
    if not diagnosis.grades or any(each.fault for each in diagnosis.imports):
        raise typer.Exit(Exit.NO)


def _packages() -> tuple[str, ...]:
    """Return the packages of the course at hand; where there is none, numpy."""
    try:
        return here().settings.packages
    except UsageError:
        return ("numpy",)


def _workspace() -> "Course | None":
    """Return the student's workspace around this folder, if it is one."""
    from tito.workflows.student.stubs import is_workspace

    try:
        course = here()
    except TitoError:
        return None
    return course if is_workspace(course) else None


def _student(course: "Course") -> None:
    """Say what the lessons need, in words for students."""
    from rich.text import Text

    from tito.model.outcome import Status
    from tito.workflows.student.needs import needs

    style = console.style()
    found = needs(course)
    for each in found:
        sign = style.sign(Status.PASSED if each.held else Status.FAILED if each.needed else Status.PENDING)
        said = "is there" if each.held else f"is missing{'' if each.needed else ' (not needed)'}. {each.fix}"
        colour = "green" if each.held else "red" if each.needed else "yellow"
        console.show(Text(style.say(f"{sign} {each.what}: {said}".strip()), style=colour))
    missing = sum(each.needed and not each.held for each in found)
    console.show(Text(f"{missing} missing" if missing else "nothing is missing", style="bold"))
    if missing:
        raise typer.Exit(Exit.NO)
