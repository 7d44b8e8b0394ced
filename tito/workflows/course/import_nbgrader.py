"""`tito import nbgrader`: an nbgrader course becomes one of tito's, locked and proved, a row for each notebook."""

import fnmatch
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem, TitoError, UsageError
from tito.gradebook.book import open_gradebook
from tito.gradebook.location import FILE, locate
from tito.importing.autotest import has_autotests
from tito.importing.config import Config, read_config
from tito.importing.nbgrader_cells import delimiters, joined, whole
from tito.model.document import Document, Format
from tito.model.rubric import Amount, Late
from tito.records import dataclass
from tito.source import parse, write
from tito.workflows.book.nbgrader_book import NbgraderBook, enter, read_nbgrader
from tito.workflows.course.imported import Brought, Imported, Notebook, finish
from tito.workflows.course.merging import merging
from tito.workflows.course.opening import read_text
from tito.workflows.course.reference_values import instantiated

KIND: Final = "nbgrader"
# What `time_from` calls the times that nbgrader writes beside what it collects.
TIMES: Final = "nbgrader"
_CONFIG: Final = "nbgrader_config.py"
_MOST: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class NbgraderCourse:
    """An nbgrader course's folder, its configuration and its folder of sources."""

    root: Path
    config: Config
    sources: Path


def open_nbgrader(root: Path) -> NbgraderCourse:
    """Return an nbgrader course. Raises UsageError for a folder that is none."""
    config = Config()
    if (root / _CONFIG).is_file():
        config = read_config(read_text(root / _CONFIG, "Save it as UTF-8."), _CONFIG)
    sources = root / config.text("CourseDirectory.source_directory")
    if not sources.is_dir():
        what = "this is no nbgrader course: it has no folder of sources"
        raise UsageError(Problem(what, f"Name the folder that holds {sources.name}/<assignment>/.", str(root)))
    return NbgraderCourse(root, config, sources)


def import_nbgrader(root: Path, out: Path, now: datetime, *, keep: bool = False) -> Imported:
    """Write a course of tito's into `out`: what an nbgrader course holds, locked and proved.

    Importing again takes what the source has changed since, and leaves what was edited in `out`: where both were
    changed, the conflict is listed, unless `keep` settles it for what is in `out`. Raises UsageError for a folder
    that is no nbgrader course, or an `out` that is something else's.
    """
    course = open_nbgrader(root.absolute())
    book, notes = _database(course)
    brought = Brought(merging(out.absolute(), KIND, keep=keep), (*course.config.notes, *notes), time_from=TIMES)
    if book:
        brought.late = {name: _late(course, due) for name, due in book.due.items()}
    for folder in _assignments(course):
        _bring(course, folder, brought)
    if not (brought.notebooks or brought.refused):
        what = "no notebook of this course has a cell of nbgrader's"
        raise UsageError(Problem(what, "Name a course with <assignment>/<notebook>.ipynb.", str(course.sources)))
    made = finish(brought, course.config.text("CourseDirectory.course_id") or root.absolute().name, KIND)
    return _entered(made, book, now) if book else made


def _database(course: NbgraderCourse) -> tuple[NbgraderBook | None, tuple[str, ...]]:
    """Return what the course's database holds, if it has one here, and a note where it is elsewhere."""
    url = course.config.text("CourseDirectory.db_url")
    scheme, _, place = url.partition(":///")
    if url and scheme != "sqlite":
        return None, ("the database is on a server, and is not read: roster, due dates and scores are left out",)
    path = course.root / (place or "gradebook.db")
    return (read_nbgrader(path), ()) if path.is_file() else (None, ())


def _late(course: NbgraderCourse, due: datetime) -> Late:
    """Return what being late costs: nothing, or with nbgrader's one rule of its own, all points."""
    zero = course.config.text("LateSubmissionPlugin.penalty_method") == "zero"
    return Late(due, Amount(Decimal(100), percent=True) if zero else Amount(Decimal(0)))


