"""A plan as a text that another machine can judge by: the grader, its files, the prerequisites and the limits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from tito.judging.judge.contract import Contract
from tito.judging.judge.runner import Seconds, Task
from tito.locking import lock_file
from tito.model.coding import from_plain, to_plain
from tito.model.course import Course, Settings
from tito.sandbox.levels import Level
from tito.workflows.grading.grader import grader_files
from tito.workflows.grading.results import Plan
from tito.workflows.machine.versions import versions

# These parts of a task are no plain data, or this machine's business alone.
_APART: Final = frozenset({"folder", "contract"})


@dataclass(frozen=True, slots=True)
class Order:
    """What is in a parcel: how to judge, within what, and with which versions of everything it was packed."""

    plan: Plan
    course: Course
    level: Level
    versions: Mapping[str, str]


def pack(plan: Plan, course: Course, level: Level) -> str:
    """Return the parcel of a plan. Equal plans have equal parcels; the gradebook's place is in none."""
    settings = course.settings
    content = {
        "folder": plan.task.folder.name,
        "files": grader_files(plan.task.folder),
        "lock": lock_file.dump(plan.grader),
        "contract": {key: kind.value for key, kind in plan.task.contract.kinds.items()},
        "task": {
            each.name: _listed(getattr(plan.task, each.name)) for each in fields(Task) if each.name not in _APART
        },
        "modules": list(plan.modules.items()),
        "edition": plan.edition,
        "settings": {"packages": list(settings.packages), "submission_seconds": settings.submission_seconds},
        "level": level.value,
        "versions": versions(settings.packages),
    }
    return json.dumps(content, sort_keys=True)


def unpack(text: str, place: Path) -> Order:
    """Return what `pack` was given, with the grader's files in a new folder below `place`."""
    content = json.loads(text)
    folder = place / content["folder"]
    folder.mkdir(mode=0o700)
    for name, source in content["files"].items():
        (folder / name).write_text(source, "utf-8", newline="")
    given = content["task"] | {"seconds": from_plain(Seconds, content["task"]["seconds"])}
    task = Task(folder=folder, contract=Contract(content["contract"]), **given)
    grader = lock_file.load(content["lock"], lock_file.NAME)
    settings = Settings(**content["settings"] | {"packages": tuple(content["settings"]["packages"])})
    plan = Plan(grader, task, dict(content["modules"]), content["edition"])
    return Order(plan, Course(place, settings), Level(content["level"]), content["versions"])


def difference(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """Return the first version that is another one there than here, in words, or "" where all are the same."""
    for name, version in ours.items():
        if theirs.get(name) != version:
            return f"it has {name} {theirs.get(name)}, not {version}, so that its scores might be others"
    return ""


def _listed(value: Any) -> Any:
    return sorted(value) if isinstance(value, set | frozenset) else to_plain(value)
