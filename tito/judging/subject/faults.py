"""What the judge is told of an exception: enough for it to raise one that says the same."""

import sys
import traceback
from collections import deque
from collections.abc import Callable, Collection
from typing import Any, Final

from tito.judging.subject.describe import error_paths, library_path

_FRAMES: Final = 8
_TEXT: Final = 4_000
_DEEPEST: Final = 6
_GROUPED: Final = 16
_NOTES: Final = 8
_ALLOWED: Final = "submissions may import"

Told = tuple[Any, ...]


def told_fault(
    fault: BaseException,
    is_data: Callable[[Any], bool],
    number: Callable[[Any], int],
    own: Collection[str] = (),
    depth: int = 0,
) -> Told:
    """Return (class, its libraries' ancestors, text, frames, class if it is the submission's, number, more).

    `own` are the files that frames may name. What is no data is left out of `more`: arguments and attributes.
    """
    kind = type(fault)
    more: dict[str, Any] = {}
    args = _args(fault)
    if is_data(args):
        more["args"] = args
    if isinstance(getattr(fault, "name", None), str):
        more["name"] = str(fault.name)  # type: ignore[attr-defined]
    state = {name: each for name, each in _state(fault).items() if isinstance(name, str) and is_data(each)}
    notes = state.pop("__notes__", None)
    if state:
        more["state"] = state
    if isinstance(notes, list):
        more["notes"] = [each[:_TEXT] for each in notes[:_NOTES] if type(each) is str]
    if depth < _DEEPEST:
        more |= _others(fault, lambda each: told_fault(each, is_data, number, own, depth + 1))
    mine = not library_path(kind)
    frames = _frames(fault, own)
    return (
        str(kind.__name__),
        error_paths(kind),
        _text(fault),
        frames,
        kind if mine else None,
        number(fault) if mine else 0,
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


def _state(fault: BaseException) -> dict[str, Any]:
    return dict(getattr(fault, "__dict__", {}))


def _text(fault: BaseException) -> str:
    try:
        return str(fault.msg if isinstance(fault, SyntaxError) else fault)[:_TEXT]
    except Exception:  # noqa: BLE001 - a student's __str__ may raise anything
        return "(its text cannot be shown)"


def _others(fault: BaseException, told: Callable[[BaseException], Told]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if fault.__cause__ is not None:
        found["cause"] = told(fault.__cause__)
    elif fault.__context__ is not None and not fault.__suppress_context__:
        found["context"] = told(fault.__context__)
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
