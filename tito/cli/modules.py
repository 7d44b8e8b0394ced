"""Commands for a student's way through a workspace: module status, start, complete and update."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import console
from tito.cli.options import Json, ModuleName, Modules, here
from tito.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from tito.report import Style
    from tito.workflows.student.module import Progress

One = ModuleName

module = typer.Typer(no_args_is_help=True, help="Go through the course's modules: status, start, complete, update.")


@module.command()
def status(modules: Modules = None, *, json: Json = False) -> None:
    """Say how far each module is; nothing is run for it."""
    from tito.cli import tables
    from tito.workflows.student.module import status as workflow

    found = workflow(here(), modules or [])
    if json:
        console.show_json(tables.to_json("module status", found))
    else:
        console.show(_table(found, console.style()))


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
    from tito.workflows.machine.sandbox import best

    course, level = here(), best()
    from tito.workflows.grading.judges import start_pool

    with start_pool(course, level, 1) as pool:
        from tito.workflows.student.module import complete as workflow

        done = workflow(course, name, pool, datetime.now(UTC))
    from tito.report import check_json, check_report

    if json:
        console.show_json(check_json(done.check.grade, done.check.hidden))
    else:
        console.show(check_report(done.check.grade, hidden=done.check.hidden, style=console.style()))
    if done.exported:
        console.warn(f"exported to {done.exported.path}")
    if done.recorded:
        console.warn(f"{done.check.grade.module} is complete")
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


def _table(found: "Sequence[Progress]", style: "Style") -> "RenderableType":
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from tito.model.points import points
    from tito.report import label, safe

    table = Table(box=style.box, pad_edge=False, show_edge=False)
    for head in ("module", "title", "points", "state"):
        table.add_column(head, justify="right" if head == "points" else "left", overflow="fold")
    colours = {"complete": "green", "changed since": "yellow", "in progress": "cyan"}
    for each in found:
        told = f"{each.state} {each.at[:10]}" if each.at else str(each.state)
        state = Text(f"{told}: {safe(each.why)}" if each.why else told, style=colours.get(each.state, ""))
        table.add_row(label(each.module), Text(style.say(each.title)), points(each.points), state)
    done = sum(each.state == "complete" for each in found)
    return Group(table, Text(), Text(f"{done} of {len(found)} modules complete", style="bold"))
