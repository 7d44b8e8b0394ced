"""GitHub workflow commands: a mark on the student's line for each criterion that did not pass, then the points.

GitHub shows ten of a level per step, so the costliest come first. Every line begins a command that is ours: text is
escaped as the runner decodes it, and so cannot begin another.
Source: docs.github.com/actions, workflow commands; github.com/actions/toolkit, command.ts.
"""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from tito.model.points import points, worth
from tito.report.formats.explain import explain, reason
from tito.report.formats.options import Options
from tito.report.formats.view import Part, Result, Row
from tito.report.marks import definitions
from tito.report.words import BESIDE

_SHOWN: Final = 10
_LONGEST: Final = 4_000


def write(result: Result, options: Options) -> str:
    """Return one command a line."""
    lines = [line for row in result.rows for line in _of(row, options)]
    if len(result.rows) == 1 and result.rows[0].final is not None:
        lines += _points(result.rows[0])
    return "".join(f"{line}\n" for line in lines)


def command(level: str, message: str, **properties: str | int) -> str:
    """Return a workflow command."""
    named = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value)
    return f"::{level} {named}::{_message(message)}" if named else f"::{level}::{_message(message)}"


def _of(row: Row, options: Options) -> Iterator[str]:
    path = _path(row, options)
    if row.final is None:
        yield command("warning", "tito or the machine failed; no score was made of that", title="Not graded")
        return
    if row.refusal:
        yield command("error", row.refusal, file=path, title="This file cannot be read")
        return
    lost = sorted((each for each in row.parts if not each.passed and not each.pending), key=_cost)
    for part in lost[:_SHOWN]:
        title = f"{part.title}: {part.status} ({points(part.earned or part.points * 0)}/{points(part.points)})"
        text = explain(part)[:_LONGEST] or reason(part)
        yield command("error", text, title=title, **_place(part, row, path, options))
    for line in row.adjustments:
        told = f"{line.kind}: {worth(line.points)} ({line.reason})"
        yield command("notice", told, title="Beside the criteria")
    shared = [each.title for each in row.parts if each.beside]
    if shared:
        yield command("notice", f"{', '.join(shared)}: {BESIDE}"[:_LONGEST], title="Ran beside the code")
    if len(lost) > _SHOWN:
        yield command("notice", f"{len(lost) - _SHOWN} more criteria did not pass: see the job summary")


def _cost(part: Part) -> float:
    return -float(part.points - (part.earned or part.points * 0))


def _place(part: Part, row: Row, path: str, options: Options) -> dict[str, str | int]:
    """Return the line where a test stopped, or where what it called is defined; in a notebook there is none."""
    name = PurePath(row.path).name
    lines = [test.frames[-1].line for test in part.tests if test.frames and test.frames[-1].path == name]
    lines += [line for file, line in definitions(part, options.code.get(row.path, ())) if file == name]
    return {"file": path, "line": lines[0]} if lines else {"file": path}


def _path(row: Row, options: Options) -> str:
    """Return the file as the checkout names it, with which alone GitHub can mark a line."""
    path, root = PurePath(row.path), options.environment.get("GITHUB_WORKSPACE", "")
    return str(path.relative_to(root)) if root and path.is_relative_to(root) else str(path)


def _points(row: Row) -> Iterator[str]:
    got, most = points(row.final or row.earned * 0), points(row.possible)
    yield command("notice", f"Points {got}/{most}", title="Autograding complete")
    yield command("notice", f'{{"totalPoints":{got},"maxPoints":{most}}}', title="Autograding report")


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
