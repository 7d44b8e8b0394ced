"""What a status means, and where a test ran, said to the student."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from tito.model.outcome import Status
from tito.model.points import worth

if TYPE_CHECKING:
    from tito.model.grader import LeftOut

# What follows the name of a criterion with such a test, in every table.
MARK: Final = "\u2020"
BESIDE: Final = "A test of this ran beside the code, in its process, where the code could have forged the result."
MEANING: Final[Mapping[str, str]] = {
    Status.TIMEOUT: "It takes too long: look for a loop that never ends.",
    Status.MEMORY: "It asks for more memory than it may have: look for an array that is far too large.",
    Status.CRASHED: "The process that ran your code ended before it answered.",
    Status.CONTRACT: "Your code answered with something else than plain data: return numbers, arrays or Tensors.",
    Status.MISSING: "Your file does not define what this test needs, or the cell that should has failed.",
    Status.BROKEN: "This is no fault of yours: tito or this machine failed. Tell your instructor.",
}


def counted(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: 1 submission, 2 submissions."""
    return f"{number} {noun if number == 1 else nouns or f'{noun}s'}"


def left_out(cell: "LeftOut") -> str:
    """Say that a test cell is not graded, and why."""
    return f"{cell.grade_id} ({worth(cell.points)}) is left out: {' '.join(cell.why.split())}"
