"""Small lessons in one compact form each, and the submissions that are made of them.

A lesson's file is a percent script whose cells are headed by what they are: `given`, `solution NAME` and `test NAME`
make the notebook; `right NAME`, `wrong NAME` and `forge NAME` take the place of a solution in one submission each. Wrong ones of
every kind that a lesson need not write are made here: nothing done, None everywhere, and forgeries (see `forging`).
"""

import ast
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from forging import ALWAYS, TRICKS, given_names

LESSONS = Path(__file__).parent / "lessons"
_HEAD = re.compile(r"^# %% *(given|solution|right|wrong|forge|test) *(\S*)$", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """A cell of a lesson: what it is, of what name, and its source."""

    kind: str
    name: str
    source: str

    @property
    def grade_id(self):
        return f"test-{self.name}" if self.kind == "test" else self.name


@dataclass(frozen=True)
class Submission:
    """A submission: its cells, and for a forgery the name of the wrong one that it makes look right."""

    name: str
    cells: tuple[Cell, ...]
    forges: str = ""

    @property
    def notebook(self):
        return as_notebook(self.cells)


@dataclass(frozen=True)
class Lesson:
    """A notebook with its reference, and the right and wrong answers that its file tells."""

    name: str
    cells: tuple[Cell, ...]
    answers: tuple[Cell, ...]

    @property
    def source(self):
        marked = [
            replace(each, source=f"### BEGIN SOLUTION\n{each.source}\n### END SOLUTION")
            if each.kind == "solution"
            else each
            for each in self.cells
        ]
        return as_notebook(marked)

    @property
    def tests(self):
        return tuple(each.grade_id for each in self.cells if each.kind == "test")

    def right(self):
        """Return the right submissions, the reference first."""
        return (Submission("reference", self.cells), *self._told("right"))

    def wrong(self):
        """Return the wrong submissions that are honest: what their tests say in one process is their due."""
        empty = self._with(lambda _: "raise NotImplementedError()")
        return (Submission("empty", empty), Submission("none", self._with(_nothing)), *self._told("wrong"))

    def forged(self):
        """Return submissions that are as wrong as another one and would look right in one process."""
        first = next(each for each in self.answers if each.kind == "wrong")
        given = given_names(each.source for each in self.cells if each.kind == "given")
        tricked = (
            Submission(name, self._in_place(replace(first, source=f"{first.source}\n{trick(given)}")), "wrong-1")
            for name, trick in TRICKS.items()
        )
        edited = [replace(each, source="pass") if each.kind == "test" else each for each in self._in_place(first)]
        equal = Submission("equal", self._with(_always), "none")
        own = (replace(each, forges="wrong-1") for each in self._told("forge"))
        return (*tricked, *own, Submission("edited", tuple(edited), "wrong-1"), equal)

    def _told(self, kind):
        found = [each for each in self.answers if each.kind == kind]
        return [Submission(f"{kind}-{number}", self._in_place(each)) for number, each in enumerate(found, 1)]

    def _in_place(self, answer):
        return tuple(
            replace(each, source=answer.source) if (each.kind, each.name) == ("solution", answer.name) else each
            for each in self.cells
        )

    def _with(self, change):
        return tuple(
            replace(each, source=change(each.source)) if each.kind == "solution" else each for each in self.cells
        )


def lessons():
    """Return all lessons, by name."""
    return {path.stem: _read(path) for path in sorted(LESSONS.glob("*.py"))}


def _read(path):
    text = path.read_text("utf-8")
    _, *parts = _HEAD.split(text)
    cells = [Cell(kind, name, body.strip("\n")) for kind, name, body in zip(*[iter(parts)] * 3, strict=True)]
    made = tuple(each for each in cells if each.kind in {"given", "solution", "test"})
    return Lesson(path.stem, made, tuple(each for each in cells if each not in made))


def as_notebook(cells):
    """Return cells as the text of an .ipynb file, with nbgrader's metadata."""
    told = [{**_cell(each), "id": f"cell-{number}"} for number, each in enumerate(cells)]
    return json.dumps({"cells": told, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _cell(cell):
    plain = {"grade": False, "solution": False, "locked": False, "schema_version": 3, "grade_id": cell.grade_id}
    meta = {
        "given": {},
        "solution": {"nbgrader": {**plain, "solution": True}},
        "test": {"nbgrader": {**plain, "grade": True, "locked": True, "points": 1}},
    }[cell.kind]
    return {"cell_type": "code", "metadata": meta, "source": cell.source, "outputs": [], "execution_count": None}


def _nothing(source):
    """Return code that defines what a solution defines, and does nothing."""
    return "\n".join(_stub(node) for node in ast.parse(source).body)


def _always(source):
    """Return code in which all that a solution binds is equal to everything."""
    return "\n".join([ALWAYS, *(f"{name} = Always()" for name in _bound(source))])


def _stub(node):
    match node:
        case ast.FunctionDef(name=name):
            return f"def {name}(*_, **__): return None"
        case ast.AsyncFunctionDef(name=name):
            return f"async def {name}(*_, **__): return None"
        case ast.ClassDef(name=name, body=body):
            methods = [each.name for each in body if isinstance(each, ast.FunctionDef) and each.name != "__init__"]
            lines = [f"    def {each}(self, *_, **__): return None" for each in methods]
            return "\n".join([f"class {name}:", "    def __init__(self, *_, **__): pass", *lines])
        case ast.Import() | ast.ImportFrom():
            return ast.unparse(node)
    return "\n".join(f"{name} = None" for name in _bound(ast.unparse(node)))


def _bound(source):
    """Return the names that a module's own statements bind, its imports apart."""
    found = {}
    for node in ast.parse(source).body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found[name] = None
            case ast.Import() | ast.ImportFrom():
                pass
            case _:
                stored = (each for each in ast.walk(node) if isinstance(each, ast.Name))
                found |= {each.id: None for each in stored if isinstance(each.ctx, ast.Store)}
    return tuple(found)