def _entered(made: Imported, book: NbgraderBook, now: datetime) -> Imported:
    modules = {(row.assignment, row.notebook): row.module for row in made.rows if row.module}
    entered = enter(open_gradebook(locate(FILE, Path(made.folder)), now, create=True), book, modules, now)
    notes = (*made.notes, *entered.left_out)
    return replace(made, students=entered.students, decisions=entered.decisions, notes=notes)


def _assignments(course: NbgraderCourse) -> Iterator[Path]:
    for folder in sorted(course.sources.iterdir()):
        if folder.is_dir() and not _is_ignored(folder, course):
            yield folder


def _is_ignored(path: Path, course: NbgraderCourse) -> bool:
    return path.name.startswith(".") or any(fnmatch.fnmatch(path.name, each) for each in course.config.ignored)


def _bring(course: NbgraderCourse, folder: Path, brought: Brought) -> None:
    """Write an assignment: its notebooks made whole, and the files beside them as they are."""
    for path in _files(folder, course):
        name = path.relative_to(folder)
        shown = f"{folder.name}/{name.as_posix()}"
        if path.is_symlink() or path.stat().st_size > _MOST:
            brought.left_out.append(f"{shown}: {'a link' if path.is_symlink() else 'too large'}, left out")
            continue
        made = _notebook(course, path, shown) if path.suffix == ".ipynb" and not name.parts[1:] else None
        if made is None:
            brought.put(shown, path.read_bytes())
        elif made.document is not None:
            brought.put(shown, write(made.document, Format.NOTEBOOK).encode())
            brought.notebooks.append(made)
        else:
            brought.refused.append(made)


def _files(folder: Path, course: NbgraderCourse) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if _is_ignored(path, course):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path, course)
        else:
            yield path


def _notebook(course: NbgraderCourse, path: Path, shown: str) -> Notebook | None:
    """Return a notebook as tito has it, or why it is refused; None for one that only lies beside the others."""
    folder, _, name = shown.partition("/")
    try:
        own = parse(path.read_bytes(), shown, lenient=True)
        if not any(cell.metadata.get("nbgrader") for cell in own.cells):
            return None
        _refuse_languages(own)
        around = joined(_beside(course, "header"), own, _beside(course, "footer"))
        document, notes = whole(around, delimiters(course.config))
        if has_autotests(document, course.config):
            document = _instantiated(course, path.parent, document)
    except TitoError as fault:
        return Notebook(folder, name.removesuffix(".ipynb"), None, problems=_told(fault.problems))
    return Notebook(folder, name.removesuffix(".ipynb"), document, notes)


def _instantiated(course: NbgraderCourse, folder: Path, document: Document) -> Document:
    """Return a notebook with tests in place of its AUTOTEST lines."""
    name = course.config.text("InstantiateTests.autotest_filename")
    template = folder / name if (folder / name).is_file() else course.root / name
    beside = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in _files(folder, course)
        if path.suffix != ".ipynb" and not path.is_symlink()
    }
    return instantiated(document, beside, template, course.config)


def _beside(course: NbgraderCourse, which: str) -> Document | None:
    """Return the notebook whose cells go before or behind those of all others, if there is one."""
    name = course.config.text(f"IncludeHeaderFooter.{which}")
    if not name:
        return None
    path = course.root / name
    if not path.is_file():
        raise CourseError(Problem(f"the {which} is not there", f"Restore it, or mend {_CONFIG}.", name))
    return parse(path.read_bytes(), name, lenient=True)


def _refuse_languages(document: Document) -> None:
    kernel = document.metadata.get("kernelspec")
    language = str(kernel.get("language", "python") if isinstance(kernel, dict) else "python").lower()
    if language not in {"", "python", "python3"}:
        raise CourseError(Problem(f"it is written in {language[:40]}", "tito grades Python.", document.path))


def _told(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(map(str, problems))
