"""Prove that nothing of a solution is left in a release."""

import ast
import base64
import contextlib
import io
import json
import re
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tito.errors import Problem
from tito.model.course import Unmarked
from tito.model.document import Cell, Document, Kind
from tito.release.left import left_behind
from tito.release.stubs import stub
from tito.source.hidden import visible
from tito.source.magics import without_magics
from tito.source.markers import regions
from tito.source.syntax import parsed
from tito.source.written import is_emptied

_TRIVIAL: Final = frozenset({"pass", "else:", "try:", "finally:", "return", "break", "continue", ")", "]", "}"})
_TELLING: Final = 12
_QUOTED: Final = re.compile(r"^[\s#>*`-]+")
_SPAN: Final = re.compile(r"`([^`]+)`")
_DATA: Final = re.compile(r"data:[\w/+.-]*;base64,([A-Za-z0-9+/=]+)")


def leaks(source: Document, released: Document, unmarked: Unmarked = "") -> tuple[Problem, ...]:
    """Return a problem for whatever of a solution or hidden test is left in the release.

    Solutions are regions, and cells that `unmarked` empties. None of their lines may stand in the release's code more
    often than in the source's open part, nor in a comment or docstring at all; outputs, metadata and attachments are
    looked through as well. Blank lines and lines such as `else:` say nothing and are passed over.
    """
    secret = {line for cell in source.cells for line in _lines(cell, unmarked, inside=True)}
    allowed = Counter(line for cell in source.cells for line in _lines(cell, unmarked, inside=False))
    allowed.update(line for cell in source.cells for line in _stubs(cell))
    found = Counter(line for cell in released.cells for line in _tellings(cell.source))
    problems = [*_left_behind(source)]
    problems += [
        Problem(
            f"the release still holds `{line}` of a solution or hidden test",
            "Put the line between the solution's markers, or the markers around it.",
            source.path,
        )
        for line in sorted(secret)
        if found[line] > allowed[line]
    ]
    telling = {_bare(line): line for line in secret if len(line) >= _TELLING and _is_code(line)}
    problems += [
        Problem(
            f"{where} of the release tells `{telling[text]}`, a line of a solution or hidden test",
            "Take it out.",
            *_place(source, original, cell, line),
        )
        for original, cell in zip(source.cells, released.cells, strict=True)
        for where, line, text in _asides(cell)
        if text in telling
    ]
    beside = "\n".join([*map(_beside, released.cells), _texts([released.metadata, released.extras])])
    problems += [
        Problem(f"outputs, metadata or attachments of the release hold `{line}`", "Clear them.", source.path)
        for line in sorted(secret)
        if len(line) >= _TELLING and line not in allowed and line in beside
    ]
    return tuple(problems)


def _place(source: Document, original: Cell, cell: Cell, line: int) -> tuple[str, int]:
    """Return the place in the source of a line of a released cell."""
    text, lines = cell.source.split("\n")[line - 1], original.source.split("\n")
    return source.place(original, lines.index(text) + 1 if text in lines else line)


def told_beside(source: Document, files: Mapping[str, bytes], unmarked: Unmarked = "") -> tuple[Problem, ...]:
    """Return a problem for each file beside a lesson that holds the whole of one of its solutions."""
    solutions = [part for cell in source.cells for part in _parts(cell, unmarked)]
    solutions = [part for part in solutions if any(len(line) >= _TELLING for line in part)]
    problems = []
    for name, content in files.items():
        lines = list(_tellings(content.decode("utf-8", "ignore")))
        for part in solutions:
            if _runs_through(part, lines):
                what = f"this file, which students get, holds a solution: `{max(part, key=len)}`"
                problems.append(Problem(what, "Put it into the folder hidden, or somewhere else.", name))
    return tuple(problems)


def _left_behind(source: Document) -> Iterator[Problem]:
    for cell in source.cells:
        if cell.kind is Kind.CODE:
            for line, text in left_behind(cell.source):
                what = f"cell {cell.grade_id}: `{text}` behind END SOLUTION is left of a solution"
                yield Problem(what, "Move the marker below it.", *source.place(cell, line))


