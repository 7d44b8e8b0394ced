"""A course: its settings, and where the files of its modules are."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What `[tool.tito]` or tito.toml says; folders are relative to the file.

    `secret` goes into every seed, so that random tests cannot be foreseen. `package` is where exports go and
    prerequisites come from; `packages` are the installed packages that submissions may import. `sandbox` is the level
    of confinement that grading needs. `gradebook` is a file or a database's URL, `time_from` what knows when work was
    handed in. Times are in seconds: of one test's and the cells' processor time, and of a whole submission by the
    clock. `unmarked` keeps or empties all solution cells without markers in a release ("keep", "empty").
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
    unmarked: str = ""
    test_seconds: float = 10.0
    load_seconds: float = 20.0
    submission_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Module:
    """One module's files; `source` is None where the course holds only its grader."""

    id: str
    source: Path | None
    grader: Path
    rubric: Path


@dataclass(frozen=True, slots=True)
class Course:
    """A course's folder, settings and modules, in order of their ids."""

    root: Path
    settings: Settings = field(default_factory=Settings)
    modules: tuple[Module, ...] = ()
