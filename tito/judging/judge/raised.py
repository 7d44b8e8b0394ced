"""Exceptions of the submission's, built again in the judge from what is told of them and of their classes."""

import sys
from collections.abc import Callable, Mapping, Sequence
from types import GetSetDescriptorType, MappingProxyType, MemberDescriptorType
from typing import Any, Final

from tito.judging.judge.faults import Raised
from tito.judging.judge.functions import Method
from tito.judging.judge.proxies import ORDER, SPECIAL, Proxy, ProxyClass
from tito.judging.judge.sources import Sources
from tito.judging.wire.codec import WireError

_MAX_PARENTS: Final = 64
_MAX_NAME: Final = 200
_MAX_TEXT: Final = 4_000
_MAX_STATE: Final = 100
_MAX_NOTES: Final = 8
_GROUPED: Final = 16
_DEEPEST: Final = 8
# Exceptions whose parts C code reads without looking: text and places must fit.
_CODED: Final = (UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError)


def told_fault(value: Any, sources: Sources, session: Any, depth: int = 0) -> tuple[Raised, BaseException]:
    """Turn a told exception into what is known of it, and the exception to raise in the test.

    Raises WireError for what no honest subject sends.
    """
    name, parents, text, frames, kind, number, more = value
    more = _as_data(more, session)
    if not isinstance(name, str) or not isinstance(text, str) or len(parents) > _MAX_PARENTS or depth > _DEEPEST:
        raise WireError("an exception is malformed")
    told = Raised(name[:_MAX_NAME], text[:_MAX_TEXT], sources.frames(frames))
    mine = isinstance(kind, type) and issubclass(kind, BaseException)
    known = kind if mine else loaded_error(_paths(parents))
    if "thrown" in more:
        fault = session.thrown(more["thrown"])
    elif issubclass(known, Error) and not issubclass(known, BaseExceptionGroup):
        fault = session.held(number, known)
    else:
        fault = _group(value, sources, session, depth)
    # A student's exception may say of itself that it is false.
    fault = _built(known, told.text, more) if fault is None else fault
    if isinstance(fault, Error):
        fault._tito_tell(told.text, more.get("args"), more.get("hash"))
        session.hold(number, fault)
    _add(fault, more, sources, session, depth)
    # A test's own assertion that comes back is the test's.
    if not ("thrown" in more and isinstance(fault, AssertionError)):
        object.__setattr__(fault, "_tito_raised", told)
    return told, fault


def _as_data(more: Mapping[str, Any], session: Any) -> dict[str, Any]:
    """Return what is told of an exception, less what no honest subject tells: arguments and attributes are data."""
    told = dict(more)
    if "args" in told and not session.is_data(told["args"]):
        del told["args"]
    if "state" in told:
        told["state"] = {key: each for key, each in told["state"].items() if session.is_data(each)}
    return told


def _paths(parents: Any) -> list[str]:
    if not all(isinstance(each, str) and len(each) <= _MAX_NAME for each in parents):
        raise WireError("an exception's classes are malformed")
    return list(parents)


def _built(kind: type[BaseException], text: str, more: Mapping[str, Any]) -> BaseException:
    """Return an exception of that class, by its own arguments where they are told and fit, else by its text."""
    if not issubclass(kind, BaseExceptionGroup):
        args = more.get("args")
        for given in ([args] if isinstance(args, tuple) else []) + [(text,)]:
            made = _with(kind, given)
            if made is not None and (isinstance(made, Error) or issubclass(kind, SyntaxError) or _says(made, text)):
                return made
    for each in kind.__mro__:
        if issubclass(each, Exception) and not issubclass(each, BaseExceptionGroup):
            made = _with(each, (text,))
            if made is not None:
                return made
    return Exception(text)


def _with(kind: type[BaseException], args: Sequence[Any]) -> BaseException | None:
    if issubclass(kind, _CODED) and not _fits(args):
        return None
    try:
        # A library's own constructor may want anything; Python's are given what they were given in the subject.
        made: BaseException = kind.__new__(kind, *args)
        if kind.__module__ == "builtins":
            made.__init__(*args)  # type: ignore[misc]
        else:
            _ARGS.__set__(made, tuple(args))
    except Exception:  # noqa: BLE001 - then it is built in another way
        return None
    return made if type(made) is kind else None


