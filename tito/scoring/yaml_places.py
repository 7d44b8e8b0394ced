"""YAML with the place of every key and value, exact numbers, and every fault in one go."""

import math
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import yaml

from tito.errors import CourseError, Problem
from tito.records import dataclass

Path = tuple[str | int, ...]
_MAX: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Placed:
    """A YAML document: its content, and the (line, column) of each key and item, both from 1.

    `values` holds the places of the values themselves.
    """

    path: str
    content: Any
    keys: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    values: Mapping[Path, tuple[int, int]] = field(default_factory=dict)

    def problem(self, what: str, fix: str, at: Path, *, value: bool = False) -> Problem:
        """Return a problem that stands at a key, or at its value; at the nearest thing around it that has a place."""
        places = self.values if value else self.keys
        while at and at not in places:
            at = at[:-1]
        return Problem(what, fix, self.path, *places.get(at, (1, 1)))


def read_yaml(text: str, path: str) -> Placed:
    """Read one YAML document of plain data. Raises CourseError with every fault that reading shows."""
    if len(text) > _MAX:
        raise CourseError(Problem("this file is larger than 1 MiB", "Shorten it.", path))
    try:
        # The pure loader: libyaml's ends the interpreter on deep nesting.
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        reader = _Reader(path)
        content = reader.walk(root, ()) if root else None
    except yaml.MarkedYAMLError as fault:
        raise CourseError(_syntax(fault, path)) from None
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        raise CourseError(
            Problem(f"character U+{int(fault.character):04X} is not allowed", "Remove it.", path, line)
        ) from None
    except RecursionError:
        raise CourseError(Problem("this file nests too deeply", "Flatten it.", path)) from None
    if reader.problems:
        raise CourseError(*reader.problems)
    return Placed(path, content, reader.keys, reader.values)


def quoted(text: str) -> str:
    """Return a text as YAML writes it in quotes, on one line."""
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=math.inf).strip()


class _Reader:
    def __init__(self, path: str) -> None:
        self.keys: dict[Path, tuple[int, int]] = {}
        self.values: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self._path = path
        self._seen: set[int] = set()
        self._loader = yaml.SafeLoader("")

    def walk(self, node: yaml.Node, at: Path) -> Any:
        self.values[at] = _place(node)
        if id(node) in self._seen:
            self._note(node, "an alias is not allowed here", "Write it out.")
            return None
        self._seen.add(id(node))
        match node:
            case yaml.SequenceNode():
                for place, each in enumerate(node.value):
                    self.keys[*at, place] = _place(each)
                return [self.walk(each, (*at, place)) for place, each in enumerate(node.value)]
            case yaml.MappingNode():
                return self._mapping(node, at)
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, at: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = key.value
            if not isinstance(key, yaml.ScalarNode) or key.tag.endswith(":merge"):
                self._note(key, "only plain keys are allowed", "Write the keys out.")
                continue
            if name in found:
                self._note(key, f"key {name!r} is there twice", "Remove one.")
            self.keys[*at, name] = _place(key)
            found[name] = self.walk(value, (*at, name))
        return found

    def _scalar(self, node: yaml.Node) -> Any:
        if node.tag in {"tag:yaml.org,2002:float", "tag:yaml.org,2002:int"}:
            try:
                # As written, never through a float.
                return Decimal(node.value.replace("_", ""))
            except InvalidOperation:
                pass
        try:
            return self._loader.construct_object(node)
        except (ValueError, yaml.YAMLError):
            self._note(node, f"{node.value!r} cannot be read", "Put it in quotes.")
            return None

    def _note(self, node: yaml.Node, what: str, fix: str) -> None:
        self.problems.append(Problem(what, fix, self._path, *_place(node)))


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _syntax(fault: yaml.MarkedYAMLError, path: str) -> Problem:
    mark = fault.problem_mark or fault.context_mark
    what = str(fault.problem or "this is not YAML")
    if "cannot start any token" in what:
        return Problem(
            "a tab or another odd character begins this value", "Use spaces, or quotes.", path, *_mark(mark)
        )
    fix = "Correct this place of the YAML; `tito schema rubric` says what it may hold."
    return Problem(what, fix, path, *_mark(mark))


def _mark(mark: yaml.Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
