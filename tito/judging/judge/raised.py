"""Exceptions of the submission's, built again in the judge from what is told of them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tito.judging.judge.faults import Raised
from tito.judging.judge.proxies import Error, loaded_error
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
