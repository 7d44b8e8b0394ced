"""Which of a station's tests run a line of it: no other test can notice that the line is another."""

import ast
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pytest
from coverage import Coverage


class Reaching:
    """Notes, as a plugin of pytest, which tests run which lines of the modules in a folder."""

    def __init__(self, folder: Path) -> None:
        self._coverage = Coverage(data_file=None, config_file=False, include=[f"{folder}/*"], messages=False)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Iterator[None]:
        """Begin and end."""
        self._coverage.start()
        try:
            return (yield)
        finally:
            self._coverage.stop()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note for one test."""
        self._coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._coverage.switch_context("")

    def lines(self, root: Path) -> dict[str, dict[int, list[str]]]:
        """Return the tests that run each line, by module and line."""
        data = self._coverage.get_data()
        return {
            Path(path).relative_to(root).as_posix(): data.contexts_by_lineno(path) for path in data.measured_files()
        }


class Only:
    """Leaves to pytest, as a plugin, some tests alone, in its order."""

    def __init__(self, tests: Collection[str]) -> None:
        self._tests = frozenset(tests)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out all others."""
        items[:] = [each for each in items if each.nodeid in self._tests]


def reaching(source: str, line: int, known: Mapping[int, Collection[str]]) -> frozenset[str] | None:
    """Return the tests that run a line of a module; None where it runs as the module is imported, for all of them.

    `known` are the tests that run each line. A statement of many lines is run as one.
    """
    nodes = list(ast.walk(ast.parse(source)))
    functions = [each for each in nodes if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    if not any(each.body[0].lineno <= line <= (each.end_lineno or 0) for each in functions):
        return None
    statements = [
        each for each in nodes if isinstance(each, ast.stmt) and each.lineno <= line <= (each.end_lineno or 0)
    ]
    inner = max(statements, key=lambda each: each.lineno)
    head = inner.body[0].lineno - 1 if getattr(inner, "body", None) else inner.end_lineno
    last = head if line <= head else inner.end_lineno
    return frozenset(test for number in range(inner.lineno, last + 1) for test in known.get(number, ()))
