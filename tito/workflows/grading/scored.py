"""Results become grades: what was judged is scored, timed and named by the rubric that counts now."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from tito.audit.fingerprints import name_mistakes
from tito.collection.answers import for_rubric
from tito.collection.folders import Found
from tito.judging.plan import Ruling
from tito.locking.disclosure import disclosure
from tito.model.cell_output import CellOutput
from tito.model.course import Course, Module
from tito.model.grade import Grade
from tito.model.grader import Grader
from tito.model.lazily import Lazily
from tito.model.rubric import Rubric
from tito.model.submission import Submission
from tito.scoring import refuse, scored
from tito.workflows.course.mistakes import load_mistakes
from tito.workflows.grading.grader import grader_files
from tito.workflows.grading.results import Results
from tito.workflows.grading.times import When, timed

_HELD: Final = 20_000
Finish = Callable[[Ruling, Found], Grade]


class Grades(Lazily[Grade]):
    """The grades of a class, each made of its result when it is first asked for.

    A class's are held, at a few kilobytes each; of a larger crowd only the first ones, so that memory has an end.
    """

    def __init__(self, results: Results, finish: Finish) -> None:
        self._results = results
        self._finish = finish
        self._held: dict[int, Grade] = {}

    def __len__(self) -> int:
        return len(self._results)

    def one(self, place: int) -> Grade:
        """Return the item at a place."""
        grade = self._held.get(place) or self._finish(self._results[place], self._results.found[place])
        if len(self._held) < _HELD:
            self._held[place] = grade
        return grade


class Submissions(Lazily[Submission]):
    """A class's submissions without their documents, in the same way, with answers to a rubric's `own` criteria."""

    def __init__(self, results: Results, own: Sequence[str] = ()) -> None:
        self._results = results
        self._own = own

    def __len__(self) -> int:
        return len(self._results)

    def one(self, place: int) -> Submission:
        """Return the item at a place."""
        submission = self._results.one(place).submission
        return replace(submission, answers=for_rubric(submission.answers, self._own))


class CellOutputs(Lazily[Sequence[CellOutput]]):
    """What the cells of a class's submissions showed, each read from the store when it is asked for."""

    def __init__(self, results: Results) -> None:
        self._results = results

    def __len__(self) -> int:
        return len(self._results)

    def one(self, place: int) -> Sequence[CellOutput]:
        """Return the item at a place."""
        return self._results.shown(place)


def finishing(course: Course, module: Module, grader: Grader, rubric: Rubric, when: When) -> Finish:
    """Return what makes a grade of a result, with what students may read and the known mistakes named."""
    revealed = {each.id for each in rubric.criteria if each.reveal}
    shown_to_students = disclosure(grader, grader_files(module.grader), revealed)
    known = load_mistakes(course, module, grader)

    def finish(ruling: Ruling, found: Found) -> Grade:
        noted = replace(ruling.submission, notes=(*found.notes, *ruling.submission.notes))
        submission = timed(noted, found, rubric, when)
        if ruling.run is None:
            return refuse(rubric, submission)
        return name_mistakes(scored(rubric, shown_to_students.of(ruling.run), submission), known)

    return finish