def _fits(args: Sequence[Any]) -> bool:
    text, places = next((each for each in args if isinstance(each, str | bytes) and each), b""), args[-3:-1]
    content = args[1] if len(args) == 5 else args[0] if len(args) == 4 else text  # noqa: PLR2004 - as they are defined
    return all(type(each) is int and 0 <= each <= len(content) for each in places) and len(places) > 1


def _says(fault: BaseException, text: str) -> bool:
    try:
        return str(fault)[:_MAX_TEXT] == text[:_MAX_TEXT]
    except Exception:  # noqa: BLE001 - a library's text of parts that do not fit it
        return False


def _add(fault: BaseException, more: Mapping[str, Any], sources: Sources, session: Any, depth: int) -> None:
    """Give an exception its attributes, notes and the exceptions behind it."""
    state = more.get("state", {})
    if len(state) > _MAX_STATE or not all(isinstance(key, str) and not key.startswith("_tito") for key in state):
        raise WireError("an exception's attributes are malformed")
    if not isinstance(fault, Error):
        # Nothing that its class defines is hidden by what the submission put into it.
        vars(fault).update({key: each for key, each in state.items() if not hasattr(type(fault), key)})
    if isinstance(more.get("name"), str) and isinstance(fault, NameError | AttributeError | ImportError):
        fault.name = more["name"][:_MAX_NAME]
    known = list(getattr(fault, "__notes__", ()))
    for note in [str(note)[:_MAX_TEXT] for note in list(more.get("notes", ()))[:_MAX_NOTES]]:
        if note not in known:
            fault.add_note(note)
    if "cause" in more:
        fault.__cause__ = told_fault(more["cause"], sources, session, depth + 1)[1]
    if "context" in more:
        told = more["context"]
        fault.__context__ = told_fault(told, sources, session, depth + 1)[1] if told else fault.__cause__
    if more.get("suppress") is True:
        fault.__suppress_context__ = True


def _group(value: Any, sources: Sources, session: Any, depth: int) -> BaseException | None:
    told = value[-1].get("group")
    if not told:
        return None
    inner = [told_fault(each, sources, session, depth + 1)[1] for each in told[:_GROUPED]]
    text = str(value[-1].get("message", ""))
    return ExceptionGroup(text[:_MAX_TEXT], [each if isinstance(each, Exception) else Exception() for each in inner])


class ErrorClass(ProxyClass):
    """The class of the submission's exception classes: an object of one is made in the subject."""


