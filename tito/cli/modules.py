"""Commands for a student's way through a workspace: module status, start, complete and update."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tito.cli import console
from tito.cli.grading import show_check
from tito.cli.options import Json, ModuleName, Modules, here
from tito.cli.students import say_steps, standing_table
from tito.errors import Exit

One = ModuleName

module = typer.Typer(no_args_is_help=True, help="Go through the course's modules: status, start, complete, update.")


@module.command()
def status(modules: Modules = None, *, json: Json = False) -> None:
    """Say how far each module is; nothing is run for it."""
    from tito.cli import tables
    from tito.workflows.student.module import status as workflow

    course = here()
    if json:
        console.show_json(tables.to_json("module status", workflow(course, modules or [])))
        return
    from tito.workflows.student.steps import standings, steps

    found = standings(course, modules or [])
    console.show(standing_table(found, console.style()))
    say_steps(steps(found))


@module.command()
def start(
    name: One,
    *,
    again: Annotated[bool, typer.Option("--again", help="Bring a fresh stub; what you wrote is kept.")] = False,
) -> None:
    """Bring a module's stub, to be filled in."""
    from tito.workflows.student.module import start as workflow

    started = workflow(here(), name, again=again)
    if started.kept:
        console.warn(f"kept what you had written: {started.kept}")
    console.warn(f"{'brought' if started.brought else 'it is there already:'} {started.path}")
    console.warn(f"Fill it in, then run `tito check {started.module}`.")


@module.command()
def complete(name: One, *, json: Json = False) -> None:
    """Check a module, export it and record that it is complete; nothing is recorded when a step fails."""
    course = here()
    from tito.workflows.grading.judges import start_pool

    with start_pool(course, 1) as pool:
        from tito.workflows.student.module import complete as workflow

        done = workflow(course, name, pool, datetime.now(UTC))
    from tito.report import check_json

    if json:
        console.show_json(check_json(done.check.grade, done.check.hidden))
    else:
        show_check(done.check)
    if done.exported:
        console.warn(f"exported to {done.exported.path}")
    if done.recorded:
        console.warn(f"{done.check.grade.module} is complete")
        from tito.workflows.student.steps import standings, steps

        say_steps(steps(standings(course), done.check.grade.module))
        return
    console.warn("not complete: nothing was exported or recorded")
    raise typer.Exit(Exit.BROKEN if done.check.grade.broken else Exit.NO)


@module.command()
def update(
    release: Annotated[Path, typer.Argument(metavar="RELEASE", help="The folder of the newer release.")],
    *,
    json: Json = False,
) -> None:
    """Bring a newer release's tests, data and text; what you wrote in your cells stays."""
    from tito.cli import tables
    from tito.workflows.student.update import update as workflow

    done = workflow(here(), release)
    if json:
        console.show_json(tables.to_json("module update", [done]))
    else:
        console.show(tables.updated(done, console.style()))
