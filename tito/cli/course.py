"""Commands that make and prove a module's editions: release, lock, rubric, validate, export."""

import shlex
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tito.cli import console
from tito.cli.options import Check, Json, Modules, here
from tito.errors import Exit


class Form(StrEnum):
    """The formats that a stub can have."""

    PY = "py"
    IPYNB = "ipynb"


rubric = typer.Typer(no_args_is_help=True, help="Make and check rubrics.")


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    *,
    name: Annotated[str, typer.Option(help="The course's name; the folder's by default.")] = "",
    json: Json = False,
) -> None:
    """Start a course of your own: one module with its grader, rubric and CI file, proved."""
    from tito.cli import tables
    from tito.workflows.course.init import init as workflow

    made = workflow(folder, name)
    if json:
        console.show_json(tables.to_json("init", [made]))
        return
    console.show(tables.initiated(made))
    console.warn(f"Go there: cd {shlex.quote(str(folder))}")
    console.warn("After a change: tito export && tito lock && tito validate && tito audit")


def release(
    modules: Modules = None,
    form: Annotated[
        Form | None, typer.Option("--format", help="The stubs' format; the source's own by default.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The folder of the students' workspace; release by default.")
    ] = None,
    *,
    solutions: Annotated[
        bool, typer.Option("--solutions", help="Write the solved edition instead, into solutions by default.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Overwrite what was changed since, and keep a copy of it.")
    ] = False,
    with_prereqs: Annotated[bool, typer.Option(help="Hand out the reference of earlier modules as well.")] = False,
    vscode: Annotated[bool, typer.Option("--vscode", help="Add tasks and a problem matcher for VS Code.")] = False,
    json: Json = False,
) -> None:
    """Write the students' edition: stubs, visible tests and rubrics, proved before anything is written."""
    from tito.cli import tables
    from tito.model.document import Format
    from tito.workflows.course.release import release_modules, release_solved

    course, wanted, format_ = here(), modules or [], Format(form) if form else None
    if solutions:
        place = out or Path("solutions")
        released = release_solved(course, wanted, place, format_, overwrite=overwrite)
    else:
        place = out or Path("release")
        released = release_modules(
            course, wanted, place, format_, with_prerequisites=with_prereqs, overwrite=overwrite
        )
    if vscode:
        from tito.workflows.course.editor import write_vscode

        for name in write_vscode(place):
            console.warn(f"wrote {place / name}")
    if json:
        console.show_json(tables.to_json("release", released.modules))
    else:
        console.show(tables.released(released, str(place), console.style(), solved=solutions))


def lock(
    modules: Modules = None,
    *,
    check: Check = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Leave out tests that cannot be locked, and say so.")
    ] = False,
    names: Annotated[bool, typer.Option("--names", help="Show where the names that tests use come from.")] = False,
    json: Json = False,
) -> None:
    """Make the locked graders, each proved on its reference; or check that they are in step."""
    from tito.cli import tables
    from tito.workflows.course import lock as workflow

    if names:
        _show_names(modules or [], json=json)
        return
    locked = workflow.check(here(), modules or []) if check else workflow.lock(here(), modules or [], partial=partial)
    drifted = check and any(each.changed for each in locked)
    if json:
        console.show_json(tables.to_json("lock", locked, ok=not drifted))
    else:
        console.show(tables.locked(locked, console.style(), check=check))
    if drifted:
        raise typer.Exit(Exit.NO)


def _show_names(modules: list[str], *, json: bool) -> None:
    from tito.cli import tables
    from tito.workflows.course.names import names

    found = names(here(), modules)
    if json:
        console.show_json(tables.to_json("lock", found))
    else:
        console.show(tables.named(found, console.style()))


def validate(modules: Modules = None, *, json: Json = False) -> None:
    """Lint sources and prove graders: the reference earns all points, the stub none."""
    from tito.cli import tables
    from tito.workflows.course.validate import validate as workflow

    validated = workflow(here(), modules or [])
    ok = not any(each.problems for each in validated)
    if json:
        console.show_json(tables.to_json("validate", validated, ok=ok))
    else:
        console.show(tables.validated(validated, console.style()))
    if not ok:
        raise typer.Exit(Exit.NO)


def export(modules: Modules = None, *, check: Check = False, json: Json = False) -> None:
    """Join the exported cells of modules into the course's package."""
    from tito.cli import tables
    from tito.workflows.course.export import export as workflow

    exported = workflow(here(), modules or [], write=not check)
    stale = check and any(each.changed for each in exported)
    if json:
        console.show_json(tables.to_json("export", exported, ok=not stale))
    else:
        console.show(tables.exported(exported, console.style(), check=check))
    if stale:
        raise typer.Exit(Exit.NO)


@rubric.command("check")
def rubric_check(modules: Modules = None, *, json: Json = False) -> None:
    """Prove that rubrics are well formed and mirror their graders' points."""
    from tito.cli import tables
    from tito.workflows.course.rubric import check as workflow

    checked = workflow(here(), modules or [])
    ok = not any(each.problems for each in checked)
    if json:
        console.show_json(tables.to_json("rubric check", checked, ok=ok))
    else:
        console.show(tables.rubrics(checked, console.style()))
    if not ok:
        raise typer.Exit(Exit.NO)


@rubric.command("init")
def rubric_init(
    module: Annotated[str, typer.Argument(help="02, activations or 02_activations.")],
    *,
    force: Annotated[bool, typer.Option("--force", "-f", help="Replace a rubric that is there.")] = False,
) -> None:
    """Start a rubric out of a module's grader."""
    from tito.workflows.course.rubric import init

    path = init(here(), module, force=force)
    console.warn(f"wrote {path}: now give each criterion a title, what it tests and a hint")


@rubric.command("schema")
def rubric_schema() -> None:
    """Print the JSON Schema of rubrics, for editors."""
    from tito.workflows.course.rubric import schema

    console.show_json(schema())
