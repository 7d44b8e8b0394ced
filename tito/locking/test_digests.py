"""What each locked test says, as a digest: two graders' tests can be told apart one by one."""

import ast
from collections.abc import Mapping

from tito.locking.lock_file import digest
from tito.model.grader import Grader


def test_digests(grader: Grader, files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the digests of each criterion's tests by name, of a grader's `files` by name.

    Comments and layout do not count. Tests with parameters are one test here.
    """
    known = {f"{name}::{test}": value for name, text in files.items() for test, value in _of(text)}
    return {
        each.grade_id: {name: known.get(name, "") for name in dict.fromkeys(map(_function, each.tests))}
        for each in grader.criteria
    }


def _of(text: str) -> list[tuple[str, str]]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [(node.name, digest(ast.unparse(node))) for node in ast.parse(text).body if isinstance(node, kinds)]


def _function(test: str) -> str:
    return "::".join(test.partition("[")[0].split("::")[:2])
