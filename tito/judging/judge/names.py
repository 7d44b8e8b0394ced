"""The names that a grader imports from the course: bound to the subject at hand, whichever that is.

`from tinytorch.core.activations import Sigmoid` in a locked test module is an ordinary import. In the judge it finds
no file: it gives a placeholder when the module is collected, and the submission's own `Sigmoid` when a test runs.
"""

import contextlib
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NoReturn, Self

from tito.judging.judge.session import Session
from tito.records import dataclass


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name asked for while no subject is bound."""

    module: str
    name: str

    def __mro_entries__(self, _: tuple[object, ...]) -> NoReturn:
        raise TypeError(f"{self.name} is the submission's: derive from it inside a test, not in the module")

    def __call__(self, *_: object, **__: object) -> NoReturn:
        """Refuse: there is nothing to call yet."""
        raise TypeError(f"{self.name} is the submission's: call it inside a test, not in the module")


class Names(importlib.abc.MetaPathFinder):
    """A finder that stands in for the course's packages, named `roots`, while it is installed (`with names:`).

    `asked` collects the dotted names that were asked for; `missing` those that the bound subject does not define.
    """

    def __init__(self, roots: Collection[str]) -> None:
        self.asked: set[str] = set()
        self.missing: set[str] = set()
        self._roots = frozenset(roots)
        self._session: Session | None = None
        self._found: dict[Placeholder, Any] = {}
        self._hidden: dict[str, types.ModuleType] = {}

    def __enter__(self) -> Self:
        self._hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if self._stands_for(name)}
        sys.meta_path.insert(0, self)
        return self

    def __exit__(self, *fault: object) -> None:
        sys.meta_path.remove(self)
        for name in [name for name in sys.modules if self._stands_for(name)]:
            del sys.modules[name]
        sys.modules.update(self._hidden)

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find any module of the course's packages, whether there is such a file or not."""
        if not self._stands_for(fullname):
            return None
        return importlib.machinery.ModuleSpec(fullname, _Loader(self), is_package=True)

    def bind(self, session: Session) -> None:
        """Take names from this subject from now on."""
        self._session = session
        self._found = {}
        self.missing = set()

    def learn(self, name: str, kind: Any) -> None:
        """Tell of the judge's own class, of which the bound subject has another."""
        if self._session is not None:
            self._session.learn(name, kind)

    def look_again(self) -> None:
        """Ask for names anew: cells have run since, and may have bound them to something else."""
        self._found = {}

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Take names from the subject that is bound now again in the end."""
        before = (self._session, self._found, self.missing)
        try:
            yield
        finally:
            self._session, self._found, self.missing = before

    def resolve(self, value: Any) -> Any:
        """Return what the bound subject has for a placeholder; any other value as it is.

        Raises NameError where the submission does not define it.
        """
        if not isinstance(value, Placeholder) or self._session is None:
            return value
        if value not in self._found:
            try:
                self._found[value] = self._session.find(value.module, value.name)
            except NameError:
                self.missing.add(value.name)
                raise
        return self._found[value]

    def afresh(self, placeholder: Placeholder) -> Any:
        """Return what the bound subject has for a placeholder by now."""
        self._found.pop(placeholder, None)
        return self.resolve(placeholder)

    def attribute(self, module: str, name: str) -> Any:
        """Return what `module.name` is at the moment."""
        self.asked.add(f"{module}.{name}")
        try:
            return self.resolve(Placeholder(module, name))
        except NameError:
            raise AttributeError(f"module {module!r} has no attribute {name!r}", name=name) from None

    def _stands_for(self, name: str) -> bool:
        return name.partition(".")[0] in self._roots


class _Loader(importlib.abc.Loader):
    def __init__(self, names: Names) -> None:
        self._names = names

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _AskedModule(spec.name, self._names)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run: every attribute is asked for."""


class _AskedModule(types.ModuleType):
    def __init__(self, name: str, names: Names) -> None:
        super().__init__(name)
        self.__dict__["_names"] = names

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.__dict__["_names"].attribute(self.__name__, name)
