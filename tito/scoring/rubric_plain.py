"""The fast path of reading rubrics: what surely fits the schema, without the 0.08 s of importing jsonschema."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from tito.model.rubric import Credit, CriterionKind, Nested, Per
from tito.scoring import rubric_mutants

_NEEDED: Final = frozenset({"module", "title", "points", "criteria"})
_ID: Final = re.compile(r"[A-Za-z0-9_-]+")
_TEXTS: Final = frozenset({"id", "title", "tests", "hint", "dropped"})
_WORDS: Final = {
    "credit": frozenset(Credit),
    "nested": frozenset(Nested),
    "kind": frozenset(CriterionKind),
    "unanchored": frozenset({"allow"}),
    "beside": frozenset({"allow"}),
}
_PERCENT: Final = re.compile(r"[0-9]+(?:\.[0-9]+)? *%")
_LATE: Final = frozenset({"zone", "grace", "per"})
_AMOUNTS: Final = frozenset({"penalty", "cap", "floor"})
_KEYS: Final = _TEXTS | _WORDS.keys() | {"extra", "levels", "seconds"}


def is_plainly_right(content: Any) -> bool:
    """Say whether a rubric surely fits the schema; where it may not, the schema says why."""
    match content:
        case {
            "module": str(module),
            "title": str(title),
            "points": Decimal() as points,
            "criteria": [_, *_] as criteria,
        }:
            own = content.keys() - {rubric_mutants.KEY, "late"} == _NEEDED and bool(_ID.fullmatch(module) and title)
            own = own and points >= 0 and rubric_mutants.is_plain(content) and _is_plain_late(content)
            return own and all(_is_plain_criterion(each) for each in criteria)
    return False


def _is_plain_late(rubric: Mapping[Any, Any]) -> bool:
    """Say whether what being late costs is absent or surely right; what its texts mean is proved elsewhere."""
    if "late" not in rubric:
        return True
    content = rubric["late"]
    match content:
        case {"due": str(), "penalty": _, **rest} if rest.keys() <= _LATE | _AMOUNTS:
            texts = all(isinstance(rest[key], str) for key in rest.keys() & _LATE)
            amounts = all(_is_plain_amount(content[key]) for key in content.keys() & _AMOUNTS)
            return texts and amounts and rest.get("per", Per.DAY) in frozenset(Per)
    return False


def _is_plain_amount(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_PERCENT.fullmatch(value))
    return isinstance(value, Decimal) and value >= 0


def _is_plain_criterion(content: Any) -> bool:
    match content:
        case {"id": str(name), "points": Decimal() as points, "title": str(title), **rest} if rest.keys() <= _KEYS:
            named = bool(_ID.fullmatch(name) and title and points >= 0)
            return named and _has_plain_words(rest) and _has_plain_extras(rest)
    return False


def _has_plain_words(rest: Mapping[Any, Any]) -> bool:
    texts = all(
        isinstance(value, str) or (key == "hint" and _is_plain_hints(value))
        for key, value in rest.items()
        if key in _TEXTS
    )
    # A value of another type than text need not be hashable.
    words = all(isinstance(rest[key], str) and rest[key] in _WORDS[key] for key in rest.keys() & _WORDS.keys())
    return texts and words and rest.get("dropped", "why") != ""


def _is_plain_hints(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) and each for each in value)


def _has_plain_extras(rest: Mapping[Any, Any]) -> bool:
    levels = rest.get("levels", [None])
    plain = isinstance(levels, list) and bool(levels) and all(_is_plain_level(each) for each in levels if each)
    seconds = rest.get("seconds", Decimal(1))
    timed = isinstance(seconds, Decimal) and seconds > 0
    return (
        isinstance(rest.get("extra", False), bool)
        and timed
        and plain
        and ("levels" not in rest or None not in levels)
    )


def _is_plain_level(content: Any) -> bool:
    match content:
        case {"name": str(name), "points": Decimal() as points, **rest}:
            return (
                bool(name)
                and points >= 0
                and all(key == "description" and isinstance(rest[key], str) for key in rest)
            )
    return False
