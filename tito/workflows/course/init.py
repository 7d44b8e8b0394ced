"""`tito init`: a course of one's own, small and whole, proved before it is there."""

import keyword
import re
import shutil
import sys
import tempfile
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from tito.errors import CourseError, Problem, UsageError
from tito.records import dataclass
from tito.workflows.course.export import export
from tito.workflows.course.lock import lock
from tito.workflows.course.opening import open_course, write_text
from tito.workflows.course.rubric import schema
from tito.workflows.course.validate import validate

MODULE: Final = "01_summary"
_FOLDERS: Final = ("modules", "graders", "rubrics", "submitted", "release")
_FILES: Final = {
    "tito.toml": "tito.toml.txt",
    "README.md": "README.md.txt",
    ".gitignore": "gitignore.txt",
    ".github/workflows/course.yml": "course.yml.txt",
    f"modules/{MODULE}/summary_dev.py": "lesson_dev.py.txt",
    f"rubrics/{MODULE}.yaml": "rubric.yaml.txt",
}


@dataclass(frozen=True, slots=True)
class Initiated:
    """A course that was made: its folder, its files and what its one module is worth, all proved."""

    folder: str
    files: tuple[str, ...]
    points: Decimal


def init(folder: Path, name: str = "") -> Initiated:
    """Make a course in a new or empty folder; `name` is the folder's own where none is given.

    It is made beside its place and moved there once it is proved. Raises UsageError for a folder that holds
    something.
    """
    folder = folder.absolute()
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise UsageError(Problem("this is there already and not empty", "Name a new folder.", str(folder)))
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".tito-init-", dir=folder.parent))
    try:
        points = _make(work, name or folder.name)
        work.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        work.rename(folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    made = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    return Initiated(str(folder), tuple(made), points)


def _make(root: Path, name: str) -> Decimal:
    words = {"name": _quoted(name), "package": _package(name)}
    source = files("tito.templates").joinpath("course")
    for path, template in _FILES.items():
        write_text(root / path, Template(source.joinpath(template).read_text("utf-8")).substitute(words))
    write_text(root / "rubrics/schema.json", schema())
    export(open_course(root), [])
    lock(open_course(root), [])
    (proved,) = validate(open_course(root), [])
    if proved.problems:
        raise CourseError(*proved.problems)
    return proved.points


def _package(name: str) -> str:
    """Return a name that Python can import, and that nothing else has."""
    word = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
    taken = keyword.iskeyword(word) or word in {*sys.stdlib_module_names, "numpy", "tito", *_FOLDERS}
    return word if word.isidentifier() and not taken else f"course_{word}".strip("_")


def _quoted(name: str) -> str:
    return re.sub(r"[\x00-\x1f\"\\]+", " ", name).strip()
