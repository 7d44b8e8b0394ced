"""What `tito grade` has to do with the gradebook: record, propose, accept."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import console
from tito.cli.gradebooks import opened
from tito.cli.options import here
from tito.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tito.gradebook.acceptance import Accepted
    from tito.gradebook.book import Gradebook
    from tito.model.course import Assignment
    from tito.model.grade import Review
    from tito.scoring.difference import Difference
    from tito.workflows.grading.grade import ClassResult

NoGradebook = Annotated[bool, typer.Option("--no-gradebook", help="Record nothing.")]
Diff = Annotated[
    bool,
    typer.Option("--diff", help="Count nothing yet: show who would move, by which criterion, and the class effect."),
]
Accept = Annotated[
    bool, typer.Option("--accept", help="Make it count; without PATHS, the newest --diff of the module.")
]
TimeFrom = Annotated[
    str,
    typer.Option(
        "--time-from",
        metavar="SOURCE",
        help="When work was handed in, for lateness: archive (its members' times), git (the last commit), "
        "FILE.csv:COLUMN (an LMS's own FILE.csv alone), nbgrader (its timestamp.txt), or mtime (the file's). A "
        "student can forge all but an LMS's file. By default, what `collect` found.",
    ),
]


class DateOrder(StrEnum):
    """Which number of 3/4/2026 is the month."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"


Dates = Annotated[
    DateOrder | None, typer.Option("--dates", help="How --time-from's file means 3/4/2026, where it does not tell.")
]


@dataclass(frozen=True, slots=True)
class Keeping:
    """What `tito grade` does with the gradebook: nothing, record what counts, or propose it and perhaps accept it.

    Whoever only looks, at one student, records nothing.
    """

    place: str = ""
    off: bool = False
    diff: bool = False
    accept: bool = False
    looks: bool = False

    def open(self) -> "Gradebook | None":
        """Open the gradebook, before anyone is graded; None where there is none to keep."""
        import os

        from tito.errors import Problem, UsageError
        from tito.workflows.book.finding import place, wanted

        if self.off and (self.place or self.diff or self.accept):
            raise UsageError(Problem("--no-gradebook rules out the gradebook's other options", "Leave it out."))
        if self.looks and (self.diff or self.accept):
            raise UsageError(Problem("--student looks at one grade and records nothing", "Leave it out to regrade."))
        if self.off or not (self.diff or self.accept or wanted(here(), self.place, os.environ)):
            return None
        if self.looks and not place(here(), self.place, os.environ).exists:
            return None
        return opened(self.place, create=not (self.diff or self.accept or self.looks))

    def keep(self, book: "Gradebook | None", result: "ClassResult") -> "tuple[ClassResult, Difference | None]":
        """Record a graded class; return it with what people decided, and what a proposed one would change."""
        if book is None:
            return result, None
        from tito.workflows.book.finding import author
        from tito.workflows.book.recording import keep, look
        from tito.workflows.grading.regrade import compare

        if self.looks:
            return look(book, result), None
        proposed = self.diff or self.accept
        result, batch = keep(here(), book, result, author(), datetime.now(UTC), proposed=proposed)
        return result, compare(book, batch) if proposed else None

    def keep_all(
        self, book: "Gradebook | None", judged: "Sequence[ClassResult]"
    ) -> "tuple[list[ClassResult], list[Difference]]":
        """Do so with each module of an assignment."""
        kept = [self.keep(book, each) for each in judged]
        return [result for result, _ in kept], [difference for _, difference in kept if difference]

    def decided(
        self, book: "Gradebook | None", whole: "Assignment", results: "Sequence[ClassResult]"
    ) -> "Mapping[str, Review]":
        """Return what people decided about an assignment of several modules as a whole."""
        if book is None:
            return {}
        from tito.workflows.book.recording import decided

        return decided(book, whole, results)

    def conclude_all(self, book: "Gradebook | None", wanted: str, modules: "Sequence[str]") -> None:
        """Do so with each module of the assignment `wanted`; what is accepted of none is said once, of all."""
        for each in modules if self.accept else [wanted]:
            self.conclude(book, each)

    def without_paths(self, book: "Gradebook | None", module: str) -> None:
        """Do what needs no submissions: accept what was proposed. Raises UsageError where that is not wanted."""
        from tito.errors import Problem, UsageError

        if not self.accept or self.diff:
            raise UsageError(Problem("there is nothing to grade", "Name folders or files of submissions."))
        from tito.workflows.course.opening import find_assignment

        self.conclude_all(book, module, find_assignment(here(), module).modules)

    def conclude(self, book: "Gradebook | None", module: str) -> None:
        """Accept what was proposed, where that is wanted, and say what counts now."""
        if book is None or self.looks:
            return
        from tito.report import label
        from tito.workflows.book.finding import author
        from tito.workflows.grading.regrade import accept

        shown = label(module)
        if self.accept:
            console.warn(_told(accept(here(), book, module, author(), datetime.now(UTC))))
        elif self.diff:
            console.warn(f"nothing counts yet: `tito grade {shown} --accept` makes it count")
        else:
            console.warn(f"recorded in {book.location.shown}")


def warn_untimed(result: "ClassResult") -> None:
    """Say that a due date is of no use where no time is known."""
    if not result.rubric.late:
        return
    untimed = sum(each.submitted is None for each in result.grades)
    if untimed == len(result.grades):
        console.warn("the rubric has a due date, but nothing says when work was handed in: see --time-from")
    elif untimed:
        told = f"of {untimed} of {len(result.grades)} submissions nothing says when they were handed in"
        console.warn(f"the rubric has a due date, but {told}: see --time-from")


def _told(done: "Accepted") -> str:
    from tito.report.words import counted

    verb = "counts" if len(done.accepted) == 1 else "count"
    lines = [f"{counted(len(done.accepted), 'grade')} of batch {done.batch} {verb} now"]
    if done.newer:
        lines.append(f"graded again meanwhile, and unchanged: {', '.join(done.newer)}")
    if done.broken:
        lines.append(f"broken, and unchanged: {', '.join(done.broken)}")
    return "\n".join(lines)
