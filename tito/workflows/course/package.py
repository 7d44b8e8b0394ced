"""`tito package`: an assignment's graders, their rubrics and tito itself as what another system runs."""

import base64
import hashlib
import io
import shlex
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from tito.errors import CourseError, Problem, UsageError
from tito.judging.judge.packages import distributions
from tito.model.course import Assignment, Course, Module
from tito.records import dataclass
from tito.report.formats.gradescope import failed
from tito.report.formats.scale import whole_scale
from tito.sandbox.levels import Level
from tito.workflows.course.manifest import MANIFEST, Lesson, Manifest, manifest_text
from tito.workflows.course.opening import FILE, find_assignment, find_module, write_bytes
from tito.workflows.course.settings import quoted, settings_text
from tito.workflows.grading.grader import given_files, grader_files, load_grader, load_rubric, prerequisites

_NAME: Final = "tito-autograder"
# Where a course's files are in a package is known; what belongs to the instructor's machine stays there.
_KEPT: Final = (
    "name", "secret", "package", "packages", "test_seconds", "load_seconds", "submission_seconds", "assignments",
)  # fmt: skip
_SCRIPTS: Final = frozenset({"setup.sh", "run_autograder"})
_DATE: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Packaged:
    """What was written, and how many files it holds."""

    path: str
    files: int


def gradescope(course: Course, wanted: str, out: Path, level: Level) -> Packaged:
    """Write the zip that Gradescope builds an autograder of.

    Raises CourseError where grader and rubric are not in order.
    """
    whole = find_assignment(course, wanted)
    folders = dict.fromkeys(find_module(course, name).folder.name for name in whole.modules)
    words = {
        "MODULE": shlex.quote(whole.name),
        "FOLDERS": " ".join(map(shlex.quote, folders)),
        "SANDBOX": level.value,
    }
    content: dict[str, str | bytes] = {name: _filled(name, words) for name in sorted(_SCRIPTS)}
    content["failed.json"] = failed("The log, which your instructor sees, says why.")
    content |= _course(course, whole) | _tito() | {"requirements.txt": requirements(course)}
    write_bytes(out, _zipped(content))
    return Packaged(str(out), len(content))


def classroom50(course: Course, wanted: str, out: Path, level: Level, submission: str) -> Packaged:
    """Write the bundle folder for Classroom 50; `submission` is what to grade in a student's repository.

    By default that is the release's own file, or the folders of an assignment of several modules.

    Raises UsageError for a folder that holds something already, and CourseError as `gradescope` does.
    """
    if out.exists() and any(out.iterdir()):
        raise UsageError(Problem("this folder is not empty", "Name a new one.", str(out)))
    whole = find_assignment(course, wanted)
    modules = [find_module(course, name) for name in whole.modules]
    rubrics = [load_rubric(course, module, load_grader(course, module)).rubric for module in modules]
    points = [rubric.points for rubric in rubrics]
    points += [each.points for rubric in rubrics for each in rubric.criteria]
    folders = dict.fromkeys(f"modules/{module.folder.name}" for module in modules)
    own = tuple(folders) if len(modules) > 1 else (f"modules/{modules[0].folder.name}/{modules[0].stem}.py",)
    words = {
        "MODULE": quoted(whole.name)[1:-1],
        "SANDBOX": level.value,
        "SUBMISSIONS": repr((submission,) if submission else own),
        "SCALE": str(whole_scale(points)),
    }
    script = {"autograder.py": _filled("autograder.txt", words)}
    content = {**script, **_course(course, whole), **_tito(), "requirements.txt": requirements(course)}
    for name, each in content.items():
        write_bytes(out / name, each.encode() if isinstance(each, str) else each)
    return Packaged(str(out), len(content))


def requirements(course: Course) -> str:
    """Return the list by which pip installs what submissions may import."""
    return "".join(f"{name}\n" for name in distributions(course.settings.packages))


