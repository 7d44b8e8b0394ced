"""`tito import otter`: notebooks that `otter assign` reads become modules, locked and proved, a row for each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem, TitoError, UsageError
from tito.importing.otter import Assignment, assignment, is_handed_out, is_master
from tito.model.document import Document, Format, Kind
from tito.source import exports, parse, write
from tito.source.magics import without_magics
from tito.source.nbgrader import plain_id
from tito.workflows.course.imported import Brought, Imported, Notebook, finish
from tito.workflows.course.merging import merging

KIND: Final = "otter"
_FIX: Final = "Import the notebook that `otter assign` reads, with its `# BEGIN QUESTION` cells."


def import_otter(path: Path, out: Path, *, keep: bool = False) -> Imported:
    """Write modules into `out` for an otter notebook or all of a folder; see `import_nbgrader` for a second time.

    Another notebook's modules stay. Raises UsageError where there is no such notebook, CourseError for one that was
    made for students.
    """
    sources = _sources(path.absolute())
    brought = Brought(merging(out.absolute(), KIND, keep=keep), whole=path.is_dir())
    for source, document in sources:
        _bring(source, document, brought)
    return finish(brought, (path.absolute() if path.is_dir() else out.absolute()).name, KIND)


def _sources(path: Path) -> list[tuple[Path, Document]]:
    """Return the notebooks to import. Raises CourseError where there are only such as were made for students."""
    if not path.exists():
        raise UsageError(Problem("there is no such file or folder", "Name a notebook.", str(path)))
    paths = [path] if path.is_file() else sorted(each for each in path.rglob("*.ipynb") if not _is_hidden(each, path))
    read = [(each, parse(each.read_bytes(), each.name, lenient=True)) for each in paths]
    found = [(each, document) for each, document in read if is_master(document)]
    if found:
        return found
    if handed_out := next((each for each, document in read if is_handed_out(document)), None):
        what = "otter made this for students: it has no solutions, and hidden tests are gone"
        raise CourseError(Problem(what, _FIX, str(handed_out)))
    raise UsageError(Problem("there is no notebook of otter's here", _FIX, str(path)))


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _bring(source: Path, document: Document, brought: Brought) -> None:
    name = plain_id(source.stem) or "notebook"
    try:
        made = assignment(document)
        beside = list(_beside(source, made))
    except TitoError as fault:
        brought.refused.append(Notebook(name, source.stem, None, problems=tuple(map(str, fault.problems))))
        return
    brought.notebooks.append(Notebook(name, source.stem, made.document, made.notes))
    brought.put(f"{name}/{source.name}", write(made.document, Format.NOTEBOOK).encode())
    for path in beside:
        brought.put(f"{name}/{path.relative_to(source.parent).as_posix()}", path.read_bytes())


def _beside(source: Path, made: Assignment) -> Iterator[Path]:
    """Yield the files that a notebook needs: those that it names, and the modules beside it that it imports.

    Raises CourseError for a file that is not there, or not below the notebook's folder.
    """
    root = source.parent
    for name in made.files:
        path = root / name
        if not path.exists() or not path.resolve().is_relative_to(root.resolve()):
            what = f"its file {name} is not {'below its folder' if path.exists() else 'there'}"
            raise CourseError(Problem(what, "Put it there, or mend `files`.", source.name))
        yield from sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    code = [cell.source for cell in made.document.cells if cell.kind is Kind.CODE]
    wanted = {name.partition(".")[0] for text in code for name in exports.imports(without_magics(text)[0])}
    yield from (path for name in sorted(wanted) if (path := root / f"{name}.py").is_file())
