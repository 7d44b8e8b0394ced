"""The commands, in the order of the help page."""

from typing import Annotated

import typer

from tito.cli import (
    auditing,
    collecting,
    course,
    gradebooks,
    grading,
    importing,
    milestones,
    modules,
    packaging,
    reports,
    reviewing,
    rosters,
    students,
    tools,
)
from tito.errors import Exit

app = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="--plain, anywhere on the line, or TITO_PLAIN=1: no boxes, no colour, sentences.",
    help="Autograding for Python courses: one annotated module becomes a stub, a locked grader and a rubric.",
)

STUDENTS, INSTRUCTORS, ALL = "Students", "Instructors", "Everybody"

app.command(rich_help_panel=STUDENTS)(grading.check)
app.command(rich_help_panel=STUDENTS)(students.hint)
app.command(rich_help_panel=STUDENTS)(students.submit)
app.command(rich_help_panel=STUDENTS)(students.explain)
app.command(rich_help_panel=STUDENTS)(course.export)
app.add_typer(modules.module, name="module", rich_help_panel=STUDENTS)
app.add_typer(milestones.milestone, name="milestone", rich_help_panel=STUDENTS)
app.command(rich_help_panel=INSTRUCTORS)(course.init)
app.add_typer(importing.import_, name="import", rich_help_panel=INSTRUCTORS)
app.command(rich_help_panel=INSTRUCTORS)(course.release)
app.command(rich_help_panel=INSTRUCTORS)(course.lock)
app.command(rich_help_panel=INSTRUCTORS)(course.validate)
app.command(rich_help_panel=INSTRUCTORS)(auditing.audit)
app.command(rich_help_panel=INSTRUCTORS)(collecting.collect)
app.command(rich_help_panel=INSTRUCTORS)(grading.grade)
app.command(rich_help_panel=INSTRUCTORS)(reviewing.review)
app.command(rich_help_panel=INSTRUCTORS)(reports.report)
app.command(rich_help_panel=ALL)(tools.doctor)
app.command(rich_help_panel=ALL)(reports.schema)
app.add_typer(gradebooks.gradebook, name="gradebook", rich_help_panel=INSTRUCTORS)
app.add_typer(rosters.roster, name="roster", rich_help_panel=INSTRUCTORS)
app.add_typer(packaging.package, name="package", rich_help_panel=INSTRUCTORS)
app.add_typer(course.rubric, name="rubric", rich_help_panel=INSTRUCTORS)


@app.callback()
def tito(
    context: typer.Context,
    _version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and exit.", callback=tools.print_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options that stand before a command; without one, show a student where they are."""
    if context.invoked_subcommand is None and not students.home():
        typer.echo(context.get_help())
        raise typer.Exit(Exit.USAGE)
