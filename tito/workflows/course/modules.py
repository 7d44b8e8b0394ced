"""Which modules a course has: each source in a lesson's folder is one; what lies beside belongs to all of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tito.errors import CourseError, Problem
from tito.model.course import Module, Settings
from tito.model.document import Format
from tito.workflows.course.manifest import Lesson, read_manifest

if TYPE_CHECKING:
    from tito.collection.layout import Layout

# Its tests read it, and nobody else: no release has it.
HIDDEN: Final = "hidden"
_SUFFIXES: Final = tuple(f".{form}" for form in Format)
_JUNK: Final = frozenset({"__pycache__", "__MACOSX"})
_ODD: Final = re.compile(r"[^A-Za-z0-9_-]+")
# As a notebook has nbgrader's metadata, and as markers of percent scripts have it.
_METADATA: Final = re.compile(rb'"nbgrader"\s*:|^\s*#\s*%%.*\bnbgrader\s*=', re.MULTILINE)


def modules_of(root: Path, settings: Settings) -> tuple[Module, ...]:
    """Return a course's modules, in order of their ids. Raises CourseError where two would have one id."""
    manifest = read_manifest(root)
    handed_out = manifest.modules if manifest else {}
    found = [_handed_out(root, settings, name, handed_out) for name in handed_out]
    folders = {module.folder for module in found}
    lessons = [folder for folder in _folders(root / settings.modules) if folder not in folders]
    found += [module for folder in lessons for module in _in_folder(root, settings, folder)]
    known = {module.id for module in found} | {module.folder.name for module in found}
    graders = [folder.name for folder in _folders(root / settings.graders) if folder.name not in known]
    found += [_module(root, settings, name, root / settings.modules / name, ()) for name in graders]
    _refuse_same(root, found)
    return tuple(sorted(found, key=lambda module: module.id))


def beside(module: Module) -> Iterator[Path]:
    """Yield the files of a lesson's folder that are no sources, those for its tests alone among them."""
    if module.given is not None:
        yield from (path for name in module.given if (path := module.folder / name).is_file())
        return
    if module.source is None:
        return
    stems = {source.stem for source in module.sources}
    for path in sorted(module.folder.rglob("*")):
        parts = path.relative_to(module.folder).parts
        source = len(parts) == 1 and path.suffix in _SUFFIXES and path.stem in stems
        junk = any(part.startswith(".") or part in _JUNK for part in parts)
        if not junk and not source and path.suffix != ".ipynb" and path.is_file() and not path.is_symlink():
            yield path


def others(module: Module) -> frozenset[str]:
    """Return the names, without endings, of the files of other modules that lie in the same folder."""
    return frozenset(source.stem for source in module.sources) - {module.stem}


def helpers(module: Module) -> frozenset[str]:
    """Return the names, without endings, of the modules beside a source, which are no submissions."""
    return frozenset(path.stem for path in beside(module) if path.parent == module.folder and path.suffix == ".py")


def layout_of(module: Module, course: Iterable[Module] = ()) -> "Layout":
    """Return how a class's submissions to a module are told, and not taken for those to others of its course."""
    # What reads archives, which most commands have no use for.
    from tito.collection.layout import Layout  # noqa: PLC0415
    from tito.collection.naming import Naming  # noqa: PLC0415

    ending = module.source.suffix if module.source else ".py"
    names = tuple(Naming(each.folder.name, each.stem) for each in course if each.id != module.id)
    return Layout(module.folder.name, module.stem, others(module), helpers(module), ending, names)


def overlooked(module: Module) -> tuple[Path, ...]:
    """Return the notebooks in a lesson's folder that are no sources, which a release leaves out."""
    stems = {source.stem for source in module.sources}
    found = sorted(path for path in module.folder.rglob("*.ipynb") if path.stem not in stems)
    parts = {path: path.relative_to(module.folder).parts for path in found}
    return tuple(path for path in found if not any(part.startswith(".") for part in parts[path]))


def _folders(place: Path) -> Iterator[Path]:
    if place.is_dir():
        yield from sorted(each for each in place.iterdir() if each.is_dir() and not each.name.startswith((".", "__")))


def _in_folder(root: Path, settings: Settings, folder: Path) -> Iterator[Module]:
    sources = _sources(folder)
    stems = dict.fromkeys(_bare(source) for source in sources)
    if not stems:
        yield _module(root, settings, folder.name, folder, ())
    for stem in stems:
        name = folder.name if len(stems) == 1 else f"{folder.name}_{stem}"
        # Rubrics, commands and files of every system take it as it is.
        name = _ODD.sub("-", name).strip("-") or name
        yield _module(root, settings, name, folder, [each for each in sources if _bare(each) == stem], sources)


def _module(
    root: Path, settings: Settings, name: str, folder: Path, own: Sequence[Path], sources: Sequence[Path] = ()
) -> Module:
    source, *twins = own or (None,)
    stem = source.stem if source else f"{name.partition('_')[2]}_dev"
    grader, rubric = root / settings.graders / name, root / settings.rubrics / f"{name}.yaml"
    return Module(name, source, grader, rubric, folder, stem, tuple(twins), tuple(sources))


def _sources(folder: Path) -> list[Path]:
    """Return the files that are sources: those with nbgrader's metadata; where none has any, one by its name."""
    files = [each for each in sorted(folder.glob("*")) if each.suffix in _SUFFIXES and each.name[0] not in "._"]
    if len(files) > 1:
        named = [each for each in files if each.stem.endswith("_dev")]
        files = [each for each in files if _METADATA.search(each.read_bytes())] or named[:1] or files[:1]
    # Of a pair the script comes first.
    return sorted(files, key=lambda each: (each.stem, each.suffix != ".py"))


def _bare(source: Path) -> str:
    return source.stem.removesuffix("_dev")


def _handed_out(root: Path, settings: Settings, name: str, lessons: Mapping[str, Lesson]) -> Module:
    """Return a module of a workspace or package, which is told by its manifest whatever students put beside it."""
    lesson = lessons[name]
    path = root / lesson.source
    paths = (root / other.source for other in lessons.values())
    sources = tuple(each for each in paths if each.parent == path.parent)
    files = [each for each in (path, *(path.with_suffix(suffix) for suffix in _SUFFIXES)) if each.is_file()]
    own = tuple(dict.fromkeys(files))
    grader, rubric = root / settings.graders / name, root / settings.rubrics / f"{name}.yaml"
    source, *twins = own or (None,)
    return Module(name, source, grader, rubric, path.parent, path.stem, tuple(twins), sources, lesson.given)


def _refuse_same(root: Path, found: Iterable[Module]) -> None:
    modules = list(found)
    counts = Counter(module.id for module in modules)
    problems = []
    for name in (name for name, count in counts.items() if count > 1):
        paths = [str((module.source or module.grader).relative_to(root)) for module in modules if module.id == name]
        what = f"{' and '.join(paths)} would both be module {name}"
        problems.append(Problem(what, "Give one of them another name."))
    if problems:
        raise CourseError(*problems)
