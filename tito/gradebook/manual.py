"""Answers that a person grades: which there are, and the marks that they get."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from tito.gradebook import people, schema
from tito.gradebook.decisions import decide, rows_of
from tito.gradebook.read import Kept, current
from tito.model.grade import CriterionGrade, Mark
from tito.model.rubric import Criterion
from tito.model.submission import Answer
from tito.records import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One answer to grade, of a `run`. `seen` is the number of its newest mark, 0 for none, as the reviewer saw it.

    In an assignment of several modules (`whole`), `part` is what the module is called there.
    """

    student: str
    module: str
    criterion: Criterion
    answer: Answer
    path: str
    mark: Mark | None = None
    comment: str = ""
    seen: int = 0
    run: int = 0
    whole: str = ""
    part: str = ""

    @property
    def alias(self) -> str:
        """The student's name while the reviewer is not to know it; the same for all of an assignment."""
        return hashlib.sha256(f"{self.whole or self.module}\0{self.student}".encode()).hexdigest()[:6]

    @property
    def name(self) -> str:
        """The criterion's id in the assignment."""
        return f"{self.part}-{self.criterion.id}" if self.part else self.criterion.id

    @property
    def title(self) -> str:
        """The criterion's title in the assignment."""
        return f"{self.part}: {self.criterion.title}" if self.part else self.criterion.title


def items(
    connection: Connection, module: str, criterion: str = "", student: str = "", whole: str = "", part: str = ""
) -> tuple[Item, ...]:
    """Return the answers to a module's manual criteria, one criterion over all students, each in its own odd order.

    The module may be a `part` of a `whole` assignment, and be called so there. Blank answers, refused submissions and
    dropped criteria have nothing to grade.
    """
    kept = current(connection, module, student)
    texts = _answers(connection, [each.run for each in kept])
    seen = _newest_marks(connection, module)
    order = _order(kept)
    found = [
        replace(_item(each, graded, texts.get((each.run, graded.criterion.id)), seen), whole=whole, part=part)
        for each in kept
        for graded in each.grade.criteria
        if graded.criterion.manual and (graded.pending or graded.mark) and criterion in {"", graded.criterion.id}
    ]
    return tuple(sorted(found, key=lambda each: (order[each.criterion.id], _shuffled(each))))


def put_mark(connection: Connection, item: Item, author: str, at: object, mark: Mark | None) -> Mark | None:
    """Write a mark, or take it back; return instead the mark that another person gave meanwhile."""
    who = (people.student(connection, item.student), people.module(connection, item.module))
    table = schema.marks
    rows = [row for row in rows_of(connection, table, who) if row.criterion == item.criterion.id]
    newest = rows[-1] if rows else None
    if newest is not None and newest.id > item.seen and newest.points is not None and newest.author != author:
        return Mark(newest.points, newest.level, newest.author, newest.at)
    values = {"criterion": item.criterion.id, "answer": item.answer.digest}
    given = {"level": mark.level, "points": mark.points} if mark else {"level": "", "points": None}
    decide(connection, table, who, author, at, **values, **given)  # type: ignore[arg-type]
    return None


def put_comment(connection: Connection, item: Item, author: str, at: object, text: str) -> None:
    """Write the comment on a criterion; it takes the place of an earlier one."""
    who = (people.student(connection, item.student), people.module(connection, item.module))
    decide(connection, schema.comments, who, author, at, criterion=item.criterion.id, text=text, retracts=None)  # type: ignore[arg-type]


def known_comments(connection: Connection, module: str, criterion: str) -> tuple[str, ...]:
    """Return the comments that a criterion has had, the most frequent first."""
    table, modules = schema.comments, schema.modules
    query = select(table.c.text).join(modules).where(modules.c.name == module, table.c.criterion == criterion)
    counts = Counter(text for text in connection.execute(query.order_by(table.c.id)).scalars() if text)
    return tuple(text for text, _ in counts.most_common())


def _order(kept: Iterable[Kept]) -> Mapping[str, int]:
    return {each.id: place for one in kept for place, each in enumerate(one.rubric.criteria)}


def _shuffled(item: Item) -> str:
    """Return what to sort by, so that the order says nothing of names and stays the same."""
    return hashlib.sha256(f"{item.criterion.id}\0{item.alias}".encode()).hexdigest()


def _item(kept: Kept, part: CriterionGrade, answer: Answer | None, seen: Mapping[tuple[str, str], int]) -> Item:
    grade, name = kept.grade, part.criterion.id
    given = answer or Answer(name, "", "")
    own = (grade.student, grade.module, part.criterion, given, grade.path)
    return Item(*own, part.mark, part.comment, seen.get((grade.student, name), 0), kept.run)


def _answers(connection: Connection, runs: Sequence[int]) -> dict[tuple[int, str], Answer]:
    table, of_run = schema.answers, schema.runs
    query = select(of_run.c.id, table.c.criterion, table.c.text, table.c.digest, table.c.line)
    query = query.join(table, table.c.submission_id == of_run.c.submission_id).where(of_run.c.id.in_(runs))
    return {(row[0], row[1]): Answer(*row[1:]) for row in connection.execute(query)}


def _newest_marks(connection: Connection, module: str) -> dict[tuple[str, str], int]:
    table, students, modules = schema.marks, schema.students, schema.modules
    query = select(students.c.name, table.c.criterion, table.c.id).join(students).join(modules)
    rows = connection.execute(query.where(modules.c.name == module).order_by(table.c.id))
    return {(row[0], row[1]): row[2] for row in rows}
