"""Commands for milestones: programs that run on what a student has exported."""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import console
from tito.cli.options import Json, here
from tito.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from tito.report import Style
    from tito.workflows.student.milestone import Figure, Ran, Standing

milestone = typer.Typer(no_args_is_help=True, help="See what your package can do: status, run.")

_COLOURS = {"reached": "green", "not reached": "yellow", "open": "cyan"}


@milestone.command()
def status(*, json: Json = False) -> None:
    """Say which milestones are open, which are reached, and what the others need; nothing is run for it."""
    from tito.cli import tables
    from tito.workflows.student.milestone import status as workflow

    found = workflow(here())
    if json:
        console.show_json(tables.to_json("milestone status", found))
    elif not found:
        console.show("this course has no milestones")
    else:
        console.show(_table(found, console.style()))


@milestone.command()
def run(
    name: Annotated[str, typer.Argument(help="A milestone's name, or how it begins.")],
    *,
    locked: Annotated[
        bool, typer.Option("--locked", help="Run it although lessons that it needs are missing.")
    ] = False,
    json: Json = False,
) -> None:
    """Run a milestone on your own package; the exit code is 0 when all its figures are reached."""
    from tito.cli import tables
    from tito.workflows.student.milestone import State, find
    from tito.workflows.student.milestone import run as workflow

    course = here()
    chosen = find(course, name)
    console.warn(f"{chosen.title}\n{chosen.history}\n")
    done = workflow(course, chosen, datetime.now(UTC), sys.stderr if json else sys.stdout, locked=locked)
    reached = done.standing.state is State.REACHED
    if json:
        console.show_json(tables.to_json("milestone run", [done], ok=reached))
    else:
        console.show(_ran(done, console.style()))
    if not reached:
        raise typer.Exit(Exit.NO)


def _table(found: "Sequence[Standing]", style: "Style") -> "RenderableType":
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from tito.report import label

    table = Table(box=style.box, pad_edge=False, show_edge=False)
    for head in ("milestone", "title", "state", "figures"):
        table.add_column(head, overflow="fold")
    for each in found:
        told = f"{each.state} {each.at[:10]}".strip()
        if each.state == "locked":
            told = f"locked: {len(each.missing)} lessons to go"
        figures = "\n".join(_figure(figure) for figure in each.figures)
        state = Text(style.say(told), style=_COLOURS.get(each.state, ""))
        table.add_row(label(each.milestone), Text(style.say(each.title)), state, Text(style.say(figures)))
    done = sum(each.state == "reached" for each in found)
    return Group(table, Text(), Text(f"{done} of {len(found)} milestones reached", style="bold"))


def _ran(done: "Ran", style: "Style") -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    from tito.model.outcome import Status
    from tito.report import safe

    if done.code:
        what = f"{done.standing.milestone}: its program ended with exit code {done.code}, so nothing was measured"
        return Text(safe(what), style="red")
    rows = []
    for each in done.standing.figures:
        met = Status.PASSED if each.reached else Status.FAILED
        rows.append(Text(f"{style.sign(met)} {style.say(_figure(each))}", style=style.colour(met)))
    files = [Text(f"see {safe(name)}") for name in done.files]
    end = Text(f"{done.standing.milestone}: {done.standing.state}", style="bold")
    return Group(Text(), *rows, *files, end)


def _figure(figure: "Figure") -> str:
    if figure.value is None:
        return f"{figure.name} {figure.goal}"
    return f"{figure.name}: {figure.value:.4g} ({figure.goal})"
