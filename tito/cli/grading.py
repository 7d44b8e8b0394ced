"""Commands that run locked tests on work: check for students, grade for instructors."""

import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import completing, console
from tito.cli.gradebooks import Mine, Place, Section, chosen
from tito.cli.keeping import Accept, Dates, Diff, Keeping, NoGradebook, TimeFrom, warn_untimed
from tito.cli.options import Cluster, Force, Jobs, Json, ModuleName, Prerequisites, Sandbox, Stack, here
from tito.cli.progress import grading
from tito.cli.reports import As, FailUnder, Form, Html, Out, Outputs, Scale
from tito.cli.reports import fail_under as exit_under
from tito.cli.showing import OnlyRows, Showing, Sort, SortBy, Transpose, fates_of, groups_of, names_of
from tito.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    from tito.model.course import Course
    from tito.model.submission import Fates
    from tito.scoring import Statistics
    from tito.scoring.comparison import Comparison
    from tito.scoring.difference import Difference
    from tito.workflows.grading.grade import ClassResult, Grading
    from tito.workflows.student.check import CheckResult


def check(
    work: Annotated[
        str, typer.Argument(metavar="[MODULE|FILE]", help="What to check; the module edited last by default.")
    ] = "",
    *,
    only: Annotated[str, typer.Option("-k", metavar="TEXT", help="Only criteria whose id or title holds TEXT.")] = "",
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Wait for you to save, check that, and show the first thing to do.")
    ] = False,
    prereqs: Prerequisites = Stack.REFERENCE,
    json: Json = False,
) -> None:
    """Run the visible locked tests on your own work, with points and hints."""
    if watch:
        from tito.cli.watching import watching

        watching(work)
        return
    course = here()
    from tito.workflows.grading.judges import start_pool

    with start_pool(course, 1) as pool:
        from tito.workflows.student.check import judged, look

        task = look(course, work, Path.cwd(), only=only)
        if task.syntax and not json:
            from tito.report import syntax_report

            console.show(syntax_report(task.syntax, style=console.style(), own=task.own))
            raise typer.Exit(Exit.NO)
        result = judged(course, task, pool, meanwhile=_load_reports)
        if prereqs is Stack.STUDENT:
            from tito.workflows.grading.own_stack import check_on_own_stack

            result = check_on_own_stack(course, result, pool)
    if json:
        from tito.report import check_json

        console.show_json(check_json(result.grade, result.hidden))
    else:
        show_check(result, _next(course, result))
    if result.grade.broken:
        raise typer.Exit(Exit.BROKEN)
    if not result.passed:
        raise typer.Exit(Exit.NO)


def _load_reports() -> None:
    from tito.report import check_report  # noqa: F401
    from tito.workflows.student import steps, stubs  # noqa: F401


def _next(course: "Course", result: "CheckResult") -> tuple[str, ...]:
    """Return what to do next where there is nothing more to mend, in a student's workspace."""
    from tito.workflows.student.steps import standings, steps
    from tito.workflows.student.stubs import is_workspace

    return steps(standings(course), result.grade.module) if result.passed and is_workspace(course) else ()


def show_check(result: "CheckResult", steps: tuple[str, ...] = ()) -> None:
    """Print what a student reads of a check."""
    console.show(checked(result, steps))


def checked(result: "CheckResult", steps: tuple[str, ...] = ()) -> "RenderableType":
    """Return what a student reads of a check."""
    from tito.report import check_report

    return check_report(
        result.grade,
        hidden=result.hidden,
        style=console.style(),
        own=result.own,
        partly=result.partly,
        remarks=result.remarks,
        steps=steps,
    )


