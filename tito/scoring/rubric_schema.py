"""Rubrics against their JSON Schema: every error in words, at its line and column."""

import difflib
import json
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from tito.errors import Problem
from tito.scoring.yaml_places import Placed

if TYPE_CHECKING:
    from jsonschema import ValidationError

SCHEMA: Final = "rubric.schema.json"
_KINDS: Final = {
    "string": "a text",
    "number": "a number",
    "array": "a list",
    "object": "a mapping",
    "boolean": "true or false",
}


def schema_problems(placed: Placed) -> Iterator[Problem]:
    """Yield what the schema says against a rubric, in the order of the file."""
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
            *most, last = known["enum"]
            fix = f"Use {', '.join(most)} or {last}." if most else f"Write {last}, or leave it out."
            yield placed.problem(f"{_name(at)} is {error.instance!r}", fix, at, value=True)
        case "minimum" | "exclusiveMinimum":
            yield placed.problem(f"{_name(at)} is {error.instance}", "Use a positive number.", at, value=True)
        case _:
            fix = str(known.get("description", "`tito schema rubric` says what may stand here."))
            yield placed.problem(f"{_name(at)} is {error.instance!r}, which does not fit", fix, at, value=True)


def _type(at: tuple[str | int, ...], error: "ValidationError") -> tuple[str, str]:
    kinds = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    wanted = " or ".join(_KINDS[str(each)] for each in kinds)
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
