"""The errors that tito raises, each of which writes its own sentence, and the exit codes."""

from enum import IntEnum

from tito.records import dataclass


class Exit(IntEnum):
    """What a command's exit code means."""

    DONE = 0
    NO = 1
    USAGE = 2
    COURSE = 3
    BROKEN = 4
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it is, and what to do about it.

    `str(problem)` is `path:line:column: what. fix`, with the parts that are known.
    `line` and `column` count from 1.
    """

    what: str
    fix: str = ""
    path: str = ""
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        end = "" if self.what.endswith((".", "?", "!")) else "."
        sentence = f"{self.what}{end} {self.fix}".strip()
        return f"{place}: {sentence}" if place else sentence


class TitoError(Exception):
    """A fault of the instructor or the machine: one problem or more, every one found in one go."""

    exit_code = Exit.COURSE

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class UsageError(TitoError):
    """The command line asks for something that is not there."""

    exit_code = Exit.USAGE


class CourseError(TitoError):
    """The course's own files are wrong: source, rubric, grader or settings."""


class UnreadableError(TitoError):
    """A file cannot be read as what it should be; for a submission, this is its row's reason."""


class BrokenError(TitoError):
    """tito, the sandbox or the machine failed; this never costs a student points."""

    exit_code = Exit.BROKEN
