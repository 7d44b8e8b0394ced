"""What goes along with an answer unasked: attributes of the objects at hand, where reading them runs no code."""

import dis
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from tito.judging.wire.codec import PLAIN_KINDS, Encoder
from tito.judging.wire.numeric import np
from tito.judging.wire.shared import Shared

# Of so many objects at most, of more where it is them that the judge looks at, and where a value is small.
_OBJECTS: Final = 8
_RECENT: Final = 32
_SMALL: Final = 4096
# All arrays of one answer together, in bytes.
_ROOM: Final = 1 << 15
_NUMBERS: Final = frozenset({type(None), bool, int, float})
_PLAIN: Final = _NUMBERS | {str}
# What an array tells of itself without computing anything.
_OF_ARRAYS: Final = frozenset({"shape", "size", "ndim", "dtype"})
# A property may look up what another one looks up, and so on.
_DEEPEST: Final = 4
# By the names of 3.11 to 3.14, how a getter begins that only looks up attributes.
_OWN: Final = frozenset({"LOAD_FAST", "LOAD_FAST_BORROW"})

# Reads an attribute of an object. Raises LookupError, AttributeError or TypeError where that takes more than looking.
Look = Callable[[Any], Any]
# What a class has under names.
Looks = list[tuple[str, Any]]


class Glances:
    """What the judge is likely to ask next of the objects that a request and its answer name.

    Nothing that is told in this way can change or compute anything: it is what asking for it would have brought. Of
    what the judge takes, `shared` hears; `objects` are those that it holds, by number.
    """

    def __init__(self, shared: Shared, objects: Mapping[int, Any]) -> None:
        self._shared = shared
        self._objects = objects
        self._likely: dict[str, list[str]] = {}
        self._looks: dict[type, list[tuple[str, Looks, Look]]] = {}
        self._touched: dict[int, Any] = {}
        self._recent: dict[int, None] = {}
        self._most = _OBJECTS
        self._told: dict[int, dict[str, Any]] = {}
        # The arrays that go along with this answer, and how much of them still may.
        self._arrays: set[int] = set()
        self._room = 0

    def expect(self, likely: dict[str, list[str]]) -> None:
        """Note which attributes, by class name, the judge is likely to ask for."""
        self._likely = likely
        self._looks.clear()

    def touch(self, number: int, value: Any) -> None:
        """Note an object that a request or its answer names."""
        self._touched[number] = value
        self._recent.pop(number, None)
        self._recent[number] = None
        if len(self._recent) > _RECENT:
            del self._recent[next(iter(self._recent))]

    def asked(self, value: Any, name: str, given: Any) -> None:
        """Note an attribute that was asked for and `given`: who looks at one object often looks at earlier ones."""
        if _is_small(given) and any(name == each for each, _, _ in self._expected(type(value))):
            self._touched = {each: self._objects[each] for each in self._recent if each in self._objects}
            self._most = _RECENT

    def told(self, encoder: Encoder) -> list[list[Any]]:
        """Return [number, {attribute: node}] of the objects that the last request and its answer named."""
        touched, self._touched, self._told = self._touched, {}, {}
        found: list[list[Any]] = []
        most, self._most = self._most, _OBJECTS
        self._arrays, self._room = set(), _ROOM
        for number, value in list(touched.items())[-most:]:
            try:
                if own := self._seen(value):
                    found.append([number, {name: encoder.aside(each) for name, each in own.items()}])
                    self._told[number] = own
            except Exception:  # noqa: BLE001, S112 - the judge asks for what it is not told
                continue
        return found

    def adopt(self, taken: Iterable[tuple[int, str]]) -> None:
        """Share what the judge took of what was told with the last answer: nothing has run since then."""
        for number, name in taken:
            value = self._told[number][name]
            self._shared.adopt(value, self._shared.content(value), ours=True)

    def _seen(self, value: Any) -> dict[str, Any]:
        kind, seen = type(value), {}
        for name, looks, look in self._expected(kind):
            if any(_of_class(kind, each) is not found for each, found in looks):
                # The class has got something else under a name.
                del self._looks[kind]
                return self._seen(value)
            try:
                each = look(value)
            except (LookupError, AttributeError, TypeError):
                continue
            if _is_small(each) and self._fits(each):
                seen[name] = each
        return seen

    def _fits(self, value: Any) -> bool:
        """Say whether a value goes along: an array once, for what has two names is one array, and not too much."""
        if type(value) is not np.ndarray:
            return True
        self._room -= value.nbytes
        if id(value) in self._arrays or self._room < 0:
            return False
        self._arrays.add(id(value))
        return True

    def _expected(self, kind: type) -> list[tuple[str, Looks, Look]]:
        """Return the likely attributes that can be looked up, with what the class has on the way to each, and how."""
        if kind not in self._looks:
            mro = kind.__mro__
            hidden = issubclass(kind, type) or any("__getattribute__" in vars(each) for each in mro[:-1])
            names = () if hidden else (name for each in mro for name in self._likely.get(each.__name__, ()))
            found: list[tuple[str, Looks, Look]] = []
            for name in dict.fromkeys(names):
                looks: Looks = []
                if look := look_of(kind, name, looks):
                    found.append((name, looks, look))
            self._looks[kind] = found
        return self._looks[kind]


