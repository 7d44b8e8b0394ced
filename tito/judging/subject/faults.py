"""What the judge is told of an exception: enough for it to raise one that says the same."""

import sys
import traceback
from collections import deque
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final, Protocol

from tito.judging.subject.describe import error_paths, library_path

_FRAMES: Final = 8
_TEXT: Final = 4_000
_DEEPEST: Final = 6
_GROUPED: Final = 16
_NOTES: Final = 8
_KEPT: Final = 500
_UNTOLD: Final[tuple[Any, ...]] = (None, object.__hash__)
_ALLOWED: Final = "submissions may import"

Told = tuple[Any, ...]


class Known(Protocol):
    """What this process knows of objects."""

    thrown: "Thrown"

    def is_data(self, value: Any) -> bool:
        """Whether a value crosses by itself, without a handle."""

    def number(self, value: Any) -> int:
        """Return the object's number, a new one where it has none."""


def told_fault(fault: BaseException, known: Known, own: Collection[str] = (), depth: int = 0) -> Told:
    """Return (class, its libraries' ancestors, text, frames, class if it is the submission's, number, more).

    `own` are the files that frames may name. What is no data is left out of `more`: arguments and attributes.
    """
    is_data = known.is_data
    kind = type(fault)
    more: dict[str, Any] = {}
    args = _args(fault)
    if is_data(args):
        more["args"] = args
    if isinstance(getattr(fault, "name", None), str):
        more["name"] = str(fault.name)  # type: ignore[attr-defined]
    thrown = known.thrown.number(fault)
    if thrown is not None:
        more["thrown"] = thrown
    state = {name: each for name, each in _state(fault).items() if isinstance(name, str) and is_data(each)}
    notes = state.pop("__notes__", None)
    if state:
        more["state"] = state
    if isinstance(notes, list):
        more["notes"] = [each[:_TEXT] for each in notes[:_NOTES] if type(each) is str]
    if depth < _DEEPEST:
        more |= _others(fault, lambda each: told_fault(each, known, own, depth + 1))
    mine = thrown is None and not library_path(kind)
    if mine and kind.__hash__ not in _UNTOLD:
        more |= _hash(fault)
    frames = _frames(fault, own)
    return (
        str(kind.__name__),
        error_paths(kind),
        _text(fault),
        frames,
        kind if mine else None,
        known.number(fault) if mine else 0,
        more,
    )


def name_allowed(fault: ModuleNotFoundError, packages: Collection[str]) -> None:
    """Let what is said of a package that cannot be imported name those that can."""
    name = (fault.name or "").partition(".")[0]
    if not name or name in sys.modules or _ALLOWED in str(fault.msg):
        return
    named = [*packages, "what comes with Python"]
    listed = " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
    fault.msg = f"{fault.msg} ({_ALLOWED} {listed})"


def _args(fault: BaseException) -> tuple[Any, ...]:
    # Python keeps a file's name apart from the rest of what such an exception was given.
    if isinstance(fault, OSError) and fault.filename is not None and len(fault.args) == 2:  # noqa: PLR2004
        return (*fault.args, fault.filename)
    return fault.args


def _hash(fault: BaseException) -> dict[str, int]:
    try:
        return {"hash": hash(fault)}
    except Exception:  # noqa: BLE001 - whatever a student's __hash__ does, it does it where it is asked for
        return {}


def _state(fault: BaseException) -> dict[str, Any]:
    return dict(getattr(fault, "__dict__", {}))


def _text(fault: BaseException) -> str:
    try:
        return str(fault.msg if isinstance(fault, SyntaxError) else fault)[:_TEXT]
    except Exception:  # noqa: BLE001 - a student's __str__ may raise anything
        return "(its text cannot be shown)"


def _others(fault: BaseException, told: Callable[[BaseException], Told]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    cause, context = fault.__cause__, fault.__context__
    if cause is not None:
        found["cause"] = told(cause)
    if context is not None:
        # Most often, what is raised from an exception is raised while that is handled.
        found["context"] = None if context is cause else told(context)
    if fault.__suppress_context__:
        found["suppress"] = True
    if isinstance(fault, BaseExceptionGroup):
        found["message"] = str(fault.message)[:_TEXT]
        found["group"] = [told(each) for each in fault.exceptions[:_GROUPED]]
    return found


def _frames(fault: BaseException, own: Collection[str]) -> list[tuple[str, int, str]]:
    found = deque(
        (
            (frame.f_code.co_filename, line, frame.f_code.co_name)
            for frame, line in traceback.walk_tb(fault.__traceback__)
            if frame.f_code.co_filename in own
        ),
        maxlen=_FRAMES,
    )
    if isinstance(fault, SyntaxError) and fault.filename in own:
        found.append((str(fault.filename), fault.lineno or 1, "<cell>"))
    return list(found)


class Thrown:
    """The test's exceptions and exception classes, as this process has them: each is one object within a test."""

    def __init__(self) -> None:
        self._faults: dict[int, BaseException] = {}
        # By id: the number, the text and the guest that answers for a test's own.
        self._known: dict[int, tuple[int, str | None, Any]] = {}
        self._classes: dict[int, type] = {}

    def clear(self) -> None:
        """Forget another test's; what the submission has kept of them is its own from now on."""
        self._faults.clear()
        self._known.clear()

    def number(self, fault: BaseException) -> int | None:
        """Return the number of one of the test's exceptions, None for any other."""
        return self._of(fault)[0]

    def fault(self, number: int, kind: type, args: Sequence[Any], text: str | None = None, guest: Any = None) -> Any:
        """Return the exception by its number, made when it is met first."""
        if number not in self._faults:
            made = self._faults[number] = _made(kind, args)
            self._known[id(made)] = (number, text, guest)
            if len(self._faults) > _KEPT:
                del self._known[id(self._faults.pop(next(iter(self._faults))))]
        return self._faults[number]

    def kind(self, name: str, guest: Any, *bases: type) -> type:
        """Return what stands for an exception class of the test's."""
        number = object.__getattribute__(guest, "_tito_number")
        if number not in self._classes:
            self._classes[number] = _Theirs(name, bases, {"_tito_guest": guest, **self._methods()})
        return self._classes[number]

    def _of(self, fault: BaseException) -> tuple[int | None, str | None, Any]:
        return self._known.get(id(fault), (None, None, None))

    def _methods(self) -> dict[str, Callable[..., Any]]:
        def text(fault: BaseException) -> str:
            return self._text(fault)

        def attribute(fault: BaseException, name: str) -> Any:
            return self._attribute(fault, name)

        return {"__str__": text, "__getattr__": attribute}

    def _text(self, fault: BaseException) -> str:
        text = self._of(fault)[1]
        return BaseException.__str__(fault) if text is None else text

    def _attribute(self, fault: BaseException, name: str) -> Any:
        guest = self._of(fault)[2]
        if guest is None or name.startswith("__"):
            raise AttributeError(f"{type(fault).__name__!r} object has no attribute {name!r}", name=name, obj=fault)
        return getattr(guest, name)


class _Theirs(type):
    """The class of what stands for exception classes of the test's: the test makes their objects."""

    def __call__(cls, *args: Any, **named: Any) -> Any:
        own = vars(cls).get("_tito_guest")
        return own(*args, **named) if own is not None else super().__call__(*args, **named)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}", name=name, obj=cls)
        return getattr(cls._tito_guest, name)


def _made(kind: type, args: Sequence[Any]) -> BaseException:
    try:
        made: BaseException = type.__call__(kind, *args)
    except Exception:  # noqa: BLE001 - a library's own constructor may want anything
        made = kind.__new__(kind, *args)
    return made
