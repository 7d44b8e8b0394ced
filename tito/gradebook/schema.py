"""The gradebook's tables. Rows are added and never changed: what counts today is the newest that says so."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from tito.gradebook.columns import Moment, Points, Words

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


_ONE: Final = {"batches": "batch"}


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _of(table: str, *, nullable: bool = False, index: bool = False) -> Column[int]:
    return Column(
        f"{_ONE.get(table) or table.removesuffix('s')}_id", ForeignKey(f"{table}.id"), nullable=nullable, index=index
    )


def _by_a_person() -> tuple[Column[str], Column[datetime]]:
    return Column("author", String(200), nullable=False), Column("at", Moment(), nullable=False)


students: Final = Table(
    "students",
    metadata,
    _id(),
    Column("name", String(200), nullable=False, unique=True),
    Column("full_name", Words, nullable=False, server_default=""),
    Column("email", Words, nullable=False, server_default=""),
    Column("on_roster", Boolean, nullable=False, server_default="0"),
    Column("more", JSON),
)
modules: Final = Table(
    "modules", metadata, _id(), Column("name", String(200), nullable=False, unique=True), Column("title", Words)
)
# A rubric and a grader as they were locked at the time of a run; `digest` is over both. `tests` are the digests of
# each criterion's tests, by name.
editions: Final = Table(
    "editions",
    metadata,
    _id(),
    _of("modules"),
    Column("digest", String(64), nullable=False),
    Column("points", Points, nullable=False),
    Column("rubric", Words, nullable=False),
    Column("tests", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("module_id", "digest"),
)
criteria: Final = Table(
    "criteria",
    metadata,
    _id(),
    _of("editions"),
    Column("position", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("title", Words, nullable=False),
    Column("points", Points, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("extra", Boolean, nullable=False),
    Column("dropped", Words, nullable=False),
    UniqueConstraint("edition_id", "name"),
)
submissions: Final = Table(
    "submissions",
    metadata,
    _id(),
    _of("students"),
    _of("modules"),
    Column("digest", String(64), nullable=False),
    Column("path", Words, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("student_id", "module_id", "digest"),
)
# One `tito grade`. A proposed one waits for its acceptance.
batches: Final = Table(
    "batches",
    metadata,
    _id(),
    _of("editions"),
    Column("proposed", Boolean, nullable=False),
    Column("tool", String(100), nullable=False),
    *_by_a_person(),
)
runs: Final = Table(
    "runs",
    metadata,
    _id(),
    _of("batches", index=True),
    _of("submissions", index=True),
    Column("earned", Points, nullable=False),
    Column("possible", Points, nullable=False),
    Column("refusal", Words, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("level", String(20), nullable=False),
    Column("seconds", Float, nullable=False),
    Column("submitted", Moment),
    Column("broken", Boolean, nullable=False),
)
results: Final = Table(
    "results",
    metadata,
    _id(),
    _of("runs", index=True),
    Column("criterion_id", ForeignKey("criteria.id"), nullable=False),
    Column("status", String(20), nullable=False),
    Column("earned", Points, nullable=False),
    Column("pending", Boolean, nullable=False),
    Column("mistake", Words, nullable=False, server_default=""),
)
# `whole` is the outcome with all that it knows: failure, output, seed.
outcomes: Final = Table(
    "outcomes",
    metadata,
    _id(),
    _of("runs", index=True),
    Column("criterion_id", ForeignKey("criteria.id"), nullable=False),
    Column("test", Words, nullable=False),
    Column("status", String(20), nullable=False),
    Column("seconds", Float, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("checks", Integer, nullable=False),
    Column("whole", JSON, nullable=False),
)
# The newest row of a student and module names the run that counts.
acceptances: Final = Table(
    "acceptances",
    metadata,
    _id(),
    _of("students"),
    _of("modules"),
    _of("runs"),
    *_by_a_person(),
    Index("ix_acceptances_who", "student_id", "module_id", "id"),
)


def _decision(name: str, *columns: Column[Any]) -> Table:
    """Return a table of what people decide about a student's module; its newest row counts."""
    who = (_of("students"), _of("modules"))
    index = Index(f"ix_{name}_who", "student_id", "module_id", "id")
    return Table(name, metadata, _id(), *who, *columns, *_by_a_person(), index)


# `earned` is NULL where an override, `points` where a mark, `until` where an extension was taken back.
overrides: Final = _decision(
    "overrides",
    Column("criterion", String(200), nullable=False),
    Column("earned", Points),
    Column("reason", Words, nullable=False),
)
extensions: Final = _decision("extensions", Column("until", Moment), Column("reason", Words, nullable=False))
# What changes a whole grade: `plus` is added to it, `instead` takes its place; both are NULL where it was taken back.
adjustments: Final = _decision(
    "adjustments", Column("plus", Points), Column("instead", Points), Column("reason", Words, nullable=False)
)
# Whoever is excused is owed no work: the grade counts nowhere.
excuses: Final = _decision(
    "excuses", Column("excused", Boolean, nullable=False), Column("reason", Words, nullable=False)
)
# Of a criterion the newest comment counts; those on the whole ("") all do, but for those that a later row retracts.
comments: Final = _decision(
    "comments",
    Column("criterion", String(200), nullable=False),
    Column("text", Words, nullable=False),
    Column("retracts", Integer, ForeignKey("comments.id")),
)
# What a student wrote for a person to read, once per submission.
answers: Final = Table(
    "answers",
    metadata,
    _id(),
    _of("submissions"),
    Column("criterion", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("text", Words, nullable=False),
    Column("line", Integer, nullable=False),
    UniqueConstraint("submission_id", "criterion"),
)
# What a submission's cells showed when they ran, as JSON, once for all runs that showed the same.
shows: Final = Table(
    "shows",
    metadata,
    _id(),
    _of("submissions"),
    Column("digest", String(64), nullable=False),
    Column("cells", Words, nullable=False),
    UniqueConstraint("submission_id", "digest"),
)
run_shows: Final = Table("run_shows", metadata, _id(), _of("runs"), _of("shows"), UniqueConstraint("run_id"))
# A mark holds for the answer that it was given to: after another answer, the criterion waits again.
marks: Final = _decision(
    "marks",
    Column("criterion", String(200), nullable=False),
    Column("answer", String(64), nullable=False),
    Column("level", Words, nullable=False),
    Column("points", Points),
)
