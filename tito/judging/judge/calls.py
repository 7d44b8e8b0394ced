"""The last calls that a test made, written as the Python that would make them again."""

import builtins
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from tito.judging.judge.proxies import Function, Proxy, ProxyClass

_KEPT: Final = 24
_LONGEST: Final = 240
_DEEPEST: Final = 5
_WIDEST: Final = 8
_LARGEST: Final = 12
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


def _shown(value: Any) -> str:
    if isinstance(value, ProxyClass | Function):
        return str(value.__name__)
    if isinstance(value, Proxy):
        return f"<{type(value).__name__}>"
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        return f"np.{value!r}" if not repr(value).startswith("np.") else repr(value)
    text = _repr(value) if not isinstance(value, list | tuple) else _sequence(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 2] + " …"


def _repr(value: Any) -> str:
    try:
        return repr(value)
    except ValueError:
        # Python does not write integers of more than 4,300 digits.
        return f"<{type(value).__name__} too long to write>"


def _array(value: np.ndarray[Any, Any]) -> str:
    dtype = "" if value.dtype == float else f", dtype={value.dtype}"
    if value.size <= _LARGEST:
        body = np.array2string(value, precision=6, separator=", ", max_line_width=10_000)
        return f"np.array({' '.join(body.split())}{dtype})"
    first = ", ".join(_shown(each.item()) for each in value.flat[:3])
    return f"<array of shape {value.shape}{dtype}: {first}, …>"


def _sequence(value: Sequence[Any]) -> str:
    parts = [_shown(each) for each in value[:_WIDEST]] + (["…"] if len(value) > _WIDEST else [])
    body = ", ".join(parts)
    if isinstance(value, list):
        return f"[{body}]"
    return f"({body},)" if len(value) == 1 else f"({body})"
