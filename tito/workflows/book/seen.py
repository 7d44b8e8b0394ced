"""What the cells of a submission showed: when tito ran them, and as the file that was handed in says."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tito.errors import TitoError
from tito.model.cell_output import CellOutput, Seen

if TYPE_CHECKING:
    from tito.gradebook.book import Gradebook
    from tito.workflows.grading.grade import ClassResult

# Gives what a student's cells showed; nothing where they were not asked.
Look = Callable[[str], Sequence[CellOutput]]


def nothing(_: str) -> Sequence[CellOutput]:
    """Know nothing of anybody."""
    return ()


def look_up(book: "Gradebook", modules: Sequence[str]) -> Look:
    """Return what gives what a student's cells showed in the runs that count, of all modules of an assignment."""
    from tito.gradebook.shown import shown_in, shown_runs  # noqa: PLC0415 - SQLAlchemy, for gradebooks alone

    with book.reading() as connection:
        runs = [shown_runs(connection, module) for module in modules]

    def look(student: str) -> Sequence[CellOutput]:
        with book.reading() as connection:
            found = [shown_in(connection, each[student]) for each in runs if student in each]
        return tuple(cell for cells in found for cell in cells)

    return look


def in_class(results: Sequence["ClassResult"]) -> Look:
    """Return what gives what a student's cells showed in a class that was just graded, module by module."""
    places = [
        (result.shown, {grade.student: place for place, grade in enumerate(result.grades)})
        for result in results
        if result.shown
    ]
    return lambda student: tuple(
        cell for shown, known in places if student in known for cell in shown[known[student]]
    )


def of_answer(cells: Sequence[CellOutput], criterion: str, path: str) -> Seen:
    """Return what belongs to one criterion's answer; a rubric's own looks at all that the student wrote."""
    named = any(criterion in each.criteria for each in cells)
    own = [each for each in cells if (criterion if named else "") in each.criteria]
    says = _saved(path) if own else {}
    theirs = [claim for each in own if (claim := says.get((each.label, each.line))) and differs(each, claim)]
    return Seen(tuple(each for each in own if not each.empty), tuple(theirs), bool(cells))


def differs(ran: CellOutput, says: CellOutput) -> bool:
    """Return whether a file says anything else of a cell than what it showed; pictures are never the same bytes."""
    texts = ((each.text.strip(), each.value.strip(), bool(each.error), len(each.pictures)) for each in (ran, says))
    return len({*texts}) > 1


def _saved(path: str) -> Mapping[tuple[str, int], CellOutput]:
    # What reads sources, for answers with cells alone.
    from tito.collection.shelf import Shelf  # noqa: PLC0415
    from tito.source import parse  # noqa: PLC0415
    from tito.source.saved import saved  # noqa: PLC0415

    try:
        return saved(parse(Shelf().read(Path(path)), path, lenient=True))
    except TitoError:
        return {}
