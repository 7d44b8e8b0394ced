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
    """Say what is installed and what confines submissions here; each layer, promise and package is tried."""
    from tito.workflows.machine.sandbox import not_windows

    not_windows()
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
    from tito.cli.options import here
    from tito.errors import UsageError

    try:
        return here().settings.packages
    except UsageError:
        return ("numpy",)
