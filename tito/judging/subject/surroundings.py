"""What the judge changed around the student's code, changed here as well; and what the code warns of and logs."""

import contextlib
import decimal
import functools
import importlib
import io
import logging
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, Final

_MOST: Final = 100
_LONGEST: Final = 2_000


class Surroundings:
    """The surroundings of what a request runs: as this process has them, and as a test wants them."""

    def __init__(self) -> None:
        self._environment = dict(os.environ)
        self._folder = os.getcwd()  # noqa: PTH109 - pathlib takes milliseconds to load in each subject
        self._originals: dict[str, Any] = {}
        self._argv = list(sys.argv)
        # A course need not have it.
        self._numpy = sys.modules.get("numpy")
        self._errors = self._numpy.geterr() if self._numpy else {}
        context = decimal.getcontext()
        self._decimal = (context.prec, context.rounding)
        self._levels: dict[str, int] = {}
        self._depth = sys.getrecursionlimit()

    def set(self, changed: Mapping[str, Any]) -> None:
        """Change what a test changed, and give back what it no longer does."""
        os.environ.clear()
        os.environ.update(self._environment)
        for name, value in changed["environment"].items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        if "input" in changed:
            sys.stdin = io.StringIO(changed["input"])
        os.chdir(f"{self._folder}/{changed.get('folder', '.')}")
        sys.argv[:] = changed.get("argv", self._argv)
        sys.setrecursionlimit(changed.get("depth", self._depth))
        self._log(changed.get("levels", {}))
        if self._numpy:
            self._numpy.seterr(**changed.get("errors", self._errors))
        context = decimal.getcontext()
        context.prec, context.rounding = changed.get("decimal", self._decimal)
        self._replace(changed["replaced"])

    def _log(self, levels: Mapping[str, int]) -> None:
        """Set the levels of loggers, the root's by "", and give back those of an earlier request."""
        for name in self._levels.keys() - levels.keys():
            logging.getLogger(name).setLevel(self._levels.pop(name))
        for name, level in levels.items():
            self._levels.setdefault(name, logging.getLogger(name).level)
            logging.getLogger(name).setLevel(level)

    def _replace(self, replaced: Mapping[str, Any]) -> None:
        for name in self._originals.keys() - replaced.keys():
            _put(name, self._originals.pop(name))
        for name, value in replaced.items():
            module, _, attribute = name.rpartition(".")
            self._originals.setdefault(name, getattr(importlib.import_module(module), attribute))
            _put(name, value)


@contextlib.contextmanager
def overheard(told: dict[str, list[Any]]) -> Iterator[None]:
    """Put into `told` what is warned of and logged meanwhile."""
    handler = _Records(told.setdefault("logged", []))
    logging.root.addHandler(handler)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.showwarning = functools.partial(_warned, told.setdefault("warnings", []))
            yield
    finally:
        logging.root.removeHandler(handler)


class _Records(logging.Handler):
    def __init__(self, records: list[Any]) -> None:
        super().__init__(level=logging.DEBUG)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        if len(self._records) < _MOST:
            self._records.append([record.name, record.levelno, record.getMessage()[:_LONGEST]])


def _warned(told: list[Any], message: Any, category: type[Warning], *_: Any) -> None:
    if len(told) < _MOST:
        told.append([category.__name__, str(message)[:_LONGEST]])


def _put(name: str, value: Any) -> None:
    module, _, attribute = name.rpartition(".")
    setattr(importlib.import_module(module), attribute, value)