def own_wheel() -> tuple[str, bytes]:
    """Return tito itself as a wheel: its file name and content.

    Raises CourseError where tito is not installed, for only its installation knows what it requires.
    """
    try:
        own = metadata.distribution(_NAME)
    except metadata.PackageNotFoundError:
        fix = "Install it with pip, or set `install` in the course's settings."
        raise CourseError(Problem("this tito is not installed, so no wheel can be made of it", fix)) from None
    name = f"{_NAME.replace('-', '_')}-{own.version}"
    told = {each: own.read_text(each) or "" for each in ("METADATA", "entry_points.txt")}
    told["WHEEL"] = "Wheel-Version: 1.0\nGenerator: tito\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    content = {f"tito/{path}": text for path, text in _sources(files("tito"), "")}
    content |= {f"{name}.dist-info/{each}": text for each, text in told.items()}
    record = f"{name}.dist-info/RECORD"
    rows = [f"{path},sha256={_hash(text)},{len(text.encode())}\n" for path, text in sorted(content.items())]
    return f"{name}-py3-none-any.whl", _zipped({**content, record: "".join([*rows, f"{record},,\n"])})


def _hash(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def _course(course: Course, whole: Assignment) -> dict[str, str | bytes]:
    """Return the files of a course that holds an assignment's graders and given files, with no solution in them."""
    lessons: dict[str, Lesson] = {}
    content: dict[str, str | bytes] = {}
    for module in (find_module(course, name) for name in whole.modules):
        files, lessons[module.id] = _module(course, module)
        content |= files
    many = "one module" if len(lessons) == 1 else f"{len(lessons)} modules"
    # What joins a folder's modules is the folder.
    named = any(each.name == whole.name for each in course.settings.assignments)
    settings = replace(course.settings, assignments=(whole,) if named else ())
    content[FILE] = settings_text(f"A course of {many}, made by `tito package`.", settings, _KEPT)
    content[MANIFEST.as_posix()] = manifest_text(Manifest(modules=lessons))
    return {f"course/{name}": text for name, text in content.items()}


def _module(course: Course, module: Module) -> tuple[dict[str, str | bytes], Lesson]:
    """Return the files of one module, its given ones, and those that it imports, and how a manifest tells of it."""
    grader = load_grader(course, module)
    load_rubric(course, module, grader)
    given = {each.path: each.content for each in given_files(course, module.id)}
    lesson, suffix = f"modules/{module.folder.name}", module.source.suffix if module.source else ".py"
    content: dict[str, str | bytes] = {
        **{f"graders/{module.id}/{name}": text for name, text in grader_files(module.grader).items()},
        f"graders/{module.id}/lock.json": (module.grader / "lock.json").read_text("utf-8"),
        f"rubrics/{module.id}.yaml": module.rubric.read_text("utf-8"),
        **{f"{lesson}/{name}": each for name, each in given.items()},
    }
    for name, text in prerequisites(course, grader).items():
        content[f"{name.replace('.', '/')}.py"] = text
    return content, Lesson(f"{lesson}/{module.stem}{suffix}", tuple(given))


def _tito() -> dict[str, str]:
    """Return tito's own sources as a project that pip installs."""
    requires = [each for each in metadata.requires(_NAME) or () if "extra ==" not in each]
    if not requires:
        raise CourseError(
            Problem("this tito does not know what it requires", "Install it with pip, then package again.")
        )
    listed = "\n".join(f"    {quoted(each)}," for each in requires)
    project = (
        '[build-system]\nrequires = ["hatchling>=1.27"]\nbuild-backend = "hatchling.build"\n\n'
        f'[project]\nname = "{_NAME}"\nversion = "{metadata.version(_NAME)}"\nrequires-python = ">=3.11"\n'
        f'dependencies = [\n{listed}\n]\n\n[project.scripts]\ntito = "tito.cli:main"\n\n'
        '[tool.hatch.build.targets.wheel]\npackages = ["tito"]\n'
    )
    sources = {f"tito/tito/{name}": text for name, text in _sources(files("tito"), "")}
    return {"tito/pyproject.toml": project, **sources}


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, str]]:
    found = []
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir() and each.name != "__pycache__":
            found += _sources(each, f"{prefix}{each.name}/")
        elif each.is_file() and not each.name.endswith((".pyc", ".so")):
            found.append((f"{prefix}{each.name}", each.read_text("utf-8")))
    return found


def _filled(name: str, words: Mapping[str, str]) -> str:
    text = files("tito.workflows").joinpath("packages", name).read_text("utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text


def _zipped(content: Mapping[str, str | bytes]) -> bytes:
    """Return a zip that is the same for the same content; scripts can be run."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(content):
            info = zipfile.ZipInfo(name, _DATE)
            info.external_attr = (0o100755 if name in _SCRIPTS else 0o100644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content[name])
    return file.getvalue()
