"""What `tito gradebook` prints of a Book."""

from typing import TYPE_CHECKING

from tito.report.book import Beside, course_report, module_report

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
    names = {person.name: person.full_name for person in book.people}
    excused = {(each.person.name, each.module) for each in book.standings if each.excused}
    return course_report(students, book.modules, style, width, Beside(names, excused))


def of_module(book: "Book", style: "Style") -> "RenderableType":
    """Return the table of one module."""
    students = {each.person.name: (each.grade, each.state) for each in book.standings}
    names = {each.person.name: each.person.full_name for each in book.standings}
    title = "".join(f"{each.module}: {each.title}" for each in book.rubrics) or "".join(book.modules)
    return module_report(students, title, style, names)
