"""Read grades: rows become Grades again, settled with what people have decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, func, select

from tito.gradebook import schema
from tito.gradebook.columns import Line
from tito.gradebook.decisions import reviews, reviews_of_whole
from tito.gradebook.latedays import LateDays
from tito.gradebook.wholes import parts
from tito.model.coding import from_plain
from tito.model.course import Assignment
from tito.model.grade import CriterionGrade, Grade, Review
from tito.model.outcome import Outcome, Status
from tito.model.rubric import Criterion, Rubric
from tito.records import dataclass
from tito.scoring import load, settle
from tito.scoring.settle import NO_REVIEW


@dataclass(frozen=True, slots=True)
class Kept:
    """A grade as the gradebook has it: settled, with its run's number and the rubric of its time."""

    grade: Grade
    rubric: Rubric
    run: int
    batch: int
    at: datetime
    author: str
    tool: str
    digest: str
    edition: int
    proposed: bool = False
    current: bool = True


def current(connection: Connection, module: str = "", student: str = "") -> tuple[Kept, ...]:
    """Return the grades that count, by module and student; of one module or student where they are named."""
    newest = _newest()
    query = _runs().join(newest, newest.c.run_id == schema.runs.c.id)
    return _kept(connection, _only(query, module, student))


def of_batch(connection: Connection, batch: int) -> tuple[Kept, ...]:
    """Return the grades of one batch, by student."""
    return _kept(connection, _runs().where(schema.runs.c.batch_id == batch))


def history(connection: Connection, module: str = "", student: str = "") -> tuple[Kept, ...]:
    """Return every run there ever was, the oldest first, as its tests scored it."""
    kept = _kept(connection, _only(_runs(), module, student), decided=False)
    return tuple(sorted(kept, key=lambda each: each.run))


def of_whole(connection: Connection, whole: Assignment, due: datetime | None) -> Mapping[str, Review]:
    """Return what people decided about an assignment of several modules as a whole, by student.

    `due` is its due date, by which late days are spent.
    """
    late_days = LateDays(connection)
    students, table = schema.students, schema.modules
    names = {int(row.id): row.name for row in connection.execute(select(students.c.id, students.c.name))}
    number = connection.execute(select(func.min(table.c.id)).where(table.c.name.in_(whole.modules))).scalar()
    decided = reviews_of_whole(connection, whole)
    return {
        name: replace(review, budget=late_days.of(student, number or 0, review.due or due))
        for student, name in names.items()
        for review in [decided.get(student, NO_REVIEW)]
    }


def times_of(connection: Connection, module: str) -> Mapping[tuple[str, str], datetime]:
    """Return when each submission to a module was handed in, as the newest run that knew it says.

    A submission is named by its student and the digest of its bytes.
    """
    t = schema
    query = select(t.students.c.name, t.submissions.c.digest, t.runs.c.submitted).select_from(
        t.runs.join(t.submissions).join(t.students).join(t.modules, t.modules.c.id == t.submissions.c.module_id)
    )
    query = query.where(t.modules.c.name == module, t.runs.c.submitted.is_not(None)).order_by(t.runs.c.id)
    return {(row.name, row.digest): row.submitted for row in connection.execute(query)}


def tests_of(connection: Connection, edition: int) -> Mapping[str, Mapping[str, str]]:
    """Return the digests of an edition's tests, by criterion and name."""
    query = select(schema.editions.c.tests).where(schema.editions.c.id == edition)
    return connection.execute(query).scalar() or {}


def with_outcomes(connection: Connection, kept: Sequence[Kept]) -> tuple[Grade, ...]:
    """Return the grades with what each test said."""
    table, criteria = schema.outcomes, schema.criteria
    found: dict[tuple[int, str], list[Outcome]] = {}
    for some in _chunks([each.run for each in kept]):
        query = select(table, criteria.c.name.label("criterion")).join(criteria).where(table.c.run_id.in_(some))
        for row in connection.execute(query.order_by(table.c.id)):
            found.setdefault((row.run_id, row.criterion), []).append(_outcome(row.whole))
    return tuple(_filled(each, found) for each in kept)


def _outcome(whole: Mapping[str, Any]) -> Outcome:
    """Return an outcome as it was kept; `beside` was called `shared` before."""
    renamed = {"beside" if key == "shared" else key: value for key, value in whole.items()}
    return from_plain(Outcome, renamed)