def look_of(kind: type, name: str, looks: Looks) -> Look | None:
    """Return what reads an attribute of a class's objects without running code of the class, or None.

    What it rests on goes into `looks`: what the class has under that name, and under those behind it. That is one of
    an object's own, in its dictionary or a slot, a plain one of the class, and what a property looks up there and
    gives as it is, or as an array tells it of itself: `return self.data.shape`.
    """
    found = _of_class(kind, name)
    looks.append((name, found))
    look: Look | None = None
    if found is ...:
        look = lambda value: object.__getattribute__(value, "__dict__")[name]  # noqa: E731
    elif type(found) in _PLAIN:
        look = lambda value: object.__getattribute__(value, "__dict__").get(name, found)  # noqa: E731
    elif type(found) is types.MemberDescriptorType:
        look = lambda value: found.__get__(value, kind)  # noqa: E731
    elif type(found) is property and type(found.fget) is types.FunctionType and len(looks) < _DEEPEST:
        match _looked_up(found.fget.__code__):
            case [first]:
                look = look_of(kind, first, looks)
            case [first, last] if last in _OF_ARRAYS and (inner := look_of(kind, first, looks)):
                look = lambda value: getattr(_array(inner(value)), last)  # noqa: E731
    return look


def _of_class(kind: type, name: str) -> Any:
    """Return what a class has under a name, itself or from above, or `...`."""
    for each in kind.__mro__:
        space = vars(each)
        if name in space:
            return space[name]
    return ...


def _looked_up(getter: types.CodeType) -> list[str]:
    """Return the attributes that a getter looks up one after another, from its object on; none where it does more."""
    match [(step.opname, step.argval) for step in dis.get_instructions(getter)]:
        case [("RESUME", _), (own, name), *loads, ("RETURN_VALUE", _)] if own in _OWN:
            if name == getter.co_varnames[0] and all(each == "LOAD_ATTR" for each, _ in loads):
                return [attribute for _, attribute in loads]
    return []


def _array(value: Any) -> Any:
    if type(value) is not np.ndarray:
        raise TypeError
    return value


def _is_small(value: Any) -> bool:
    kind = type(value)
    if kind is np.ndarray:
        return value.dtype.kind in PLAIN_KINDS and value.nbytes <= _SMALL
    if kind is tuple:
        return len(value) <= _OBJECTS and all(type(each) in _NUMBERS for each in value)
    if kind is str:
        return len(value) <= _SMALL
    return kind in _NUMBERS or (isinstance(value, np.dtype) and value.kind in PLAIN_KINDS)
