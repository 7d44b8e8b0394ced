"""`tito review`: answers that a person grades, one criterion over all students; everything is saved at once."""

from collections.abc import Sequence
from dataclasses import field, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from tito.errors import Problem, TitoError, UsageError
from tito.gradebook.book import Gradebook
from tito.gradebook.manual import Item, items, known_comments, put_comment, put_mark
from tito.gradebook.shown import shown_in
from tito.model.cell_output import Seen
from tito.model.course import Assignment, Course
from tito.model.grade import Mark
from tito.model.rubric import Criterion, Level
from tito.records import dataclass
from tito.workflows.book.decide import earned
from tito.workflows.book.seen import of_answer
from tito.workflows.course.opening import bare_name, find_assignment


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to review: a module, and perhaps one criterion, one student, and what is marked already as well.

    Where `among` is given, nobody else's answers are.
    """

    module: str
    criterion: str = ""
    student: str = ""
    again: bool = False
    among: frozenset[str] | None = None


@dataclass(slots=True)
class Review:
    """A reviewer's way through answers: where they are, and the steps that can be undone."""

    book: Gradebook
    author: str
    items: list[Item]
    place: int = 0
    steps: list[tuple[int, Item]] = field(default_factory=list)

    @property
    def item(self) -> Item | None:
        """The answer at hand, None behind the last one."""
        return self.items[self.place] if self.place < len(self.items) else None

    @property
    def left(self) -> int:
        """How many answers have no mark yet."""
        return sum(each.mark is None for each in self.items)

    def mark(self, points: Decimal, level: str = "") -> Mark | None:
        """Mark the answer at hand, save it and go on; return instead the mark that another gave meanwhile."""
        now = datetime.now(UTC)
        return self._put(Mark(points, level, self.author, now), forward=True)

    def comment(self, text: str) -> None:
        """Comment on the answer at hand, and save it."""
        item = self._here()
        with self.book.writing() as connection:
            put_comment(connection, item, self.author, datetime.now(UTC), text)
        self.steps.append((self.place, item))
        self.items[self.place] = replace(item, comment=text)

    def comments(self) -> Sequence[str]:
        """Return the comments that the criterion at hand has had, the most frequent first."""
        item = self._here()
        with self.book.reading() as connection:
            return known_comments(connection, item.module, item.criterion.id)

    def seen(self, item: Item) -> Seen:
        """Return what the cells of an answer showed."""
        with self.book.reading() as connection:
            cells = shown_in(connection, item.run)
        return of_answer(cells, item.criterion.id, item.path)

    def skip(self, by: int) -> None:
        """Go on or back without marking."""
        self.place = min(max(self.place + by, 0), len(self.items))

    def undo(self) -> bool:
        """Take back what was done last, and go there; return whether there was anything."""
        if not self.steps:
            return False
        self.place, before = self.steps.pop()
        if self.items[self.place].comment != before.comment:
            with self.book.writing() as connection:
                put_comment(connection, before, self.author, datetime.now(UTC), before.comment)
            self.items[self.place] = replace(self.items[self.place], comment=before.comment)
        else:
            self._put(before.mark, forward=False)
        return True

    def _here(self) -> Item:
        if self.item is None:
            raise UsageError(Problem("there is no answer at hand", "Go back to one."))
        return self.item

    def _put(self, mark: Mark | None, *, forward: bool) -> Mark | None:
        item = self._here()
        with self.book.writing() as connection:
            other = put_mark(connection, item, self.author, datetime.now(UTC), mark)
        if other:
            with self.book.reading() as connection:
                own = (item.criterion.id, item.student, item.whole, item.part)
                fresh = items(connection, item.module, *own)
            self.items[self.place] = fresh[0] if fresh else item
            return other
        if forward:
            self.steps.append((self.place, item))
            self.place += 1
        self.items[self.place - forward] = replace(item, mark=mark)
        return None


