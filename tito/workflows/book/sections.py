"""Sections of a class: which students are in one, by the roster, and which a person looks after, by the settings."""

import re
from collections.abc import Mapping
from typing import Final

from tito.collection.ids import same
from tito.errors import CourseError, Problem, UsageError
from tito.gradebook.book import Gradebook
from tito.gradebook.people import Person, roster
from tito.model.course import Course
from tito.workflows.grading.columns import first_of

# Canvas's gradebook, Moodle's participants, Blackboard's and what registrars call it; of several, the first.
_HEADS: Final = (
    "section", "sections", "section name", "group", "groups", "lab", "lab section", "tutorial", "class", "recitation",
    "sektion", "gruppe", "gruppen",
)  # fmt: skip
_BETWEEN: Final = re.compile(r"\s*(?:[,;|]|\band\b)\s*")


def sections_of(person: Person) -> tuple[str, ...]:
    """Return the sections that a student's row of the roster names; Canvas lists several in one cell."""
    text = person.more.get(first_of(tuple(person.more), _HEADS), "")
    return tuple(each for each in _BETWEEN.split(text.strip()) if each) if text.strip() else ()


def members(
    course: Course, book: Gradebook | None, section: str, author: str, *, mine: bool
) -> frozenset[str] | None:
    """Return who is in a section, or in those that `author` looks after; None where neither is asked for.

    Raises UsageError, which names the sections, for one in which nobody is, and where no roster knows of any.
    """
    if not (section or mine):
        return None
    if section and mine:
        raise UsageError(Problem("--section and --mine are both given", "Give one of them."))
    wanted = {same(each) for each in ((section,) if section else _looked_after(course, author))}
    with (book or _no_book()).reading() as connection:
        people = [(each.name, sections_of(each)) for each in roster(connection)]
    found = frozenset(name for name, own in people if wanted & set(map(same, own)))
    if not found:
        names = ", ".join(sorted({each for _, own in people for each in own})) or "none: no column of it is a section"
        what = f"nobody of the roster is in {section or ' or '.join(sorted(wanted))}"
        raise UsageError(Problem(what, f"Its sections are {names}."))
    return found


def groups(course: Course, book: Gradebook | None) -> Mapping[str, str]:
    """Return the group of each student, by the roster's column that the setting names; of nobody without one.

    Raises CourseError where the roster has no such column.
    """
    column = course.settings.groups
    if not column:
        return {}
    with (book or _no_book()).reading() as connection:
        people = roster(connection)
    if people and not any(column in each.more for each in people):
        heads = ", ".join(dict.fromkeys(head for each in people for head in each.more)) or "none"
        what = f"the setting groups names the roster's column {column}, which is not there"
        raise CourseError(Problem(what, f"Its columns are {heads}."))
    return {each.name: group for each in people if (group := each.more.get(column, "").strip())}


def _looked_after(course: Course, author: str) -> list[str]:
    """Return the sections of a person. Raises CourseError for a setting that names none, UsageError for nobody's."""
    found = []
    for line in course.settings.sections:
        name, colon, people = line.rpartition(":")
        if not colon:
            fix = 'Write it as in sections = ["Lab 1: ada, grace"].'
            raise CourseError(Problem(f"the setting sections holds {line!r}, which names nobody", fix))
        found += [name.strip()] if author in _BETWEEN.split(people.strip()) else []
    if not found:
        fix = (
            'Add a line such as sections = ["Lab 1: ada, grace"] to the course\'s settings, or name one by --section.'
        )
        raise UsageError(Problem(f"no section is {author}'s", fix))
    return found


def _no_book() -> Gradebook:
    fix = "Make one with `tito gradebook init`, and put the class on it with `tito roster import FILE`."
    raise UsageError(Problem("sections are the roster's, and there is no gradebook", fix))
