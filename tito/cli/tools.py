"""Commands about tito itself."""

import typer

from tito.cli import console
from tito.cli.options import Json
from tito.errors import Exit


def print_version(wanted: bool) -> None:  # noqa: FBT001 - Typer's callback
    """Print the version and exit, where it is asked for."""
    if wanted:
        from tito.workflows.machine.versions import version

        console.show_json(f"tito {version('tito-autograder')}")
        raise typer.Exit


def doctor(*, json: Json = False) -> None:
    """Say what is installed and what confines submissions here, each layer and promise tried."""
    from tito.workflows.machine.sandbox import not_windows

    not_windows()
    from tito.cli import tables
    from tito.cli.diagnosis import diagnosed
    from tito.workflows.machine.doctor import diagnose

    diagnosis = diagnose()
    if json:
        console.show_json(tables.to_json("doctor", [diagnosis], ok=diagnosis.grades))
    else:
        console.show(diagnosed(diagnosis, console.style()))
    if not diagnosis.grades:
        raise typer.Exit(Exit.NO)
