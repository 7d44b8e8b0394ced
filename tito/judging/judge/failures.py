"""Why a test did not pass, in the student's terms: status, message, values, frames and calls."""

import ast
import functools
import itertools
import linecache
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Final

import pytest

from tito.errors import BrokenError
from tito.judging.judge.calls import CallLog
from tito.judging.judge.comparisons import compared
from tito.judging.judge.faults import Raised, SubjectFault, raised
from tito.judging.judge.suggestions import of_text, suggestion
from tito.model.outcome import Failure, Frame, Status
from tito.model.submission import Code

_LONGEST: Final = 2_000


def explain(
    fault: BaseException,
    folder: Path,
    calls: CallLog,
    code: Sequence[Code],
    missing: Collection[str] = (),
    asked: Collection[str] = (),
) -> tuple[Status, Failure]:
    """Return what a test that ended in `fault` becomes and why.

    `folder` is the grader's: the failing line of the test is the innermost one in it. `code` gives the text of the
    student's frames. `missing` are the names that the submission does not define, `asked` all that tests look for.
    """
    told = raised(fault)
    status = _status(fault, told, missing)
    message, detail = _texts(fault, told)
    if status is Status.MISSING:
        message = f"{getattr(fault, 'name', None) or message} is not defined in the submission"
    frames = told.frames if told else getattr(fault, "frames", ())
    place = _place(fault, folder)
    difference, gave = compared(*place, calls) if place and not told else (None, None)
    call, repeat = calls.failing(gave)
    advice = suggestion(fault, code, asked) if status is Status.MISSING else ""
    advice = suggestion(fault, code) if status is Status.ERROR else advice
    assertion = _unparsed(place[0]) if place else ""
    failure = Failure(
        message, detail, assertion, _with_code(frames, code), calls.last(), difference, call, repeat, advice
    )
    return status, failure


def of_fault(fault: SubjectFault, calls: CallLog, code: Sequence[Code]) -> Failure:
    """Return why a test did not pass whose subject died, went silent or broke a rule."""
    labels = {each.label for each in code}
    own = [frame for frame in fault.frames if frame.path in labels]
    call, repeat = calls.failing()
    return Failure(fault.message, frames=_with_code(own, code), calls=calls.last(1), call=call, repeat=repeat)


def cell_note(fault: Raised, label: str, code: Sequence[Code]) -> str:
    """Return one sentence on a cell of the submission that raised while it ran."""
    frames = _with_code(fault.frames, code)
    where = f"{frames[-1].path}:{frames[-1].line}" if frames else label
    shown = f" in `{frames[-1].code.strip()}`" if frames and frames[-1].code.strip() else ""
    advice = of_text(fault.name, fault.text, code)
    return f"{where}: {fault.name}: {fault.text}{shown}{f' ({advice})' if advice else ''}"


def _status(fault: BaseException, told: Raised | None, missing: Collection[str]) -> Status:  # noqa: PLR0911 - a table
    match fault:
        case SubjectFault():
            return fault.status
        case BrokenError():
            return Status.BROKEN
        case MemoryError():
            return Status.MEMORY
        case SystemExit() if told:
            return Status.CRASHED
        case NameError() | AttributeError() if not told and fault.name in missing:
            return Status.MISSING
        case AssertionError() | pytest.fail.Exception() | pytest.skip.Exception() if not told:
            return Status.FAILED
    return Status.ERROR


def _texts(fault: BaseException, told: Raised | None) -> tuple[str, str]:
    if told and isinstance(fault, SystemExit):
        return f"the submission left the test with {told.name}", ""
    if told:
        return _cut(f"{told.name}: {told.text}" if told.text else told.name), ""
    text = str(fault).strip()
    if isinstance(fault, pytest.skip.Exception):
        return _cut(f"the test skipped itself, which earns nothing: {text}"), ""
    if not isinstance(fault, AssertionError | pytest.fail.Exception):
        return _cut(f"{type(fault).__name__}: {text}"), ""
    message, introspection = _split(text)
    return (_cut(message), _cut(introspection)) if message else (_cut(introspection), "")


def _split(text: str) -> tuple[str, str]:
    """Part an assertion's own message from pytest's account of its values."""
    lines = text.splitlines()
    starts = [place for place, line in enumerate(lines) if line.startswith("assert ")]
    if not starts:
        return text or "the assertion is false", ""
    return "\n".join(lines[: starts[0]]).strip(), "\n".join(lines[starts[0] :])


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"


def _place(fault: BaseException, folder: Path) -> tuple[ast.stmt, FrameType] | None:
    """Return the statement in the grader's folder at which the test ended, with its frame."""
    trace, found, within = fault.__traceback__, None, f"{folder}{os.sep}"
    while trace:
        if trace.tb_frame.f_code.co_filename.startswith(within):
            found = trace
        trace = trace.tb_next
    if found is None:
        return None
    path, at = found.tb_frame.f_code.co_filename, found.tb_lineno
    around = [node for node in _statements(path) if node.lineno <= at <= (node.end_lineno or at)]
    return (around[-1] if around else _line_of(path, at)), found.tb_frame


def _line_of(path: str, at: int) -> ast.stmt:
    """Return the head of a compound statement, as text."""
    return ast.Expr(ast.Name(linecache.getline(path, at).strip()))


@functools.lru_cache(maxsize=64)
def _statements(path: str) -> Sequence[ast.stmt]:
    """Return the simple statements of a grader's module, which a whole class fails at; outer ones first."""
    tree = ast.parse("".join(linecache.getlines(path)))
    return [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and not hasattr(node, "body")]


def _unparsed(node: ast.stmt) -> str:
    # An assertion's message is shown already, with its values in it.
    return ast.unparse(ast.Assert(node.test) if isinstance(node, ast.Assert) else node)


def _with_code(frames: Sequence[Frame], code: Sequence[Code]) -> tuple[Frame, ...]:
    texts: Mapping[str, list[Code]] = {
        label: list(each) for label, each in itertools.groupby(sorted(code, key=_label), key=_label)
    }
    return tuple(
        Frame(frame.path, frame.line, frame.function, _line(texts.get(frame.path, []), frame.line))
        for frame in frames
    )


def _label(code: Code) -> str:
    return code.label


def _line(code: Sequence[Code], line: int) -> str:
    for each in code:
        lines = each.source.splitlines()
        if each.line <= line < each.line + len(lines):
            return lines[line - each.line]
    return ""
