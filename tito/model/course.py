"""A course: its settings, and where the files of its modules are."""

from dataclasses import field
from pathlib import Path
from typing import Literal

from tito.records import dataclass

# What becomes of solution cells without markers: "" empties all but those that only set up.
ATTEMPTS = ("latest", "best", "first")
Unmarked = Literal["", "keep", "empty"]


@dataclass(frozen=True, slots=True)
class Goal:
    """What one figure of a milestone must be: at least `bound`, or at most that where `sign` is "<="."""

    figure: str
    sign: str
    bound: float

    def __str__(self) -> str:
        return f"{self.sign} {self.bound:g}"

    def reached(self, value: float | None) -> bool:
        """Say whether a value is as asked for; none is not, and no more is NaN."""
        if value is None:
            return False
        return value >= self.bound if self.sign == ">=" else value <= self.bound


@dataclass(frozen=True, slots=True)
class Milestone:
    """A program of the course that runs on what students exported; it `needs` modules, and its figures have goals."""

    name: str
    title: str
    program: str
    history: str = ""
    needs: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is handed in and graded as one: `modules` are its modules' names, as `[assignments]` has them, or ids."""

    name: str
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What `[tool.tito]` or tito.toml says; folders are relative to the file.

    `secret` goes into every seed, so that random tests cannot be foreseen. `package` is where exports go and
    prerequisites come from; `packages` are the installed packages that submissions may import. `sandbox` is the level
    of confinement that grading needs. `gradebook` is a file or a database's URL, `time_from` what knows when work was
    handed in. Times are in seconds: of one test's and the cells' processor time, and of a whole submission by the
    clock. `install` is the line that installs what a student's workspace needs, `handouts` are files and folders that
    a release takes along as they are; `unmarked` keeps or empties all solution cells without markers in it ("keep",
    "empty"). `late_days` is how many days in a term a student may be late without losing points.
    `sections` names who looks after which, as in "Lab 1: ada, grace". `attempts` says which one counts ("latest",
    "best", "first"), `groups` which column of the roster names those who hand in together. `weights` says what
    modules count in the course's total, as in "01_tensor: 2", and `drop_lowest` how many of the lowest grades do not.
    """

    name: str = ""
    secret: str = ""
    package: str = ""
    modules: str = "modules"
    graders: str = "graders"
    rubrics: str = "rubrics"
    packages: tuple[str, ...] = ("numpy",)
    sandbox: str = "standard"
    gradebook: str = ""
    time_from: str = ""
    install: str = ""
    handouts: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    unmarked: str = ""
    late_days: int = 0
    sections: tuple[str, ...] = ()
    attempts: str = "latest"
    groups: str = ""
    weights: tuple[str, ...] = ()
    drop_lowest: int = 0
    test_seconds: float = 10.0
    load_seconds: float = 20.0
    submission_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Module:
    """One module's files; `source` is None where the course holds only its grader.

    `folder` is the lesson's, `stem` the name that its file has there, less its ending, and `twins` are other files
    that would be the same module, as of a pair of script and notebook. `sources` are the files of all modules of the
    folder. `given` are the files that lie beside, by their paths in the folder, where a release or a package says so;
    None where the folder itself does.
    """

    id: str
    source: Path | None
    grader: Path
    rubric: Path
    folder: Path = Path()
    stem: str = ""
    twins: tuple[Path, ...] = ()
    sources: tuple[Path, ...] = ()
    given: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A course's folder, settings and modules, in order of their ids."""

    root: Path
    settings: Settings = field(default_factory=Settings)
    modules: tuple[Module, ...] = ()
