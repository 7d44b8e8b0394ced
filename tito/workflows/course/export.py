"""`tito export`: the exported cells of modules become the course's package."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem
from tito.model.course import Course, Module
from tito.records import dataclass
from tito.source import exports
from tito.workflows.course.opening import find_modules, read_text, shown, source_of, write_text
from tito.workflows.course.sources import parse_source

_INIT: Final = (
    '"""{name}: what students build, module by module. Made by `tito export`; nothing is imported here."""\n'
)


@dataclass(frozen=True, slots=True)
class Exported:
    """One module's export: the file, and whether it was (or would be) changed."""

    module: str
    path: str
    changed: bool


def export(course: Course, wanted: Sequence[str], *, write: bool = True) -> tuple[Exported, ...]:
    """Write the package's files for the modules that are named, or for all; only compare unless `write`.

    Raises CourseError where a module cannot be exported; nothing is written then.
    """
    if not course.settings.package:
        fix = "Set `package` in the course's settings."
        raise CourseError(Problem("this course has no package to export to", fix, str(course.root)))
    texts = [(module, *_text(course, module)) for module in find_modules(course, wanted)]
    return tuple(_put(course, module, path, text, write=write) for module, path, text in texts)


def package_init(name: str) -> str:
    """Return the text of a package of the course that nobody has written one for."""
    return _INIT.format(name=name)


def _text(course: Course, module: Module) -> tuple[Path, str]:
    source_of(module)
    target, text = exports.export(parse_source(course, module))
    return course.root.joinpath(course.settings.package, *target.split(".")).with_suffix(".py"), text


def _put(course: Course, module: Module, path: Path, text: str, *, write: bool) -> Exported:
    changed = not path.is_file() or read_text(path, "Remove it.") != text
    if write:
        for folder in _packages(course, path):
            if not (folder / "__init__.py").is_file():
                write_text(folder / "__init__.py", package_init(".".join(folder.relative_to(course.root).parts)))
        if changed:
            write_text(path, text)
    return Exported(module.id, shown(course, path), changed)


def _packages(course: Course, path: Path) -> list[Path]:
    inner = [folder for folder in path.parents if folder.is_relative_to(course.root) and folder != course.root]
    return list(reversed(inner))
