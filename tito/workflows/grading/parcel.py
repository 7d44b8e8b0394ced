"""A plan as a text that another machine can judge by: the grader, its files, what it stands on and the limits."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tito.judging.plan import Confinement, Plan
from tito.model.coding import from_plain, to_plain
from tito.records import dataclass
from tito.workflows.grading.grader import grader_files
from tito.workflows.machine.versions import versions


@dataclass(frozen=True, slots=True)
class Order:
    """What is in a parcel: how to judge, within what, and with which versions of everything it was packed."""

    plan: Plan
    confinement: Confinement
    seed: int
    versions: Mapping[str, str]


def pack(plan: Plan, confinement: Confinement, seed: int) -> str:
    """Return the parcel of a plan. Equal plans have equal parcels; the gradebook's place is in none."""
    folder = Path(plan.folder)
    order = Order(replace(plan, folder=folder.name), confinement, seed, versions(confinement.packages))
    content: dict[str, Any] = {"order": to_plain(order), "files": grader_files(folder)}
    return json.dumps(content, sort_keys=True)


def unpack(text: str, place: Path) -> Order:
    """Return what `pack` was given, with the grader's files in a new folder below `place`."""
    content = json.loads(text)
    order = from_plain(Order, content["order"])
    folder = place / order.plan.folder
    folder.mkdir(mode=0o700)
    for name, source in content["files"].items():
        (folder / name).write_text(source, "utf-8", newline="")
    return replace(order, plan=replace(order.plan, folder=str(folder)))


def difference(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """Return the first version that is another one there than here, in words, or "" where all are the same."""
    for name, version in ours.items():
        if theirs.get(name) != version:
            return f"it has {name} {theirs.get(name)}, not {version}, so that its scores might be others"
    return ""
