"""A grader: the locked tests of one module and all that fixes how they run."""

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from tito.model.document import Role
from tito.records import dataclass


def function_of(test: str) -> str:
    """Return the name of the function or class that a test's id names within its module."""
    return test.split("::")[1].partition("[")[0]


class Source(StrEnum):
    """Where a name that a test uses comes from: from the grader, or from what a student wrote."""

    JUDGE = "judge"
    SUBMISSION = "submission"


@dataclass(frozen=True, slots=True)
class NameSource:
    """Where a name comes from at a place: in the block of that number; `why` tells the reason and its path:line."""

    name: str
    place: int
    source: Source
    why: str


@dataclass(frozen=True, slots=True)
class Block:
    """One code cell's share of the grader's test module, in the source's order.

    `first` and `last` are its lines there. `cell` is the grade_id of the test cell whose `tests` (functions and
    classes) it holds, "" for given code. `asks` are the submission's names that its code reads, also by way of the
    judge's functions that it calls: before it runs they are bound to what they are in the subject then. `sends` are
    names that it binds or changes and that the subject gets copies of, since later code of the reference reads them;
    `imports` are imports of its own that such code rests on. `after` is the last solution cell before it in the
    source: it never runs earlier than that. `follows` are earlier test cells that it needs to have run.
    """

    first: int
    last: int
    cell: str = ""
    tests: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    after: str = ""
    follows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LockedCriterion:
    """The tests behind one grade_id: `tests` are pytest node ids within the grader's folder.

    `hidden` means that the public edition of the grader holds none of its tests, `partly` that it holds not all of
    them or not whole, which only that edition says of itself; `beside` names the tests that
    cannot be judged from another process. `value` is what the reference's tests end in, "" where in no value.
    `unanchored` are the path:line of checks that rest on the submission's word alone.
    """

    grade_id: str
    points: Decimal
    tests: tuple[str, ...]
    hidden: bool = False
    beside: tuple[str, ...] = ()
    value: str = ""
    unanchored: tuple[str, ...] = ()
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A name that a trial has found to be the submission's, from the source's code cell `since` (from 0) on."""

    name: str
    since: int
    why: str


@dataclass(frozen=True, slots=True)
class Vacuous:
    """An answer that a test passes without: with the reference's made `under` these, it passes all the same.

    `answer` is what the contract calls it; `forms` are those of the reference's answers in that test, in order: none
    where they differ from run to run.
    """

    test: str
    answer: str
    under: tuple[str, ...]
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A test cell that is not graded, for its tests cannot be locked: `why` says both reasons where there are two."""

    grade_id: str
    points: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class LockedManual:
    """A criterion that a person grades: a manual answer, a task or, where its role is ordinary, all of the work.

    `blank` are digests of what students are handed out, which is no answer.
    """

    grade_id: str
    points: Decimal
    role: Role
    blank: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LockedCell:
    """A cell that students may not change.

    `digest` is the SHA-256 of its source as students see it. `source` is given for read-only cells, whose original
    runs in place of the student's copy.
    """

    grade_id: str
    role: Role
    digest: str
    points: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Grader:
    """One module's grader as its lock file has it.

    `asked` are the names that the judge asks the subject for. `cells` are the locked cells, in order;
    `solutions` the grade_ids that a student fills in. `prerequisites` are the course package's modules that the
    submission may import, in import order. `contract` maps "Class.attribute" or "function" to
    "data" or "object": what kind of answer the reference gave. `files` maps file names to SHA-256 digests.
    `seen` maps each test ("file::name") that students do not see whole to how many leading statements they see.
    `manual` are the criteria that a person grades. `blocks` are the parts of the generated test module, and `names`
    says where their names come from; a lock of version 1 has neither, and its tests run behind everything else.
    `moved` are names that a trial gave to the submission, `writes` the calls with which the reference writes into its
    arguments, `vacuous` the answers whose form has to be asked, `left_out` the test cells that are not graded.
    `records` are given classes whose objects cross by value.
    """

    module: str
    target: str
    criteria: tuple[LockedCriterion, ...]
    asked: tuple[str, ...]
    cells: tuple[LockedCell, ...] = ()
    solutions: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    contract: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    public: bool = False
    seen: Mapping[str, int] = field(default_factory=dict)
    manual: tuple[LockedManual, ...] = ()
    blocks: tuple[Block, ...] = ()
    names: tuple[NameSource, ...] = ()
    moved: tuple[Moved, ...] = ()
    writes: tuple[str, ...] = ()
    vacuous: tuple[Vacuous, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    records: tuple[str, ...] = ()
