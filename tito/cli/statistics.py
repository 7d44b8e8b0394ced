"""The command that shows a course or a module in numbers."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import console
from tito.cli.gradebooks import Mine, Place, Section, chosen, opened
from tito.cli.options import AnyModule, Json, here

if TYPE_CHECKING:
    from tito.workflows.book.stats import CourseStats


def stats(
    module: AnyModule = "",
    *,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the course as one page, with every student.")
    ] = None,
    section: Section = "",
    mine: Mine = False,
    place: Place = "",
    json: Json = False,
) -> None:
    """Show the course over time, with totals and sections; or one module: its criteria, and who fails alike."""
    from tito.workflows.book import stats as workflow

    among = chosen(place, section, mine=mine)
    if html or not module:
        found = workflow.of_course(here(), opened(place), among)
        if html:
            _write(found, html)
        if not module:
            _show(found, json=json)
            return
    one = workflow.of_module(here(), opened(place), module, among)
    if json:
        from tito.cli import tables

        console.show_json(tables.to_json("stats", [asdict(one)]))
        return
    from tito.report.stats import module_stats

    console.show(module_stats(one.line, one.items, one.together, one.alike, console.style()), width=120)


def _show(found: "CourseStats", *, json: bool) -> None:
    if json:
        from tito.cli import tables

        console.show_json(tables.to_json("stats", [asdict(found)]))
        return
    from tito.report.stats import course_stats

    totals = [each.total for each in found.students]
    console.show(course_stats(found.modules, totals, found.sections, found.drop, console.style()))


def _write(found: "CourseStats", path: Path) -> None:
    from importlib import metadata

    from tito.report.html.course import StudentRow, course_page
    from tito.workflows.course.opening import write_text

    rows = [StudentRow(each.student, each.name, each.shares, each.total) for each in found.students]
    tool = f"tito {metadata.version('tito-autograder')}"
    name = here().settings.name or here().root.name
    write_text(path, course_page(name, found.modules, rows, found.sections, found.drop, tool))
    console.warn(f"wrote {path}")
