"""What a shell offers when Tab is pressed: modules, students, criteria, formats; nothing, where anything is wrong."""

from collections.abc import Callable, Iterable
from typing import Final

_FAULTS: Final = (Exception,)
Offer = Callable[[str], list[str]]


def _offering(names: Callable[[], Iterable[str]]) -> Offer:
    def offered(incomplete: str) -> list[str]:
        try:
            return [each for each in names() if each.startswith(incomplete)]
        except _FAULTS:
            # A shell that waits for completions is no place for a message.
            return []

    return offered


def _modules() -> Iterable[str]:
    from tito.cli.options import here

    return (each.id for each in here().modules)


def _students() -> Iterable[str]:
    import os

    from tito.cli.gradebooks import opened
    from tito.cli.options import here
    from tito.workflows.book.finding import wanted
    from tito.workflows.book.roster import known_students

    return known_students(opened("")) if wanted(here(), "", os.environ) else ()


def _criteria() -> Iterable[str]:
    from tito.cli.options import here
    from tito.scoring import load

    course = here()
    there = (each for each in course.modules if each.rubric.is_file())
    found = (load(each.rubric.read_text("utf-8"), str(each.rubric)).rubric for each in there)
    return dict.fromkeys(each.id for rubric in found for each in rubric.criteria)


def _formats() -> Iterable[str]:
    from tito.report.formats.registry import FORMATS

    return FORMATS


modules: Final = _offering(_modules)
students: Final = _offering(_students)
criteria: Final = _offering(_criteria)
formats: Final = _offering(_formats)
