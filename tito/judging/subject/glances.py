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


class Glances:
    """What the judge is likely to ask next of the objects that a request and its answer name.

    Nothing that is told in this way can change or compute anything: it is what asking for it would have brought. Of
    what the judge takes, `shared` hears; `objects` are those that it holds, by number.
    """

    def __init__(self, shared: Shared, objects: Mapping[int, Any]) -> None:
        self._shared = shared
        self._objects = objects
        self._likely: dict[str, list[str]] = {}
        self._looks: dict[type, list[tuple[str, Any, Look]]] = {}
        self._touched: dict[int, Any] = {}
        self._recent: dict[int, None] = {}
        self._most = _OBJECTS
        self._told: dict[int, dict[str, Any]] = {}

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

    def asked(self, value: Any, name: str) -> None:
        """Note an attribute that was asked for: whoever looks at one object often looks at earlier ones as well."""
        if any(name == each for each, _, _ in self._expected(type(value))):
            self._touched = {each: self._objects[each] for each in self._recent if each in self._objects}
            self._most = _RECENT

    def told(self, encoder: Encoder) -> list[list[Any]]:
        """Return [number, {attribute: node}] of the objects that the last request and its answer named."""
        touched, self._touched, self._told = self._touched, {}, {}
        found: list[list[Any]] = []
        most, self._most = self._most, _OBJECTS
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
            self._shared.adopt(self._told[number][name], ours=True)

    def _seen(self, value: Any) -> dict[str, Any]:
        kind, seen = type(value), {}
        for name, found, look in self._expected(kind):
            if _of_class(kind, name) is not found:
                # The class has got something else under that name.
                del self._looks[kind]
                return self._seen(value)
            try:
                each = look(value)
            except (LookupError, AttributeError, TypeError):
                continue
            if _is_small(each):
                seen[name] = each
        return seen

    def _expected(self, kind: type) -> list[tuple[str, Any, Look]]:
        """Return the likely attributes that can be looked up, with what the class has under each name, and how."""
        if kind not in self._looks:
            mro = kind.__mro__
            hidden = issubclass(kind, type) or any("__getattribute__" in vars(each) for each in mro[:-1])
            names = () if hidden else (name for each in mro for name in self._likely.get(each.__name__, ()))
            looks = [(name, _of_class(kind, name), look_of(kind, name)) for name in dict.fromkeys(names)]
            self._looks[kind] = [(name, found, look) for name, found, look in looks if look]
        return self._looks[kind]


def look_of(kind: type, name: str, depth: int = 0) -> Look | None:
    """Return what reads an attribute of a class's objects without running code of the class, or None.

    That is one of an object's own, in its dictionary or a slot, a plain one of the class, and what a property looks
    up there and gives as it is, or as an array tells it of itself: `return self.data.shape`.
    """
    found = _of_class(kind, name)
    look: Look | None = None
    if found is ...:
        look = lambda value: object.__getattribute__(value, "__dict__")[name]  # noqa: E731
    elif type(found) in _PLAIN:
        look = lambda value: object.__getattribute__(value, "__dict__").get(name, found)  # noqa: E731
    elif type(found) is types.MemberDescriptorType:
        look = lambda value: found.__get__(value, kind)  # noqa: E731
    elif type(found) is property and type(found.fget) is types.FunctionType and depth < _DEEPEST:
        match _looked_up(found.fget.__code__):
            case [first]:
                look = look_of(kind, first, depth + 1)
            case [first, last] if last in _OF_ARRAYS and (inner := look_of(kind, first, depth + 1)):
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
