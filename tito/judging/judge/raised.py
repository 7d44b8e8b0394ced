"""Exceptions of the submission's, built again in the judge from what is told of them and of their classes."""

import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from tito.judging.judge.faults import Raised
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
    if not isinstance(name, str) or not isinstance(text, str) or len(parents) > _MAX_PARENTS or depth > _DEEPEST:
        raise WireError("an exception is malformed")
    told = Raised(name[:_MAX_NAME], text[:_MAX_TEXT], sources.frames(frames))
    mine = isinstance(kind, type) and issubclass(kind, BaseException)
    known = kind if mine else loaded_error(_paths(parents))
    fault = _group(value, sources, session, depth) or _built(known, told.text, more)
    if isinstance(fault, Error):
        object.__setattr__(fault, "_tito_text", told.text)
        if type(number) is int and number > 0:
            session.hold(number, fault)
    _add(fault, more, sources, session, depth)
    fault._tito_raised = told  # type: ignore[attr-defined]
    return told, fault


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
            made.args = tuple(args)
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
    vars(fault).update({key: each for key, each in state.items() if not key.startswith("__")})
    if isinstance(more.get("name"), str) and isinstance(fault, NameError | AttributeError | ImportError):
        fault.name = more["name"][:_MAX_NAME]
    for note in list(more.get("notes", ()))[:_MAX_NOTES]:
        fault.add_note(str(note)[:_MAX_TEXT])
    for key, name in (("cause", "__cause__"), ("context", "__context__")):
        if key in more:
            setattr(fault, name, told_fault(more[key], sources, session, depth + 1)[1])


def _group(value: Any, sources: Sources, session: Any, depth: int) -> BaseException | None:
    told = value[-1].get("group")
    if not told:
        return None
    inner = [told_fault(each, sources, session, depth + 1)[1] for each in told[:_GROUPED]]
    text = str(value[-1].get("message", ""))
    return ExceptionGroup(text[:_MAX_TEXT], [each if isinstance(each, Exception) else Exception() for each in inner])


class Error:
    """What the exception classes of the submission's have besides: their objects' attributes and methods."""

    _tito_session: Any
    _tito_number: int = 0
    _tito_text: str = ""

    def __getattr__(self, name: str) -> Any:
        """Ask for what did not come along with the exception."""
        if name.startswith(("__", "_tito_")) or not self._tito_number:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        return self._tito_session.get(self, name)

    def __str__(self) -> str:
        return self._tito_text

    def __del__(self) -> None:
        if self._tito_number:
            self._tito_session.drop(self._tito_number)


def error_class(session: Any, told: Mapping[str, Any], bases: tuple[type, ...]) -> type:
    """Build the exception class that a description tells of."""
    if told.get("library"):
        known = loaded_error(told["errors"])
        return known if known.__name__ == told["name"] else type(told["name"], (known,), {"__module__": "library"})
    parents = tuple(base for base in bases if issubclass(base, BaseException)) or (loaded_error(told["errors"]),)
    space = {
        "__module__": "submission",
        "__doc__": str(told.get("doc", ""))[:_MAX_TEXT] or None,
        "_tito_session": session,
        "_tito_class": told["number"],
        "_tito_names": (told["name"],),
    }
    first = () if any(issubclass(each, Error) for each in parents) else (Error,)
    return type(told["name"], (*first, *parents), space)


def loaded_error(paths: list[str]) -> type[BaseException]:
    """Return the first of the exceptions that is one here, an ordinary one unless it is SystemExit."""
    for path in paths[:_MAX_PARENTS]:
        found = loaded(path)
        if found and issubclass(found, Exception | SystemExit):
            return found
    return Exception


def _errors(kind: type[Exception]) -> dict[str, type[Exception]]:
    found = {kind.__name__: kind} if kind.__module__ == "builtins" else {}
    for each in kind.__subclasses__():
        found |= _errors(each)
    return found


BUILTIN_ERRORS: Final = MappingProxyType(_errors(Exception))


def loaded(path: str) -> type | None:
    """Return the class at "module:name" if its module is loaded here; nothing is imported for a subject's word."""
    module, _, name = path.partition(":")
    found: Any = sys.modules.get(module) if module.partition(".")[0] not in _CLOSED else None
    for part in name.split("."):
        found = getattr(found, "__dict__", {}).get(part)
    return found if isinstance(found, type) else None


# What judges is no library of anybody's.
_CLOSED: Final = frozenset({"tito", "pytest", "_pytest", "pluggy"})
