"""The lock file: a Grader as JSON, with the digests of the files beside it."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from tito.errors import CourseError, Problem
from tito.model.coding import from_plain, to_plain
from tito.model.document import Role
from tito.model.grader import (
    Block,
    Grader,
    LeftOut,
    LockedCell,
    LockedCriterion,
    LockedManual,
    Moved,
    NameSource,
    Source,
    Vacuous,
)

NAME: Final = "lock.json"
VERSION: Final = 2
# Locks of version 1 know neither blocks nor names; their tests run behind all cells.
_READ: Final = (1, VERSION)
_LISTS: Final = ("moved", "vacuous", "left_out")


def digest(text: str) -> str:
    """Return the SHA-256 of a text, blank lines at its ends not counted."""
    return hashlib.sha256(text.strip("\n").encode()).hexdigest()


def dump(grader: Grader) -> str:
    """Return the lock file's text."""
    content = {
        "version": VERSION,
        "module": grader.module,
        "target": grader.target,
        "edition": "public" if grader.public else "full",
        "files": dict(sorted(grader.files.items())),
        "criteria": [_criterion(each) for each in grader.criteria],
        "asked": list(grader.asked),
        "prerequisites": list(grader.prerequisites),
        "solutions": list(grader.solutions),
        "cells": [_cell(each) for each in grader.cells],
        "contract": dict(sorted(grader.contract.items())),
        **({"manual": [_manual(each) for each in grader.manual]} if grader.manual else {}),
        **({"seen": dict(sorted(grader.seen.items()))} if grader.seen else {}),
        **({"blocks": list(_blocks(grader))} if grader.blocks else {}),
        **{key: to_plain(value) for key in _LISTS if (value := getattr(grader, key))},
        **({"writes": list(grader.writes)} if grader.writes else {}),
        **({"records": list(grader.records)} if grader.records else {}),
    }
    return json.dumps(content, indent=2) + "\n"


def load(text: str, path: str) -> Grader:
    """Return the Grader that a lock file holds. Raises CourseError where it is not one."""
    try:
        content = json.loads(text)
        if content["version"] not in _READ:
            raise CourseError(
                Problem(f"this is a lock file of version {content['version']}", "Run `tito lock`.", path)
            )
        return _grader(content)
    except (ValueError, LookupError, TypeError, AttributeError, InvalidOperation):
        raise CourseError(Problem("this is not a lock file", "Run `tito lock`.", path)) from None


def _grader(content: Mapping[str, Any]) -> Grader:
    return Grader(
        module=str(content["module"]),
        target=str(content["target"]),
        criteria=tuple(
            LockedCriterion(
                each["grade_id"],
                Decimal(each["points"]),
                tuple(each["tests"]),
                hidden=bool(each.get("hidden", False)),
                # Locks of before called it by another name.
                beside=tuple(each.get("beside", each.get("shared", ()))),
                value=str(each.get("value", "")),
                unanchored=tuple(each.get("unanchored", ())),
                partly=bool(each.get("partly", False)),
            )
            for each in content["criteria"]
        ),
        asked=tuple(content["asked"]),
        cells=tuple(
            LockedCell(
                each["grade_id"],
                Role(each["role"]),
                each["digest"],
                Decimal(each["points"]) if "points" in each else None,
                each.get("source", ""),
            )
            for each in content["cells"]
        ),
        solutions=tuple(content["solutions"]),
        prerequisites=tuple(content["prerequisites"]),
        contract={str(key): str(kind) for key, kind in content["contract"].items()},
        files={str(name): str(value) for name, value in content["files"].items()},
        public=content["edition"] == "public",
        seen={str(test): int(count) for test, count in content.get("seen", {}).items()},
        manual=tuple(
            LockedManual(each["grade_id"], Decimal(each["points"]), Role(each["role"]), tuple(each["blank"]))
            for each in content.get("manual", ())
        ),
        blocks=tuple(from_plain(Block, _without_names(each)) for each in content.get("blocks", ())),
        names=tuple(_names(content.get("blocks", ()))),
        moved=tuple(from_plain(Moved, each) for each in content.get("moved", ())),
        vacuous=tuple(from_plain(Vacuous, each) for each in content.get("vacuous", ())),
        writes=tuple(content.get("writes", ())),
        left_out=tuple(from_plain(LeftOut, each) for each in content.get("left_out", ())),
        records=tuple(content.get("records", ())),
    )


def _names(blocks: Sequence[Mapping[str, Any]]) -> Iterator[NameSource]:
    for place, block in enumerate(blocks):
        for name, told in block.get("names", {}).items():
            source, _, why = told.partition(": ")
            yield NameSource(name, place, Source(source), why)


def _without_names(block: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in block.items() if key != "names"}


def _blocks(grader: Grader) -> Iterator[dict[str, Any]]:
    """Yield the blocks as they are written: without what is empty, and with the source and reason of each name."""
    names: dict[int, dict[str, str]] = {}
    for each in grader.names:
        names.setdefault(each.place, {})[each.name] = f"{each.source}: {each.why}"
    for place, block in enumerate(grader.blocks):
        content = {key: value for key, value in to_plain(block).items() if value}
        yield {**content, "names": names[place]} if place in names else content


def _criterion(criterion: LockedCriterion) -> dict[str, Any]:
    content: dict[str, Any] = {
        "grade_id": criterion.grade_id,
        "points": str(criterion.points),
        "tests": list(criterion.tests),
    }
    if criterion.hidden:
        content["hidden"] = True
    if criterion.beside:
        content["beside"] = list(criterion.beside)
    if criterion.partly:
        content["partly"] = True
    if criterion.value:
        content["value"] = criterion.value
    if criterion.unanchored:
        content["unanchored"] = list(criterion.unanchored)
    return content


def _manual(manual: LockedManual) -> dict[str, Any]:
    return {
        "grade_id": manual.grade_id,
        "points": str(manual.points),
        "role": manual.role.value,
        "blank": list(manual.blank),
    }


def _cell(cell: LockedCell) -> dict[str, Any]:
    content: dict[str, Any] = {"grade_id": cell.grade_id, "role": cell.role.value, "digest": cell.digest}
    if cell.points is not None:
        content["points"] = str(cell.points)
    if cell.source:
        content["source"] = cell.source
    return content
