"""Codecs: how values of libraries cross, each as plain parts that are checked before anything is built of them.

A file here holds the codecs of one library. Those of the standard library and numpy are always there; whoever
decides which packages a course has asks for theirs, on both sides, before anything of a submission's is read.
"""

import contextlib
import importlib
from collections.abc import Callable, Iterable
from typing import Final

from tito.judging.wire.codecs import containers, matches, scalars, times
from tito.judging.wire.codecs.model import Codec
from tito.judging.wire.numeric import PRESENT

__all__ = ["STANDARD", "Codec", "Codecs", "register"]

# The packages that have codecs, and the files of these.
_PACKAGES: Final = {"pandas": "frames", "scipy": "sparse"}


class Codecs:
    """Codecs by exact class and by tag: what has neither is no value here."""

    def __init__(self, codecs: Iterable[Codec]) -> None:
        self._by_tag: dict[str, Codec] = {}
        self._by_kind: dict[type, Codec] = {}
        # How the wire writes values of a class, as it finds out; emptied where there are more codecs.
        self.writers: dict[type, Callable[..., object]] = {}
        # The classes whose objects can change in place.
        self.mutable: frozenset[type] = frozenset({list, dict, set})
        self.add(codecs)

    def add(self, codecs: Iterable[Codec]) -> None:
        """Know more codecs from now on."""
        self.writers.clear()
        for each in codecs:
            self._by_tag[each.tag] = self._by_kind[each.kind] = each
        self.mutable |= {kind for kind, codec in self._by_kind.items() if codec.fill}

    def copy(self) -> "Codecs":
        """Return the same codecs, to which one lesson's may be added."""
        return Codecs(self._by_tag.values())

    def of(self, kind: type) -> Codec | None:
        """Return the codec of this very class, not of one that it derives from."""
        return self._by_kind.get(kind)

    def tagged(self, tag: object) -> Codec | None:
        """Return the codec of a tag."""
        return self._by_tag.get(tag) if isinstance(tag, str) else None

    def name_of(self, kind: type) -> str:
        """Return the name by which a class itself crosses, "" where it has none."""
        codec = self._by_kind.get(kind)
        return codec.tag if codec else ""

    def named(self, name: str) -> type:
        """Return the class of that name. Raises KeyError where there is none."""
        return self._by_tag[name].kind


STANDARD: Final = Codecs((*times.CODECS, *scalars.CODECS, *containers.CODECS, *matches.CODECS))


def _add(file: str) -> None:
    STANDARD.add(importlib.import_module(f"{__name__}.{file}").CODECS)


if PRESENT:
    _add("arrays")


def register(packages: Iterable[str]) -> None:
    """Import those of `packages` that have codecs, and know these in this process and all that are forked from it.

    One that cannot be imported has no values either.
    """
    for name in packages:
        if name in _PACKAGES:
            with contextlib.suppress(ImportError):
                _add(_PACKAGES[name])