def _parts(cell: Cell, unmarked: Unmarked) -> Iterator[list[str]]:
    """Yield the lines of each solution in a cell."""
    if is_emptied(cell, unmarked):
        yield list(_tellings(cell.source))
        return
    lines = cell.source.split("\n")
    for region in regions(cell.source, cell.kind):
        yield list(_tellings("\n".join(lines[region.first : region.last - 1])))


def _runs_through(part: Sequence[str], lines: Sequence[str]) -> bool:
    return any(list(lines[start : start + len(part)]) == list(part) for start in range(len(lines)))


def _asides(cell: Cell) -> Iterator[tuple[str, int, str]]:
    """Yield what code says besides, line by line and span by span: what it is, its line, and its text."""
    texts = [*_comments(cell.source), *_docstrings(cell.source)] if cell.kind is Kind.CODE else []
    for where, number, text in texts:
        yield where, number, _bare(text)
        yield from ((where, number, _bare(span)) for span in _SPAN.findall(text))


def _comments(source: str) -> Iterator[tuple[str, int, str]]:
    with contextlib.suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(without_magics(source)[0]).readline):
            if token.type == tokenize.COMMENT:
                yield "a comment", token.start[0], token.string.lstrip("#")


def _docstrings(source: str) -> Iterator[tuple[str, int, str]]:
    tree = parsed(without_magics(source)[0])
    for node in ast.walk(tree) if tree else ():
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield from (("a docstring", node.lineno + place, line) for place, line in enumerate(text.split("\n")))


def _bare(text: str) -> str:
    """Return a line without what marks it as quoted or as an item, and without its spaces."""
    return "".join(_QUOTED.sub("", text).rstrip(" `;").split())


def _is_code(line: str) -> bool:
    return any(sign in line for sign in "=([.")


def _lines(cell: Cell, unmarked: Unmarked, *, inside: bool) -> Iterator[str]:
    lines = cell.source.split("\n")
    if is_emptied(cell, unmarked):
        yield from _tellings(cell.source) if inside else ()
        return
    hidden = {number for each in regions(cell.source, cell.kind) for number in range(each.first, each.last + 1)}
    chosen = [line for number, line in enumerate(lines, 1) if (number in hidden) is inside]
    yield from _tellings("\n".join(chosen))


def _stubs(cell: Cell) -> Iterator[str]:
    """Yield the lines that stubs put in place of solutions: heads and docstrings of definitions among them."""
    if cell.kind is not Kind.CODE:
        return
    source = visible(cell.source)
    for region in regions(source):
        with contextlib.suppress(ValueError):
            yield from _tellings(stub(source, region))


def _tellings(text: str) -> Iterator[str]:
    for line in text.splitlines():
        bare = line.strip()
        if bare and not bare.startswith("#") and bare not in _TRIVIAL:
            yield bare


def _beside(cell: Cell) -> str:
    extras = dict(cell.extras)
    packed = [*_packed(extras.pop("attachments", None)), *_DATA.findall(cell.source)]
    return "\n".join([_texts([cell.metadata, extras]), *map(_unpacked, packed)])


def _packed(attachments: object) -> Iterator[str]:
    """Yield the contents of a cell's attachments, as they are written there."""
    for bundle in attachments.values() if isinstance(attachments, Mapping) else ():
        for content in bundle.values() if isinstance(bundle, Mapping) else ():
            yield "".join(map(str, content)) if isinstance(content, list) else str(content)


def _unpacked(content: str) -> str:
    try:
        return base64.b64decode("".join(content.split()), validate=True).decode("utf-8", "ignore")
    except ValueError:
        return content


def _texts(value: object) -> str:
    texts: list[str] = []
    _collect(value, texts)
    return "\n".join(texts)


def _collect(value: object, texts: list[str]) -> None:
    match value:
        case str():
            texts.append(value)
        case dict():
            for key, each in value.items():
                texts.append(str(key))
                _collect(each, texts)
        case list() | tuple():
            for each in value:
                _collect(each, texts)
        case None:
            pass
        case _:
            texts.append(json.dumps(value, default=str))
