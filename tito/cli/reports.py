"""Commands that hand results on: formats of other programs, pages for students, schemas."""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tito.cli import completing, console
from tito.cli.gradebooks import Mine, Place, Section, chosen, opened
from tito.cli.options import ModuleName, here
from tito.errors import Exit, Problem, UsageError
from tito.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tito.model.grade import Grade
    from tito.workflows.book.seen import Look

Form = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="NAME",
        autocompletion=completing.formats,
        help="json (as students may have it), csv, junit, ctrf, markdown, gradescope, prairielearn, classroom50, "
        "github-classroom, annotations, summary or outputs.",
    ),
]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="The file for --format; standard output by default.")]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="DIR", help="Write a page for each student and one for the class.")
]
As = Annotated[str, typer.Option("--as", metavar="NAME", help="Whose work it is, where there is one submission.")]
Scale = Annotated[int, typer.Option("--point-scale", min=1, help="Points of classroom50 for one of ours.")]
FailUnder = Annotated[
    float | None,
    typer.Option("--fail-under", min=0, max=100, metavar="PERCENT", help="Exit 1 where a grade is below this."),
]


class Way(StrEnum):
    """Which way feedback goes to students."""

    MOODLE = "moodle"
    CANVAS = "canvas"
    MAIL = "mail"
    NBGRADER = "nbgrader"


class Schema(StrEnum):
    """The files whose schema is published."""

    RESULT = "result"
    RUBRIC = "rubric"


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where a result goes besides the table: native JSON and a format, each to a file or (-) to standard output.

    `html` is the folder of pages, of which the class's is opened where it `opens`.
    """

    json: Path | None = None
    form: str = ""
    out: Path | None = None
    scale: int = 1
    html: Path | None = None
    opens: bool = False

    def check(self) -> None:
        """Raise UsageError for what cannot be done, before anyone is graded."""
        if self.form:
            from tito.report.formats import find

            find(self.form)
        if self.out and not self.form:
            raise UsageError(Problem("--out is the file of a format", "Name the format with --format."))
        if self.form and _is_stdout(self.json) and _is_stdout(self.out or Path("-")):
            raise UsageError(Problem("--json and --format both go to standard output", "Name a file with --out."))

    def put(self, result: "Callable[[], str]", look: "Look") -> bool:
        """Write the native result where it is wanted; return whether standard output is taken by that.

        Pages show what `look` knows that cells showed.
        """
        if not (self.json or self.form or self.html):
            return False
        import json

        from tito.workflows.course.opening import write_text

        text = result()
        if self.json and not _is_stdout(self.json):
            write_text(self.json, text)
        if _is_stdout(self.json):
            console.show_json(text)
        shown = _is_stdout(self.out or Path("-")) and bool(self.form)
        if self.form:
            from tito.report.formats import Options
            from tito.workflows.book.report import convert

            made = convert(json.loads(text), self.form, self.out, Options(self.scale, os.environ))
            if shown:
                console.show_json(made)
        if self.html:
            _write_pages(json.loads(text), self.html, look)
        if self.html and self.opens:
            from tito.cli.browsing import open_page

            open_page(self.html / "index.html")
        return shown or _is_stdout(self.json)


def report(
    module: ModuleName,
    student: Annotated[
        str, typer.Argument(help="This student's grade alone.", autocompletion=completing.students)
    ] = "",
    *,
    source: Annotated[
        Path | None, typer.Option("--from", help="A result that `tito grade --json` wrote; else the gradebook.")
    ] = None,
    place: Place = "",
    html: Html = None,
    form: Form = "",
    out: Out = None,
    scale: Scale = 1,
    feedback: Annotated[
        Way | None,
        typer.Option(
            help="Write each page to --out as it arrives: moodle or canvas (a zip to upload), mail (a folder of .eml "
            "files), nbgrader (its feedback folder)."
        ),
    ] = None,
    download: Annotated[
        Path | None, typer.Option(help="Canvas's download of submissions, whose names its upload needs.")
    ] = None,
    section: Section = "",
    mine: Mine = False,
) -> None:
    """Hand a result on: feedback pages, CSV, JUnit, CTRF, Markdown, or what an autograder or CI reads."""
    if feedback:
        _send(module, feedback, out, place, chosen(place, section, mine=mine), download)
        return
    from tito.report.formats import Options
    from tito.workflows.book.report import convert, load_result, recorded
    from tito.workflows.book.seen import look_up, nothing
    from tito.workflows.course.opening import find_assignment

    look: Look = nothing
    if source:
        result = load_result(source)
        _check_module(result["data"]["module"], module)
    else:
        course, book = here(), opened(place)
        result = recorded(course, book, module, chosen(place, section, mine=mine))
        look = look_up(book, find_assignment(course, module).modules)
    if html:
        _write_pages(result, html, look, student)
    if form or not html:
        text = convert(result, form or "markdown", out, Options(scale, os.environ), student)
        if _is_stdout(out or Path("-")):
            console.show_json(text)


def _send(
    module: str, way: Way, out: Path | None, place: str, among: "frozenset[str] | None", download: Path | None
) -> None:
    from tito.report.words import counted
    from tito.workflows.book import feedback as workflow

    if out is None:
        raise UsageError(Problem("feedback is written to a file or folder", "Name it with --out."))
    sent = workflow.feedback(here(), opened(place), module, workflow.Way(way), out, among=among, download=download)
    for each in sent.left:
        console.warn(f"nothing for {each.source}: {each.why}")
    console.warn(f"wrote {sent.path} for {counted(sent.students, 'student')}")
    if sent.left:
        raise typer.Exit(Exit.NO)


def schema(
    name: Annotated[Schema, typer.Argument(help="result (of `tito grade --json`) or rubric.")],
) -> None:
    """Print the JSON Schema of results or rubrics."""
    from tito.workflows.book import report as results
    from tito.workflows.course import rubric

    console.show_json(results.schema() if name is Schema.RESULT else rubric.schema())


def fail_under(grades: "Sequence[Grade]", least: float | None, *, unexplained: int = 0) -> None:
    """Exit 1 where a grade is below `least` percent, or differs from another grader's for no known reason."""
    if unexplained or (least is not None and any(each.final_percent < least for each in grades)):
        raise typer.Exit(Exit.NO)


def _write_pages(result: "Mapping[str, Any]", out: Path, look: "Look", student: str = "") -> None:
    from tito.workflows.book.pages import write_pages

    paths = write_pages(result, out, student, look)
    what = "1 page" if len(paths) == 1 else f"{len(paths)} pages"
    console.warn(f"wrote {what}: {paths[0]}")


def _is_stdout(path: Path | None) -> bool:
    return str(path) == "-"


def _check_module(found: str, wanted: str) -> None:
    if wanted not in {found, *found.split("_", 1)}:
        raise UsageError(Problem(f"this result is of module {found}", f"Name it instead of {wanted}."))
