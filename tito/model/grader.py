"""A grader: the locked tests of one module and all that fixes how they run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tito.model.document import Role


@dataclass(frozen=True, slots=True)
class LockedCriterion:
    """The tests behind one grade_id: `tests` are pytest node ids within the grader's folder.

    `hidden` means that the public edition of the grader holds none of its tests; `shared` names the tests that
    cannot be judged from another process. `value` is what the reference's tests end in, "" where in no value.
    """

    grade_id: str
    points: Decimal
    tests: tuple[str, ...]
    hidden: bool = False
    shared: tuple[str, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One code cell's share of the grader's module, in the source's order: the lines `first` to `last` of its file.

    `cell` is the grade_id of the test cell whose `tests` it defines, "" for given code. `asks` are the submission's
    names that it reads, `sends` those that it binds for the subject to have a copy of. `after` is the grade_id of the
    last solution cell before it, `follows` are those of the test cells without whose running its tests fail.
    """

    first: int
    last: int
    cell: str = ""
    tests: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    after: str = ""
    follows: tuple[str, ...] = ()


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
    `manual` are the criteria that a person grades. `blocks` are those of the module named `blocks_of`; one without
    any runs as a whole behind everything else. `writes` are the calls with which the reference writes into its
    arguments, `vacuous` the answers whose form has to be asked.
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
    blocks_of: str = ""
    writes: tuple[str, ...] = ()
    vacuous: tuple[Vacuous, ...] = ()