def start(course: Course, book: Gradebook, wanted: Wanted, author: str) -> Review:
    """Return the way through the answers that are wanted. Raises UsageError for a criterion that is not there."""
    whole = find_assignment(course, wanted.module)
    found = _items(course, book, whole, wanted)
    names = dict.fromkeys(each.name for each in found)
    if wanted.criterion and wanted.criterion not in names:
        fix = f"There is something to grade for {', '.join(names)}." if names else "There is nothing to grade."
        raise UsageError(Problem(f"no answer to {wanted.criterion} waits in {whole.name}", fix))
    chosen = [each for each in found if wanted.criterion in {"", each.name}]
    return Review(book, author, [each for each in chosen if wanted.again or each.mark is None])


def _items(course: Course, book: Gradebook, whole: Assignment, wanted: Wanted) -> list[Item]:
    """Return the answers of an assignment, module by module."""
    several = len(whole.modules) > 1
    with book.reading() as connection:
        found = [
            each
            for module in whole.modules
            for within in [(whole.name, bare_name(course, module)) if several else ("", "")]
            for each in items(connection, module, "", wanted.student, *within)
        ]
    return [each for each in found if wanted.among is None or each.student in wanted.among]


@dataclass(frozen=True, slots=True)
class Given:
    """What is given to one answer: a level or points of one's own, and a comment."""

    level: str = ""
    points: str = ""
    comment: str = ""


def grade_one(course: Course, book: Gradebook, wanted: Wanted, author: str, given: Given) -> str:
    """Mark one student's answer to one criterion, comment on it, or both; say what was done.

    Raises UsageError for what is not there.
    """
    if not (wanted.criterion and wanted.student):
        raise UsageError(Problem("a mark is for one answer", "Name it by --student and --criterion."))
    review = start(course, book, replace(wanted, again=True), author)
    item = review.item
    if item is None:
        raise UsageError(Problem(f"{wanted.student} has no answer to grade", "See `tito review --list`."))
    chosen = _chosen(item.criterion, given)
    if given.comment:
        review.comment(given.comment)
    if chosen is None:
        return f"{item.student}, {item.name}: commented"
    # It is named, so that the reviewer means it, whoever was there before.
    review.items[0] = replace(review.items[0], seen=1 << 62)
    review.mark(chosen.points, chosen.name)
    return f"{item.student}, {item.name}: {chosen.name or 'marked'}, {chosen.points} of {item.criterion.points}"


def _chosen(criterion: Criterion, given: Given) -> Level | None:
    if given.level and given.points:
        raise UsageError(Problem("--level and --points are both given", "Give one of them."))
    if given.level:
        return level_of(criterion, given.level)
    return Level("", earned(given.points, criterion.points)) if given.points else None


def levels(criterion: Criterion) -> tuple[Level, ...]:
    """Return what a person picks from: the rubric's levels, or all and nothing."""
    return criterion.levels or (Level("all", criterion.points), Level("nothing", Decimal(0)))


def level_of(criterion: Criterion, name: str) -> Level:
    """Return a level by its name. Raises UsageError with the names that there are."""
    found = next((each for each in levels(criterion) if each.name == name), None)
    if found is None:
        names = ", ".join(each.name for each in levels(criterion))
        raise UsageError(Problem(f"{criterion.id} has no level {name}", f"There are {names}."))
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review of one criterion is."""

    module: str
    criterion: str
    title: str
    marked: int
    waiting: int


def progress(course: Course, book: Gradebook, wanted: Wanted) -> tuple[Progress, ...]:
    """Return how far each criterion's review is."""
    whole = find_assignment(course, wanted.module)
    found = [each for each in _items(course, book, whole, wanted) if wanted.criterion in {"", each.name}]
    criteria = {each.name: each for each in found}
    return tuple(
        Progress(each.module, name, each.title, sum(marked), len(marked) - sum(marked))
        for name, each in criteria.items()
        if (marked := [one.mark is not None for one in found if one.name == name])
    )


def context(item: Item) -> str:
    """Return all that the student handed in, as text; a sentence where it is not there any more."""
    # What reads sources, for those who look at a whole one.
    from tito.collection.shelf import Shelf  # noqa: PLC0415
    from tito.source import parse  # noqa: PLC0415

    try:
        document = parse(Shelf().read(Path(item.path)), item.path, lenient=True)
    except TitoError as fault:
        return str(fault)
    return "\n\n".join(cell.source for cell in document.cells)
