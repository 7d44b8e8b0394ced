"""The last calls that a test made, written as the Python that would make them again."""

import builtins
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from tito.judging.judge.functions import Function
from tito.judging.judge.literals import LONGEST, LONGEST_ARRAY, Remains, literal, shown
from tito.judging.judge.proxies import Proxy
from tito.records import dataclass

_KEPT: Final = 24
_LONGEST_LINE: Final = 400
_UNCUT: Final = 1 << 20
_NOTHING: Final[Mapping[int, str]] = MappingProxyType({})
_DEEPEST: Final = 5
_Object = Proxy | Remains
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
    was: tuple[tuple[Any, Any], ...] = ()

    def as_made(self) -> "Call":
        """Return it with its arguments as they were when it was made: pairs of an object and its first content."""
        args = self.args
        for value, before in reversed(self.was):
            args = tuple(before if each is value else each for each in args)
        return replace(self, args=args) if self.was else self


class CallLog:
    """The last few calls of one test; text is made of them only when the test fails."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=_KEPT)
        self._before: list[tuple[Any, Any]] = []
        self._remains: dict[int, Remains] = {}

    def add(self, call: Call, mortal: Collection[int] = ()) -> None:
        """Note a call, without holding objects of those numbers."""
        if mortal:
            call.target, call.result, *args = self._without(mortal, (call.target, call.result, *call.args))
            call.args = tuple(args)
            call.named = dict(zip(call.named, self._without(mortal, call.named.values()), strict=True))
        call.was, self._before = tuple(self._before), []
        self._calls.append(call)

    def _without(self, mortal: Collection[int], values: Iterable[Any]) -> list[Any]:
        found = list(values)
        for place, value in enumerate(found):
            if isinstance(value, Proxy) and value._tito_number in mortal:
                found[place] = self._remains.setdefault(value._tito_number, Remains(type(value).__name__))
        return found

    def overwritten(self, value: Any) -> None:
        """Keep what one of the test's own objects was, which the call at hand is about to change."""
        if type(value) not in {list, dict, set, np.ndarray} or _size(value) > LONGEST_ARRAY:
            return
        before = value.copy()
        self._before.append((value, before))
        for call in self._calls:
            call.was = (*call.was, (value, before))

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
        self._before = []
        self._remains = {}

    def gave(self, value: Any) -> bool:
        """Whether this very value is one of the answers."""
        return any(call.result is value for call in self._calls)

    def knows(self, function: Any) -> bool:
        """Whether a function, a class or an object is the submission's."""
        return isinstance(function, Proxy | Function) or any(call.target is function for call in self._calls)

    def answer(self, target: Any, name: str, args: Sequence[Any]) -> Call | None:
        """Return the last call of that kind, of those that gave something."""
        for call in reversed(self._calls):
            if call.target is target and call.name == name and not call.raises and _alike(call.args, args):
                return call
        return None

    def last(self, count: int = 2) -> tuple[str, ...]:
        """Write the last `count` calls that gave a value (or raised), each with what it gave."""
        calls = tuple(self._calls)
        made = _makers(calls)
        texts = [_told(call, made) for call in _telling(calls)]
        return tuple(dict.fromkeys(texts[-count * 2 :]))[-count:]

    def failing(self, gave: Any = None) -> tuple[str, str]:
        """Write the call that gave the value `gave`, or the last one, with its answer, and Python that repeats it.

        What was done to the objects that it needs, before, is done again: an account is filled before it is read. The
        second is "" where not all of that can be written.
        """
        calls = tuple(call.as_made() for call in self._calls)
        made = _makers(calls)
        theirs = [call for call in calls if gave is not None and call.result is gave] or _telling(calls)
        if not theirs:
            return "", ""
        return _told(theirs[-1], made), repeated(calls, made, theirs[-1])


def _makers(calls: Sequence[Call]) -> dict[int, Call]:
    # An object is written as the first call that gave it: a later one may only have handed it back.
    return {id(call.result): call for call in reversed(calls) if isinstance(call.result, _Object)}


def _telling(calls: Sequence[Call]) -> list[Call]:
    return [call for call in calls if call.raises or not isinstance(call.result, _Object | Function)]


def _size(value: Any) -> int:
    # numpy would make an array of a list's items first, and ask each of them for its own.
    return value.size if isinstance(value, np.ndarray) else len(value)


