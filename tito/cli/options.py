"""Arguments and options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import completing
from tito.sandbox.levels import Level

if TYPE_CHECKING:
    from tito.model.course import Course


class Stack(StrEnum):
    """Whose earlier modules a submission runs on."""

    REFERENCE = "reference"
    STUDENT = "student"


_MODULE = "02, activations or 02_activations"
ModuleName = Annotated[str, typer.Argument(help=f"{_MODULE}.", autocompletion=completing.modules)]
AnyModule = Annotated[
    str, typer.Argument(help=f"{_MODULE}; all where none is named.", autocompletion=completing.modules)
]
Modules = Annotated[
    list[str] | None,
    typer.Argument(help=f"{_MODULE}; all where none is named.", autocompletion=completing.modules),
]
StudentName = Annotated[str, typer.Argument(help="The student's id.", autocompletion=completing.students)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 where something has drifted.")]
Sandbox = Annotated[
    Level | None,
    typer.Option(
        "--sandbox",
        metavar="LEVEL",
        help="none, limits, standard or strong; by default what the course says, or standard.",
    ),
]
Prerequisites = Annotated[
    Stack,
    typer.Option(
        "--prereqs",
        help="What earlier modules are: the reference, or the student's own, with both scores side by side.",
    ),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, metavar="N", help="Judges at once; one for each processor by default.")
]
Cluster = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Judge on a Dask cluster: its scheduler's tcp://HOST:PORT.")
]
Force = Annotated[bool, typer.Option("--force", "-f", help="Judge again what has not changed, too.")]


def here() -> "Course":
    """Return the course around the working directory."""
    from tito.workflows.course.opening import open_course

    return open_course(Path.cwd())
