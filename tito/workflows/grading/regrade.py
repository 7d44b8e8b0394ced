"""`tito grade --diff` and `--accept`: a regrade is proposed, shown, and made to count."""

from collections import Counter
from datetime import datetime

from tito.gradebook import people
from tito.gradebook.acceptance import Accepted, accept_batch, newest_proposal
from tito.gradebook.book import Gradebook
from tito.gradebook.read import current, of_batch, tests_of
from tito.model.course import Course
from tito.scoring.difference import Difference, difference, rubric_changes, test_changes
from tito.workflows.course.opening import find_module


def compare(book: Gradebook, batch: int) -> Difference:
    """Compare a proposed batch with the grades that count."""
    with book.reading() as connection:
        after = of_batch(connection, batch)
        modules = {each.grade.module for each in after}
        before = [each for name in modules for each in current(connection, name)]
        if not before or not after:
            return difference([each.grade for each in before], [each.grade for each in after])
        # Most of the class was graded with one edition; the others' differences show in their points alone.
        (edition, _), *_ = Counter(each.edition for each in before).most_common(1)
        old, new = next(each for each in before if each.edition == edition), after[0]
        tests = (tests_of(connection, old.edition), tests_of(connection, new.edition))
    changes = [*rubric_changes(old.rubric, new.rubric), *test_changes(*tests)]
    return difference([each.grade for each in before], [each.grade for each in after], changes)


def accept(course: Course, book: Gradebook, wanted: str, author: str, at: datetime) -> Accepted:
    """Make a module's newest proposed batch count. Raises UsageError where there is none."""
    name = find_module(course, wanted).id
    with book.writing() as connection:
        module = people.module(connection, name)
        return accept_batch(connection, module, newest_proposal(connection, module), author, at)