def _told(call: Call, made: Mapping[int, Call]) -> str:
    return f"{written(call, made, shown)}  →  {call.raises or shown(call.result)}"


def repeated(calls: Sequence[Call], made: Mapping[int, Call], last: Call) -> str:
    """Return lines of Python, joined by semicolons, that come to a call again, or "" where not all can be written."""
    before = calls[: next(place for place, call in enumerate(calls) if call is last)]
    if _is_held(last.target, before):
        return ""
    needed: dict[int, Call] = {}
    names: dict[int, str] = {}
    waiting = [last]
    while waiting:
        for value in _objects(waiting.pop()):
            if id(value) not in made:
                return ""
            changes = [call for call in before if _changes(call, value, last) and call is not made[id(value)]]
            if changes and id(value) not in names:
                names[id(value)] = f"{type(value).__name__[:1].lower()}{len(names) + 1}"
            fresh = [call for call in (made[id(value)], *changes) if id(call) not in needed]
            needed |= {id(call): call for call in fresh}
            waiting += fresh
    try:
        lines = [_line(call, made, names) for call in before if id(call) in needed]
        text = "; ".join([*filter(None, lines), written(last, made, literal, names, _UNCUT)])
    except ValueError:
        return ""
    return text if len(text) <= _LONGEST_LINE else ""


def _is_held(value: Any, before: Sequence[Call]) -> bool:
    """Whether an object was handed to another one that did something since, as an optimizer does."""
    if not isinstance(value, _Object):
        return False
    holders = [call for call in before if isinstance(call.result, _Object) and _holds(call.args, value)]
    return any(call.do in _DOING and call.target is each.result for each in holders for call in before)


def _holds(args: Sequence[Any], value: Any) -> bool:
    return any(each is value or (type(each) in {list, tuple} and _holds(each, value)) for each in args)


def _line(call: Call, made: Mapping[int, Call], names: Mapping[int, str]) -> str:
    """Return one line: an object that gets a name, or what is done to one; "" for what stands where it is used."""
    result = id(call.result)
    if made.get(result) is not call:
        return written(call, made, literal, names, _UNCUT)
    if result not in names:
        return ""
    others = {value: name for value, name in names.items() if value != result}
    return f"{names[result]} = {written(call, made, literal, others, _UNCUT)}"


def _changes(call: Call, value: Any, last: Call) -> bool:
    """Whether a call may have changed an object: it gave nothing, or was asked for twice, as a counter is.

    What the last call asks of its object may rest on any call to which that was handed.
    """
    if call.raises:
        return False
    if call.target is not value:
        return last.target is value and call.do in _DOING and _holds(call.args, value)
    again = last.target is value and (call.do, call.name) == (last.do, last.name) and _alike(call.args, last.args)
    return call.do == "set" or call.result is None or (again and call.do in _DOING)


_DOING: Final = frozenset({"call", "method"})


def _objects(call: Call) -> list[Any]:
    return [value for value in (call.target, *call.args, *call.named.values()) if isinstance(value, _Object)]


def _alike(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Whether arguments are the same objects, or the same plain values."""
    return len(one) == len(other) and all(a is b or _equal(a, b) for a, b in zip(one, other, strict=True))


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, _Object) or type(one) is not type(other):
        return False
    if isinstance(one, list | tuple):
        return _alike(one, other)
    if isinstance(one, np.ndarray):
        return one.shape == other.shape and bool(np.array_equal(one, other))
    return isinstance(one, bool | int | float | complex | str | bytes) and one == other


def written(
    call: Call,
    made: Mapping[int, Call],
    show: Callable[[Any], str],
    names: Mapping[int, str] = _NOTHING,
    most: int = LONGEST,
    depth: int = 0,
) -> str:
    """Write a call; an object in it by its name, or as the call that `made` it, and anything else as `show` does."""

    def value(each: Any, *, operand: bool = False) -> str:
        if isinstance(each, _Object) and id(each) in names:
            return names[id(each)]
        maker = made.get(id(each)) if isinstance(each, _Object) and depth < _DEEPEST else None
        if maker is None or maker is call:
            return show(each)
        text = written(maker, made, show, names, most, depth + 1)
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
    return text if len(text) <= most else text[: most - 2] + " …"


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