def _filled(kept: Kept, found: Mapping[tuple[int, str], Sequence[Outcome]]) -> Grade:
    parts = (
        replace(part, outcomes=tuple(found.get((kept.run, part.criterion.id), ()))) for part in kept.grade.criteria
    )
    return replace(kept.grade, criteria=tuple(parts))


def _newest() -> Any:
    table = schema.acceptances
    last = select(func.max(table.c.id)).group_by(table.c.student_id, table.c.module_id)
    return select(table.c.run_id).where(table.c.id.in_(last)).subquery()


def _runs() -> Select[Any]:
    t = schema
    columns = (
        t.runs, t.students.c.name.label("student"), t.modules.c.name.label("module"), t.submissions.c.path,
        t.submissions.c.digest, t.submissions.c.student_id, t.submissions.c.module_id,
        t.submissions.c.id.label("submission"),
        t.batches.c.edition_id, t.batches.c.at, t.batches.c.author, t.batches.c.tool, t.batches.c.proposed,
    )  # fmt: skip
    joined = t.runs.join(t.submissions).join(t.batches, t.batches.c.id == t.runs.c.batch_id)
    joined = joined.join(t.students, t.students.c.id == t.submissions.c.student_id)
    joined = joined.join(t.modules, t.modules.c.id == t.submissions.c.module_id)
    return select(*columns).select_from(joined).order_by(t.modules.c.name, t.students.c.name, t.runs.c.id)


def _only(query: Select[Any], module: str, student: str) -> Select[Any]:
    if module:
        query = query.where(schema.modules.c.name == module)
    return query.where(schema.students.c.name == student) if student else query


def _kept(connection: Connection, query: Select[Any], *, decided: bool = True) -> tuple[Kept, ...]:
    rows = connection.execute(query).all()
    rubrics = _rubrics(connection, {row.edition_id for row in rows})
    results = _results(connection, [row.id for row in rows])
    review = reviews(connection, rows) if decided else {}
    late_days, within = LateDays(connection), parts(connection)
    counting = set(connection.execute(select(_newest().c.run_id)).scalars()) if rows else set()
    found = []
    for row in rows:
        rubric = rubrics[row.edition_id]
        decisions = review.get(row.id, NO_REVIEW)
        due = decisions.due or (rubric.late.due if rubric.late else None)
        decisions = replace(decisions, budget=late_days.of(row.student_id, row.module_id, due) if decided else None)
        own_late = replace(rubric, late=None) if row.module in within else rubric
        grade = settle(own_late, _grade(row, rubric, results.get(row.id, {})), decisions)
        own = (row.id, row.batch_id, row.at, row.author, row.tool, row.digest, row.edition_id)
        found.append(Kept(grade, rubric, *own, proposed=row.proposed, current=row.id in counting))
    return tuple(found)


def _rubrics(connection: Connection, editions: Iterable[int]) -> dict[int, Rubric]:
    table = schema.editions
    query = select(table.c.id, table.c.rubric).where(table.c.id.in_(list(editions)))
    return {number: load(text, f"edition {number}").rubric for number, text in connection.execute(query)}


def _results(connection: Connection, runs: Sequence[int]) -> dict[int, dict[str, Line]]:
    table, criteria = schema.results, schema.criteria
    found: dict[int, dict[str, Line]] = {}
    for some in _chunks(runs):
        columns = (table.c.run_id, table.c.status, table.c.earned, table.c.pending, table.c.mistake, criteria.c.name)
        for row in connection.execute(select(*columns).join(criteria).where(table.c.run_id.in_(some))):
            found.setdefault(row.run_id, {})[row.name] = row
    return found


def _grade(row: Line, rubric: Rubric, results: Mapping[str, Line]) -> Grade:
    criteria = tuple(_criterion(each, results.get(each.id)) for each in rubric.criteria)
    return Grade(
        row.student,
        row.module,
        row.path,
        row.earned,
        row.possible,
        criteria,
        tuple(row.notes),
        row.refusal,
        row.level,
        row.seconds,
        submitted=row.submitted,
    )


def _criterion(criterion: Criterion, row: Line | None) -> CriterionGrade:
    if row is None:
        return CriterionGrade(criterion, Status.MISSING, Decimal(0), ())
    return CriterionGrade(criterion, Status(row.status), row.earned, (), pending=row.pending, mistake=row.mistake)


def _chunks(numbers: Sequence[int], size: int = 10_000) -> Iterable[Sequence[int]]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))
