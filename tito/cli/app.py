"""The commands, in the order of the help page."""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, Final

import typer

from tito.cli import tools
from tito.cli.console import is_plain
from tito.errors import Exit

STUDENTS, INSTRUCTORS, ALL = "Students", "Instructors", "Everybody"
# A command's name, where its help stands, and its home: a function, or a group of commands.
_COMMANDS: Final = (
    ("check", STUDENTS, "grading", "check"),
    ("hint", STUDENTS, "students", "hint"),
    ("submit", STUDENTS, "students", "submit"),
    ("explain", STUDENTS, "students", "explain"),
    ("export", STUDENTS, "course", "export"),
    ("module", STUDENTS, "modules", "module"),
    ("milestone", STUDENTS, "milestones", "milestone"),
    ("init", INSTRUCTORS, "course", "init"),
    ("import", INSTRUCTORS, "importing", "import_"),
    ("release", INSTRUCTORS, "course", "release"),
    ("lock", INSTRUCTORS, "course", "lock"),
    ("validate", INSTRUCTORS, "course", "validate"),
    ("audit", INSTRUCTORS, "auditing", "audit"),
    ("collect", INSTRUCTORS, "collecting", "collect"),
    ("grade", INSTRUCTORS, "grading", "grade"),
    ("review", INSTRUCTORS, "reviewing", "review"),
    ("report", INSTRUCTORS, "reports", "report"),
    ("stats", INSTRUCTORS, "statistics", "stats"),
    ("similar", INSTRUCTORS, "similar", "similar"),
    ("doctor", ALL, "tools", "doctor"),
    ("schema", ALL, "reports", "schema"),
    ("gradebook", INSTRUCTORS, "gradebooks", "gradebook"),
    ("roster", INSTRUCTORS, "rosters", "roster"),
    ("package", INSTRUCTORS, "packaging", "package"),
    ("rubric", INSTRUCTORS, "course", "rubric"),
)


def app_of(arguments: Sequence[str] = ()) -> typer.Typer:
    """Return the command line: of all commands, or of the one that `arguments` name, which starts twice as fast."""
    app = typer.Typer(
        invoke_without_command=True,
        rich_markup_mode=None if is_plain() else "rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog="--plain, anywhere on the line, or TITO_PLAIN=1: no boxes, no colour, sentences.",
        help="Autograding for Python courses: one annotated module becomes a stub, a locked grader and a rubric.",
    )
    app.callback()(_tito)
    named = [each for each in _COMMANDS if each[0] == next(iter(arguments), "")]
    for name, panel, home, attribute in named or _COMMANDS:
        found: Any = getattr(import_module(f"tito.cli.{home}"), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name, rich_help_panel=panel)
        else:
            app.command(name, rich_help_panel=panel)(found)
    return app


def _tito(
    context: typer.Context,
    _version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and exit.", callback=tools.print_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options that stand before a command; without one, show a student where they are."""
    if context.invoked_subcommand is None:
        from tito.cli.students import home

        if not home():
            typer.echo(context.get_help())
            raise typer.Exit(Exit.USAGE)
