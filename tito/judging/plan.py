"""What judging takes and gives, as plain data: a plan for a module, a work for each submission, a ruling on each."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final

from tito.model.cell_output import CellOutput
from tito.model.grader import Grader
from tito.model.outcome import Failure, Outcome, Run, Status
from tito.model.rubric import Built, Rules
from tito.model.submission import Code, Linted, Place, Submission
from tito.records import dataclass
from tito.sandbox.levels import Level

# A subject that sleeps, or that a busy machine starves, has used little of its processor time: it gets this many
# times its limit by the wall clock before it is given up.
WALL_FACTOR: Final = 3
_SEED_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long things may take: one test, running the cells, and a whole submission.

    `criteria` are the limits of those grade_ids whose tests have one of their own.
    """

    test: float = 10.0
    load: float = 20.0
    submission: float = 60.0
    criteria: Mapping[str, float] = field(default_factory=dict)

    def of(self, grade_id: str) -> float:
        """Return the limit of one criterion's tests."""
        return self.criteria.get(grade_id, self.test)


@dataclass(frozen=True, slots=True)
class Confinement:
    """What subjects are started in: the sandbox level, their processor seconds, and what they may import."""

    level: Level = Level.STANDARD
    cpu: int = 60
    packages: tuple[str, ...] = ("numpy",)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a worker is to work: what confines its subjects, where its files go, and who started it.

    `core` is the processor to stay on, if any.
    """

    confinement: Confinement
    folder: str
    coordinator: int
    core: int | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A module that the graded one stands on: its dotted name, its text in the course's package and its grader.

    `grader` is None where it is nobody's task.
    """

    name: str
    text: str
    grader: Grader | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A file of the lesson's folder, which submissions find at the same path; the tests alone if `hidden`."""

    path: str
    content: bytes
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """A student's own earlier module: the dotted name that it is imported by, and the file that was handed in."""

    name: str
    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Trial:
    """What a work's plain answers are distorted to in the judge: all of them, or those to what it is `about`."""

    distortion: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be judged, and whose it is: the bytes of a file that was handed in, or `code` as it stands.

    `places` say of a grade cell how many cells of `code` stand before it. Of the student's `own` earlier modules only
    the first `depth` are stood on, the reference's in place of the others; where that is None, the plan's stand for
    all. `besides` lie beside what was handed in, for the subject alone; `notes` are on what was left out of them.
    `only` limits the grade_ids for this work alone. `trial` is for the course's own work: what answers of a
    forger come to. A `hasty` one ends at the first test that does not pass. `name` is the caller's, by which it knows
    the ruling again. `receipt` came with the file, unread.
    """

    name: str = ""
    student: str = ""
    path: str = ""
    content: bytes | None = None
    receipt: bytes = b""
    code: tuple[Code, ...] = ()
    places: tuple[Place, ...] = ()
    own: tuple[Own, ...] = ()
    besides: tuple[Given, ...] = ()
    notes: tuple[str, ...] = ()
    depth: int | None = None
    only: tuple[str, ...] | None = None
    trial: Trial | None = None
    hasty: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What to judge submissions to one module with.

    `folder` holds the grader's pytest modules, `earlier` what the module stands on, in the order of import; `roots`
    are the top-level packages that the grader's imports of the course name. `unnested` are the grade_ids whose
    tests run without the other tests that they call, `beside` the tests that run in the subject, `only` limits the
    grade_ids. The course's `secret` goes into the seeds. `given` lies beside the lesson: data, and modules of its
    own. `may_write` names the calls, by grade_id, that may change what they are given; `built` is what
    functions must be built of, `rules` are those of ruff's that count, of the version `linter`. With `showing`, what
    cells show is told as well, for a person. `warm` is work of the course's own, with which a template is warmed.
    Where it is `recording`, the contract is not kept but made. `edition` is a digest of all that decides a ruling
    besides the submission.
    """

    grader: Grader
    folder: str
    earlier: tuple[Earlier, ...] = ()
    roots: tuple[str, ...] = ()
    seconds: Seconds = field(default_factory=Seconds)
    unnested: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    secret: str = ""
    given: tuple[Given, ...] = ()
    may_write: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    built: tuple[Built, ...] = ()
    rules: tuple[Rules, ...] = ()
    linter: str = ""
    showing: bool = False
    warm: Work | None = None
    recording: bool = False
    edition: str = ""


@dataclass(frozen=True, slots=True)
class LockedTest:
    """A locked test as it was collected: its criterion, its points as its mark has them, and pytest's name for it."""

    grade_id: str
    points: str
    name: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the reference did: its answers' kinds, the calls that wrote into arguments, its answers' forms by test.

    `differs` are the given names, with the number of a block, that the subject had otherwise than the judge.
    `libraries` are the classes of libraries, by test, whose objects answered there for themselves.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    writes: tuple[str, ...] = ()
    forms: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    differs: tuple[tuple[str, int], ...] = ()
    libraries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of a work: the submission as it was read, and its run; none where it was refused.

    Document and code are left out. `recorded` and `tests` are told where the plan is recording, `shown` where it is
    showing.
    """

    submission: Submission
    run: Run | None = None
    recorded: Recorded | None = None
    tests: tuple[LockedTest, ...] = ()
    shown: tuple[CellOutput, ...] = ()


def seed_for(secret: str, module: str, student: str, criterion: str) -> int:
    """Return the seed of one criterion's tests on one student's work, a 32-bit number, the same in every run.

    The course's `secret` keeps it from being foreseen by whoever has the tests; SHA-256 keeps the parts apart.
    """
    text = f"{secret}\0{module}\0{student}\0{criterion}"
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_SEED_BYTES])


def with_text(plan: Plan, submission: Submission, work: Work, outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
    """Yield what the criteria of structure and style come to, where the tests that each needs have passed."""
    wrong, found = dict(submission.built), {each.criterion: each for each in submission.linted}
    allowed = [each for each in (plan.only, work.only) if each is not None]
    texts: tuple[Built | Rules, ...] = (*plan.built, *plan.rules)
    for wanted in texts:
        name = wanted.criterion
        if any(name not in each for each in allowed):
            continue
        needed = [each.status for each in outcomes if each.grade_id == wanted.needs]
        if any(each is Status.BROKEN for each in needed):
            yield Outcome(name, "", Status.BROKEN, failure=Failure(f"{wanted.needs} is broken"))
        elif not needed or any(each is not Status.PASSED for each in needed):
            yield Outcome(name, "", Status.BLOCKED, failure=Failure(f"it counts where {wanted.needs} passes"))
        elif isinstance(wanted, Built):
            yield _of_structure(name, wrong.get(name, f"there is no function {wanted.function}"))
        else:
            yield _of_style(name, found.get(name, Linted(name, broken="ruff was not asked")))


def _of_structure(name: str, why: str) -> Outcome:
    if why:
        return Outcome(name, "", Status.FAILED, failure=Failure(why))
    return Outcome(name, "", Status.PASSED, passes=1)


def _of_style(name: str, found: Linted) -> Outcome:
    """Return what ruff said: each finding is a check that did not pass."""
    if found.broken:
        return Outcome(name, "", Status.BROKEN, failure=Failure(found.broken))
    if found.unreadable:
        return Outcome(name, "", Status.ERROR, failure=Failure("; ".join(found.told)))
    if found.count:
        findings = "1 finding" if found.count == 1 else f"{found.count} findings"
        failure = Failure(f"{findings} of ruff's:\n" + "\n".join(found.told))
        return Outcome(name, "", Status.FAILED, failure=failure, checks=found.count)
    return Outcome(name, "", Status.PASSED, passes=1)
