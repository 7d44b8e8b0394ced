"""How `tito grade` shows a class: which of it, in which order, with whose names."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tito.cli import console
from tito.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tito.gradebook.book import Gradebook
    from tito.model.submission import Fates
    from tito.scoring import Statistics
    from tito.workflows.grading.grade import ClassResult


class Sort(StrEnum):
    """What the table is sorted by."""

    STUDENT = "student"
    POINTS = "points"
    SUBMITTED = "submitted"
    LATE = "late"
    SECONDS = "seconds"


class Rows(StrEnum):
    """Which rows the table has."""

    FAILED = "failed"
    LATE = "late"
    REFUSED = "refused"
    NOTES = "notes"
    INCOMPLETE = "incomplete"
    BROKEN = "broken"


SortBy = Annotated[Sort, typer.Option("--sort", help="Order of the table: fewest points, latest or slowest first.")]
OnlyRows = Annotated[Rows | None, typer.Option("--only", help="Show these alone; all are graded all the same.")]
Transpose = Annotated[bool, typer.Option("--transpose", help="Criteria as rows, students as columns.")]


@dataclass(frozen=True, slots=True)
class Showing:
    """How a class is shown."""

    sort: Sort = Sort.STUDENT
    only: Rows | None = None
    transpose: bool = False

    def show(self, result: "ClassResult", summary: "Statistics", names: "Mapping[str, str]", fates: "Fates") -> None:
        """Print a class's report, in a pipe as wide as it is."""
        from tito.report import Shown, class_report
        from tito.scoring.selection import Only, Order, select

        rows = select(result.grades, Order(self.sort), Only(self.only) if self.only else None)
        shown = Shown(console.room(), names, self.transpose, rows, fates)
        report = class_report(result.rubric, result.grades, summary, style=console.style(), shown=shown)
        console.show(report, width=shown.width)


def names_of(book: "Gradebook | None") -> "Mapping[str, str]":
    """Return the full names that a roster knows, by student."""
    if book is None:
        return {}
    from tito.workflows.book.roster import full_names

    return full_names(book)


def groups_of(book: "Gradebook | None") -> "Mapping[str, str]":
    """Return who hands in together, where the course's students do."""
    from tito.cli.options import here
    from tito.workflows.book.sections import groups

    return groups(here(), book) if here().settings.groups else {}


def fates_of(book: "Gradebook | None", result: "ClassResult", among: "frozenset[str] | None" = None) -> "Fates":
    """Return what became of all that is no row; of whom the roster knows and nothing was found, there is nothing."""
    if book is None:
        return result.fates
    from tito.workflows.book.roster import with_missing

    return with_missing(book, result.fates, [each.student for each in result.grades], among)
