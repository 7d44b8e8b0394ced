"""Commands that pack a grader for another system: `tito package …`."""

from pathlib import Path
from typing import Annotated

import typer

from tito.cli import console
from tito.cli.options import ModuleName, Sandbox, here

package = typer.Typer(no_args_is_help=True, help="Pack a grader for Gradescope or Classroom 50.")
Module = ModuleName


@package.command()
def gradescope(
    module: Module,
    out: Annotated[Path, typer.Option("--out", "-o", help="The zip to upload.")] = Path("autograder.zip"),
    sandbox: Sandbox = None,
) -> None:
    """Write the zip that Gradescope builds an autograder of: grader, rubric, tito and two scripts."""
    from tito.sandbox.levels import Level
    from tito.workflows.course.package import gradescope as workflow

    course = here()
    packed = workflow(course, module, out, sandbox or Level(course.settings.sandbox))
    console.warn(f"wrote {packed.path} with {packed.files} files; upload it under Configure Autograder")


@package.command()
def requirements() -> None:
    """List what pip installs for the course's submissions, one a line."""
    from tito.workflows.course.package import requirements as workflow

    console.show(workflow(here()).removesuffix("\n"))


@package.command()
def classroom50(
    module: Module,
    out: Annotated[Path, typer.Option("--out", "-o", help="The bundle's folder, new or empty.")] = Path("bundle"),
    submission: Annotated[
        str, typer.Option(help="The file or folder to grade in a student's repository; the release's own by default.")
    ] = "",
    sandbox: Sandbox = None,
) -> None:
    """Write the bundle that Classroom 50 runs beside a student's checkout, with autograder.py at its root."""
    from tito.sandbox.levels import Level
    from tito.workflows.course.package import classroom50 as workflow

    course = here()
    packed = workflow(course, module, out, sandbox or Level(course.settings.sandbox), submission)
    console.warn(f"wrote {packed.path} with {packed.files} files")
