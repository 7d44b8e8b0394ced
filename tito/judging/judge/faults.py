"""What ends a test from outside: the subject died, went silent or broke a rule."""

from tito.model.outcome import Frame, Status
from tito.records import dataclass


class SubjectFault(BaseException):
    """A subject that cannot go on. Not an Exception, so that no test takes it for one that it expects.

    `status` is what the test at hand becomes, whatever the test itself makes of this.
    """

    def __init__(self, status: Status, message: str, frames: tuple[Frame, ...] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.frames = frames


@dataclass(frozen=True, slots=True)
class Raised:
    """What is known of an exception that the submission raised: its own class's name and the student's frames."""

    name: str
    text: str
    frames: tuple[Frame, ...]


def raised(fault: BaseException) -> Raised | None:
    """Return what the submission raised, if `fault` stands for that in the judge."""
    found = getattr(fault, "_tito_raised", None)
    return found if isinstance(found, Raised) else None
