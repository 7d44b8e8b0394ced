"""A student's own file, read where it lies: its name, what its cells begin with, and whether it is Python."""

import ast
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tito.collection.prepare import prepare
from tito.model.course import Course, Module
from tito.model.document import Document, Format
from tito.model.grader import Grader
from tito.model.submission import Code
from tito.report.own import OwnCell, OwnFile, SyntaxFault
from tito.source import parse
from tito.source.syntax import fault, parsed
from tito.workflows.course.modules import others

_OTHERS = 3


def own_file(
    course: Course, module: Module, grader: Grader, path: Path, content: bytes, start: Path
) -> tuple[OwnFile, SyntaxFault | None]:
    """Return what reports say of a file, seen from the folder `start`, and what keeps it from being Python.

    Raises UnreadableError for what is no source.
    """
    name = way(path, start)
    document = parse(content, name, lenient=True)
    code, _, _ = prepare(document, grader)
    root = way(course.root, start)
    own = OwnFile(
        name,
        path.name,
        module.id,
        saved=datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone(),
        root="" if root == "." else f"{root}/",
        cells=tuple(_cells(document)),
        defined=dict(_defined(code)),
    )
    return own, next(_faults(code), None)


def way(path: Path, start: Path) -> str:
    """Return a path as it is opened from a folder: relative to it where that is no long way up."""
    try:
        relative = Path(os.path.relpath(path, start)).as_posix()
    except ValueError:
        return str(path)
    return str(path) if relative.startswith("../" * _OTHERS) else relative


def rivals(module: Module) -> tuple[Path, ...]:
    """Return the other files of a module's folder that could be meant by the lesson as well."""
    source = module.source
    if source is None:
        return ()
    ours = (f".{Format.PERCENT}", f".{Format.NOTEBOOK}")
    beside = (each for each in sorted(source.parent.glob("*")) if each.suffix in ours and each.name[0] not in "._")
    found = (each for each in beside if each != source and each.stem not in others(module))
    # Of a pair of script and notebook the one counts that was handed out: what the other says differently is noted.
    return tuple(each for each in found if each.stem != source.stem and _is_lesson(each))


def _is_lesson(path: Path) -> bool:
    try:
        return b"nbgrader" in path.read_bytes()
    except OSError:
        return False


def _cells(document: Document) -> Iterator[OwnCell]:
    if document.format is Format.NOTEBOOK:
        for cell in document.cells:
            number = cell.extras.get("execution_count")
            yield OwnCell(number if isinstance(number, int) else None, _first(cell.source))


def _first(source: str) -> str:
    """Return the first line of a cell that says something: no directive, no comment."""
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    return next((line for line in lines if not line.startswith(("#", "%"))), lines[0] if lines else "")


def _defined(code: Sequence[Code]) -> Iterator[tuple[str, tuple[str, int]]]:
    for cell in code:
        tree = parsed(cell.source)
        for node in tree.body if tree else ():
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield node.name, (cell.label, cell.line + node.lineno - 1)


def _faults(code: Sequence[Code]) -> Iterator[SyntaxFault]:
    for cell in code:
        found = fault(cell.source, awaits=True)
        if found:
            yield _told(found, cell)


def _told(found: SyntaxError, cell: Code) -> SyntaxFault:
    lines = cell.source.splitlines()
    line = min(found.lineno or 1, max(len(lines), 1))
    text = lines[line - 1] if lines else ""
    before = lines[line - 2] if line > 1 else ""
    column = found.offset or 0
    name = type(found).__name__
    return SyntaxFault(cell.label, cell.line + line - 1, max(column, 0), name, found.msg or "", before, text)
