"""The wrong solutions in wrong/<module>/: what students really write, and exactly what it scores.

Each is a small Python file. Its docstring says what is wrong and then, as YAML, the score and the criteria that are
lost, each with its status. Below stand the functions and methods that differ from the reference, in classes where
they belong to one; they take the place of the reference's own in the released stub. Other statements run at the end.

A module's good.py holds answers that stand in for the reference's in all of its wrong solutions: right ones, which do
without another part of the lesson, so that a mistake in that part is charged to it alone.
"""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import yaml

from tito.model.document import Cell, Document, Format, Kind, Role
from tito.release import release
from tito.source import parse, write

WRONG = Path(__file__).parent / "wrong"
GOOD = "good"
# By what names a module's source is handed in, in each form.
FORMS = {Format.PERCENT: "source-as-a-script", Format.NOTEBOOK: "source-as-a-notebook"}
_BEGIN, _END = "### BEGIN SOLUTION", "### END SOLUTION"
_DEFINITIONS = (ast.FunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong solution: what it must score, and {criterion: status} of what it loses."""

    module: str
    name: str
    score: Decimal
    lost: Mapping[str, str]


def mistakes(module: str) -> list[Mistake]:
    """Read the wrong solutions of a module, in order of their names."""
    return [_mistake(path) for path in sorted((WRONG / module).glob("*.py")) if path.stem != GOOD]


def submissions(source: Path, module: str) -> dict[str, str]:
    """Return {name: text} of a module's wrong solutions, and of its good answers, as students hand them in."""
    good = WRONG / module / f"{GOOD}.py"
    answered = reference(source)
    if good.exists():
        answered = changed(answered, good.read_text("utf-8"))
    texts = {path.stem: path.read_text("utf-8") for path in sorted((WRONG / module).glob("*.py")) if path != good}
    made = {name: changed(answered, text) for name, text in texts.items()} | {GOOD: answered}
    return {name: _script(document) for name, document in made.items()}


def in_form(source: Path, form: Format) -> str:
    """Return a module's source as a text of that form."""
    return write(parse(source.read_text("utf-8"), source.name), form)


def _script(document: Document) -> str:
    """Return a document as a script without cells, behind all of which the tests stand: what is wrong is wrong for each."""
    text = write(document, Format.PERCENT)
    return "\n".join(line for line in text.split("\n") if not line.startswith("# %%"))


def reference(source: Path) -> Document:
    """Return the released stub of a module's source with the reference's answers filled in."""
    document = parse(source.read_text("utf-8"), source.name)
    answers = {cell.grade_id: cell.source for cell in document.cells if _BEGIN in cell.source}
    stub, _ = release(document)
    return replace(stub, cells=tuple(_filled(cell, answers.get(cell.grade_id)) for cell in stub.cells))


def changed(document: Document, text: str) -> Document:
    """Put the functions and methods of a wrong solution's text in place of a document's own."""
    lines, rest = text.split("\n"), []
    for statement in ast.parse(text).body[1:]:
        home = _home(document, statement)
        if home is None:
            rest.append(_text(statement, lines))
        else:
            document = _put(document, home, statement, lines)
    return replace(document, cells=(*document.cells, *(Cell(Kind.CODE, each) for each in rest)))


def _filled(cell: Cell, answer: str | None) -> Cell:
    if answer is None:
        return cell
    lines = answer.split("\n")
    return replace(cell, source="\n".join(line for line in lines if line.strip() not in {_BEGIN, _END}))


def _home(document: Document, statement: ast.stmt) -> int | None:
    """Return the place of the solution cell that defines the function or class that a statement defines."""
    if not isinstance(statement, _DEFINITIONS):
        return None
    solutions = [place for place, cell in enumerate(document.cells) if cell.role is Role.SOLUTION]
    return next((each for each in solutions if _find(document.cells[each].source, "", statement.name)), None)


def _put(document: Document, home: int, statement: ast.stmt, lines: Sequence[str]) -> Document:
    owner, functions = (statement.name, statement.body) if isinstance(statement, ast.ClassDef) else ("", [statement])
    cells = list(document.cells)
    for function in functions:
        cells[home] = replace(cells[home], source=_with(cells[home].source, owner, function, lines))
    return replace(document, cells=tuple(cells))


def _find(source: str, owner: str, name: str) -> ast.FunctionDef | ast.ClassDef | None:
    body = ast.parse(source).body
    if owner:
        body = next(each.body for each in body if isinstance(each, ast.ClassDef) and each.name == owner)
    return next((each for each in body if isinstance(each, _DEFINITIONS) and each.name == name), None)


def _with(source: str, owner: str, function: ast.FunctionDef, lines: Sequence[str]) -> str:
    """Return a cell's source with this function or method in place of its own, or at the end of its class."""
    found, whole = _find(source, owner, function.name), source.split("\n")
    if found:
        first, last = found.lineno - 1, found.end_lineno
    else:
        first = last = _find(source, "", owner).end_lineno
    return "\n".join([*whole[:first], _text(function, lines), *whole[last:]])


def _text(statement: ast.stmt, lines: Sequence[str]) -> str:
    return "\n".join(lines[statement.lineno - 1 : statement.end_lineno])


def _mistake(path: Path) -> Mistake:
    told = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    says, _, facts = told.partition("\n\n")
    if not says or not facts:
        raise ValueError(f"{path}: the docstring says what is wrong, then the score and what is lost")
    facts = yaml.safe_load(facts)
    return Mistake(path.parent.name, path.stem, Decimal(facts["score"]), facts["lost"])
