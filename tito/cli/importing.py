"""Commands that bring a course over from another grader: `tito import …`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import console
from tito.cli.options import Json
from tito.errors import Exit

if TYPE_CHECKING:
    from tito.workflows.course.imported import Imported

import_ = typer.Typer(no_args_is_help=True, help="Bring a course over from nbgrader or otter-grader.")
Out = Annotated[Path, typer.Option("--out", "-o", help="The new course's folder; or one that was imported before.")]
Keep = Annotated[
    bool, typer.Option("--keep", help="Where both were changed, what is in the new course counts as merged.")
]


@import_.command("nbgrader")
def nbgrader_(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The folder that holds source/.")],
    *,
    out: Out,
    keep: Keep = False,
    json: Json = False,
) -> None:
    """Write a course out of an nbgrader course: modules, rubrics, roster, each module locked and proved.

    nbgrader_config.py is read and never run; nothing is written into the course that is imported. Importing again
    takes what was changed there since, and leaves what was edited in the new course.
    """
    from tito.workflows.course.import_nbgrader import import_nbgrader

    _show(import_nbgrader(path, out, datetime.now(UTC), keep=keep), json=json)


@import_.command("otter")
def otter_(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A master notebook, or a folder of them.")],
    *,
    out: Out,
    keep: Keep = False,
    json: Json = False,
) -> None:
    """Write modules out of otter-grader's notebooks, each locked and proved.

    Importing again takes what was changed there since, and leaves what was edited in the new course.
    """
    from tito.workflows.course.import_otter import import_otter

    _show(import_otter(path, out, keep=keep), json=json)


def _show(made: "Imported", *, json: bool) -> None:
    from tito.cli import tables

    if json:
        console.show_json(tables.to_json("import", [made], ok=made.whole))
    else:
        console.show(tables.imported(made, console.style()))
    if not made.whole:
        raise typer.Exit(Exit.NO)
