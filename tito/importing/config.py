"""What `nbgrader_config.py` sets, read off its syntax tree: it is a program, and is never run."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, Final

from tito.errors import CourseError, Problem
from tito.records import dataclass

_FIX: Final = "Write the value itself into it, or change what was imported by hand."
_DEFAULTS: Final[Mapping[str, Any]] = {
    "CourseDirectory.course_id": "",
    "CourseDirectory.source_directory": "source",
    "CourseDirectory.submitted_directory": "submitted",
    "CourseDirectory.db_url": "",
    "CourseDirectory.ignore": [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"],
    "IncludeHeaderFooter.header": "",
    "IncludeHeaderFooter.footer": "",
    "ClearSolutions.begin_solution_delimeter": "BEGIN SOLUTION",
    "ClearSolutions.end_solution_delimeter": "END SOLUTION",
    "ClearHiddenTests.begin_test_delimeter": "BEGIN HIDDEN TESTS",
    "ClearHiddenTests.end_test_delimeter": "END HIDDEN TESTS",
    "ClearMarkScheme.begin_mark_scheme_delimeter": "BEGIN MARK SCHEME",
    "ClearMarkScheme.end_mark_scheme_delimeter": "END MARK SCHEME",
    "InstantiateTests.autotest_filename": "autotests.yml",
    "InstantiateTests.autotest_delimiter": "AUTOTEST",
    "InstantiateTests.hashed_delimiter": "HASHED",
    "LateSubmissionPlugin.penalty_method": "none",
    "Exchange.root": "",
}
# What these would change cannot be carried over, so that whoever set them has to know.
_TELLING: Final = {
    "ClearSolutions.code_stub": "stubs are tito's own",
    "ClearSolutions.text_stub": "stubs are tito's own",
    "AssignLatePenalties.plugin_class": "a penalty that is a program is not run: write `late:` into the rubrics",
    "GenerateAssignment.preprocessors": "preprocessors are programs, which are not run",
    "Autograde.autograde_preprocessors": "preprocessors are programs, which are not run",
    "Autograde.sanitize_preprocessors": "preprocessors are programs, which are not run",
}


@dataclass(frozen=True, slots=True)
class Config:
    """An nbgrader course's settings by "Class.name", and notes on what of the file means nothing here."""

    values: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Return a setting that is a text; its default where the file has none, or something else."""
        value = self.values.get(name, _DEFAULTS[name])
        return value if isinstance(value, str) else str(_DEFAULTS[name])

    @property
    def ignored(self) -> tuple[str, ...]:
        """The patterns of files that nbgrader leaves out."""
        value = self.values.get("CourseDirectory.ignore")
        return tuple(map(str, value if isinstance(value, list | tuple) else _DEFAULTS["CourseDirectory.ignore"]))


def read_config(text: str, path: str) -> Config:
    """Return what a configuration sets to literals. Raises CourseError for what is not Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
        line = getattr(fault, "lineno", None)
        raise CourseError(
            Problem(f"this is not Python: {getattr(fault, 'msg', fault)}", "Mend it.", path, line)
        ) from None
    values: dict[str, Any] = {}
    notes = []
    known: dict[str, Any] = {}
    for statement, on_top in _statements(tree):
        for name, value in _assigned(statement):
            literal = _literal(value, known)
            if "." not in name:
                known |= {name: literal[0]} if literal and on_top else {}
            elif literal and on_top:
                values[name] = literal[0]
            elif name in _DEFAULTS:
                notes.append(f"{path}:{value.lineno}: {name} is computed, and the file is not run. {_FIX}")
            if name in _TELLING:
                notes.append(f"{path}:{value.lineno}: {name} has no counterpart: {_TELLING[name]}")
    return Config(values, tuple(notes))


def _statements(tree: ast.Module) -> Iterator[tuple[ast.AST, bool]]:
    """Yield a file's statements, each with whether it surely runs."""
    for statement in tree.body:
        yield statement, True
        yield from ((inner, False) for inner in ast.walk(statement) if inner is not statement)


def _assigned(statement: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield what a statement sets: "name", or "Class.name" where it is the configuration's."""
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                match target:
                    case ast.Name(id=name):
                        yield name, value
                    case ast.Attribute(value=ast.Attribute(value=ast.Name(), attr=owner), attr=name):
                        yield f"{owner}.{name}", value


def _literal(node: ast.expr, known: Mapping[str, Any]) -> tuple[Any] | None:
    """Return what an expression is without running anything, in a tuple of one: literals, and names that are some."""
    match node:
        case ast.Name(id=name) if name in known:
            return (known[name],)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            parts = _literal(left, known), _literal(right, known)
            texts = [part[0] for part in parts if part and isinstance(part[0], str)]
            return ("".join(texts),) if len(texts) == len(parts) else None
        case ast.JoinedStr(values=pieces):
            found = [
                _literal(piece.value if isinstance(piece, ast.FormattedValue) else piece, known) for piece in pieces
            ]
            return ("".join(str(each[0]) for each in found if each),) if all(found) else None
    try:
        return (ast.literal_eval(node),)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None
