"""Rubrics in YAML: read with every error at its line and column, and written."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tito.errors import CourseError
from tito.model.rubric import Built, Credit, Criterion, CriterionKind, Level, Nested, Rubric, Rules
from tito.records import dataclass
from tito.scoring import rubric_mutants
from tito.scoring.late_policy import late_lines, read_late
from tito.scoring.rubric_checks import checked
from tito.scoring.rubric_plain import is_plainly_right
from tito.scoring.rubric_schema import schema_problems
from tito.scoring.yaml_places import Placed, quoted, read_yaml


@dataclass(frozen=True, slots=True)
class RubricFile:
    """A rubric and where its parts stand in its file."""

    rubric: Rubric
    placed: Placed


def load(text: str, path: str) -> RubricFile:
    """Read a rubric. Raises CourseError with every error, each at its line and column."""
    placed = read_yaml(text, path)
    problems = [] if is_plainly_right(placed.content) else list(schema_problems(placed))
    problems = problems or list(checked(placed))
    if problems:
        raise CourseError(*problems)
    content = placed.content
    criteria = tuple(_criterion(each) for each in content["criteria"])
    late = read_late(content["late"]) if "late" in content else None
    mutants = rubric_mutants.read(content)
    return RubricFile(Rubric(content["module"], content["title"], content["points"], criteria, late, mutants), placed)


def dump(rubric: Rubric) -> str:
    """Return the YAML that reads back as this rubric."""
    lines = [
        "# yaml-language-server: $schema=schema.json",
        f"module: {json.dumps(rubric.module)}",
        f"title: {quoted(rubric.title)}",
        f"points: {_number(rubric.points)}",
        *(late_lines(rubric.late) if rubric.late else ()),
        "criteria:",
    ]
    for each in rubric.criteria:
        lines += _written(each)
    return "\n".join([*lines, *rubric_mutants.dump(rubric.mutants)]) + "\n"


def _written(criterion: Criterion) -> Iterator[str]:
    yield f"  - id: {quoted(criterion.id)}"
    yield f"    points: {_number(criterion.points)}"
    yield f"    title: {quoted(criterion.title)}"
    yield f"    tests: {quoted(criterion.tests)}"
    yield from _hints(criterion)
    if criterion.kind is not CriterionKind.TESTS:
        yield f"    kind: {criterion.kind}"
    else:
        yield f"    credit: {criterion.credit}"
        yield f"    nested: {criterion.nested}"
    if criterion.seconds:
        yield f"    seconds: {_number(criterion.seconds)}"
    if criterion.extra:
        yield "    extra: true"
    if criterion.reveal:
        yield "    reveal: true"
    yield from _leave(criterion)
    if criterion.built:
        yield from _structure(criterion.built)
    if criterion.linted:
        yield from _style(criterion.linted, criterion.each)
    if criterion.dropped:
        yield f"    dropped: {quoted(criterion.dropped)}"
    if criterion.levels:
        yield "    levels:"
    for each in criterion.levels:
        yield f"      - name: {quoted(each.name)}"
        yield f"        points: {_number(each.points)}"
        yield f"        description: {quoted(each.description)}"


def _structure(built: Built) -> Iterator[str]:
    yield f"    of: {quoted(built.function)}"
    yield f"    needs: {quoted(built.needs)}"
    for key, words in (("must", built.must), ("never", built.never)):
        if words:
            yield f"    {key}: [{', '.join(map(quoted, words))}]"


def _style(rules: Rules, each: Decimal | None) -> Iterator[str]:
    for key, words in (("rules", rules.rules), ("ignore", rules.ignore)):
        if words:
            yield f"    {key}: [{', '.join(map(quoted, words))}]"
    yield f"    needs: {quoted(rules.needs)}"
    if each is not None:
        yield f"    each: {_number(each)}"


def _hints(criterion: Criterion) -> Iterator[str]:
    if not criterion.more_hints:
        yield f"    hint: {quoted(criterion.hint)}"
        return
    yield "    hint:"
    yield from (f"      - {quoted(each)}" for each in criterion.hints)


def _leave(criterion: Criterion) -> Iterator[str]:
    if criterion.unanchored:
        yield "    unanchored: allow"
    if criterion.beside:
        yield "    beside: allow"
    if criterion.may_write:
        yield f"    may_write: [{', '.join(map(quoted, criterion.may_write))}]"


def _number(value: Decimal) -> str:
    return str(int(value)) if value == value.to_integral_value() else f"{value.normalize():f}"


def _criterion(content: Mapping[str, Any]) -> Criterion:
    hint = content.get("hint", "")
    hints = [hint] if isinstance(hint, str) else hint
    return Criterion(
        content["id"],
        content["points"],
        content["title"],
        content.get("tests", ""),
        hints[0],
        Credit(content.get("credit", Credit.ALL)),
        Nested(content.get("nested", Nested.RUN)),
        CriterionKind(content.get("kind", CriterionKind.TESTS)),
        tuple(_level(each) for each in content.get("levels", ())),
        content.get("extra", False),
        content.get("dropped", ""),
        content.get("seconds"),
        content.get("reveal", False),
        "unanchored" in content,
        "beside" in content,
        tuple(content.get("may_write", ())),
        tuple(hints[1:]),
        _built(content),
        _rules(content),
        content.get("each"),
    )


def _built(content: Mapping[str, Any]) -> Built | None:
    if "of" not in content:
        return None
    return Built(
        content["id"],
        content["of"],
        content["needs"],
        tuple(content.get("must", ())),
        tuple(content.get("never", ())),
    )


def _rules(content: Mapping[str, Any]) -> Rules | None:
    if "rules" not in content:
        return None
    return Rules(content["id"], tuple(content["rules"]), content["needs"], tuple(content.get("ignore", ())))


def _level(content: Mapping[str, Any]) -> Level:
    return Level(content["name"], content["points"], content.get("description", ""))
