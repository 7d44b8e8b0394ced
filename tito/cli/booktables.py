"""What `tito gradebook` prints of a Book."""

from typing import TYPE_CHECKING

from tito.report.book import course_report, module_report
from tito.workflows.book.grades import state

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tito.report import Style
    from tito.workflows.book.grades import Book


def of_course(book: "Book", style: "Style", width: int) -> "RenderableType":
    """Return the table of every student in every module."""
    students = {
        person.name: {each.module: each.grade for each in book.standings if each.person is person}
        for person in book.people
    }
    return course_report(students, book.modules, style, width)


def of_module(book: "Book", style: "Style") -> "RenderableType":
    """Return the table of one module."""
    students = {each.person.name: (each.grade, state(each.grade)) for each in book.standings}
    title = "".join(f"{each.module}: {each.title}" for each in book.rubrics) or "".join(book.modules)
    return module_report(students, title, style)