def grade(
    module: ModuleName,
    paths: Annotated[list[Path] | None, typer.Argument(help="Folders, archives or files of submissions.")] = None,
    *,
    student: Annotated[
        str,
        typer.Option(help="Grade this student alone, and report all of it.", autocompletion=completing.students),
    ] = "",
    named: As = "",
    json: Annotated[
        Path | None, typer.Option(help="Write the result as JSON to this file; - for standard output.")
    ] = None,
    form: Form = "",
    out: Out = None,
    html: Html = None,
    open_class: Annotated[
        bool, typer.Option("--open", help="Open the class page in the browser; it is written to --html, or .tito.")
    ] = False,
    scale: Scale = 1,
    fail_under: FailUnder = None,
    sandbox: Sandbox = None,
    time_from: TimeFrom = "",
    dates: Dates = None,
    section: Section = "",
    mine: Mine = False,
    place: Place = "",
    no_gradebook: NoGradebook = False,
    diff: Diff = False,
    accept: Accept = False,
    prereqs: Prerequisites = Stack.REFERENCE,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    force: Force = False,
    only: Annotated[str, typer.Option("-k", metavar="TEXT", help="Only criteria whose id or title holds TEXT.")] = "",
    seconds: Annotated[float, typer.Option(help="Limit every test to this, in place of rubric and course.")] = 0.0,
    sort: SortBy = Sort.STUDENT,
    rows: OnlyRows = None,
    transpose: Transpose = False,
    compare: Annotated[
        str,
        typer.Option(
            metavar="nbgrader|FILE",
            help="Set the points beside those of nbgrader's autograde: by the database beside PATHS, or FILE.",
        ),
    ] = "",
    timings: Annotated[bool, typer.Option("--timings", help="Show which criteria take the time.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Grade a class: a table of scores, a summary, and every submission that needs a look.

    What has not changed since the last time is not judged again. Grades are recorded where the course has a
    gradebook: its file, the setting, TITO_GRADEBOOK or --gradebook. --student and -k are for a closer look: they
    record nothing.
    """
    from tito.workflows.course.opening import find_assignment, own_folder
    from tito.workflows.grading.dates import Dates as Order

    begun, course = time.monotonic(), here()
    pages = html or (own_folder(course) / "pages" / module if open_class else None)
    outputs = Outputs(json, form, out, scale, pages, open_class)
    outputs.check()
    keeping = Keeping(place, no_gradebook or bool(only), diff, accept, looks=bool(student))
    book = keeping.open()
    if not paths:
        keeping.without_paths(book, module)
        return
    among = chosen(place, section, mine=mine)
    assignment = find_assignment(course, module)
    from tito.workflows.grading.judges import finished, start_judges

    with start_judges(course, sandbox, jobs, cluster) as pool, finished(course, console.warn) as store:
        from tito.workflows.grading.assignment import compared, gradings, joined, with_best
        from tito.workflows.grading.grade import Choice
        from tito.workflows.grading.times import times

        when = partial(times, course, time_from, Order(dates) if dates else None, paths)
        together = groups_of(book)
        choice = Choice(student, only, force or bool(only), seconds, named=named, among=among, groups=together)
        works = gradings(course, assignment, paths, pool, choice, when=when, store=None if only else store)
        judged = with_best(course, assignment, [_judged(work, prereqs, quiet=quiet) for work in works])
        pool.close()
        results, differences = keeping.keep_all(book, judged)
        result = joined(course, assignment, results, keeping.decided(book, assignment, results))
        comparisons = compared(course, results, compare, paths) if compare else ()
        from tito.model.submission import ALL_PLACED
        from tito.report import class_json
        from tito.report.words import counted
        from tito.scoring import statistics
        from tito.workflows.book.seen import in_class

        summary, names = statistics(result.rubric, result.grades), names_of(book)
        graded_at = datetime.now(UTC).isoformat(timespec="seconds")
        fates = ALL_PLACED if student or named else fates_of(book, result, among)
        told = partial(class_json, result.rubric, result.grades, summary, graded_at, names, fates)
        if outputs.put(told, in_class(results)):
            pass
        elif differences or comparisons or student:
            _show_apart(result, differences, comparisons, names)
        else:
            Showing(sort, rows, transpose).show(result, summary, names, fates)
            console.warn(f"{counted(len(result.grades), 'submission')} in {time.monotonic() - begun:.1f} s")
        if timings:
            from tito.report.timings import timings_report

            console.show(timings_report(result.rubric, result.grades, console.style()))
        _warn_of_times(course, result)
        keeping.conclude_all(book, module, assignment.modules)
        _end(summary, fates)
        exit_under(result.grades, fail_under, unexplained=sum(each.unexplained for each in comparisons))


def _warn_of_times(course: "Course", result: "ClassResult") -> None:
    """Say that a due date is of no use where no time is known, or that a part of an assignment is not late alone."""
    from tito.workflows.course.opening import part_of

    warn_untimed(result)
    own = result.rubric.module
    if whole := part_of(course, own):
        console.warn(f"{own} is a part of {whole}, which is late as a whole: see `tito grade {whole}`")


def _show_apart(
    result: "ClassResult",
    differences: "Sequence[Difference]",
    comparisons: "Sequence[Comparison]",
    names: "Mapping[str, str]",
) -> None:
    """Show a class as what moved in it, beside another grader's, or each grade in full."""
    from tito.report import student_report
    from tito.report.comparison import comparison_report
    from tito.report.difference import difference_report

    for difference in differences:
        console.show(difference_report(difference, console.style()))
    if comparisons:
        console.show(comparison_report(comparisons, console.style()))
    for each in () if differences or comparisons else result.grades:
        console.show(student_report(each, style=console.style(), name=names.get(each.student, "")))


def _end(summary: "Statistics", fates: "Fates") -> None:
    """End as a class does that holds refused work, what tito broke, or what has no place."""
    if summary.refused:
        console.warn(f"{summary.refused} of them could not be read: see their rows")
    if summary.broken:
        raise typer.Exit(Exit.BROKEN)
    if fates.left:
        raise typer.Exit(Exit.NO)


def _judged(work: "Grading", prereqs: Stack, *, quiet: bool) -> "ClassResult":
    """Judge a class before the user's eyes, on the students' own earlier modules where those are asked for."""
    from tito.report.words import counted

    done = 0
    try:
        with grading(quiet=quiet) as tell:
            for advance in work.advance():
                done = advance.done
                tell(advance)
    except KeyboardInterrupt:
        kept = (
            "nothing of it is kept" if work.choice.criterion else "they are kept: the same command goes on from there"
        )
        console.warn(f"{done} of {counted(len(work.results), 'submission')} were done, and {kept}")
        raise
    if prereqs is Stack.REFERENCE:
        return work.result()
    from tito.workflows.grading.own_stack import on_own_stacks

    return on_own_stacks(work)
