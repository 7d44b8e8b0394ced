"""The last calls that a test made, written as the Python that would make them again."""

import builtins
import itertools
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from tito.judging.judge.functions import Bound, Function
from tito.judging.judge.proxies import Proxy

_KEPT: Final = 24
_LONGEST: Final = 240
_DEEPEST: Final = 5
_WIDEST: Final = 8
_LARGEST: Final = 12
_NESTED: Final = 4
# Python does not write integers of more than 4,300 digits.
_BITS: Final = 12_000
_SIGNS: Final = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**", "matmul": "@",
    "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "and": "&", "or": "|", "xor": "^",
}  # fmt: skip


@dataclass(slots=True)
class Call:
    """One thing that the test asked for; what it gave, or raised, is filled in when that is known."""

    do: str
    target: Any
    name: str
    args: Sequence[Any] = ()
    named: Mapping[str, Any] = field(default_factory=dict)
    result: Any = None
    raises: str = ""


class CallLog:
    """The last few calls of one test; text is made of them only when the test fails."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=_KEPT)

    def add(self, call: Call) -> None:
        """Note a call."""
        self._calls.append(call)

    def held(self) -> dict[int, int]:
        """Return how often each result and argument is held here, by id."""
        found: dict[int, int] = {}
        for call in self._calls:
            for value in (call.result, *call.args, *call.named.values()):
                found[id(value)] = found.get(id(value), 0) + 1
        return found

    def clear(self) -> None:
        """Forget all calls, and with them the objects that they hold."""
        self._calls.clear()

    def last(self, count: int = 2) -> tuple[str, ...]:
        """Write the last `count` calls that gave a value (or raised), each with what it gave."""
        # An object is written as the first call that gave it: a later one may only have handed it back.
        made = {id(call.result): call for call in reversed(self._calls) if isinstance(call.result, Proxy)}
        telling = [call for call in self._calls if call.raises or not isinstance(call.result, Proxy | Function)]
        texts = [f"{_written(call, made)}  →  {call.raises or _shown(call.result)}" for call in telling]
        return tuple(dict.fromkeys(texts[-count * 2 :]))[-count:]


def _written(call: Call, made: Mapping[int, Call], depth: int = 0) -> str:
    def value(each: Any, *, operand: bool = False) -> str:
        maker = made.get(id(each)) if isinstance(each, Proxy) and depth < _DEEPEST else None
        if maker is None or maker is call:
            return _shown(each)
        text = _written(maker, made, depth + 1)
        return f"({text})" if operand and maker.do == "special" else text

    infix = call.do == "special"
    parts = [value(each, operand=infix) for each in call.args] + [
        f"{key}={value(each)}" for key, each in call.named.items()
    ]
    match call.do:
        case "get":
            text = f"{value(call.target, operand=True)}.{call.name}"
        case "set":
            text = f"{value(call.target, operand=True)}.{call.name} = {parts[0]}"
        case "special":
            text = _operation(call.name.strip("_"), parts)
        case "method":
            text = f"{value(call.target, operand=True)}.{call.name}({', '.join(parts)})"
        case _:
            text = f"{value(call.target, operand=True)}({', '.join(parts)})"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 2] + " …"


def _operation(name: str, parts: list[str]) -> str:
    if name in _SIGNS:
        return f"{parts[0]} {_SIGNS[name]} {parts[1]}"
    if name == "getitem":
        return f"{parts[0]}[{parts[1]}]"
    if name == "neg":
        return f"-{parts[0]}"
    if hasattr(builtins, name):
        return f"{name}({', '.join(parts)})"
    return f"{parts[0]}.__{name}__({', '.join(parts[1:])})"


def _shown(value: Any, depth: int = 0) -> str:
    """Write a value; what the subject sent may be megabytes, or nested for ever, so little of it is looked at."""
    if isinstance(value, type) or type(value) in {Function, Bound}:
        return str(value.__name__)
    if isinstance(value, Proxy):
        return f"<{type(value).__name__}>"
    text = "…" if depth > _NESTED else _written_value(value, depth)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 2] + " …"


def _written_value(value: Any, depth: int) -> str:  # noqa: PLR0911 - a table in match form
    match value:
        case np.ndarray():
            return _array(value)
        case np.generic():
            return _scalar(value)
        case str() | bytes():
            return repr(value[: _LONGEST + 1])
        case int() if value.bit_length() > _BITS:
            return "<int too long to write>"
        case None | bool() | int() | float() | complex() | slice() | range():
            return repr(value)
        case list() | tuple():
            return _sequence(value, depth)
        case dict():
            pairs = itertools.islice(value.items(), _WIDEST)
            return _listed("{}", [f"{_shown(key, depth + 1)}: {_shown(one, depth + 1)}" for key, one in pairs], value)
        case set() if value:
            return _listed("{}", [_shown(each, depth + 1) for each in itertools.islice(value, _WIDEST)], value)
    return f"<{type(value).__name__}>"


def _scalar(value: np.generic) -> str:
    if isinstance(value, str | bytes):
        return f"np.{type(value).__name__}({value[: _LONGEST + 1]!r})"
    return f"np.{value!r}" if not repr(value).startswith("np.") else repr(value)


def _array(value: np.ndarray[Any, Any]) -> str:
    dtype = "" if value.dtype == float else f", dtype={value.dtype}"
    if value.size <= _LARGEST and value.dtype.kind not in "SUVO":
        body = np.array2string(value, precision=6, separator=", ", max_line_width=10_000)
        return f"np.array({' '.join(body.split())}{dtype})"
    first = ", ".join(_shown(each.item(), _NESTED) for each in value.flat[:3])
    return f"<array of shape {value.shape}{dtype}: {first}, …>"


def _sequence(value: Sequence[Any], depth: int) -> str:
    body = _listed(
        "[]" if isinstance(value, list) else "()", [_shown(one, depth + 1) for one in value[:_WIDEST]], value
    )
    return f"{body[:-1]},)" if isinstance(value, tuple) and len(value) == 1 else body


def _listed(brackets: str, parts: list[str], whole: Any) -> str:
    return f"{brackets[0]}{', '.join([*parts, '…'] if len(whole) > len(parts) else parts)}{brackets[1]}"
