"""What one locked test said of one submission, and why."""

from enum import StrEnum

from tito.records import dataclass


class Status(StrEnum):
    """The closed set of things a test can say; only `passed` earns points.

    `pending` is no test's: a person has yet to grade this.
    """

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    CONTRACT = "contract"
    BLOCKED = "blocked"
    MISSING = "missing"
    BROKEN = "broken"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a traceback: `code` is the text of that line, "" where it is not known."""

    path: str
    line: int
    function: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """The two sides of a comparison that failed, as text: of arrays and long sequences the first that differ.

    `where` says which those are, with shape and counts. `names` are what the sides are called: where it cannot be
    told which one the submission gave, they are the sides' own text in the test.
    """

    expected: str
    got: str
    where: str = ""
    names: tuple[str, ...] = ("expected", "got")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a test did not pass.

    `message` is one sentence or the assertion's own text; `detail` is what more there is to compare (values, arrays).
    `assertion` is the failing line of the test, `frames` are the student's own, innermost last, and `calls` are
    the last calls that the test made to the student's code, with what they gave. `difference` is what was compared,
    `call` the one that gave it or raised, and `repeat` is Python that makes that call again; "" where it cannot be
    written in a line. `advice` is what the text of the submission suggests: a name that is nearly the one looked for.
    """

    message: str
    detail: str = ""
    assertion: str = ""
    frames: tuple[Frame, ...] = ()
    calls: tuple[str, ...] = ()
    difference: Difference | None = None
    call: str = ""
    repeat: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one locked test said. `passes` of `checks` subtests passed (1 of 1 for a test without any).

    `output` is what the student's code printed meanwhile, cut to a limit. `beside` marks a test that ran
    in the student's own process, as its grader's lock file says. `value` is what the test ended in, as text: "True",
    "2.5", "nan" or, for no number, "a list"; "" where it ended in nothing. `hidden` marks one whose text (what it
    calls and compares, and what was printed meanwhile) students may not read. `seed` is what its random
    generators began with. `distorted` says of a trial that answers were distorted in it.
    """

    grade_id: str
    test: str
    status: Status
    seconds: float = 0.0
    failure: Failure | None = None
    passes: int = 0
    checks: int = 1
    output: str = ""
    beside: bool = False
    value: str = ""
    hidden: bool = False
    seed: int = 0
    distorted: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """All that judging one submission gave: an outcome per locked test, in the grader's order.

    `notes` tell of cells that raised while they ran; `level` names what confined the subject.
    """

    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...] = ()
    level: str = ""
    seconds: float = 0.0
