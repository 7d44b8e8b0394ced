"""Rubrics in YAML: read with every error at its line and column, and written."""

import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import yaml

from tito.errors import CourseError, Problem
from tito.model.rubric import Credit, Criterion, Nested, Rubric
from tito.scoring.yaml_places import Placed, read_yaml

if TYPE_CHECKING:
    from jsonschema import ValidationError

SCHEMA: Final = "rubric.schema.json"
_KINDS: Final = {"string": "a text", "number": "a number", "array": "a list", "object": "a mapping"}


@dataclass(frozen=True, slots=True)
class RubricFile:
    """A rubric and where its parts stand in its file."""

    rubric: Rubric
    placed: Placed


def load(text: str, path: str) -> RubricFile:
    """Read a rubric. Raises CourseError with every error, each at its line and column."""
    placed = read_yaml(text, path)
    problems = [] if _is_plainly_right(placed.content) else list(_schema_problems(placed))
    problems = problems or list(_sums(placed))
    if problems:
        raise CourseError(*problems)
    content = placed.content
    criteria = tuple(_criterion(each) for each in content["criteria"])
    return RubricFile(Rubric(content["module"], content["title"], content["points"], criteria), placed)


def dump(rubric: Rubric) -> str:
    """Return the YAML that reads back as this rubric."""
    lines = [
        "# yaml-language-server: $schema=schema.json",
        f"module: {json.dumps(rubric.module)}",
        f"title: {_text(rubric.title)}",
        f"points: {_number(rubric.points)}",
        "criteria:",
    ]
    for each in rubric.criteria:
        lines += [
            f"  - id: {_text(each.id)}",
            f"    points: {_number(each.points)}",
            f"    title: {_text(each.title)}",
            f"    tests: {_text(each.tests)}",
            f"    hint: {_text(each.hint)}",
            f"    credit: {each.credit}",
            f"    nested: {each.nested}",
        ]
    return "\n".join(lines) + "\n"


def _number(value: Decimal) -> str:
    return str(int(value)) if value == value.to_integral_value() else f"{value.normalize():f}"


def _text(text: str) -> str:
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=1 << 20).strip()


def _criterion(content: dict[str, Any]) -> Criterion:
    return Criterion(
        content["id"],
        content["points"],
        content["title"],
        content.get("tests", ""),
        content.get("hint", ""),
        Credit(content.get("credit", Credit.ALL)),
        Nested(content.get("nested", Nested.RUN)),
    )


_TEXTS: Final = frozenset({"id", "title", "tests", "hint"})
_WORDS: Final = {"credit": frozenset(Credit), "nested": frozenset(Nested)}
_ID: Final = re.compile(r"[A-Za-z0-9_-]+")


def _is_plainly_right(content: Any) -> bool:
    """Say whether a rubric surely fits the schema, without the 0.08 s that importing jsonschema takes."""
    match content:
        case {
            "module": str(module),
            "title": str(title),
            "points": Decimal() as points,
            "criteria": [_, *_] as criteria,
        }:
            own = len(content) == 4 and bool(_ID.fullmatch(module)) and title and points > 0  # noqa: PLR2004
            return bool(own) and all(_is_plain_criterion(each) for each in criteria)
    return False


def _is_plain_criterion(content: Any) -> bool:
    match content:
        case {"id": str(name), "points": Decimal() as points, "title": str(title), **rest}:
            texts = all(isinstance(value, str) for key, value in rest.items() if key in _TEXTS)
            words = all(value in _WORDS[key] for key, value in rest.items() if key in _WORDS)
            known = rest.keys() <= _TEXTS | _WORDS.keys()
            return bool(_ID.fullmatch(name) and title and points >= 0 and texts and words and known)
    return False


def _schema_problems(placed: Placed) -> Iterator[Problem]:
    from jsonschema import Draft7Validator  # noqa: PLC0415 - 0.07 s, for rubrics alone
    from jsonschema.validators import extend  # noqa: PLC0415

    schema = json.loads(files("tito.scoring").joinpath(SCHEMA).read_text("utf-8"))
    checker = Draft7Validator.TYPE_CHECKER.redefine("number", lambda _, value: isinstance(value, Decimal))
    validator = extend(Draft7Validator, type_checker=checker)(schema)  # type: ignore[no-untyped-call]
    problems = [problem for error in validator.iter_errors(placed.content) for problem in _problems(placed, error)]
    yield from sorted(problems, key=lambda each: (each.line or 0, each.column or 0))


def _problems(placed: Placed, error: "ValidationError") -> Iterator[Problem]:
    at = tuple(error.absolute_path)
    known: Any = error.schema
    match error.validator:
        case "additionalProperties":
            instance: Any = error.instance
            for name in sorted(set(instance) - set(known["properties"])):
                near = difflib.get_close_matches(name, known["properties"], 1)
                fix = f"Did you mean {near[0]!r}?" if near else f"The keys are {', '.join(known['properties'])}."
                yield placed.problem(f"unknown key {name!r}", fix, (*at, name))
        case "required":
            name = error.message.split("'")[1]
            yield placed.problem(f"key {name!r} is missing", f"Add it: {_what(known, name)}", at, value=True)
        case "type":
            yield placed.problem(*_type(at, error), at, value=True)
        case "enum":
            yield placed.problem(
                f"{_name(at)} is {error.instance!r}", f"Use {' or '.join(known['enum'])}.", at, value=True
            )
        case "minimum" | "exclusiveMinimum":
            yield placed.problem(f"{_name(at)} is {error.instance}", "Use a positive number.", at, value=True)
        case _:
            fix = str(known.get("description", "Mend it."))
            yield placed.problem(f"{_name(at)} is {error.instance!r}, which does not fit", fix, at, value=True)


def _type(at: tuple[str | int, ...], error: "ValidationError") -> tuple[str, str]:
    wanted = _KINDS[str(error.validator_value)]
    fix = "Put it in quotes." if wanted == "a text" else f"Write {wanted}."
    found = "nothing" if error.instance is None else str(error.instance)
    return f"{_name(at)} is {found if len(found) < 40 else 'something else'}, not {wanted}", fix  # noqa: PLR2004


def _name(at: tuple[str | int, ...]) -> str:
    keys = [each for each in at if isinstance(each, str)]
    if at and isinstance(at[-1], int):
        return f"item {at[-1] + 1} of {keys[-1]}" if keys else "the item"
    return keys[-1] if keys else "the rubric"


def _what(schema: Any, name: str) -> str:
    return str(schema["properties"].get(name, {}).get("description", name))


def _sums(placed: Placed) -> Iterator[Problem]:
    criteria = placed.content["criteria"]
    seen: dict[str, int] = {}
    for place, each in enumerate(criteria):
        if each["id"] in seen:
            line, _ = placed.values["criteria", seen[each["id"]], "id"]
            at = ("criteria", place, "id")
            yield placed.problem(
                f"criterion {each['id']} is there twice, first on line {line}", "Rename one.", at, value=True
            )
        seen.setdefault(each["id"], place)
    total = sum((each["points"] for each in criteria), Decimal(0))
    if total != placed.content["points"]:
        what = f"points are {placed.content['points']}, but the criteria's sum is {total}"
        yield placed.problem(what, "Correct the one or the other.", ("points",), value=True)
