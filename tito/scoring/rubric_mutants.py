"""The `mutants:` section of a rubric: read, proved and written."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tito.errors import Problem
from tito.model.mutants import Equivalent, Mistake, Mutants
from tito.scoring.yaml_places import Placed, quoted

KEY: Final = "mutants"
_EQUIVALENT: Final = frozenset({"id", "reason"})
_MISTAKES: Final = (frozenset({"message", "id"}), frozenset({"message", "cell", "old", "new"}))


def read(content: Mapping[str, Any]) -> Mutants:
    """Return the section of a rubric's content, whose shape is proved."""
    section = content.get(KEY) or {}
    return Mutants(
        tuple(Equivalent(**each) for each in section.get("equivalent", ())),
        tuple(Mistake(**each) for each in section.get("mistakes", ())),
    )


def is_plain(content: Mapping[str, Any]) -> bool:
    """Say whether the section is absent or surely right."""
    section = content.get(KEY, {})
    if not isinstance(section, dict) or not section.keys() <= {"equivalent", "mistakes"}:
        return False
    equivalent, mistakes = section.get("equivalent", []), section.get("mistakes", [])
    if not isinstance(equivalent, list) or not isinstance(mistakes, list):
        return False
    return all(_fits(each, (_EQUIVALENT,)) for each in equivalent) and all(
        _fits(each, _MISTAKES) for each in mistakes
    )


def problems(placed: Placed) -> Iterator[Problem]:
    """Yield what the schema cannot say: a mistake is named by one thing, and nothing is there twice."""
    section = placed.content.get(KEY) or {}
    for place, each in enumerate(section.get("mistakes", ())):
        if frozenset(each) not in _MISTAKES:
            what = "a mistake is a mutant's id, or a cell with old and new"
            yield placed.problem(what, "Give the one or the other.", (KEY, "mistakes", place))
    for name in ("equivalent", "mistakes"):
        seen: set[str] = set()
        for place, each in enumerate(section.get(name, ())):
            if each.get("id") in seen:
                yield placed.problem(
                    f"mutant {each['id']} is there twice", "Remove one.", (KEY, name, place, "id"), value=True
                )
            seen |= {each["id"]} if "id" in each else set()


def dump(mutants: Mutants) -> list[str]:
    """Return the section's lines; none where there is nothing to say."""
    lines: list[str] = []
    for each in mutants.equivalent:
        lines += [f"    - id: {quoted(each.id)}", f"      reason: {quoted(each.reason)}"]
    lines = ["  equivalent:", *lines] if lines else []
    if mutants.mistakes:
        lines.append("  mistakes:")
    for mistake in mutants.mistakes:
        names = ("id",) if mistake.id else ("cell", "old", "new")
        given = [f"{name}: {quoted(getattr(mistake, name))}" for name in names]
        lines += [f"    - {given[0]}", *(f"      {each}" for each in given[1:])]
        lines.append(f"      message: {quoted(mistake.message)}")
    return [f"{KEY}:", *lines] if lines else []


def _fits(entry: object, shapes: tuple[frozenset[str], ...]) -> bool:
    if not isinstance(entry, dict) or frozenset(entry) not in shapes:
        return False
    return all(isinstance(value, str) and (value or key == "new") for key, value in entry.items())
