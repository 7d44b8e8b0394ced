"""What ruff finds in a submission's solution cells, for criteria of style: it reads the text, and nothing runs."""

import ast
import json
import re
import shutil
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tito.model.rubric import Rules
from tito.model.submission import Linted
from tito.records import dataclass
from tito.sandbox.program import run

_SECONDS: Final = 10.0
_LONGEST: Final = 1 << 18
_TOLD: Final = 5
_WIDEST: Final = 160
# What a text says to linters: it is the rubric that decides. Ruff is told to overlook `noqa` itself.
_PRAGMA: Final = re.compile(r"(?<=#)(\s*)(ruff|isort|flake8|yapf|fmt)(\s*):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A code cell to look at, or where it is not the student's `own`, to know names from; `place` is for messages."""

    source: str
    place: str
    line: int
    own: bool


def ruff() -> str:
    """Return where ruff is: beside this interpreter, or on the path; "" where it is not."""
    beside = Path(sysconfig.get_path("scripts"), "ruff")
    return str(beside) if beside.is_file() else shutil.which("ruff") or ""


def unknown(wanted: Rules) -> str:
    """Return what ruff itself says against the rules that a criterion names, "" where it knows them."""
    program = ruff()
    known = [each for each in (*wanted.rules, *wanted.ignore) if not _knows(program, each)]
    return ", ".join(known)


def _knows(program: str, rule: str) -> bool:
    try:
        return run(_command(program, [rule], [], "w.py"), b"", {}, _SECONDS).code == 0
    except OSError:
        return False


def linted(pieces: Sequence[Piece], wanted: Sequence[Rules]) -> tuple[Linted, ...]:
    """Return of each criterion what ruff finds in the pieces that are the student's own."""
    if not wanted:
        return ()
    program = ruff()
    # A cell that is no Python would hide what is found in all others.
    whole = [each for each in pieces if _is_python(each.source)]
    torn = next((each for each in pieces if each.own and each not in whole), None)
    return tuple(_linted(program, whole, each, torn) for each in wanted)


def _linted(program: str, pieces: Sequence[Piece], wanted: Rules, torn: Piece | None) -> Linted:
    name, given = wanted.criterion, _notebook(pieces)
    if not program:
        return Linted(name, broken="ruff is not installed where this was judged")
    if why := _unreadable(pieces, torn, len(given)):
        return Linted(name, (why,), unreadable=True)
    try:
        said = run(_command(program, wanted.rules, wanted.ignore, "w.ipynb"), given, _ENVIRONMENT, _SECONDS)
    except OSError as fault:
        return Linted(name, broken=f"ruff cannot be started: {fault}")
    if said.code is None:
        return Linted(name, (f"ruff did not end within {_SECONDS:g} s",), unreadable=True)
    found = list(_findings(said.output, pieces))
    more = [f"and {len(found) - _TOLD} more"] if len(found) > _TOLD else []
    broken = f"ruff ended with exit code {said.code}" if said.code and not found else ""
    return Linted(name, (*found[:_TOLD], *more), len(found), broken=broken)


def _unreadable(pieces: Sequence[Piece], torn: Piece | None, size: int) -> str:
    if torn:
        return f"{torn.place}:{torn.line}: this is no Python"
    if not any(each.own for each in pieces):
        return "there is no code of the student's own"
    return "this is too long to look at" if size > _LONGEST else ""


_ENVIRONMENT: Final = {"RAYON_NUM_THREADS": "1", "NO_COLOR": "1", "HOME": "/nonexistent"}


def _command(program: str, rules: Sequence[str], ignored: Sequence[str], name: str) -> list[str]:
    plain = ["check", "--isolated", "--no-cache", "--no-fix", "--exit-zero", "--ignore-noqa", "--quiet"]
    which = ["--select", ",".join(rules), *(("--ignore", ",".join(ignored)) if ignored else ())]
    return [program, *plain, "--output-format", "json-lines", *which, "--stdin-filename", f"/{name}", "-"]


def _notebook(pieces: Sequence[Piece]) -> bytes:
    """Return pieces as the cells of a notebook, which ruff reads one by one, with the names of all."""
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"c{place}",
            "metadata": {},
            "source": _PRAGMA.sub(r"\1\2\3.", piece.source),
            "outputs": [],
            "execution_count": None,
        }
        for place, piece in enumerate(pieces)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


def _findings(output: bytes, pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield what ruff says of the student's own pieces, as it orders them; lines that are none are left out."""
    for line in output.decode("utf-8", "replace").splitlines():
        try:
            told: Any = json.loads(line)
            piece, row = pieces[told["cell"] - 1], told["location"]["row"]
            text = f"{piece.place}:{piece.line + row - 1}: {told['code']} {told['message']}"
        except (ValueError, LookupError, TypeError):
            continue
        if piece.own:
            yield text[:_WIDEST]


def _is_python(source: str) -> bool:
    try:
        compile(source, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
