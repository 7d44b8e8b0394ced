"""The notebook as the module `__main__`, which a test may import, or name to a mock."""

import types
from collections.abc import Callable, MutableMapping
from typing import Any, Final

_MISSING: Final = object()


class Notebook(types.ModuleType):
    """`__main__` in a test: the names of its `space`, and for others what `find` has, which raises AttributeError.

    What is set here is set for the submission as well: `taken` says what, once.
    """

    def __init__(self, space: MutableMapping[str, Any], find: Callable[[str], Any]) -> None:
        super().__init__("__main__")
        vars(self).update(_space=space, _find=find, _before={}, _set={})

    def taken(self) -> dict[str, Any]:
        """Return what was set since the last call."""
        found = dict(self._set)
        self._set.clear()
        return found

    def __getattr__(self, name: str) -> Any:
        """Return what a name of the notebook stands for."""
        return self._set[name] if name in self._set else self._find(name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in self._before:
            self._before[name] = getattr(self, name, _MISSING)
        self._put(name, value)

    def __delattr__(self, name: str) -> None:
        """Put back what a name stood for before it was set here."""
        before = self._before.pop(name, _MISSING)
        if before is _MISSING:
            raise AttributeError(f"module '__main__' has no attribute {name!r} that can be deleted", name=name)
        self._put(name, before)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._space]

    def _put(self, name: str, value: Any) -> None:
        self._set[name] = value
        if name in self._space:
            self._space[name] = value
