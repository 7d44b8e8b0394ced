"""Write a graded class: one transaction for all of it, and nothing of what was there is changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from tito.gradebook import schema
from tito.gradebook.insert import Row, add, ids
from tito.model.coding import to_plain
from tito.model.escapes import escaped
from tito.model.grade import Grade
from tito.model.rubric import Rubric
from tito.model.submission import Answer
from tito.records import dataclass
from tito.scoring import dump


@dataclass(frozen=True, slots=True)
class Batch:
    """One `tito grade`: by what rubric and grader (`digest` is over both), by whom, when, and if it counts yet.

    `tests` are the digests of each criterion's tests, by name.
    """

    rubric: Rubric
    digest: str
    author: str
    at: datetime
    tool: str
    proposed: bool = False
    tests: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One grade as tests gave it, the SHA-256 of what was handed in ("" where it is unreadable), and its answers."""

    grade: Grade
    digest: str = ""
    answers: tuple[Answer, ...] = ()


def record(connection: Connection, batch: Batch, entries: Sequence[Entry]) -> int:
    """Write a batch and return its number.

    Unless it is proposed, its runs become the ones that count; a run in which tito or the machine failed does so only
    where the student has no other.
    """
    entries = [replace(each, grade=replace(each.grade, student=escaped(each.grade.student))) for each in entries]
    module, criteria, edition = _edition(connection, batch)
    students = _students(connection, entries)
    submissions = _submissions(connection, batch, entries, module, students)
    row = {"edition_id": edition, "proposed": batch.proposed, "tool": batch.tool, **_person(batch)}
    number = int(connection.execute(insert(schema.batches).returning(schema.batches.c.id), row).scalar_one())
    runs = _runs(connection, entries, number, submissions)
    _parts(connection, entries, runs, criteria)
    if not batch.proposed:
        numbers = [students[each.grade.student,] for each in entries]
        broken = {run for each, run in zip(entries, runs, strict=True) if each.grade.broken}
        chosen = without_failures(connection, module, list(zip(numbers, runs, strict=True)), broken)
        accept(connection, module, chosen, batch.author, batch.at)
    return number


def accept(connection: Connection, module: int, runs: Sequence[tuple[int, int]], author: str, at: datetime) -> None:
    """Make runs, each with its student's number, the ones that count."""
    rows = [
        {"student_id": student, "module_id": module, "run_id": run, "author": author, "at": at}
        for student, run in runs
    ]
    if rows:
        connection.execute(insert(schema.acceptances), rows)


def without_failures(
    connection: Connection, module: int, runs: Sequence[tuple[int, int]], broken: Collection[int]
) -> Sequence[tuple[int, int]]:
    """Return the runs that may count: our own failure (`broken`) never takes the place of a student's grade."""
    table = schema.acceptances
    query = select(table.c.student_id).where(table.c.module_id == module).distinct()
    known = set(connection.execute(query).scalars()) if broken else set()
    return [(student, run) for student, run in runs if run not in broken or student not in known]


def module_id(connection: Connection, name: str, title: str = "") -> int:
    """Return a module's number; add it where it is new."""
    return ids(connection, schema.modules, [{"name": name, "title": title}], "name")[name,]


def _person(batch: Batch) -> dict[str, Any]:
    return {"author": batch.author, "at": batch.at}


def _edition(connection: Connection, batch: Batch) -> tuple[int, dict[str, int], int]:
    """Return the numbers of the module, of its criteria by name, and of this edition of them."""
    rubric = batch.rubric
    module = module_id(connection, rubric.module, rubric.title)
    row = {
        "module_id": module, "digest": batch.digest, "points": rubric.points, "rubric": dump(rubric), "at": batch.at,
        "tests": {name: dict(each) for name, each in batch.tests.items()},
    }  # fmt: skip
    edition = ids(connection, schema.editions, [row], "module_id", "digest")[module, batch.digest]
    rows = [
        {
            "edition_id": edition, "position": place, "name": each.id, "title": each.title, "points": each.points,
            "kind": each.kind.value, "extra": each.extra, "dropped": each.dropped,
        }
        for place, each in enumerate(rubric.criteria)
    ]  # fmt: skip
    found = ids(connection, schema.criteria, rows, "edition_id", "name")
    return module, {name: number for (_, name), number in found.items()}, edition


def _students(connection: Connection, entries: Sequence[Entry]) -> Mapping[tuple[Any, ...], int]:
    names = sorted({each.grade.student for each in entries})
    return ids(connection, schema.students, [{"name": name} for name in names], "name")


def _submissions(
    connection: Connection,
    batch: Batch,
    entries: Sequence[Entry],
    module: int,
    students: Mapping[tuple[Any, ...], int],
) -> list[int]:
    rows = [
        {
            "student_id": students[each.grade.student,], "module_id": module, "digest": each.digest,
            "path": each.grade.path, "at": batch.at,
        }
        for each in entries
    ]  # fmt: skip
    found = ids(connection, schema.submissions, rows, "student_id", "module_id", "digest")
    numbers = [found[row["student_id"], module, row["digest"]] for row in rows]
    answers = [
        {
            "submission_id": number, "criterion": answer.criterion, "digest": answer.digest, "text": answer.text,
            "line": answer.line,
        }
        for each, number in zip(entries, numbers, strict=True)
        for answer in each.answers
    ]  # fmt: skip
    add(connection, schema.answers, answers)
    return numbers


def _runs(connection: Connection, entries: Sequence[Entry], batch: int, submissions: Sequence[int]) -> list[int]:
    rows = [
        {
            "batch_id": batch, "submission_id": submission, "earned": each.grade.earned,
            "possible": each.grade.possible, "refusal": each.grade.refusal, "notes": list(each.grade.notes),
            "level": each.grade.level, "seconds": each.grade.seconds, "submitted": each.grade.submitted,
            "broken": each.grade.broken,
        }
        for each, submission in zip(entries, submissions, strict=True)
    ]  # fmt: skip
    if not rows:
        return []
    statement = insert(schema.runs).returning(schema.runs.c.id, sort_by_parameter_order=True)
    return [int(number) for number in connection.execute(statement, rows).scalars()]


def _parts(
    connection: Connection, entries: Sequence[Entry], runs: Sequence[int], criteria: Mapping[str, int]
) -> None:
    """Write the runs' results and outcomes."""
    results: list[Row] = []
    outcomes: list[Row] = []
    for entry, run in zip(entries, runs, strict=True):
        for part in entry.grade.criteria:
            own = {"run_id": run, "criterion_id": criteria[part.criterion.id]}
            results.append(
                {
                    **own,
                    "status": part.status.value,
                    "earned": part.earned,
                    "pending": part.pending,
                    "mistake": part.mistake,
                }
            )
            outcomes += [
                {
                    **own, "test": each.test, "status": each.status.value, "seconds": each.seconds,
                    "passes": each.passes, "checks": each.checks, "whole": to_plain(each),
                }
                for each in part.outcomes
            ]  # fmt: skip
    for table, rows in ((schema.results, results), (schema.outcomes, outcomes)):
        if rows:
            connection.execute(insert(table), rows)
