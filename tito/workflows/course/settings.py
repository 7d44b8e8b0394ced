"""A course's settings as TOML: its milestones read out of their tables, and all of them written."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tito.errors import Problem
from tito.model.course import Assignment, Goal, Milestone, Settings

MILESTONES: Final = "milestones"
ASSIGNMENTS: Final = "assignments"
_TEXTS: Final = ("title", "program", "history")
_KEYS: Final = (*_TEXTS, "needs", "goals")
_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")
_PROGRAM: Final = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_GOAL: Final = re.compile(r"\s*(?P<sign>>=|<=)\s*(?P<bound>-?\d+(\.\d+)?(e-?\d+)?)\s*")


def read_milestones(tables: Mapping[str, Mapping[str, Any]]) -> tuple[Milestone, ...]:
    """Return the milestones of `[milestones.NAME]` tables in which `milestone_problems` finds nothing."""
    return tuple(
        Milestone(
            name,
            table["title"],
            table["program"],
            table.get("history", ""),
            tuple(table.get("needs", ())),
            tuple(_goal(figure, text) for figure, text in table["goals"].items()),
        )
        for name, table in tables.items()
    )


def milestone_problems(tables: object, path: str) -> list[Problem]:
    """Return what is wrong with the tables of milestones in the settings file `path`."""
    if not isinstance(tables, dict):
        return [Problem("milestones are tables", "Write one [milestones.NAME] for each.", path)]
    return [
        Problem(f"milestone {name}: {what}", fix, path)
        for name, table in tables.items()
        for what, fix in ([] if isinstance(table, dict) else [("this is no table", f"Write [milestones.{name}].")])
        or _faults(name, table)
    ]


def read_assignments(table: Mapping[str, list[str]]) -> tuple[Assignment, ...]:
    """Return the assignments of an `[assignments]` table in which `assignment_problems` finds nothing."""
    return tuple(Assignment(name, tuple(modules)) for name, modules in table.items())


def assignment_problems(table: object, path: str) -> list[Problem]:
    """Return what is wrong with a table of assignments in the settings file `path`."""
    fix = 'Write NAME = ["01_tensor", "02_activations"] for each.'
    if not isinstance(table, dict):
        return [Problem("assignments are a table", f"Write [assignments], and in it {fix[6:]}", path)]
    return [
        Problem(f"assignment {name} is not a list of modules", fix, path)
        for name, modules in table.items()
        if not (isinstance(modules, list) and modules and all(isinstance(each, str) for each in modules))
    ] + [
        Problem(f"assignment {name!r}: this is no name", "Use letters, digits, - and _.", path)
        for name in table
        if not _NAME.fullmatch(name)
    ]


def settings_text(head: str, settings: Settings, keys: Iterable[str]) -> str:
    """Return a tito.toml with these settings alone, less those that are empty, below a comment."""
    given = {key: getattr(settings, key) for key in keys}
    milestones, assignments = given.pop(MILESTONES, ()), given.pop(ASSIGNMENTS, ())
    lines = [f"# {head}", *(f"{key} = {_toml(value)}" for key, value in given.items() if value not in ("", ()))]
    for each in milestones:
        values = {"title": each.title, "program": each.program, "history": each.history, "needs": each.needs}
        lines += ["", f"[{MILESTONES}.{each.name}]"]
        lines += [f"{key} = {_toml(value)}" for key, value in values.items() if value]
        goals = ", ".join(f"{quoted(goal.figure)} = {quoted(str(goal))}" for goal in each.goals)
        lines.append(f"goals = {{ {goals} }}")
    lines += ["", f"[{ASSIGNMENTS}]"] if assignments else []
    lines += [f"{quoted(each.name)} = {_toml(each.modules)}" for each in assignments]
    return "\n".join(lines) + "\n"


def quoted(value: str) -> str:
    """Return a text as TOML writes it."""
    # JSON's escapes are TOML's, but for DEL.
    return json.dumps(value).replace("\x7f", "\\u007f")


def _faults(name: str, table: Mapping[str, Any]) -> list[tuple[str, str]]:
    unknown = [(f"unknown key {key}", f"The keys are {', '.join(_KEYS)}.") for key in table if key not in _KEYS]
    texts = [
        (f"{key} is not a text", "Write it in quotation marks.")
        for key in _TEXTS
        if not isinstance(table.get(key, ""), str)
    ]
    missing = [(f"it has no {key}", "Every milestone has one.") for key in ("title", "program") if not table.get(key)]
    found = [*unknown, *texts, *missing]
    if not _NAME.fullmatch(name):
        found.append(("this is no name", "Use letters, digits, - and _."))
    if not _PROGRAM.fullmatch(str(table.get("program", "p"))):
        found.append((f"its program is {table['program']!r}", "Name a module, such as package.programs.name."))
    needs = table.get("needs", [])
    if not (isinstance(needs, list) and all(isinstance(each, str) for each in needs)):
        found.append(("needs is not a list of texts", 'Name modules, as in ["01_tensor"].'))
    return [*found, *_goal_faults(table.get("goals"))]


def _goal_faults(goals: object) -> list[tuple[str, str]]:
    if not isinstance(goals, dict) or not goals:
        return [("it has no goals", 'Write goals = { "name of a figure" = ">= 0.95" }.')]
    return [
        (f"the goal of {figure} is {text!r}", 'Write it as ">= 0.95" or "<= 1".')
        for figure, text in goals.items()
        if not (isinstance(text, str) and _GOAL.fullmatch(text))
    ]


def _goal(figure: str, text: str) -> Goal:
    found = _GOAL.fullmatch(text)
    if not found:
        raise ValueError(text)
    return Goal(figure, found["sign"], float(found["bound"]))


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        return quoted(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