class Error:
    """What the exception classes of the submission's have besides: their objects' attributes and methods.

    An exception's text and arguments come along with it; whatever else it has is asked for, as of any object.
    """

    _tito_root = True
    _tito_session: Any
    _tito_number: int = 0
    # None where the subject's one may say something else by now.
    _tito_text: str | None = ""
    _tito_whole: bool = False
    _tito_hash: int | None = None
    # Whether the reference gave data where it stands: then it has no say in what it is equal to.
    _tito_reduced: bool = False

    def __getattr__(self, name: str) -> Any:
        """Ask for what did not come along with the exception."""
        if name.startswith(("__", "_tito_")) or not self._tito_number:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        return self._tito_session.get(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith(("__", "_tito_")):
            object.__setattr__(self, name, value)
        else:
            self._tito_change()
            self._tito_session.set(self, name, value)

    def __delattr__(self, name: str) -> None:
        self._tito_change()
        self._tito_session.delete(self, name)

    @property
    def args(self) -> Any:
        """What the exception was made of, where that is data; else it is asked for."""
        return _ARGS.__get__(self) if self._tito_whole else self._tito_session.get(self, "args")

    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        """The attributes that the subject's one has."""
        return self._tito_session.get(self, "__dict__")

    def __str__(self) -> str:
        return str(self._tito_session.special("__str__", self)) if self._tito_text is None else self._tito_text

    def __hash__(self) -> int:
        return object.__hash__(self) if self._tito_hash is None else self._tito_hash

    def __del__(self) -> None:
        if self._tito_number:
            self._tito_session.drop(self._tito_number)

    __copy__ = Proxy.__copy__
    __deepcopy__ = Proxy.__deepcopy__
    __reduce_ex__ = vars(Proxy)["__reduce_ex__"]

    def _tito_tell(self, text: str, args: Any, hashed: Any) -> None:
        """Take what the subject says of it now."""
        self._tito_text, self._tito_whole = text, isinstance(args, tuple)
        self._tito_hash = hashed if type(hashed) is int else None
        if self._tito_whole:
            _ARGS.__set__(self, args)

    def _tito_change(self) -> None:
        """Take nothing of what came along for true any longer."""
        self._tito_text, self._tito_whole = None, False


_ARGS: Final[Any] = BaseException.__dict__["args"]


class _ErrorMethod(Method):
    """A method of the submission's exceptions: when it is called, what came along with one may change."""

    def __get__(self, holder: Any, kind: Any = None) -> Any:
        """Return what calls the method in the subject."""
        if holder is not None:
            holder._tito_change()
        return super().__get__(holder, kind)


class _Part:
    """What Python itself keeps in an exception of some class, as `errno`; the submission may have set it since."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, holder: Any, _: type | None = None) -> Any:
        return self if holder is None else holder._tito_session.get(holder, self._name)


def _parts(kinds: Sequence[type]) -> list[str]:
    """Return the names of what Python keeps in exceptions of those classes, besides what it keeps in all."""
    built_in = [each for kind in kinds for each in ORDER(kind) if each.__module__ == "builtins"]
    found = {name: part for each in built_in for name, part in vars(each).items() if not hasattr(BaseException, name)}
    return [name for name, part in found.items() if isinstance(part, MemberDescriptorType | GetSetDescriptorType)]


def error_class(session: Any, told: Mapping[str, Any], bases: tuple[type, ...]) -> type:
    """Build the exception class that a description tells of."""
    nearest = loaded_error(told["errors"])
    if told.get("library"):
        known = nearest.__name__ == told["name"]
        return nearest if known else type(told["name"], (nearest,), {"__module__": "library"})
    parents = tuple(base for base in bases if issubclass(base, BaseException))
    if not any(issubclass(each, nearest) for each in parents):
        parents = (*parents, nearest)
    special = [each for each in told["special"] if each in SPECIAL and each not in _SAID]
    space = {
        "__module__": "submission",
        "__qualname__": told["name"],
        "__doc__": str(told.get("doc", ""))[:_MAX_TEXT] or None,
        **{name: _Part(name) for name in _parts(parents)},
        "__init__": _ErrorMethod("__init__"),
        "_tito_session": session,
        "_tito_class": told["number"],
        "_tito_names": (told["name"],),
        **{each: _ErrorMethod(each) for each in told["methods"] if not each.startswith("_")},
        **{each: _operation(each) for each in special},
    }
    if "__eq__" in special:
        space["__hash__"] = None if told.get("unhashable") else Error.__hash__
    first = () if any(issubclass(each, Error) for each in parents) else (Error,)
    return type.__new__(ErrorClass, told["name"], (*first, *parents), space)


# What comes along with each exception, and what it shows of itself; no check rests on its word there.
_SAID: Final = frozenset({"__str__"})
_SHOWN: Final = frozenset({"__repr__", "__format__"})
# What a check may rest on, with what an exception does that has no say in it.
_JUDGING: Final[Mapping[str, Callable[..., Any]]] = MappingProxyType({
    **{name: getattr(BaseException, name) for name in ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")},
    "__bool__": lambda _: True,
    "__contains__": lambda *_: False,
})  # fmt: skip


def _operation(name: str) -> Callable[..., Any]:
    """Return one of an exception's operations, as the submission's class defines it.

    It is compared by its class's own only where the reference's was, too.
    """

    def operation(self: Any, *args: Any) -> Any:
        session, judging = self._tito_session, name in _JUDGING
        if name in _SHOWN or not (self._tito_reduced or (judging and not session.knows(self, name))):
            return session.special(name, self, *args)
        if judging:
            return _JUDGING[name](self, *args)
        raise TypeError(f"{type(self).__name__!r} object has no {name} here")

    return operation


def loaded_error(paths: list[str]) -> type[BaseException]:
    """Return the first of the exceptions that is one here, an ordinary one unless it is SystemExit."""
    for path in paths[:_MAX_PARENTS]:
        found = loaded(path)
        if found and issubclass(found, Exception | SystemExit):
            return found
    return Exception


def loaded(path: str) -> type | None:
    """Return the class at "module:name" if its module is loaded here; nothing is imported for a subject's word."""
    module, _, name = path.partition(":")
    found: Any = sys.modules.get(module) if module.partition(".")[0] not in _CLOSED else None
    for part in name.split("."):
        found = getattr(found, "__dict__", {}).get(part)
    return found if isinstance(found, type) else None


# What judges is no library of anybody's.
_CLOSED: Final = frozenset({"tito", "pytest", "_pytest", "pluggy", "unittest", "__main__"})
