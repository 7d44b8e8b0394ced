"""The command that measures graders: audit."""

from typing import Annotated

import typer

from tito.cli import console
from tito.cli.options import Json, Modules, here
from tito.errors import Exit


def audit(
    modules: Modules = None,
    *,
    fail_under: Annotated[
        int,
        typer.Option(
            metavar="PERCENT",
            min=0,
            max=100,
            help="Exit 1 where fewer mutants are killed, or a test passes for nobody's work.",
        ),
    ] = 0,
    survivors: Annotated[bool, typer.Option("--survivors", help="Show every survivor with its diff.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Record no known mistakes; exit 1 where what is recorded is stale.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Judge a mutant by the tests behind its cell, by others if it survives.")
    ] = False,
    json: Json = False,
) -> None:
    """Run mutants of the reference against the locked tests: which points can no mistake lose?"""
    from tito.workflows.course.audit import audit as workflow

    with console.progress(quiet=json) as progress:
        audits = workflow(here(), modules or [], progress, write=not check, quick=quick)
    from tito.cli import tables
    from tito.report import audit_report

    strong = all(
        each.percent >= fail_under and not (fail_under and each.fooled) and not (check and each.stale)
        for each in audits
    )
    if json:
        console.show_json(tables.to_json("audit", audits, ok=strong))
    else:
        console.show(
            audit_report(audits, survivors=survivors, fail_under=fail_under, check=check, style=console.style())
        )
    if any(each.broken for each in audits):
        raise typer.Exit(Exit.BROKEN)
    if not strong:
        raise typer.Exit(Exit.NO)
